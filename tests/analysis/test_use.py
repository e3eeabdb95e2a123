"""Known use, worked by hand: unknown is never none, and protected tools are in no question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import ledger, use
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import Row, asks, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

ONE_HOME = [{"unit_id": "u"}]


def used(tool: str, concept: str | None = None, *, how: str = "decision", by: str = "stated", **more: Any) -> Row:
    """A use of a tool, or of one of its items."""
    return {"obligation_id": tool, "concept_id": concept, "use": how, "known_by": by, **more}


def none_found(tool: str, concept: str | None = None, **more: Any) -> Row:
    return used(tool, concept, how="none_found", by="observed", **more)


def tools(uses: Sequence[Row], **tables: Any) -> Inventory:
    """A asks two items of an hour each and B one; one activity of A takes half an hour."""
    meeting = {"obligation_id": "A", "activity": "meeting", "side": "respondent", "minutes": 30.0}
    return inventory(
        [obligation("A"), obligation("B", instrument="accounts")],
        [asks("A", "days"), asks("A", "ftes"), asks("B", "project")],
        activities=[meeting], uses=list(uses), **tables,
    )  # fmt: skip


def hours(uses: Sequence[Row]) -> dict[str, float]:
    """Hours of one home by status, those of nothing left out."""
    frame = use.share_of_hours(tools(uses), portfolio(*ONE_HOME))
    return {s: h for s, h in zip(frame["known_use"], frame["hours_per_year"], strict=True) if h}


def status(uses: Sequence[Row]) -> list[str]:
    return use.by_tool(tools(uses))["known_use"].tolist()


def test_a_tool_without_a_row_is_unknown_not_none() -> None:
    assert status([]) == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("rows", "strongest"),
    [
        ([used("A")], "stated"),
        ([used("A", by="observed")], "observed"),
        ([none_found("A")], "none_found"),
        ([none_found("A"), used("A")], "stated"),
        ([used("A"), used("A", how="payment", by="observed")], "observed"),
        ([used("A", "days", by="observed")], "observed"),
        ([none_found("A", "days")], "unknown"),
        ([used("A", "days"), none_found("A", "ftes")], "stated"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_the_strongest_status_of_a_tool(rows: list[Row], strongest: str) -> None:
    assert status(rows)[0] == strongest


def test_uses_readers_and_items_of_a_tool() -> None:
    rows = [
        used("A", reader_id="departement"), used("A", how="payment", reader_id="ars"),
        used("A", "days", reader_id="ars"), none_found("A", "ftes"),
    ]  # fmt: skip
    first = use.by_tool(tools(rows)).iloc[0]
    assert first[["uses", "readers", "items_used"]].tolist() == ["decision|payment", "ars|departement", 1]


def test_hours_of_a_tool_are_those_who_answer() -> None:
    inv = tools([])
    checked = {"obligation_id": "A", "activity": "formal_check", "side": "authority", "minutes": 600.0}
    inv = with_tables(inv, {"activities": pd.concat([inv.activities, pd.DataFrame([checked])], ignore_index=True)})
    frame = use.by_tool(inv, portfolio(*ONE_HOME)).set_index("obligation_id")
    assert frame["hours_per_year"].to_dict() == {"A": 2.5, "B": 1.0}


def test_a_tool_that_falls_on_nobody_is_left_out_with_a_portfolio() -> None:
    inv = tools([])
    inv = with_tables(inv, {"duties": inv.duties.assign(actor_id=["essms", "ehpad"])})
    assert use.by_tool(inv, portfolio(*ONE_HOME))["obligation_id"].tolist() == ["A"]


def test_every_hour_is_unknown_where_nothing_is_written() -> None:
    assert hours([]) == {"unknown": 3.5}


def test_a_use_of_the_whole_tool_covers_its_items_and_activities() -> None:
    assert hours([used("A")]) == {"stated": 2.5, "unknown": 1.0}


def test_a_use_of_one_item_covers_it_and_the_work_around_it() -> None:
    # An hour of the item and half an hour of meeting; the other item is not known to be used.
    assert hours([used("A", "days", by="observed")]) == {"observed": 1.5, "unknown": 2.0}


def test_an_item_is_at_least_as_used_as_its_tool() -> None:
    assert hours([used("A", by="observed"), used("A", "days")]) == {"observed": 2.5, "unknown": 1.0}


def test_an_item_for_which_none_was_found_is_apart_from_its_tool() -> None:
    assert hours([used("A"), none_found("A", "days")]) == {"stated": 1.5, "none_found": 1.0, "unknown": 1.0}


def test_an_item_for_which_none_was_found_says_nothing_of_the_rest() -> None:
    assert hours([none_found("A", "days")]) == {"none_found": 1.0, "unknown": 2.5}


def test_shares_and_their_widest_range() -> None:
    # A: 1 h, from 0.5 to 3 h, stated; B: 1 h, from 1 to 1 h, unknown.
    inv = inventory(
        [obligation("A"), obligation("B")],
        [asks("A", "days", minutes_low=30.0, minutes_high=180.0), asks("B", "ftes")],
        uses=[used("A")],
    )
    frame = use.share_of_hours(inv, portfolio(*ONE_HOME)).set_index("known_use")
    assert frame.loc["stated", ["share", "share_low", "share_high"]].tolist() == [0.5, 0.5 / 1.5, 0.75]
    assert frame.loc["unknown", ["share", "share_low", "share_high"]].tolist() == [0.5, 0.25, 1 / 1.5]


def test_what_is_not_measured_is_counted_and_in_no_share() -> None:
    inv = inventory(
        [obligation("A"), obligation("B")], [asks("A", "days"), asks("A", "ftes", None), asks("B", "project", None)],
        uses=[used("A")],
    )  # fmt: skip
    frame = use.share_of_hours(inv, portfolio(*ONE_HOME)).set_index("known_use")
    assert frame["rows_unmeasured"].to_dict() == {"observed": 0, "stated": 1, "none_found": 0, "unknown": 1}
    assert frame.loc["stated", "share"] == 1.0
    assert pd.isna(frame.loc["unknown", "hours_per_year"])


def test_by_instrument_every_status_is_said() -> None:
    frame = use.share_of_hours(tools([used("A")]), portfolio(*ONE_HOME), by=["instrument"])
    assert frame["instrument"].tolist() == ["accounts"] * 4 + ["budget"] * 4
    assert frame["known_use"].tolist() == [*use.STATUSES] * 2
    assert frame.groupby("instrument")["share"].sum().tolist() == [1.0, 1.0]


def test_another_column_is_refused() -> None:
    with pytest.raises(KeyError, match="no column 'shape'"):
        use.share_of_hours(tools([]), portfolio(*ONE_HOME), by=["shape"])


def test_twelve_times_an_hour_weighs_as_once_twelve_hours() -> None:
    monthly = inventory([obligation("A", period="P1M")], [asks("A", "days")], uses=[used("A")])
    yearly = inventory([obligation("A")], [asks("A", "days", 720.0)], uses=[used("A")])
    one, other = (use.share_of_hours(i, portfolio(*ONE_HOME)) for i in (monthly, yearly))
    pd.testing.assert_frame_equal(one, other)


def uses_of(inv: Inventory) -> Inventory:
    """Some uses of a random inventory: of the first tool, and of an item of the last."""
    requests = inv.requests
    rows = pd.DataFrame([
        {**used(requests["obligation_id"].iloc[0], by="observed"), "evidence": "text"},
        {**none_found(requests["obligation_id"].iloc[-1], requests["concept_id"].iloc[-1]), "evidence": "text"},
    ])  # fmt: skip
    return with_tables(inv, {"uses": rows})


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_hours_by_status_sum_to_the_ledger(inv: Inventory, ptf: Portfolio) -> None:
    sums = ledger.totals(inv, ptf, by=["side"])
    own = sums.loc[sums["side"] == "respondent", "hours_per_year"].sum()
    frame = use.share_of_hours(uses_of(inv), ptf, by=["instrument"])
    assert frame["hours_per_year"].sum() == pytest.approx(own)


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_twice_the_units_are_twice_the_hours_of_each_status(inv: Inventory, ptf: Portfolio) -> None:
    units = ptf.units
    again = units.assign(unit_id="x" + units["unit_id"], operator_id="x" + units["operator_id"])
    twice = Portfolio("twice", pd.concat([units, again], ignore_index=True))
    one, two = (use.share_of_hours(uses_of(inv), p) for p in (ptf, twice))
    assert (2 * one["hours_per_year"].fillna(-1)).tolist() == pytest.approx(
        two["hours_per_year"].where(one["hours_per_year"].notna(), -2).tolist()
    )
    assert one["share"].dropna().tolist() == pytest.approx(two["share"].dropna().tolist())


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_other_names_change_no_hours(inv: Inventory, ptf: Portfolio) -> None:
    inv = uses_of(inv)
    tables = {t: inv[t] for t in ("obligations", "duties", "requests", "activities", "recipients", "uses")}
    renamed = with_tables(inv, {t: f.assign(obligation_id="z" + f["obligation_id"]) for t, f in tables.items()})
    exempt = ptf.units["exempt_obligation_ids"].str.replace(r"(o\d)", r"z\1", regex=True)
    other = Portfolio("renamed", ptf.units.assign(exempt_obligation_ids=exempt))
    one, two = use.share_of_hours(inv, ptf), use.share_of_hours(renamed, other)
    pd.testing.assert_frame_equal(one, two)


def test_quasi_automatic_uses_with_their_share_source_and_date() -> None:
    rows = [
        used("A", outcome_change_share=0.1, date="2017-01-01", source_id="s"),
        used("B", outcome_change_share=0.02), used("B", how="payment", outcome_change_share=0.5),
    ]  # fmt: skip
    frame = use.quasi_automatic(tools(rows, sources=[{"source_id": "s", "citation": "c"}]))
    assert frame[["obligation_id", "outcome_change_share"]].to_numpy().tolist() == [["B", 0.02], ["A", 0.1]]
    assert frame["source_id"].tolist()[1] == "s"
    assert frame["date"].iloc[1] == pd.Timestamp("2017-01-01")


def test_a_protected_tool_that_rarely_changes_an_outcome_is_said_to_be_protected() -> None:
    inv = tools([used("A", outcome_change_share=0.0), used("B", outcome_change_share=0.0)])
    inv = with_tables(inv, {"obligations": inv.obligations.assign(protected=[True, None])})
    assert use.quasi_automatic(inv)["protected"].tolist() == [True, False]


def test_a_share_that_nobody_measured_is_not_low() -> None:
    assert use.quasi_automatic(tools([used("A")])).empty


def test_items_that_nobody_is_known_to_read() -> None:
    frame = use.items_without_reader(tools([used("A"), none_found("A", "ftes")]))
    assert frame[["obligation_id", "concept_id", "known_use"]].to_numpy().tolist() == [
        ["A", "ftes", "none_found"], ["B", "project", "unknown"],
    ]  # fmt: skip


def test_a_recipient_that_uses_the_information_reads_it() -> None:
    # The département uses projects that another tool brings; it receives those of B too.
    rows = [used("A", "project", reader_id="departement")]
    to = [{"obligation_id": "B", "authority_id": "departement"}]
    assert "B" in set(use.items_without_reader(tools(rows))["obligation_id"])
    assert "B" not in set(use.items_without_reader(tools(rows, recipients=to))["obligation_id"])


def test_a_reader_named_by_its_role_is_whoever_plays_it() -> None:
    rows = [used("A", "project", reader_id="ars")]
    played = [{"role_id": "ars", "actor_id": "essms", "authority_id": "departement"}]
    to = [{"obligation_id": "B", "authority_id": "departement"}]
    found = use.items_without_reader(tools(rows, recipients=to, competences=played))
    assert "B" not in set(found["obligation_id"])


def test_identifiers_are_left_out_unless_asked_for() -> None:
    inv = inventory([obligation("A")], [asks("A", "siret"), asks("A", "days")])
    assert use.items_without_reader(inv)["concept_id"].tolist() == ["days"]
    assert len(use.items_without_reader(inv, identifiers=True)) == 2


def chain(*feeds: tuple[str, str], uses: Sequence[Row] = ()) -> Inventory:
    """Four tools, some copied into others."""
    rows = [{"from_obligation_id": a, "to_obligation_id": b} for a, b in feeds]
    return inventory([obligation(o) for o in "ABCD"], [asks("A", "days")], feeds=rows, uses=list(uses))


def test_a_chain_of_reports_that_ends_nowhere_known() -> None:
    frame = use.read_only_by_reports(chain(("A", "B"), ("B", "C")))
    assert frame[["obligation_id", "to_obligation_ids", "end_obligation_ids", "leads_to"]].to_numpy().tolist() == [
        ["A", "B", "C", "unknown"], ["B", "C", "C", "unknown"],
    ]  # fmt: skip


def test_a_chain_that_leads_to_a_use_says_so() -> None:
    frame = use.read_only_by_reports(chain(("A", "B"), ("B", "C"), uses=[used("C", by="observed")]))
    assert frame["leads_to"].tolist() == ["observed", "observed"]


def test_a_tool_with_a_use_of_its_own_is_not_read_by_reports_alone() -> None:
    frame = use.read_only_by_reports(chain(("A", "B"), ("B", "C"), uses=[used("A")]))
    assert frame["obligation_id"].tolist() == ["B"]


def test_reports_that_feed_each_other_end_together() -> None:
    frame = use.read_only_by_reports(chain(("A", "B"), ("B", "C"), ("C", "B"))).set_index("obligation_id")
    assert frame.loc["A", "end_obligation_ids"] == "B|C"
    assert frame.loc["A", "leads_to"] == "unknown"


def test_what_goes_to_the_persons_concerned_has_readers() -> None:
    to = [{"obligation_id": o, "authority_id": "works_council"} for o in "AB"]
    feeds = [{"from_obligation_id": "A", "to_obligation_id": "B"}]
    inv = tools([], recipients=to, feeds=feeds)
    assert use.read_only_by_reports(inv).empty
    assert use.items_without_reader(inv).empty


def asked(uses: Sequence[Row], **tables: Any) -> dict[tuple[str, str], float]:
    frame = use.questions(tools(uses, **tables), portfolio(*ONE_HOME))
    rows = frame[["obligation_id", "question", "hours_per_year"]].itertuples(index=False, name=None)
    return {(tool, question): hours for tool, question, hours in rows}


def test_one_question_for_each_state_of_what_is_known() -> None:
    assert asked([used("A"), none_found("B")]) == {("A", "not_observed"): 2.5, ("B", "none_found"): 1.0}


def test_a_use_that_somebody_observed_raises_no_question() -> None:
    assert asked([used("A", by="observed"), used("B", by="observed")]) == {}


def test_a_tool_taken_up_by_another_is_asked_about_as_such() -> None:
    feeds = [{"from_obligation_id": "A", "to_obligation_id": "B", "evidence": "recalled"}]
    assert asked([], feeds=feeds) == {("A", "read_only_by_reports"): 2.5, ("B", "use_unknown"): 1.0}


def test_a_quasi_automatic_outcome_is_asked_about_even_where_it_is_observed() -> None:
    rows = [used("A", by="observed", outcome_change_share=0.05), used("B", by="observed")]
    assert asked(rows) == {("A", "quasi_automatic"): 2.5}


def test_items_for_which_none_was_found_have_their_own_hours() -> None:
    rows = [used("A", by="observed"), none_found("A", "days"), used("B", by="observed")]
    frame = use.questions(tools(rows), portfolio(*ONE_HOME))
    assert frame[["obligation_id", "question", "concept_ids", "hours_per_year"]].to_numpy().tolist() == [
        ["A", "items_none_found", "days", 1.0]
    ]


def test_a_question_goes_to_the_authority_that_requires_the_tool() -> None:
    assert set(use.questions(tools([]), portfolio(*ONE_HOME))["authority_id"]) == {"ars"}


def test_a_question_says_what_it_rests_on() -> None:
    rows = [used("A", evidence="recalled"), used("A", how="payment", evidence="text")]
    frame = use.questions(tools(rows), portfolio(*ONE_HOME)).set_index("obligation_id")
    assert frame["evidence"].to_dict() == {"A": "recalled", "B": "text"}


def test_what_is_protected_is_in_no_question() -> None:
    inv = tools([none_found("A", "days"), none_found("B")])
    kept = inv.obligations.assign(protected=[None, True])
    sheltered = inv.requests.assign(protected=[True, None, None])
    found = use.questions(with_tables(inv, {"obligations": kept, "requests": sheltered}), portfolio(*ONE_HOME))
    assert found[["obligation_id", "question"]].to_numpy().tolist() == [["A", "use_unknown"]]


def test_what_is_protected_has_its_reason() -> None:
    inv = tools([])
    kept = inv.obligations.assign(protected=[True, False], protected_reason_fr=["sécurité de l'enfant", None])
    sheltered = inv.requests.assign(protected=[True, None, True])
    frame = use.protected(with_tables(inv, {"obligations": kept, "requests": sheltered}))
    assert frame[["obligation_id", "concept_id", "reason_fr"]].fillna("?").to_numpy().tolist() == [
        ["A", "?", "sécurité de l'enfant"], ["A", "days", "sécurité de l'enfant"], ["B", "project", "?"],
    ]  # fmt: skip


def test_nothing_protected_is_an_empty_table() -> None:
    assert use.protected(tools([])).columns.tolist() == [
        "obligation_id", "concept_id", "label_fr", "reason_fr", "evidence", "source_id",
    ]  # fmt: skip
