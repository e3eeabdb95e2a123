"""The later audit, with what changed since the earlier version as tables and figures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace

from burden.model.findings import Finding, InventoryError, Place
from burden.model.focus import focused
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report import audit
from burden.report.before_after import headline, side_by_side
from burden.report.key_figures import by_id
from burden.report.versions.changes import change_tables
from burden.report.versions.figures import key_figures

Version = tuple[Inventory, Portfolio]
Step = Callable[[Text], None]


def compared(
    before: Version, after: Version, *, focus: str = "", on_step: Step | None = None, executor: Executor | None = None
) -> audit.Audit:
    """The audit of the later version, with what changed since the earlier one.

    Parameters
    ----------
    before, after : (Inventory, Portfolio)
        The two versions; one portfolio may serve both.
    focus : str, optional
        What both are narrowed to, as in :func:`burden.report.audit.run`.
    on_step : callable, optional
        Told what is being worked out.
    executor : Executor, optional
        As in :func:`burden.report.audit.run`.

    Returns
    -------
    Audit
        Of the later version, with ``versions_headline`` and the tables of
        :mod:`burden.report.versions.changes` beside its own; its report has a section on them.

    Raises
    ------
    InventoryError
        If the focus names nothing on one side, or no unit is on both sides.
    """
    if faults := list(_faults(before, after, focus)):
        raise InventoryError(faults)
    found = audit.run(*after, focus=focus, on_step=on_step, executor=executor)
    if on_step:
        on_step(text("Comparing with the earlier version"))
    return with_changes(found, *(_narrowed(version, focus) for version in (before, after)))


def with_changes(found: audit.Audit, then: Version, now: Version) -> audit.Audit:
    """An audit that was run, with what changed since an earlier version.

    Parameters
    ----------
    found : Audit
        Of the later version.
    then, now : (Inventory, Portfolio)
        The two versions, narrowed as the audit was.
    """
    tables = {"versions_headline": side_by_side(headline(*then), found.figures), **change_tables(then, now)}
    scope = next(iter(found.figures.values())).scope
    own = [replace(figure, scope=scope) for figure in key_figures(tables)]
    return replace(found, tables={**found.tables, **tables}, figures=by_id([*found.figures.values(), *own]))


def _narrowed(version: Version, focus: str) -> Version:
    return focused(*version, focus) if focus else version


def _faults(before: Version, after: Version, focus: str) -> Iterator[Finding]:
    kept: list[Version] = []
    for version in (before, after):
        try:
            kept.append(_narrowed(version, focus))
        except KeyError as error:
            yield Finding(
                "unknown focus", "error", Place(version[0].name), Text("{fault}.", {"fault": error.args[0]}),
                text("Give a focus that both versions have, or none."),
            )  # fmt: skip
    if len(kept) == 2 and not set.intersection(*(set(ptf.units["unit_id"]) for _, ptf in kept)):
        yield Finding(
            "no unit in common", "error", Place(kept[1][1].name, column="unit_id"),
            text("no unit of it is in '{portfolio}': nothing can be compared.", portfolio=kept[0][1].name),
            text("Give one unit_id to what is the same unit in both, or one portfolio for both versions."),
        )  # fmt: skip
