"""Run the audit of a portfolio: every measure once, gathered for the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import networkx as nx
import pandas as pd

from burden import graph
from burden.model.checks import findings
from burden.model.completeness import completeness, evidence_counts
from burden.model.findings import Finding
from burden.model.focus import focused
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report.audited import Audited, audited
from burden.report.inputs import inputs
from burden.report.key_figures import KeyFigure, Tables, by_id
from burden.report.names import name_of_audited
from burden.report.parts import APART, PARTS
from burden.report.processes import InTurn

Step = Callable[[Text], None]


@dataclass(frozen=True, eq=False)
class Audit:
    """What an audit found.

    Attributes
    ----------
    inventory : Inventory
        What falls on the portfolio, roles resolved.
    portfolio : Portfolio
        Who is audited.
    figures : dict of str to KeyFigure
        Every number that a report may print.
    tables : dict of str to DataFrame
        Every result, by name.
    graph : MultiDiGraph
        Obligations and what they are tied to.
    findings : tuple of Finding
        What the checks found in the whole inventory and the portfolio.
    focus : str
        What it was narrowed to, if it was.
    inputs : dict of str to str
        What it was run on (see :func:`burden.report.inputs.inputs`).
    """

    inventory: Inventory
    portfolio: Portfolio
    figures: Mapping[str, KeyFigure] = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    graph: nx.MultiDiGraph[str] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    focus: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)

    def write(
        self, folder: str | Path, *, language: str = "fr", on_step: Step | None = None, executor: Executor | None = None
    ) -> Path:
        """Write the bundle; see :func:`burden.report.bundle.write_bundle`."""
        from burden.report.bundle import write_bundle

        return write_bundle(self, folder, language=language, on_step=on_step, executor=executor)


def run(
    inv: Inventory, ptf: Portfolio, *, focus: str = "", on_step: Step | None = None, executor: Executor | None = None
) -> Audit:
    """Audit a portfolio.

    Parameters
    ----------
    focus : str, optional
        A silo, an instrument, a type of actor, a function or ``home-intervention``
        (see :func:`burden.model.focus.focused`).
    on_step : callable, optional
        Told what is being worked out.
    executor : Executor, optional
        Where the parts that take long are measured (:mod:`burden.report.processes`).

    Returns
    -------
    Audit
        Every result, its key figures and the sections of its report; ``write`` puts them into a folder.

    Examples
    --------
    >>> import burden as bd
    >>> found = run(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> found.figures["owed.obligations"].value
    4.0
    """
    say = on_step or (lambda _: None)
    say(text("Finding what falls on whom"))
    looked_at = audited(*(focused(inv, ptf, focus) if focus else (inv, ptf)))
    say(text("Drawing the graph of obligations"))
    network = graph.build(looked_at.borne, portfolio=looked_at.portfolio)
    tables = {
        "counterparts": graph.counterparts(network),
        "families": graph.families(network),
        "in_the_middle": graph.in_the_middle(network),
    }
    tables |= _measured(looked_at, tables, say, executor or InTurn())
    say(text("Checking the inventory"))
    found = findings(inv, portfolio=ptf)
    tables["completeness"] = completeness(inv)
    tables["evidence"] = evidence_counts(inv)
    tables["sources"] = _cited_sources(looked_at.borne)
    figures = _key_figures(looked_at.portfolio, tables)
    ran_on = inputs(inv, ptf, focus)
    return Audit(looked_at.borne, looked_at.portfolio, figures, tables, network, found, focus, ran_on)


def _measured(looked_at: Audited, known: Tables, say: Step, executor: Executor) -> dict[str, pd.DataFrame]:
    """The results of every part, in the order of the report."""
    apart = {part: executor.submit(part.tables, looked_at, {}) for part in APART}
    own: dict[ModuleType, dict[str, pd.DataFrame]] = {}
    for number, part in enumerate((p for p in PARTS if p not in apart), start=len(APART) + 1):
        say(text("Measuring: {number} of {parts}", number=number, parts=len(PARTS)))
        own[part] = part.tables(looked_at, known)
        known = {**known, **own[part]}
    own |= {part: measured.result() for part, measured in apart.items()}
    return {name: frame for part in PARTS for name, frame in own[part].items()}


def _key_figures(ptf: Portfolio, tables: Tables) -> dict[str, KeyFigure]:
    """Every key figure of every part, by identifier."""
    scope = text("{name}, one year", name=name_of_audited(ptf))
    return by_id(replace(figure, scope=scope) for part in PARTS for figure in part.key_figures(tables))


def _cited_sources(inv: Inventory) -> pd.DataFrame:
    """Sources that the audited rows cite, with how many rows each carries."""
    cited = pd.concat([inv[t]["source_id"].dropna() for t in inv.records if "source_id" in inv[t] and t != "sources"])
    counts = cited.value_counts().rename("rows").rename_axis("source_id").reset_index()
    return inv.sources.merge(counts, on="source_id").sort_values("source_id").reset_index(drop=True)
