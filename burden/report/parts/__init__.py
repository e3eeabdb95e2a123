"""The parts of an audit, one module each: what it measures, its figures, what the report says of it.

A part is a module with four functions, each of which gives nothing where the part has nothing to say:
``tables(inv, ptf, known)`` (results by name, from those already known), ``key_figures(found)``,
``findings(reading)`` (sentences for the first page) and ``sections(reading)``. A part that varies the
size or the regime of the audited says ``NEEDS_WHOLE = True``: its ``tables`` are given the obligations
that do not fall today as well.
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
    cpom,
    grouping,
    calls,
    procedures,
    size,
    evidence,
    unknown,
)
"""The parts, in the order in which a report has them; a part may use the tables of those before it."""
