"""What controls and evaluations look at, criterion by criterion: overlap, recognition, detection.

The tables ``criteria`` and ``coverages`` say how far each tool covers each criterion, between 0
(cited, not looked at) and 1. Where they are judgements, so is everything worked out from them.
In: an inventory, a portfolio for hours, the parameters of a detection. Out: tables.
"""

from burden.analysis.coverage.controls import controls, looks, overlapping_controls
from burden.analysis.coverage.criteria import Recognition, coverages, covered, recognised, recognitions, unique_view
from burden.analysis.coverage.detection import (
    ASSUMED_BLIND_SPOT,
    ASSUMED_DETECTION,
    Scenario,
    marginal_detection,
)
from burden.analysis.coverage.reform import evaluation_reform
from burden.analysis.coverage.savings import in_common, recognition_savings
from burden.analysis.coverage.stacks import stack, stack_change, stack_totals

__all__ = [
    "ASSUMED_BLIND_SPOT",
    "ASSUMED_DETECTION",
    "Recognition",
    "Scenario",
    "controls",
    "coverages",
    "covered",
    "evaluation_reform",
    "in_common",
    "looks",
    "marginal_detection",
    "overlapping_controls",
    "recognised",
    "recognition_savings",
    "recognitions",
    "stack",
    "stack_change",
    "stack_totals",
    "unique_view",
]
