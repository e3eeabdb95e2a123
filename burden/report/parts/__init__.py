"""The parts of an audit, one module each: what it measures, its figures, what the report says of it.

In: what is audited. Out: tables, key figures, sentences and sections; no file. A part is a module with
four functions, each of which gives nothing where the part has nothing to say:
``tables(audited, known)`` (results by name, from those already known), ``key_figures(found)``,
``findings(reading)`` (sentences for the first page) and ``sections(reading)``. ``audited``
(:class:`burden.report.audited.Audited`) holds the portfolio, the obligations that it bears today
(``borne``) and all of them (``whole``): a part that varies the size, the regime or the procedure takes
the latter.
"""

from __future__ import annotations

from types import ModuleType

from burden.report.parts import (
    allocation,
    calendar,
    calls,
    concentration,
    control,
    cpom,
    criteria,
    evidence,
    grouping,
    legal_force,
    likely,
    owed,
    plan,
    procedures,
    protected,
    repeats,
    respondents,
    silos,
    size,
    stack,
    unknown,
    use,
    volume,
)

PARTS: tuple[ModuleType, ...] = (
    owed,
    likely,
    concentration,
    repeats,
    silos,
    use,
    protected,
    legal_force,
    respondents,
    control,
    criteria,
    stack,
    calendar,
    allocation,
    volume,
    plan,
    cpom,
    grouping,
    calls,
    procedures,
    size,
    evidence,
    unknown,
)
"""The parts, in the order in which a report has them; a part may use the tables of those before it."""

APART: tuple[ModuleType, ...] = (plan, cpom)
"""Parts that take longest; they take nothing from the results of others, and others nothing from theirs."""
