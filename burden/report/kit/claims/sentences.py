"""A written passage as sentences: its words, the figures that they lead to, its percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from burden.report.key_figures import KeyFigure

HIDDEN = "¤"
"""Stands for each letter of a name: what an inventory calls a thing claims nothing."""

_END = re.compile(r"[.!?…][»”\"’)]*\s+(?=[«“\"(]?\s?[A-ZÀ-ÖØ-Þ¤]|\d)")
_ABBREVIATED = re.compile(r"(?:\b(?:arts?|al|cf|etc|ex|n[o°]|p|pp|vol|chap|[A-Z]|M|Mme|St|Dr|No|Nos|e\.g|i\.e))\.$")
_PERCENT = re.compile(r"(\d+(?:[.,](\d+))?)[\s\u00a0\u202f]*(?:%|pour cent\b|per ?cent\b)")
_TO = re.compile(r"[\s\u00a0\u202f]*(?:à|to|–|-|—)[\s\u00a0\u202f]*")
_BETWEEN = re.compile(r"[\s\u00a0\u202f]+(?:et|and)[\s\u00a0\u202f]+")
_AFTER_BETWEEN = re.compile(r"\b(?:entre|between)[\s\u00a0\u202f]+$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:contre|au lieu de|against|instead of|versus|vs\.?|compared (?:with|to))[\s\u00a0\u202f]+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Led:
    """Words that lead to a figure: where they are, the figure, which number of it."""

    start: int
    end: int
    figure: KeyFigure
    bound: str = "value"

    @property
    def number(self) -> float:
        """The number itself, with all its digits."""
        return float(getattr(self.figure, self.bound))


@dataclass(frozen=True)
class Said:
    """A run of words of a document, a passage or one sentence of it.

    Attributes
    ----------
    words : str
        As a reader reads them.
    plain : str
        The same, letter for letter, names hidden.
    led : tuple of Led
        What leads to a figure, in order.
    lead : str
        The words that a list or a record item stands under.
    """

    words: str
    plain: str
    led: tuple[Led, ...] = ()
    lead: str = ""

    def part(self, start: int, end: int) -> Said:
        """Some of it."""
        led = [Led(x.start - start, x.end - start, x.figure, x.bound) for x in self.led if start <= x.start < end]
        return Said(self.words[start:end], self.plain[start:end], tuple(led), self.lead)


@dataclass(frozen=True)
class Percent:
    """A percentage of a sentence.

    Attributes
    ----------
    value, half : float
        In points: the number as written, and half a unit of its last digit.
    ranged : bool
        Whether it is a bound of a range, or what another is compared with.
    """

    start: int
    end: int
    value: float
    half: float
    led: Led | None = None
    ranged: bool = False

    @property
    def exact(self) -> float:
        """With all the digits of its figure, where it has one; in points."""
        return self.value if self.led is None else 100 * self.led.number


def sentences(passage: Said) -> Iterator[Said]:
    """The sentences of a passage.

    Examples
    --------
    >>> passage = "Selon l'art. L. 311-3, rien. Le reste suit."
    >>> [s.words for s in sentences(Said(passage, passage))]
    ["Selon l'art. L. 311-3, rien.", 'Le reste suit.']
    """
    start = 0
    for end in _END.finditer(passage.plain):
        if not _ABBREVIATED.search(passage.plain[start : end.start() + 1]):
            yield passage.part(start, end.start() + len(end[0].rstrip()))
            start = end.end()
    if start < len(passage.words):
        yield passage.part(start, len(passage.words))


def percents(sentence: Said) -> list[Percent]:
    """The percentages of a sentence, in order.

    Examples
    --------
    >>> said = "48 % des heures (de 12,5 % à 60 %)"
    >>> [(p.value, p.half, p.ranged) for p in percents(Said(said, said))]
    [(48.0, 0.5, False), (12.5, 0.05, True), (60.0, 0.5, True)]
    """
    shares = [x for x in sentence.led if x.figure.unit == "share"]
    matches = list(_PERCENT.finditer(sentence.plain))
    found = []
    for place, match in enumerate(matches):
        led = next((x for x in shares if x.start < match.end() and match.start() < x.end), None)
        ranged = (led is not None and led.bound != "value") or _is_ranged(sentence.plain, matches, place)
        value, half = float(match[1].replace(",", ".")), 0.5 / 10 ** len(match[2] or "")
        found.append(Percent(match.start(), match.end(), value, half, led, ranged))
    return found


def _is_ranged(plain: str, matches: Sequence[re.Match[str]], place: int) -> bool:
    own = matches[place]
    if _AGAINST.search(plain[: own.start()]):
        return True
    for first, second in ((place - 1, place), (place, place + 1)):
        if first < 0 or second == len(matches):
            continue
        between = plain[matches[first].end() : matches[second].start()]
        if _TO.fullmatch(between):
            return True
        if _BETWEEN.fullmatch(between) and _AFTER_BETWEEN.search(plain[: matches[first].start()]):
            return True
    return False


def family(figure: KeyFigure) -> tuple[str, str, str]:
    """What figures have in common that are worked out in one way from one table."""
    return figure.id.rpartition(".")[0], figure.formula, figure.rows.table


def lexicon(words: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    """Patterns by language, whatever the case."""
    return {language: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for language, pattern in words.items()}
