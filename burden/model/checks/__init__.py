"""Named checks: what is missing, doubtful or inconsistent, each with its place and remedy.

A check is a function from an inventory (and a portfolio) to findings; the first line of its
docstring says what it finds. In: what has been read. Out: findings; nothing is mended.
*error*: a contradiction that makes a figure wrong; *warning*: doubtful; *note*: missing, and
counted as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from burden.model.checks import (
    effort,
    frequency,
    items,
    liability,
    references,
    texts,
    units,
    values,
)
from burden.model.findings import Finding, finding_table
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

CHECKS: tuple[Callable[[Inventory], Iterable[Finding]], ...] = (
    references.duplicate_key,
    references.reference,
    references.hierarchy,
    values.cell,
    values.bounds,
    values.bounds_without_value,
    values.number_without_evidence,
    values.evidence_of_fact,
    values.text_without_source,
    values.source_without_address,
    values.validity,
    references.population_within,
    references.feed_of_itself,
    references.exchange_of_nothing,
    references.asked_by_nobody,
    references.unused,
    texts.obligation_without_legal_base,
    texts.obligation_without_duty,
    texts.obligation_without_request,
    texts.obligation_without_recipient,
    texts.ended_legal_bases,
    texts.surer_than_its_texts,
    texts.level_of_citation,
    texts.amended_by,
    texts.protection_without_reason,
    liability.exclusive_tags,
    liability.threshold,
    liability.share_zero,
    liability.duty_of_more_general,
    liability.counted_per_operator,
    liability.role,
    liability.actor_without_duty,
    frequency.event_of_what_lasts,
    frequency.duration_of_events,
    frequency.due_dates,
    frequency.usual_effort,
    items.surer_than_its_list,
    items.finer_than_counted,
    items.counted_otherwise,
    items.unit_of_kind,
    items.sum_of_what_does_not_add,
    items.forecast_after_the_fact,
    items.difficult_identifier,
    items.repeated_slot,
    items.label_of_two_concepts,
    effort.four_to_six_activities,
    effort.activity_without_time,
    effort.items_without_time,
    effort.grade_without_tariff,
    effort.work_without_grade,
    effort.long_item,
    effort.harder_is_shorter,
    effort.estimate_of_nothing,
)
"""Checks of an inventory, in the order in which their findings come."""

PORTFOLIO_CHECKS: tuple[Callable[[Inventory, Portfolio], Iterable[Finding]], ...] = (
    units.vocabulary_of_units,
    units.regime_of_units,
    units.larger_than_its_whole,
    units.operator_totals,
    units.missing_quantities,
    units.undecided_duties,
    units.units_without_duty,
)
"""Checks of a portfolio under an inventory; the first one decides whether the others can run."""

_BROKEN = ("duplicate key", "reference", "cell")


def findings(inv: Inventory, *, portfolio: Portfolio | None = None) -> tuple[Finding, ...]:
    """What is missing, doubtful or inconsistent.

    Units are checked against the inventory only when every reference of both can be followed.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> findings(from_frames("empty", {}))
    ()
    """
    found = [finding for check in CHECKS for finding in check(inv)]
    if portfolio is None:
        return tuple(found)
    first, *others = PORTFOLIO_CHECKS
    found += first(inv, portfolio)
    if not any(f.severity == "error" and f.check in _BROKEN for f in found):
        found += [finding for check in others for finding in check(inv, portfolio)]
    return tuple(found)


def check(inv: Inventory, *, portfolio: Portfolio | None = None) -> pd.DataFrame:
    """What is missing, doubtful or inconsistent, as a table.

    Returns
    -------
    DataFrame
        One row per finding (see :func:`burden.model.findings.finding_table`), check by check,
        in the order of :func:`check_list`.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> (check(inv)["severity"] == "error").any()
    np.False_
    """
    return finding_table(findings(inv, portfolio=portfolio))


def check_list() -> pd.DataFrame:
    """The checks and what each finds.

    Returns
    -------
    DataFrame
        One row per check: ``check``, ``of`` (``inventory`` or ``portfolio``), ``what``.

    Examples
    --------
    >>> check_list()["what"][0]
    'Two rows of one table stand under one identifier.'
    """
    rows = [(c, "inventory") for c in CHECKS] + [(c, "portfolio") for c in PORTFOLIO_CHECKS]
    return pd.DataFrame(
        [(name(c), of, (c.__doc__ or "").splitlines()[0]) for c, of in rows],
        columns=["check", "of", "what"],
    )


def name(check: Callable[..., Iterable[Finding]]) -> str:
    """What a check is called in its findings.

    Examples
    --------
    >>> name(values.bounds_without_value)
    'bounds without value'
    """
    return check.__name__.replace("_", " ")
