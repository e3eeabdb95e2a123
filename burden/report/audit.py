"""Run the audit of a portfolio: every measure once, gathered for the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
import pandas as pd

from burden import graph
from burden.analysis import concentration, redundancy
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.analysis.explain import traced_ledger
from burden.analysis.ledger import summed
from burden.analysis.silos import across_silos, silos_of_obligations
from burden.model.checks import findings
from burden.model.competences import with_roles_resolved
from burden.model.completeness import completeness, evidence_counts
from burden.model.findings import Finding
from burden.model.focus import focused
from burden.model.inventory import Inventory, select, with_tables
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report.headline import headline
from burden.report.key_figures import KeyFigure
from burden.report.parts import PARTS

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
    """

    inventory: Inventory
    portfolio: Portfolio
    figures: Mapping[str, KeyFigure] = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    graph: nx.MultiDiGraph[str] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    focus: str = ""

    def write(self, folder: str | Path, *, language: str = "fr", on_step: Step | None = None) -> Path:
        """Write the bundle; see :func:`burden.report.bundle.write_bundle`."""
        from burden.report.bundle import write_bundle

        return write_bundle(self, folder, language=language, on_step=on_step)


def run(inv: Inventory, ptf: Portfolio, *, focus: str = "", on_step: Step | None = None) -> Audit:
    """Audit a portfolio.

    Parameters
    ----------
    focus : str, optional
        A silo, an instrument, a type of actor, a function or ``home-intervention``
        (see :func:`burden.model.focus.focused`).
    on_step : callable, optional
        Told what is being worked out.

    Examples
    --------
    >>> import burden as bd
    >>> found = run(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> found.figures["owed.obligations"].value
    4.0
    """
    say = on_step or (lambda _: None)
    say(text("Finding what falls on whom"))
    whole, whole_portfolio = inv, ptf
    if focus:
        inv, ptf = focused(inv, ptf, focus)
    inv = _borne(with_roles_resolved(inv, ptf), ptf)
    say(text("Measuring the burden"))
    tables = _burden_tables(inv, ptf)
    say(text("Comparing what is asked"))
    tables |= _repeat_tables(inv, ptf)
    say(text("Looking at use, control, calendar and money"))
    for part in PARTS:
        tables |= part.tables(inv, ptf, tables)
    say(text("Drawing the graph of obligations"))
    network = graph.build(inv, portfolio=ptf)
    tables["counterparts"] = graph.counterparts(network)
    tables["families"] = graph.families(network)
    tables["in_the_middle"] = graph.in_the_middle(network)
    say(text("Checking the inventory"))
    found = findings(whole, portfolio=whole_portfolio)
    tables["completeness"] = completeness(whole)
    tables["evidence"] = evidence_counts(whole)
    tables["sources"] = _cited_sources(inv)
    return Audit(inv, ptf, headline(inv, ptf, tables), tables, network, found, focus)


def _borne(inv: Inventory, ptf: Portfolio) -> Inventory:
    """The obligations that fall on the portfolio."""
    fallen = redundancy.borne(inv, ptf)
    return select(inv, obligation=fallen) if fallen else with_tables(inv, {"obligations": inv.obligations[:0]})


def _burden_tables(inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    ledger = traced_ledger(inv, ptf)
    own = ledger[ledger["side"] == "respondent"]
    per_obligation = summed(own, ["obligation_id"]).merge(
        inv.obligations[
            ["obligation_id", "name_fr", "name_en", "instrument", "required_by_id", "period", "evidence", "item_list"]
        ],
        on="obligation_id",
    )
    return {
        "ledger": ledger,
        "obligations": concentration.pareto(per_obligation, value="hours_per_year"),
        "by_authority": _by_authority(own),
        "by_actor": summed(own, ["actor_id"]).assign(etpt=lambda f: f["hours_per_year"] / HOURS_PER_FULL_TIME_YEAR),
        "by_basis": summed(own, ["minutes_basis"]),
        "by_side": summed(ledger, ["side"]),
        "totals": summed(own, []),
        "unmeasured": ledger[ledger["hours_per_year"].isna()].reset_index(drop=True),
    }


def _by_authority(own: pd.DataFrame) -> pd.DataFrame:
    """Hours by the authority that requires and by instrument, with the obligations counted."""
    keys = ["required_by_id", "instrument"]
    counted = own.groupby(keys, dropna=False)["obligation_id"].nunique().rename("obligations")
    return summed(own, keys).merge(counted.reset_index(), on=keys)


def _repeat_tables(inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    return {
        "repeated": redundancy.repeated(inv, ptf),
        "redundancy": redundancy.summary(inv, ptf),
        "redundancy_by_evidence": redundancy.by_evidence(inv, ptf),
        "overlap": redundancy.overlap(inv),
        "containment": redundancy.containment(inv),
        "askers": redundancy.askers(inv),
        "across_silos": across_silos(inv, ptf),
        "silos": silos_of_obligations(inv, ptf),
        "sets": redundancy.sets(inv).rename("value").rename_axis("measure").reset_index(),
    }


def _cited_sources(inv: Inventory) -> pd.DataFrame:
    """Sources that the audited rows cite, with how many rows each carries."""
    cited = pd.concat([inv[t]["source_id"].dropna() for t in inv.records if "source_id" in inv[t] and t != "sources"])
    counts = cited.value_counts().rename("rows").rename_axis("source_id").reset_index()
    return inv.sources.merge(counts, on="source_id").sort_values("source_id").reset_index(drop=True)
