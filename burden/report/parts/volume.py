"""Modes of allocation for one same volume of help: the administrative hours that each brings."""

from __future__ import annotations

import pandas as pd

from burden.analysis import allocation
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

HOURS_OF_HELP = 10_000.0
"""Volume for which modes are compared, in hours of help a year."""


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Modes at the same volume; nothing where no unit of the portfolio gives help under a mode."""
    found = allocation.same_volume(audited.borne, audited.portfolio, hours_of_help=HOURS_OF_HELP)
    concerned = found[~found["refused"].isin(["no_unit", "no_actor"])]
    return {"same_volume": found} if len(concerned) else {}


def key_figures(found: Tables) -> list[KeyFigure]:
    """How many modes compare, and the least and the most hours."""
    if "same_volume" not in found:
        return []
    rows = Rows("same_volume")
    every = found["same_volume"]
    every = every[~every["refused"].isin(["no_unit", "no_actor"])]
    # A supplement comes on top of a mode: it stands for none.
    every = every[every["value_kind"].fillna("") != "supplement"]
    known = every[every["refused"] == ""].sort_values("hours_per_year", kind="stable")
    numbers = [
        figure_of("volume.help", text("hours of help a year").template, HOURS_OF_HELP, "h", "parameter", rows, "hours"),
        figure_of("volume.known", text("modes that can be brought to it").template, len(known), "modes",
                  "rows with hours", rows, "modes"),
        figure_of("volume.all", text("modes of the structures audited").template, len(every), "modes", "rows", rows,
                  "modes"),
    ]  # fmt: skip
    if len(known) < 2:
        return numbers
    for name, row in (("least", known.iloc[0]), ("most", known.iloc[-1])):
        one = Rows("same_volume", {"allocation_id": (str(row["allocation_id"]),)})
        numbers.append(
            figure_of(f"volume.{name}", text("administrative hours a year at that volume").template,
                      row["hours_per_year"], "h", "hours of the mode's obligations on a unit of that volume", one,
                      "hours", low=float(row["hours_per_year_low"]), high=float(row["hours_per_year_high"]),
                      unmeasured=int(row["rows_unmeasured"]))
        )  # fmt: skip
    return numbers


def findings(_: Reading) -> list[Block]:
    """Nothing on the first page: what is left out of the comparison must be read with it."""
    return []


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no mode concerns the portfolio."""
    if "same_volume" not in reading.audit.tables:
        return ()
    blocks: tuple[Block, ...] = (_sentence(reading), _table(reading))
    return (Section("same-volume", text("Modes for the same volume of help"), blocks),)


def _sentence(reading: Reading) -> Sentence:
    figure = reading.figure
    counted = {"help": figure("volume.help"), "known": figure("volume.known"), "all": figure("volume.all")}
    if "volume.most" not in reading.audit.figures:
        return Sentence(text(
            "For {help} hours of help a year, modes cannot be compared: {known} of {all} can be brought to that "
            "volume. How many hours of help a day, a measure or a budget stands for is a question to those who give "
            "it.",
            **counted,
        ))  # fmt: skip
    least, most = figure("volume.least"), figure("volume.most")
    return Sentence(text(
        "For {help} hours of help a year, {known} modes of {all} compare: from {least} administrative hours on the "
        "service ({cheap}) to {most} ({dear}). How many hours of help a day, a measure or a budget stands for is a "
        "question to those who give it.",
        **counted, least=least, most=most, cheap=_mode(reading, least), dear=_mode(reading, most),
    ))  # fmt: skip


def _mode(reading: Reading, figure: KeyFigure) -> str:
    frame = figure.rows.of(reading.audit.tables)
    return _names(reading, frame)[0]


def _names(reading: Reading, frame: pd.DataFrame) -> list[str]:
    named = frame["name_fr"] if reading.language == "fr" else frame["name_en"].fillna(frame["name_fr"])
    return [str(n) for n in named]


def _table(reading: Reading) -> Table:
    frame = reading.table("same_volume")
    frame = frame[~frame["refused"].isin(["no_unit", "no_actor"])]
    frame = frame.assign(
        name=_names(reading, frame), silo=[reading.names.of("silos", s) for s in frame["silo_id"]],
        unit=["" if pd.isna(u) else reading.code("price_unit", u) for u in frame["price_unit"]],
        reason=allocation.reasons(frame["refused"], reading.language),
        counted=[
            "" if why else f"{n} / {m}"
            for n, m, why in zip(frame["obligations_counted"], frame["obligations"], frame["refused"], strict=True)
        ],
    )  # fmt: skip
    frame["lines"] = frame["rows_unmeasured"].astype("str").mask(frame["refused"] != "", "")
    columns = {
        "name": text("Service"), "silo": text("Silo"), "unit": text("Price unit"), "counted": text("Tools counted"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"), "fixed_h": text("of which does not depend on volume"),
        "lines": text("Lines not measured"), "reason": text("Why there is none"),
    }  # fmt: skip
    return Table(
        "same-volume", text("Administrative hours of a service for the same volume of help"),
        display(frame, columns, reading.language),
        text("Tools counted: those of the mode that fall on the service, out of all that the mode brings. What falls "
             "on the operator is left out. A tool that several modes share is in each: modes do not add up. A "
             "supplement comes on top of a mode. Where lines are not measured, hours are at least so many."),
    )  # fmt: skip
