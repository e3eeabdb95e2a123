"""What a change needs and what it loses: acts to amend, agreements between authorities, lost items."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from burden.analysis.redundancy import recipients_of
from burden.model.inventory import Inventory
from burden.simplify.scenario import Scenario, Step

COLUMNS = [
    "step",
    "lever",
    "need",
    "obligation_id",
    "legal_base_id",
    "level",
    "authority_id",
    "other_authority_id",
    "concept_id",
]


def needs(inv: Inventory, scenario: Scenario) -> pd.DataFrame:
    """Acts to amend and agreements to reach, lever by lever, on the inventory of today.

    An obligation that changes needs its texts amended: every text it rests on is listed, as the
    inventory does not say which of them settles what. An item taken from elsewhere needs the
    authority that has it to pass it to those who need it, unless it reaches them already or a
    lawful exchange is in operation.

    Returns
    -------
    DataFrame
        One row per need: ``step`` (from 1), ``lever``, ``need`` (``act``, ``no_known_act``,
        ``agreement``, ``existing_exchange``), ``obligation_id``, ``legal_base_id``, ``level``,
        ``authority_id`` (who can amend, or who must pass the item on), ``other_authority_id`` (who
        needs it), ``concept_id``.
    """
    rows: list[dict[str, object]] = []
    for number, step in enumerate(scenario.steps, start=1):
        found = [*_acts(inv, step), *_agreements(inv, step)]
        rows += [{"step": number, "lever": step.lever, **need} for need in found]
    return pd.DataFrame(rows, columns=COLUMNS)


def touched(step: Step) -> list[str]:
    """Obligations whose rules the lever changes; those of a portfolio alone change none."""
    given = step.given
    if step.lever == "harmonise":
        return [str(o) for o in given["obligations"]]
    names = [given[k] for k in ("obligation", "into") if k in given]
    return [] if step.lever == "instead" else [str(n) for n in names]


def _acts(inv: Inventory, step: Step) -> list[dict[str, object]]:
    bases = inv.legal_bases.set_index("legal_base_id")
    cited = dict(zip(inv.obligations["obligation_id"], inv.obligations["legal_base_ids"], strict=True))
    rows: list[dict[str, object]] = []
    for obligation in touched(step):
        texts = [b for b in cited.get(obligation, "").split("|") if b]
        if not texts:
            rows.append({"need": "no_known_act", "obligation_id": obligation})
        rows += [
            {"need": "act", "obligation_id": obligation, "legal_base_id": b, "level": bases["level"].get(b),
             "authority_id": bases["amended_by_id"].get(b)}
            for b in texts
        ]  # fmt: skip
    return rows


def _agreements(inv: Inventory, step: Step) -> list[dict[str, object]]:
    """Who must pass an item to whom once it is asked in one place only."""
    if step.lever != "share":
        return []
    source = str(step.given["source"])
    reached = recipients_of(inv)
    demanding = reached.loc[reached["obligation_id"] == step.given["obligation"], "authority_id"].tolist()
    having = reached.loc[reached["obligation_id"] == source, "authority_id"].tolist() or [source]
    lawful = inv.exchanges[inv.exchanges["status"].isin(["operational", "lawful"])]
    passes = set(lawful[["from_authority_id", "to_authority_id", "concept_id"]].itertuples(index=False, name=None))
    rows: list[dict[str, object]] = []
    for concept in step.given["concepts"]:
        for authority in demanding:
            if authority in having:
                continue
            existing = next((h for h in having if (h, authority, concept) in passes), None)
            rows.append(
                {"need": "existing_exchange" if existing else "agreement", "obligation_id": step.given["obligation"],
                 "authority_id": existing or having[0], "other_authority_id": authority, "concept_id": concept}
            )  # fmt: skip
    return rows


def lost(before: Inventory, after: Inventory, *, served: Iterable[tuple[str, str]] = ()) -> pd.DataFrame:
    """Information that an authority is given today and would no longer be given by anybody.

    Parameters
    ----------
    served : iterable of (authority, concept)
        What another authority passes on instead (see the agreements of :func:`needs`).

    Returns
    -------
    DataFrame
        One row per authority × concept, with the obligations that gave it, joined by ``|``.
    """
    given = _given(before)
    still = set(_given(after)[["authority_id", "concept_id"]].itertuples(index=False, name=None)) | set(served)
    pairs = given[["authority_id", "concept_id"]].itertuples(index=False, name=None)
    gone = given[[pair not in still for pair in pairs]]
    grouped = gone.groupby(["authority_id", "concept_id"])["obligation_id"].agg(lambda o: "|".join(sorted(set(o))))
    return grouped.rename("obligation_ids").reset_index()


def _given(inv: Inventory) -> pd.DataFrame:
    asked = inv.requests[["obligation_id", "concept_id"]].drop_duplicates()
    return asked.merge(recipients_of(inv), on="obligation_id")[["authority_id", "concept_id", "obligation_id"]]
