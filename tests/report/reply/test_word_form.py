"""A Word form shows what the workbook shows, under real headings, and takes any text."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report import reply
from burden.report.reply.form import AGREEMENTS, SHEETS
from burden.report.reply.workbook_form import HEADER_LINE
from tests.report.reply.filling import sheet_of
from tests.report.reply.word_filling import cell_of, labels, pairs, table_of

Forms = Callable[[str], Path]


def body_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


def test_a_line_shows_what_the_line_of_the_workbook_shows(forms: Forms) -> None:
    items = sheet_of(openpyxl.load_workbook(forms("drees")), "items")
    line = next(r for r in items.iter_rows() if r[0].value == "requests/ES/ETP")
    expected = {
        h.value: str(c.value) for h, c in zip(items[HEADER_LINE], line, strict=True)
        if c.value is not None and h.value != "Do not change"
    }  # fmt: skip
    table = table_of(docx.Document(str(forms("drees").with_suffix(".docx"))), "requests/ES/ETP")
    found = {label.text: value.text for label, value in pairs(table) if value.text.strip()}
    del found["Do not change"]
    assert found == expected


def test_parts_and_lines_stand_under_real_headings(forms: Forms) -> None:
    document = docx.Document(str(forms("drees").with_suffix(".docx")))
    titles = {level: [p.text for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]
              for level in (1, 2)}  # fmt: skip
    assert titles[1] == ["Please read", "Tools", "Items and work", "Measures", "More"]
    assert titles[2][0] == "1. ES survey"


def test_each_table_is_named_for_those_who_do_not_see_it(forms: Forms) -> None:
    body = body_of(forms("drees").with_suffix(".docx"))
    assert body.count("<w:tblCaption w:val=") == body.count("<w:tbl>")
    assert 'w:tblCaption w:val=""' not in body


def test_answers_are_offered_and_can_be_written(forms: Forms) -> None:
    body = body_of(forms("drees").with_suffix(".docx"))
    offered = set(re.findall(r'<w:listItem w:displayText="([^"]+)"', body))
    assert {said.render("en") for said in AGREEMENTS.values()} <= offered
    assert "<w:dropDownList" not in body


@pytest.mark.parametrize("label", ['a "b" <c> & d', "bell \x07 rung", "{braces} %s", "- [x](y) *z*"])
def test_any_text_is_shown_as_it_is(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path, label: str) -> None:
    requests = tools.requests
    at = requests.index[(requests["obligation_id"] == "ES") & (requests["label_fr"] == "ETP")][0]
    requests.loc[at, "label_fr"] = label
    inv = with_tables(tools, {"requests": requests})
    draft = reply.draft(inv, home, language="en")
    (path,) = reply.write_forms(draft, tmp_path / "forms", only=["drees"], formats=["docx"])
    shown = {cell_of(t, labels("label")).text for t in docx.Document(str(path)).tables if _is_item(t)}
    assert " ".join(label.replace("\x07", "").split()) in shown
    assert {f.check for f in reply.read_forms([path], inv, home).findings} == {"empty form"}


def _is_item(table: docx.table.Table) -> bool:
    names = {word.text for word, _ in pairs(table)}
    return SHEETS[1].shown[1].label.render("en") in names


def test_a_format_that_no_form_has_is_refused(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no format 'pdf': write some of xlsx, docx"):
        reply.write_forms(reply.draft(tools, home), tmp_path / "forms", formats=["pdf"])
