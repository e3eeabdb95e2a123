"""How sure a total is: draws between low, central and high, and what would narrow them.

Each minute is drawn from a PERT distribution. A third of its spread is common to all that rests
on the standard times, a third to all that one type of respondent does, a third is the
obligation's own (:class:`~burden.analysis.uncertainty.assumptions.Assumptions`): were each line
drawn alone, errors would cancel out and the total look surer than it is. In: an inventory and a
portfolio. Out: tables.
"""

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.contributions import contributions
from burden.analysis.uncertainty.measure_next import measure_next
from burden.analysis.uncertainty.ranges import draws, ranges, sensitivity
from burden.analysis.uncertainty.ranks import ranks

__all__ = ["Assumptions", "contributions", "draws", "measure_next", "ranges", "ranks", "sensitivity"]
