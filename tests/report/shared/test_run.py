from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.analysis import ledger
from burden.report import shared
from burden.report.shared.cells import MEASURED, TABLES
from burden.report.shared.run import exposures
from tests.report.shared import many


@pytest.mark.parametrize("table", [t for t in MEASURED if t in TABLES and t != "profiles"])
def test_what_is_shown_is_true(table: str, found: shared.Shared, inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    key = list(TABLES[table])
    truth = ledger.totals(inv, ptf, by=key)
    frame = found.tables[table]
    shown = frame[~frame["hidden"]]
    both = (
        shown.merge(truth, on=key, suffixes=("", "_true")) if key else shown.assign(**truth.add_suffix("_true").iloc[0])
    )
    assert len(both) == len(shown) > 0
    assert both["hours_per_year"].tolist() == pytest.approx(both["hours_per_year_true"].tolist(), rel=5e-3)


def test_a_hidden_cell_is_empty_and_says_so(found: shared.Shared) -> None:
    frame = found.tables["by_actor_territory"]
    hidden = frame[frame["hidden"]]
    assert (
        len(hidden) == found.counts["by_actor_territory"]["primary"] + found.counts["by_actor_territory"]["secondary"]
    )
    assert hidden[["hours_per_year", "unmeasured"]].isna().all(axis=None)


def test_one_operator_at_least_hides_nothing(inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    found = shared.run(inv, ptf, at_least=1)
    assert not any(found.tables[t]["hidden"].any() for t in found.counts)


def test_the_same_is_hidden_whatever_the_names_and_the_order(found: shared.Shared, inv: bd.Inventory) -> None:
    units = many.portfolio().units.sample(frac=1, random_state=3)
    renamed = units.assign(**{c: units[c].str.replace("SIREN", "Z").str[::-1] for c in ("unit_id", "operator_id")})
    other = shared.run(inv, bd.portfolio_from_frame("other", renamed), at_least=3)
    for table in found.tables:
        pd.testing.assert_frame_equal(other.tables[table], found.tables[table])


def test_a_portfolio_of_one_operator_is_refused(root: Path, inv: bd.Inventory) -> None:
    association = bd.read_portfolio(root / "inventories/portfolios/five-silo-association.csv")
    with pytest.raises(bd.InventoryError, match=r"operators: 1;.*at least 5.*would not make them anonymous"):
        shared.run(inv, association)


def test_a_portfolio_that_one_operator_nearly_makes_is_refused(inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    units = ptf.units
    units.loc[units["unit_id"] == "FINESS0A", "person"] = 1e6
    with pytest.raises(bd.InventoryError, match="one operator makes more than 85%"):
        shared.run(inv, bd.portfolio_from_frame("one giant", units), at_least=3)


def _with_cell(found: shared.Shared, cell: int) -> shared.Shared:
    """The tables with one hidden cell put back."""
    table = str(found.cells.frame.loc[cell, "table"])
    frame = found.tables[table].copy()
    frame.loc[cell, "hours_per_year"] = found.cells.frame.loc[cell, "hours_per_year"]
    return replace(found, tables={**found.tables, table: frame})


def _secondary(found: shared.Shared) -> list[int]:
    frame = found.cells.frame
    crossed = frame[(frame["table"] == "by_actor_territory") & ~frame["sensitive"]]
    return [int(c) for c in crossed.index if c in found.hidden]


def test_a_secondary_cell_put_back_is_found_with_what_it_gives_away(found: shared.Shared, tmp_path: Path) -> None:
    given_away = [(c, e) for c in _secondary(found) if (e := exposures(_with_cell(found, c)))]
    assert given_away
    for cell, faults in given_away:
        assert {f.check for f in faults} == {"exposed"}
        assert any(f.place.file == "by_actor_territory.csv" and " · " in f.render("en") for f in faults)
        with pytest.raises(bd.InventoryError, match="can be worked out"):
            _with_cell(found, cell).write(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_primary_cell_put_back_is_found(found: shared.Shared) -> None:
    frame = found.cells.frame
    cell = int(frame.index[(frame["table"] == "by_actor_territory") & frame["sensitive"]][0])
    assert exposures(_with_cell(found, cell))


def test_nothing_gives_way_as_it_is(found: shared.Shared) -> None:
    assert exposures(found) == []


def test_a_key_figure_that_one_operator_nearly_makes_has_no_value(inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    units = ptf.units
    units.loc[units["unit_id"] == "FINESS1C", "person"] = 2000
    found = shared.run(inv, bd.portfolio_from_frame("one large service", units), at_least=3)
    assert found.figures["shared.by_actor.service.hours"].as_json()["value"] is None
    assert found.figures["shared.hours"].as_json()["value"] is not None


def test_a_group_that_no_table_shows_is_protected_too(inv: bd.Inventory) -> None:
    """Two units that alone are exempt from a tool: its hours, beside the units, would tell how many they are."""
    units = many.portfolio().units
    units.loc[units["unit_id"].isin(["FINESS3A", "FINESS8A"]), "exempt_obligation_ids"] = "ERRD"
    found = shared.run(inv, bd.portfolio_from_frame("two exempt", units), at_least=3)
    assert found.counts["by_obligation"]["primary"] == 0 < found.counts["by_obligation"]["secondary"]
    frame = found.tables["by_obligation"].copy()
    frame["hours_per_year"] = found.cells.frame["hours_per_year"].loc[frame.index]
    crossed = found.tables["by_actor_authority"].copy()
    crossed["hours_per_year"] = found.cells.frame["hours_per_year"].loc[crossed.index]
    shown = replace(found, tables={**found.tables, "by_obligation": frame, "by_actor_authority": crossed})
    assert "portfolio" in {f.place.file for f in exposures(shown)}
