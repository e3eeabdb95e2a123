"""The least burden that still gives every authority what it is owed: recommendations, with their proof."""

from burden.report.parts.plan.measures import key_figures, tables
from burden.report.parts.plan.said import findings
from burden.report.parts.plan.shown import sections

__all__ = ["findings", "key_figures", "sections", "tables"]
