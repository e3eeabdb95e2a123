"""Numbers as people write them in a cell: read where only one reading is possible, refused where not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from burden.model.cells import plain
from burden.model.messages import Text, text

_N = r"\d+(?: \d{3})*(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"(?:(?P<hours>{_N})\s*(?:heures?|hours?|hrs?|h)\.?\s*)?(?:(?P<minutes>{_N})\s*(?:min|mins|mn|minutes?)?\.?)?",
    re.IGNORECASE,
)
_EUROS = re.compile(rf"(?P<number>{_N})\s*(?:€|eur|euros?)?", re.IGNORECASE)
_NUMBER = re.compile(_N)
_WITH_BOUNDS = re.compile(r"(?P<central>[^()]+)\((?P<low>[^()–-]+)[–-](?P<high>[^()–-]+)\)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_RANGE = re.compile(r"[\d.,]+\s*\D*\s*(?:[-–/]|à|to)\s*[\d.,]+.*")
_DAYS = re.compile(rf"{_N}\s*(?:j|jours?|d|days?|sem|semaines?|weeks?)\b.*", re.IGNORECASE)
_CLOCK = re.compile(r"\d+:\d+(?::\d+)?")
NumberOf = Callable[[str], float | None]

MINUTES_REMEDY = text("Write minutes as 12 or 90, with the lowest and the highest as 12 (5-30).")
EUROS_REMEDY = text("Write euros as 8500, with the lowest and the highest as 8500 (7000-10000).")
NUMBER_REMEDY = text("Write digits only, without a unit: 1250 or 12,5.")


@dataclass(frozen=True)
class Value:
    """What a cell says: the value in its plain form, how it was read, or why it was not.

    Attributes
    ----------
    plain : str
        The value as the layer keeps it; empty when it was not read.
    note : Text or None
        How it was read, where it was not written plainly.
    fault : tuple of Text or None
        Why it was not read, and how to write it.
    """

    plain: str = ""
    note: Text | None = None
    fault: tuple[Text, Text] | None = None


def read_minutes(raw: str) -> Value:
    """Minutes, with bounds in brackets where there are some.

    ``12 min``, ``1 h 30`` and ``1,5 h`` have one meaning and are read; ``1:30``, ``2 j``,
    ``10-15`` and ``1.500`` have several, or none that is known, and are refused.

    Examples
    --------
    >>> [read_minutes(w).plain for w in ("12", "12,5 min", "1 h 30", "1,5 h", "10 (5-30)", "2 h (90 - 150)")]
    ['12', '12.5', '90', '90', '10 (5-30)', '120 (90-150)']
    >>> [bool(read_minutes(w).fault) for w in ("1:30", "2 j", "10-15", "1.500", "environ 12", "1 h 75", "30 (5-10)")]
    [True, True, True, True, True, True, True]
    """
    return _read_bounded(raw, _minutes, MINUTES_REMEDY)


def read_euros(raw: str) -> Value:
    """Euros, with bounds in brackets where there are some.

    Examples
    --------
    >>> read_euros("8 500 €").plain, read_euros("8500 (7000-10000)").plain
    ('8500', '8500 (7000-10000)')
    """
    return _read_bounded(raw, lambda w: _unit_free(_EUROS, w), EUROS_REMEDY)


def read_number(raw: str) -> Value:
    """A number, without any unit.

    Examples
    --------
    >>> read_number("1 250").plain, bool(read_number("12 places").fault)
    ('1250', True)
    """
    written = plain(raw)
    number = _unit_free(_NUMBER, written)
    if number is None:
        fault = text("'{value}' is not a number.", value=_short(written))
        return Value(fault=(_many_ways(written) or fault, NUMBER_REMEDY))
    return Value(_plain(number))


def bounds_of(written: str) -> tuple[float | None, float, float | None]:
    """Low, central and high of a value in its plain form.

    Examples
    --------
    >>> bounds_of("10 (5-30)"), bounds_of("12.5")
    ((5.0, 10.0, 30.0), (None, 12.5, None))
    """
    if match := _WITH_BOUNDS.fullmatch(written):
        return float(match["low"]), float(match["central"]), float(match["high"])
    return None, float(written), None


def _read_bounded(raw: str, number_of: NumberOf, remedy: Text) -> Value:
    written = plain(raw)
    match = _WITH_BOUNDS.fullmatch(written)
    parts = [match["central"], match["low"], match["high"]] if match else [written]
    numbers = [number_of(plain(part)) for part in parts]
    if any(n is None for n in numbers):
        wrong = plain(next(p for p, n in zip(parts, numbers, strict=True) if n is None))
        fault = _many_ways(wrong) or text("'{value}' is not a number.", value=_short(wrong))
        return Value(fault=(fault, remedy))
    central, *bounds = [n for n in numbers if n is not None]
    if bounds and not bounds[0] <= central <= bounds[1]:
        fault = text("in '{value}' the first number is not between the two others.", value=_short(written))
        return Value(fault=(fault, remedy))
    said = _plain(central) + (f" ({_plain(bounds[0])}-{_plain(bounds[1])})" if bounds else "")
    bare = "".join(written.split()).replace(",", ".")
    note = text("'{value}' was read as {read}.", value=_short(written), read=said)
    return Value(said, None if bare == said.replace(" ", "") else note)


def _minutes(written: str) -> float | None:
    match = _DURATION.fullmatch(written)
    if not match or not written or _THOUSANDS.fullmatch(written):
        return None
    hours, minutes = match["hours"], match["minutes"]
    if hours is None:
        return _float(minutes)
    if minutes is None:
        return _float(hours) * 60
    whole = _float(hours).is_integer() and "," not in hours and "." not in hours
    return _float(hours) * 60 + _float(minutes) if whole and _float(minutes) < 60 else None


def _unit_free(pattern: re.Pattern[str], written: str) -> float | None:
    match = pattern.fullmatch(written)
    if not match or _THOUSANDS.fullmatch(written):
        return None
    return _float(match["number"] if "number" in pattern.groupindex else match[0])


def _float(written: str) -> float:
    return float(written.replace(" ", "").replace(",", "."))


def _plain(number: float) -> str:
    return f"{number:.12g}"


def _short(written: str) -> str:
    return written if len(written) <= 60 else written[:59] + "…"


def _many_ways(written: str) -> Text | None:
    """Why a number cannot be read in one way only."""
    shown = _short(written)
    if _THOUSANDS.fullmatch(written):
        return text("'{value}' may be thousands or decimals.", value=shown)
    if _CLOCK.fullmatch(written):
        return text("'{value}' may be hours and minutes, or minutes and seconds.", value=shown)
    if _DAYS.fullmatch(written):
        return text("'{value}' counts days, whose hours are not known.", value=shown)
    if _RANGE.fullmatch(written):
        return text("'{value}' is a range: what is usual is not said.", value=shown)
    return None
