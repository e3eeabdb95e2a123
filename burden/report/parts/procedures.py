"""Choosing by competition as a scenario, and by other procedures: what each takes, and up to where it applies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import calls
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

SCENARIO_EUR = 23_000.0
"""Amount of the scenario: above it a grant takes an agreement (decree 2001-495, art. 1)."""
MOST_CANDIDATES = 30
DRAWN_FIRST = ("call_for_projects", "grant", "call_for_interest")
"""Procedure of the scenario: the first of these whose file the inventory has."""
_LIKELY = "P50 of the draws; low is P10, high is P90"


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Procedures and a scenario; nothing where no real call says how many candidates there are."""
    # What would allocate the same award otherwise, and what of a call falls on the authority alone, is not borne today.
    inv = audited.whole
    steps = calls.procedure_steps(inv)
    present = steps.loc[steps["present"] & (steps["each"] == "candidate"), "procedure"].tolist()
    rivals = _rivals(known["calls"]) if "calls" in known else 0
    if not rivals or not present:
        return {}
    one = {p: 1 if p in calls.WITHOUT_RIVALS else rivals for p in present}
    return {
        "procedure_steps": steps[steps["procedure"].isin(present)].reset_index(drop=True),
        "procedure_thresholds": calls.thresholds(inv),
        "procedures": calls.procedures(inv, candidates=one, awards=1, amount_eur=math.nan, duration_years=1),
        **_scenario(inv, present),
    }


def _rivals(found: pd.DataFrame) -> int:
    """Candidates for an award in the median real call; none where nobody counted them."""
    known = found["candidates_per_award"].dropna()
    return max(2, round(float(known.median()))) if len(known) else 0


def _scenario(inv: Inventory, present: list[str]) -> dict[str, pd.DataFrame]:
    drawn = next((p for p in DRAWN_FIRST if p in present), None)
    if drawn is None:
        return {}
    curve = calls.curve(
        inv, drawn, awards=1, amount_eur=SCENARIO_EUR, duration_years=1, candidates=range(1, MOST_CANDIDATES + 1)
    )
    return {"call_curve": curve}


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on the scenario and on the procedures."""
    return [*_of_scenario(found), *_of_procedures(found)] if "procedures" in found else []


def _of_scenario(found: Tables) -> list[KeyFigure]:
    """The amount under which the call costs more than it allocates, and where the scenario breaks even."""
    if "call_curve" not in found:
        return []
    whole = found["call_curve"]
    whole = whole[(whole["party"] == "total") & whole["eur_p50"].notna()]
    if whole.empty:
        return []
    rivals = _rivals(found["calls"])
    row = whole[whole["candidates"] == rivals].iloc[0]
    rows = Rows("call_curve", {"party": ("total",), "candidates": (str(rivals),)})
    numbers = [
        figure_of("scenario.rivals", text("candidates of the scenario").template, rivals, "candidates",
                  "median of candidates / awards in real calls, rounded, two at least", rows, "files"),
        figure_of("scenario.amount", text("amount under which the call costs more than it allocates").template,
                  float(row["eur_p50"]), "eur", _LIKELY, rows, "hours", low=float(row["eur_p10"]),
                  high=float(row["eur_p90"]), unmeasured=int(row["rows_unmeasured"])),
        figure_of("scenario.award", text("amount of the scenario").template, SCENARIO_EUR, "eur", "parameter", rows,
                  "euros"),
    ]  # fmt: skip
    crossing = _first_over(whole, "eur_p50")
    if not math.isnan(crossing):
        numbers.append(
            figure_of("scenario.crossing", text("candidates from which choosing costs what it allocates").template,
                      crossing, "candidates", "first number of candidates whose cost reaches the amount",
                      Rows("call_curve", {"party": ("total",)}), "files", low=_first_over(whole, "eur_p90"),
                      high=_first_over(whole, "eur_p10"))
        )  # fmt: skip
    return numbers


def _first_over(whole: pd.DataFrame, column: str) -> float:
    """First number of candidates whose cost reaches the amount; NaN beyond those drawn."""
    reached = whole.loc[whole[column] >= whole["amount_eur"], "candidates"]
    return float(reached.min()) if len(reached) else math.nan


def _of_procedures(found: Tables) -> list[KeyFigure]:
    """The heaviest and the lightest of the procedures with as many candidates."""
    if "procedures" not in found:
        return []
    whole = found["procedures"]
    whole = whole[(whole["party"] == "total") & (whole["hours"] > 0) & (whole["candidates"] > 1)]
    whole = whole.sort_values("hours_p50", kind="stable")
    numbers = []
    for name, row in (("least", whole.iloc[0]), ("most", whole.iloc[-1])) if len(whole) > 1 else ():
        rows = Rows("procedures", {"procedure": (str(row["procedure"]),)})
        numbers.append(
            figure_of(f"procedures.{name}", text("hours of choosing").template, float(row["hours_p50"]), "h",
                      _LIKELY, rows, "hours", low=float(row["hours_p10"]), high=float(row["hours_p90"]),
                      unmeasured=int(row["rows_unmeasured"]))
        )  # fmt: skip
    return numbers


def findings(reading: Reading) -> list[Block]:
    """Under which amount a call costs more than it allocates, in a sentence."""
    return _scenario_sentence(reading)


def sections(reading: Reading) -> tuple[Section, ...]:
    """The scenario and the procedures; nothing where neither is known."""
    if "procedures" not in reading.audit.tables:
        return ()
    blocks = (*_crossing(reading), *_curve_chart(reading), *_procedure_blocks(reading))
    return (Section("procedures", text("A call for projects or another procedure"), blocks),)


def _scenario_sentence(reading: Reading) -> list[Block]:
    if "scenario.amount" not in reading.audit.figures:
        return []
    figure, frame = reading.figure, reading.table("call_curve")
    amount = figure("scenario.amount")
    procedure = calls.PROCEDURE_NAMES[str(frame["procedure"].iloc[0])]
    return [Sentence(text(
        "A scenario, not a measurement: with {rivals} candidates, as in the median real call, a procedure of this kind "
        "({procedure}) costs more than it allocates under {amount} euros (between {low} and {high} eight times in "
        "ten).",
        rivals=figure("scenario.rivals"), procedure=procedure, amount=amount, low=(amount, "low"),
        high=(amount, "high"),
    ))]  # fmt: skip


def _crossing(reading: Reading) -> list[Block]:
    if "scenario.crossing" not in reading.audit.figures:
        return []
    crossing = reading.figure("scenario.crossing")
    return [Sentence(text(
        "For one award of {award} euros, the amount above which a grant takes an agreement, a procedure of this kind "
        "({procedure}) costs what it allocates from {n} candidates on.",
        award=reading.figure("scenario.award"), n=crossing,
        procedure=calls.PROCEDURE_NAMES[str(reading.table("call_curve")["procedure"].iloc[0])],
    ))]  # fmt: skip


def _curve_chart(reading: Reading) -> list[Block]:
    if "scenario.amount" not in reading.audit.figures:
        return []
    frame = reading.table("call_curve")
    whole = frame[(frame["party"] == "total") & frame["candidates"].isin([1, 2, 5, 10, 15, 20, 30])]
    lost = frame[frame["party"] == "losers"].set_index("candidates")["share_of_hours"]
    shown = whole.assign(losers=whole["candidates"].map(lost))
    columns = {
        "candidates": text("Candidates"), "hours_p50": text("Hours of choosing"), "eur_p50": text("Cost (€)"),
        "eur_p10": text("P10"), "eur_p90": text("P90"), "share_of_amount_p50": text("Share of the amount"),
        "losers": text("Share of the hours, those not chosen"),
    }  # fmt: skip
    table = Table(
        "call-cost", text("Cost of choosing by number of candidates"),
        display(shown, columns, reading.language, shares=("share_of_amount_p50", "losers")),
        text("One award of the amount said above. Every candidate is heard where the procedure hears them."),
    )  # fmt: skip
    return [Chart("call_cost", partial(charts.call_cost, frame, language=reading.language), table)]


def _procedure_blocks(reading: Reading) -> list[Block]:
    if "procedures" not in reading.audit.tables:
        return []
    frame = reading.table("procedures")
    names = {p: n.render(reading.language) for p, n in calls.PROCEDURE_NAMES.items()}
    hours = frame.pivot_table(index="procedure", columns="party", values="hours", sort=False, dropna=False)
    whole = frame[frame["party"] == "total"].set_index("procedure")
    shown = whole.assign(
        name=[names.get(str(p), str(p)) for p in whole.index],
        **{party: hours[party].reindex(whole.index) for party in ("winners", "losers", "authority")},
    ).sort_values("hours", ascending=False, kind="stable")
    columns = {
        "name": text("Procedure"), "candidates": text("Candidates"), "winners": text("Hours of those chosen"),
        "losers": text("Of those not chosen"), "authority": text("Of the authority"), "hours_p50": text("All, likely"),
        "hours_p10": text("P10"), "hours_p90": text("P90"), "eur_p50": text("Likely cost (€)"),
        "award_hours": text("Hours that follow, first year"), "rows_unmeasured": text("Lines not measured"),
    }  # fmt: skip
    table = Table(
        "procedures", text("The same award by each procedure"), display(shown, columns, reading.language),
        text("As many candidates for each as in the median real call, one where nobody else can apply. A call costs "
             "more than it allocates when the award is below the likely cost. An extension and a renewal presuppose "
             "an authorisation already given; they do not open a service."),
    )  # fmt: skip
    drawn = partial(charts.procedures, frame, labels=names, language=reading.language)
    return [*_extremes(reading), Chart("procedures", drawn, table), *_threshold_table(reading, names)]


def _extremes(reading: Reading) -> list[Block]:
    if "procedures.most" not in reading.audit.figures:
        return []
    most, least = reading.figure("procedures.most"), reading.figure("procedures.least")
    heavy, light = (calls.PROCEDURE_NAMES[f.rows.where["procedure"][0]] for f in (most, least))
    return [Sentence(text(
        "With as many candidates, choosing takes around {most} hours by one procedure ({heavy}; from {most_low} to "
        "{most_high} eight times in ten) and {least} by another ({light}; from {least_low} to {least_high}).",
        most=most, heavy=heavy, most_low=(most, "low"), most_high=(most, "high"), least=least, light=light,
        least_low=(least, "low"), least_high=(least, "high"),
    ))]  # fmt: skip


def _threshold_table(reading: Reading, names: Mapping[str, str]) -> list[Block]:
    frame = reading.table("procedure_thresholds")
    if frame.empty:
        return []
    shown = frame.assign(
        name=[names.get(str(p), str(p)) for p in frame["procedure"]],
        sure=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "name": text("Procedure"), "citation": text("Text"), "threshold_fr": text("Threshold"),
        "sure": text("Evidence"),
    }  # fmt: skip
    return [
        Table("thresholds", text("From where, or up to where, each procedure applies"),
              display(shown, columns, reading.language),
              text("In French, as the inventory states them; texts not read in force are to be read again."))
    ]  # fmt: skip
