"""Problems of a plan like those of a real portfolio, from a seed; the number of obligations is an argument.

Obligations come in families of variants of one form, each family in a silo of a few authorities. Popular
pieces of information are asked by many forms, at one of several frequencies: a slot can be taken from those
of other forms that ask the same at least as often. What passes between authorities needs a gateway, at a
level that depends on the two and on whether personal data pass; what must be harmonised needs the texts of
the obligation amended. Gateways and acts are limited, to a quarter of those that would be of use.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.simplify.planning.problem import REGISTER, Problem, table

Integers = npt.NDArray[np.int64]
ITEMS_EACH, FAMILY = 41, 4
RATES = np.array([1.0, 4.0, 12.0])
HELD_SHARE = 0.04
"""Share of the slots whose answer a register holds."""
REACH = 6
"""Sources proposed for one slot at most, the others being barred."""


@dataclass(frozen=True, eq=False)
class Forms:
    """Who asks what: authorities and texts of each obligation, and its items."""

    authorities: list[tuple[int, ...]]
    texts: list[tuple[int, ...]]
    tool: Integers
    concept: Integers
    rate: npt.NDArray[np.float64]
    units: npt.NDArray[np.float64]


def checksum(problem: Problem) -> str:
    """The same for the same problem."""
    digest = hashlib.sha256()
    for field in fields(problem):
        value = getattr(problem, field.name)
        entries = sparse.coo_array(value) if isinstance(value, sparse.csr_array) else None
        parts = (value,) if entries is None else (*entries.coords, entries.data)
        for part in parts:
            digest.update(np.ascontiguousarray(part, dtype=np.float64).round(9).tobytes())
    return digest.hexdigest()[:12]


def forms(rng: np.random.Generator, obligations: int) -> Forms:
    """Families of forms; each variant changes about a third of the items of its family."""
    many, concepts = int(2 * obligations**0.4), 9 * obligations
    busy = 1.0 / np.arange(1, many + 1)
    busy /= busy.sum()
    popular = 1.0 / np.arange(1, concepts + 1) ** 0.45
    popular /= popular.sum()
    authorities: list[tuple[int, ...]] = []
    texts: list[tuple[int, ...]] = []
    tool: list[Integers] = []
    concept: list[Integers] = []
    for family in range(-(-obligations // FAMILY)):
        silo = int(rng.choice(many, p=busy))
        stock = rng.choice(concepts, 2 * ITEMS_EACH, p=popular)
        for _ in range(min(FAMILY, obligations - family * FAMILY)):
            own = {silo} if rng.random() < 0.5 else {int(rng.choice(many, p=busy))}
            own |= {int(rng.choice(many, p=busy))} if rng.random() < 0.15 else set()
            size = max(4, int(rng.normal(ITEMS_EACH, 9)))
            items = np.concatenate([rng.choice(stock, size), rng.choice(concepts, size // 2, p=popular)])
            items = pd.unique(items)[:size]
            tool.append(np.full(len(items), len(authorities)))
            concept.append(items)
            authorities.append(tuple(sorted(own)))
            own_texts = {int(family) if rng.random() < 0.4 else int(rng.integers(obligations // 2))}
            own_texts |= {int(rng.integers(obligations // 2))} if rng.random() < 0.15 else set()
            texts.append(tuple(sorted(own_texts)))
    rate = rng.choice(RATES, obligations, p=[0.6, 0.25, 0.15])
    units = rng.lognormal(0.0, 1.1, obligations)
    return Forms(authorities, texts, np.concatenate(tool), np.concatenate(concept), rate, units)


def problem(obligations: int, seed: int = 11) -> Problem:
    """A problem of so many obligations, with about 41 slots each and 3 links a slot."""
    rng = np.random.default_rng(seed)
    asked = forms(rng, obligations)
    slots = len(asked.tool)
    minutes = rng.lognormal(1.0, 0.8, slots)
    personal = rng.random(int(asked.concept.max()) + 1) < 0.4
    collected = np.round(minutes * asked.rate[asked.tool] * asked.units[asked.tool], 3)
    known = _Known(asked)
    slot, source, harmonise = _pairs(rng, asked)
    needs = known.needs(asked.tool[slot], np.where(source >= 0, asked.tool[source], -1), personal[asked.concept[slot]])
    clauses = [[*need, *(known.amend(t) if h else ())] for need, t, h in
               zip(needs, asked.tool[slot], harmonise, strict=True)]  # fmt: skip
    merges = _merges(rng, asked, slot, source)
    permits = [known.permit(("merge", int(a), int(b))) for a, b in merges]
    for permit, (a, b) in zip(permits, merges, strict=True):
        known.permit_needs[permit] = [*known.amend(a), *known.amend(b)]
    moved = [np.flatnonzero(asked.tool == a) for a, _ in merges]
    by_merge = np.concatenate([np.empty(0, dtype=np.int64), *moved])
    way = np.repeat(np.arange(len(merges)), [len(m) for m in moved])
    clauses += [[known.clause((permits[w],))] for w in way]
    there = minutes[by_merge] * asked.rate[asked.tool[by_merge]] * asked.units[asked.tool[by_merge]]
    closable = rng.random(obligations) < 0.6
    only_merged = closable & (rng.random(obligations) < 0.4)
    limits, limit = known.limits()
    ends = [known.amend(t) if may else [] for t, may in enumerate(closable)]
    return Problem(
        tool=asked.tool,
        collected_weight=collected,
        kept_weight=np.round(rng.lognormal(2.0, 0.7, obligations) * asked.rate * asked.units, 3),
        closable=closable,
        only_merged=only_merged,
        slot=np.concatenate([slot, by_merge]),
        source=np.concatenate([source, np.full(len(by_merge), REGISTER)]),
        link_weight=np.concatenate([np.zeros(len(slot)), np.round(0.7 * there, 3)]),
        clauses=table(list(known.clauses), len(known.permits)),
        link_needs=table(clauses, len(known.clauses)),
        end_needs=table(ends, len(known.clauses)),
        permit_needs=table(known.permit_needs, len(known.clauses)),
        permit_weight=known.transition(),
        merged=np.array([p[1] if p[0] == "merge" else -1 for p in known.permits]),
        into=np.array([p[2] if p[0] == "merge" else -1 for p in known.permits]),
        limits=limits,
        limit=limit,
    )


def _pairs(rng: np.random.Generator, asked: Forms) -> tuple[Integers, Integers, npt.NDArray[np.bool_]]:
    """Slots, where each can be taken from, and whether that takes an amended text."""
    at = pd.DataFrame({"slot": np.arange(len(asked.tool)), "tool": asked.tool, "concept": asked.concept})
    at["rate"] = asked.rate[at["tool"]]
    both = at.merge(at, on="concept")
    both = both[(both["tool_x"] != both["tool_y"]) & (both["rate_y"] >= both["rate_x"])]
    both = both[rng.random(len(both)) < 0.62]
    both = both.assign(order=rng.random(len(both))).sort_values(["slot_x", "order"])
    both = both[both.groupby("slot_x").cumcount() < REACH]
    held = np.flatnonzero(rng.random(len(at)) < HELD_SHARE)
    slot = np.concatenate([both["slot_x"].to_numpy(), held])
    source = np.concatenate([both["slot_y"].to_numpy(), np.full(len(held), REGISTER)])
    order = np.lexsort((source, slot))
    return slot[order], source[order], rng.random(len(slot)) < 0.25


def _merges(rng: np.random.Generator, asked: Forms, slot: Integers, source: Integers) -> Integers:
    """Pairs of obligations of which the second can serve a sixth of the items of the first."""
    from_slot = source >= 0
    pairs = pd.DataFrame({"a": asked.tool[slot[from_slot]], "b": asked.tool[source[from_slot]]})
    shared = pairs.value_counts().reset_index()
    shared = shared[shared["count"] >= np.bincount(asked.tool)[shared["a"]] / 6]
    shared = shared.sort_values(["a", "count", "b"], ascending=[True, False, True])
    shared = shared[shared.groupby("a").cumcount() < 1]
    return np.asarray(shared.loc[rng.random(len(shared)) < 0.8, ["a", "b"]].to_numpy(dtype=np.int64))


class _Known:
    """Permits and clauses, numbered as they are met."""

    def __init__(self, asked: Forms) -> None:
        self.asked = asked
        self.permits: dict[tuple[object, ...], int] = {}
        self.permit_needs: list[list[int]] = []
        self.clauses: dict[tuple[int, ...], int] = {}
        self.found: dict[tuple[object, ...], list[int]] = {}

    def permit(self, key: tuple[object, ...]) -> int:
        if key not in self.permits:
            self.permits[key] = len(self.permits)
            self.permit_needs.append([])
        return self.permits[key]

    def clause(self, permits: tuple[int, ...]) -> int:
        return self.clauses.setdefault(tuple(sorted(permits)), len(self.clauses))

    def amend(self, tool: int) -> list[int]:
        return [self.clause((self.permit(("act", text)),)) for text in self.asked.texts[tool]]

    def needs(self, tool: Integers, giver: Integers, personal: npt.NDArray[np.bool_]) -> list[list[int]]:
        """Clauses under which an item passes from one obligation, or a register, to another."""
        found = []
        for row in zip(tool.tolist(), giver.tolist(), personal.tolist(), strict=True):
            receivers = self.asked.authorities[row[0]]
            givers = self.asked.authorities[row[1]] if row[1] >= 0 else (0,)
            key = (receivers, givers, row[2])
            if key not in self.found:
                self.found[key] = [
                    self.clause(tuple(self.permit(("gateway", g, r, row[2], _level(g, r, row[2]))) for g in givers))
                    for r in receivers if r not in givers
                ]  # fmt: skip
            found.append(self.found[key])
        return found

    def transition(self) -> npt.NDArray[np.float64]:
        takes = {"act": 3.0, "gateway": 1.5, "merge": 2.0}
        return np.array([takes[str(p[0])] for p in self.permits])

    def limits(self) -> tuple[sparse.csr_array, npt.NDArray[np.float64]]:
        """Acts together, and gateways per level: a quarter of what there are."""
        kinds = [("act",), *(("gateway", level) for level in ("convention", "decree", "law"))]
        rows = np.array([[p[0] == k[0] and (len(k) == 1 or p[4] == k[1]) for p in self.permits] for k in kinds], float)
        return sparse.csr_array(rows), np.floor(rows.sum(axis=1) / 4)


def _level(giver: int, receiver: int, personal: bool) -> str:
    if not personal:
        return "convention"
    return "decree" if giver % 3 and receiver % 3 else "law"
