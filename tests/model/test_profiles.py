"""Hand-worked cases: on whom an obligation falls, and how many of what each unit counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles, quantities

Sound = Callable[..., Inventory]
Units = Callable[..., Portfolio]

TAGS = [
    {"tag_id": "budget", "name_fr": "budget", "regime": "financial"},
    {"tag_id": "eprd", "name_fr": "EPRD", "regime": "financial"},
    {"tag_id": "cpom", "name_fr": "CPOM"},
]
STAFF = [{"population_id": "staff", "name_fr": "salariés", "grain": "staff_member"}]
FROM_50 = {"threshold_population_id": "staff", "threshold_minimum": 50}


def shares(inv: Inventory, ptf: Portfolio) -> list[list[float]]:
    """Share concerned, unit by unit, obligation by obligation."""
    known = profiles(inv, ptf)
    result: list[list[float]] = known.applies[known.of_unit].tolist()
    return result


def share(inv: Inventory, ptf: Portfolio) -> float:
    return shares(inv, ptf)[0][0]


@pytest.mark.parametrize(
    ("required", "excluded", "own", "concerned"),
    [
        ("", "", "", 1.0),
        ("budget", "", "budget", 1.0),
        ("budget", "", "eprd", 0.0),
        ("budget|cpom", "", "budget", 0.0),
        ("budget|cpom", "", "cpom|budget", 1.0),
        ("", "eprd", "eprd|cpom", 0.0),
        ("", "eprd", "cpom", 1.0),
        ("cpom", "eprd", "cpom|eprd", 0.0),
    ],
)
def test_tags_decide(sound: Sound, units: Units, required: str, excluded: str, own: str, concerned: float) -> None:
    inv = sound(tags=TAGS, duties={"required_tags": required, "excluded_tags": excluded})
    assert share(inv, units({"tags": own})) == concerned


def test_one_regime_or_the_other_falls_on_each_unit(sound: Sound, units: Units) -> None:
    inv = sound(
        tags=TAGS,
        obligations=[{"obligation_id": "EPRD"}],
        duties=[{"required_tags": "budget"}, {"obligation_id": "EPRD", "required_tags": "eprd"}],
    )
    inv = _without_first_duty(inv)
    assert shares(inv, units({"tags": "budget"}, {"tags": "eprd"})) == [[1.0, 0.0], [0.0, 1.0]]


def _without_first_duty(inv: Inventory) -> Inventory:
    return with_tables(inv, {"duties": inv.duties.iloc[1:]})


@pytest.mark.parametrize(
    ("staff", "concerned"), [(49, 0.0), (50, 1.0), (299, 1.0), (300, 0.0), (0, 0.0), (None, np.nan)]
)
def test_a_threshold_includes_its_minimum_and_not_its_maximum(
    sound: Sound, units: Units, staff: float | None, concerned: float
) -> None:
    inv = sound(populations=STAFF, duties={**FROM_50, "threshold_maximum": 300})
    np.testing.assert_equal(share(inv, units({"staff": staff})), concerned)


def test_a_threshold_without_maximum_is_open(sound: Sound, units: Units) -> None:
    assert share(sound(populations=STAFF, duties=FROM_50), units({"staff": 1e9})) == 1.0


def test_an_unknown_size_decides_nothing_where_the_tags_already_do(sound: Sound, units: Units) -> None:
    inv = sound(tags=TAGS, populations=STAFF, duties={**FROM_50, "required_tags": "cpom"})
    assert share(inv, units({"tags": "", "staff": None})) == 0.0


@pytest.mark.parametrize(("territory", "concerned"), [("59", 1.0), ("62", 1.0), ("75", 0.0), (None, np.nan)])
def test_a_territory_decides_and_an_unknown_one_does_not(
    sound: Sound, units: Units, territory: str | None, concerned: float
) -> None:
    inv = sound(duties={"territories": "59|62"})
    np.testing.assert_equal(share(inv, units({"territory": territory})), concerned)


def test_an_unknown_territory_does_not_matter_where_no_territory_is_named(sound: Sound, units: Units) -> None:
    assert share(sound(), units({"territory": None})) == 1.0


def test_an_exempt_unit_owes_nothing(sound: Sound, units: Units) -> None:
    ptf = units({"exempt_obligation_ids": "BUD"}, {"exempt_obligation_ids": ""})
    assert shares(sound(), ptf) == [[0.0], [1.0]]


def test_an_exemption_settles_what_a_size_leaves_open(sound: Sound, units: Units) -> None:
    inv = sound(populations=STAFF, duties=FROM_50)
    assert share(inv, units({"staff": None, "exempt_obligation_ids": "BUD"})) == 0.0


@pytest.mark.parametrize(("duty_on", "concerned"), [("essms", 1.0), ("mecs", 1.0), ("ehpad", 0.0)])
def test_a_duty_falls_on_its_type_and_the_more_special_ones(
    sound: Sound, units: Units, duty_on: str, concerned: float
) -> None:
    inv = sound(actors=[{"actor_id": "ehpad"}], duties={"actor_id": duty_on})
    assert share(inv, units({"actor_id": "mecs"})) == concerned


def test_a_duty_of_a_special_type_does_not_fall_on_the_general_one(sound: Sound, units: Units) -> None:
    assert share(sound(duties={"actor_id": "mecs"}), units({"actor_id": "essms"})) == 0.0


def test_the_share_concerned_is_kept(sound: Sound, units: Units) -> None:
    assert share(sound(duties={"share": 0.25}), units({})) == 0.25


def test_of_two_duties_the_larger_share_holds(sound: Sound, units: Units) -> None:
    inv = sound(duties=[{"actor_id": "mecs", "share": 0.25}])
    assert share(inv, units({})) == 1.0


@pytest.mark.parametrize(
    ("known_share", "unknown_share", "concerned"),
    [(1.0, 1.0, 1.0), (0.5, 0.5, 0.5), (0.5, 0.25, 0.5), (0.0, 1.0, np.nan), (0.5, 1.0, np.nan)],
)
@pytest.mark.parametrize("unknown_first", [True, False])
def test_an_unknown_duty_matters_only_where_it_could_concern_more(
    sound: Sound,
    units: Units,
    known_share: float,
    unknown_share: float,
    concerned: float,
    unknown_first: bool,
) -> None:
    unknown, known = {**FROM_50, "share": unknown_share}, {"share": known_share}
    rows = [unknown, known] if unknown_first else [known, unknown]
    inv = sound(tags=TAGS, populations=STAFF, duties=[{**rows[0], "excluded_tags": "cpom"},
                                                      {**rows[1], "excluded_tags": "eprd"}])  # fmt: skip
    np.testing.assert_equal(share(_without_first_duty(inv), units({"staff": None})), concerned)


def test_units_alike_are_one_profile(sound: Sound, units: Units) -> None:
    ptf = units({"territory": "59"}, {"territory": "62"}, {"territory": "59"})
    known = profiles(sound(duties={"territories": "59"}), ptf)
    assert known.of_unit.tolist() == [0, 1, 0]
    assert known.applies.shape == (2, 1)


def test_a_territory_that_no_duty_names_makes_no_profile(sound: Sound, units: Units) -> None:
    assert profiles(sound(), units({"territory": "59"}, {"territory": "62"})).of_unit.tolist() == [0, 0]


def test_outside_the_territory_is_outside_whatever_the_size(sound: Sound, units: Units) -> None:
    inv = sound(populations=STAFF, duties=FROM_50 | {"territories": "59"})
    ptf = units({"territory": "62", "staff": None}, {"territory": None, "staff": 10}, {"territory": None, "staff": 60})
    np.testing.assert_equal(shares(inv, ptf), [[0.0], [0.0], [np.nan]])


def test_units_on_two_sides_of_a_threshold_are_two_profiles(sound: Sound, units: Units) -> None:
    inv = sound(populations=STAFF, duties=FROM_50)
    known = profiles(inv, units({"staff": 10}, {"staff": 60}, {"staff": None}, {"staff": 20}))
    assert known.of_unit.tolist() == [0, 1, 2, 0]


def test_a_unit_of_unknown_size_is_not_taken_for_one_of_another_type(sound: Sound, units: Units) -> None:
    inv = sound(populations=STAFF, duties=FROM_50)
    ptf = units({"actor_id": "mecs", "staff": 60}, {"actor_id": "essms", "staff": None}, {"staff": 10})
    np.testing.assert_equal(shares(inv, ptf), [[1.0], [np.nan], [0.0]])


def test_an_empty_portfolio_has_no_profile(sound: Sound, units: Units) -> None:
    none = Portfolio("none", units({}).units.head(0))
    assert profiles(sound(), none).applies.shape == (0, 1)


@settings(max_examples=5)
@given(st.lists(st.tuples(st.sampled_from(["mecs", "essms"]), st.sampled_from([None, 10, 50, 60]),
                          st.sampled_from(["59", "75", None]), st.sampled_from(["", "cpom", "eprd|cpom"])),
                min_size=1, max_size=12))  # fmt: skip
def test_a_unit_owes_the_same_alone_and_among_others(sound: Sound, units: Units, drawn: list) -> None:
    inv = sound(
        tags=TAGS, populations=STAFF,
        duties=[
            {**FROM_50, "required_tags": "cpom"},
            {"actor_id": "mecs", "territories": "59", "share": 0.5},
        ],
    )  # fmt: skip
    inv = _without_first_duty(inv)
    rows = [dict(zip(("actor_id", "staff", "territory", "tags"), row, strict=True)) for row in drawn]
    np.testing.assert_equal(shares(inv, units(*rows)), [shares(inv, units(row))[0] for row in rows])


ASSO = {"actor_id": "association", "unit_id": "asso"}


def with_operator(sound: Sound) -> Inventory:
    return sound(
        actors=[
            {"actor_id": "association", "kind": "operator"},
            {"actor_id": "director", "kind": "professional"},
        ],
        populations=[*STAFF, {"population_id": "operator", "grain": "operator", "name_fr": "organismes"}],
    )


def test_a_unit_counts_once_as_itself(sound: Sound, units: Units) -> None:
    numbers = quantities(with_operator(sound), units({}, {"actor_id": "director"}))
    np.testing.assert_equal(numbers["establishment"].to_numpy(), [1.0, np.nan])


def test_a_unit_may_stand_for_several(sound: Sound, units: Units) -> None:
    assert quantities(sound(), units({"establishment": 12}))["establishment"].tolist() == [12.0]


def test_an_operator_has_the_sum_of_its_units(sound: Sound, units: Units) -> None:
    ptf = units(ASSO, {"staff": 10}, {"staff": 5}, {"staff": 100, "operator_id": "other"})
    numbers = quantities(with_operator(sound), ptf).loc[0]
    assert numbers[["staff", "establishment", "operator"]].tolist() == [15.0, 2.0, 1.0]


def test_a_sum_with_an_unknown_part_is_unknown(sound: Sound, units: Units) -> None:
    numbers = quantities(with_operator(sound), units(ASSO, {"staff": 10}, {"staff": None}))
    assert np.isnan(numbers.loc[0, "staff"])


def test_the_number_that_an_operator_states_is_kept(sound: Sound, units: Units) -> None:
    numbers = quantities(with_operator(sound), units({**ASSO, "staff": 99}, {"staff": 10}))
    assert numbers.loc[0, "staff"] == 99.0


def test_a_professional_is_not_added_to_the_establishments(sound: Sound, units: Units) -> None:
    ptf = units(ASSO, {"staff": 10}, {"actor_id": "director"})
    assert quantities(with_operator(sound), ptf).loc[0, "staff"] == 10.0


def test_an_operator_without_units_counts_what_it_states(sound: Sound, units: Units) -> None:
    numbers = quantities(with_operator(sound), units(ASSO))
    assert np.isnan(numbers.loc[0, "staff"])
