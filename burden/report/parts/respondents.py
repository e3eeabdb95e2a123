"""What those who answer say: how long it takes them, and how heavy it feels."""

from __future__ import annotations

import pandas as pd

from burden.analysis import estimates, perceived
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

_HEAVIEST = 3


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Combined estimates and perceived burden, each where somebody answered."""
    inv, ptf = audited.borne, audited.portfolio
    found = {}
    combined = estimates.combined(inv)
    if len(combined):
        found["estimates_combined"] = combined
    felt = perceived.perceived(inv)
    if len(felt):
        found |= {"perceived": felt, "perceived_gap": perceived.gap(inv, ptf)}
    return found


def key_figures(found: Tables) -> list[KeyFigure]:
    """How many answered, and what their answers allow."""
    numbers = []
    if "estimates_combined" in found:
        rows = found["estimates_combined"]
        answers = rows["respondents"].sum() + rows["earlier_answers"].sum()
        numbers += [
            figure_of("estimates.answers", text("answers on how long it takes").template, answers, "answers",
                      "answers that count and answers revised since", Rows("estimates_combined"), "answers"),
            _counted("estimates.agreed", text("items and activities that have an estimate").template, rows, "estimate"),
            _counted("estimates.scattered", text("items and activities without enough data").template, rows,
                     "not_enough_data"),
        ]  # fmt: skip
    if "perceived" in found:
        felt = found["perceived"]
        numbers += [
            figure_of("perceived.answers", text("answers on how heavy it feels").template, felt["answers"].sum(),
                      "answers", "sum of the answers", Rows("perceived"), "answers"),
            figure_of("perceived.tools", text("tools with enough answers").template,
                      (felt["status"] == "enough").sum(), "obligations",
                      f"tools with at least {perceived.MINIMUM_ANSWERS} answers",
                      Rows("perceived", {"status": ("enough",)}), "obligations"),
            figure_of("perceived.too_few", text("tools with too few answers").template,
                      (felt["status"] != "enough").sum(), "obligations",
                      f"tools with fewer than {perceived.MINIMUM_ANSWERS} answers",
                      Rows("perceived", {"status": ("not_enough_data",)}), "obligations"),
        ]  # fmt: skip
    return numbers


def _counted(identifier: str, name: str, rows: pd.DataFrame, status: str) -> KeyFigure:
    where = Rows("estimates_combined", {"status": (status,)})
    return figure_of(identifier, name, (rows["status"] == status).sum(), "lines", f"rows of status {status}", where,
                     "lines")  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What answers say together, and where they say nothing."""
    figures, figure = reading.audit.figures, reading.figure
    blocks: list[Block] = []
    if "estimates.answers" in figures:
        blocks.append(Sentence(text(
            "{answers} answers were collected on how long it takes: they agree enough for {agreed} items and "
            "activities; for {scattered} they are too far apart, and no figure is drawn from them: not enough data.",
            answers=figure("estimates.answers"), agreed=figure("estimates.agreed"),
            scattered=figure("estimates.scattered"),
        )))  # fmt: skip
    if "perceived.answers" in figures:
        blocks.append(_felt_finding(reading))
    return blocks


def _felt_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    gaps = reading.table("perceived_gap")
    heavier = gaps[gaps["rank_gap"] > 0].head(_HEAVIEST)
    if heavier.empty:
        return Sentence(text(
            "{answers} answers say how heavy tools feel: {tools} tools have enough of them, {few} have not. None is "
            "felt to be heavier than its hours say.",
            answers=figure("perceived.answers"), tools=figure("perceived.tools"), few=figure("perceived.too_few"),
        ))  # fmt: skip
    return Sentence(text(
        "{answers} answers say how heavy tools feel: {tools} tools have enough of them, {few} have not. Felt to be "
        "heavier than their hours say: {names}.",
        answers=figure("perceived.answers"), tools=figure("perceived.tools"), few=figure("perceived.too_few"),
        names=reading.joined([reading.names.of("obligations", o) for o in heavier["obligation_id"]]),
    ))  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where nobody answered."""
    held = reading.audit.tables
    blocks: list[Block] = []
    if "estimates_combined" in held:
        blocks.append(_estimates_table(reading))
    if "perceived" in held:
        blocks.append(_felt_table(reading))
    return (Section("respondents", text("What those who answer say"), tuple(blocks)),) if blocks else ()


def _estimates_table(reading: Reading) -> Table:
    frame = reading.table("estimates_combined").sort_values("status", ascending=False, kind="stable").head(SHOWN)
    scattered = text("not enough data").render(reading.language)
    items = zip(frame["concept_id"], frame["activity"], strict=True)
    shown = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        what=[reading.names.of("concepts", c) if pd.notna(c) else reading.code("activity", a) for c, a in items],
        who=[reading.code("side", s) for s in frame["side"]],
        said=frame["answers"].str.replace("|", " ; "),
        median=[scattered if pd.isna(m) else m for m in frame["minutes"]],
    )
    columns = {
        "name": text("Tool"), "what": text("Item or activity"), "who": text("Side"),
        "said": text("Answers (minutes)"), "respondents": text("Respondents"), "median": text("Median"),
    }  # fmt: skip
    return Table(
        "estimates", text("How long it takes, as those who answer say"), display(shown, columns, reading.language),
        text("Every answer is kept. When answers lie too far apart (half of them further than half the median from "
             "it), there is not enough data to give a number: ask more people, or ask what differs between them. All "
             "of them are in {file}.", file="tables/estimates_combined.csv"),
    )  # fmt: skip


def _felt_table(reading: Reading) -> Table:
    frame = reading.table("perceived").merge(
        reading.table("perceived_gap")[["obligation_id", "perceived_rank", "hours_rank"]], on="obligation_id"
    )
    frame = frame.head(SHOWN)
    few = text("not enough data").render(reading.language)
    shown = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        heavy=[few if pd.isna(s) else s for s in frame["score"]],
    )
    columns = {
        "name": text("Tool"), "answers": text("Answers"), "learning": text("Finding out"),
        "compliance": text("Doing it"), "psychological": text("Strain"), "heavy": text("Felt burden"),
        "perceived_rank": text("Rank felt"), "hours_rank": text("Rank in hours"),
    }  # fmt: skip
    low, high = perceived.limits()
    return Table(
        "felt", text("How heavy it feels, beside the hours"), display(shown, columns, reading.language),
        text("Mean answers from {low} (no burden) to {high}, after the three-item scale of Jilke, Bækgaard, Herd and "
             "Moynihan (2024), validated on users of social welfare, not on organisations. Under {minimum} answers "
             "nothing is said.", low=f"{low:g}", high=f"{high:g}", minimum=perceived.MINIMUM_ANSWERS),
    )  # fmt: skip
