"""The program as a user starts it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import burden as bd
from burden import cli
from burden.model.portfolio import portfolio_findings

ROOT = Path(__file__).parents[1]
INVENTORIES = ROOT / "inventories"
TOY = INVENTORIES / "examples/four-tools"
TOY_PORTFOLIO = TOY / "portfolio.csv"


def started(*words: object) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with every warning an error."""
    run = subprocess.run(
        [sys.executable, "-m", "burden", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run


def burden(*words: object, expect: int = 0) -> Result:
    """In this process, which has read what the program needs."""
    run = CliRunner().invoke(cli.app, [str(word) for word in words])
    assert run.exit_code == expect, run.stderr
    assert run.exception is None or isinstance(run.exception, SystemExit)
    return run


def test_help_names_every_verb() -> None:
    said = started("--help").stdout
    verbs = "audit share check show cost repeats calendar overlap graph explain schema new plan verify scenario report"
    for verb in [*verbs.split(), "reply", "compare"]:
        assert verb in said


def test_help_imports_no_heavy_library() -> None:
    code = "import sys, burden.cli; print([m for m in ('pandas', 'numpy', 'matplotlib') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_verb_says_what_it_does() -> None:
    assert all(c.callback and c.callback.__doc__ for c in cli.app.registered_commands)


def test_check_of_the_real_inventories_finds_no_error() -> None:
    run = started("check", "inventories", "-p", "inventories/portfolios/home-intervention-association.csv")
    assert "0 errors" in run.stderr
    assert "filled_share" in run.stdout


@pytest.mark.parametrize("portfolio", sorted((ROOT / "inventories/portfolios").glob("*.csv")), ids=lambda p: p.stem)
def test_every_shipped_portfolio_fits_the_inventories(portfolio: Path, real: bd.Inventory) -> None:
    assert portfolio_findings(real, bd.read_portfolio(portfolio)) == []


def test_show_counts_rows_by_evidence() -> None:
    assert "recalled" in burden("show", INVENTORIES).stdout


def test_show_lists_what_to_read_again_first() -> None:
    rows = json.loads(burden("show", INVENTORIES, "--verify", "-f", "json").stdout)
    assert rows[0]["shared_items"] >= rows[-1]["shared_items"]


def test_the_readme_of_the_inventories_holds_their_summary() -> None:
    readme = (ROOT / "inventories/README.md").read_text(encoding="utf-8")
    assert burden("show", INVENTORIES, "--summary").stdout.strip() in readme


def test_show_lists_what_falls_on_an_actor() -> None:
    rows = json.loads(burden("show", INVENTORIES, "--actor", "mecs", "-f", "json").stdout)
    assert "FR-ENF-01" in {r["obligation"] for r in rows}


def test_cost_is_printed_as_csv() -> None:
    said = burden("cost", TOY, "-p", TOY_PORTFOLIO, "--by", "instrument", "-f", "csv").stdout
    assert said.splitlines()[0].startswith("instrument,")


def test_repeats_are_printed_as_json() -> None:
    rows = json.loads(burden("repeats", TOY, "-p", TOY_PORTFOLIO, "-f", "json").stdout)
    assert {"concept_id", "repeats_per_year"} <= set(rows[0])


def test_overlap_is_printed_as_markdown() -> None:
    assert burden("overlap", TOY, "--threshold", 0, "-f", "md").stdout.splitlines()[1].startswith("| ---")


def test_graph_is_written(tmp_path: Path) -> None:
    burden("graph", TOY, "-o", tmp_path / "g.graphml")
    assert "<graphml" in (tmp_path / "g.graphml").read_text(encoding="utf-8")


def test_schema_describes_one_table() -> None:
    rows = json.loads(burden("schema", "silos", "-f", "json").stdout)
    assert [r["column"] for r in rows] == ["silo_id", "name_fr", "name_en"]


def test_schema_gives_a_table_schema() -> None:
    assert json.loads(burden("schema", "silos", "--table-schema").stdout)["silos"]["primaryKey"] == ["silo_id"]


def test_schema_prints_the_glossary_as_markdown() -> None:
    said = burden("schema", "--glossary").stdout.splitlines()
    assert said[0] == "| kind | name_fr | name_en | definition_fr | definition_en | elsewhere_fr | elsewhere_en |"
    assert any(line.startswith("| term | échange | exchange |") for line in said)


def test_new_writes_a_blank_workbook_and_never_over_another(tmp_path: Path) -> None:
    burden("new", tmp_path / "mine.xlsx")
    first = (tmp_path / "mine.xlsx").read_bytes()
    burden("new", tmp_path / "mine.xlsx", expect=1)
    assert (tmp_path / "mine.xlsx").read_bytes() == first


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    burden("overlap", TOY, "-f", "csv", "-o", tmp_path / "pairs.csv")
    assert (tmp_path / "pairs.csv").read_text(encoding="utf-8").startswith("a,b,")


def test_every_fault_of_inventory_and_portfolio_is_said_together(tmp_path: Path) -> None:
    (tmp_path / "portfolio.csv").write_text("unit_id,operator_id,actor_id,person\nu,o,,-3\n", encoding="utf-8")
    run = burden("cost", tmp_path / "nowhere", "-p", tmp_path / "portfolio.csv", expect=1)
    assert "nowhere" in run.stderr
    assert "portfolio.csv, line 2" in run.stderr


def test_an_unknown_column_to_group_by_is_said_without_traceback() -> None:
    assert "no column" in burden("cost", TOY, "-p", TOY_PORTFOLIO, "--by", "nothing", expect=1).stderr


def test_faults_are_said_in_french_on_demand(tmp_path: Path) -> None:
    assert "dossier" in burden("check", tmp_path, "--lang", "fr", expect=1).stderr


def test_calendar_writes_a_file_to_subscribe_to(tmp_path: Path) -> None:
    burden("calendar", INVENTORIES, "-p", INVENTORIES / "portfolios/five-silo-association.csv",
           "--year", 2027, "-o", tmp_path / "due.ics")  # fmt: skip
    assert (tmp_path / "due.ics").read_bytes().count(b"BEGIN:VEVENT") > 5


WORKBOOKS = {
    "README.md": ("en", "three rows", "obligation_id", "name_fr", {"evidence": "recalled"}, "0 errors,"),
    "README.fr.md": ("fr", "trois lignes", "obligation", "nom", {"degré de preuve": "de mémoire"}, "0 erreur,"),
}
"""Language of the workbook; what a README says of three rows; their first two headers; what it says once for all."""


def _typed(readme: str) -> dict[str, list[dict[str, str]]]:
    """What the table of a README tells a new user to type, sheet by sheet."""
    _, three, tool, name, sure, _ = WORKBOOKS[readme]
    said = (ROOT / readme).read_text(encoding="utf-8")
    lines = re.findall(r"^   \| ([^|`]+) \| (.*`.*) \|$", said, re.MULTILINE)
    tools = re.findall(r"`(\w+)`", next(cells for _, cells in lines if cells.startswith(f"{three} `")).split(":")[0])
    typed: dict[str, list[dict[str, str]]] = {}
    for sheet, cells in lines:
        rows = [{tool: t, name: t} if f"{three} `" in cells else {tool: t} for t in tools]
        rows = rows if cells.startswith(three) else [{}]
        given = cells.partition(":")[2] if cells.startswith(three) else cells
        for header, values in re.findall(r"([^,`:]+) ((?:`[^`]+`(?:, )?)+)", given):
            each = re.findall(r"`([^`]+)`", values)
            for at, row in enumerate(rows):
                row[header.strip()] = each[at] if len(each) > 1 else each[0]
        typed[sheet] = [sure | row for row in rows]
    return typed


def _fill(path: Path, typed: dict[str, list[dict[str, str]]]) -> None:
    workbook = openpyxl.load_workbook(path)
    for sheet, rows in typed.items():
        headers = [cell.value for cell in workbook[sheet][2]]
        for line, row in enumerate(rows, start=3):
            for header, value in row.items():
                if header in headers or header not in ("evidence", "degré de preuve"):
                    workbook[sheet].cell(line, headers.index(header) + 1, value)
    workbook.save(path)


@pytest.mark.parametrize("readme", WORKBOOKS)
def test_a_workbook_filled_in_as_the_readme_says_is_checked_and_measured(tmp_path: Path, readme: str) -> None:
    language, *_, no_error = WORKBOOKS[readme]
    mine, units = tmp_path / "mine.xlsx", tmp_path / "units.csv"
    assert f"burden check {mine}" in burden("new", mine, "--lang", language).stdout
    _fill(mine, _typed(readme))
    units.write_text("unit_id,operator_id,actor_id,establishment\nnord,asso,saad,1\nsud,asso,saad,1\n", "utf-8")
    assert burden("check", mine, "--lang", language).stderr.startswith(no_error)
    (row,) = json.loads(burden("repeats", mine, "-p", units, "-f", "json").stdout)
    assert (row["hours_per_year"], row["repeat_h_per_year"]) == (2.5, 1.5)


def test_check_says_whole_remedies(tmp_path: Path) -> None:
    burden("new", tmp_path / "mine.xlsx")
    _fill(tmp_path / "mine.xlsx", _typed("README.fr.md"))
    said = burden("check", tmp_path / "mine.xlsx", "--lang", "fr").stdout
    assert "une pratique sans texte est aussi un fondement, de niveau «\u202flocal_practice\u202f»" in said
