"""What a reply may correct of each kind of line, how its value is read, and what stands there today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.model import schema
from burden.model.cells import did_you_mean, folded, plain
from burden.model.checks.texts import levels_on_face
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.periods import is_period
from burden.model.portfolio import Portfolio
from burden.report.reply.form import coded
from burden.report.reply.identifiers import NUMBERS, Row
from burden.report.reply.values import (
    EUROS_REMEDY,
    MINUTES_REMEDY,
    NUMBER_REMEDY,
    Value,
    read_euros,
    read_minutes,
    read_number,
)
from burden.report.reply.words import PERIODS
from burden.sources.rows import cell_text

_YES_NO: Mapping[str, Text] = MappingProxyType({"true": text("yes"), "false": text("no")})


@dataclass(frozen=True)
class Correctable:
    """Something that a reply may correct.

    Attributes
    ----------
    about : tuple of str
        What the line must be about.
    how : Text
        How to write the correct value.
    adds : bool
        Whether two values stand beside one another rather than contradict each other.
    """

    code: str
    about: tuple[str, ...]
    label: Text
    how: Text
    adds: bool = False


_USES = text("Write one of: decision, payment, safety, statistics, publication, none found.")
_AUTHORITY = text("Write the name of the authority, as the draft does.")
_LEVEL = text("Write the level and the reference: “order: order of 22 October 2003”, or “CASF, art. R. 314-3” alone.")

CORRECTABLE: Mapping[str, Correctable] = MappingProxyType(
    {
        c.code: c
        for c in (
            Correctable("minutes", ("requests", "activities"), text("minutes"), MINUTES_REMEDY),
            Correctable("asked", ("requests",), text("asked"), text("Write no when the item is not asked.")),
            Correctable("use", ("obligations", "requests"), text("use"), _USES, adds=True),
            Correctable(
                "protected", ("obligations", "requests"), text("protected"),
                text("Write yes or no, and why under “Your evidence”."),
            ),
            Correctable("period", ("obligations",), text("how often"), text("Write P1Y, P6M, P1M, event or once.")),
            Correctable("external_eur", ("obligations",), text("euros paid to others each time"), EUROS_REMEDY),
            Correctable("legal_base", ("obligations",), text("legal base to add"), _LEVEL, adds=True),
            Correctable("recipient_added", ("obligations",), text("recipient to add"), _AUTHORITY, adds=True),
            Correctable("recipient_removed", ("obligations",), text("recipient to remove"), _AUTHORITY, adds=True),
            Correctable("number", (NUMBERS,), text("number"), NUMBER_REMEDY),
        )
    }
)  # fmt: skip
"""What may be corrected, by code."""


def correctable(about: str) -> list[Correctable]:
    """What may be corrected of a line."""
    return [c for c in CORRECTABLE.values() if about in c.about]


def column_named(written: str) -> str:
    """The code of what a reply says that it corrects, or nothing.

    Examples
    --------
    >>> column_named("Minutes "), column_named("colour")
    ('minutes', '')
    """
    return coded({c.code: c.label for c in CORRECTABLE.values()}).get(folded(written), "")


def read_value(code: str, raw: str, row: Row, inv: Inventory) -> Value:
    """The correct value that a reply gives, in its plain form; read again, that form gives itself.

    What the inventory says already, and what the row cannot take, are faults.
    """
    return _READERS[code](raw, row, inv)


def standing(code: str, row: Row, inv: Inventory, ptf: Portfolio) -> str:
    """What a line says today of what a reply may correct; empty when it is not known."""
    if code == "number":
        units = ptf.units
        return cell_text(units.loc[units["unit_id"] == row.key[0], row.key[1]].iloc[0])
    cells = cells_of(inv, row)
    if code in ("minutes", "external_eur"):
        low, central, high = (float(cells[f"{code}{bound}"]) for bound in ("_low", "", "_high"))
        return _bounded(low, central, high)
    if code == "use":
        return "|".join(known_uses(inv, row))
    if code == "legal_base":
        return str(cells["legal_base_ids"])
    if code in ("recipient_added", "recipient_removed"):
        return "|".join(recipients(inv, row))
    return "true" if code == "asked" else cell_text(cells[code])


def cells_of(inv: Inventory, row: Row) -> dict[str, Any]:
    """The cells of the row of the inventory that a line is about."""
    return {str(column): values.loc[row.index] for column, values in inv[row.about].items()}


def _bounded(low: float, central: float, high: float) -> str:
    if pd.isna(central):
        return ""
    known = not (pd.isna(low) or pd.isna(high))
    return f"{central:.12g}" + (f" ({low:.12g}-{high:.12g})" if known else "")


def known_uses(inv: Inventory, row: Row) -> list[str]:
    """Uses that the inventory knows of a tool, or of an item itself."""
    uses = inv.uses
    own = uses[uses["obligation_id"] == row.key[0]]
    concept = concept_of(inv, row)
    own = own[own["concept_id"] == concept] if concept else own[own["concept_id"].isna()]
    return sorted(set(own["use"]))


def concept_of(inv: Inventory, row: Row) -> str:
    """The concept of an item; nothing for a whole tool."""
    return str(inv.requests.loc[row.index, "concept_id"]) if row.about == "requests" else ""


def recipients(inv: Inventory, row: Row) -> list[str]:
    """Authorities or roles that an obligation reaches, as the inventory has them."""
    own = inv.recipients
    return own.loc[own["obligation_id"] == row.key[0], "authority_id"].tolist()


def _already(value: str) -> Value:
    return Value(fault=(text("the draft says '{value}' already.", value=value), text("Empty the cell, or correct it.")))


def _code(raw: str, code_list: str, how: Text) -> Value:
    words = {folded(n): c.code for c in schema.codes(code_list).values() for n in (c.name_fr, c.name_en, c.code)}
    if code := words.get(folded(raw)):
        return Value(code)
    return Value(fault=(text("'{value}' is not in the list.", value=plain(raw)), how))


def _use(raw: str, row: Row, inv: Inventory) -> Value:
    found = _code(raw, "use", _USES)
    return _already(found.plain) if found.plain in known_uses(inv, row) else found


def _yes_no(code: str, how: Text) -> Callable[[str, Row, Inventory], Value]:
    def read(raw: str, row: Row, inv: Inventory) -> Value:
        said = coded(_YES_NO).get(folded(raw))
        if said is None:
            return Value(fault=(text("'{value}' is neither yes nor no.", value=plain(raw)), how))
        today = "true" if code == "asked" else cell_text(cells_of(inv, row)[code])
        return _already(said) if said == today else Value(said)

    return read


def _period(raw: str, row: Row, inv: Inventory) -> Value:
    said = coded(PERIODS).get(folded(raw), plain(raw))
    if not is_period(said):
        return Value(fault=(text("'{value}' is not a period.", value=said), CORRECTABLE["period"].how))
    return _already(said) if said == inv.obligations.loc[row.index, "period"] else Value(said)


def _authority(raw: str, inv: Inventory) -> Value:
    frame = inv.authorities
    ids = frame["authority_id"].tolist()
    names = {folded(n): a for c in ("name_en", "name_fr", "authority_id")
             for n, a in zip(frame[c], ids, strict=True) if isinstance(n, str)}  # fmt: skip
    if found := names.get(folded(raw)):
        return Value(found)
    remedy = did_you_mean(raw, frame["name_fr"].tolist(), _AUTHORITY)
    return Value(fault=(text("no authority is called '{value}'.", value=plain(raw)), remedy))


def _recipient_added(raw: str, row: Row, inv: Inventory) -> Value:
    found = _authority(raw, inv)
    return _already(found.plain) if found.plain in recipients(inv, row) else found


def _recipient_removed(raw: str, row: Row, inv: Inventory) -> Value:
    found, today = _authority(raw, inv), recipients(inv, row)
    if found.fault or found.plain in today:
        return found
    roles = set(inv.authorities.loc[inv.authorities["level"] == "role", "authority_id"]) & set(today)
    if not roles:
        fault = text("'{authority}' is not among the recipients.", authority=found.plain)
        return Value(fault=(fault, _AUTHORITY))
    named = ", ".join(sorted(roles))
    fault = text("'{authority}' receives it, if at all, as {role}.", authority=found.plain, role=named)
    return Value(fault=(fault, text("Correct the table of competences, which says who plays this role.")))


def _legal_base(raw: str, row: Row, inv: Inventory) -> Value:
    bases, said = inv.legal_bases, plain(raw)
    before, colon, after = said.partition(":")
    level = _code(before, "legal_level", _LEVEL).plain if colon else ""
    citation = after.strip() if level else said
    ids = bases["legal_base_id"].tolist()
    known = {folded(c): i for i, c in zip(ids, bases["citation"], strict=True)} | {folded(i): i for i in ids}
    if (found := known.get(folded(citation))) is not None:
        listed = str(inv.obligations.loc[row.index, "legal_base_ids"]).split("|")
        return _already(citation) if found in listed else Value(found)
    level = level or (faces.pop() if len(faces := levels_on_face(citation)) == 1 else "")
    if not level or not citation:
        return Value(fault=(text("the level of '{citation}' is not said.", citation=said), _LEVEL))
    return Value(f"{level}: {citation}")


def _free(read: Callable[[str], Value], code: str) -> Callable[[str, Row, Inventory], Value]:
    """A number that the row takes whatever it says today, unless it says the same."""

    def read_for(raw: str, row: Row, inv: Inventory) -> Value:
        found = read(raw)
        today = standing(code, row, inv, Portfolio("", pd.DataFrame())) if code != "number" else ""
        return _already(found.plain) if found.plain and found.plain == today else found

    return read_for


_READERS: Mapping[str, Callable[[str, Row, Inventory], Value]] = MappingProxyType(
    {
        "minutes": _free(read_minutes, "minutes"),
        "external_eur": _free(read_euros, "external_eur"),
        "number": _free(read_number, "number"),
        "asked": _yes_no("asked", CORRECTABLE["asked"].how),
        "protected": _yes_no("protected", CORRECTABLE["protected"].how),
        "use": _use,
        "period": _period,
        "legal_base": _legal_base,
        "recipient_added": _recipient_added,
        "recipient_removed": _recipient_removed,
    }
)
assert set(_READERS) == set(CORRECTABLE)
