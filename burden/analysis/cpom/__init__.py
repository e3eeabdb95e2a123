"""What a multi-year contract (CPOM) does to the burden of an operator, and from what size on it pays.

Regime tags change the duties, nothing else does: an operator under contract owes the cycle of the
contract and, depending on what the contract says, keeps or loses yearly documents. Two variants
bracket it: what the law lets a contract do, and what contracts keep asking for in practice. In: an
inventory, a portfolio and one of its operators. Out: portfolios as they would be, and tables.
"""

from burden.analysis.cpom.cases import Cases, cases, touched
from burden.analysis.cpom.compare import compare, hours_by_tool, shift
from burden.analysis.cpom.contract import (
    CYCLE_YEARS,
    VARIANTS,
    Variant,
    covered,
    lawful,
    with_contract,
    without_contract,
)
from burden.analysis.cpom.rules import STRENGTH, rule_of, rules
from burden.analysis.cpom.size import SIZES, break_even, contract_counts, critical_size, curves, levers, levers_of

__all__ = [
    "CYCLE_YEARS",
    "SIZES",
    "STRENGTH",
    "VARIANTS",
    "Cases",
    "Variant",
    "break_even",
    "cases",
    "compare",
    "contract_counts",
    "covered",
    "critical_size",
    "curves",
    "hours_by_tool",
    "lawful",
    "levers",
    "levers_of",
    "rule_of",
    "rules",
    "shift",
    "touched",
    "with_contract",
    "without_contract",
]
