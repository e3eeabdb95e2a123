"""Whether a multi-year contract (CPOM) keeps its promise for the operator audited, and from what size on."""

from burden.report.parts.cpom.measures import key_figures, tables
from burden.report.parts.cpom.said import findings
from burden.report.parts.cpom.shown import sections

__all__ = ["findings", "key_figures", "sections", "tables"]
