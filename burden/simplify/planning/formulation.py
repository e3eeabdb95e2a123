"""From what is demanded to the problem: permits, clauses, limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis.askings import Reuse
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify.planning.demands import USABLE, Demands, demands, known_to
from burden.simplify.planning.merges import endings, merges, moved
from burden.simplify.planning.problem import REGISTER, Problem, table
from burden.simplify.planning.rules import (
    ADMINISTRATIONS,
    AUDIENCES,
    BINDING,
    NOT_DECLARED,
    UNKNOWN,
    acts,
    gateway_level,
)

ALL = "all"
"""Of every level, in a limit."""

PERMITS = ["kind", "legal_base_id", "from_authority_id", "to_authority_id", "personal", "level",
           "authority_ids", "obligation_id", "into"]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Formulation:
    """The problem, and what its numbers stand for.

    Attributes
    ----------
    problem : Problem
    demands : Demands
        Its slots and tools, in the order of those of the problem.
    links : DataFrame
        In the order of those of the problem: ``slot``, ``source``, ``register``, ``reuse``
        (``moved`` for an item that goes with its obligation), ``permit`` of that merge, or -1.
    permits : DataFrame
        ``kind`` (``act``, ``gateway``, ``merge``), the act, the two authorities of a gateway and
        whether personal data pass, the obligation that a merge ends and the one it goes into,
        ``level``, ``authority_ids`` who must decide.
    holders : array of str
        Holder and name of each register, in the order of ``holdings``.
    """

    problem: Problem
    demands: Demands
    links: pd.DataFrame
    permits: pd.DataFrame
    holders: npt.NDArray[np.object_]


@dataclass(frozen=True)
class Terms:
    """What the user allows, and how a change is weighed.

    Attributes
    ----------
    reuse : str
        Widest class of reuse.
    measure : str
        ``hours_per_year`` or ``cost_eur_per_year``.
    sides : mapping of str to float
        Weight of each side of the counter.
    max_acts : int or mapping of str to int, optional
        Most acts to amend: of law and regulation together, or per level (``all`` is the whole); no
        limit when absent.
    max_gateways : int or mapping of str to int, optional
        Most gateways to open, in all or per level of the act that opens them.
    without : collection of str
        Authorities that are not to be asked for anything.
    transition : mapping of str to float, optional
        What a change takes once, in the unit of the measure: per level of act, and ``gateway`` and
        ``merge``. Not counted when absent.
    years : float
        Years over which the transition is spread.
    max_transition : float, optional
        Most that all changes together may take once.
    harmonise_protected : bool
        Whether items of protected obligations may be taken from elsewhere after agreeing on another
        definition of them; the obligations stay in any case.
    """

    reuse: Reuse = "harmonise"
    measure: str = "hours_per_year"
    sides: Mapping[str, float] | None = None
    max_acts: int | Mapping[str, int] | None = None
    max_gateways: int | Mapping[str, int] | None = None
    without: Collection[str] = ()
    transition: Mapping[str, float] | None = None
    years: float = 5.0
    max_transition: float | None = None
    harmonise_protected: bool = False

    @property
    def weights(self) -> Mapping[str, float]:
        """Weight of each side; both count alike when nothing is said."""
        return {"respondent": 1.0, "authority": 1.0} if self.sides is None else self.sides


def formulate(inv: Inventory, ptf: Portfolio, terms: Terms) -> Formulation:
    """State the plan of a portfolio as a problem.

    Parameters
    ----------
    inv : Inventory
        With its roles resolved for the portfolio, and only what the portfolio bears.
    """
    found = demands(
        inv, ptf, reuse=terms.reuse, measure=terms.measure, sides=terms.weights,
        harmonise_protected=terms.harmonise_protected,
    )  # fmt: skip
    pairs = merges(inv, ptf, found)
    known = _Permits(inv, terms)
    links, link_clauses = _links(inv, found, known)
    by_merge = moved(inv, ptf, found, pairs, terms.measure, terms.weights)
    merge_permits = [known.merge(*pair) for pair in zip(pairs["obligation_id"], pairs["into"], strict=True)]
    possible = by_merge["pair"].map(lambda p: merge_permits[p] is not None)
    by_merge = by_merge[possible.astype(bool)]
    permit = np.array([merge_permits[p] for p in by_merge["pair"]], dtype=np.int64)
    by_merge = by_merge.assign(source=REGISTER, register=-1, reuse="moved", permit=permit)
    link_clauses += [[known.clause([p])] for p in permit]
    links = pd.concat([links.assign(weight=0.0, permit=-1), by_merge.drop(columns="pair")], ignore_index=True)
    holders = (inv.holdings["authority_id"] + inv.holdings["register"]).to_numpy(dtype=object)
    problem = _problem(inv, found, links, link_clauses, known, terms)
    return Formulation(problem, found, links, known.frame(), holders)


def limited(stated: Formulation, terms: Terms) -> Formulation:
    """The same problem under other limits."""
    limits, limit = _limits(stated.permits, terms)
    return replace(stated, problem=replace(stated.problem, limits=limits, limit=limit))


def _problem(
    inv: Inventory, found: Demands, links: pd.DataFrame, link_clauses: list[list[int]], known: _Permits, terms: Terms
) -> Problem:
    slots, tools, end = found.slots, found.tools, endings(inv, found)
    place = {o: i for i, o in enumerate(tools["obligation_id"])}
    ends = [known.acts_of(o) if may else [] for o, may in zip(end["obligation_id"], end["closable"], strict=True)]
    closable = end["closable"].to_numpy(dtype=bool) & np.array([e is not None for e in ends], dtype=bool)
    permits = known.frame()
    limits, limit = _limits(permits, terms)
    clauses = len(known.clauses)
    return Problem(
        tool=slots["obligation_id"].map(place).to_numpy(dtype=np.int64),
        collected_weight=slots["weight"].to_numpy(dtype=float),
        kept_weight=tools["weight"].to_numpy(dtype=float),
        closable=closable,
        only_merged=end["only_merged"].to_numpy(dtype=bool) & closable,
        slot=links["slot"].to_numpy(dtype=np.int64),
        source=links["source"].to_numpy(dtype=np.int64),
        link_weight=links["weight"].to_numpy(dtype=float),
        clauses=table(known.clauses, len(permits)),
        link_needs=table(link_clauses, clauses),
        end_needs=table([e or [] for e in ends], clauses),
        permit_needs=table(known.needs, clauses),
        permit_weight=_transition(permits, terms) / terms.years,
        merged=permits["obligation_id"].map(place).fillna(-1).to_numpy(dtype=np.int64),
        into=permits["into"].map(place).fillna(-1).to_numpy(dtype=np.int64),
        limits=limits,
        limit=limit,
    )


class _Permits:
    """Permits and clauses, numbered as they are met."""

    def __init__(self, inv: Inventory, terms: Terms) -> None:
        self.inv = inv
        self.without = set(terms.without)
        self.rows: list[tuple[object, ...]] = []
        self.needs: list[list[int]] = []
        self.clauses: list[tuple[int, ...]] = []
        self._permit: dict[tuple[object, ...], int] = {}
        self._clause: dict[tuple[int, ...], int] = {}
        self._acts: dict[str, list[tuple[str, str, str]]] = {}
        texts = acts(inv)
        for row in zip(*(texts[c] for c in texts), strict=True):
            self._acts.setdefault(row[0], []).append(row[1:])

    def frame(self) -> pd.DataFrame:
        """The permits, one row each."""
        frame = pd.DataFrame(self.rows, columns=PERMITS)
        return frame.astype(dict.fromkeys([c for c in PERMITS if c != "personal"], "str"))

    def clause(self, permits: Iterable[int]) -> int:
        """Number of a clause."""
        key = tuple(sorted(set(permits)))
        if key not in self._clause:
            self._clause[key] = len(self.clauses)
            self.clauses.append(key)
        return self._clause[key]

    def acts_of(self, obligation: str) -> list[int] | None:
        """Clauses that hold when all the texts of an obligation are amended; none if they may not be."""
        found = []
        for base, level, authority in self._acts.get(obligation, []):
            if authority in self.without:
                return None
            found.append(self.clause([self._number("act", base, "", "", False, level, authority, "", "")]))
        return found

    def gateway(self, giver: str, receiver: str, *, personal: bool) -> int | None:
        """A way for information to pass between two authorities."""
        if {giver, receiver} & self.without:
            return None
        level = gateway_level(self.inv, giver, receiver, personal=personal)
        return self._number("gateway", "", giver, receiver, personal, level, f"{giver}|{receiver}", "", "")

    def merge(self, obligation: str, into: str) -> int | None:
        """An obligation that becomes part of another."""
        ends, grows = self.acts_of(obligation), self.acts_of(into)
        if ends is None or grows is None:
            return None
        number = self._number("merge", "", "", "", False, "", "", obligation, into)
        self.needs[number] = [*ends, *grows]
        return number

    def _number(self, *row: object) -> int:
        if row not in self._permit:
            self._permit[row] = len(self.rows)
            self.rows.append(row)
            self.needs.append([])
        return self._permit[row]


def _links(inv: Inventory, found: Demands, known: _Permits) -> tuple[pd.DataFrame, list[list[int]]]:
    """Links that are possible, with the clauses of each."""
    slots, links = found.slots, found.links
    tool, concept = slots["obligation_id"].to_numpy(), slots["concept_id"].to_numpy()
    personal, source = slots["personal"].to_numpy(), links["source"].to_numpy()
    reached, having = found.reached, known_to(inv)
    holder = inv.holdings["authority_id"].to_numpy()
    passes = _Passes(inv, known)
    kept, clauses = [], []
    for i, (slot, origin, register, reuse) in enumerate(
        zip(links["slot"], source, links["register"], links["reuse"], strict=True)
    ):
        givers = having.get(tool[origin], ()) if origin >= 0 else (holder[register],)
        needs = passes.needs(reached.get(tool[slot], ()), givers, concept[slot], bool(personal[slot]))
        if needs is not None and (reuse == "harmonise" or not passes.excused(tool[slot], reached.get(tool[slot], ()))):
            amended = known.acts_of(tool[slot])
            needs = None if amended is None else [*needs, *amended]
        if needs is not None:
            kept.append(i)
            clauses.append(needs)
    return links.iloc[kept].reset_index(drop=True), clauses


class _Passes:
    """What it takes for information to pass from those who have it to those who demand it."""

    def __init__(self, inv: Inventory, known: _Permits) -> None:
        self.known = known
        self.level = dict(zip(inv.authorities["authority_id"], inv.authorities["level"], strict=True))
        self.instrument = dict(zip(inv.obligations["obligation_id"], inv.obligations["instrument"], strict=True))
        columns = ["from_authority_id", "to_authority_id", "concept_id", "status"]
        self.status = {row[:3]: row[3] for row in inv.exchanges[columns].itertuples(index=False, name=None)}
        self.exchanged = set(inv.exchanges["concept_id"])
        self._found: dict[tuple[object, ...], list[int] | None] = {}

    def excused(self, obligation: str, demanding: tuple[str, ...]) -> bool:
        """Whether the code of relations with the public excuses from giving what is had otherwise."""
        return self.instrument[obligation] not in NOT_DECLARED and all(
            self.level.get(a) in ADMINISTRATIONS for a in demanding
        )

    def needs(
        self, demanding: tuple[str, ...], givers: tuple[str, ...], concept: str, personal: bool
    ) -> list[int] | None:
        """Clauses under which a piece of information reaches all who demand it; none if it cannot."""
        key = (demanding, givers, concept if concept in self.exchanged else "", personal)
        if key not in self._found:
            self._found[key] = self._needs(demanding, givers, concept, personal) if demanding and givers else None
        return self._found[key]

    def _needs(
        self, demanding: tuple[str, ...], givers: tuple[str, ...], concept: str, personal: bool
    ) -> list[int] | None:
        clauses = []
        for receiver in sorted(set(demanding) - set(givers)):
            status = {giver: self.status.get((giver, receiver, concept), "") for giver in givers}
            if any(s in USABLE for s in status.values()):
                continue
            ways = [g for g in givers if status[g] != "barred" and self._authorities(g, receiver)]
            opened = [self.known.gateway(g, receiver, personal=personal) for g in ways]
            permits = [permit for permit in opened if permit is not None]
            if not permits:
                return None
            clauses.append(self.known.clause(permits))
        return clauses

    def _authorities(self, *names: str) -> bool:
        return all(self.level.get(name) not in AUDIENCES for name in names)


def by_level(allowed: int | Mapping[str, int] | None) -> dict[str, int]:
    """A limit as numbers by level; ``all`` is the whole.

    Examples
    --------
    >>> by_level(3), by_level({"law": 0}), by_level(None)
    ({'all': 3}, {'law': 0}, {})
    """
    return {ALL: allowed} if isinstance(allowed, int) else dict(allowed or {})


def counts_as(levels: pd.Series, kind: str, level: str) -> pd.Series:
    """Acts or gateways that a limit counts: those of a level, or all; of acts, those of law and regulation."""
    if level != ALL:
        return levels == level
    return levels.isin([*BINDING, UNKNOWN]) if kind == "act" else levels.notna()


def _transition(permits: pd.DataFrame, terms: Terms) -> np.ndarray:
    """What each permit takes once."""
    given = dict(terms.transition or {})
    key = permits["level"].where(permits["kind"] == "act", permits["kind"])
    return key.map(given).fillna(0.0).to_numpy(dtype=float)


def _limits(permits: pd.DataFrame, terms: Terms) -> tuple[sparse.csr_array, np.ndarray]:
    """Rows of weights, and what each may not exceed."""
    rows, most = [], []
    for kind, allowed in (("act", terms.max_acts), ("gateway", terms.max_gateways)):
        for level, number in by_level(allowed).items():
            chosen = (permits["kind"] == kind) & counts_as(permits["level"], kind, level)
            rows.append(chosen.to_numpy(dtype=float))
            most.append(float(number))
    if terms.max_transition is not None:
        rows.append(_transition(permits, terms))
        most.append(terms.max_transition)
    matrix = np.array(rows, dtype=float).reshape(len(rows), len(permits))
    return sparse.csr_array(matrix), np.array(most, dtype=float)
