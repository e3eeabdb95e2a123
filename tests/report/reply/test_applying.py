from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import burden as bd
from burden.model.checks import findings
from burden.model.inventory import with_tables
from burden.report import reply
from burden.report.reply.corrections import standing
from burden.report.reply.identifiers import rows_of, state_of
from burden.report.reply.layer import Layer
from burden.report.reply.said import Said


def layer(inv: bd.Inventory, ptf: bd.Portfolio, *asked: tuple[str, str, str, str], who: str = "drees") -> Layer:
    """A layer of accepted corrections: identifier, column, new value, evidence."""
    rows = rows_of(inv, ptf)
    said = tuple(
        Said(
            reply_id=f"{who}-{number}", who=who, date="2026-03-12", row=row, column=column, new=new, evidence=evidence,
            old=standing(column, rows[row], inv, ptf), decision="accepted", source="report 2025",
        )
        for number, (row, column, new, evidence) in enumerate(asked, start=1)
    )  # fmt: skip
    return Layer(inv.name, state_of(inv), ptf.name, date(2026, 3, 20).isoformat(), said)


def changed(before: bd.Inventory, after: bd.Inventory) -> set[tuple[str, ...]]:
    """Cells that changed, and rows that came or went."""
    found = bd.difference(before, after)[["table", "change", "column", "after"]]
    return set(found.itertuples(index=False, name=None))


def test_minutes_become_elicited_and_lead_to_who_said_them(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("requests/ES/ETP", "minutes", "12", "timed")))
    row = after.requests.set_index(["obligation_id", "label_fr"]).loc[("ES", "ETP")]
    assert (row["minutes"], row["minutes_evidence"], row["evidence"]) == (12.0, "elicited", "recalled")
    (said,) = after.estimates.to_dict("records")
    assert (said["concept_id"], said["respondent"], said["source_id"]) == ("ftes", "drees", "reply-drees-2026-03-12")
    (source,) = after.sources.to_dict("records")
    assert source["citation"].startswith("Réponse au rapport provisoire\u00a0: Direction de la recherche")
    assert source["note"] == "report 2025 ; timed"


def test_bounds_are_those_of_the_reply(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("requests/ES/ETP", "minutes", "12 (5-30)", "")))
    row = after.requests.set_index(["obligation_id", "label_fr"]).loc[("ES", "ETP")]
    assert row[["minutes_low", "minutes_high"]].tolist() == [5.0, 30.0]


def test_work_is_corrected_on_its_side_of_the_counter(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("activities/ERRD/formal_check/authority", "minutes", "90", ""), who="ars")
    after = reply.apply(tools, asked)
    assert after.activities.set_index("side")["minutes"].to_dict() == {"respondent": 30.0, "authority": 90.0}
    assert after.estimates["side"].tolist() == ["authority"]


def test_a_use_is_stated_by_the_body_that_reads(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("obligations/ES", "use", "publication", "")))
    use = after.uses.set_index("use").loc["publication"]
    assert (use["known_by"], use["reader_id"], use["evidence"]) == ("stated", "drees", "elicited")


def test_a_use_that_the_operator_states_has_no_reader(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("obligations/ES", "use", "publication", ""), who="les-tilleuls")
    assert reply.apply(tools, asked, home).uses["reader_id"].isna().tolist() == [False, True]


def test_a_text_that_is_cited_is_not_read(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("obligations/ERRD", "legal_base", "law: loi n° 2002-2", ""))
    after = reply.apply(tools, asked)
    added = after.legal_bases.iloc[-1]
    assert (added["citation"], added["level"], added["evidence"]) == ("loi n° 2002-2", "law", "secondary")
    assert (
        after.obligations.set_index("obligation_id").loc["ERRD", "legal_base_ids"] == f"r314|{added['legal_base_id']}"
    )


def test_a_fact_changed_on_a_word_is_no_surer_than_the_word(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("obligations/ERRD", "period", "P2Y", ""), ("obligations/ES", "period", "P1Y", ""))
    after = reply.apply(tools, asked).obligations.set_index("obligation_id")
    assert after.loc[["ERRD", "ES"], "evidence"].tolist() == ["secondary", "recalled"]


def test_what_is_protected_says_why(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("obligations/ES", "protected", "true", "safety"))).obligations
    row = after.set_index("obligation_id").loc["ES"]
    assert (bool(row["protected"]), row["protected_reason_fr"]) == (True, "safety")


def test_recipients_come_and_go(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(
        tools, home, ("obligations/ES", "recipient_removed", "drees", ""),
        ("obligations/ES", "recipient_added", "ars", ""),
    )  # fmt: skip
    found = reply.apply(tools, asked).recipients
    assert found.loc[found["obligation_id"] == "ES", "authority_id"].tolist() == ["ars"]


def test_an_item_no_longer_asked_goes_and_the_others_keep_their_corrections(
    tools: bd.Inventory, home: bd.Portfolio
) -> None:
    asked = layer(tools, home, ("requests/ES/ETP", "asked", "false", ""), ("requests/ES/Effectif", "minutes", "3", ""))
    after = reply.apply(tools, asked).requests.set_index(["obligation_id", "label_fr"])
    assert ("ES", "ETP") not in after.index
    assert after.loc[("ES", "Effectif"), "minutes"] == 3.0


def test_external_costs_are_elicited_with_their_source(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("obligations/ES", "external_eur", "8500", ""))).obligations
    row = after.set_index("obligation_id").loc["ES"]
    assert (row["external_eur"], row["external_evidence"]) == (8500.0, "elicited")
    assert row["external_source_id"] == "reply-drees-2026-03-12"


def test_a_number_of_the_portfolio_is_corrected_there(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("portfolio/les-tilleuls/establishment", "number", "2", ""), who="les-tilleuls")
    assert changed(tools, reply.apply(tools, asked, home)) == set()
    after = reply.apply_numbers(home, asked).units
    assert after["establishment"].tolist() == [2.0]
    assert after["note"].str.contains("les-tilleuls").all()


def test_no_reply_makes_a_legal_fact_surer(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(
        tools, home, ("obligations/ES", "legal_base", "law: loi n° 51-711", "read it yourselves"),
        ("obligations/ES", "period", "P1Y", "art. 2"), ("requests/ES/ETP", "minutes", "9", "art. 3"),
    )  # fmt: skip
    after = reply.apply(tools, asked)
    assert not {c for c in changed(tools, after) if c[3] == "text"}
    assert "text" not in set(after.legal_bases["evidence"].iloc[1:])


def test_a_corrected_inventory_passes_the_checks_of_any_other(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(
        tools, home, ("obligations/ES", "legal_base", "law: loi n° 51-711", ""),
        ("obligations/ES", "use", "publication", ""), ("requests/ES/ETP", "minutes", "9 (5-20)", ""),
        ("obligations/ES", "recipient_added", "ars", ""), ("obligations/ES", "protected", "true", "safety"),
        ("obligations/ERRD", "external_eur", "100", ""), ("obligations/ERRD", "period", "P2Y", ""),
    )  # fmt: skip
    before = {f.render() for f in findings(tools, portfolio=home)}
    fresh = [f for f in findings(reply.apply(tools, asked), portfolio=home) if f.render() not in before]
    assert [f.render() for f in fresh if f.severity == "error"] == []


def test_only_what_was_accepted_is_applied(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("requests/ES/ETP", "minutes", "12", ""))
    for decision in ("pending", "refused", "unread", "noted"):
        undecided = replace(asked, said=(replace(asked.said[0], decision=decision),))
        assert bd.difference(tools, reply.apply(tools, undecided)).empty


def test_two_accepted_values_of_one_cell_are_refused_together(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("requests/ES/ETP", "minutes", "12", ""), ("requests/ES/ETP", "minutes", "45", ""))
    with pytest.raises(bd.InventoryError, match="'drees-1' and 'drees-2' are both accepted and contradict"):
        reply.apply(tools, asked)


def test_a_reply_to_what_has_changed_since_is_not_applied(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("requests/ES/ETP", "minutes", "12", ""), ("requests/ES/Effectif", "minutes", "3", ""))
    requests = tools.requests
    requests.loc[requests["label_fr"] == "ETP", "minutes"] = 20.0
    since = with_tables(tools, {"requests": requests})
    with pytest.raises(bd.InventoryError, match="the inventory says '20', no longer '10'"):
        reply.apply(since, asked)


def test_a_reply_to_what_is_gone_is_not_applied(tools: bd.Inventory, home: bd.Portfolio) -> None:
    asked = layer(tools, home, ("requests/ES/ETP", "minutes", "12", ""))
    requests = tools.requests
    without = with_tables(tools, {"requests": requests[requests["label_fr"] != "ETP"]})
    with pytest.raises(bd.InventoryError, match="no line is called 'requests/ES/ETP'"):
        reply.apply(without, asked)


CORRECTIONS = [
    ("requests/ES/ETP", "minutes", "12"), ("requests/ERRD/Budget", "asked", "false"),
    ("obligations/ES", "use", "safety"),
    ("obligations/ES", "recipient_added", "ars"), ("obligations/CPOM", "period", "P5Y"),
    ("obligations/TDB", "legal_base", "law: loi n° 1"), ("activities/ERRD/checking/respondent", "minutes", "5 (1-9)"),
]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(CORRECTIONS), unique=True), st.data())
def test_the_inventory_under_a_layer_stays_as_it_was(
    tools: bd.Inventory, home: bd.Portfolio, asked: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    before, kept = state_of(tools), bd.merge([tools])
    whole = layer(tools, home, *[(*one, "shown") for one in asked])
    after = reply.apply(tools, whole)
    assert state_of(tools) == before
    assert bd.difference(tools, kept).empty
    dropped = replace(whole, said=tuple(replace(one, decision="refused") for one in whole.said))
    assert bd.difference(tools, reply.apply(tools, dropped)).empty
    shuffled = replace(whole, said=tuple(data.draw(st.permutations(whole.said))))
    again = bd.difference(after, reply.apply(tools, shuffled))
    assert again[again["table"] != "sources"].empty


def test_dates_of_sources_are_days(tools: bd.Inventory, home: bd.Portfolio) -> None:
    after = reply.apply(tools, layer(tools, home, ("requests/ES/ETP", "minutes", "12", "")))
    assert after.sources["date_read"].tolist() == [pd.Timestamp("2026-03-12")]
