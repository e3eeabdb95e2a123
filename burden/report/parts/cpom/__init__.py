"""Whether a multi-year contract (CPOM) keeps its promise for the operator audited, and from what size on.

A part as :mod:`burden.report.parts` describes them. In: what is audited, and the results already known.
Out: ``measures`` works out, ``said`` is for the first page, ``shown`` is the section.
"""

from burden.report.parts.cpom.measures import key_figures, tables
from burden.report.parts.cpom.said import findings
from burden.report.parts.cpom.shown import sections

__all__ = ["findings", "key_figures", "sections", "tables"]
