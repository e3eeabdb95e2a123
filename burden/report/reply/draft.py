"""What is sent for reply: the inventory, what the audit found of it, the measures considered."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report.audited import Audited, audited
from burden.report.key_figures import Tables
from burden.report.names import Names, names
from burden.report.parts import owed, repeats, use
from burden.simplify import plan
from burden.simplify.planning.changes import MEASURES
from burden.sources.objects import read_object
from burden.sources.tables import read_table_file

_SHOWN = (owed, repeats, use)
NEEDED = ("ledger", "containment", "repeated")
"""Tables of an audit without which no form can be written."""
_MEASURES = "plan_measures"
_WANTED = (*NEEDED, "use_by_tool", _MEASURES)
_IDENTIFIERS = ("obligation_id", "concept_id", "actor_id", "what", "label_fr", "side")


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft report as those concerned are shown it.

    Attributes
    ----------
    inventory : Inventory
        As it was read, roles unresolved: what a correction changes.
    looked_at : Audited
        What falls on the portfolio, roles resolved: what is shown.
    tables : dict of str to DataFrame
        Results of the audit.
    measures : DataFrame
        Measures considered (see :class:`burden.simplify.planning.changes.Changes`).
    language : str
        ``fr`` or ``en``.
    names : Names
        Names in that language.
    """

    inventory: Inventory
    looked_at: Audited
    tables: Tables = field(repr=False)
    measures: pd.DataFrame = field(repr=False)
    language: str
    names: Names = field(repr=False)

    @property
    def portfolio(self) -> Portfolio:
        """Who is audited."""
        return self.looked_at.portfolio

    @property
    def borne(self) -> Inventory:
        """The obligations that fall on the portfolio, roles resolved."""
        return self.looked_at.borne


def draft(inv: Inventory, ptf: Portfolio, *, tables: Tables | None = None, language: str = "fr") -> Draft:
    """What is sent for reply.

    Parameters
    ----------
    tables : mapping of str to DataFrame, optional
        Results of an audit of the same inventory and portfolio (``audit.tables`` or
        :func:`audited_tables`); what the forms show of them, and the plan, are worked out when absent.
    language : str
        ``fr`` or ``en``.

    Returns
    -------
    Draft
        What :func:`write_forms` and :func:`addressees` take.
    """
    looked_at = audited(inv, ptf)
    if tables is None:
        tables = {}
        for part in _SHOWN:
            tables = {**tables, **part.tables(looked_at, tables)}
        tables = {**tables, _MEASURES: plan(inv, ptf).measures}
    measures = tables.get(_MEASURES, pd.DataFrame(columns=MEASURES))
    return Draft(inv, looked_at, tables, measures, language, names(looked_at.whole, language))


def audited_tables(bundle: str | Path, inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    """The results that forms show, from the folder of an audit.

    Returns
    -------
    dict of str to DataFrame
        Tables by the name that the audit gives them.

    Raises
    ------
    InventoryError
        If the folder is no audit, or one of something else.
    """
    folder = Path(bundle)
    faults = list(_of_another(folder, inv, ptf))
    faults += [
        Finding("missing file", "error", Place(f"{folder.name}/tables/{name}.csv"), text("it is not there."), _AGAIN)
        for name in NEEDED
        if not (folder / "tables" / f"{name}.csv").is_file()
    ]
    if faults:
        raise InventoryError(faults)
    dtypes = dict.fromkeys(_IDENTIFIERS, "str")
    files = {name: folder / "tables" / f"{name}.csv" for name in _WANTED}
    found = {
        name: read_table_file(path, f"{folder.name}/tables/{path.name}", _AGAIN, types=dtypes)
        for name, path in files.items()
        if path.is_file()
    }
    if _MEASURES in found:
        words = [c for c in MEASURES if c not in ("items", "saved")]
        found[_MEASURES][words] = found[_MEASURES][words].astype("str").fillna("")
    return found


_AGAIN = text("Run `burden audit` again, or leave --audit out.")


def _of_another(folder: Path, inv: Inventory, ptf: Portfolio) -> list[Finding]:
    file = f"{folder.name}/audit.json"
    try:
        told = read_object(folder / "audit.json")
    except (OSError, ValueError):
        return [Finding("missing file", "error", Place(file), text("there is no audit here."), _AGAIN)]
    return [
        Finding("another audit", "error", Place(file, column=what), _another(str(told.get(what)), name), _AGAIN)
        for what, name in (("inventory", inv.name), ("portfolio", ptf.name))
        if told.get(what) != name
    ]


def _another(audited_name: str, name: str) -> Text:
    return text("the audit is of '{audited}', not of '{name}'.", audited=audited_name, name=name)
