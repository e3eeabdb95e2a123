from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import burden as bd
from burden.model.inventory import with_tables
from burden.report import reply
from burden.report.reply.form import REPLY
from burden.report.reply.workbook_form import HEADER_LINE
from tests.report.reply.filling import sheet_of

Forms = Callable[[str], Path]


def test_one_form_per_body_that_the_findings_concern(forms: Forms) -> None:
    names = sorted(p.name for p in forms("ars").parent.iterdir())
    bodies = ["ars", "cnsa", "departement", "drees", "les-tilleuls"]
    assert names == [f"{body}.{form}" for body in bodies for form in ("docx", "xlsx")]


def test_an_authority_sees_what_it_requires_or_receives(forms: Forms) -> None:
    tools = sheet_of(openpyxl.load_workbook(forms("departement")), "tools")
    assert [r[0].value for r in tools.iter_rows(min_row=HEADER_LINE + 1)] == ["obligations/ERRD", "obligations/CPOM"]


def test_the_operator_sees_all_that_it_owes(forms: Forms) -> None:
    tools = sheet_of(openpyxl.load_workbook(forms("les-tilleuls")), "tools")
    assert tools.max_row - HEADER_LINE == 4


def test_a_line_shows_hours_use_texts_and_repeats(forms: Forms) -> None:
    tools = sheet_of(openpyxl.load_workbook(forms("ars")), "tools")
    shown = {h.value: c.value for h, c in zip(tools[HEADER_LINE], tools[HEADER_LINE + 1], strict=True)}
    assert shown["Tool"] == "ERRD (statement of income and expenditure)"
    assert shown["Hours a year (range)"] == "1.3"
    assert shown["Known use"] == "use not known"
    assert shown["Legal bases"] == "CASF, art. R. 314-232"
    assert shown["Items asked elsewhere as well"] == "3 of 4"


def test_an_item_shows_its_minutes_and_who_else_asks_it(forms: Forms) -> None:
    items = sheet_of(openpyxl.load_workbook(forms("drees")), "items")
    line = next(r for r in items.iter_rows() if r[0].value == "requests/ES/ETP")
    shown = {h.value: c.value for h, c in zip(items[HEADER_LINE], line, strict=True)}
    assert shown["Minutes each time"] == "10"
    assert str(shown["Also asked by"]).count(",") == 2


def test_only_the_columns_of_the_reply_can_be_written_in(forms: Forms) -> None:
    sheet = sheet_of(openpyxl.load_workbook(forms("ars")), "tools")
    open_to_all = {sheet.cell(HEADER_LINE, c.column).value for c in sheet[HEADER_LINE + 1] if not c.protection.locked}
    assert open_to_all == {c.label.render("en") for c in REPLY}
    assert sheet.protection.sheet


def test_answers_and_columns_are_chosen_from_a_list(forms: Forms) -> None:
    sheet = sheet_of(openpyxl.load_workbook(forms("ars")), "items")
    lists = [v.formula1 for v in sheet.data_validations.dataValidation]
    assert lists == ['"yes,no,partly"', '"minutes,asked,use,protected"']


def test_measures_can_be_objected_to_and_not_corrected(forms: Forms) -> None:
    sheet = sheet_of(openpyxl.load_workbook(forms("cnsa")), "measures")
    headers = [c.value for c in sheet[HEADER_LINE]]
    assert "Objection or remark" in headers
    assert "Correct value" not in headers


def test_no_cell_of_a_form_is_a_formula(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    hostile = tools.requests
    hostile["label_fr"] = '=HYPERLINK("http://x")' + hostile["label_fr"]
    draft = reply.draft(with_tables(tools, {"requests": hostile}), home, language="en")
    for path in reply.write_forms(draft, tmp_path / "forms", formats=["xlsx"]):
        cells = [c for s in openpyxl.load_workbook(path).worksheets for row in s.iter_rows() for c in row]
        assert all(c.data_type != "f" for c in cells)


def test_forms_that_were_sent_are_not_written_over(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    with pytest.raises(bd.InventoryError, match="not written over"):
        reply.write_forms(reply.draft(tools, home), forms("ars").parent)


def test_a_body_that_is_not_concerned_is_said_to_be(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    with pytest.raises(bd.InventoryError, match=r"no finding concerns 'dree'.* Did you mean 'drees'\?"):
        reply.write_forms(reply.draft(tools, home), tmp_path / "forms", only=["dree"])
    assert not (tmp_path / "forms").exists()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=st.text(min_size=1, max_size=60).filter(lambda w: w.strip()), language=st.sampled_from(["fr", "en"]))
def test_a_form_that_nobody_filled_says_nothing(
    tools: bd.Inventory, home: bd.Portfolio, tmp_path_factory: pytest.TempPathFactory, label: str, language: str
) -> None:
    label = "".join(c for c in label if c.isprintable()).strip() or "x"
    requests = tools.requests
    requests.loc[0, "label_fr"] = label
    inv = with_tables(tools, {"requests": requests})
    folder = tmp_path_factory.mktemp("forms") / "sent"
    written = reply.write_forms(reply.draft(inv, home, language=language), folder, only=["les-tilleuls"])
    assert {path.suffix for path in written} == {".xlsx", ".docx"}
    read = reply.read_forms(written, inv, home)
    assert read.said == ()
    assert {f.check for f in read.findings} == {"empty form"}
