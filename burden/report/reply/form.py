"""What a reply form is: its sheets, its columns, its words; writing and reading both follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from burden.model.cells import folded
from burden.model.messages import LANGUAGES, Text, text


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what it holds, its header, how wide it is.

    Attributes
    ----------
    reply : bool
        Whether the body that replies writes in it.
    """

    code: str
    label: Text
    width: float
    reply: bool = False


_ROW = Column("row", text("Line of the draft"), 16)
_STATE = Column("state", text("Do not change"), 4)

REPLY = (
    Column("agreement", text("Do you agree?"), 12, reply=True),
    Column("column", text("What to correct"), 17, reply=True),
    Column("value", text("Correct value"), 18, reply=True),
    Column("evidence", text("Your evidence"), 26, reply=True),
    Column("source", text("Source of your evidence"), 22, reply=True),
    Column("objection", text("Objection or remark"), 30, reply=True),
)
"""The columns that a reply is written in, the same on every sheet."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a form: its name, what its lines are about, its columns."""

    id: str
    name: Text
    about: tuple[str, ...]
    shown: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column, in order: identifier, state, what is shown, what is asked."""
        reply = REPLY if self.about != ("measures",) else tuple(c for c in REPLY if c.code not in ("column", "value"))
        return (_ROW, _STATE, *self.shown, *reply)


_HOURS = Column("hours", text("Hours a year (range)"), 15)
_USE = Column("use", text("Known use"), 21)
_PROTECTED = Column("protected", text("Protected?"), 15)
_CERTAINTY = Column("certainty", text("How sure the draft is"), 13)

TOOLS = Sheet(
    "tools", text("Tools"), ("obligations",),
    (
        Column("name", text("Tool"), 34), Column("part", text("Your part in it"), 15), _HOURS, _USE, _PROTECTED,
        Column("elsewhere", text("Items asked elsewhere as well"), 13),
        Column("recipients", text("Recipients"), 27), Column("legal_bases", text("Legal bases"), 28),
        Column("period", text("How often"), 10), _CERTAINTY,
    ),
)  # fmt: skip
ITEMS = Sheet(
    "items", text("Items and work"), ("requests", "activities"),
    (
        Column("tool", text("Tool"), 26), Column("label", text("Item or work"), 34),
        Column("minutes", text("Minutes each time"), 15), Column("basis", text("Where the minutes come from"), 18),
        Column("hours", text("Hours a year"), 9), _USE, _PROTECTED,
        Column("also", text("Also asked by"), 34), _CERTAINTY,
    ),
)  # fmt: skip
NUMBERS = Sheet(
    "numbers", text("Numbers"), ("portfolio",),
    (
        Column("unit", text("Structure"), 34), Column("population", text("What is counted"), 40),
        Column("number", text("Number a year, or at a date"), 16), _CERTAINTY,
    ),
)  # fmt: skip
MEASURES = Sheet(
    "measures", text("Measures"), ("measures",),
    (
        Column("measure", text("Measure considered"), 52), Column("what", text("Information concerned"), 40),
        Column("saved", text("Hours saved a year"), 12), Column("acts", text("Acts to amend"), 32),
        Column("deciders", text("Who would decide or agree"), 30),
    ),
)  # fmt: skip
MORE = Sheet("more", text("More"), (), ())

SHEETS = (TOOLS, ITEMS, NUMBERS, MEASURES, MORE)
"""The sheets of a form after the first; one without lines is left out, but for the last."""

READ_ME = text("Please read")

HEADER: Mapping[str, Text] = MappingProxyType(
    {
        "who": text("Form of"),
        "inventory": text("Inventory"),
        "state": text("State of the inventory"),
        "portfolio": text("Portfolio"),
        "written": text("Written on"),
        "given_by": text("Reply given by (service or function, no name)"),
        "date": text("Date of the reply"),
    }
)
"""What the first sheet says of the form: label in its first column, value in its second."""

AGREEMENTS: Mapping[str, Text] = MappingProxyType({"yes": text("yes"), "no": text("no"), "partly": text("partly")})


def in_every_language(words: Text) -> dict[str, str]:
    """The words as they are written in each language, folded.

    Examples
    --------
    >>> sorted(in_every_language(AGREEMENTS["yes"]))
    ['oui', 'yes']
    """
    return {folded(words.render(language)): words.render(language) for language in LANGUAGES}


def coded(words: Mapping[str, Text]) -> dict[str, str]:
    """The code that each folded wording stands for, in whatever language; a code stands for itself.

    Examples
    --------
    >>> coded(AGREEMENTS)["oui"]
    'yes'
    """
    return {folded(code): code for code in words} | {w: code for code, t in words.items() for w in in_every_language(t)}
