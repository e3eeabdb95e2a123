"""Five years of controls on one structure: their hours, what they have in common, what a reform changed."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import coverage
from burden.model.messages import Text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

YEARS = 5
"""The cycle of the quality evaluation (CASF, D. 312-204)."""

_BOUNDS = ("_low", "", "_high")
_GROUP = ["actor_id", "tags"]
_CHANGED = ("before", "after")


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """The pile, what recognising would save, and the reform; nothing where no control falls on a structure."""
    # The regime of evaluation before 2022 falls on nobody today.
    inv, ptf = audited.whole, audited.portfolio
    piled = coverage.in_common(inv, ptf, years=YEARS)
    kind = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    piled = piled[piled["actor_id"].map(kind) == "establishment"]
    if piled.empty or not piled["respondent_h"].gt(0).any():
        return {}
    most = coverage.stack_totals(piled).sort_values(
        ["controls", "respondent_h"], ascending=False, kind="stable", na_position="last"
    )
    first = most.iloc[0]
    savings = coverage.recognition_savings(inv, ptf, years=YEARS)
    named = inv.obligations[["obligation_id", "name_fr", "name_en"]]
    return {
        "controls_in_common": _of(piled, first),
        "recognition_savings": _of(savings, first),
        "evaluation_reform": coverage.evaluation_reform(inv, ptf, years=YEARS).merge(named, on="obligation_id"),
    }


def _of(frame: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The rows of one group of units alike, the others after them."""
    same = _same_group(frame, group)
    return pd.concat([frame[same], frame[~same]], ignore_index=True)


def _same_group(frame: pd.DataFrame, group: pd.Series) -> pd.Series:
    return (frame["actor_id"] == str(group["actor_id"])) & (frame["tags"] == str(group["tags"]))


def _first_group(frame: pd.DataFrame) -> Rows:
    """The rows of the structure that most controls fall on, which comes first."""
    return Rows("controls_in_common", {c: (str(frame[c].iloc[0]),) for c in _GROUP})


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures of the pile, of recognition and of the reform."""
    if "controls_in_common" not in found:
        return []
    rows = _first_group(found["controls_in_common"])
    piled = rows.of(found)
    unmeasured = int(piled["rows_unmeasured"].sum())
    sums = piled.sum(numeric_only=True)
    formula = "hours a year of one structure × years"
    bounds = {"low": float(sums["respondent_h_low"]), "high": float(sums["respondent_h_high"])}
    shared = [float(sums[f"common_respondent_h{b}"]) for b in _BOUNDS]
    hours = float(sums["respondent_h"])
    numbers = [
        figure_of("pile.years", text("years of the pile").template, YEARS, "years", "parameter", rows, "years"),
        figure_of("pile.controls", text("controls and evaluations on one structure").template, len(piled), "controls",
                  "tools that fall on it again and again", rows, "controls"),
        figure_of("pile.hours", text("hours of the structure over these years").template, hours, "h", formula, rows,
                  "hours", unmeasured=unmeasured, **bounds),
        figure_of("pile.authority_hours", text("hours of the authorities over these years").template,
                  sums["authority_h"], "h", formula, rows, "hours", low=float(sums["authority_h_low"]),
                  high=float(sums["authority_h_high"])),
        figure_of("pile.common", text("hours on what another control looks at too, at most").template, shared[1], "h",
                  "hours × Σ min(coverage, best other coverage) / Σ coverage", rows, "hours", low=shared[0],
                  high=shared[2]),
        figure_of("pile.common_share", text("share of these hours, at most").template,
                  shared[1] / hours if hours else float("nan"), "share", "hours in common / hours", rows, "hours"),
        figure_of("pile.alone", text("criteria that one control alone looks at").template, float(piled["alone"].sum()),
                  "criteria", "criteria that no other control of the structure covers", rows, "criteria"),
    ]  # fmt: skip
    return numbers + _paid(piled, rows) + _saved(found) + _reformed(found)


def _paid(piled: pd.DataFrame, rows: Rows) -> list[KeyFigure]:
    """What is paid to others, apart from the hours."""
    paid = piled[piled["external_eur_high"] > 0]
    if paid.empty:
        return []
    low, high = float(paid["external_eur_low"].sum()), float(paid["external_eur_high"].sum())
    return [
        figure_of("pile.paid", text("paid to others over these years").template,
                  paid["external_eur"].sum(skipna=False), "eur", "occurrences × external_eur", rows, "euros", low=low,
                  high=high)
    ]  # fmt: skip


def _saved(found: Tables) -> list[KeyFigure]:
    """The recognition that would save most, of a control by another of no weaker proof."""
    frame = _recognised(found)
    if frame.empty:
        return []
    top = frame.iloc[0]
    rows = Rows("recognition_savings", {c: (str(top[c]),) for c in (*_GROUP, "of", "by_id")})
    return [
        figure_of("recognition.saved", text("hours that recognition would save, at most").template,
                  top["saved_respondent_h"], "h", "hours × answered share × times share", rows, "hours",
                  low=float(top["saved_respondent_h_low"]), high=float(top["saved_respondent_h_high"])),
        figure_of("recognition.authority", text("hours that it would save the authority").template,
                  top["saved_authority_h"], "h", "hours × answered share × times share", rows, "hours",
                  low=float(top["saved_authority_h_low"]), high=float(top["saved_authority_h_high"])),
        figure_of("recognition.criteria", text("criteria of the control recognised").template, top["criteria"],
                  "criteria", "criteria that it covers", rows, "criteria"),
        figure_of("recognition.left", text("criteria that the other does not look at").template, top["left"],
                  "criteria", "criteria of the one that the other does not cover", rows, "criteria"),
    ]  # fmt: skip


def _recognised(found: Tables) -> pd.DataFrame:
    """Pairs of controls of the first structure in which no proof is weaker."""
    frame = found["recognition_savings"]
    same = _same_group(frame, found["controls_in_common"].iloc[0])
    strong = ~frame["weaker_proof"].fillna(True).astype(bool)
    kept: pd.DataFrame = frame[same & strong & (frame["saved_respondent_h"] > 0)]
    return kept


def _reformed(found: Tables) -> list[KeyFigure]:
    """Hours of what the reform took away and of what it brought, for the type of the first structure."""
    actor = str(found["controls_in_common"]["actor_id"].iloc[0])
    frame = found["evaluation_reform"]
    changed = frame[(frame["actor_id"] == actor) & frame["in"].isin(_CHANGED)]
    if set(changed["in"]) != set(_CHANGED):
        return []
    told = {"before": text("hours of the evaluations before 2022, over these years"),
            "after": text("hours of the evaluations since 2022, over these years")}  # fmt: skip
    numbers = []
    for side, name in told.items():
        rows = Rows("evaluation_reform", {"actor_id": (actor,), "in": (side,)})
        low, value, high = (float(changed[f"respondent_h{b}_{side}"].sum(min_count=1)) for b in _BOUNDS)
        numbers.append(
            figure_of(f"reform.{side}", name.template, value, "h", "hours a year of one structure × years", rows,
                      "hours", low=low, high=high)
        )  # fmt: skip
    return numbers


def findings(reading: Reading) -> list[Block]:
    """What piles up on one structure, in a sentence."""
    if "pile.controls" not in reading.audit.figures:
        return []
    figure = reading.figure
    controls = figure("pile.controls")
    return [
        Sentence(text(
            "Over {years} years, {controls} controls and evaluations fall on one structure ({actor}) and take it "
            "{hours} hours (from {low} to {high}). Up to {share} of them bear on what another of these controls looks "
            "at too, if both look at the same part of it; whether they do is a question to those who control.",
            years=figure("pile.years"), controls=controls,
            actor=reading.names.of("actors", controls.rows.where["actor_id"][0]), hours=figure("pile.hours"),
            low=(figure("pile.hours"), "low"), high=(figure("pile.hours"), "high"), share=figure("pile.common_share"),
        ))
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no control falls on a structure."""
    if "pile.controls" not in reading.audit.figures:
        return ()
    blocks = (*_chart(reading), *_savings(reading), *_reform(reading))
    return (Section("stack", text("Five years of controls on one structure"), blocks),)


def _criteria(reading: Reading, ids: pd.Series) -> list[str]:
    names = charts.labels_of(reading.audit.inventory, "criteria", language=reading.language)
    return [", ".join(names.get(i, i) for i in joined.split("|") if i) for joined in ids]


def _chart(reading: Reading) -> list[Block]:
    frame = reading.figure("pile.controls").rows.of(reading.audit.tables)
    actor = reading.names.of("actors", frame["actor_id"].iloc[0])
    shown = frame.assign(
        tool=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        who=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        only=_criteria(reading, frame["alone_ids"]),
    )
    columns = {
        "tool": text("Control"), "who": text("Required by"), "occurrences": text("Times in a cycle"),
        "respondent_h": text("Hours of the structure"), "respondent_h_low": text("Low"),
        "respondent_h_high": text("High"), "authority_h": text("Hours of the authorities"),
        "criteria": text("Criteria"), "common": text("In common"), "only": text("Looked at by it alone"),
    }  # fmt: skip
    table = Table(
        "control-stack", text("Controls on one structure over {years} years: {actor}", years=YEARS, actor=actor),
        display(shown, columns, reading.language),
        text("In common: criteria that another control of the structure looks at too. Criteria and how far each is "
             "looked at are judgements where no text says."),
    )  # fmt: skip
    drawn = partial(
        charts.control_stack,
        frame,
        actor=actor,
        labels=reading.names.by_table["obligations"],
        language=reading.language,
        years=YEARS,
    )
    return [Chart("control_stack", drawn, table), *_paid_sentence(reading)]


def _paid_sentence(reading: Reading) -> list[Block]:
    if "pile.paid" not in reading.audit.figures:
        return []
    paid = reading.figure("pile.paid")
    return [Sentence(text(
        "To these hours add, apart, {low} to {high} euros paid to others over {years} years, and {authority} hours of "
        "the authorities.",
        low=(paid, "low"), high=(paid, "high"), years=reading.figure("pile.years"),
        authority=reading.figure("pile.authority_hours"),
    ))]  # fmt: skip


def _savings(reading: Reading) -> list[Block]:
    if "recognition.saved" not in reading.audit.figures:
        return []
    figure = reading.figure
    saved = figure("recognition.saved")
    names = {c: reading.names.of("obligations", saved.rows.where[c][0]) for c in ("of", "by_id")}
    sentence = Sentence(text(
        "Recognising {other} where it already looks, instead of asking again for {control}, would save the structure "
        "{hours} hours over {years} years (from {low} to {high}) and the authority {authority}, if both look at the "
        "same part of each criterion; {left} of its {criteria} criteria would still have to be looked at. These "
        "savings do not add up, and say nothing of the independence and powers of either.",
        other=reading.joined([names["by_id"]]), control=reading.joined([names["of"]]), hours=saved,
        low=(saved, "low"), high=(saved, "high"), years=figure("pile.years"),
        authority=figure("recognition.authority"), left=figure("recognition.left"),
        criteria=figure("recognition.criteria"),
    ))  # fmt: skip
    return [sentence, _savings_table(reading)]


def _savings_table(reading: Reading) -> Table:
    frame = _recognised(reading.audit.tables).head(SHOWN)
    frame = frame.assign(
        asked=[reading.names.of("obligations", o) for o in frame["of"]],
        answers=[reading.names.of("obligations", o) for o in frame["by_id"]],
        stays=[_said(p).render(reading.language) for p in frame["protected"]],
        lost=_criteria(reading, frame["left_ids"]),
    )
    columns = {
        "asked": text("Control"), "answers": text("Recognised instead"), "saved_respondent_h": text("Hours saved"),
        "saved_respondent_h_low": text("Low"), "saved_respondent_h_high": text("High"),
        "saved_authority_h": text("Hours saved by the authority"), "left": text("Criteria left"),
        "lost": text("Still to be looked at"), "stays": text("Must stay"),
    }  # fmt: skip
    return Table(
        "recognition-savings", text("What recognising one control for another would save"),
        display(frame, columns, reading.language),
        text("At most: the hours of the criteria in common, as often as the other comes. The low value takes both to "
             "look at parts as different as they can be. Only where the other rests on no weaker proof; all pairs are "
             "in {file}.", file="tables/recognition_savings.csv"),
    )  # fmt: skip


def _said(protected: object) -> Text:
    """Whether a control must stay, as far as the inventory says."""
    if protected is pd.NA:
        return text("not said")
    return text("yes") if protected else text("no")


def _reform(reading: Reading) -> list[Block]:
    if "reform.before" not in reading.audit.figures:
        return []
    before, after = reading.figure("reform.before"), reading.figure("reform.after")
    sentence = Sentence(text(
        "The reform of 2022 replaced evaluations of {before} hours over {years} years (from {before_low} to "
        "{before_high}) by others of {after} (from {after_low} to {after_high}), self-assessment and follow-up "
        "included. What was paid to evaluators before is not in the inventory.",
        before=before, years=reading.figure("pile.years"), before_low=(before, "low"), before_high=(before, "high"),
        after=after, after_low=(after, "low"), after_high=(after, "high"),
    ))  # fmt: skip
    frame = reading.table("evaluation_reform")
    actor = after.rows.where["actor_id"][0]
    frame = frame[(frame["actor_id"] == actor) & frame["in"].isin(_CHANGED)]
    english = reading.language != "fr"
    side = {"before": text("before"), "after": text("since")}
    frame = frame.assign(
        tool=frame["name_en"].fillna(frame["name_fr"]) if english else frame["name_fr"],
        when=[side[i].render(reading.language) for i in frame["in"]],
        **{
            c: [row[f"{c}_{row['in']}"] for _, row in frame.iterrows()]
            for c in ("occurrences", "respondent_h", "respondent_h_low", "respondent_h_high", "authority_h", "criteria")
        },
    )
    columns = {
        "tool": text("Control"), "when": text("Regime"), "occurrences": text("Times in a cycle"),
        "respondent_h": text("Hours of the structure"), "respondent_h_low": text("Low"),
        "respondent_h_high": text("High"), "authority_h": text("Hours of the authorities"),
        "criteria": text("Criteria"),
    }  # fmt: skip
    caption = text("Evaluations before and since 2022, over {years} years", years=YEARS)
    return [sentence, Table("evaluation-reform", caption, display(frame, columns, reading.language))]
