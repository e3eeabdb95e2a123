"""How services are paid for, opened, controlled and evaluated, compared between policies.

In: an inventory, and a portfolio for what depends on volumes. Out: tables. A figure that cannot be
given is NaN, and a column ``refused`` says why by a key of :data:`REFUSALS`, whose sentence a reader
is shown.
"""

from burden.analysis.allocation.core import common_core, function_prices
from burden.analysis.allocation.modes import modes, spread, values
from burden.analysis.allocation.money import hours_per_1000_eur
from burden.analysis.allocation.pen import handling, pen, skills
from burden.analysis.allocation.prices import hour_prices
from burden.analysis.allocation.refusals import REFUSALS, reasons
from burden.analysis.allocation.volume import same_volume

__all__ = [
    "REFUSALS",
    "common_core",
    "function_prices",
    "handling",
    "hour_prices",
    "hours_per_1000_eur",
    "modes",
    "pen",
    "reasons",
    "same_volume",
    "skills",
    "spread",
    "values",
]
