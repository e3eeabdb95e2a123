from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report import reply
from burden.report.reply.workbook_form import HEADER_LINE
from tests.report.reply.filling import filled, places, sheet_of

Forms = Callable[[str], Path]
MINUTES = {"agreement": "partly", "column": "minutes", "value": "12", "evidence": "timed on 20 files"}


def read(tools: bd.Inventory, home: bd.Portfolio, *paths: Path) -> reply.Read:
    return reply.read_forms(paths, tools, home, language="en")


def test_a_correction_is_shown_beside_what_stands(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    (said,) = read(tools, home, filled(forms("drees"), ("requests/ES/ETP", MINUTES))).said
    assert (said.who, said.date, said.row, said.column) == ("drees", "2026-03-12", "requests/ES/ETP", "minutes")
    assert (said.old, said.new, said.evidence) == ("10", "12", "timed on 20 files")


def test_french_forms_read_alike(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    (form,) = reply.write_forms(
        reply.draft(tools, home, language="fr"), tmp_path / "f", only=["drees"], formats=["xlsx"]
    )
    cells = {"agreement": "En partie", "column": "minutes", "value": "1 h 30", "evidence": "chronométré"}
    (said,) = read(tools, home, filled(form, ("requests/ES/ETP", cells), date="12/03/2026")).said
    assert (said.agreement, said.new, said.written, said.date) == ("partly", "90", "1 h 30", "2026-03-12")


def test_an_unwritten_unit_is_told_how_it_was_read(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    found = read(tools, home, filled(forms("drees"), ("requests/ES/ETP", {**MINUTES, "value": "12 min"})))
    assert [f.fault.render("en") for f in found.findings if f.check == "read as"] == ["'12 min' was read as 12."]
    assert found.errors == ()


@pytest.mark.parametrize(
    ("row", "cells", "new"),
    [
        ("obligations/ES", {"column": "use", "value": "publication"}, "publication"),
        ("obligations/ES", {"column": "recipient to add", "value": "Regional health agency"}, "ars"),
        ("obligations/ES", {"column": "recipient to remove", "value": "drees"}, "drees"),
        ("obligations/ES", {"column": "how often", "value": "every year"}, "P1Y"),
        ("obligations/ES", {"column": "legal base to add", "value": "CASF, art. R. 314-232"}, "r314"),
        ("obligations/ES", {"column": "legal base to add", "value": "loi : loi n° 51-711"}, "law: loi n° 51-711"),
        ("obligations/ES", {"column": "legal base to add", "value": "CASF, art. L. 312-9"}, "law: CASF, art. L. 312-9"),
        ("obligations/ES", {"column": "euros paid to others each time", "value": "8 500 €"}, "8500"),
        ("requests/ES/ETP", {"column": "asked", "value": "no"}, "false"),
        ("requests/ES/ETP", {"column": "protected", "value": "oui", "evidence": "safety"}, "true"),
    ],
)
def test_what_can_be_corrected_is_read(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms, row: str, cells: dict[str, str], new: str
) -> None:
    found = read(tools, home, filled(forms("drees"), (row, cells)))
    assert found.errors == ()
    assert found.said[0].new == new


@pytest.mark.parametrize(
    ("row", "cells", "column", "fault"),
    [
        ("requests/ES/ETP", {"column": "minutes", "value": "1:30"}, "value", "hours and minutes"),
        ("requests/ES/ETP", {"column": "minutes"}, "value", "correct value is missing"),
        ("requests/ES/ETP", {"value": "12"}, "column", "what it corrects is not"),
        ("requests/ES/ETP", {"column": "colour", "value": "12"}, "column", "cannot be corrected"),
        ("requests/ES/ETP", {"column": "how often", "value": "P1Y"}, "column", "cannot be corrected"),
        ("requests/ES/ETP", {"column": "minutes", "value": "10"}, "value", "says '10' already"),
        ("requests/ES/ETP", {"column": "protected", "value": "yes"}, "evidence", "nothing says why"),
        ("requests/ES/ETP", {"agreement": "maybe"}, "agreement", "is not an answer"),
        ("requests/ES/ETP", {"agreement": "yes", **{k: v for k, v in MINUTES.items() if k != "agreement"}},
         "agreement", "agrees and asks"),
        ("obligations/ES", {"column": "use", "value": "statistics"}, "value", "already"),
        ("obligations/ES", {"column": "use", "value": "pilotage"}, "value", "not in the list"),
        ("obligations/ES", {"column": "recipient to remove", "value": "ars"}, "value", "not among the recipients"),
        ("obligations/ES", {"column": "recipient to add", "value": "dress"}, "value", "no authority is called"),
        ("obligations/ES", {"column": "legal base to add", "value": "la loi"}, "value", "is not said"),
        ("obligations/ES", {"column": "how often", "value": "annuel"}, "value", "is not a period"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_place_and_remedy(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms, row: str, cells: dict[str, str], column: str, fault: str
) -> None:
    found = read(tools, home, filled(forms("drees"), (row, {"evidence": "", **cells})))
    (error,) = found.errors
    assert (error.place.column, error.place.line is not None) == (column, True)
    assert fault in error.fault.render("en")
    assert error.remedy.render("en")
    assert fault in found.said[0].fault


def test_an_identifier_that_no_longer_exists_is_said_with_the_nearest(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled(forms("drees"), ("requests/ES/ETP", MINUTES))
    requests = tools.requests
    requests.loc[requests["label_fr"] == "ETP", "label_fr"] = "ETPT"
    found = read(with_tables(tools, {"requests": requests}), home, path)
    (error,) = (f for f in found.errors if f.check == "unknown line")
    assert error.value == "requests/ES/ETP"
    assert error.remedy.render("en") == "Did you mean 'requests/ES/ETPT'?"


def test_a_line_that_changed_since_the_form_was_sent_is_not_replied_to(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled(forms("drees"), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", MINUTES))
    requests = tools.requests
    requests.loc[(requests["obligation_id"] == "ES") & (requests["label_fr"] == "ETP"), "minutes"] = 20.0
    found = read(with_tables(tools, {"requests": requests}), home, path)
    assert [f.check for f in found.findings if f.severity == "warning"] == ["another state"]
    assert [f.value for f in found.errors] == ["requests/ES/ETP"]
    assert [bool(s.fault) for s in found.said] == [True, False]


def test_a_cell_of_the_draft_that_was_written_over_is_said(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    book = openpyxl.load_workbook(forms("drees"))
    line = next(r for r in sheet_of(book, "items").iter_rows() if r[0].value == "requests/ES/ETP")
    line[4].value = "12"
    book.save(forms("drees"))
    found = read(tools, home, forms("drees"))
    assert places(found.errors, "written over") == [("drees.xlsx [Items and work]", line[0].row, "row")]


def test_a_renamed_column_is_said_and_its_cells_are_still_seen(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    path = filled(forms("drees"), ("requests/ES/ETP", MINUTES))
    book = openpyxl.load_workbook(path)
    header = next(c for c in sheet_of(book, "items")[HEADER_LINE] if c.value == "Correct value")
    header.value = "Correct valeu"
    book.save(path)
    found = read(tools, home, path)
    assert [f.remedy.render("en") for f in found.errors if f.check == "header"] == ["Did you mean 'Correct value'?"]
    assert found.said[0].new == "12"
    assert found.said[0].fault


def test_a_formula_is_a_fault_and_runs_nowhere(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled(forms("drees"), ("requests/ES/ETP", {**MINUTES, "objection": "=cmd|' /C calc'!A0"}))
    found = read(tools, home, path)
    (error,) = (f for f in found.errors if f.check == "formula")
    assert (error.place.column, error.value) == ("Q", "=cmd|' /C calc'!A0")
    with pytest.raises(bd.InventoryError):
        reply.write_layer(found, path.parent / "layer", tools, home)
    assert not (path.parent / "layer").exists()


def test_two_values_of_one_body_are_an_error(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    path = filled(forms("drees"), ("requests/ES/ETP", MINUTES), ("+requests/ES/ETP", {**MINUTES, "value": "14"}))
    found = read(tools, home, path)
    (error,) = found.errors
    assert "'14' contradicts '12'" in error.fault.render("en")
    assert all(s.fault for s in found.said)


def test_two_values_of_two_bodies_are_both_kept(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    first = filled(forms("drees"), ("requests/ES/ETP", MINUTES))
    other = filled(forms("les-tilleuls"), ("requests/ES/ETP", {**MINUTES, "value": "45"}))
    found = read(tools, home, first, other)
    assert found.errors == ()
    assert [f.severity for f in found.findings if f.check == "contradiction"] == ["warning"]
    assert [s.new for s in found.said] == ["12", "45"]


def test_the_same_reply_twice_is_kept_once(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    found = read(tools, home, filled(forms("drees"), ("requests/ES/ETP", MINUTES), ("+requests/ES/ETP", MINUTES)))
    assert len(found.said) == 1
    assert [f.severity for f in found.findings] == ["note"]


def test_a_remark_needs_no_line(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    found = read(tools, home, filled(forms("drees"), ("+", {"objection": "The survey ends in 2027."})))
    assert found.errors == ()
    assert (found.said[0].row, found.said[0].objection) == ("", "The survey ends in 2027.")


def test_an_undated_reply_is_an_error_of_all_its_lines(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    found = read(tools, home, filled(forms("drees"), ("requests/ES/ETP", MINUTES), date=None))
    assert [f.check for f in found.errors] == ["undated"]
    assert found.said[0].fault == "the date of the reply is missing."


def test_another_workbook_is_not_a_form(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    bd.write_workbook(tools, tmp_path / "inventory.xlsx")
    found = read(tools, home, tmp_path / "inventory.xlsx")
    assert "not a form" in {f.check for f in found.errors}


@pytest.mark.parametrize("name", ["form.xlsm", "form.csv", "absent.xlsx"])
def test_what_is_not_a_workbook_without_macros_is_not_read(
    tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path, name: str
) -> None:
    if not name.startswith("absent"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [f.check for f in read(tools, home, tmp_path / name).errors] == ["file"]


def test_a_damaged_file_is_said_to_be(tools: bd.Inventory, home: bd.Portfolio, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert [f.check for f in read(tools, home, tmp_path / "form.xlsx").errors] == ["file"]


def test_a_sheet_of_its_own_would_be_lost_and_is_said(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    book = openpyxl.load_workbook(forms("drees"))
    book.create_sheet("Our view")["A1"] = "We disagree."
    book.save(forms("drees"))
    assert [f.value for f in read(tools, home, forms("drees")).errors] == ["Our view"]


def test_faults_of_all_forms_are_said_at_once(tools: bd.Inventory, home: bd.Portfolio, forms: Forms) -> None:
    wrong = {**MINUTES, "value": "a while"}
    first = filled(forms("drees"), ("requests/ES/ETP", wrong), ("requests/ES/Effectif", wrong))
    other = filled(forms("cnsa"), ("requests/TDB/ETP", wrong))
    assert len(read(tools, home, first, other).errors) == 3
