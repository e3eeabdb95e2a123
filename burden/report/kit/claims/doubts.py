"""Every doubt about a written document, each under its heading and sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from burden.model.messages import Text
from burden.report.key_figures import KeyFigure
from burden.report.kit.claims.changes import mixed_changes
from burden.report.kit.claims.rounded import off_phrases
from burden.report.kit.claims.sentences import HIDDEN, Led, Said, sentences
from burden.report.kit.claims.shares import unbalanced, without_whole
from burden.report.kit.prose import Passage, is_name, known_anchors, passages, words_of


@dataclass(frozen=True)
class Doubt:
    """What a sentence claims and its figures may not bear.

    Attributes
    ----------
    check : str
        ``shares``, ``denominator``, ``rounded`` or ``mixed change``.
    where : str
        The heading, then the sentence.
    value : str
        The words that claim it.
    """

    check: str
    where: str
    value: str
    fault: Text
    remedy: Text


def doubts(
    blocks: list[Any], figures: Mapping[str, KeyFigure], language: str, *, names_kept: bool = True
) -> Iterator[Doubt]:
    """Every claim of a document's prose that its figures do not bear.

    Parameters
    ----------
    blocks : list
        Blocks of pandoc's tree.
    names_kept : bool
        Whether the format tells names from other words; if not, only what leads to a figure is judged.
    """
    anchors = known_anchors(figures)
    for passage in passages(blocks):
        if passage.label:
            continue
        for sentence in sentences(said(passage, anchors, figures)):
            where = f"{passage.heading}: {sentence.words}" if passage.heading else sentence.words
            for check, value, fault, remedy in _of_sentence(sentence, figures, language, names_kept=names_kept):
                yield Doubt(check, where[:300], value, fault, remedy)


def _of_sentence(
    sentence: Said, figures: Mapping[str, KeyFigure], language: str, *, names_kept: bool
) -> Iterator[tuple[str, str, Text, Text]]:
    found = [
        ("shares", unbalanced(sentence, language)),
        ("denominator", without_whole(sentence, language)),
        ("rounded", off_phrases(sentence, language)),
        ("mixed change", mixed_changes(sentence, figures)),
    ]
    for check, claims in found:
        for claim in claims:
            if names_kept or claim.led:
                yield check, claim.value, claim.fault, claim.remedy


def said(passage: Passage, anchors: Mapping[str, tuple[str, str]], figures: Mapping[str, KeyFigure]) -> Said:
    """A passage of a document as words."""
    words: list[str] = []
    plain: list[str] = []
    led: list[Led] = []
    _gather(passage.inlines, words, plain, led, anchors, figures)
    return Said("".join(words), "".join(plain), tuple(led), passage.lead)


def _gather(
    inlines: Sequence[Any], words: list[str], plain: list[str], led: list[Led],
    anchors: Mapping[str, tuple[str, str]], figures: Mapping[str, KeyFigure],
) -> None:  # fmt: skip
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Link" and content[2][0] in anchors:
            identifier, bound = anchors[content[2][0]]
            start, shown = sum(map(len, words)), words_of(content[1])
            led.append(Led(start, start + len(shown), figures[identifier], bound))
            words.append(shown)
            plain.append(shown)
        elif kind == "Span" and is_name(content[0]):
            words.append(words_of(content[1]))
            plain.append(HIDDEN * len(words[-1]))
        elif kind in ("Span", "Strong", "Emph"):
            _gather(content[1] if kind == "Span" else content, words, plain, led, anchors, figures)
        elif kind not in ("Note", "Image"):
            words.append(words_of([node]))
            plain.append(words[-1])
