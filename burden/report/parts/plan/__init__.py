"""The least burden that still gives every authority what it is owed: recommendations, with their proof.

A part as :mod:`burden.report.parts` describes them. In: what is audited, and the results already known.
Out: ``measures`` works out, ``said`` is for the first page, ``shown`` is the section.
"""

from burden.report.parts.plan.measures import key_figures, tables
from burden.report.parts.plan.said import findings
from burden.report.parts.plan.shown import sections

__all__ = ["findings", "key_figures", "sections", "tables"]
