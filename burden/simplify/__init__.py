"""What would change: levers on an inventory and a portfolio, scenarios that order them, and the plan.

In: an inventory and a portfolio. Out: new ones, and what a change needs, saves and loses; the least
burden that still serves every demand, with its proof. Nothing here edits what it is given.
"""

from burden.simplify import levers
from burden.simplify.compare import compare
from burden.simplify.needs import lost, needs
from burden.simplify.planning.front import front
from burden.simplify.planning.impact import impact
from burden.simplify.planning.plan import Plan, Proposal, plan
from burden.simplify.planning.refusals import refusals
from burden.simplify.planning.robustness import robustness
from burden.simplify.planning.verification import Verification, verify
from burden.simplify.planning.written import read_plan, write_plan
from burden.simplify.scenario import Scenario, apply, read_scenario, write_scenario
from burden.simplify.sentences import sentence

__all__ = [
    "Plan",
    "Proposal",
    "Scenario",
    "Verification",
    "apply",
    "compare",
    "front",
    "impact",
    "levers",
    "lost",
    "needs",
    "plan",
    "read_plan",
    "read_scenario",
    "refusals",
    "robustness",
    "sentence",
    "verify",
    "write_plan",
    "write_scenario",
]
