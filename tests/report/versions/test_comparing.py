"""A later version worked by hand; an audit that did not change; versions that cannot be compared."""

from __future__ import annotations

import pandas as pd
import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.model.portfolio import portfolio_from_frame
from burden.report import versions
from burden.report.versions.changes import change_tables
from burden.report.versions.comparing import Version

pytestmark = pytest.mark.xdist_group("report")


def value(found: bd.audit.Audit, figure: str) -> float:
    return found.figures[f"versions.{figure}"].value


def test_a_tool_that_goes_a_longer_period_and_longer_minutes_are_three_kinds(found: bd.audit.Audit) -> None:
    # CPOM: 6 items of 10 min a year; TDB: half of 6 × 10 min; ERRD: 30 min more for one item.
    assert [value(found, f"hours.{kind}") for kind in ("scope", "real", "re-estimate")] == pytest.approx(
        [-1.0, -0.5, 0.5]
    )
    sides = [value(found, f"hours.{kind}.{s}") for kind in ("scope", "real", "re-estimate") for s in ("less", "more")]
    assert sides == pytest.approx([1.0, 0.0, 0.5, 0.0, 0.0, 0.5])


def test_totals_are_those_of_the_two_audits(found: bd.audit.Audit, toy_audit: bd.audit.Audit) -> None:
    assert value(found, "hours.before") == pytest.approx(toy_audit.figures["burden.hours"].value)
    assert value(found, "hours.after") == pytest.approx(found.figures["burden.hours"].value)


def test_each_tool_is_where_it_went(found: bd.audit.Audit) -> None:
    tools = found.tables["versions_tools"].set_index("obligation_id")["change"]
    assert tools.to_dict() == {"CPOM": "removed", "ERRD": "changed", "ES": "same", "TDB": "changed"}
    assert (value(found, "tools.removed"), value(found, "tools.changed"), value(found, "tools.added")) == (1, 2, 0)


def test_the_rows_of_a_kind_sum_to_its_figure(found: bd.audit.Audit) -> None:
    for kind in ("scope", "real", "re-estimate"):
        figure = found.figures[f"versions.hours.{kind}"]
        assert figure.rows.of(found.tables)["amount"].sum() == pytest.approx(figure.value)


def test_the_cells_that_differ_are_listed(found: bd.audit.Audit) -> None:
    changed = found.tables["versions_rows"].query("change == 'changed'")
    assert changed[["obligation_id", "column", "before", "after"]].to_numpy().tolist() == [
        ["TDB", "period", "P1Y", "P2Y"],
        ["ERRD", "minutes", "10.0", "40.0"],
    ]


def test_what_neither_version_prices_has_not_moved_by_nothing(found: bd.audit.Audit) -> None:
    # The toy has no tariff: its cost is unknown on both sides, and so is how it moved.
    assert pd.isna([value(found, "eur.before"), value(found, "eur.real"), value(found, "eur.re-estimate")]).all()


def test_headline_figures_are_those_of_before_and_after(found: bd.audit.Audit) -> None:
    owed = found.tables["versions_headline"].set_index("figure").loc["owed.obligations"]
    assert (owed["before"], owed["after"]) == (4, 3)


def test_nothing_changes_from_an_audit_to_itself(earlier: Version) -> None:
    tables = change_tables(earlier, earlier)
    assert [len(tables[f"versions_{t}"]) for t in ("moves", "rows", "unknown")] == [0, 0, 0]
    assert set(tables["versions_tools"]["change"]) == {"same"}
    assert (tables["versions_summary"].query("measure == 'hours'")["amount"] == 0).all()


def test_other_identifiers_change_nothing_but_identifiers(earlier: Version, later: Version) -> None:
    def renamed(version: Version) -> Version:
        inv, ptf = version
        changed = {
            t: inv[t].assign(obligation_id="x" + inv[t]["obligation_id"])
            for t in ("obligations", "duties", "requests", "recipients")
        }
        units = ptf.units.assign(unit_id="x" + ptf.units["unit_id"])
        return with_tables(inv, changed), portfolio_from_frame(ptf.name, units)

    own, others = change_tables(earlier, later), change_tables(renamed(earlier), renamed(later))
    for table in ("moves", "tools", "summary"):
        frame = others[f"versions_{table}"]
        if "obligation_id" in frame:
            frame = frame.assign(obligation_id=frame["obligation_id"].str[1:])
        pd.testing.assert_frame_equal(frame, own[f"versions_{table}"])


def test_a_tool_that_no_longer_falls_on_those_audited_ceases(earlier: Version) -> None:
    inv, ptf = earlier
    duties = inv.duties[inv.duties["obligation_id"] != "CPOM"]
    tables = change_tables(earlier, (with_tables(inv, {"duties": duties}), ptf))
    tools = tables["versions_tools"].set_index("obligation_id")
    assert tools.loc["CPOM", ["change", "after"]].tolist() == ["ceases", 0.0]
    assert set(change_tables((with_tables(inv, {"duties": duties}), ptf), earlier)["versions_tools"]["change"]) == {
        "begins",
        "same",
    }


def test_two_portfolios_without_a_common_unit_are_refused(earlier: Version) -> None:
    inv, ptf = earlier
    others = portfolio_from_frame("elsewhere", ptf.units.assign(unit_id="x", operator_id="x"))
    with pytest.raises(bd.InventoryError, match=r"no unit of it is in 'four-tools'.*Give one unit_id"):
        versions.compared(earlier, (inv, others))


def test_a_focus_that_neither_version_has_is_said_of_both(earlier: Version, later: Version) -> None:
    with pytest.raises(bd.InventoryError) as error:
        versions.compared(earlier, later, focus="cpomm")
    assert len(error.value.findings) == 2
    assert "cpomm" in error.value.render("fr")
