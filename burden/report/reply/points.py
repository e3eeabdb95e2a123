"""What a form shows: one line per obligation, item, activity, number and measure that concerns a body."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from burden.analysis.ledger import occurrences
from burden.analysis.use import by_tool, known_use
from burden.model import schema
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report.key_figures import number
from burden.report.reply.addressees import Addressee, operators
from burden.report.reply.draft import Draft, draft
from burden.report.reply.form import ITEMS, MEASURES, NUMBERS, TOOLS
from burden.report.reply.identifiers import MEASURE_KEY, identifier
from burden.report.reply.words import (
    BASES,
    exact,
    measure_said,
    period_said,
    protected_said,
    some,
    use_said,
    with_range,
)

Cells = dict[str, object]
_HOURS = ["hours_per_year_low", "hours_per_year", "hours_per_year_high"]
_LINE = ["obligation_id", "line", "key", "side"]


def points(draft: Draft, addressee: Addressee) -> dict[str, list[Cells]]:
    """The lines of a form.

    Returns
    -------
    dict of str to list
        Lines by sheet, each with its ``row`` and what the sheet shows; heaviest obligations first.
    """
    if addressee.operator:
        draft = of_operator(draft, addressee.id)
    lines = _lines(draft)
    shown = _tools_shown(draft, addressee)
    found = {
        TOOLS.id: [_tool(draft, addressee, row) for row in shown],
        ITEMS.id: list(_items(draft, [str(row["obligation_id"]) for row in shown], lines)),
        MEASURES.id: list(_measures(draft, addressee)),
    }
    if addressee.operator:
        found[NUMBERS.id] = list(_numbers(draft))
    return found


def of_operator(whole: Draft, operator: str) -> Draft:
    """The draft of one operator alone; of the only one there is, the draft itself."""
    if operators(whole.portfolio) == [operator]:
        return whole
    units = whole.portfolio.units
    own = Portfolio(whole.portfolio.name, units[units["operator_id"] == operator].reset_index(drop=True))
    return draft(whole.inventory, own, language=whole.language)


def _tools_shown(draft: Draft, addressee: Addressee) -> list[dict[str, Any]]:
    """Obligations of a form with their hours, heaviest first; an operator has all that it owes."""
    ledger = draft.tables["ledger"]
    own = ledger[ledger["side"] == "respondent"]
    hours = own.groupby("obligation_id")[_HOURS].sum(min_count=1).reset_index()
    frame = draft.borne.obligations.merge(hours, on="obligation_id", how="left")
    frame = frame.merge(by_tool(draft.borne)[["obligation_id", "known_use", "uses"]], on="obligation_id")
    elsewhere = draft.tables["containment"][["obligation_id", "items", "answered_elsewhere_share"]]
    frame = frame.merge(elsewhere, on="obligation_id", how="left")
    if not addressee.operator:
        frame = frame[frame["obligation_id"].isin(addressee.obligations)]
    ordered = frame.sort_values(["hours_per_year", "obligation_id"], ascending=[False, True])
    return [{str(k): v for k, v in row.items()} for row in ordered.to_dict("records")]


def _tool(draft: Draft, addressee: Addressee, row: Mapping[str, Any]) -> Cells:
    language, names = draft.language, draft.names
    obligation = str(row["obligation_id"])
    recipients = draft.borne.recipients
    reached = recipients.loc[recipients["obligation_id"] == obligation, "authority_id"]
    return {
        "row": identifier("obligations", obligation),
        "name": names.of("obligations", obligation),
        "part": _part(draft, addressee, row).render(language),
        "hours": _hours_with_range(row, language),
        "use": use_said(row["known_use"], row["uses"], language),
        "protected": protected_said(row["protected"], row["protected_reason_fr"], language),
        "elsewhere": _elsewhere(row, language),
        "recipients": some([names.of("authorities", a) for a in reached], language, count=6),
        "legal_bases": _citations(draft, str(row["legal_base_ids"]), text("none in the inventory")),
        "period": period_said(str(row["period"]), language),
        "certainty": schema.code_name("evidence", row["evidence"], language),
    }


def _part(draft: Draft, addressee: Addressee, row: Mapping[str, Any]) -> Text:
    obligation = row["obligation_id"]
    if addressee.operator:
        return text("owed to {authority}", authority=draft.names.of("authorities", row["required_by_id"]))
    if obligation not in addressee.requires:
        return text("receives it")
    return text("requires and receives it") if obligation in addressee.receives else text("requires it")


def _hours(value: float, language: str) -> object:
    if pd.isna(value):
        return text("unknown").render(language)
    return round(float(value), 1 if abs(value) >= 0.95 else 2)


def _hours_with_range(row: Mapping[str, Any], language: str) -> str:
    low, central, high = (row[h] for h in _HOURS)
    if pd.isna(low) or pd.isna(high) or low == high:
        return number(central, language)
    shown = {"hours": number(central, language), "low": number(low, language), "high": number(high, language)}
    return text("{hours} ({low} to {high})", **shown).render(language)


def _elsewhere(row: Mapping[str, Any], language: str) -> str:
    if pd.isna(row["answered_elsewhere_share"]) or not row["items"]:
        return text("no item listed").render(language)
    shared = round(row["answered_elsewhere_share"] * row["items"])
    return text("{shared} of {items}", shared=shared, items=int(row["items"])).render(language)


def _citations(draft: Draft, joined: str, none: Text) -> str:
    bases = draft.borne.legal_bases
    cited = dict(zip(bases["legal_base_id"], bases["citation"], strict=True))
    found = [str(cited.get(base, base)) for base in joined.split("|") if base]
    return some(found, draft.language, count=6) if found else none.render(draft.language)


def _lines(draft: Draft) -> pd.DataFrame:
    """Hours and minutes of each item (by its label) and activity, over all units."""
    ledger = draft.tables["ledger"]
    lines = ledger[ledger["line"].isin(["item", "activity"])]
    lines = lines.assign(
        key=lines["label_fr"].where(lines["line"] == "item", lines["what"]),
        use=known_use(draft.borne, lines),
    )
    grouped = lines.groupby(_LINE, sort=False)
    found = grouped[["what", "minutes_low", "minutes", "minutes_high", "minutes_basis", "use"]].first()
    return found.assign(hours_per_year=grouped["hours_per_year"].sum(min_count=1)).reset_index()


def _items(draft: Draft, obligations: Sequence[str], lines: pd.DataFrame) -> Iterator[Cells]:
    """Items and activities of some obligations, in the order of the form and of the inventory."""
    known = {tuple(str(row[c]) for c in _LINE): row for row in lines.to_dict("records")}
    tables = {"requests": ("item", "label_fr"), "activities": ("activity", "activity")}
    also = _also(draft)
    rows = {
        table: dict(list(draft.borne[table].groupby("obligation_id", sort=False))) for table in tables
    }  # fmt: skip
    for obligation in obligations:
        for table, (line, key) in tables.items():
            if obligation not in rows[table]:
                continue
            for row in rows[table][obligation].to_dict("records"):
                side = str(row.get("side", "respondent"))
                measured = known.get((obligation, line, str(row[key]), side))
                yield _item(draft, table, row, measured, also)


def _item(
    draft: Draft, table: str, row: Mapping[Any, Any], measured: Mapping[Any, Any] | None, also: Mapping[str, list[str]]
) -> Cells:
    language, obligation = draft.language, str(row["obligation_id"])
    concept = str(row.get("concept_id", ""))
    others = [draft.names.of("obligations", o) for o in also.get(concept, []) if o != obligation]
    keys = schema.tables()[table].primary_key
    return {
        "row": identifier(table, *(str(row[k]) for k in keys)),
        "tool": draft.names.of("obligations", obligation),
        "label": _label(draft, table, row),
        **_measured(measured, language),
        "protected": protected_said(row["protected"], None, language) if table == "requests" else "",
        "also": some(others, language),
        "certainty": schema.code_name("evidence", row["evidence"], language),
    }


def _label(draft: Draft, table: str, row: Mapping[Any, Any]) -> str:
    if table == "requests":
        return str(row["label_fr"])
    activity = schema.code_name("activity", row["activity"], draft.language)
    side = schema.code_name("side", row["side"], draft.language)
    return text("work: {activity} ({side})", activity=activity, side=side).render(draft.language)


def _measured(measured: Mapping[Any, Any] | None, language: str) -> Cells:
    """Minutes, hours and use of a line; nothing of one that falls on no unit."""
    if measured is None:
        return {"minutes": text("unknown").render(language), "basis": "", "hours": "", "use": ""}
    low, central, high = (float(measured[m]) for m in ("minutes_low", "minutes", "minutes_high"))
    return {
        "minutes": with_range(low, central, high, language),
        "basis": BASES[str(measured["minutes_basis"])].render(language),
        "hours": _hours(measured["hours_per_year"], language),
        "use": use_said(str(measured["use"]), "", language),
    }


def _also(draft: Draft) -> dict[str, list[str]]:
    """Obligations that ask each repeated concept."""
    repeated = draft.tables["repeated"]
    twice = repeated[repeated["repeats_per_year"] > 0]
    found: dict[str, dict[str, None]] = {}
    for concept, obligations in zip(twice["concept_id"], twice["obligation_ids"], strict=True):
        found.setdefault(str(concept), {}).update(dict.fromkeys(str(obligations).split("|")))
    return {concept: list(obligations) for concept, obligations in found.items()}


def _numbers(draft: Draft) -> Iterator[Cells]:
    """Numbers of the portfolio that some hours rest on, unit by unit."""
    ptf = draft.portfolio
    counted = occurrences(draft.borne, ptf, by=["unit_id"])[["unit_id", "population_id"]].drop_duplicates()
    counted = counted[counted["population_id"].isin(ptf.populations)]
    order = {unit: number for number, unit in enumerate(ptf.units["unit_id"])}
    counted = counted.sort_values("unit_id", key=lambda units: units.map(order), kind="stable")
    units = ptf.units.set_index("unit_id")
    for unit, population in counted.itertuples(index=False, name=None):
        own = units.loc[unit]
        known = float(own[population])
        yield {
            "row": identifier("portfolio", unit, population),
            "unit": own["name"] if isinstance(own["name"], str) else unit,
            "population": draft.names.of("populations", population),
            "number": exact(known, draft.language) if pd.isna(known) else known,
            "certainty": _certainty(own["evidence"], draft.language),
        }


def _certainty(evidence: object, language: str) -> str:
    return schema.code_name("evidence", evidence, language) if isinstance(evidence, str) else ""


def _measures(draft: Draft, addressee: Addressee) -> Iterator[Cells]:
    """Measures that an authority would decide, or that change an obligation of its own or of the operator."""
    for row in draft.measures.to_dict("records"):
        measure = {str(column): value for column, value in row.items()}
        if addressee.operator or _concerns(measure, addressee.id, addressee.obligations):
            yield {
                "row": identifier("measures", *(str(measure[k]) for k in MEASURE_KEY)),
                "measure": measure_said(measure, draft.names, draft.language),
                "what": some(draft.names.several("concepts", str(measure["concept_ids"])), draft.language, count=6),
                "saved": _hours(float(measure["saved"]), draft.language),
                "acts": _citations(draft, str(measure["acts"]), text("arguably none")),
                "deciders": some(draft.names.several("authorities", str(measure["authority_ids"])), draft.language),
            }


def _concerns(measure: Mapping[str, Any], authority: str, obligations: Collection[str]) -> bool:
    named = {str(measure["obligation_id"]), str(measure["source_id"])}
    return authority in {*str(measure["authority_ids"]).split("|"), *named} or bool(named & set(obligations))
