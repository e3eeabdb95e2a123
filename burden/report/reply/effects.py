"""What the accepted replies change: the headline figures before and after, reply by reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from burden.model.findings import InventoryError
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report import audit
from burden.report.before_after import differ, headline, side_by_side
from burden.report.key_figures import KeyFigure, Rows, by_id, figure_of
from burden.report.reply.applying import accepted_objections, apply, apply_faults, apply_numbers
from burden.report.reply.identifiers import MEASURE_KEY
from burden.report.reply.layer import Layer
from burden.report.reply.said import DECISIONS, Said
from burden.simplify import plan, refusals

Step = Callable[[Text], None]


def effects(inv: Inventory, ptf: Portfolio, layer: Layer, *, on_step: Step | None = None) -> pd.DataFrame:
    """What each accepted reply changes, applied one after another in the order of the layer.

    So counted the changes add up to the whole; what a reply changes may depend on those before it.

    Returns
    -------
    DataFrame
        One row per accepted correction × headline figure that it changes: ``reply_id``, ``figure``,
        ``name_fr``, ``name_en``, ``unit``, ``before``, ``after``. A correction that changes none has
        one row without a figure.

    Raises
    ------
    InventoryError
        If an accepted reply cannot be applied.
    """
    if faults := apply_faults(inv, layer, ptf):
        raise InventoryError(faults)
    corrections = [one for one in layer.accepted if one.column]
    rows: list[dict[str, object]] = []
    before = headline(inv, ptf)
    for number, one in enumerate(corrections, start=1):
        if on_step:
            on_step(text("Applying the replies: {number} of {all}", number=number, all=len(corrections)))
        so_far = replace(layer, said=tuple(corrections[:number]))
        after = headline(apply(inv, so_far, ptf), apply_numbers(ptf, so_far))
        rows += _changed(one, before, after)
        before = after
    columns = ["reply_id", "figure", "name_fr", "name_en", "unit", "before", "after"]
    return pd.DataFrame(rows, columns=columns).astype({"before": "float64", "after": "float64"})


def _changed(said: Said, before: Mapping[str, KeyFigure], after: Mapping[str, KeyFigure]) -> list[dict[str, object]]:
    compared = [row for row in side_by_side(before, after).to_dict("records") if differ(row["before"], row["after"])]
    found = [{"reply_id": said.reply_id, **{str(k): v for k, v in row.items()}} for row in compared]
    return found or [{"reply_id": said.reply_id, "figure": "", "before": float("nan"), "after": float("nan")}]


def measures_left_out(inv: Inventory, ptf: Portfolio, layer: Layer) -> pd.DataFrame:
    """What the plan loses by the measures whose objections were accepted.

    Parameters
    ----------
    inv, ptf : Inventory, Portfolio
        With the accepted corrections applied.

    Returns
    -------
    DataFrame
        One row per accepted objection: ``reply_id``, ``row``, ``saved`` (what the measure saves in the
        plan) and ``lost`` (what the best plan without it saves less); both NaN when the plan has no
        such measure any more.
    """
    objections = accepted_objections(layer)
    if not objections:
        return pd.DataFrame(columns=["reply_id", "row", "saved", "lost"])
    found = plan(inv, ptf)
    key = ["measures/" + "/".join(str(row[k]) for k in MEASURE_KEY) for row in found.measures.to_dict("records")]
    own = found.measures.assign(row=key)
    named = own[own["row"].isin([one.row for one in objections])]
    lost = refusals(replace(found, measures=named.drop(columns="row")), inv, ptf) if len(named) else None
    rows = pd.DataFrame([{"reply_id": one.reply_id, "row": one.row} for one in objections])
    rows = rows.merge(named[["row", "measure", "saved"]], on="row", how="left")
    if lost is None:
        return rows.assign(lost=float("nan")).drop(columns="measure")
    return rows.merge(lost[["refused", "lost"]], left_on="measure", right_on="refused", how="left")[
        ["reply_id", "row", "saved", "lost"]
    ]


def replied(
    inv: Inventory, ptf: Portfolio, layer: Layer, *, on_step: Step | None = None, focus: str = ""
) -> audit.Audit:
    """The audit run again with the accepted replies, and what was said as tables and figures of it.

    Returns
    -------
    Audit
        Of the corrected inventory, with the tables ``replies``, ``replies_headline``,
        ``replies_effects`` and ``replies_measures`` beside its own; its report has a section on them.

    Raises
    ------
    InventoryError
        If an accepted reply cannot be applied.
    """
    changed = effects(inv, ptf, layer, on_step=on_step)
    corrected, units = apply(inv, layer, ptf), apply_numbers(ptf, layer)
    compared = side_by_side(headline(inv, ptf), headline(corrected, units))
    found = audit.run(corrected, units, focus=focus, on_step=on_step)
    tables = {
        "replies": layer.replies.drop(columns=["file", "line"]),
        "replies_headline": compared,
        "replies_effects": changed,
        "replies_measures": measures_left_out(corrected, units, layer),
    }
    figures = by_id([*found.figures.values(), *_figures(found, tables)])
    return replace(found, tables={**found.tables, **tables}, figures=figures)


def _figures(found: audit.Audit, tables: Mapping[str, pd.DataFrame]) -> list[KeyFigure]:
    scope = next(iter(found.figures.values())).scope
    replies = tables["replies"]
    counts = replies["decision"].value_counts()
    figures = [
        figure_of("replies.bodies", text("bodies that replied").template, replies["who"].nunique(), "bodies",
                  "distinct bodies of the replies", Rows("replies"), "bodies"),
        figure_of("replies.all", text("replies").template, len(replies), "replies", "rows", Rows("replies"), "replies"),
        *(
            figure_of(f"replies.{decision}", text("replies, by what became of them").template, counts.get(decision, 0),
                      "replies", "rows of this decision", Rows("replies", {"decision": (decision,)}), "replies")
            for decision in DECISIONS
        ),
    ]  # fmt: skip
    for row in tables["replies_headline"].to_dict("records"):
        if row["figure"] == "burden.hours":
            rows = Rows("replies_headline", {"figure": ("burden.hours",)})
            figures += [
                figure_of("replies.hours_before", text("hours a year before the replies").template, row["before"], "h",
                          "hours of the inventory as it was sent for reply", rows, "hours"),
                figure_of("replies.hours_after", text("hours a year after the replies accepted").template,
                          row["after"], "h", "hours with the accepted replies applied", rows, "hours"),
            ]  # fmt: skip
    return [replace(figure, scope=scope) for figure in figures]
