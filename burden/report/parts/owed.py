"""What is owed, to whom, how often and how heavy."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import concentration, redundancy
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.analysis.explain import FORMULAS, traced_ledger
from burden.analysis.ledger import summed
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of, records
from burden.report.names import name_of_audited

_LEDGER_OWN = Rows("ledger", {"side": ("respondent",)})
FEW = 5
"""How many of the heaviest obligations a sentence adds up."""


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """The ledger and its sums."""
    inv = audited.borne
    ledger = traced_ledger(inv, audited.portfolio)
    own = ledger[ledger["side"] == "respondent"]
    return {
        "ledger": ledger,
        "obligations": _by_obligation(inv, own),
        "by_authority": _by_authority(own),
        "by_actor": summed(own, ["actor_id"]).assign(etpt=lambda f: f["hours_per_year"] / HOURS_PER_FULL_TIME_YEAR),
        "by_basis": summed(own, ["minutes_basis"]),
        "by_side": summed(ledger, ["side"]),
        "totals": summed(own, []),
        "reached": redundancy.recipients_of(inv),
    }


def _by_obligation(inv: Inventory, own: pd.DataFrame) -> pd.DataFrame:
    """Every obligation, heaviest first; those whose hours are not known come last."""
    known = ["obligation_id", "name_fr", "name_en", "instrument", "required_by_id", "period", "evidence", "item_list"]
    frame = summed(own, ["obligation_id"]).merge(inv.obligations[known], on="obligation_id", how="right")
    unknown = frame[frame["hours_per_year"].isna()]
    return pd.concat([concentration.pareto(frame, value="hours_per_year"), unknown], ignore_index=True)


def _by_authority(own: pd.DataFrame) -> pd.DataFrame:
    """Hours by the authority that requires and by instrument, with the obligations counted."""
    keys = ["required_by_id", "instrument"]
    counted = own.groupby(keys, dropna=False)["obligation_id"].nunique().rename("obligations")
    return summed(own, keys).merge(counted.reset_index(), on=keys)


def key_figures(found: Tables) -> list[KeyFigure]:
    """How much is owed, to how many, in hours and euros."""
    return [*_owed(found), *_burden(found)]


def _owed(tables: Tables) -> list[KeyFigure]:
    owed = Rows("obligations")
    return [
        figure_of("owed.obligations", text("obligations owed").template, len(tables["obligations"]), "obligations",
            "count of obligations that fall on a unit", owed, "obligations"),
        figure_of("owed.authorities", text("authorities that must be reached").template,
            tables["reached"]["authority_id"].nunique(), "authorities",
            "distinct recipients, audiences left out", Rows("reached"), "authorities"),
    ]  # fmt: skip


def _burden(tables: Tables) -> list[KeyFigure]:
    totals = tables["totals"].to_dict("records")[0]
    low, central, high = (float(totals[f"hours_per_year{b}"]) for b in ("_low", "", "_high"))
    unmeasured = int(totals["rows_unmeasured"])
    basis = tables["by_basis"].set_index("minutes_basis")["hours_per_year"]
    hours = {"low": low, "high": high, "unmeasured": unmeasured}
    posts = {"low": low / HOURS_PER_FULL_TIME_YEAR, "high": high / HOURS_PER_FULL_TIME_YEAR}
    euros = {b: float(totals[f"cost_eur_per_year_{b}"]) for b in ("low", "high")}
    top = tables["obligations"].head(FEW)
    assumed = float(basis.get("assumed", 0.0)) / central if central else float("nan")
    return [
        figure_of("burden.hours", text("hours a year").template, central, "h",
            FORMULAS["hours_per_year"], _LEDGER_OWN, "hours", **hours),
        figure_of("burden.etpt", text("full-time posts").template, central / HOURS_PER_FULL_TIME_YEAR, "etpt",
            f"hours / {HOURS_PER_FULL_TIME_YEAR}", _LEDGER_OWN, "hours", unmeasured=unmeasured, **posts),
        figure_of("burden.eur", text("cost a year").template, float(totals["cost_eur_per_year"]), "eur",
            FORMULAS["cost_eur_per_year"], _LEDGER_OWN, "hours", unmeasured=unmeasured, **euros),
        figure_of("burden.assumed_share", text("share of hours that rests on standard times").template,
            assumed, "share", "hours of lines whose minutes are assumed / hours", _LEDGER_OWN, "hours"),
        figure_of("burden.top_share", text("share of hours of the heaviest obligations").template,
            float(top["share"].sum()), "share", f"hours of the {FEW} heaviest obligations / hours",
            Rows("ledger", {"side": ("respondent",), "obligation_id": tuple(top["obligation_id"])}), "hours"),
        *_authority_side(tables),
    ]  # fmt: skip


def _authority_side(tables: Tables) -> list[KeyFigure]:
    side = records(tables["by_side"], "side")
    if ("authority",) not in side:
        return []
    row = side[("authority",)]
    return [
        figure_of("burden.authority_hours", text("hours a year on the authorities' side").template,
            float(row["hours_per_year"]), "h", FORMULAS["hours_per_year"],
            Rows("ledger", {"side": ("authority",)}), "hours",
            low=float(row["hours_per_year_low"]), high=float(row["hours_per_year_high"]),
            unmeasured=int(row["rows_unmeasured"])),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What is owed and how long it takes, in sentences."""
    figure = reading.figure
    if not figure("owed.obligations").value:
        said = text(
            "Of the tools of this inventory, none falls on {who}.", who=name_of_audited(reading.audit.portfolio)
        )
        return [Sentence(said)]
    heaviest = [reading.names.of("obligations", o) for o in reading.table("obligations")["obligation_id"].head(FEW)]
    return [
        Sentence(text(
            "{who} owes {obligations} different tools, which must reach {authorities} recipients among the "
            "authorities.",
            who=name_of_audited(reading.audit.portfolio),
            obligations=figure("owed.obligations"), authorities=figure("owed.authorities"),
        )),
        Sentence(text(
            "Answering takes about {hours} hours a year (from {hours_low} to {hours_high}), the time of "
            "{etpt} full-time posts. {assumed} of these hours rest on standard times, not on a measurement: "
            "they say what is heavy and what is light, not how many minutes.",
            hours=figure("burden.hours"), hours_low=(figure("burden.hours"), "low"),
            hours_high=(figure("burden.hours"), "high"), etpt=figure("burden.etpt"),
            assumed=figure("burden.assumed_share"),
        )),
        Sentence(text(
            "The heaviest tools, {tools}, make {share} of these hours.",
            tools=reading.joined(heaviest), share=figure("burden.top_share"),
        )),
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """Hours by authority, by tool and by type of structure."""
    blocks = (
        _burden_by_authority(reading),
        _load_on_actor(reading),
        _heaviest_table(reading),
        _counterparts_table(reading),
    )
    return (Section("owed", text("What is owed, and to whom"), blocks),)


def _burden_by_authority(reading: Reading) -> Chart:
    frame = reading.table("by_authority")
    shown = _named(reading, frame.sort_values("hours_per_year", ascending=False, kind="stable"))
    columns = {
        "authority": text("Required by"), "kind": text("Instrument"), "obligations": text("Tools"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"),
    }  # fmt: skip
    return Chart(
        "burden_by_authority",
        partial(
            charts.burden_by_authority, frame, labels=reading.names.by_table["authorities"], language=reading.language
        ),
        Table("by-authority", text("Hours by authority and instrument"), display(shown, columns, reading.language)),
    )


def _named(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        authority=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        kind=[reading.code("instrument", i) for i in frame["instrument"]],
    )


def _load_on_actor(reading: Reading) -> Chart:
    """The type of structure that bears most hours."""
    heaviest = reading.table("by_actor").sort_values("hours_per_year", ascending=False, kind="stable")
    actor = heaviest["actor_id"].iloc[0] if len(heaviest) else ""
    ledger = reading.table("ledger")
    own = ledger[(ledger["actor_id"] == actor) & (ledger["side"] == "respondent")]
    frame = summed(own, ["required_by_id", "instrument", "obligation_id"])
    shown = _named(reading, frame.sort_values("hours_per_year", ascending=False, kind="stable"))
    shown = shown.assign(tool=[reading.names.of("obligations", o) for o in shown["obligation_id"]])
    columns = {
        "tool": text("Tool"), "authority": text("Required by"), "kind": text("Instrument"),
        "hours_per_year": text("Hours a year"),
    }  # fmt: skip
    name = reading.names.of("actors", actor)
    return Chart(
        "load_on_actor",
        partial(
            charts.load_on_actor,
            frame,
            actor=name,
            labels=reading.names.by_table["authorities"],
            language=reading.language,
        ),
        Table("load", text("Who asks what: {actor}", actor=name), display(shown, columns, reading.language)),
    )


def _heaviest_table(reading: Reading) -> Table:
    frame = reading.table("obligations").head(SHOWN)
    frame = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        authority=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        kind=[reading.code("instrument", i) for i in frame["instrument"]],
        certainty=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "name": text("Tool"), "kind": text("Instrument"), "authority": text("Required by"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"), "rows_unmeasured": text("Lines not measured"),
        "certainty": text("Evidence"),
    }  # fmt: skip
    return Table(
        "heaviest",
        text("The heaviest tools"),
        display(frame, columns, reading.language),
        text("All of them are in {file}.", file="tables/obligations.csv"),
    )


def _counterparts_table(reading: Reading) -> Table:
    present = set(reading.audit.portfolio.units["actor_id"])
    frame = reading.table("counterparts")
    frame = frame[frame["actor"].isin(present)]
    frame = frame.assign(name=[reading.names.of("actors", a) for a in frame["actor"]])
    columns = {
        "name": text("Who"), "obligations": text("Tools"), "authorities": text("Authorities"),
        "requiring": text("that require"), "receiving": text("that receive"),
    }  # fmt: skip
    return Table(
        "counterparts", text("Counterparts of each type of structure"), display(frame, columns, reading.language)
    )
