"""What a shared bundle hides, why, and what a reader can still infer."""

from __future__ import annotations

from collections import Counter
from typing import Any

from burden.model.messages import LANGUAGES, Text, text
from burden.report.shared.cells import MEASURED, NEVER_SHOWN, Cells, Rule

LEFT_OUT = (
    text("units and operators one by one, even under a pseudonym"),
    text("names, identifiers, notes and sources of the portfolio, and its own name"),
    text("the ledger by type and regime, numbers of persons, places, staff and events"),
    text("deliveries, calendar and weekly load"),
    text("repeats, plan, contracts, calls, uncertainty and every other measure of the audit"),
    text("charts, graph and findings of the checks"),
)
"""What an audit holds and a shared bundle does not."""


def counts(cells: Cells, hidden: frozenset[int]) -> dict[str, dict[str, int]]:
    """Per table shared: its cells, those hidden by the rule, those hidden to protect them."""
    frame = cells.frame[cells.frame["table"] != NEVER_SHOWN]
    sensitive = frame["sensitive"]
    others = frame.index.isin(list(hidden)) & ~sensitive
    of_table = (Counter(frame.loc[kept, "table"]) for kept in (frame["table"].notna(), sensitive, others))
    cells_of, primary, secondary = of_table
    return {t: {"cells": cells_of[t], "primary": primary[t], "secondary": secondary[t]} for t in cells_of}


def rules(rule: Rule, of_table: dict[str, dict[str, int]]) -> list[Text]:
    """What was hidden and by which rule, in sentences."""
    primary, secondary = (sum(t[kind] for t in of_table.values()) for kind in ("primary", "secondary"))
    k = rule.at_least
    return [
        text(
            "Operators and units were given pseudonyms that owe nothing to their names before anything was "
            "computed; no key was kept. No row describes one operator or one unit, for its type, size and territory "
            "would name it."
        ),
        text(
            "A number is shown only if it covers at least {k} operators, none of which makes more than "
            "{dominance}% of it. Cells hidden by this rule: {primary}.",
            k=k, dominance=round(100 * rule.dominance_share), primary=primary,
        ),
        text(
            "Cells hidden so that none of these can be worked out from the others, in its table or between "
            "tables: {secondary}.",
            secondary=secondary,
        ),
        text(
            "Types of structure, territories, authorities and tools of fewer than {k} operators are not named: "
            "they stand together, with as many more as it takes to reach {k}.",
            k=k,
        ),
        text(
            "Before it was written, the bundle withstood an attack by linear programming: knowing the inventory, "
            "the regimes and every number shown, nobody brings a number that this rule protects, hidden here or "
            "never shown, into a range narrower than {width}% of its value.",
            width=round(100 * rule.width_share),
        ),
        text(
            "Hours are rounded to three significant digits. Totals are those of all operators, hidden cells "
            "included: the rows shown do not add up to them."
        ),
    ]  # fmt: skip


def inferences() -> list[Text]:
    """What a reader can still work out, in sentences."""
    return [
        text(
            "The inventory of tools is taken as public. The hours of a tool, divided by the minutes of one "
            "delivery, tell how many structures or persons it falls on, and so on how many it does not."
        ),
        text(
            "An empty cell tells that somebody is there; a cell that is absent, that nobody is. A hidden number "
            "has a lowest and a highest value that the numbers shown imply."
        ),
        text(
            "An operator can subtract its own numbers from those shown; operators that do so together learn more. "
            "The attack does not count what readers know of one operator from elsewhere, that populations hang "
            "together (the staff of an association and of its services), nor that numbers of several tables must be "
            "whole at once."
        ),
        text(
            "Two bundles of one portfolio, at two dates, thresholds or selections, can be subtracted from one "
            "another: share one only."
        ),
    ]


def as_json(rule: Rule, of_table: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The statement as data, with its sentences in each language."""
    said = {"hidden": rules(rule, of_table), "left_out": list(LEFT_OUT), "still_inferred": inferences()}
    return {
        "rule": {
            "counted": "operators",
            "at_least": rule.at_least,
            "dominance_share": rule.dominance_share,
            "width_share": rule.width_share,
        },
        "tables": {t: {**n, "measures": list(MEASURED[t])} for t, n in of_table.items()},
        "statement": {
            lang: {part: [t.render(lang) for t in texts] for part, texts in said.items()} for lang in LANGUAGES
        },
    }
