"""Sentences written by hand: ``[48 %](use.observed)`` leads to a figure, ``<a name>`` is a name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from burden.report.key_figures import KeyFigure, Rows, figure_of
from burden.report.kit.claims.sentences import HIDDEN, Led, Said

_MARKED = re.compile(r"\[([^]]+)]\(([^)]+)\)|<([^>]+)>")


def figure(
    identifier: str, value: float, unit: str = "share", formula: str = "part / hours", counted: str = "hours"
) -> KeyFigure:
    return figure_of(identifier, identifier, value, unit, formula, Rows("ledger"), counted)


def saying(marked: str, figures: Mapping[str, KeyFigure] | None = None, lead: str = "") -> Said:
    words, plain = "", ""
    led: list[Led] = []
    at = 0
    for match in _MARKED.finditer(marked):
        before = marked[at : match.start()]
        words, plain = words + before, plain + before
        shown = match[1] or match[3]
        if match[1]:
            assert figures is not None
            led.append(Led(len(words), len(words) + len(shown), figures[match[2]]))
        words, plain = words + shown, plain + (shown if match[1] else HIDDEN * len(shown))
        at = match.end()
    return Said(words + marked[at:], plain + marked[at:], tuple(led), lead)
