"""Figures: result tables in, matplotlib Axes out.

Made to be read in a meeting, projected or printed in grey: the title states the finding computed
from the table, values are written beside what they measure, what is not measured is said under
the axes. In: a table of :mod:`burden.analysis` or :mod:`burden.simplify`, ``labels`` (identifier →
name), a language, and the ``ax`` to draw on, else a figure of its own (no pyplot). Out: that Axes.
Nothing here measures.

The alternative text of a figure is the label of its Axes: :func:`alt_text` reads it, and
:func:`save` writes it into the files.
"""

from burden.figures.actor import load_on_actor
from burden.figures.allocation import allocation_modes
from burden.figures.authorities import burden_by_authority
from burden.figures.burden_by_size import burden_by_size
from burden.figures.call_cost import call_cost
from burden.figures.control_profile import control_profile
from burden.figures.control_stack import control_stack
from burden.figures.controls_on_criteria import controls_on_criteria
from burden.figures.critical_size import critical_size
from burden.figures.evidence import evidence_range
from burden.figures.frame import alt_text, size_in, title_of
from burden.figures.hour_prices import euros, price_of_an_hour
from burden.figures.known_use import known_use
from burden.figures.labels import labels_of
from burden.figures.narrowing import narrowing
from burden.figures.overlaps import overlap_matrix
from burden.figures.pareto import pareto_curve
from burden.figures.plan_actor import plan_actor
from burden.figures.plan_decisions import plan_decisions
from burden.figures.plan_front import plan_front
from burden.figures.plan_measures import plan_measures
from burden.figures.procedures import procedures
from burden.figures.repeats import repeated_information
from burden.figures.save import save
from burden.figures.sets import tool_sets
from burden.figures.weekly_load import weekly_load
from burden.figures.what_changed import what_changed

__all__ = [
    "allocation_modes",
    "alt_text",
    "burden_by_authority",
    "burden_by_size",
    "call_cost",
    "control_profile",
    "control_stack",
    "controls_on_criteria",
    "critical_size",
    "euros",
    "evidence_range",
    "known_use",
    "labels_of",
    "load_on_actor",
    "narrowing",
    "overlap_matrix",
    "pareto_curve",
    "plan_actor",
    "plan_decisions",
    "plan_front",
    "plan_measures",
    "price_of_an_hour",
    "procedures",
    "repeated_information",
    "save",
    "size_in",
    "title_of",
    "tool_sets",
    "weekly_load",
    "what_changed",
]
