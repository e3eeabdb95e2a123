"""What is demanded of a portfolio, item by item: the slots of the plan, and where each can come from.

A slot is one requested item of one obligation. It can be taken from an item of another obligation
when both ask the same piece of information of the same subjects, in an allowed class of reuse, and
the other one at least as often: :mod:`burden.analysis.askings` says when that is. What only comes
with an event cannot be counted on. What falls on a share of the units, or on a number of them that
is not known, is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis import ledger
from burden.analysis.askings import COARSE, REUSES, Level, Reuse, items, level
from burden.analysis.redundancy import recipients_of
from burden.analysis.subjects import STREAM, Cohort, Streams, streams, subjects
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.periods import EVENT, per_year
from burden.model.portfolio import Portfolio

Booleans = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
USABLE = ("operational", "lawful")
"""States in which a register or an exchange can be used without any further act."""
WITHOUT_FACETS = ("identifier", "date", "status", "text", "document")
"""Kinds of information that have no unit or perimeter to agree on."""


REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "protected": text("protected item"),
        "at_disposal": text("kept at disposal, not sent"),
        "not_known_of_whom": text("asked of a share, of a number that is not known, or once only"),
        "fills_register": text("fills a register that others read"),
        "asked_here_only": text("asked nowhere else and held in no register that is known"),
        "less_fresh": text("asked elsewhere less often, later, or not of all"),
        "protected_tool": text("same thing elsewhere only after agreeing on a definition, in a protected tool"),
    }
)
"""Why an item cannot be taken from elsewhere, whatever is allowed; the first that holds."""


@dataclass(frozen=True, eq=False)
class Demands:
    """Slots, tools, and the links by which slots can be served.

    Attributes
    ----------
    slots : DataFrame
        One row per requested item, free identifiers left out: ``row`` (in ``requests``),
        ``obligation_id``, ``concept_id``, ``label_fr``, ``population_id``, ``weight`` (as the user
        weighs them), ``unmeasured``, ``protected``, ``personal``, ``guarded`` (whether its
        obligation is protected, or may be), ``reason`` (one of :data:`REASONS`, empty where it
        has a link).
    tools : DataFrame
        One row per obligation, in inventory order: ``obligation_id``, ``weight`` of what is beside
        the items, ``unmeasured``, ``protected`` (NA unknown), ``complete`` (whether its whole list
        is known).
    links : DataFrame
        One row per slot × source: ``slot``, ``source`` (a slot, -1 for a register), ``register``
        (row of ``holdings``, -1 for a slot), ``reuse``.
    reached : dict of str to tuple of str
        Whom each obligation is sent to, audiences included; nobody where it is kept at disposal.
    """

    slots: pd.DataFrame
    tools: pd.DataFrame
    links: pd.DataFrame
    reached: Mapping[str, tuple[str, ...]]


def demands(
    inv: Inventory,
    ptf: Portfolio,
    *,
    reuse: Reuse,
    measure: str,
    sides: Mapping[str, float],
    harmonise_protected: bool = False,
) -> Demands:
    """Gather what is demanded of a portfolio.

    Parameters
    ----------
    reuse : str
        Widest class of reuse allowed.
    measure : str
        ``hours_per_year`` or ``cost_eur_per_year``.
    sides : mapping of str to float
        Weight of each side of the counter.
    harmonise_protected : bool
        Take items of protected obligations from elsewhere after agreeing on a definition as well.
    """
    lines = weighed(ledger.build(inv, ptf, by=[]), measure, sides)
    reached = sent_to(inv)
    slots = _slots(inv, lines, reached)
    if harmonise_protected:
        slots = slots.assign(guarded=False)
    levels = {r: level(inv, slots, r) for r in REUSES[: REUSES.index(reuse) + 1]}
    asking = _Asking.of(inv, ptf, slots, levels)
    elsewhere = _elsewhere(inv, slots, levels, asking)
    links = pd.concat([elsewhere, _from_registers(inv, slots, asking, reuse)], ignore_index=True)
    slots["reason"] = _reasons(slots, asking, links)
    fits = links["fresh"] & (slots["reason"].to_numpy()[links["slot"]] == "")
    fits &= ~(slots["guarded"].to_numpy()[links["slot"]] & (links["reuse"] == "harmonise"))
    links = links.loc[fits, ["slot", "source", "register", "reuse"]].reset_index(drop=True)
    return Demands(slots, _tools(inv, lines, slots), links, reached)


def sent_to(inv: Inventory) -> dict[str, tuple[str, ...]]:
    """Whom each obligation is sent to; an obligation that is only kept at disposal is not there."""
    recipients = inv.recipients
    sent = recipients.loc[recipients["mode"] != "on_request", "obligation_id"]
    kept = set(recipients["obligation_id"]) - set(sent)
    reached = recipients_of(inv, audiences=True).groupby("obligation_id")["authority_id"]
    return {str(o): tuple(sorted(set(a))) for o, a in reached if o not in kept}


def known_to(inv: Inventory) -> dict[str, tuple[str, ...]]:
    """Who has what each obligation asks: those it is sent to, and the authorities that bear it as well."""
    authorities = inv.duties[inv.duties["actor_id"].isin(inv.authorities["authority_id"])]
    bearing = authorities.groupby("obligation_id")["actor_id"].agg(set)
    return {o: tuple(sorted({*a, *bearing.get(o, set())})) for o, a in sent_to(inv).items()}


def fillings(inv: Inventory) -> pd.DataFrame:
    """Obligations that fill a register, with what they fill it with: ``obligation_id``, ``concept_id``."""
    held = inv.holdings.assign(obligation_id=inv.holdings["filled_by_ids"].str.split("|")).explode("obligation_id")
    known = held["obligation_id"].isin(inv.obligations["obligation_id"])
    return held[known][["obligation_id", "concept_id"]]


def weighed(lines: pd.DataFrame, measure: str, sides: Mapping[str, float]) -> pd.DataFrame:
    """Lines of the ledger with their ``weight``, 0 where it is unknown, and ``unmeasured``."""
    value = lines[measure]
    return lines.assign(
        weight=value.fillna(0.0) * lines["side"].map(dict(sides)).fillna(0.0).astype(float),
        unmeasured=value.isna().astype("int64"),
    )


def _slots(inv: Inventory, lines: pd.DataFrame, reached: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    slots = items(inv, identifiers=True)
    # A name or a number that nobody timed goes with whatever else is given.
    slots = slots[slots["minutes_basis"] != "identifier"].reset_index(drop=True)
    of_item = lines[lines["line"] == "item"].groupby("row")[["weight", "unmeasured"]].sum()
    slots = slots.join(of_item, on="row").assign(population_id=slots["population_id"].fillna(""))
    personal = dict(zip(inv.concepts["concept_id"], inv.concepts["personal"], strict=True))
    filled = set(zip(*fillings(inv)[["obligation_id", "concept_id"]].to_numpy().T, strict=True))
    asked = zip(slots["obligation_id"], slots["concept_id"], strict=True)
    guarded = ~inv.obligations["protected"].eq(False).fillna(False)
    guarded_of = dict(zip(inv.obligations["obligation_id"], guarded, strict=True))
    return slots.assign(
        weight=slots["weight"].fillna(0.0),
        unmeasured=slots["unmeasured"].fillna(0).astype("int64"),
        protected=slots["protected"].astype("boolean").fillna(False).astype(bool),
        # What nobody has said to be impersonal is treated as personal.
        personal=slots["concept_id"].map(personal).astype("boolean").fillna(True).astype(bool),
        guarded=slots["obligation_id"].map(guarded_of).astype(bool),
        sent=slots["obligation_id"].isin(list(reached)),
        fills=np.array([pair in filled for pair in asked], dtype=bool),
    )


def _reasons(slots: pd.DataFrame, asking: _Asking, links: pd.DataFrame) -> npt.NDArray[np.object_]:
    """The first reason why a slot cannot be served; empty where it can."""
    fresh = links[links["fresh"]]
    at = np.arange(len(slots))
    surely = np.isin(at, fresh.loc[fresh["reuse"] != "harmonise", "slot"])
    tests = {
        "protected": slots["protected"].to_numpy(),
        "at_disposal": ~slots["sent"].to_numpy(),
        "not_known_of_whom": ~asking.whole[asking.stream],
        "fills_register": slots["fills"].to_numpy(),
        "asked_here_only": ~np.isin(at, links["slot"]),
        "less_fresh": ~np.isin(at, fresh["slot"]),
        "protected_tool": slots["guarded"].to_numpy() & ~surely,
    }
    return np.asarray(np.select(list(tests.values()), list(tests), default=""), dtype=object)


def _tools(inv: Inventory, lines: pd.DataFrame, slots: pd.DataFrame) -> pd.DataFrame:
    beside = lines[(lines["line"] != "item") | ~lines["row"].isin(slots["row"])]
    beside = beside.groupby("obligation_id")[["weight", "unmeasured"]].sum()
    tools = inv.obligations[["obligation_id", "protected"]].join(beside, on="obligation_id")
    return tools.assign(
        weight=tools["weight"].fillna(0.0),
        unmeasured=tools["unmeasured"].fillna(0).astype("int64"),
        complete=(inv.obligations["item_list"] == "complete").to_numpy(),
    )


@dataclass(frozen=True, eq=False)
class _Asking:
    """How slots are asked: their stream, whether it is known of whom, and how often of each group."""

    stream: Integers
    whole: Booleans
    operators: Floats
    units: Floats
    flow: Streams

    @classmethod
    def of(cls, inv: Inventory, ptf: Portfolio, slots: pd.DataFrame, levels: Mapping[Reuse, Level]) -> _Asking:
        """Work out the streams of some slots."""
        flow = streams(inv, levels["same"].askings)
        numbered = flow.table.assign(stream=np.arange(len(flow.table)))
        stream = slots[STREAM].merge(numbered, on=STREAM, how="left")["stream"].to_numpy(dtype=np.int64)
        nested = {str(p) for lv in levels.values() for p in lv.runs["population_id"] if p}
        who = subjects(inv, ptf, flow, nested | set(inv.populations["parent_id"].dropna()))
        today = who.today
        rates = [_rates(flow, cohort) for cohort in (who.operators, who.told_apart)]
        asked = (rates[0] > 0).any(axis=1) | (rates[1] > 0).any(axis=1)
        doubtful = (today.fixed > 0).any(axis=0) | today.unknown.any(axis=0)
        return cls(stream, np.asarray(asked & ~doubtful, dtype=bool), rates[0], rates[1], flow)

    def served(self, stream: Integers, source: Integers) -> Booleans:
        """Whether a source is asked of all whom a stream is asked of, at least as often."""
        pairs, back = np.unique(np.column_stack([stream, source]), axis=0, return_inverse=True)
        one, other = pairs.T
        of_operator = self.flow.of_operator[one]
        enough = np.where(
            of_operator, _at_least(self.operators, one, other), _at_least(self.units, one, other)
        )  # fmt: skip
        return np.asarray((enough & (of_operator == self.flow.of_operator[other]))[back.ravel()], dtype=bool)

    def most_often(self) -> Floats:
        """The most often that any subject is asked each slot."""
        most = np.maximum(self.operators.max(axis=1, initial=0.0), self.units.max(axis=1, initial=0.0))
        return np.asarray(most[self.stream], dtype=float)


def _rates(flow: Streams, cohort: Cohort) -> Floats:
    """Times a year that one subject of each group is asked each stream."""
    rates = cohort.asked * flow.per_year[:, None]
    # Where nothing is about an operator, no column counts one.
    counted = cohort.counted.T[cohort.column] if cohort.counted.shape[1] else 1.0
    return np.asarray(rates * np.where(flow.coarse[:, None], counted, 1.0), dtype=float)


def _at_least(rates: Floats, one: Integers, other: Integers) -> Booleans:
    found = np.empty(len(one), dtype=bool)
    for start in range(0, len(one), 4096):
        cut = slice(start, start + 4096)
        found[cut] = (rates[other[cut]] >= rates[one[cut]] - 1e-12).all(axis=1)
    return found


def _elsewhere(inv: Inventory, slots: pd.DataFrame, levels: Mapping[Reuse, Level], asking: _Asking) -> pd.DataFrame:
    """The same information in slots of other obligations, in the surest class of reuse.

    ``fresh`` says whether the source is asked of all, at least as often.
    """
    parts = [_pairs(slots, reuse, lv).assign(reuse=reuse) for reuse, lv in levels.items()]
    pairs = pd.concat(parts, ignore_index=True).drop_duplicates(["slot", "source"])
    tool, sent = slots["obligation_id"].to_numpy(), slots["sent"].to_numpy()
    pairs = pairs[(tool[pairs["slot"]] != tool[pairs["source"]]) & sent[pairs["source"]]]
    period = dict(zip(inv.obligations["obligation_id"], inv.obligations["period"], strict=True))
    counted, eventual = slots["population_id"].to_numpy(), (slots["obligation_id"].map(period) == EVENT).to_numpy()
    one, other = (pairs[c].to_numpy(dtype=np.int64) for c in ("slot", "source"))
    fresh = asking.served(asking.stream[one], asking.stream[other])
    fresh &= ~eventual[other] | (counted[one] == counted[other])
    # At one event, what copies from another comes after it.
    copied = set(zip(inv.feeds["from_obligation_id"], inv.feeds["to_obligation_id"], strict=True))
    ways = zip(tool[one], tool[other], eventual[other], strict=True)
    fresh &= np.array([not (event and (o, source) in copied) for o, source, event in ways], dtype=bool)
    found: pd.DataFrame = pairs.assign(register=-1, fresh=fresh)
    return found


def _pairs(slots: pd.DataFrame, reuse: Reuse, lv: Level) -> pd.DataFrame:
    """Slots × slots of the same run, of a run on a larger population, or of a finer run."""
    keys = ["population_id", "obligation_id", "lasting"]
    column = "harmonise_key" if reuse == "harmonise" else "same_key"
    run = slots[[column, *keys]].merge(lv.askings, left_on=[column, *keys], right_on=["key", *keys], how="left")["run"]
    at = pd.DataFrame({"slot": np.arange(len(slots)), "run": run.to_numpy(dtype=np.int64)})
    own = np.arange(len(lv.runs))
    related = [np.column_stack([own, own]), lv.covers]
    above = lv.parent.copy()
    while (above >= 0).any():
        related.append(np.column_stack([own[above >= 0], above[above >= 0]]))
        above = np.where(above >= 0, lv.parent[above], -1)
    near = pd.DataFrame(np.concatenate(related), columns=["run", "source_run"])
    others = at.rename(columns={"slot": "source", "run": "source_run"})
    return at.merge(near, on="run").merge(others, on="source_run")[["slot", "source"]]


def _from_registers(inv: Inventory, slots: pd.DataFrame, asking: _Asking, reuse: Reuse) -> pd.DataFrame:
    """Registers that hold what a slot asks, at its grain and as fresh.

    A register says neither perimeter nor unit: an amount or a number in it is at best to be
    harmonised, as is anything whose renewal is not known.
    """
    held = inv.holdings.reset_index(drop=True)
    held = held.assign(register=np.arange(len(held)))[held["status"].isin(USABLE).to_numpy()]
    kind = dict(zip(inv.concepts["concept_id"], inv.concepts["kind"], strict=True))
    asked = slots.assign(slot=np.arange(len(slots)), most=asking.most_often())
    found = asked[["slot", "obligation_id", "concept_id", "grain", "subject", "lasting", "most"]].merge(
        held[["concept_id", "grain", "period", "register"]], on=["concept_id", "grain"]
    )
    period = dict(zip(inv.obligations["obligation_id"], inv.obligations["period"], strict=True))
    # What is due when something happens cannot wait for a register to learn of it.
    waits = (found["obligation_id"].map(period) == EVENT) & ~(found["lasting"] & found["subject"].isin(COARSE))
    rate = found["period"].map(per_year, na_action="ignore").astype(float)
    sure = found["concept_id"].map(kind).isin(WITHOUT_FACETS) & found["period"].notna()
    found = found.assign(
        reuse=np.where(sure, "same", "harmonise"), source=-1, fresh=~waits & ~(rate < found["most"] - 1e-12)
    )  # fmt: skip
    allowed = REUSES[: REUSES.index(reuse) + 1]
    return found.loc[found["reuse"].isin(allowed), ["slot", "source", "reuse", "register", "fresh"]]
