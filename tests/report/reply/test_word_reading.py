"""A form filled in Word is read as the workbook is, and what would be lost is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import burden as bd
from burden.model.inventory import with_tables
from burden.report import reply
from tests.report.reply.filling import Line, filled, places
from tests.report.reply.word_filling import cell_of, filled_word, labels, pairs, table_of

Forms = Callable[[str], Path]
MINUTES = {"agreement": "partly", "column": "minutes", "value": "12", "evidence": "timed on 20 files"}
REPLIES: tuple[Line, ...] = (
    ("requests/ES/ETP", {"agreement": "partly", "column": "minutes", "value": "12,5 min", "evidence": "timed"}),
    ("obligations/ES", {"column": "use", "value": "publication", "source": "yearly report"}),
    ("requests/ES/Effectif", {"agreement": "yes"}),
    ("+requests/ES/ETP", {"column": "use", "value": "decision"}),
    ("+", {"objection": "The survey ends in 2027."}),
)


def word(form: Path) -> Path:
    return form.with_suffix(".docx")


def read(tools: bd.Inventory, home: bd.Portfolio, *paths: Path) -> reply.Read:
    return reply.read_forms(paths, tools, home, language="en")


def edited(path: Path, change: Callable[[Any], None]) -> Path:
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    return path


def test_a_form_filled_in_word_says_what_the_workbook_says(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    form = forms("drees")
    in_word = read(tools, home, filled_word(word(form), *REPLIES))
    in_workbook = read(tools, home, filled(form, *REPLIES))
    assert in_word.errors == in_workbook.errors == ()
    assert [replace(one, file="", line=0) for one in in_word.said] == [
        replace(one, file="", line=0) for one in in_workbook.said
    ]
    assert len(in_word.said) == len(REPLIES)


def test_what_a_word_processor_puts_in_a_cell_is_read(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    cells = {
        "agreement": "En\u00a0partie", "column": "“minutes”", "value": "1\u202fh\u00a030",
        "evidence": "timed\non 20 files", "objection": "it’s – “long”",
    }  # fmt: skip
    (said,) = read(tools, home, filled_word(word(forms("drees")), ("requests/ES/ETP", cells))).said
    assert (said.agreement, said.column, said.new) == ("partly", "minutes", "90")
    assert (said.evidence, said.objection) == ("timed on 20 files", "it’s – “long”")


def test_tracked_changes_are_read_as_accepted(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", {**MINUTES, "value": ""}))

    def track(document: Any) -> None:
        paragraph = cell_of(table_of(document, "requests/ES/ETP"), labels("value")).paragraphs[0]._p
        mark = f'{nsdecls("w")} w:id="1" w:author="a" w:date="2026-03-12T00:00:00Z"'
        paragraph.append(parse_xml(f"<w:del {mark}><w:r><w:delText>40</w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:ins {mark}><w:r><w:t>12</w:t></w:r></w:ins>"))

    (said,) = read(tools, home, edited(path, track)).said
    assert said.new == "12"


def test_a_fault_is_placed_at_the_number_above_the_line(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", {**MINUTES, "value": "a while"}))
    number = next(
        p.text.partition(".")[0] for p in docx.Document(str(path)).paragraphs
        if p.style is not None and p.style.name == "Heading 2" and ". ETP" in p.text
    )  # fmt: skip
    found = read(tools, home, path)
    assert places(found.errors, "cell") == [("drees.docx [Items and work]", int(number), "value")]


def test_a_renamed_label_spoils_its_line_alone(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(
        word(forms("drees")), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", {"agreement": "yes"})
    )

    def rename(document: Any) -> None:
        label = next(a for a, _ in pairs(table_of(document, "requests/ES/ETP")) if a.text == "Correct value")
        label.paragraphs[0].runs[0].text = "Correct valeu"

    found = read(tools, home, edited(path, rename))
    (error,) = (f for f in found.errors if f.check == "label")
    assert "Did you mean 'Correct value'?" in error.render("en")
    assert "would be lost: 12" in error.render("en")
    assert [bool(one.fault) for one in found.said] == [True, False]


def test_a_cell_of_the_draft_that_was_written_over_is_said(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    def write_over(document: Any) -> None:
        cell_of(table_of(document, "requests/ES/ETP"), labels("minutes")).paragraphs[0].runs[0].text = "12"

    found = read(tools, home, edited(word(forms("drees")), write_over))
    assert [f.check for f in found.errors] == ["written over"]


def test_a_line_taken_out_is_missed_and_the_others_are_read(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", MINUTES))

    def take_out(document: Any) -> None:
        table = table_of(document, "requests/ES/Effectif")._tbl
        table.getparent().remove(table)

    found = read(tools, home, edited(path, take_out))
    (missed,) = (f for f in found.findings if f.check == "left out")
    assert (missed.severity, missed.place.file) == ("warning", "drees.docx [Items and work]")
    assert [one.new for one in found.said] == ["12"]


def test_lines_whose_heading_was_taken_out_are_still_two(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(
        word(forms("drees")), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", {"agreement": "yes"})
    )

    def join(document: Any) -> None:
        # As Word does with two tables that nothing stands between.
        first = table_of(document, "requests/ES/ETP")._tbl
        second = table_of(document, "requests/ES/Effectif")._tbl
        for row in second.findall(qn("w:tr")):
            first.append(row)
        second.getparent().remove(second)

    assert {one.row for one in read(tools, home, edited(path, join)).said} == {
        "requests/ES/ETP",
        "requests/ES/Effectif",
    }


def test_words_outside_the_cells_are_an_error_that_shows_them(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", MINUTES))
    found = read(tools, home, edited(path, lambda document: document.add_paragraph("We disagree with it all.")))
    assert [(f.check, f.value) for f in found.errors] == [("outside", "We disagree with it all.")]
    assert found.said[0].fault == ""


def test_a_comment_in_the_margin_is_an_error_that_shows_it(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", MINUTES))

    def comment(document: Any) -> None:
        paragraph = cell_of(table_of(document, "requests/ES/Effectif"), labels("minutes")).paragraphs[0]
        document.add_comment(paragraph.runs, text="Too much.", author="DREES")

    found = read(tools, home, edited(path, comment))
    assert [(f.check, f.value) for f in found.errors] == [("outside", "Too much.")]


def test_a_list_from_which_nothing_was_chosen_says_nothing(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    def ask(document: Any) -> None:
        # As Word shows a list once its choice was taken back.
        choice = cell_of(table_of(document, "requests/ES/ETP"), labels("agreement"))._tc.find(".//" + qn("w:sdt"))
        choice.find(".//" + qn("w:t")).text = "Choose an item."

    assert read(tools, home, edited(word(forms("drees")), ask)).said == ()


def test_a_row_whose_deletion_is_tracked_is_gone(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", {**MINUTES, "objection": "No."}))

    def strike(document: Any) -> None:
        row = table_of(document, "requests/ES/ETP").rows[-1]._tr
        row.trPr.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a" w:date="2026-03-12T00:00:00Z"/>'))

    (said,) = read(tools, home, edited(path, strike)).said
    assert said.objection == ""


def test_two_values_of_one_body_are_an_error(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    lines = ("requests/ES/ETP", MINUTES), ("+requests/ES/ETP", {**MINUTES, "value": "14"})
    (error,) = read(tools, home, filled_word(word(forms("drees")), *lines)).errors
    assert "'14' contradicts '12'" in error.fault.render("en")


def test_both_files_of_a_body_say_a_reply_once(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", MINUTES))
    found = read(tools, home, path, filled(path.with_suffix(".xlsx"), ("requests/ES/ETP", MINUTES)))
    assert (len(found.said), found.errors) == (1, ())


def test_an_identifier_that_no_longer_exists_is_said_with_the_nearest(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled_word(word(forms("drees")), ("requests/ES/ETP", MINUTES))
    requests = tools.requests
    requests.loc[requests["label_fr"] == "ETP", "label_fr"] = "ETPT"
    (error,) = (
        f for f in read(with_tables(tools, {"requests": requests}), home, path).errors if f.check == "unknown line"
    )
    assert error.remedy.render("en") == "Did you mean 'requests/ES/ETPT'?"


def test_a_document_that_is_no_form_is_said_to_be(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Our view", 1)
    document.add_paragraph("We disagree.")
    document.save(str(tmp_path / "letter.docx"))
    assert "not a form" in {f.check for f in read(tools, home, tmp_path / "letter.docx").errors}


@pytest.mark.parametrize("content", [b"PK\x03\x04 no document", b"", b"We disagree."])
def test_a_damaged_document_is_said_to_be(
    tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "form.docx").write_bytes(content)
    (error,) = read(tools, home, tmp_path / "form.docx").errors
    assert "is not a Word document, is damaged" in error.fault.render("en")


def test_a_document_cut_short_is_said_to_be(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = word(forms("drees"))
    path.write_bytes(path.read_bytes()[:-400])
    assert [f.check for f in read(tools, home, path).errors] == ["file"]
