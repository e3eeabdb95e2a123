"""What a part of a report says of tools written by hand, without the rest of an audit."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import networkx as nx
import pandas as pd

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.report.audit import Audit
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Sentence, Table
from burden.report.key_figures import KeyFigure, by_id
from burden.report.names import names
from burden.report.parts import owed


def alone(
    part: ModuleType, inv: Inventory, ptf: Portfolio, known: dict[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """What one part makes of tools that all fall on the portfolio."""
    found: dict[str, pd.DataFrame] = part.tables(Audited(ptf, inv, inv), known or {})
    return found


def tables(part: ModuleType, inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    """The ledger and what the part makes of it."""
    known = alone(owed, inv, ptf)
    return known | alone(part, inv, ptf, known)


def figures(part: ModuleType, inv: Inventory, ptf: Portfolio) -> dict[str, KeyFigure]:
    return by_id(part.key_figures(tables(part, inv, ptf)))


def reading(part: ModuleType, inv: Inventory, ptf: Portfolio, language: str = "en") -> Reading:
    audit = Audit(inv, ptf, figures(part, inv, ptf), tables(part, inv, ptf), nx.MultiDiGraph(), ())
    return Reading(audit, language, names(inv, language))


def sentences(blocks: list[Block] | tuple[Block, ...]) -> list[str]:
    said = []
    for block in blocks:
        if isinstance(block, Sentence):
            values = {k: _shown(v) for k, v in block.text.values.items()}
            said.append(replace(block.text, values=values).render("en"))
    return said


def _shown(value: object) -> object:
    if isinstance(value, KeyFigure):
        return value.shown("en")
    return value[0].shown("en", value[1]) if isinstance(value, tuple) else value


def drawn(blocks: tuple[Block, ...]) -> dict[str, Table]:
    """Tables by identifier, those beside a chart with them."""
    shown = [b.table if isinstance(b, Chart) else b for b in blocks if isinstance(b, (Chart, Table))]
    return {t.id: t for t in shown}
