"""Why a figure about a mode of allocation is not given."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from burden.model.messages import Text, text

REFUSALS: Mapping[str, Text] = MappingProxyType(
    {
        "no_value": text("its value is not known"),
        "free_price": text("no administered price, only its yearly rise is capped"),
        "kind_unknown": text("what its value stands for is not stated"),
        "supplement": text("a supplement added to a price, not the price of an hour"),
        "ceiling": text("a ceiling of what may be paid, not a price"),
        "part_of_cost": text("a part of the cost, the rest is paid by others"),
        "average_cost": text("an average cost, not a price"),
        "point_value": text("the value of a point of a pricing formula"),
        "day": text("hours of help in a day are not fixed"),
        "day_or_measure": text("hours of help in a day or a measure are not fixed"),
        "measure": text("hours of help in a measure are not fixed"),
        "place": text("hours of help in a place are not fixed"),
        "person_period": text("hours of help for a person are not fixed"),
        "hour_or_fte": text("counted by the hour or by the post, according to the fund"),
        "dwelling": text("counted by the dwelling, not by the help given"),
        "budget": text("a whole budget, whatever the hours"),
        "unit_unknown": text("what its price is counted in is not stated"),
        "no_actor": text("its type of structure is not in the inventory"),
        "no_unit": text("the portfolio has no unit of this type"),
        "no_volume_rule": text("what counts its yearly volume is not stated"),
        "volume_unknown": text("the portfolio does not give its yearly volume"),
        "no_money": text("its yearly volume is nil"),
        "no_obligation": text("its obligations fall on none of these units"),
        "no_hours": text("the hours of its obligations are not known"),
    }
)
"""Reason by key; the sentences follow a name and a colon."""

OF_KIND: Mapping[str, str] = MappingProxyType(
    {k: k for k in ("supplement", "ceiling", "part_of_cost", "average_cost", "point_value")}
)
"""Kinds of value that are not the price of one unit."""

OF_UNIT: Mapping[str, str] = MappingProxyType(
    {
        "day": "day",
        "day_or_measure": "day_or_measure",
        "place_day": "place",
        "place_year": "place",
        "measure": "measure",
        "measure_month": "measure",
        "person_week": "person_period",
        "person_month": "person_period",
        "plan_month": "person_period",
        "hour_or_fte": "hour_or_fte",
        "dwelling_year": "dwelling",
        "lump_sum_and_day": "day",
        "formula_point": "point_value",
        "expense": "budget",
        "budget": "budget",
    }
)
"""Units of price that no text turns into hours."""


def reasons(refused: pd.Series, language: str = "en") -> pd.Series:
    """The sentences of a ``refused`` column; empty where nothing is refused.

    Returns
    -------
    Series
        One sentence per row, with the index of ``refused``.

    Examples
    --------
    >>> reasons(pd.Series(["", "no_unit"])).tolist()
    ['', 'the portfolio has no unit of this type']
    """
    return refused.map(lambda key: REFUSALS[key].render(language) if key else "").astype("str")
