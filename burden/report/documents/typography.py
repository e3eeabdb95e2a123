"""Spaces as printers set them: a French sign keeps to its word."""

from __future__ import annotations

import re

_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_BEFORE = ((re.compile(r" (?=[;!?%](?!\w))"), _NARROW), (re.compile(r" (?=[:€](?!\w))"), _NO_BREAK))
_IN_QUOTES = re.compile(r"(?<=«) | (?=»)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|[«“])")
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_KEPT_TOGETHER = re.compile(r"\b(art\.|[LRDA]\.|n°|p\.) (?=\d)|(?:(?<=\d)|^) (?=h\b)")


def typeset(said: str, language: str) -> str:
    r"""A text with the spaces and apostrophes of its language, those of names from an inventory included.

    Examples
    --------
    >>> typeset("Attention : « art. L. 311-3 » ; 12 300 €", "fr")
    'Attention\xa0: «\u202fart. L.\xa0311-3\u202f»\u202f; 12\u202f300\xa0€'
    >>> typeset("art. 3: the child's « projet »", "en")
    'art.\xa03: the child’s «\u202fprojet\u202f»'
    """
    said = _KEPT_TOGETHER.sub(lambda found: f"{found[1] or ''}{_NO_BREAK}", said)
    said = _IN_QUOTES.sub(_NARROW, _APOSTROPHE.sub("’", said))
    if language != "fr":
        return said
    for sign, space in _BEFORE:
        said = sign.sub(space, said)
    return _IN_NUMBER.sub(_NARROW, said)
