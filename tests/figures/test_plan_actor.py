from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, plan_actor, title_of
from tests.figures.plan_rows import after, today, untouched

NBSP = "\u00a0"
Illegible = Callable[[Axes], list[str]]


def draw(before: pd.DataFrame | None = None, *, language: str = "en", **more: str | int) -> Axes:
    now = today() if before is None else before
    labels = {"departement": "Council", "ars": "Health agency"}
    return plan_actor(now, after(), untouched(), actor="MECS", labels=labels, language=language, **more)  # type: ignore[arg-type]


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def names(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.get_yticklabels()]


def test_the_title_says_what_would_go_and_what_stays() -> None:
    assert title_of(draw()) == (
        f"MECS: 100{NBSP}h of 1,000{NBSP}h a year would go, 10%; 40% is work beside the items, which stays"
    )


def test_the_title_in_french() -> None:
    assert title_of(draw(language="fr")).startswith(
        f"MECS{NBSP}: 100{NBSP}h par an sur 1\u202f000{NBSP}h partiraient, soit 10{NBSP}%"
    )


def test_where_nothing_goes_the_title_says_so() -> None:
    ax = plan_actor(today(), today(), untouched(), actor="MECS", labels={}, language="en")
    assert title_of(ax).startswith(f"MECS: the plan takes nothing from the 1,000{NBSP}h a year")


def test_without_work_beside_the_items_the_title_stops_there() -> None:
    stays = untouched()[lambda f: f["reason"] != "beside_items"]
    ax = plan_actor(today(), after(), stays, actor="MECS", labels={}, language="en")
    assert title_of(ax).endswith("10%")


def test_bars_are_parted_by_what_stays_and_what_goes() -> None:
    stays, goes, why = ([bar.get_width() for bar in bars] for bars in draw().containers)  # type: ignore[attr-defined]
    assert (stays, goes, why) == ([600, 300], [100, 0], [490, 403, 7])


def test_today_and_after_are_written_and_what_misses_lines_is_marked() -> None:
    assert {
        f"700{NBSP}h → 600{NBSP}h (−100{NBSP}h)", f"≥{NBSP}300{NBSP}h, nothing goes", f"490{NBSP}h (49%)",
    } <= set(said(draw()))  # fmt: skip


def test_reasons_come_largest_first_and_the_smallest_together() -> None:
    assert names(draw())[2:] == [
        "protected item", "work beside the items: reading, meetings, sending, checking", "2 other reasons",
    ]  # fmt: skip


def test_what_the_plan_takes_is_no_reason_why_something_stays() -> None:
    assert "taken from elsewhere" not in alt_text(draw())
    assert "of obligations that end" not in alt_text(draw())


def test_both_parts_have_a_head() -> None:
    assert {"What each authority asks", "Why the rest stays"} <= set(said(draw()))


def test_instruments_are_named_from_the_code_list() -> None:
    tables = [frame.rename(columns={"required_by_id": "instrument"}) for frame in (today(), after())]
    for frame in tables:
        frame["instrument"] = ["budget", "cpom", "grant"]
    ax = plan_actor(*tables, untouched(), actor="MECS", labels={}, by="instrument", language="en")
    assert names(ax)[0] == "budget"
    assert "What each instrument asks" in said(ax)


def test_an_authority_that_asks_nothing_any_more_has_gone_whole() -> None:
    ax = plan_actor(today(), after().iloc[1:], untouched(), actor="MECS", labels={}, language="en")
    assert f"700{NBSP}h → 0{NBSP}h (−700{NBSP}h)" in said(ax)


def test_many_authorities_are_summed_as_others() -> None:
    many = pd.DataFrame({"required_by_id": list("abcdef"), "hours_per_year": 10.0, "rows_unmeasured": 0})
    ax = plan_actor(many, many, untouched(), actor="MECS", labels={}, language="en", most=3)
    assert names(ax)[3] == "3 other authorities"


def test_lines_without_a_duration_are_counted() -> None:
    assert "3 lines without a known duration" in alt_text(draw())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_is_legible(language: str, illegible: Illegible) -> None:
    from burden.simplify.planning.untouched import WHY

    every = pd.DataFrame({"reason": list(WHY), "items": 1, "weight": 80.0, "share": 0.08})
    ax = plan_actor(today(), after(), every, actor="MECS", labels={}, language=language)
    assert illegible(ax) == []
    assert "…" not in " ".join(names(ax))


def test_nothing_known_is_said() -> None:
    assert alt_text(draw(today().iloc[2:])).startswith("Nothing to show: the duration of the only line is not known")
    assert alt_text(draw(today().head(0))) == "Nothing to show: the table has no row."
