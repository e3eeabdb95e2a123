"""Inventories of required tools, as a graph of obligations per actor, with measures of what they cost.

>>> import burden as bd
>>> inv = bd.example("four-tools")
>>> inv.obligations["obligation_id"].tolist()
['CPOM', 'ERRD', 'TDB', 'ES']

Names are imported when they are first used, so that ``import burden`` is instantaneous.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from burden import figures, graph, simplify
    from burden.analysis import (
        allocation,
        calendar,
        calls,
        change,
        concentration,
        control,
        cost,
        coverage,
        cpom,
        estimates,
        grouping,
        intents,
        ledger,
        legal_force,
        perceived,
        redundancy,
        size,
        uncertainty,
        use,
    )
    from burden.analysis.explain import explain
    from burden.model.checks import check
    from burden.model.competences import with_roles_resolved
    from burden.model.completeness import completeness
    from burden.model.findings import Finding, InventoryError
    from burden.model.inventory import Inventory, difference, from_frames, merge, select
    from burden.model.portfolio import Portfolio, portfolio_from_counts, portfolio_from_frame
    from burden.report import audit, reply, shared, versions
    from burden.sources.examples import example, example_portfolio
    from burden.sources.folder import read, read_partial
    from burden.sources.package import write
    from burden.sources.portfolio_file import read_portfolio
    from burden.sources.workbook import blank_workbook, write_workbook

__all__ = [
    "Finding",
    "Inventory",
    "InventoryError",
    "Portfolio",
    "allocation",
    "audit",
    "blank_workbook",
    "calendar",
    "calls",
    "change",
    "check",
    "completeness",
    "concentration",
    "control",
    "cost",
    "coverage",
    "cpom",
    "difference",
    "estimates",
    "example",
    "example_portfolio",
    "explain",
    "figures",
    "from_frames",
    "graph",
    "grouping",
    "intents",
    "ledger",
    "legal_force",
    "merge",
    "perceived",
    "portfolio_from_counts",
    "portfolio_from_frame",
    "read",
    "read_partial",
    "read_portfolio",
    "redundancy",
    "reply",
    "select",
    "shared",
    "simplify",
    "size",
    "uncertainty",
    "use",
    "versions",
    "with_roles_resolved",
    "write",
    "write_workbook",
]

try:
    __version__ = version("burden")
except PackageNotFoundError:
    __version__ = "0+unknown"

_MEMBERS: Mapping[str, str] = {
    "Inventory": "burden.model.inventory",
    "InventoryError": "burden.model.findings",
    "Portfolio": "burden.model.portfolio",
    "blank_workbook": "burden.sources.workbook",
    "check": "burden.model.checks",
    "completeness": "burden.model.completeness",
    "explain": "burden.analysis.explain",
    "Finding": "burden.model.findings",
    "with_roles_resolved": "burden.model.competences",
    "difference": "burden.model.inventory",
    "example": "burden.sources.examples",
    "example_portfolio": "burden.sources.examples",
    "from_frames": "burden.model.inventory",
    "merge": "burden.model.inventory",
    "portfolio_from_counts": "burden.model.portfolio",
    "portfolio_from_frame": "burden.model.portfolio",
    "read": "burden.sources.folder",
    "read_partial": "burden.sources.folder",
    "read_portfolio": "burden.sources.portfolio_file",
    "select": "burden.model.inventory",
    "write": "burden.sources.package",
    "write_workbook": "burden.sources.workbook",
}

_MODULES: Mapping[str, str] = {
    "allocation": "burden.analysis.allocation",
    "audit": "burden.report.audit",
    "calendar": "burden.analysis.calendar",
    "calls": "burden.analysis.calls",
    "change": "burden.analysis.change",
    "concentration": "burden.analysis.concentration",
    "control": "burden.analysis.control",
    "cost": "burden.analysis.cost",
    "coverage": "burden.analysis.coverage",
    "cpom": "burden.analysis.cpom",
    "estimates": "burden.analysis.estimates",
    "figures": "burden.figures",
    "graph": "burden.graph",
    "grouping": "burden.analysis.grouping",
    "intents": "burden.analysis.intents",
    "ledger": "burden.analysis.ledger",
    "legal_force": "burden.analysis.legal_force",
    "perceived": "burden.analysis.perceived",
    "redundancy": "burden.analysis.redundancy",
    "reply": "burden.report.reply",
    "shared": "burden.report.shared",
    "simplify": "burden.simplify",
    "size": "burden.analysis.size",
    "uncertainty": "burden.analysis.uncertainty",
    "use": "burden.analysis.use",
    "versions": "burden.report.versions",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _MEMBERS:
        return getattr(import_module(_MEMBERS[name]), name)
    raise AttributeError(f"module 'burden' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
