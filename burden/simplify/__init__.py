"""What would change: levers on an inventory and a portfolio, and scenarios that order them.

In: an inventory and a portfolio. Out: new ones, and what a change needs, saves and loses. Nothing
here edits what it is given.
"""

from burden.simplify import levers
from burden.simplify.compare import compare
from burden.simplify.needs import needs
from burden.simplify.scenario import Scenario, apply, read_scenario

__all__ = ["Scenario", "apply", "compare", "levers", "needs", "read_scenario"]
