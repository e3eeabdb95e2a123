"""Duties: on whom an obligation falls, and under which conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from burden.model.checks.rows import at_rows, chain, parts, values_of
from burden.model.findings import Finding
from burden.model.inventory import Inventory
from burden.model.messages import text

_CONDITIONS = [
    "required_tags", "excluded_tags", "territories",
    "threshold_population_id", "threshold_minimum", "threshold_maximum",
]  # fmt: skip


def exclusive_tags(inv: Inventory) -> list[Finding]:
    """A duty requires two tags of one regime, or requires a tag that it excludes: it never applies."""
    duties = inv.duties
    required, excluded = parts(duties["required_tags"]), parts(duties["excluded_tags"])
    regimes, wanted = values_of(inv, "tags", "regime"), set(required.items())
    of_regime = Counter((row, regimes[tag]) for row, tag in wanted if tag in regimes)
    rows = {row for (row, _), number in of_regime.items() if number > 1}
    rows |= {row for row, _ in wanted & set(excluded.items())}
    return at_rows(
        inv, "duties", duties[duties.index.isin(list(rows))], "required_tags",
        check="exclusive tags", severity="error",
        said=lambda r: (
            text("no unit can have the tags {tags} without {excluded}: the duty never applies.",
                 tags=r.required_tags.replace("|", ", "), excluded=r.excluded_tags.replace("|", ", ") or "–"),
            text("Write one row per regime, or correct the tags."),
        ),
    )  # fmt: skip


def threshold(inv: Inventory) -> Iterator[Finding]:
    """A size threshold lets nothing through, counts nothing, or has no number."""
    duties = inv.duties
    low, high = duties["threshold_minimum"], duties["threshold_maximum"]
    counted, numbered = duties["threshold_population_id"].notna(), low.notna() | high.notna()
    yield from at_rows(
        inv, "duties", duties[low >= high], "threshold_minimum", check="threshold", severity="error",
        said=lambda r: (
            text("from {low} on and below {high}: no unit is in between.",
                 low=f"{r.threshold_minimum:g}", high=f"{r.threshold_maximum:g}"),
            text("Correct one of the two; the maximum is not included."),
        ),
    )  # fmt: skip
    yield from at_rows(
        inv, "duties", duties[numbered & ~counted], "threshold_population_id",
        check="threshold", severity="error",
        said=lambda _: (
            text("a threshold is given, and nothing says what it counts: it is not applied."),
            text("Write the population that it counts."),
        ),
    )  # fmt: skip
    yield from at_rows(
        inv, "duties", duties[counted & ~numbered], "threshold_minimum",
        check="threshold", severity="warning",
        said=lambda r: (
            text("a threshold counts '{population}' and has no number.",
                 population=r.threshold_population_id),
            text("Write its minimum or its maximum, or empty the population."),
        ),
    )  # fmt: skip


def share_zero(inv: Inventory) -> list[Finding]:
    """A duty concerns none of those on whom it falls."""
    duties = inv.duties
    return at_rows(
        inv, "duties", duties[duties["share"] == 0], "share", check="share zero", severity="warning",
        said=lambda r: (
            text("the share is 0: '{obligation}' falls on no '{actor}'.",
                 obligation=r.obligation_id, actor=r.actor_id),
            text("Delete the row, or write the share concerned."),
        ),
    )  # fmt: skip


def duty_of_more_general(inv: Inventory) -> list[Finding]:
    """A more general type of actor already has the same duty, under the same conditions or none."""
    duties, parents = inv.duties, values_of(inv, "actors", "parent_id")
    more_general = duties["actor_id"].map({a: chain(parents, a)[1:] for a in duties["actor_id"].dropna()})
    special = duties.assign(row=duties.index, general=more_general).explode("general")
    pairs = special.dropna(subset="general").astype({"general": "str"}).merge(
        duties.rename(columns={"actor_id": "general"}),
        on=["obligation_id", "general"], suffixes=("", "_general"),
    )  # fmt: skip
    own, wider = (
        pairs[[c + end for c in _CONDITIONS]].astype(object).fillna("").to_numpy() for end in ("", "_general")
    )
    covered = ((own == wider).all(axis=1) | (wider == "").all(axis=1)) & (pairs["share_general"] >= pairs["share"])
    found = pairs[covered].drop_duplicates("row").set_index("row")
    rows = duties.loc[found.index].assign(general=found["general"]).sort_index()
    return at_rows(
        inv, "duties", rows, "actor_id", check="duty of more general", severity="warning",
        said=lambda r: (
            text("'{obligation}' already falls on '{general}', a more general type than '{actor}'.",
                 obligation=r.obligation_id, general=r.general, actor=r.actor_id),
            text("Delete the row, or write what is special to the type."),
        ),
    )  # fmt: skip


def counted_per_operator(inv: Inventory) -> list[Finding]:
    """An obligation counted per operator falls on establishments or professionals."""
    duties = inv.duties
    counted = duties["obligation_id"].map(values_of(inv, "obligations", "population_id"))
    grain = counted.map(values_of(inv, "populations", "grain"))
    kind = duties["actor_id"].map(values_of(inv, "actors", "kind"))
    wrong = (grain == "operator") & kind.isin(["establishment", "professional"])
    return at_rows(
        inv, "duties", duties[wrong], "actor_id", check="counted per operator", severity="warning",
        said=lambda r: (
            text("'{obligation}' is counted per operator and falls on '{actor}', which is none: unmeasured.",
                 obligation=r.obligation_id, actor=r.actor_id),
            text("Let it fall on the operator, or count it per establishment."),
        ),
    )  # fmt: skip


def role(inv: Inventory) -> Iterator[Finding]:
    """A role is played by nobody, or a competence is not between a role and an authority."""
    level = values_of(inv, "authorities", "level")
    competences, authorities = inv.competences, inv.authorities
    played = authorities["authority_id"].isin(competences["role_id"])
    yield from at_rows(
        inv, "authorities", authorities[(authorities["level"] == "role") & ~played], "authority_id",
        check="role", severity="note",
        said=lambda r: (
            text("nothing says which authority plays the role '{role}'.", role=r.authority_id),
            text("Add to competences who plays it, by type of actor."),
        ),
    )  # fmt: skip
    is_role = competences["role_id"].map(level) == "role"
    yield from at_rows(
        inv, "competences", competences[~is_role], "role_id", check="role", severity="warning",
        said=lambda r: (
            text("'{authority}' is not a role.", authority=r.role_id),
            text("Write role as its level, or name a role."),
        ),
    )  # fmt: skip
    yield from at_rows(
        inv, "competences", competences[competences["authority_id"].map(level) == "role"], "authority_id",
        check="role", severity="warning",
        said=lambda r: (
            text("'{authority}' is a role itself, and plays none.", authority=r.authority_id),
            text("Name the authority that plays it."),
        ),
    )  # fmt: skip


def actor_without_duty(inv: Inventory) -> list[Finding]:
    """No obligation falls on a type of actor, nor on one more general or more special."""
    actors, parents = inv.actors, values_of(inv, "actors", "parent_id")
    bound = set(inv.duties["actor_id"])
    # A type that only groups others is reached through them.
    reached = bound | {general for actor in bound for general in chain(parents, actor)}
    alone = [reached.isdisjoint(chain(parents, actor)) for actor in actors["actor_id"]]
    return at_rows(
        inv, "actors", actors[alone], "actor_id", check="actor without duty", severity="note",
        said=lambda r: (
            text("no obligation falls on '{actor}'.", actor=r.actor_id),
            text("Add its duties, or delete the row if no other inventory needs it."),
        ),
    )  # fmt: skip
