"""Numbers, lists and names as a reader writes them, broken to the width there is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from burden.figures import style
from burden.model import schema
from burden.model.messages import plural_text, text

NO_BREAK_SPACE = "\u00a0"
_GAP_DOUBT = 0.02
"""How far the gap between two words may be from the usual, in sizes of type: letters are not drawn closer over it."""


def number(value: float, language: str) -> str:
    r"""A quantity, without false precision: three digits from 1,000, units from 10, tenths from 0.1.

    Examples
    --------
    >>> number(12345.6, "fr") == "12\u202f300", number(3.25, "fr"), number(0.0123, "en")
    (True, '3,2', '0.012')
    """
    size = abs(value)
    if size >= 1000:
        value = round(value, 2 - math.floor(math.log10(size)))
    if size >= 9.95 or not size:
        pattern = "#,##0"
    else:
        digits = 1 if size >= 0.095 else 1 - math.floor(math.log10(size))
        pattern = "0." + "#" * digits
    return str(format_decimal(value, pattern, locale=language))


def hours(value: float, language: str) -> str:
    r"""A number of hours with its unit.

    Examples
    --------
    >>> hours(12, "en") == "12\u00a0h"
    True
    """
    return f"{number(value, language)}{NO_BREAK_SPACE}h"


def hours_range(low: float, high: float, language: str) -> str:
    r"""Two bounds with one unit; one number where the bounds are written alike.

    Examples
    --------
    >>> hours_range(3, 5, "en"), hours_range(3, 3.01, "en")
    ('3–5\xa0h', '3\xa0h')
    """
    least, most = number(low, language), hours(high, language)
    return most if hours(low, language) == most else f"{least}–{most}"


def share(value: float, language: str) -> str:
    r"""A share in per cent; never 0 % for something nor 100 % for less than all.

    Examples
    --------
    >>> share(0.724, "en"), share(0.9996, "en"), share(1, "en"), share(0.0004, "en")
    ('72%', '99.9%', '100%', '0.04%')
    >>> share(0.724, "fr") == "72\u00a0%"
    True
    """
    pattern = Locale.parse(language).percent_formats[None].pattern
    digits = 0
    if 0 < value < 1 and round(value, 2) in {0.0, 1.0}:
        # Nearly all is said as 99.9 %: more nines would claim a precision that nothing has.
        digits = 1 if value > 0.5 else max(1, -math.floor(math.log10(value)) - 2)
        value = math.floor(value * 10 ** (digits + 2)) / 10 ** (digits + 2)
    pattern = pattern.replace("0", "0." + "0" * digits if digits else "0")
    return str(format_percent(round(value, digits + 2), pattern, locale=language))


def shares(low: float, high: float, language: str) -> str:
    """Two bounds in per cent; one where they are written alike.

    Examples
    --------
    >>> shares(0.12, 0.18, "en"), shares(0.12, 0.121, "en")
    ('12–18%', '12%')
    """
    least, most = share(low, language), share(high, language)
    return most if least == most else f"{least.rstrip('%').rstrip()}–{most}"


def listed(names: Sequence[str], language: str) -> str:
    """Names in a row: *a, b and c*.

    Examples
    --------
    >>> listed(["ARS", "CAF", "préfet"], "fr")
    'ARS, CAF et préfet'
    """
    return str(format_list(list(names), "standard", locale=language))


def name_of(identifier: object, labels: Mapping[str, str], language: str, *, codes: str = "") -> str:
    """Name to display: from the labels, else the code list, else the identifier itself.

    Examples
    --------
    >>> name_of("ars", {"ars": "Agence régionale de santé"}, "fr")
    'Agence régionale de santé'
    >>> name_of("accounts", {}, "fr", codes="instrument")
    'comptes'
    """
    if identifier is None or identifier != identifier or identifier == "":  # noqa: PLR0124 - NaN
        return text("not stated").render(language)
    given = labels.get(str(identifier))
    if given:
        return given
    return schema.code_name(codes, identifier, language) if codes else str(identifier)


def short(name: str) -> str:
    """A name by its initials where they stand in brackets after it, else without the brackets.

    Examples
    --------
    >>> short("Agence régionale de santé (ARS)")
    'ARS'
    >>> short("Protection judiciaire de la jeunesse (DPJJ, DIRPJJ, DTPJJ)")
    'Protection judiciaire de la jeunesse'
    """
    found = re.fullmatch(r"(.{8,}?)\s*\(([^()]+)\)", name)
    if not found:
        return name
    whole, inside = found.groups()
    initials = inside.split(",")[0].strip()
    letters = iter(whole.casefold())
    is_initials = len(initials) < 9 and all(letter in letters for letter in initials.casefold())
    if is_initials and initials[0].isupper() and " " not in initials:
        return initials
    return whole if "," in inside or inside.isupper() else name


@cache
def _font(weight: str) -> FontProperties:
    # One size, then a rule of three: outlines scale, hinting at small sizes does not.
    return FontProperties(family="DejaVu Sans", weight=weight, size=100)


@cache
def _width_at_100(line: str, weight: str) -> float:
    width, _, _ = TextToPath().get_text_width_height_descent(line, _font(weight), ismath=False)
    return float(width)


def width_pt(line: str, *, size: float = style.TEXT_PT, weight: str = "normal") -> float:
    """Width of one line of text, points."""
    return _width_at_100(line, weight) * size / 100 if line else 0.0


def _fits(line: str, into_pt: float, size: float, weight: str) -> bool:
    """Whether a line keeps within a width; it is measured where its words, added up, leave a doubt."""
    words = line.split(" ")
    gap = _width_at_100("n n", weight) - 2 * _width_at_100("n", weight)
    added_up = sum(_width_at_100(word, weight) for word in words if word) + gap * (len(words) - 1)
    doubt_pt = _GAP_DOUBT * size * len(words)
    left_pt = into_pt - added_up * size / 100
    return left_pt > 0 if abs(left_pt) > doubt_pt else width_pt(line, size=size, weight=weight) <= into_pt


def wrapped(
    sentence: str, *, into_pt: float, size: float = style.TEXT_PT, weight: str = "normal", lines: int = 99
) -> str:
    r"""A sentence in lines no wider than a width; what exceeds the lines ends in an ellipsis.

    No-break spaces do not break. A single word wider than the width is cut.

    Examples
    --------
    >>> wrapped("rapport d'activité et suivi", into_pt=80).count("\n")
    2
    """
    done: list[str] = []
    current = ""
    for word in re.split(r"[ \n]+", sentence.strip()):
        longer = f"{current} {word}" if current else word
        if not current or _fits(longer, into_pt, size, weight):
            current = longer
        else:
            done.append(current)
            current = word
    done.append(current)
    if len(done) > lines:
        done = [*done[: lines - 1], " ".join(done[lines - 1 :])]
    return "\n".join(_cut(line, into_pt, size, weight) for line in done)


def balanced(sentence: str, *, into_pt: float, size: float = style.TEXT_PT, weight: str = "normal") -> str:
    r"""A sentence in as few lines as the width allows, of much the same length.

    Examples
    --------
    >>> balanced("quatre autorités font les deux tiers", into_pt=200).split("\n")
    ['quatre autorités', 'font les deux tiers']
    """
    fewest = wrapped(sentence, into_pt=into_pt, size=size, weight=weight)
    narrow = into_pt
    while narrow > 0.5 * into_pt:
        narrow -= 0.02 * into_pt
        narrower = wrapped(sentence, into_pt=narrow, size=size, weight=weight)
        if narrower.count("\n") > fewest.count("\n") or "…" in narrower:
            break
        fewest = narrower
    return fewest


def fitting_size(lines: Sequence[str], *, into_pt: float, size: float, weight: str = "normal") -> float:
    """The size of type at which the longest line keeps within a width, at most ``size``."""
    widest = max((width_pt(line, size=size, weight=weight) for line in lines), default=0.0)
    return size * min(1.0, into_pt / widest) if widest else size


def some_of(names: Sequence[str], language: str, *, into_pt: float, size: float, lines: int, after: str) -> str:
    """A sentence and as many names as fit in so many lines, then how many more there are."""
    said = after
    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        listing = ", ".join(names[:shown])
        if more:
            listing = plural_text(
                "{names} and {n} other",
                "{names} and {n} others",
                more,
                names=listing,
                n=number(more, language),
            ).render(language)
        said = wrapped(f"{after} {listing}".strip(), into_pt=into_pt, size=size)
        if said.count("\n") < lines:
            return said
    return wrapped(said, into_pt=into_pt, size=size, lines=lines)


def _cut(line: str, into_pt: float, size: float, weight: str) -> str:
    if _fits(line, into_pt, size, weight):
        return line
    kept = line
    while kept and width_pt(kept + "…", size=size, weight=weight) > into_pt:
        kept = kept[:-1]
    return kept.rstrip(" ,;(" + NO_BREAK_SPACE) + "…"
