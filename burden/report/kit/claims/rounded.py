"""Rounded phrases: “a quarter”, “nearly half”, “nine in ten”, “most”, “twice as many”.

A phrase stands for its value within 2.5 points, or a quarter of it where that is less (“a quarter”:
22.5 to 27.5 %). “About” allows twice as much; “nearly” as much below alone, “just over” above alone;
“more than” only asks for more, “less than” for less, and a majority for more than 50 %. “Double” and
the like stand for a ratio within a tenth.

It is held against the share that it leads to, or that follows it in brackets, or the only one of its
sentence; against the ratio of the two figures of its sentence, for “double”. Where there are others,
nothing is said; where there is no figure at all, the phrase leads nowhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from burden.model.messages import text
from burden.report.key_figures import number
from burden.report.kit.claims.claim import Claim
from burden.report.kit.claims.sentences import Led, Percent, Said, lexicon, percents

_FR_OF = r"(?=\s(?:de|des|du|d['’])(?!\sconfiance)|\s\()"
_OF_ALL = {"fr": "des", "en": "of"}
_COUNTS = {
    "fr": {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
           "neuf": 9, "dix": 10, "vingt": 20},
    "en": {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
           "ten": 10, "twenty": 20},
}  # fmt: skip
_FR_COUNT, _EN_COUNT = ("|".join(counts) for counts in _COUNTS.values())
# “Eight times in ten” says how sure a range is, “in five years” how long, “on five tools” what about.
_IN_TEN = lexicon({
    "fr": rf"\b(?P<part>{_FR_COUNT})\s(?!fois\b|chances?\b)(?:[^\W\d_]+\s)?sur\s(?P<whole>{_FR_COUNT})\b"
          r"(?!\s(?!(?:des|les|ces|ses|leurs|aux|dans|plus|pas|sans|mais|sous|depuis)\b)[^\W\d_]{2,}[sx]\b)",
    "en": rf"\b(?P<part>{_EN_COUNT})\s(?!times?\b|chances?\b)(?P<noun>[^\W\d_]+\s)?(?:in|out\sof)"
          rf"\s(?P<whole>{_EN_COUNT})\b(?(noun)(?!\s[^\W\d_]{{3,}}s\b)|(?!\s(?:years|months|weeks|days)))",
})  # fmt: skip
# A third party, a quarter of an hour and half a day are no shares.
_FRACTIONS = {
    "fr": {
        r"\btrois\squarts(?!\sd['’]heure)\b": 3 / 4,
        r"\b(?:un\squart|le\squart(?=\sd))(?!\sd['’]heure)(?=\s|[.,;:)]|$)": 1 / 4,
        r"\b(?:les\s)?deux[\s-]tiers\b(?!-)": 2 / 3,
        rf"\b(?:un|le)\stiers{_FR_OF}(?<!d['’]un\stiers)": 1 / 3,
        r"(?<=\bd['’])un\stiers(?=\s(?:des|du|de\sla)\b)": 1 / 3,
        r"\b(?:la|de)\smoitié\b": 1 / 2,
        r"\bun\scinquième\b": 1 / 5,
        r"\b(?:les\s)?quatre\scinquièmes\b": 4 / 5,
        r"\bun\sdixième\b": 1 / 10,
    },
    "en": {
        r"\bthree[\s-]quarters\b(?!\sof\san\shour)": 3 / 4,
        r"\b(?:a|one)\squarter\sof\b(?!\san\shour)": 1 / 4,
        r"\btwo[\s-]thirds\b": 2 / 3,
        r"\b(?:a|one)\sthird\sof\b": 1 / 3,
        r"\b(?<!first\s)(?<!second\s)(?<!other\s)half(?:\s(?:of|the|as|its|their|these|those|all)\b|(?=\s\())": 1 / 2,
        r"\bby\shalf\b": 1 / 2,
        r"\b(?:a|one)\sfifth\sof\b": 1 / 5,
        r"\bfour[\s-]fifths\b": 4 / 5,
        r"\b(?:a|one)\stenth\sof\b": 1 / 10,
    },
}
_RATIOS = {
    "fr": {
        r"\b(?:le\sdouble|deux\sfois\splus|doubl(?:ent|é|ée|és|ées|era|eront))\b": 2.0,
        r"\b(?:le\striple|trois\sfois\splus|tripl(?:ent|é|ée|és|ées|era|eront))\b": 3.0,
        r"\bdivisée?s?\spar\sdeux\b": 2.0,
    },
    "en": {
        r"\b(?:twice\s(?:as|the(?!\ssame))|double\s(?:the|that|those)|doubl(?:es(?!\sas)|ed))\b": 2.0,
        r"\b(?:three\stimes\s(?:as|the)|triple\s(?:the|that|those)|tripl(?:es|ed))\b": 3.0,
        r"\bhalved\b": 2.0,
    },
}
# In France, majority is also an age; most of the time is no share.
_MAJORITY = lexicon({
    "fr": r"\b(?:(?<!à\s)(?<!avant\s)(?<!après\s)(?:la|une)\s(?:\w+\s)?majorité\sd(?:es|e(?!\sl['’]enfant)|['’])"
          r" | en\smajorité | la\splupart(?!\sdu\stemps))",
    "en": r"\b(?:(?:a|the)\s(?:\w+\s)?majority\sof | (?<!at\s)(?<!the\s)most\sof(?!\sall|\sthe\stime))",
})  # fmt: skip
_QUALIFIERS = {
    "fr": {
        "just under": r"(?:un\speu\smoins\s(?:de|d['’])|près\s(?:de|d['’])|presque|pas\sloin\s(?:de|d['’]))",
        "just over": r"un\speu\splus\s(?:de|d['’])",
        "over": r"(?:(?<!pas\s)plus\s(?:de|d['’])|au-delà\s(?:de|d['’]))",
        "under": r"moins\s(?:de|d['’])",
        "at least": r"au\smoins",
        "at most": r"(?:au\splus|pas\splus\s(?:de|d['’]))",
        "about": r"(?:environ|autour\s(?:de|d['’])|de\sl['’]ordre\s(?:de|d['’])|à\speu\sprès|quelque)",
    },
    "en": {
        "just under": r"(?:just\sunder|a\slittle\sless\sthan|nearly|almost|close\sto)",
        "just over": r"(?:just\sover|a\slittle\smore\sthan)",
        "over": r"(?:(?<!no\s)more\sthan|over|above)",
        "under": r"(?:less\sthan|fewer\sthan|under|below)",
        "at least": r"at\sleast",
        "at most": r"(?:at\smost|no\smore\sthan)",
        "about": r"(?:about|around|roughly|some|approximately)",
    },
}
_BRACKETED = re.compile(r"[^()]{0,60}(?:\(|\bsoit|\bor|\bi\.e\.)[^()\d]{0,20}$")


@dataclass(frozen=True)
class Phrase:
    """A rounded phrase: where it is, and between which numbers it holds (points, or a ratio)."""

    start: int
    end: int
    low: float
    high: float
    above: bool = False
    ratio: bool = False

    def holds(self, value: float) -> bool:
        """Whether the phrase says a value."""
        return (self.low < value if self.above else self.low - 1e-9 <= value) and value <= self.high + 1e-9


def phrases(plain: str, language: str) -> list[Phrase]:
    """The rounded phrases of a sentence, in order.

    Examples
    --------
    >>> [(p.low, p.high) for p in phrases("a quarter of the hours, nearly half of the tools", "en")]
    [(22.5, 27.5), (45.0, 50.0)]
    """
    counts = _COUNTS[language]
    found = [_qualified(plain, *at, 100 * value, language) for value, at in _matches(_FRACTIONS[language], plain)]
    found += [_qualified(plain, *at, value, language, ratio=True) for value, at in _matches(_RATIOS[language], plain)]
    for match in _IN_TEN[language].finditer(plain):
        part, whole = counts[match["part"].lower()], counts[match["whole"].lower()]
        if part < whole:
            found.append(_qualified(plain, *match.span(), 100 * part / whole, language))
    found += [Phrase(*m.span(), 50.0, 100.0, above=True) for m in _MAJORITY[language].finditer(plain)]
    return sorted(found, key=lambda p: p.start)


def _matches(patterns: Mapping[str, float], plain: str) -> Iterator[tuple[float, tuple[int, int]]]:
    for pattern, value in patterns.items():
        for match in re.finditer(pattern, plain, re.IGNORECASE):
            yield value, match.span()


def is_phrase(said: str, language: str) -> bool:
    """Whether words are a rounded phrase and nothing else.

    Examples
    --------
    >>> is_phrase("près de la moitié", "fr"), is_phrase("12", "fr")
    (True, False)
    """
    return any(p.start == 0 and p.end >= len(said) for p in _alone(said, language))


def _alone(said: str, language: str) -> list[Phrase]:
    """The phrases of words that stand for a share as they are, as the words of a link do."""
    return phrases(f"{said} {_OF_ALL[language]}", language)


def _qualified(plain: str, start: int, end: int, value: float, language: str, *, ratio: bool = False) -> Phrase:
    """A phrase with the word before it that says how it is meant."""
    half = value / 10 if ratio else min(2.5, value / 4)
    for kind, pattern in _QUALIFIERS[language].items():
        if match := re.search(rf"\b{pattern}\s?$", plain[:start], re.IGNORECASE):
            low, high = _window(kind, value, half)
            return Phrase(match.start(), end, low, high, above=kind in ("over", "just over"), ratio=ratio)
    return Phrase(start, end, value - half, value + half, ratio=ratio)


def _window(kind: str, value: float, half: float) -> tuple[float, float]:
    return {
        "just under": (value - 2 * half, value),
        "just over": (value, value + 2 * half),
        "over": (value, math.inf),
        # Just below the value itself.
        "under": (-math.inf, math.nextafter(value, 0) - 1e-8),
        "at least": (value, math.inf),
        "at most": (-math.inf, value),
        "about": (value - 2 * half, value + 2 * half),
    }[kind]


def off_phrases(sentence: Said, language: str) -> Iterator[Claim]:
    """Rounded phrases that their figure does not bear, or that lead to none."""
    found = _found(sentence, language)
    shares = [p for p in percents(sentence) if not p.ranged]
    for place, phrase in enumerate(found):
        until = found[place + 1].start if place + 1 < len(found) else len(sentence.plain)
        shown = sentence.words[phrase.start : phrase.end].strip()
        link = next((x for x in sentence.led if x.start < phrase.end and phrase.start < x.end), None)
        value = (
            _ratio(sentence.led)
            if phrase.ratio
            else _share(sentence, phrase, until, shares, link, alone=len(found) == 1)
        )
        if value is not None and not phrase.holds(value):
            yield _off(shown, value, phrase, language, led=link is not None)
        elif value is None and not shares and len(sentence.led) < 2:
            # Two figures may be its part and its whole.
            yield Claim(shown, text("“{phrase}” leads to no figure.", phrase=shown), _LEAD)


_LEAD = text("Give the figure that it rounds, or take it out.")


def _found(sentence: Said, language: str) -> list[Phrase]:
    """The phrases of a sentence, those of its links among them whatever follows."""
    found = {p.start: p for p in phrases(sentence.plain, language)}
    for led in sentence.led:
        for phrase in _alone(sentence.plain[led.start : led.end], language):
            if not any(p.start <= led.start + phrase.start < p.end for p in found.values()):
                at = led.start + phrase.start
                found[at] = replace(phrase, start=at, end=led.end)
    return [found[at] for at in sorted(found)]


def _share(
    sentence: Said, phrase: Phrase, until: int, shares: Sequence[Percent], link: Led | None, *, alone: bool
) -> float | None:
    """The share that a phrase rounds, in points."""
    if link is not None:
        return 100 * link.number if link.figure.unit == "share" else None
    bracketed = [
        p for p in shares
        if phrase.end <= p.start < until and _BRACKETED.fullmatch(sentence.plain[phrase.end : p.start])
    ]  # fmt: skip
    if bracketed:
        return bracketed[0].exact
    return shares[0].exact if alone and len(shares) == 1 else None


def _ratio(led: Sequence[Led]) -> float | None:
    """How many times one of the only two figures of a sentence is the other."""
    if len(led) != 2 or led[0].figure.unit != led[1].figure.unit:
        return None
    low, high = sorted(abs(x.number) for x in led)
    return high / low if low > 0 else None


def _off(shown: str, value: float, phrase: Phrase, language: str, *, led: bool) -> Claim:
    is_said = number(value, language) if phrase.ratio else number(value / 100, language, share=True)
    return Claim(
        shown,
        text("“{phrase}” does not say {value}.", phrase=shown, value=is_said),
        text("Write the number itself, or a phrase that is nearer."),
        led=led,
    )
