"""Size: what a place, a person or ten staff bear, what does not depend on size, where duties start.

In: an inventory and a portfolio, perhaps one of its units or operators. Out: tables. A number that is
unknown makes what rests on it unknown.
"""

from burden.analysis.size.fixed import FACTORS, at_sizes, curve, fixed_and_variable, structure_of
from burden.analysis.size.limits import limits, thresholds
from burden.analysis.size.parts import PARTS
from burden.analysis.size.per_place import per_place, unknown_sizes
from burden.analysis.size.proportionate import proportionate

__all__ = [
    "FACTORS",
    "PARTS",
    "at_sizes",
    "curve",
    "fixed_and_variable",
    "limits",
    "per_place",
    "proportionate",
    "structure_of",
    "thresholds",
    "unknown_sizes",
]
