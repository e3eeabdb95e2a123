"""A plan replayed without the solver: every demand served, nothing protected touched, the saving true.

What is checked here is worked out again from the inventory and the tables of the plan, unit by unit,
with nothing of what found the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis import ledger
from burden.analysis.askings import COARSE, items
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.periods import EVENT, per_year
from burden.model.portfolio import Portfolio
from burden.simplify.planning.demands import USABLE, WITHOUT_FACETS, fillings, known_to, sent_to, weighed
from burden.simplify.planning.likeness import unlike
from burden.simplify.planning.plan import Proposal, faced
from burden.simplify.planning.rhythm import Rhythm
from burden.simplify.planning.rules import (
    ADMINISTRATIONS,
    AUDIENCES,
    BINDING,
    NOT_DECLARED,
    REPLACEABLE_PROOFS,
    UNKNOWN,
    acts,
    gateway_level,
)
from burden.simplify.scenario import apply

CHECKS: Mapping[str, Text] = MappingProxyType(
    {
        "saving": text("the ledger saves what the plan says"),
        "served": text("every item is still asked, or has a source that stays"),
        "alike": text("each source gives the same information about the same subjects"),
        "fresh": text("each source is asked of all, at least as often"),
        "passes": text("what is taken from elsewhere reaches all who demand it"),
        "protected": text("nothing protected goes"),
        "texts": text("every text that must change is in the list, at its level"),
        "limits": text("the limits are kept"),
    }
)
"""What is checked, as a reader is told."""


@dataclass(frozen=True, eq=False)
class Verification:
    """The outcome of a replay.

    Attributes
    ----------
    checks : DataFrame
        One row per check: ``check``, ``looked_at`` (how many things), ``faults``.
    faults : DataFrame
        One row per fault: ``check``, ``obligation_id``, ``label_fr``, ``detail``.
    saved : float
        What the ledger saves, in the unit of the plan.
    after : Inventory
        What is asked once the plan is applied.
    """

    checks: pd.DataFrame
    faults: pd.DataFrame
    saved: float
    after: Inventory

    @property
    def holds(self) -> bool:
        """Whether no fault was found."""
        return not len(self.faults)


Floats = npt.NDArray[np.float64]
Fault = tuple[str, str, str, str]
Row = Mapping[Any, Any]


def verify(plan: Proposal, inv: Inventory, ptf: Portfolio) -> Verification:
    """Replay a plan, just found or read again, on the inventory and portfolio that it was worked out on.

    Returns
    -------
    Verification
        See :data:`CHECKS` for what is looked at.

    Raises
    ------
    InventoryError
        If a lever of the plan does not fit the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> verify(bd.simplify.plan(inv, ptf), inv, ptf).holds
    True
    """
    before, ptf = faced(inv, ptf)
    if unknown := list(_unknown(plan, before)):
        raise InventoryError(unknown)
    after, _ = apply(plan.scenario, before, ptf)
    today, left = _weight(plan, before, ptf), _weight(plan, after, ptf)
    replay = _Replay(plan, before, after, ptf)
    looked = {"saving": 1, **{check: len(plan.items) for check in CHECKS if check != "saving"}}
    looked |= {"served": len(before.requests), "protected": len(before.obligations), "limits": len(replay.limits)}
    looked |= {"texts": len(plan.measures)}
    faults = list(_saving(plan, today, left))
    for check in (
        replay.served,
        replay.alike,
        replay.fresh,
        replay.passes,
        replay.protected,
        replay.texts,
        replay.kept,
    ):
        faults += check()
    frame = pd.DataFrame(faults, columns=["check", "obligation_id", "label_fr", "detail"])
    counted = frame["check"].value_counts()
    checks = pd.DataFrame(
        {
            "check": list(CHECKS),
            "looked_at": [looked[c] for c in CHECKS],
            "faults": [int(counted.get(c, 0)) for c in CHECKS],
        }
    )
    return Verification(checks, frame, today - left, after)


def _weight(plan: Proposal, inv: Inventory, ptf: Portfolio) -> float:
    lines = weighed(ledger.build(inv, ptf, by=[]), plan.terms.measure, plan.terms.weights)
    return float(lines["weight"].sum())


def _saving(plan: Proposal, today: float, left: float) -> Iterator[Fault]:
    """Sums of the plan that are not those of the ledger."""
    told = {name: float(plan.summary[name]) for name in ("today", "after", "saved")}
    for name, true in {"today": today, "after": left, "saved": today - left}.items():
        if abs(told[name] - true) > 1e-6 * max(1.0, abs(true)):
            yield "saving", "", "", f"{true:.9g} instead of {told[name]:.9g} ({name})"
    added = float(plan.measures["saved"].sum())
    if abs(added - (today - left)) > 1e-6 * max(1.0, abs(today - left)):
        yield "saving", "", "", f"{today - left:.9g} instead of {added:.9g} (measures)"


def _unknown(plan: Proposal, inv: Inventory) -> Iterator[Finding]:
    """What a plan names and the inventory does not have: it is the plan of something else, or was altered."""
    asked = set(_by_item(items(inv, identifiers=True)))
    tools = {(o,) for o in inv.obligations["obligation_id"]}
    authorities = {(a,) for a in inv.authorities["authority_id"]}
    taken = plan.items[plan.items["source_kind"] == "obligation"]
    for name, rows, columns, known in (
        ("items", plan.items, ["obligation_id", "label_fr"], asked),
        ("items", plan.items, ["concept_id"], {(c,) for c in inv.concepts["concept_id"]}),
        ("items", taken, ["source_id", "source_label_fr"], asked),
        ("measures", plan.measures, ["obligation_id"], tools),
        ("gateways", plan.gateways, ["from_authority_id"], authorities),
        ("gateways", plan.gateways, ["to_authority_id"], authorities),
    ):
        for line, value in zip(rows.index, rows[columns].itertuples(index=False, name=None), strict=True):
            if value not in known:
                yield Finding(
                    "plan", "error", Place(f"{name}.csv", int(line) + 2, columns[-1]),
                    text("'{value}' is not in this inventory.", value=" – ".join(map(str, value))),
                    text("Replay the plan with the inventory and the portfolio that it was worked out on."),
                    value=value[-1],
                )  # fmt: skip


_Asked = tuple[str, str]
"""An item: its obligation and its label there."""


class _Replay:
    """What is demanded before and after, and how the plan says that it is served."""

    def __init__(self, plan: Proposal, before: Inventory, after: Inventory, ptf: Portfolio) -> None:
        self.plan, self.before, self.after = plan, before, after
        self.asked = _by_item(items(before, identifiers=True))
        self.still = set(_by_item(items(after, identifiers=True)))
        self.sent = {o: set(a) for o, a in sent_to(before).items()}
        self.known = {o: set(a) for o, a in known_to(before).items()}
        self.level = dict(zip(before.authorities["authority_id"], before.authorities["level"], strict=True))
        self.instrument = dict(zip(before.obligations["obligation_id"], before.obligations["instrument"], strict=True))
        self.guarded = set(
            before.obligations.loc[~before.obligations["protected"].eq(False).fillna(False), "obligation_id"]
        )
        self.rhythm = Rhythm(before, ptf)
        self.harmonises = plan.terms.harmonise_protected
        populations = before.populations
        self.larger = dict(zip(populations["population_id"], populations["parent_id"].fillna(""), strict=True))
        self.taken: list[Row] = [dict(row) for row in plan.items.to_dict("records")]
        gateways = plan.gateways
        self.open = set(
            zip(gateways["from_authority_id"], gateways["to_authority_id"], gateways["personal"], strict=True)
        )  # fmt: skip
        self.limits = _limits(plan)

    def served(self) -> Iterator[Fault]:
        """Items that are asked no more although nothing serves them, or that serve a register."""
        filled = set(fillings(self.before).itertuples(index=False, name=None))
        accounted = {(row["obligation_id"], row["label_fr"]): row for row in self.taken}
        for item, row in self.asked.items():
            named = row["minutes_basis"] == "identifier"
            if item in self.still or (named and item not in accounted):
                continue
            if (row["obligation_id"], row["concept_id"]) in filled:
                yield "served", *item, "it fills a register"
            if item not in accounted:
                yield "served", *item, "nothing serves it any more"
                continue
            change = accounted[item]
            source = (str(change["source_id"]), str(change["source_label_fr"]))
            if change["source_kind"] == "obligation" and source not in self.still:
                yield "served", *item, f"its source is asked no more: {source[0]}"
            elif change["source_kind"] == "moved" and not self._moved(row, str(change["source_id"])):
                yield "served", *item, f"it is not asked there: {source[0]}"
            elif change["source_kind"] == "register" and not len(self._held(change, row)):
                yield "served", *item, f"no register holds it: {source[0]}"

    def alike(self) -> Iterator[Fault]:
        """Sources that are about something else, or less alike than the plan says."""
        for row in self._from("obligation"):
            if fault := unlike(self._own(row), self._source(row), row["reuse"], self.larger):
                yield "alike", row["obligation_id"], row["label_fr"], fault
        for row in self._from("register"):
            held = self._held(row, self._own(row))
            kind = self.before.concepts.set_index("concept_id")["kind"].get(row["concept_id"])
            if len(held) and row["reuse"] == "same" and (kind not in WITHOUT_FACETS or held["period"].isna().all()):
                yield "alike", row["obligation_id"], row["label_fr"], "a register does not say that it is the same"

    def fresh(self) -> Iterator[Fault]:
        """Sources that are not asked of all, or less often."""
        period = dict(zip(self.before.obligations["obligation_id"], self.before.obligations["period"], strict=True))
        feeds = self.before.feeds
        copied = set(zip(feeds["from_obligation_id"], feeds["to_obligation_id"], strict=True))
        for row in self._from("obligation"):
            own, source = self._own(row), self._source(row)
            if period[source["obligation_id"]] == EVENT and own["population_id"] != source["population_id"]:
                yield "fresh", row["obligation_id"], row["label_fr"], "its source only comes with an event"
            elif period[source["obligation_id"]] == EVENT and (own["obligation_id"], source["obligation_id"]) in copied:
                yield "fresh", row["obligation_id"], row["label_fr"], "its source copies from it at the same event"
            elif not self._as_often(own, self.rhythm.given(source)):
                yield "fresh", row["obligation_id"], row["label_fr"], f"less often in {source['obligation_id']}"
        for row in self._from("moved"):
            if not self.rhythm.covered(str(row["obligation_id"]), str(row["source_id"])):
                yield "fresh", row["obligation_id"], row["label_fr"], f"less often in {row['source_id']}"
        for row in self._from("register"):
            own = self._own(row)
            if period[own["obligation_id"]] == EVENT and not (own["lasting"] and own["subject"] in COARSE):
                yield "fresh", row["obligation_id"], row["label_fr"], "a register does not know of the event in time"
            renewed = self._held(row, own)["period"].dropna().map(per_year)
            demanded = self.rhythm.demanded(own)
            if demanded is None or (len(renewed) and renewed.max() < demanded.max() - 1e-12):
                yield "fresh", row["obligation_id"], row["label_fr"], "the register is renewed less often"

    def passes(self) -> Iterator[Fault]:
        """Items that do not reach all who demand them."""
        columns = ["from_authority_id", "to_authority_id", "concept_id"]
        exchanges = self.before.exchanges
        usable = exchanges[exchanges["status"].isin(USABLE)]
        barred = set(exchanges.loc[exchanges["status"] == "barred", columns].itertuples(index=False, name=None))
        lawful = set(usable[columns].itertuples(index=False, name=None))
        concepts = self.before.concepts
        # What nobody has said to be impersonal is treated as personal.
        personal = dict(zip(concepts["concept_id"], concepts["personal"].fillna(True).astype(bool), strict=True))
        for row in self.taken:
            concept = str(row["concept_id"])
            private = personal[concept]
            givers = self._givers(row)
            for receiver in self.sent.get(str(row["obligation_id"]), set()) - givers:
                ways = [g for g in givers if (g, receiver, concept) not in barred]
                opened = any((g, receiver, private) in self.open and self._authorities(g, receiver) for g in ways)
                if not opened and not any((g, receiver, concept) in lawful for g in ways):
                    yield "passes", str(row["obligation_id"]), str(row["label_fr"]), f"nothing passes it to {receiver}"
            if not self.sent.get(str(row["obligation_id"])):
                yield "passes", str(row["obligation_id"]), str(row["label_fr"]), "it is sent to nobody"

    def protected(self) -> Iterator[Fault]:
        """What is protected and goes, or is taken from where it is only alike."""
        left = set(self.after.obligations["obligation_id"])
        merged = set(self.plan.measures.loc[self.plan.measures["kind"] == "merge", "obligation_id"])
        columns = ["obligation_id", "proof", "item_list"]
        for obligation, proof, known in self.before.obligations[columns].itertuples(index=False, name=None):
            if obligation in left:
                continue
            if obligation in self.guarded:
                yield "protected", obligation, "", "a protected obligation ends"
            if proof not in REPLACEABLE_PROOFS:
                yield "protected", obligation, "", "it is more than its items"
            if known != "complete" and obligation not in merged:
                yield "protected", obligation, "", "what else it asks is not known"
        for row in self.taken:
            if self._own(row)["protected"] is True:
                yield "protected", str(row["obligation_id"]), str(row["label_fr"]), "a protected item goes"
            elif row["obligation_id"] in self.guarded and row["reuse"] == "harmonise" and not self.harmonises:
                yield "protected", str(row["obligation_id"]), str(row["label_fr"]), "its definition would change"

    def texts(self) -> Iterator[Fault]:
        """Measures whose texts are not all in the list of acts, acts and gateways of another level."""
        cited = acts(self.before)
        bases = cited.groupby("obligation_id")["legal_base_id"].agg(set).to_dict()
        columns = ["legal_base_id", "level", "amended_by_id"]
        known, listed = (set(f[columns].itertuples(index=False, name=None)) for f in (cited, self.plan.acts))
        named = {base for base, _, _ in listed}
        for row in self.plan.measures.to_dict("records"):
            changed = {row["obligation_id"]} if self._amends(row) else set()
            changed |= {row["source_id"]} if row["kind"] == "merge" else set()
            for obligation in changed:
                for base in bases.get(obligation, set()) - named:
                    yield "texts", str(row["obligation_id"]), "", f"{base} is not in the list"
        for base, level, authority in listed - known:
            yield "texts", "", "", f"{base} is not a {level} that {authority} can amend"
        for row in self.plan.gateways.to_dict("records"):
            giver, receiver = str(row["from_authority_id"]), str(row["to_authority_id"])
            level = gateway_level(self.before, giver, receiver, personal=bool(row["personal"]))
            if level != row["level"]:
                yield "texts", "", "", f"{giver} > {receiver}: {level}, not {row['level']}"

    def kept(self) -> Iterator[Fault]:
        """Limits that are exceeded."""
        for name, (used, most) in self.limits.items():
            if used > most + 1e-9:
                yield "limits", "", "", f"{name}: {used:g} > {most:g}"

    def _amends(self, measure: Row) -> bool:
        """Whether a measure takes a text: a form that ends, a definition that changes, a court."""
        demanding = self.sent.get(str(measure["obligation_id"]), set())
        declared = self.instrument[str(measure["obligation_id"])] not in NOT_DECLARED
        excused = declared and all(self.level.get(a) in ADMINISTRATIONS for a in demanding)
        return measure["kind"] in ("end", "merge") or measure["reuse"] == "harmonise" or not excused

    def _from(self, kind: str) -> Iterator[Row]:
        return (row for row in self.taken if row["source_kind"] == kind)

    def _own(self, row: Row) -> Row:
        return self.asked[str(row["obligation_id"]), str(row["label_fr"])]

    def _source(self, row: Row) -> Row:
        return self.asked[str(row["source_id"]), str(row["source_label_fr"])]

    def _moved(self, row: Row, into: str) -> bool:
        there = self.after.requests[self.after.requests["obligation_id"] == into]
        return bool((there["concept_id"] == row["concept_id"]).any())

    def _held(self, row: Row, own: Row) -> pd.DataFrame:
        held = self.before.holdings
        chosen = (held["authority_id"] == row["source_id"]) & (held["register"] == row["register"])
        chosen &= (held["concept_id"] == own["concept_id"]) & (held["grain"] == own["grain"])
        usable: pd.DataFrame = held[chosen & held["status"].isin(USABLE)]
        return usable

    def _givers(self, row: Row) -> set[str]:
        source = str(row["source_id"])
        return {source} if row["source_kind"] == "register" else self.known.get(source, set())

    def _authorities(self, *names: str) -> bool:
        return all(self.level.get(name) not in AUDIENCES for name in names)

    def _as_often(self, own: Row, given: Floats) -> bool:
        """Operator by operator, or unit by unit: what falls on its operator falls on a unit as well."""
        demanded = self.rhythm.demanded(own)
        return demanded is not None and len(demanded) == len(given) and bool((given >= demanded - 1e-12).all())


def _by_item(asked: pd.DataFrame) -> dict[_Asked, Row]:
    keys = zip(asked["obligation_id"], asked["label_fr"], strict=True)
    return dict(zip(keys, asked.to_dict("records"), strict=True))


def _limits(plan: Proposal) -> dict[str, tuple[float, float]]:
    """What is used of each limit, and the limit."""
    terms, found = plan.terms, {}
    for name, allowed, used in (("acts", terms.max_acts, plan.acts), ("gateways", terms.max_gateways, plan.gateways)):
        whole = used["level"].isin([*BINDING, UNKNOWN]) if name == "acts" else used["level"].notna()
        for level, most in ({"all": allowed} if isinstance(allowed, int) else dict(allowed or {})).items():
            counted = whole if level == "all" else used["level"] == level
            found[f"{name}, {level}"] = (float(counted.sum()), float(most))
    gateways = plan.gateways
    asked = {*plan.acts["amended_by_id"], *gateways["from_authority_id"], *gateways["to_authority_id"]}
    if terms.without:
        found["without"] = (float(len(asked & set(terms.without))), 0.0)
    if terms.max_transition is not None:
        once = dict(terms.transition or {})
        merges = once.get("merge", 0.0) * int((plan.measures["kind"] == "merge").sum())
        taken = merges + once.get("gateway", 0.0) * len(gateways) + plan.acts["level"].map(once).fillna(0.0).sum()
        found["transition"] = (float(taken), terms.max_transition)
    return found
