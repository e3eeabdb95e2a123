"""The steps of a procedure: which obligations, and what each is done for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from burden.model.inventory import Inventory
from burden.model.messages import Text, text

Each = Literal["call", "candidate", "shortlisted", "award", "award_year"]
EACH: tuple[Each, ...] = get_args(Each)
"""What a step is done for: the call as a whole, each candidate, each candidate heard or kept for the
second stage, each award, each year of each award."""

SELECTION: tuple[Each, ...] = ("call", "candidate", "shortlisted")
"""Steps that choose; the others follow from the award."""


@dataclass(frozen=True)
class Step:
    """An obligation within a procedure.

    Attributes
    ----------
    obligation_id : str
        The obligation.
    each : str
        What it is done for, one of :data:`EACH`.
    population_id : str
        Only the lines counted per this population; empty for the obligation's own.

    Raises
    ------
    ValueError
        If ``each`` is none of them.

    Examples
    --------
    >>> Step("FR-AUT-01")
    Step(obligation_id='FR-AUT-01', each='candidate', population_id='')
    """

    obligation_id: str
    each: Each = "candidate"
    population_id: str = ""

    def __post_init__(self) -> None:
        if self.each not in EACH:
            raise ValueError(f"{self.each!r} is not one of {', '.join(EACH)}")


Procedure = str | Sequence[Step]
"""A name of :data:`PROCEDURES`, an obligation that is the whole file, or steps of one's own."""

PROCEDURES: Mapping[str, tuple[Step, ...]] = MappingProxyType(
    {
        "call_for_projects": (
            Step("FR-AUT-02", "call", "call_published"),
            Step("FR-AUT-01"),
            Step("FR-AUT-03", "shortlisted"),
            Step("FR-AUT-08", "award"),
        ),
        "call_for_interest": (Step("FR-AUT-04"),),
        "tender": (Step("FR-MAR-01"), Step("FR-MAR-02", "award_year")),
        "concession": (Step("FR-MAR-04"), Step("FR-MAR-03", "award_year")),
        "grant": (Step("FR-SUB-01"), Step("FR-SUB-02", "award_year")),
        "extension": (Step("FR-AUT-05"),),
        "renewal": (Step("FR-AUT-06"),),
    }
)
"""Procedures of French social policy, by the identifiers of the inventories of the repository.

A call for projects (CASF, art. R. 313-1 to R. 313-10) publishes specifications, receives files,
hears the candidates and visits what opens. A tender (CCP, art. R. 2123-1) and a concession (CCP,
art. R. 3126-1) bring papers every six months and a yearly report. A grant brings a financial report
for each year. An extension under the threshold of art. D. 313-2 needs no visit unless it needs a
building permit, a new project or a move; a renewal needs none.
"""

PROCEDURE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "call_for_projects": text("call for projects"),
        "call_for_interest": text("call for expressions of interest"),
        "tender": text("public contract"),
        "concession": text("public service delegation"),
        "grant": text("grant on application"),
        "extension": text("extension of an authorisation"),
        "renewal": text("renewal of an authorisation"),
    }
)
"""What the procedures are called."""

WITHOUT_RIVALS = ("extension", "renewal")
"""Procedures in which there is one candidate, who has the authorisation already."""


def steps_of(inv: Inventory, procedure: Procedure) -> tuple[Step, ...]:
    """The steps of a procedure.

    Parameters
    ----------
    procedure : str or sequence of Step
        A name of :data:`PROCEDURES`, or an obligation that is the whole file, or steps.

    Returns
    -------
    tuple of Step
        In the order in which they are done.

    Raises
    ------
    KeyError
        If a name is neither a procedure nor an obligation of the inventory, or if no step of the
        procedure is an obligation of the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> steps_of(bd.example("four-tools"), "CPOM")
    (Step(obligation_id='CPOM', each='candidate', population_id=''),)
    """
    known = set(inv.obligations["obligation_id"])
    steps = named_steps(procedure) if isinstance(procedure, str) else tuple(procedure)
    if not any(s.obligation_id in known for s in steps):
        wanted = procedure if isinstance(procedure, str) else ", ".join(s.obligation_id for s in steps)
        raise KeyError(f"no step of {wanted!r} is an obligation of the inventory")
    return steps


def named_steps(procedure: str) -> tuple[Step, ...]:
    """The steps of a procedure by its name, or an obligation as the only step."""
    return PROCEDURES.get(procedure, (Step(procedure),))


def absent(inv: Inventory, steps: Sequence[Step]) -> list[str]:
    """Obligations of a procedure that the inventory does not have: their work is not counted."""
    known = set(inv.obligations["obligation_id"])
    return [s.obligation_id for s in steps if s.obligation_id not in known]


def name_of(procedure: Procedure) -> str:
    """How a result names a procedure: its name, or its obligations joined by ``|``."""
    return procedure if isinstance(procedure, str) else "|".join(s.obligation_id for s in procedure)
