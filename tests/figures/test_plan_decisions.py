from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.axes import Axes

import burden as bd
from burden.figures import alt_text, plan_decisions, title_of
from tests.figures.plan_rows import acts, gateways, measures

NBSP = "\u00a0"
LABELS = {"parliament": "Parliament", "government": "Government", "ars": "Health agency", "pjj": "Youth justice"}
Illegible = Callable[[Axes], list[str]]


def draw(*, language: str = "en", most: int = 12) -> Axes:
    return plan_decisions(measures(), acts(), gateways(), labels=LABELS, language=language, most=most)


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def test_the_title_says_on_whom_most_hangs_and_how_many_must_decide() -> None:
    assert title_of(draw()) == (
        f"Government: 85% of the 100{NBSP}h a year hang on it; 4 authorities must decide or agree"
    )


def test_the_title_in_french() -> None:
    assert title_of(draw(language="fr")) == (
        f"Government{NBSP}: 85{NBSP}% des 100{NBSP}h par an en dépendent\u202f; "
        "4 autorités doivent décider ou s'accorder"
    )


def test_the_authority_on_which_most_hangs_comes_first() -> None:
    rows = [word for word in said(draw()) if word in LABELS.values()]
    assert rows == ["Government", "Parliament", "Health agency", "Youth justice"]


def test_a_measure_that_needs_two_acts_of_one_authority_counts_once_with_it() -> None:
    twice = measures()
    twice.loc[0, "authority_ids"] = "government|parliament"
    ax = plan_decisions(twice, acts().assign(amended_by_id="government"), gateways(), labels=LABELS, language="en")
    assert f"85{NBSP}h" in said(ax)


def test_texts_are_counted_by_level_and_exchanges_with_both_ends() -> None:
    note = alt_text(draw())
    assert f"Parliament, 60{NBSP}h, texts to amend (law 1)" in note
    assert (
        f"Health agency, 35{NBSP}h, texts to amend (circular, contract, practice 1), exchanges to open "
        "(by decree or law 1)"
    ) in note
    assert f"Youth justice, 25{NBSP}h, exchanges to open (by decree or law 1)" in note


def test_only_columns_in_which_somebody_decides_are_drawn() -> None:
    assert {"law", "decree", "by decree or law"} <= set(said(draw()))
    assert not {"EU law", "order", "level not known", "by agreement"} & set(said(draw()))


def test_others_share_what_they_have_in_common() -> None:
    # One exchange between two of the others is one exchange, and its measure saves once.
    ax = draw(most=2)
    assert "2 other authorities" in said(ax)
    assert (
        f"2 other authorities, 35{NBSP}h, texts to amend (circular, contract, practice 1), exchanges to open "
        "(by decree or law 1)"
    ) in alt_text(ax)


def test_what_needs_nobody_is_said_to_need_nobody_arguably() -> None:
    assert f"Besides, 1 measure (5{NBSP}h a year) arguably needs no decision." in alt_text(draw())


def test_where_nobody_decides_that_is_said() -> None:
    ax = plan_decisions(measures().tail(1), acts().head(0), gateways().head(0), labels=LABELS, language="en")
    assert alt_text(ax) == f"Nothing to show: arguably, nobody needs to decide anything to save 5{NBSP}h a year."


def test_no_saving_is_said() -> None:
    ax = plan_decisions(measures().head(0), acts().head(0), gateways().head(0), labels=LABELS, language="en")
    assert alt_text(ax) == "Nothing to show: nothing can be saved under the limits set."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_level_at_once_is_legible(language: str, illegible: Illegible) -> None:
    levels = ["eu_law", "law", "decree", "order", "unknown", "circular", "convention", "local_practice"]
    every = acts().iloc[[0] * len(levels)].assign(level=levels, legal_base_id=levels)
    both = gateways().iloc[[0, 0]].assign(level=["convention", "law"], personal=[False, True])
    ax = plan_decisions(measures(), every, both, labels=LABELS, language=language)
    assert illegible(ax) == []
    assert "…" not in " ".join(said(ax))


def test_the_decisions_of_a_real_plan_are_drawn(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    found = bd.simplify.plan(toy, toy_portfolio)
    assert alt_text(plan_decisions(found.measures, found.acts, found.gateways, labels={}, language="en"))
