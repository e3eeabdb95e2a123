"""Sentences with values, rendered late in the reader's language through gettext catalogues."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the language of the sources.

    Raises
    ------
    ValueError
        If there is no catalogue for the language.
    """
    if language == "en":
        return gettext.NullTranslations()
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}: write one of {', '.join(LANGUAGES)}")
    path = resources.files("burden") / "locale" / language / "LC_MESSAGES" / "burden.po"
    compiled = io.BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Text:
    """A sentence whose values are named, with its plural when a number governs it."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""
    number: int = 1

    def render(self, language: str = "en") -> str:
        """The sentence in one language.

        Examples
        --------
        >>> Text("{n} row", {"n": 2}, plural="{n} rows", number=2).render("en")
        '2 rows'
        """
        return self.template_in(language).format(
            **{k: v.render(language) if isinstance(v, Text) else v for k, v in self.values.items()}
        )

    def template_in(self, language: str) -> str:
        """The sentence in one language, its values still open."""
        known = catalogue(language)
        if self.plural:
            return known.ngettext(self.template, self.plural, self.number)
        return known.gettext(self.template) if self.template else ""


@dataclass(frozen=True)
class Name(Text):
    """What something is called in both languages, where the data say it rather than the catalogue."""

    french: str = ""

    def template_in(self, language: str) -> str:
        """The name in one language."""
        return self.french if language == "fr" else self.template

    def render(self, language: str = "en") -> str:
        """The name in one language.

        Examples
        --------
        >>> Name("silos", french="politiques").render("fr")
        'politiques'
        """
        return self.template_in(language)


def text(template: str, **values: object) -> Text:
    """A sentence to be translated; babel collects the literal templates.

    Examples
    --------
    >>> text("{table} is missing", table="obligations").render()
    'obligations is missing'
    """
    return Text(template, values)


def plural_text(singular: str, plural: str, number: int, **values: object) -> Text:
    """A sentence governed by a number.

    Examples
    --------
    >>> plural_text("{n} authority", "{n} authorities", 3, n=3).render()
    '3 authorities'
    """
    return Text(singular, values, plural, number)
