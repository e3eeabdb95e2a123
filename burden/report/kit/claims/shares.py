"""Shares: those of one whole add up, and a percentage says of what.

*Add up.* The percentages of a sentence that says it gives a whole (“break down into”, “the remaining
23%”), ranges and comparisons left out, make 100 %, within half a unit of the last digit of each.
Three or more in a row, of the same thing and without a word that they overlap, do not exceed it.

*Of what.* A percentage is followed by “of …”, or stands in a sentence that names what its figure
counts, or follows in its sentence one that does, or is a probability, a rate or a variation, or says
again in brackets a count or a rounded phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from burden.model.messages import text
from burden.report.key_figures import number
from burden.report.kit.claims.claim import Claim
from burden.report.kit.claims.rounded import phrases
from burden.report.kit.claims.sentences import Percent, Said, family, lexicon, percents

_WHOLE = lexicon({
    "fr": r"\b(?:se\s(?:répartiss|partage|décompos|divis|ventil)\w* | (?:sont|est)\s(?:réparti|partagé|ventilé)\w*"
          r"| se\srépartit | répartis?\sentre)\b",
    "en": r"\b(?:(?:is|are|was|were)\s(?:split|divided|shared\sout|broken\sdown|made\sup\sof) | breaks?\sdown"
          r"| splits?\s(?:into|between) | divides?\sinto)\b",
})  # fmt: skip
_REST = lexicon({
    "fr": r"\bles?\sreste[,\s(:]+(?:soit\s)?\d | \brestants?\b",
    "en": r"\bthe\s(?:rest|remainder)[,\s(:]+\d | \bremaining\s\d",
})  # fmt: skip
_OVERLAP = lexicon({
    "fr": r"\b(?:se\srecoup | se\schevauch | plusieurs\s(?:fois|réponses) | à\sla\sfois | cumul | dont\b)",
    "en": r"\b(?:overlap | more\sthan\sonce | several\sanswers | both | cumulative | including | of\swhich)",
})  # fmt: skip
_OF = lexicon({
    "fr": r"\s?\)?\s?(?:seulement\s|environ\s|à\speine\s)?"
          r"(?:des\s|du\s|de\s(?!plus\b|moins\b)|d['’](?!ici))(?P<noun>.*)",
    "en": r"\s?\)?\s?(?:only\s|or\sso\s)?of\s(?P<noun>.*)",
})  # fmt: skip
_ARTICLE = re.compile(r"(?:la|l['’]|les?|ces|ses|leurs?|the|these|those|all|its|their|toutes|tous)\s?", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?:soit\s|i\.e\.\s)?$")
_DIGIT = re.compile(r"\d")
_NAMED = lexicon({
    "fr": r"\b(?:parts?|parmi|proportions?|taux|probabilités?|chances?|risques?|quotas?|tva)\b",
    "en": r"\b(?:shares?|among|proportions?|rates?|probabilit(?:y|ies)|chances?|odds|risks?|vat)\b",
})  # fmt: skip
_VARIATION = lexicon({
    "fr": r"(?:rédui|baiss|diminu|augment|hauss|progress|recul|chut|croî|accr|resserr|élarg|allég|alourd|gagn"
          r"|économi)\w*\s(?:\w+\s){0,4}?(?:de|d['’]environ|d['’]au\s(?:moins|plus))\s$",
    "en": r"(?:narrow|widen|fall|fell|rise|rose|risen|drop|cut|increas|decreas|reduc|grow|grew|shrink|shrank|declin"
          r"|lower|gain|sav)\w*\s(?:\w+\s){0,4}?by\s(?:about\s|at\s(?:least|most)\s)?$",
})  # fmt: skip
_LESS = lexicon({"fr": r"\s(?:de|en)\s(?:plus|moins)\b", "en": r"\s(?:more|less|fewer|higher|lower)\b"})
_COUNTED: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "hours": lexicon({"fr": r"\b(?:heures?|temps|travail)\b", "en": r"\b(?:hours?|time|work)\b"}),
    "items": lexicon({"fr": r"\b(?:informations?|répétitions?|données)\b", "en": r"\b(?:items?|information|lists?)\b"}),
    "draws": lexicon({"fr": r"\btirages?\b", "en": r"\bdraws?\b"}),
    "outcomes": lexicon({"fr": r"\b(?:issues?|cas|décisions?)\b", "en": r"\b(?:outcomes?|cases?|decisions?)\b"}),
    "controls": lexicon({"fr": r"\bdéfauts?\b", "en": r"\bfaults?\b"}),
}
"""Words for the whole, by what the figure counts."""


def unbalanced(sentence: Said, language: str) -> Iterator[Claim]:
    """Shares that are said to make a whole and do not, or that exceed it."""
    parts = [p for p in percents(sentence) if not p.ranged]
    whole = _WHOLE[language].search(sentence.plain)
    if whole or _REST[language].search(sentence.plain):
        after = [p for p in parts if whole and p.start > whole.end()]
        parts = after if len(after) > 1 else parts
        if len(parts) > 1 and abs(_excess(parts)) > _rounding(parts):
            yield _not_a_whole(sentence, parts, language)
    elif len(parts) > 2 and _one_list(sentence, parts, language) and _excess(parts) > _rounding(parts):
        yield _not_a_whole(sentence, parts, language)


def _excess(parts: Sequence[Percent]) -> float:
    return sum(p.value for p in parts) - 100


def _rounding(parts: Sequence[Percent]) -> float:
    return sum(p.half for p in parts) + 1e-9


def _one_list(sentence: Said, parts: Sequence[Percent], language: str) -> bool:
    """Whether percentages are of the same thing: said once or each time alike, figures worked out alike."""
    if _OVERLAP[language].search(sentence.plain):
        return False
    first, *others = [_noun(sentence, p, language) for p in parts]
    families = {family(p.led.figure) for p in parts if p.led}
    return len(families) < 2 and all(noun in ("", first) for noun in others)


def _noun(sentence: Said, percent: Percent, language: str) -> str:
    """The first word of what a percentage is of; nothing where it is not said."""
    of = _OF[language].match(sentence.plain[percent.end :])
    if of is None:
        return ""
    noun = _ARTICLE.sub("", of["noun"], count=1).split()
    return noun[0].strip(",;:.()").lower() if noun else ""


def _not_a_whole(sentence: Said, parts: Sequence[Percent], language: str) -> Claim:
    shown = " + ".join(sentence.words[p.start : p.end] for p in parts)
    total = number(sum(p.value for p in parts) / 100, language, share=True)
    return Claim(
        shown,
        text("the shares {shares} make {total}, not 100%.", shares=shown, total=total),
        text("Give every part, correct them, or say that they overlap or leave something out."),
        led=all(p.led for p in parts),
    )


def without_whole(sentence: Said, language: str) -> Iterator[Claim]:
    """Percentages that do not say of what."""
    told = False
    for percent in percents(sentence):
        told = told or _says_of_what(sentence, percent, language)
        if not told:
            shown = sentence.words[percent.start : percent.end]
            yield Claim(
                shown,
                text("{share} of what is not said.", share=shown),
                text("Name the whole: “{share} of the hours”, for instance.", share=shown),
                led=percent.led is not None,
            )


def _says_of_what(sentence: Said, percent: Percent, language: str) -> bool:
    before, after = sentence.plain[: percent.start], sentence.plain[percent.end :]
    if _OF[language].match(after) or _LESS[language].match(after) or _VARIATION[language].search(before):
        return True
    if sentence.plain[: percent.end].strip(" (") == sentence.plain[percent.start : percent.end] and not after.strip(
        " )."
    ):
        # A percentage alone, in a record, is of what its head says.
        return bool(sentence.lead)
    if _BRACKETED.search(before) and after.startswith(")") and (_DIGIT.search(before) or phrases(before, language)):
        return True
    named = _NAMED[language].search(f"{sentence.lead} {before}")
    return named is not None or _is_counted(f"{sentence.lead} {sentence.plain}", percent, language)


def _is_counted(around: str, percent: Percent, language: str) -> bool:
    """Whether the words name what a percentage is a share of."""
    counting_unit = percent.led.figure.counting_unit if percent.led else ""
    known = [_COUNTED[counting_unit]] if counting_unit in _COUNTED else _COUNTED.values()
    return any(words[language].search(around) for words in known)
