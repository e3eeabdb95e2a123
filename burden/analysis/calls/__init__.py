"""What it costs to allocate by competition: files of winners and losers, their examination, the rest.

A procedure is a sequence of :class:`Step`: obligations of the inventory, each done for a call, a
candidate, a candidate heard, an award or a year of the award. What a step takes is what the
ledger's lines say; how many candidates there are, what is allocated and for how long is always an
argument, and is a column of the result. In: an inventory, a portfolio where the hours are somebody's,
the numbers of the competition. Out: tables.
"""

from burden.analysis.calls.break_even import break_even_amount, break_even_candidates
from burden.analysis.calls.competition import cost, curve
from burden.analysis.calls.effort import file_hours, file_lines
from burden.analysis.calls.observed import observed, untied
from burden.analysis.calls.procedures import procedure_steps, procedures, thresholds
from burden.analysis.calls.scenarios import longer_award, shared_file, two_stage
from burden.analysis.calls.steps import PROCEDURE_NAMES, PROCEDURES, WITHOUT_RIVALS, Step, steps_of

__all__ = [
    "PROCEDURES",
    "PROCEDURE_NAMES",
    "WITHOUT_RIVALS",
    "Step",
    "break_even_amount",
    "break_even_candidates",
    "cost",
    "curve",
    "file_hours",
    "file_lines",
    "longer_award",
    "observed",
    "procedure_steps",
    "procedures",
    "shared_file",
    "steps_of",
    "thresholds",
    "two_stage",
    "untied",
]
