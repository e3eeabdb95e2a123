import json
import zipfile
from pathlib import Path

import pytest

import burden as bd
from burden.report import shared
from burden.report.shared.statement import inferences
from burden.report.trace import rows_behind, sources_behind
from tests.report.shared import many


def _contents(folder: Path) -> dict[str, str]:
    """Every file as text, those inside workbooks too."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                found |= {f"{name}/{p}": parts.read(p).decode("utf-8") for p in parts.namelist()}
        else:
            found[name] = path.read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize(("operators", "at_least"), [(12, 3), (12, 5), (12, 11), (7, 4), (25, 1)])
def test_no_word_of_the_portfolio_is_in_any_file(
    operators: int, at_least: int, inv: bd.Inventory, tmp_path: Path
) -> None:
    ptf = many.portfolio(operators)
    shared.run(inv, ptf, at_least=at_least).write(tmp_path / "out")
    units = ptf.units
    words = {ptf.name, "Durand", "Martin"}
    for column in ("unit_id", "operator_id", "name", "note", "source_id"):
        words |= set(units[column])
    written = _contents(tmp_path)
    assert len(written) > 10
    assert {(name, w) for name, said in written.items() for w in words if w in said or w in name} == set()


def test_a_territory_of_too_few_is_not_named(inv: bd.Inventory, tmp_path: Path) -> None:
    units = many.portfolio().units
    units.loc[units["unit_id"].isin(["FINESS1A", "FINESS2A"]), "territory"] = "Noirmoutier"
    shared.run(inv, bd.portfolio_from_frame("p", units), at_least=3).write(tmp_path / "out")
    assert not [name for name, said in _contents(tmp_path).items() if "Noirmoutier" in said]


def test_the_folder_holds_what_it_says_and_nothing_else(folder: Path, found: shared.Shared) -> None:
    names = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    tables = {f"tables/{t}.csv" for t in found.tables} | {"tables/tables.xlsx"}
    assert names == tables | {"report.html", "audit.json", "hidden.json"}


def test_the_statement_is_in_both_languages_and_counts_what_is_hidden(folder: Path, found: shared.Shared) -> None:
    said = json.loads((folder / "hidden.json").read_text(encoding="utf-8"))
    assert said["rule"]["at_least"] == 3
    crossed = said["tables"]["by_actor_territory"]
    assert crossed["primary"] > 0 < crossed["secondary"]
    assert "Cells hidden by this rule: 7." in " ".join(said["statement"]["en"]["hidden"])
    assert "secret primaire" in " ".join(said["statement"]["fr"]["hidden"])
    assert found.counts == {t: {k: n[k] for k in ("cells", "primary", "secondary")} for t, n in said["tables"].items()}


def test_the_report_begins_with_what_is_hidden(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.index('id="hidden"') < page.index('id="inferred"') < page.index('id="hours"')
    assert "<td>masqué</td>" in page
    assert inferences()[0].render("fr").split(".")[0].split("'")[1] in page


def test_a_hidden_figure_is_null_and_marked(inv: bd.Inventory, tmp_path: Path) -> None:
    shared.run(inv, many.portfolio(), at_least=11).write(tmp_path / "out")
    figures = json.loads((tmp_path / "out/audit.json").read_text(encoding="utf-8"))["figures"]
    hidden = [f for f in figures if f["suppressed"]]
    assert hidden
    assert all(f["value"] is f["low"] is f["high"] is None for f in hidden)
    assert all(f["value"] is not None for f in figures if not f["suppressed"])


def test_a_figure_leads_to_its_row(folder: Path) -> None:
    _, rows = rows_behind(folder, "shared.by_actor.ehpad.hours")
    assert len(rows) == 1
    assert len(sources_behind(folder, rows)) == 0


def test_a_folder_that_is_no_shared_bundle_is_left_alone(found: shared.Shared, tmp_path: Path) -> None:
    (tmp_path / "audit.json").write_text("{}", encoding="utf-8")
    with pytest.raises(bd.InventoryError, match="not a shared bundle"):
        found.write(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["audit.json"]


def test_an_earlier_shared_bundle_is_replaced(found: shared.Shared, tmp_path: Path) -> None:
    found.write(tmp_path / "out")
    (tmp_path / "out/tables/old.csv").write_text("old", encoding="utf-8")
    found.write(tmp_path / "out")
    assert not (tmp_path / "out/tables/old.csv").exists()
