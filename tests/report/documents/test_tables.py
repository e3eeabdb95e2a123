"""Tables fit their page: no word is cut, and long texts get the room that numbers leave."""

import pandas as pd

from burden.model.messages import Text
from burden.report.content import Table
from burden.report.documents.tables import UPRIGHT_ROOM, column_widths, ems, is_wide, table_node

LONG = "Union de recouvrement des cotisations de sécurité sociale et d'allocations familiales (Urssaf)"


def table(columns: dict[str, list[str]]) -> Table:
    return Table("t", Text("T"), pd.DataFrame(columns, dtype="str"))


def test_no_word_is_cut_while_there_is_room() -> None:
    frame = pd.DataFrame({"Changement": ["M9"] * 3, "Outil": [LONG] * 3, "Destinataires": [f"{LONG}, {LONG}"] * 3})
    widths = [UPRIGHT_ROOM * share for share in column_widths(frame)]
    longest = [max(ems(w) for w in f"{name} {frame[name][0]}".split()) for name in frame]
    assert all(width > word for width, word in zip(widths, longest, strict=True))


def test_what_numbers_leave_goes_to_the_texts_that_need_it() -> None:
    frame = pd.DataFrame({"Hours": ["1 840"] * 3, "Tool": [LONG] * 3, "Known": ["yes"] * 3})
    hours, tool, known = column_widths(frame)
    assert tool > 3 * max(hours, known)


def test_many_columns_of_numbers_stay_upright_while_they_fit() -> None:
    assert not is_wide(table({f"c{n}": ["12"] for n in range(14)}))


def test_a_table_whose_words_do_not_fit_is_turned() -> None:
    assert is_wide(table({f"Estimation{n}": ["12"] for n in range(10)}))


def test_a_table_whose_rows_would_be_too_tall_is_turned() -> None:
    short = {f"Heures {n}": ["1 840"] for n in range(6)}
    assert not is_wide(table({"Outil": ["CPOM"], **short}))
    assert is_wide(table({"Outil": [", ".join([LONG] * 8)], **short}))


def test_a_column_of_one_word_a_line_is_too_tall() -> None:
    told = "paid by the day and not by the hour of help that it is to give"
    figures = {f"Estimation{n}": ["unknown"] for n in range(8)}
    assert not is_wide(table({**figures, "Why": ["paid"]}))
    assert is_wide(table({**figures, "Why": [told]}))


def test_a_column_to_fill_in_has_room_for_a_pen() -> None:
    frame = pd.DataFrame({"Tool": [LONG] * 9, "Real": [""] * 9, "Low": ["12"] * 9})
    assert column_widths(frame)[1] * UPRIGHT_ROOM > 5


def test_an_empty_table_is_a_table() -> None:
    assert column_widths(pd.DataFrame({"A": [], "B": []}, dtype="str")) == [0.5, 0.5]


def test_a_word_among_numbers_stands_with_them() -> None:
    spec = table_node(table({"Hours": ["12", "3,5", "non dû"], "Who": ["3", "a", "b"]}), "fr", form="docx")["c"][2]
    assert [column[0]["t"] for column in spec] == ["AlignRight", "AlignLeft"]
