"""Apply the replies that were accepted: another inventory, the evidence of each number set honestly.

What a body says of minutes, money or a use is *elicited*, never measured; a text that it cites is
*secondary* until somebody has read it, and a fact changed on its word is no surer than that. The
reply itself becomes a source, so that every changed number leads back to who said it and when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import EVIDENCE_LADDER, Inventory, with_tables
from burden.model.messages import text
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.report.reply.addressees import operator_name, operators
from burden.report.reply.corrections import CORRECTABLE, concept_of, read_value, standing
from burden.report.reply.identifiers import MEASURES, NUMBERS, Row, rows_of
from burden.report.reply.layer import REPLIES, Layer
from burden.report.reply.said import Said
from burden.report.reply.values import bounds_of

_NOBODY = Portfolio("", pd.DataFrame(columns=["unit_id", "operator_id", "actor_id"]))
Change = Callable[[Inventory, Row, Said, str], Inventory]


def apply(inv: Inventory, layer: Layer, ptf: Portfolio | None = None) -> Inventory:
    """The inventory with the corrections that were accepted, and no other.

    Parameters
    ----------
    ptf : Portfolio, optional
        Names the operators in the sources of their replies.

    Returns
    -------
    Inventory
        A new one; the one given does not change.

    Raises
    ------
    InventoryError
        With every accepted reply that cannot be applied: its line is gone, what it corrects has
        changed since, or it contradicts another accepted one. Nothing is applied then.
    """
    corrections = [one for one in layer.accepted if one.column and one.column != "number"]
    if faults := apply_faults(inv, layer, ptf or _NOBODY):
        raise InventoryError(faults)
    rows = rows_of(inv, _NOBODY)
    # Rows are taken out last, as those after them would move.
    for one in sorted(corrections, key=lambda one: one.column == "asked"):
        source = _source_id(one)
        inv = _with_source(inv, one, source, ptf or _NOBODY)
        inv = _CHANGES[one.column](inv, rows[one.row], one, source)
    gone = [rows[one.row].index for one in corrections if one.column == "asked"]
    return with_tables(inv, {"requests": inv.requests.drop(index=gone)}) if gone else inv


def apply_numbers(ptf: Portfolio, layer: Layer) -> Portfolio:
    """The portfolio with the numbers that were accepted; what is not known of a unit stays so.

    Returns
    -------
    Portfolio
        A new one; the one given does not change.

    Raises
    ------
    InventoryError
        If a unit or a number is gone, or has changed since.
    """
    frame = ptf.units
    for one in layer.accepted:
        if one.column == "number":
            _, unit, population = one.row.split("/", 2)
            frame.loc[frame["unit_id"] == unit, population] = float(one.new)
            frame["note"] = frame["note"].mask(frame["unit_id"] == unit, _noted(frame, unit, population, one))
    return portfolio_from_frame(ptf.name, frame)


def _noted(frame: pd.DataFrame, unit: str, population: str, said: Said) -> str:
    before = frame.loc[frame["unit_id"] == unit, "note"].iloc[0]
    told = text("{population}: {number}, said by {who} on {date}.", population=population, number=said.new,
                who=said.who, date=said.date).render("fr")  # fmt: skip
    return f"{before} {told}" if isinstance(before, str) else told


def apply_faults(inv: Inventory, layer: Layer, ptf: Portfolio) -> list[Finding]:
    """Why some accepted replies cannot be applied.

    Numbers of the portfolio are looked at when it is given.
    """
    rows = rows_of(inv, ptf)
    faults: list[Finding] = []
    cells: dict[tuple[str, str], Said] = {}
    for one in layer.accepted:
        if not one.column or (one.column == "number" and ptf is _NOBODY):
            continue
        row = rows.get(one.row)
        if row is None or one.column not in CORRECTABLE or row.about not in CORRECTABLE[one.column].about:
            faults.append(_fault(one, "row", text("no line is called '{value}' (any more).", value=one.row)))
            continue
        faults += _not_applicable(one, row, inv, ptf)
        if not CORRECTABLE[one.column].adds:
            first = cells.setdefault((one.row, one.column), one)
            if first is not one and first.new != one.new:
                fault = text("'{one}' and '{other}' are both accepted and contradict each other.",
                             one=first.reply_id, other=one.reply_id)  # fmt: skip
                faults.append(_fault(one, "decision", fault))
    return faults


def _not_applicable(said: Said, row: Row, inv: Inventory, ptf: Portfolio) -> list[Finding]:
    if not CORRECTABLE[said.column].adds and (today := standing(said.column, row, inv, ptf)) != said.old:
        return [
            _fault(said, "old", text("the inventory says '{today}', no longer '{old}'.", today=today, old=said.old))
        ]
    value = read_value(said.column, said.new, row, inv)
    return [_fault(said, "new", value.fault[0])] if value.fault else []


def _fault(said: Said, column: str, fault: Any) -> Finding:
    place = Place(f"{REPLIES} [{said.reply_id}]", column=column)
    return Finding("layer", "error", place, fault, text("Refuse the reply, or ask again."), value=said.new)


def _source_id(said: Said) -> str:
    return f"reply-{said.who}-{said.date}"


def _with_source(inv: Inventory, said: Said, source: str, ptf: Portfolio) -> Inventory:
    """The reply as a source, named once; what it cites stands in the note."""
    sources = inv.sources
    cited = " ; ".join(v for v in (said.source, said.evidence) if v)
    at = sources["source_id"] == source
    if at.any():
        before = sources.loc[at, "note"].iloc[0]
        notes = dict.fromkeys([*(str(before).split(" | ") if isinstance(before, str) else []), cited])
        sources.loc[at, "note"] = " | ".join(n for n in notes if n) or None
        return with_tables(inv, {"sources": sources})
    who = f"{_name(inv, ptf, said.who)} ({said.given_by})" if said.given_by else _name(inv, ptf, said.who)
    row = {
        "source_id": source, "date_read": pd.Timestamp(said.date), "note": cited or None,
        "citation": text("Reply of {who} to the draft report, {date}", who=who, date=said.date).render("fr"),
    }  # fmt: skip
    return _with_row(inv, "sources", row)


def _name(inv: Inventory, ptf: Portfolio, who: str) -> str:
    named = dict(zip(inv.authorities["authority_id"], inv.authorities["name_fr"], strict=True))
    if who in named:
        return str(named[who])
    return operator_name(ptf, who) if who in operators(ptf) else who


def _with_row(inv: Inventory, table: str, row: Mapping[str, object]) -> Inventory:
    frame = inv[table]
    fresh = pd.DataFrame([row], index=[int(frame.index.max()) + 1 if len(frame) else 0])
    added = fresh.reindex(columns=frame.columns).astype(object)
    both = pd.concat([frame.astype(object), added]) if len(frame) else added
    return with_tables(inv, {table: both})


def _with_cells(inv: Inventory, row: Row, cells: Mapping[str, object]) -> Inventory:
    frame = inv[row.about]
    at = frame.index == row.index
    changed = {column: frame[column].astype(object).mask(at, value) for column, value in cells.items()}
    return with_tables(inv, {row.about: frame.assign(**changed)})


def _minutes(inv: Inventory, row: Row, said: Said, source: str) -> Inventory:
    """Minutes of a line, and the estimate that says who gave them."""
    low, central, high = bounds_of(said.new)
    given = {"minutes_low": low, "minutes": central, "minutes_high": high, "minutes_evidence": "elicited"}
    inv = _with_cells(inv, row, given)
    work = row.about == "activities"
    estimate = {
        "estimate_id": f"{source}-{said.reply_id}", "obligation_id": row.key[0], "minutes": central,
        "concept_id": None if work else concept_of(inv, row), "activity": row.key[1] if work else None,
        "side": row.key[2] if work else "respondent", "respondent": said.who, "date": pd.Timestamp(said.date),
        "evidence": "elicited", "source_id": source, "note": said.evidence or None,
    }  # fmt: skip
    return _with_row(inv, "estimates", estimate)


def _external(inv: Inventory, row: Row, said: Said, source: str) -> Inventory:
    low, central, high = bounds_of(said.new)
    given = {"external_eur_low": low, "external_eur": central, "external_eur_high": high}
    return _with_cells(inv, row, {**given, "external_evidence": "elicited", "external_source_id": source})


def _protected(inv: Inventory, row: Row, said: Said, _: str) -> Inventory:
    protected = said.new == "true"
    cells: dict[str, object] = {"protected": protected, "note": _note(inv, row, said)}
    if row.about == "obligations":
        cells["protected_reason_fr"] = said.evidence if protected else None
    return _with_cells(inv, row, cells)


def _period(inv: Inventory, row: Row, said: Said, _: str) -> Inventory:
    """A fact taken from a text is, once changed on somebody's word, no surer than that word."""
    evidence = str(inv.obligations.loc[row.index, "evidence"])
    weaker = max(evidence, "secondary", key=_sureness)
    return _with_cells(inv, row, {"period": said.new, "evidence": weaker, "note": _note(inv, row, said)})


def _sureness(evidence: str) -> int:
    return EVIDENCE_LADDER.index(evidence) if evidence in EVIDENCE_LADDER else len(EVIDENCE_LADDER)


def _note(inv: Inventory, row: Row, said: Said) -> str:
    before = inv[row.about].loc[row.index, "note"]
    told = text("{column}: changed on the word of {who}, {date}.", column=said.column, who=said.who, date=said.date)
    return f"{before} {told.render('fr')}" if isinstance(before, str) else told.render("fr")


def _use(inv: Inventory, row: Row, said: Said, source: str) -> Inventory:
    """A use that a body states of itself: stated, as nobody else has seen it."""
    reader = said.who if said.who in set(inv.authorities["authority_id"]) and said.new != "none_found" else None
    use = {
        "obligation_id": row.key[0], "concept_id": concept_of(inv, row) or None, "use": said.new, "known_by": "stated",
        "reader_id": reader, "date": pd.Timestamp(said.date), "evidence": "elicited", "source_id": source,
        "note": said.evidence or None,
    }  # fmt: skip
    return _with_row(inv, "uses", use)


def _recipient_added(inv: Inventory, row: Row, said: Said, _: str) -> Inventory:
    return _with_row(inv, "recipients", {"obligation_id": row.key[0], "authority_id": said.new, "note": _told_by(said)})


def _recipient_removed(inv: Inventory, row: Row, said: Said, _: str) -> Inventory:
    frame = inv.recipients
    gone = (frame["obligation_id"] == row.key[0]) & (frame["authority_id"] == said.new)
    return with_tables(inv, {"recipients": frame[~gone]})


def _told_by(said: Said) -> str:
    return text("Said by {who}, {date}.", who=said.who, date=said.date).render("fr")


def _legal_base(inv: Inventory, row: Row, said: Said, source: str) -> Inventory:
    """A text that a body cites: secondary, until somebody has read it."""
    base = said.new
    if base not in set(inv.legal_bases["legal_base_id"]):
        level, _, citation = said.new.partition(": ")
        base = f"{source}-{said.reply_id}"
        cited = {
            "legal_base_id": base, "citation": citation, "level": level, "evidence": "secondary", "source_id": source,
            "note": text("Cited in a reply, not read.").render("fr"),
        }  # fmt: skip
        inv = _with_row(inv, "legal_bases", cited)
    listed = [b for b in str(inv.obligations.loc[row.index, "legal_base_ids"]).split("|") if b]
    return _with_cells(inv, row, {"legal_base_ids": "|".join([*listed, base])})


def _asked(inv: Inventory, _: Row, __: Said, ___: str) -> Inventory:
    """An item that is no longer asked is taken out with the others, once all else is done."""
    return inv


_CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "minutes": _minutes,
        "external_eur": _external,
        "protected": _protected,
        "period": _period,
        "use": _use,
        "recipient_added": _recipient_added,
        "recipient_removed": _recipient_removed,
        "legal_base": _legal_base,
        "asked": _asked,
    }
)
assert {*_CHANGES, "number"} == set(CORRECTABLE)


def accepted_objections(layer: Layer) -> Sequence[Said]:
    """Objections to measures that were accepted: the plan does without those measures."""
    return [one for one in layer.accepted if one.row.startswith(f"{MEASURES}/")]


def of_numbers(layer: Layer) -> Sequence[Said]:
    """Corrections of the portfolio that were accepted."""
    return [one for one in layer.accepted if one.row.startswith(f"{NUMBERS}/")]
