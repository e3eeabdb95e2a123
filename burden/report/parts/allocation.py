"""How silos pay for a family of services, what these share, and what each way of paying brings."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from burden import figures as charts
from burden.analysis import allocation
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Every table on allocation; none where no mode concerns the portfolio's types of structure."""
    inv, ptf = audited.borne, audited.portfolio
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


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on allocation."""
    if "allocation_modes" not in found:
        return []
    modes, core = found["allocation_modes"], found["common_core"]
    numbers = [
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
        numbers += [
            figure_of("core.silos", text("silos that share the most widespread function").template,
                      float(widest["silos"]), "silos", "distinct silos of its services", rows, "silos"),
            figure_of("core.structures", text("types of structure that provide it").template,
                      float(widest["structures"]), "structures", "distinct structures of its services", rows,
                      "structures"),
        ]  # fmt: skip
    return numbers + _prices(found["hour_prices"]) + _heaviest(found["hours_per_1000_eur"])


def _prices(prices: pd.DataFrame) -> list[KeyFigure]:
    """The cheapest and the dearest hour of the one year that most modes state; what a relative is paid is no price."""
    known = prices[prices["eur_per_h"].notna() & (prices["value_kind"] != "compensation")]
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


def findings(reading: Reading) -> list[Block]:
    """What the tables on allocation say, in sentences."""
    if "allocation.modes" not in reading.audit.figures:
        return []
    figure = reading.figure
    blocks: list[Block] = [
        Sentence(text(
            "Help at home is paid for in {modes} ways, under {forms} tariff forms and {units} price units.",
            modes=figure("allocation.modes"), forms=figure("allocation.forms"),
            units=figure("allocation.price_units"),
        ))
    ]  # fmt: skip
    if "core.silos" in reading.audit.figures:
        blocks.append(_core_finding(reading))
    if "prices.lowest" in reading.audit.figures:
        blocks.append(_price_finding(reading))
    blocks.append(_ratio_finding(reading))
    return blocks


def _core_finding(reading: Reading) -> Sentence:
    widest = reading.figure("core.silos").rows.where["function_id"][0]
    return Sentence(text(
        "The common core of these services is led by {function}: {silos} silos provide it, through {structures} types "
        "of structure. This mapping is a proposal that nobody has agreed yet.",
        function=reading.joined([reading.names.of("functions", widest)]),
        silos=reading.figure("core.silos"), structures=reading.figure("core.structures"),
    ))  # fmt: skip


def _price_finding(reading: Reading) -> Sentence:
    lowest, highest = reading.figure("prices.lowest"), reading.figure("prices.highest")
    return Sentence(text(
        "In {year}, an hour of help with everyday acts is worth from {lowest} ({cheap}) to {highest} ({dear}).",
        year=reading.figure("prices.year"), lowest=lowest, highest=highest,
        cheap=_mode_name(reading, "hour_prices", lowest), dear=_mode_name(reading, "hour_prices", highest),
    ))  # fmt: skip


def _mode_name(reading: Reading, table: str, figure: KeyFigure) -> str:
    """Name of the mode of allocation that a figure is about."""
    modes = reading.table(table).drop_duplicates("allocation_id").set_index("allocation_id")
    return str(modes["name_en" if reading.language == "en" else "name_fr"][figure.rows.where["allocation_id"][0]])


def _ratio_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    if "ratios.highest" not in reading.audit.figures:
        return Sentence(text(
            "Which mode brings most administration per euro cannot be said: of {all} modes none has both a known value "
            "and a known volume here.",
            all=figure("ratios.all"),
        ))  # fmt: skip
    highest = figure("ratios.highest")
    name = _mode_name(reading, "hours_per_1000_eur", highest)
    return Sentence(text(
        "Of the {known} modes out of {all} where it can be worked out, {mode} brings most administration: {hours} "
        "hours per thousand euros allocated (from {low} to {high}).",
        known=figure("ratios.known"), all=figure("ratios.all"), mode=reading.joined([name]),
        hours=highest, low=(highest, "low"), high=(highest, "high"),
    ))  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no mode concerns the portfolio."""
    if "allocation_modes" not in reading.audit.tables:
        return ()
    blocks = (
        _modes_chart(reading),
        _prices_chart(reading),
        _core_table(reading),
        _ratios_table(reading),
        _pen_table(reading),
        _skills_table(reading),
    )
    return (Section("allocation", text("How the money is allocated"), blocks),)


def _named(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with the names a reader knows, for the columns that hold identifiers or codes."""
    named = frame.assign(
        name=frame["name_en"].fillna(frame["name_fr"]) if reading.language == "en" else frame["name_fr"]
    )
    if "silo_id" in frame:
        named["silo"] = [reading.names.of("silos", s) for s in frame["silo_id"]]
    if "funder_ids" in frame:
        named["funders"] = [", ".join(reading.names.several("authorities", f)) for f in frame["funder_ids"]]
    for code in ("tariff_form", "price_unit", "opening", "budget_cycle"):
        if code in frame:
            named[f"{code}_name"] = ["" if pd.isna(c) else reading.code(code, c) for c in frame[code]]
    if "refused" in frame:
        named["reason"] = allocation.reasons(frame["refused"].fillna(""), reading.language)
    return named


def _modes_chart(reading: Reading) -> Chart:
    frame = reading.table("allocation_modes")
    columns = {
        "name": text("Service"), "silo": text("Silo"), "funders": text("Funded by"),
        "tariff_form_name": text("Tariff form"), "price_unit_name": text("Price unit"),
        "opening_name": text("Opened by"), "budget_cycle_name": text("Budget cycle"),
    }  # fmt: skip
    labels = {**reading.names.by_table["authorities"], **reading.names.by_table["silos"]}
    return Chart(
        "allocation_modes",
        partial(charts.allocation_modes, frame, labels=labels, language=reading.language),
        Table("modes", text("How help at home is paid for, opened and controlled"),
              display(_named(reading, frame), columns, reading.language)),
    )  # fmt: skip


def _prices_chart(reading: Reading) -> Chart:
    frame = reading.table("hour_prices")
    columns = {
        "name": text("Service"), "funders": text("Funded by"), "year_shown": text("Year"),
        "eur_per_h_shown": text("€ an hour"), "reason": text("Why there is none"),
    }  # fmt: skip
    shown = _named(reading, frame).assign(
        year_shown=["" if pd.isna(y) else str(int(y)) for y in frame["year"]],
        eur_per_h_shown=[_price(p, reading.language) for p in frame["eur_per_h"]],
    )
    return Chart(
        "price_of_an_hour",
        partial(
            charts.price_of_an_hour, frame, labels=reading.names.by_table["authorities"], language=reading.language
        ),
        Table("prices", text("The price of an hour"), display(shown, columns, reading.language)),
    )


def _price(value: float, language: str) -> str:
    return "" if np.isnan(value) else charts.euros(value, language)


def _core_table(reading: Reading) -> Table:
    frame = reading.table("common_core")
    shown = _named(reading, frame).assign(
        fields=[", ".join(reading.names.several("silos", s)) for s in frame["silo_ids"]],
        units=[
            ", ".join(reading.code("price_unit", u) for u in units.split("|") if u) for units in frame["price_units"]
        ],
    )
    columns = {
        "name": text("Function"), "serafin_code": text("SERAFIN-PH code"), "fields": text("Silos"),
        "structures": text("Types of structure"), "funders": text("Funded by"), "units": text("Price units"),
    }  # fmt: skip
    return Table(
        "core",
        text("The common core: functions that several silos provide at home"),
        display(shown, columns, reading.language),
        text("The function and code of each service are a proposal; none has been agreed by the silos."),
    )


def _ratios_table(reading: Reading) -> Table:
    frame = reading.table("hours_per_1000_eur")
    shown = _named(reading, frame)
    shown = shown[shown["h_per_1000_eur"].notna() | (shown["refused"].fillna("") != "no_unit")]
    columns = {
        "name": text("Service"), "silo": text("Silo"), "h_per_1000_eur": text("Hours per 1,000 €"),
        "h_per_1000_eur_low": text("Low"), "h_per_1000_eur_high": text("High"), "reason": text("Why there is none"),
    }  # fmt: skip
    return Table(
        "ratios",
        text("Administrative hours per 1,000 € allocated"),
        display(shown, columns, reading.language),
        text("Obligations that fall on the operator as a whole are not shared out between modes."),
    )


def _pen_table(reading: Reading) -> Table:
    frame = reading.table("pen")
    shown = frame.assign(
        name=[reading.names.of("authorities", a) for a in frame["authority_id"]],
        does=[reading.code("pen_role", r) for r in frame["role"]],
        fields=[", ".join(reading.names.several("silos", s)) for s in frame["silo_ids"]],
    ).head(15)
    columns = {
        "name": text("Authority"), "does": text("Role"), "modes": text("Modes"), "fields": text("Silos"),
    }  # fmt: skip
    return Table("pen", text("Who prices, controls and evaluates"), display(shown, columns, reading.language))


def _skills_table(reading: Reading) -> Table:
    frame = reading.table("skills").head(15)
    shown = frame.assign(
        name=[reading.names.of("authorities", a) for a in frame["authority_id"]],
        knows=[reading.code("skill", s) for s in frame["skill"]],
    )
    columns = {
        "name": text("Authority"), "knows": text("Skill"), "obligations": text("Tools"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"),
    }  # fmt: skip
    return Table(
        "skills",
        text("Skills that the tools call for on the authorities' side"),
        display(shown, columns, reading.language),
        text("Which skill an instrument calls for is an assumption. A tool that needs several counts in each."),
    )
