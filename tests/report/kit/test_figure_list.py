"""The list that numbers of a document lead to: each bound that is printed can be reached, known or not."""

import math

from burden.model.messages import Text, text
from burden.report.content import Sentence, Table
from burden.report.documents.document import Part
from burden.report.key_figures import KeyFigure, Rows
from burden.report.kit.figure_list import figure_part

HOURS = KeyFigure("burden.hours", text("hours a year"), 12.0, "h", "sum", Rows("ledger"), "hours", text("all"))


def row(*printed: object) -> list[str]:
    said = Sentence(
        Text(" ".join(f"{{v{n}}}" for n in range(len(printed))), {f"v{n}": p for n, p in enumerate(printed)})
    )
    (part,) = figure_part([Part("p", Text("P"), (said,))], {HOURS.id: HOURS}, "en")
    (table,) = part.blocks
    assert isinstance(table, Table)
    return table.frame.iloc[0].tolist()


def test_an_unknown_bound_that_a_sentence_prints_can_be_reached() -> None:
    assert math.isnan(HOURS.low)
    assert row(HOURS, (HOURS, "low"))[3] == "\x00figure-burden.hours-low\x00unknown"


def test_an_unknown_bound_that_no_sentence_prints_is_left_empty() -> None:
    assert row(HOURS)[3] == ""


def test_the_identifier_may_break_after_its_signs() -> None:
    assert row(HOURS)[0] == "burden.\u200bhours"


def test_a_document_that_prints_no_figure_has_no_list() -> None:
    assert figure_part([Part("p", Text("P"), (Sentence(Text("No number.")),))], {HOURS.id: HOURS}, "en") == ()
