"""The list that closes a document: every figure that it prints, with its range, evidence and formula."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from burden.model import schema
from burden.model.messages import Text, text
from burden.report.content import Table
from burden.report.documents.document import Part
from burden.report.documents.sentences import BOUNDS, anchor, shown_in, soft
from burden.report.documents.tables import anchored
from burden.report.documents.tree import texts_of
from burden.report.key_figures import UNITS, KeyFigure


def printed(said: Iterable[Text]) -> list[tuple[str, str]]:
    """Figures that some texts print, by identifier and bound, in order.

    Examples
    --------
    >>> printed([text("nothing to count")])
    []
    """
    found: dict[tuple[str, str], None] = {}
    for sentence in said:
        for value in sentence.values.values():
            if isinstance(value, Text):
                found |= dict.fromkeys(printed([value]))
            elif isinstance(value, KeyFigure):
                found[value.id, "value"] = None
            elif isinstance(value, tuple):
                found[value[0].id, value[1]] = None
    return list(found)


def figure_part(parts: Iterable[Part], figures: Mapping[str, KeyFigure], language: str) -> tuple[Part, ...]:
    """The annex that each number of a document leads to; none where it prints none."""
    wanted = printed(t for part in parts for t in texts_of(part))
    if not wanted:
        return ()
    rows = [_row(figures[i], language, wanted) for i in dict.fromkeys(identifier for identifier, _ in wanted)]
    headers = [
        text("Identifier"), text("What it is"), text("Value"), text("Low"), text("High"), text("Unit"),
        text("Evidence"), text("Lines not measured"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=[h.render(language) for h in headers], dtype="str")
    table = Table(
        "figures", text("The figures of this document"), frame,
        text("Each number of the text leads here. Its formula and rows are in {file}, under its identifier; "
             "{command} shows them.", file="audit.json", command="burden explain"),
    )  # fmt: skip
    return (Part("figures", text("Where each number comes from"), (table,), new_page=True, small=True),)


def _bound(figure: KeyFigure, bound: str, language: str, led: Collection[tuple[str, str]]) -> str:
    """A bound that sentences can lead to; nothing where there is no range and no sentence says so."""
    if math.isnan(getattr(figure, bound)) and bound != "value" and (figure.id, bound) not in led:
        return ""
    return anchored(anchor("figure", figure.id, bound), shown_in(figure, language, bound))


def _row(figure: KeyFigure, language: str, led: Collection[tuple[str, str]]) -> list[str]:
    *bounds, unmeasured = [_bound(figure, bound, language, led) for bound in BOUNDS]
    unit = "" if figure.unit in ("share", "year", "day") else UNITS[figure.unit].render(language)
    return [
        soft(figure.id), figure.name.render(language), *bounds, unit,
        schema.code_name("evidence", figure.evidence, language), unmeasured,
    ]  # fmt: skip
