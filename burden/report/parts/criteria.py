"""What controls look at: which look at the same, and what one more adds."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import coverage
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

CYCLE_YEARS = 5
"""Years within which a fault is to be seen: those of the quality evaluation."""


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """What controls look at; nothing where no two controls of one structure look at the same."""
    inv, ptf = audited.borne, audited.portfolio
    overlapping = coverage.overlapping_controls(inv, ptf)
    if overlapping.empty:
        return {}
    scenario = coverage.marginal_detection(
        inv, ptf, detection=coverage.ASSUMED_DETECTION, blind_spot=coverage.ASSUMED_BLIND_SPOT,
        cycle_years=CYCLE_YEARS,
    )  # fmt: skip
    return {
        "coverages": coverage.coverages(inv),
        "overlapping_controls": overlapping,
        "marginal_detection": scenario,
        "recognitions": coverage.recognitions(inv),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on criteria and on the scenario."""
    if "overlapping_controls" not in found:
        return []
    covers, overlapping = found["coverages"], found["overlapping_controls"]
    first = overlapping.iloc[0]
    looked = covers.loc[covers["coverage"] > 0, "criterion_id"].nunique()
    return [
        figure_of("criteria.looked", text("criteria that some control looks at").template, looked, "criteria",
                  "criteria with a coverage above 0", Rows("coverages"), "criteria"),
        figure_of("criteria.several", text("criteria that several controls of one structure look at").template,
                  overlapping["criterion_id"].nunique(), "criteria",
                  "criteria that two or more controls of one type of structure cover", Rows("overlapping_controls"),
                  "criteria"),
        figure_of("criteria.most", text("controls that look at the most looked-at criterion").template,
                  first["controls"], "controls", "tools that cover it and fall on one type of structure",
                  _of_group("overlapping_controls", first, "criterion_id"), "controls"),
        *_scenario(found, first),
    ]  # fmt: skip


def _of_group(table: str, row: pd.Series, *more: str) -> Rows:
    """The rows of one group of units."""
    return Rows(table, {c: (str(row[c]),) for c in ("actor_id", "tags", *more)})


def _scenario(found: Tables, first: pd.Series) -> list[KeyFigure]:
    """What the first and the last control of the most looked-at criterion add."""
    rows = _of_group("marginal_detection", first, "criterion_id")
    chain = rows.of(found)
    chain = chain[chain["marginal_detection"].notna()]
    if len(chain) < 2:
        return []
    start, end = chain.iloc[0], chain.iloc[-1]
    formula = "(1 − b) × (1 − Π (1 − d × coverage × looks)), d and b assumed"
    numbers = [
        figure_of(f"detection.{name}", told.template, row[column], "share", formula, rows, "controls",
                  low=float(row[f"{column}_low"]), high=float(row[f"{column}_high"]))
        for name, told, row, column in (
            ("first", text("chance that the first control sees a fault"), start, "detection"),
            ("all", text("chance that one of the controls sees a fault"), end, "detection"),
            ("last", text("what the last control adds to that chance"), end, "marginal_detection"),
            ("full_look", text("assumed chance that a full look sees a fault"), start, "full_look"),
            ("blind_spot", text("assumed share of faults that all controls miss"), start, "blind_spot"),
        )
    ]  # fmt: skip
    numbers += [
        figure_of("detection.controls", text("controls in the scenario").template, len(chain), "controls", "rows",
                  rows, "controls"),
        figure_of("detection.years", text("years in a cycle").template, end["cycle_years"], "years", "parameter", rows,
                  "years"),
    ]  # fmt: skip
    prices = (("first", text("hours for one point of the first control"), start),
              ("last", text("hours for one point of the last control"), end))  # fmt: skip
    return numbers + [
        figure_of(f"detection.{name}_price", told.template, row["hours_per_point"], "h",
                  "hours of both sides in a cycle / points of detection added", rows, "hours")
        for name, told, row in prices
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """Which criterion most controls look at, in a sentence."""
    if "criteria.most" not in reading.audit.figures:
        return []
    figure = reading.figure
    top = figure("criteria.most")
    return [
        Sentence(text(
            "Of {looked} criteria that controls look at, two or more controls of one same type of structure look at "
            "{several}, and up to {most} at the same one ({actor}: {criterion}). How far each looks is a judgement; "
            "whether they look at the same part of it is a question to those who control.",
            looked=figure("criteria.looked"), several=figure("criteria.several"), most=top,
            actor=reading.names.of("actors", top.rows.where["actor_id"][0]),
            criterion=reading.joined([_criterion(reading, top)]),
        ))
    ]  # fmt: skip


def _criteria(reading: Reading) -> dict[str, str]:
    return charts.labels_of(reading.audit.inventory, "criteria", language=reading.language)


def _criterion(reading: Reading, figure: KeyFigure) -> str:
    """Name of the criterion that a figure is about."""
    identifier = figure.rows.where["criterion_id"][0]
    return _criteria(reading).get(identifier, identifier)


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no two controls look at the same."""
    if "criteria.most" not in reading.audit.figures:
        return ()
    blocks = (
        _chart(reading),
        *_scenario_blocks(reading),
        _recognition_table(reading),
    )
    return (Section("criteria", text("What controls look at"), blocks),)


def _chart(reading: Reading) -> Chart:
    names = {**reading.names.by_table["obligations"], **_criteria(reading)}
    frame = reading.table("overlapping_controls").head(SHOWN)
    frame = frame.assign(
        name=[names.get(c, c) for c in frame["criterion_id"]],
        who=[reading.names.of("actors", a) for a in frame["actor_id"]],
        tools=[", ".join(reading.names.several("obligations", o)) for o in frame["obligation_ids"]],
    )
    columns = {
        "name": text("Criterion"), "who": text("Controlled"), "controls": text("Controls"),
        "coverage_sum": text("Sum of what they cover"), "coverage_best": text("Most covered by one"),
        "excess_over_one": text("Looked at again, at least"), "excess_over_best": text("Looked at again, at most"),
        "tools": text("Which"),
    }  # fmt: skip
    shares = ("coverage_sum", "coverage_best", "excess_over_one", "excess_over_best")
    table = Table(
        "overlapping-controls", text("Criteria that most controls of one structure look at"),
        display(frame, columns, reading.language, shares=shares),
        text("In per cent of the criterion. At least: the parts looked at are as different as they can be; at most: "
             "the same. Tools that the inventory does not tie to a criterion are not counted."),
    )  # fmt: skip
    drawn = partial(charts.controls_on_criteria, reading.table("coverages"), labels=names, language=reading.language)
    return Chart("controls_on_criteria", drawn, table)


def _scenario_blocks(reading: Reading) -> list[Block]:
    if "detection.last" not in reading.audit.figures:
        return []
    figure = reading.figure
    last = figure("detection.last")
    sentence = Sentence(text(
        "A scenario, not a measurement: if a full look sees a fault with a chance of {full} (from {full_low} to "
        "{full_high}) and all controls miss {blind} of the faults (from {blind_low} to {blind_high}), then on "
        "{criterion}, over {years} years, the first control sees {first} of them and all {controls} together {all}. "
        "The last adds {last} of the faults (from {last_low} to {last_high}), at {last_price} hours of both sides for "
        "one point, against {first_price} for the first.",
        full=figure("detection.full_look"), full_low=(figure("detection.full_look"), "low"),
        full_high=(figure("detection.full_look"), "high"), blind=figure("detection.blind_spot"),
        blind_low=(figure("detection.blind_spot"), "low"), blind_high=(figure("detection.blind_spot"), "high"),
        criterion=reading.joined([_criterion(reading, last)]), years=figure("detection.years"),
        first=figure("detection.first"), controls=figure("detection.controls"), all=figure("detection.all"),
        last=last, last_low=(last, "low"), last_high=(last, "high"),
        last_price=figure("detection.last_price"), first_price=figure("detection.first_price"),
    ))  # fmt: skip
    return [sentence, _scenario_table(reading, last)]


def _scenario_table(reading: Reading, last: KeyFigure) -> Table:
    frame = last.rows.of(reading.audit.tables)
    frame = frame.assign(tool=[reading.names.of("obligations", o) for o in frame["obligation_id"]])
    columns = {
        "order": text("Order"), "tool": text("Control"), "coverage": text("Covers"),
        "looks_per_cycle": text("Times in a cycle"), "detection": text("Chance of seeing a fault so far"),
        "marginal_detection": text("Added by this one"), "marginal_detection_low": text("Low"),
        "marginal_detection_high": text("High"), "hours": text("Hours of both sides"),
        "hours_per_point": text("Hours for one point"),
    }  # fmt: skip
    shares = ("coverage", "detection", "marginal_detection", "marginal_detection_low", "marginal_detection_high")
    caption = text("What each further control would add: {criterion}", criterion=_criterion(reading, last))
    return Table(
        "detection-scenario", caption, display(frame, columns, reading.language, shares=shares),
        text("The chances are assumed: nobody measured what a control sees. From the control that sees most to the one "
             "that sees least; another order gives the same whole. A control may also deter or advise, which is not "
             "counted. All criteria are in {file}.", file="tables/marginal_detection.csv"),
    )  # fmt: skip


def _recognition_table(reading: Reading) -> Table:
    # Each control once, those with most criteria first, with the one that answers most of it.
    frame = reading.table("recognitions").drop_duplicates("of")
    frame = frame.sort_values(["criteria", "recognised"], ascending=False, kind="stable").head(SHOWN)
    frame = frame.assign(
        asked=[reading.names.of("obligations", o) for o in frame["of"]],
        answers=[reading.names.of("obligations", o) for o in frame["by"]],
    )
    columns = {
        "asked": text("Control"), "criteria": text("Criteria"), "answers": text("Other control"),
        "common": text("of which it looks at"), "recognised": text("Looked at as far"),
        "recognised_low": text("Low"), "recognised_high": text("High"),
    }  # fmt: skip
    shares = ("recognised", "recognised_low", "recognised_high")
    return Table(
        "recognitions", text("How far another control looks at the same criteria"),
        display(frame, columns, reading.language, shares=shares),
        text("Mean over the criteria of the control, each counted up to what it looks at itself, 0 where the other "
             "only cites it. It takes both to look at the same part as far as they can; the low value, at parts as "
             "different as they can be. It says nothing of independence, date or powers of inquiry."),
    )  # fmt: skip
