"""Ways to allocate the same award: each with its own steps and thresholds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from burden.analysis.calls.competition import cost
from burden.analysis.calls.steps import PROCEDURES, Step, absent
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.model.inventory import Inventory

_DEFAULT = Assumptions()
THRESHOLD = "Seuil : "
"""How the note of a legal basis begins when it states from where, or up to where, a procedure applies."""
_STEP_COLUMNS = [
    "procedure", "obligation_id", "each", "population_id", "present", "name_fr", "period", "evidence", "legal_base_ids",
]  # fmt: skip
_THRESHOLD_COLUMNS = ["procedure", "legal_base_id", "citation", "threshold_fr", "evidence", "source_id"]


def procedures(
    inv: Inventory,
    *,
    candidates: Mapping[str, int],
    awards: int,
    amount_eur: float,
    duration_years: float,
    steps: Mapping[str, tuple[Step, ...]] = PROCEDURES,
    year: int | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """What each way of allocating the same award takes, on both sides.

    Parameters
    ----------
    candidates : mapping of str to int
        Procedure → its number of candidates: only those named are compared.
    awards : int
        Files chosen, the same for all.
    amount_eur, duration_years : float
        Euros allocated in all (NaN when unknown), and for how long.
    steps : mapping of str to tuple of Step
        The steps of each procedure.

    Returns
    -------
    DataFrame
        The rows of :func:`burden.analysis.calls.competition.cost` for each procedure, with
        ``obligation_ids``, those of its steps that the inventory has. A procedure in which the
        inventory has no file of the candidates has unknown hours and euros, whatever its other
        steps take.

    Raises
    ------
    KeyError
        If a procedure named has no steps.

    Examples
    --------
    >>> import burden as bd
    >>> ways = {"contract": (Step("CPOM"),), "study": (Step("ES"),)}
    >>> found = procedures(
    ...     bd.example("four-tools"), candidates={"contract": 1, "study": 4}, awards=1, amount_eur=1e4,
    ...     duration_years=1, steps=ways,
    ... )
    >>> (found.loc[found["party"] == "losers", "hours"] > 0).tolist()
    [False, True]
    """
    if unknown := [p for p in candidates if p not in steps]:
        raise KeyError(f"no steps are known for {unknown[0]!r}; there are {', '.join(steps)}")
    known = set(inv.obligations["obligation_id"])
    parts = []
    for procedure, number in candidates.items():
        present = [s.obligation_id for s in steps[procedure] if s.obligation_id in known]
        if not present:
            continue
        found = cost(
            inv, steps[procedure], candidates=number, awards=awards, amount_eur=amount_eur,
            duration_years=duration_years, year=year, assumed=assumed,
        )  # fmt: skip
        if not any(s.each == "candidate" and s.obligation_id in known for s in steps[procedure]):
            measured = found.columns.str.startswith(("hours", "eur", "share"))
            found = found.assign(**dict.fromkeys(found.columns[measured], float("nan")))
        parts.append(found.assign(procedure=procedure, obligation_ids="|".join(present)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["procedure", "party"])


def procedure_steps(inv: Inventory, *, steps: Mapping[str, tuple[Step, ...]] = PROCEDURES) -> pd.DataFrame:
    """Which obligations make each procedure, and what they rest on.

    Returns
    -------
    DataFrame
        One row per step: ``procedure``, ``obligation_id``, ``each``, ``population_id``, ``present``
        in the inventory or not, and of the obligation ``name_fr``, ``period``, ``evidence``,
        ``legal_base_ids``.

    Examples
    --------
    >>> import burden as bd
    >>> procedure_steps(bd.example("four-tools"), steps={"contract": (Step("CPOM"),)})["present"].tolist()
    [True]
    """
    rows = [
        (name, step.obligation_id, step.each, step.population_id, not absent(inv, [step]))
        for name, procedure in steps.items()
        for step in procedure
    ]
    frame = pd.DataFrame(rows, columns=_STEP_COLUMNS[:5])
    of = inv.obligations[["obligation_id", "name_fr", "period", "evidence", "legal_base_ids"]]
    return frame.merge(of, on="obligation_id", how="left")[_STEP_COLUMNS]


def thresholds(inv: Inventory, *, steps: Mapping[str, tuple[Step, ...]] = PROCEDURES) -> pd.DataFrame:
    """From where, or up to where, the texts let each procedure be used.

    A threshold is what the note of a legal basis of one of its steps says after ``Seuil :``.

    Returns
    -------
    DataFrame
        One row per procedure and threshold: ``procedure``, ``legal_base_id``, ``citation``,
        ``threshold_fr``, ``evidence``, ``source_id``.

    Examples
    --------
    >>> import burden as bd
    >>> thresholds(bd.example("four-tools")).empty
    True
    """
    known = procedure_steps(inv, steps=steps)
    known = known.assign(legal_base_id=known["legal_base_ids"].fillna("").str.split("|")).explode("legal_base_id")
    bases = inv.legal_bases
    stating = bases[bases["note"].fillna("").str.startswith(THRESHOLD)]
    stating = stating.assign(threshold_fr=stating["note"].str.removeprefix(THRESHOLD))
    of_base = stating[["legal_base_id", "citation", "threshold_fr", "evidence", "source_id"]]
    found = known[["procedure", "legal_base_id"]].drop_duplicates().merge(of_base, on="legal_base_id")
    return found[_THRESHOLD_COLUMNS]
