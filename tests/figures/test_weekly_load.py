from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.analysis import calendar
from burden.figures import alt_text, save, title_of, weekly_load
from burden.figures.frame import figure_of
from burden.figures.style import look
from burden.model.inventory import Inventory
from tests.analysis.inventories import asks, inventory, obligation, portfolio

Illegible = Callable[[Axes], list[str]]
NAMES = {
    "A": "Rapport d'activité joint au compte administratif de clôture",
    "B": "Répartition des charges communes : clé, services et comptes des autres services",
    "C": "Tableau des effectifs du personnel",
}


def tools(*rules: str | None, spread_h: float = 254.0) -> Inventory:
    """Tools of 10 h on these days, and one without a day: an hour each working day of 2027."""
    names = "ABCDEFGH"[: len(rules)]
    dated = [obligation(n, deadline=r, name_fr=NAMES.get(n, n)) for n, r in zip(names, rules, strict=True)]
    lines = [asks(n, "days", 600) for n in names]
    return inventory([*dated, obligation("Z")], [*lines, asks("Z", "days", 60 * spread_h)])


def drawn(inv: Inventory, language: str = "en", **more: float) -> Axes:
    deliv = calendar.deliveries(inv, portfolio({}), year=2027)
    load, peaks = calendar.weekly_load(deliv, by=()), calendar.peaks(deliv, by=(), **more)
    return weekly_load(load, peaks=peaks, labels=NAMES, language=language)


def words(ax: Axes) -> str:
    return " ".join(t.get_text().replace("\n", " ") for t in ax.texts)


def test_the_title_names_the_busiest_week_and_the_share_with_a_date() -> None:
    assert title_of(drawn(tools("N:04-30"))) == (
        "The week of 26 April takes 10 h, 2 times the median week; 4% of the year's hours have a date"
    ).replace("10 h", "10\u00a0h")


def test_a_peak_is_named_with_its_tools() -> None:
    said = words(drawn(tools("N:04-30", "N:10-31")))
    assert "Week of 26 April, 10\u00a0h: Rapport d'activité joint" in said
    assert "Week of 25 October, 10\u00a0h: Répartition des charges" in said


def test_tools_that_do_not_fit_are_counted() -> None:
    assert re.search(r"Week of 26 April, 25\u00a0h: Rapport .* and \d others?", words(drawn(tools(*["N:04-30"] * 4))))


def test_of_two_weeks_in_a_row_one_is_named() -> None:
    assert words(drawn(tools("N:04-30"))).count("Week of") == 1


def test_without_a_dated_tool_the_weeks_are_said_to_be_alike() -> None:
    ax = drawn(tools())
    assert title_of(ax) == "None of the 254\u00a0h a year can be dated: on paper each week is alike"
    assert "Week of" not in words(ax)


def test_bars_are_the_hours_with_a_date_over_those_without() -> None:
    heights = [p.get_height() for p in drawn(tools("N:04-30")).patches]
    assert sum(heights[: len(heights) // 2]) == pytest.approx(254)
    assert sum(heights[len(heights) // 2 :]) == pytest.approx(10)


def test_the_alternative_text_gives_range_median_and_peaks() -> None:
    said = alt_text(drawn(tools("N:04-30", "N:10-31")))
    assert "from 4\u00a0h to 10\u00a0h, 5\u00a0h in the median week; 2 dated deadlines" in said
    assert "Week of 25 October, 10\u00a0h: Répartition des charges communes" in said


def test_the_assumption_on_the_lead_is_in_the_note() -> None:
    assert "spread over its last 10 working days" in alt_text(drawn(tools("N:04-30")))


def test_what_is_unknown_is_counted() -> None:
    requests = [asks("A", "days", None), asks("B", "ftes")]
    inv = inventory([obligation("A", deadline="N:04-30"), obligation("B")], requests)
    assert "1 tool or deadline has hours that are not all known" in alt_text(drawn(inv))


def test_nothing_known_is_said() -> None:
    inv = inventory([obligation("A", deadline="N:04-30")], [asks("A", "days", None)])
    assert alt_text(drawn(inv)) == "Nothing to show: the hours of no tool are known."


def test_no_row_is_said() -> None:
    ax = weekly_load(pd.DataFrame(), peaks=pd.DataFrame(), labels={}, language="en")
    assert alt_text(ax) == "Nothing to show: the table has no row."


CROWDED = [
    ("N:04-30",),
    ("N:04-30", "N:05-31", "N:06-30"),
    ("N:01-15", "N:12-31", "N:06-30"),
    ("N:01-02", "N:01-31", "N:02-28"),
    (),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("rules", CROWDED, ids=["one", "near", "ends", "january", "none"])
def test_names_keep_apart(rules: tuple[str, ...], language: str, illegible: Illegible) -> None:
    assert illegible(drawn(tools(*rules), language)) == []


@pytest.mark.parametrize("dpi", [72, 200])
def test_stays_legible_at_the_resolution_of_the_files(dpi: int, illegible: Illegible) -> None:
    ax = drawn(tools("N:04-30", "N:05-31", "N:10-31"))
    figure_of(ax).set_dpi(dpi)
    with look():
        assert illegible(ax) == []


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    once, again = (save(drawn(tools("N:04-30")), tmp_path / n)[0].read_bytes() for n in ("once", "again"))
    assert once == again


def test_several_operators_are_summed() -> None:
    deliv = calendar.deliveries(tools("N:04-30"), portfolio({"operator_id": "x"}, {"operator_id": "y"}), year=2027)
    ax = weekly_load(calendar.weekly_load(deliv), peaks=calendar.peaks(deliv, by=()), labels=NAMES, language="en")
    assert title_of(ax).startswith("The week of 26 April takes 20\u00a0h")
