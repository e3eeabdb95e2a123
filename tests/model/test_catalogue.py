"""The French catalogue holds every sentence of the sources, says the same, and is well written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from burden.model.messages import Text, plural_text, text

PACKAGE = Path(str(resources.files("burden")))
KEYWORDS = parse_keywords(["_", "text", "plural_text:1,2"])
"""As in the target ``messages`` of the Makefile."""

NO_BREAK, NARROW = "\u00a0", "\u202f"

SPELT_ALIKE = {
    "€", "%", "h", "p", "oblig", "obligation", "obligations", "source", "sources", "information", "instrument",
    "total", "modes", "service", "services", "place", "places", "date", "structure", "structures", "type", "cpom",
    "annexes", "minutes", "points",
}  # fmt: skip
"""Words that stand in both languages, so that a sentence made of them may be left as it is."""

ENGLISH = {
    "about", "all", "already", "also", "and", "another", "any", "are", "as", "asked", "at", "be", "been",
    "both", "but", "by", "can", "each", "either", "every", "for", "from", "given", "has", "have", "hours", "how",
    "if", "in", "into", "is", "it", "its", "known", "left", "may", "more", "must", "neither", "no", "nobody",
    "none", "nor", "not", "nothing", "of", "once", "one", "only", "other", "out", "read", "row", "rows",
    "share", "so", "than", "that", "the", "their", "them", "then", "there", "these", "this", "times", "to", "tool",
    "tools", "unit", "units", "unknown", "was", "were", "what", "when", "where", "which", "who", "whose", "with",
    "without", "write", "year", "yes",
}  # fmt: skip
"""Words of English that French does not write."""

_NOT_PROSE = re.compile(r"«[^»]*»|`[^`]*`|\([a-z_]+\)|\{\w*\}|\S*[_/|]\S*|\S*\w\.\w\S*")
"""Codes, commands, column names in brackets, placeholders and file names."""


def _catalogue() -> list[Message]:
    with (PACKAGE / "locale/fr/LC_MESSAGES/burden.po").open("rb") as stream:
        return [m for m in read_po(stream, locale="fr") if m.id]


MESSAGES = _catalogue()


def _forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each English form with the French one that stands for it."""
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    translations = message.string if isinstance(message.string, tuple) else (message.string,)
    yield from zip(originals, translations, strict=True)


FORMS = [pair for message in MESSAGES for pair in _forms(message)]


def _extracted() -> set[str | tuple[str, ...]]:
    with (PACKAGE / "locale/babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    found = extract_from_dir(PACKAGE, methods, options, keywords=KEYWORDS)
    said = (m[2] for m in found)
    return {tuple(s) if isinstance(s, (tuple, list)) else s for s in said if s}


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|[%€]", _NOT_PROSE.sub(" ", sentence).casefold())


def test_the_catalogue_is_the_sentences_of_the_sources() -> None:
    known = {m.id for m in MESSAGES}
    extracted = _extracted()
    assert {"missing": extracted - known, "obsolete": known - extracted} == {"missing": set(), "obsolete": set()}
    assert len(MESSAGES) > 400


def test_extraction_reads_the_template_of_the_report() -> None:
    assert "Go to the findings" in _extracted()


def test_every_sentence_is_translated_and_none_is_doubtful() -> None:
    assert [original for original, said in FORMS if not said.strip(" ")] == []
    assert [m.id for m in MESSAGES if m.fuzzy] == []


def test_each_form_has_the_placeholders_of_its_original() -> None:
    assert [pair for pair in FORMS if _placeholders(pair[0]) != _placeholders(pair[1])] == []


SPACING = {
    "an ordinary space before a sign": r" [;:?!%»]",
    "a wide space before ; ? ! % »": rf"{NO_BREAK}[;?!%»]",
    "a narrow space before :": rf"{NARROW}:",
    "no space before a sign": r"[^\s/]:(?= |$)|[^\s][;?!»]",
    "no narrow space after «": rf"«(?!{NARROW})",
    "a straight double quote": r'"',
    "straight quotes around a value": r"(?<!\w)'|'(?!\w|«|\{)",
    "a typographic apostrophe": r"[’‘]",
    "two spaces": r"  ",
}


@pytest.mark.parametrize("fault", SPACING)
def test_french_is_spaced_as_the_administration_writes_it(fault: str) -> None:
    assert [said for _, said in FORMS if re.search(SPACING[fault], said)] == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("an ordinary space before a sign", "Qui demande quoi : rien"),
        ("no space before a sign", "Qui demande quoi: rien"),
        ("a wide space before ; ? ! % »", "12\u00a0%"),
        ("no narrow space after «", "« x\u202f»"),
        ("straight quotes around a value", "la valeur '{x}' manque"),
    ],
)
def test_the_rules_of_spacing_find_faults(fault: str, said: str) -> None:
    assert re.search(SPACING[fault], said)


def _english_in(original: str, said: str) -> list[str]:
    """Words left in English: those that French does not have, or the whole sentence as it was."""
    return [w for w in _words(said) if w in ENGLISH or (said == original and w not in SPELT_ALIKE)]


def test_no_english_is_left() -> None:
    found = {original: left for original, said in FORMS if (left := _english_in(original, said))}
    assert found == {}


@pytest.mark.parametrize(
    ("original", "said"),
    [("the file is empty.", "le fichier is empty."), ("Jaccard index", "Jaccard index"), ("no row", "no ligne")],
)
def test_english_is_recognised(original: str, said: str) -> None:
    assert _english_in(original, said)


def test_sentences_begin_and_end_alike() -> None:
    """A full stop or none, a capital or none, as in the original: sentences are put side by side."""
    wrong = [pair for pair in FORMS if len({said.endswith((".", "?", ":", "…")) for said in pair}) > 1]
    wrong += [(o, said) for o, said in FORMS if o[:1].isupper() and said[:1].islower()]
    assert wrong == []


def test_a_value_stands_in_a_french_sentence() -> None:
    said = text("'{value}' is not a date.", value="31/02/2025")
    assert said.render("fr") == "«\u202f31/02/2025\u202f» n'est pas une date."


def test_a_sentence_within_a_sentence_is_french_too() -> None:
    place = text("{file}, line {line}", file="silos.csv", line=3)
    said = text("'{value}' already stands at {other}.", value="a", other=place)
    assert said.render("fr") == "«\u202fa\u202f» figure déjà à cet endroit\u00a0: silos.csv, ligne 3."


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 autorité"), (1, "1 autorité"), (2, "2 autorités"), (1000, "1000 autorités")]
)
def test_french_has_its_own_plural(number: int, said: str) -> None:
    assert plural_text("{n} authority", "{n} authorities", number, n=number).render("fr") == said


def _left_in(message: Message) -> list[str]:
    """What a sentence, rendered in French, has lost or left of its values."""
    wrong = []
    for number, (original, _) in enumerate(_forms(message), start=1):
        values = {name: f"<{name}>" for name in _placeholders(original)}
        singular, plural = (message.id, "") if isinstance(message.id, str) else message.id
        said = Text(singular, values, plural, number).render("fr")
        if "{" in said or not all(value in said for value in values.values()):
            wrong.append(said)
    return wrong


def test_every_sentence_is_rendered_in_french() -> None:
    # One test, not one a sentence: there are two thousand, and each would take longer to start than to run.
    assert [said for message in MESSAGES for said in _left_in(message)] == []
