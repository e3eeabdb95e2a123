"""The tables and key figures on how money is allocated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from burden.analysis import allocation
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.report.key_figures import KeyFigure, Rows, figure_of


def allocation_tables(inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    """Every table on allocation; none where no mode concerns the portfolio's types of structure."""
    concerned = set(inv.allocations["actor_id"].dropna()) & set(ptf.units["actor_id"])
    if not concerned:
        return {}
    return {
        "allocation_modes": allocation.modes(inv),
        "hour_prices": allocation.hour_prices(inv),
        "common_core": allocation.common_core(inv),
        "hours_per_1000_eur": allocation.hours_per_1000_eur(inv, ptf),
        "pen": allocation.pen(inv),
        "skills": allocation.skills(inv, ptf),
    }


def allocation_figures(tables: Mapping[str, pd.DataFrame]) -> list[KeyFigure]:
    """The key figures on allocation."""
    if "allocation_modes" not in tables:
        return []
    modes, core = tables["allocation_modes"], tables["common_core"]
    found = [
        figure_of("allocation.modes", text("ways of allocating money to help at home").template, len(modes),
                  "modes", "rows", Rows("allocation_modes"), "modes"),
        figure_of("allocation.forms", text("tariff forms among them").template, modes["tariff_form"].nunique(),
                  "modes", "distinct tariff forms", Rows("allocation_modes"), "modes"),
        figure_of("allocation.price_units", text("price units among them").template, modes["price_unit"].nunique(),
                  "modes", "distinct price units", Rows("allocation_modes"), "modes"),
    ]  # fmt: skip
    if len(core):
        widest = core.iloc[0]
        rows = Rows("common_core", {"function_id": (str(widest["function_id"]),)})
        found += [
            figure_of("core.silos", text("silos that share the most widespread function").template,
                      float(widest["silos"]), "silos", "distinct silos of its services", rows, "silos"),
            figure_of("core.structures", text("types of structure that provide it").template,
                      float(widest["structures"]), "structures", "distinct structures of its services", rows,
                      "structures"),
        ]  # fmt: skip
    return found + _prices(tables["hour_prices"]) + _heaviest(tables["hours_per_1000_eur"])


def _prices(prices: pd.DataFrame) -> list[KeyFigure]:
    """The cheapest and the dearest hour of the one year that most modes state."""
    known = prices[prices["eur_per_h"].notna()]
    if known.empty:
        return []
    counted = known.groupby("year")["allocation_id"].nunique()
    year = counted[counted == counted.max()].index.max()
    same = known[known["year"] == year].sort_values("eur_per_h", kind="stable")
    rows = Rows("hour_prices", {"year": (str(year),)})
    found = [
        figure_of("prices.year", text("year of these prices").template, float(year), "year", "the year most stated",
                  rows, "modes"),
    ]  # fmt: skip
    for name, row in (("lowest", same.iloc[0]), ("highest", same.iloc[-1])):
        named = Rows("hour_prices", {"year": (str(year),), "allocation_id": (str(row["allocation_id"]),)})
        low, high = float(row["eur_per_h_low"]), float(row["eur_per_h_high"])
        found.append(
            figure_of(f"prices.{name}", text("price of an hour").template, float(row["eur_per_h"]), "eur_per_h",
                      "eur_per_h", named, "hours", low=low, high=high)
        )  # fmt: skip
    return found


def _heaviest(ratios: pd.DataFrame) -> list[KeyFigure]:
    known = ratios[ratios["h_per_1000_eur"].notna()].sort_values("h_per_1000_eur", ascending=False, kind="stable")
    found = [
        figure_of("ratios.known", text("modes whose hours per 1,000 € can be worked out").template, len(known),
                  "modes", "rows with a value", Rows("hours_per_1000_eur"), "modes"),
        figure_of("ratios.all", text("modes in the inventory").template, len(ratios), "modes", "rows",
                  Rows("hours_per_1000_eur"), "modes"),
    ]  # fmt: skip
    if len(known):
        top = known.iloc[0]
        found.append(
            figure_of("ratios.highest", text("administrative hours per 1,000 € allocated").template,
                      float(top["h_per_1000_eur"]), "h", "hours a year / (value × volume / 1,000)",
                      Rows("hours_per_1000_eur", {"allocation_id": (str(top["allocation_id"]),)}), "hours",
                      low=float(top["h_per_1000_eur_low"]), high=float(top["h_per_1000_eur_high"]))
        )  # fmt: skip
    return found
