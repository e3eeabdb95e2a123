"""The ledger and the repeats the slow way: every unit, every duty, every member, one at a time.

Written from the rules that the documentation states, with dicts and loops, and sharing no code with
``burden.analysis``: what both say is not one mistake made twice. Numbers are of integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Row = dict[str, Any]
PER_YEAR = {
    "P1Y": 1.0, "P6M": 2.0, "P3M": 4.0, "P1M": 12.0, "P2Y": 0.5, "P4Y": 0.25, "P5Y": 0.2, "event": 1.0, "once": 0.0,
}  # fmt: skip
LASTING = {
    "permanent", "realised_year", "forecast_year", "past_years", "coming_years", "school_year",
    "december_31", "contract",
}  # fmt: skip
MEMBERS = {"place", "person", "staff_member", "event", "contract", "call"}


def rows_of(frame: Any) -> list[Row]:
    """Rows as dicts; what is missing is None."""
    return [
        {str(k): (None if pd.isna(v) else v) for k, v in zip(frame.columns, row, strict=True)}
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


@dataclass
class World:
    """Tables by identifier."""

    obligations: dict[str, Row]
    duties: list[Row]
    requests: list[Row]
    concepts: dict[str, Row]
    populations: dict[str, Row]
    actors: dict[str, Row]
    activities: list[Row]
    tariffs: list[Row]
    standard: dict[tuple[str, str, str], Row]
    units: list[Row]
    recipients: list[Row]

    def larger(self, population: str) -> list[str]:
        """Populations that contain one, nearest first."""
        chain: list[str] = []
        above = (self.populations.get(population) or {}).get("parent_id")
        while above:
            chain.append(above)
            above = self.populations[above]["parent_id"]
        return chain

    def is_operator(self, unit: Row) -> bool:
        return bool(self.actors[unit["actor_id"]]["kind"] == "operator")

    def own_row(self, operator: str) -> Row | None:
        return next((u for u in self.units if u["operator_id"] == operator and self.is_operator(u)), None)

    def below(self, operator: str) -> list[Row]:
        return [u for u in self.units if u["operator_id"] == operator and not self.is_operator(u)]


def world(inv: Inventory, ptf: Portfolio) -> World:
    def by(table: str) -> dict[str, Row]:
        key = schema.tables()[table].primary_key[0]
        return {r[key]: r for r in rows_of(inv[table])}

    return World(
        by("obligations"), rows_of(inv.duties), rows_of(inv.requests), by("concepts"), by("populations"),
        by("actors"), rows_of(inv.activities), rows_of(inv.tariffs),
        {(r["activity"], r["side"], r["complexity"]): r for r in rows_of(inv.standard_times)},
        rows_of(ptf.units), rows_of(inv.recipients),
    )  # fmt: skip


def number(w: World, unit: Row, population: str) -> float | None:
    """How many of a population a unit has."""
    given = unit.get(population)
    if given is not None:
        return float(given)
    kind = w.actors[unit["actor_id"]]["kind"]
    if kind == population:
        return 1.0
    if kind != "operator" or not (below := w.below(unit["operator_id"])):
        return None
    parts = [number(w, u, population) for u in below]
    return None if any(p is None for p in parts) else float(sum(p for p in parts if p is not None))


def share(w: World, unit: Row, obligation: str) -> float | None:
    """Share of a unit that an obligation concerns; None when it cannot be told."""
    if obligation in unit["exempt_obligation_ids"].split("|"):
        return 0.0
    surely = perhaps = 0.0
    for duty in w.duties:
        if duty["obligation_id"] != obligation or not _meets(w, unit, duty):
            continue
        within = _within(w, unit, duty)
        surely = max(surely, duty["share"] if within is True else 0.0)
        perhaps = max(perhaps, 0.0 if within is False else duty["share"])
    return surely if surely == perhaps else None


def _meets(w: World, unit: Row, duty: Row) -> bool:
    kinds, actor = [], unit["actor_id"]
    while actor:
        kinds.append(actor)
        actor = w.actors[actor]["parent_id"]
    tags = set(unit["tags"].split("|"))
    required = {t for t in duty["required_tags"].split("|") if t}
    excluded = {t for t in duty["excluded_tags"].split("|") if t}
    return duty["actor_id"] in kinds and required <= tags and not excluded & tags


def _within(w: World, unit: Row, duty: Row) -> bool | None:
    known: list[bool | None] = []
    if duty["threshold_population_id"]:
        size = number(w, unit, duty["threshold_population_id"])
        least, most = duty["threshold_minimum"], duty["threshold_maximum"]
        known.append(None if size is None else (least is None or size >= least) and (most is None or size < most))
    if duty["territories"]:
        there = unit["territory"]
        known.append(None if there is None else there in duty["territories"].split("|"))
    if False in known:
        return False
    return None if None in known else True


# --- the ledger ------------------------------------------------------------------------------


def _minutes(w: World, row: Row, activity: str, side: str) -> float | None:
    if any(row[c] is not None for c in ("minutes_low", "minutes", "minutes_high")):
        return None if row["minutes"] is None else float(row["minutes"])
    standard = w.standard.get((activity, side, row["complexity"]))
    return None if standard is None else float(standard["minutes"])


def _item_minutes(w: World, request: Row) -> float | None:
    given = any(request[c] is not None for c in ("minutes_low", "minutes", "minutes_high"))
    if w.concepts[request["concept_id"]]["kind"] == "identifier" and not given:
        return 0.0
    return _minutes(w, request, "obtaining_data", "respondent")


def lines(w: World) -> Iterator[Row]:
    """Each item, activity and payment of each obligation."""
    for r in w.requests:
        yield {"line": "item", "obligation": r["obligation_id"], "minutes": _item_minutes(w, r), "eur": 0.0,
               "population": r["population_id"] or w.obligations[r["obligation_id"]]["population_id"],
               "grade": r["staff_grade"], "one_off": False, "side": "respondent"}  # fmt: skip
    for a in w.activities:
        yield {"line": "activity", "obligation": a["obligation_id"], "eur": 0.0, "grade": a["staff_grade"],
               "minutes": _minutes(w, a, a["activity"], a["side"]), "one_off": bool(a["one_off"]),
               "population": w.obligations[a["obligation_id"]]["population_id"], "side": a["side"]}  # fmt: skip
    for o in w.obligations.values():
        if any(o[c] is not None for c in ("external_eur_low", "external_eur", "external_eur_high")):
            yield {"line": "external", "obligation": o["obligation_id"], "minutes": 0.0, "grade": None,
                   "eur": o["external_eur"], "population": o["population_id"], "one_off": False,
                   "side": "respondent"}  # fmt: skip


def times(a: float | None, b: float | None) -> float | None:
    """A product that is known as soon as one factor is zero."""
    if a == 0 or b == 0:
        return 0.0
    return None if a is None or b is None else a * b


def _euros_per_hour(w: World, grade: str | None) -> float | None:
    known = [t for t in w.tariffs if t["staff_grade"] == grade]
    if not known:
        return None
    latest = max(known, key=lambda t: t["year"])
    return float(latest["eur_per_h"] * (1 + (latest["overhead_share"] or 0.0)))


def ledger(w: World) -> list[Row]:
    """One row per unit × line that falls on it."""
    rows = []
    for unit in w.units:
        for line in lines(w):
            part = share(w, unit, line["obligation"])
            if part == 0:
                continue
            members = times(part, number(w, unit, line["population"]))
            if part is None or number(w, unit, line["population"]) is None:
                members = None
            obligation = w.obligations[line["obligation"]]
            recurring = 0.0 if line["one_off"] else times(members, PER_YEAR[obligation["period"]])
            once = members if line["one_off"] or obligation["period"] == "once" else 0.0
            hours = None if line["minutes"] is None else line["minutes"] / 60
            work = times(hours, _euros_per_hour(w, line["grade"]))
            each = None if work is None or line["eur"] is None else work + line["eur"]
            usual = obligation["usual_share"]
            cost = times(recurring, each)
            rows.append({
                **line, "unit": unit, "hours_per_year": times(recurring, hours), "cost_eur_per_year": cost,
                "burden_eur_per_year": None if cost is None or usual is None else cost * (1 - usual),
                "once_h": times(once, hours), "once_eur": times(once, each),
                "deliveries": recurring,
            })  # fmt: skip
    return rows


# --- repeats ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """What one request asks, with its keys."""

    number: int
    obligation: str
    concept: str
    population: str
    subject: str
    lasting: bool
    facets: tuple[str, ...]
    minutes: float | None

    @property
    def settled(self) -> bool:
        return not {"unspecified", "request_date"} & set(self.facets) and self.subject != "alone"

    def key(self, reuse: str) -> tuple[Any, ...]:
        if self.subject == "alone" or (reuse != "harmonise" and not self.settled):
            return ("alone", self.number)
        if reuse == "harmonise":
            return (self.subject, self.concept, self.facets[0])
        return (self.subject, self.concept, *self.facets)

    @property
    def about(self) -> str:
        """Empty about a body, the population about its members or at its events."""
        body = self.subject in ("operator", "establishment") and self.lasting
        return "" if body else self.population


def items(w: World, identifiers: bool) -> list[Item]:
    found = []
    for n, r in enumerate(w.requests):
        obligation = w.obligations[r["obligation_id"]]
        population = r["population_id"] or obligation["population_id"]
        counted, grain = w.populations[population]["grain"], r["grain"]
        if grain == "operator" or (grain == "establishment" and counted != "operator"):
            subject = grain
        elif grain in MEMBERS and grain == counted:
            subject = "member"
        else:
            subject = "alone"
        reached = sorted(x["authority_id"] for x in w.recipients if x["obligation_id"] == r["obligation_id"]) or [
            obligation["required_by_id"]
        ]
        whose = "|".join(reached) if r["perimeter"] == "recipient_share" else ""
        if identifiers or w.concepts[r["concept_id"]]["kind"] != "identifier":
            found.append(Item(
                n, r["obligation_id"], r["concept_id"], population, subject,
                r["reference_period"] in LASTING or obligation["period"] != "event",
                (grain, r["reference_period"], r["perimeter"], r["unit"], whose), _item_minutes(w, r),
            ))  # fmt: skip
    return found


@dataclass
class Asking:
    """What one obligation asks under one key of one subject: how often, how long."""

    copies: int
    per_year: float
    minutes: float | None


@dataclass
class Subject:
    """An operator, an establishment or one member of a unit; what it is asked, part by part.

    ``parts`` are the populations that a member belongs to, largest first; a body has one part, "".
    """

    actor: str
    parts: tuple[str, ...]
    asked: dict[tuple[Any, ...], dict[str, list[Asking]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    lists: set[tuple[tuple[Any, ...], float]] = field(default_factory=set)


def member_chains(w: World, counts: dict[str, int]) -> list[tuple[str, ...]]:
    """Members of one unit, each as the populations it belongs to; siblings never overlap."""
    chains: list[tuple[str, ...]] = []

    def place(population: str, above: tuple[str, ...]) -> int:
        chain = (*above, population) if counts.get(population, 0) else above
        placed = sum(place(p, chain) for p, row in w.populations.items() if row["parent_id"] == population)
        rest = max(counts.get(population, 0) - placed, 0)
        chains.extend([chain] * rest)
        return placed + rest

    for population, row in w.populations.items():
        if not row["parent_id"]:
            place(population, ())
    return chains


@dataclass
class Counts:
    """Members of a unit, and whether its own or its operator's duties miss the number."""

    known: dict[str, int]
    own_missing: set[str]
    above_missing: set[str]


def counts_of(w: World, unit: Row) -> Counts:
    head = w.own_row(unit["operator_id"])
    known, own_missing, above_missing = {}, set(), set()
    for p in w.populations:
        mine = number(w, unit, p)
        total = None if head is None else number(w, head, p)
        if w.is_operator(unit):
            below = [number(w, u, p) or 0 for u in w.below(unit["operator_id"])]
            known[p] = max(int((total or 0) - sum(below)), 0) if total is not None else 0
            if total is None:
                above_missing.add(p)
            continue
        known[p] = int(mine or 0)
        if mine is None:
            own_missing.add(p)
            if total is None:
                above_missing.add(p)
    return Counts(known, own_missing, above_missing)


def duties_of(w: World, unit: Row, obligation: str) -> list[float | None]:
    """Shares by which an obligation falls: by the unit's own duties, by its operator's."""
    head = w.own_row(unit["operator_id"])
    own = 0.0 if w.is_operator(unit) else share(w, unit, obligation)
    return [own, 0.0 if head is None else share(w, head, obligation)]


@dataclass
class Tally:
    items: float = 0
    items_once: float = 0
    deliveries: float = 0
    deliveries_once: float = 0
    hours: float = 0
    hours_once_low: float = 0
    hours_once_high: float = 0

    def add(self, **values: float) -> None:
        for name, value in values.items():
            setattr(self, name, getattr(self, name) + value)


Tallies = dict[tuple[str, str], Tally]


def once(w: World, reuse: str, *, identifiers: bool = False) -> Tallies:
    """Tallies per actor type × concept of one class of reuse."""
    asked = items(w, identifiers)
    tallies: Tallies = defaultdict(Tally)
    facets = {i.key(reuse): i for i in asked}
    for subject in [*_operators(w, asked, reuse, tallies), *_bodies_and_members(w, asked, reuse, tallies)]:
        for key, parts in subject.asked.items():
            concept = facets[key].concept
            _give_once(tallies[subject.actor, concept], subject, key, parts, facets, reuse, w)
    return tallies


def _askings(asked: list[Item], reuse: str) -> dict[tuple[Any, ...], list[Item]]:
    """Slots of one form under one key are one asking."""
    grouped: dict[tuple[Any, ...], list[Item]] = defaultdict(list)
    for i in asked:
        grouped[i.key(reuse), i.about, i.population, i.obligation, i.lasting].append(i)
    return grouped


def _time(slots: Iterable[Item]) -> float | None:
    minutes = [s.minutes for s in slots]
    return None if None in minutes else float(sum(m for m in minutes if m is not None))


def _fixed(tally: Tally, subjects: float, deliveries: float, minutes: float | None) -> None:
    hours = deliveries * (minutes or 0) / 60
    tally.add(items=subjects, items_once=subjects, deliveries=deliveries, deliveries_once=deliveries,
              hours=hours, hours_once_low=hours, hours_once_high=hours)  # fmt: skip


def _operators(w: World, asked: list[Item], reuse: str, tallies: Tallies) -> list[Subject]:
    subjects = []
    for operator in dict.fromkeys(u["operator_id"] for u in w.units):
        head = w.own_row(operator)
        subject = Subject(head["actor_id"] if head else "operator", ("",))
        for (key, about, population, obligation, _), slots in _askings(asked, reuse).items():
            if slots[0].subject != "operator" or about:
                continue
            rate, full, partial = PER_YEAR[w.obligations[obligation]["period"]], 0, 0.0
            for unit in (u for u in w.units if u["operator_id"] == operator):
                part, members = share(w, unit, obligation), number(w, unit, population)
                if part is not None and members is not None:
                    full += int(members) if part == 1 else 0
                    partial += part * members if part < 1 else 0
            if full and rate:
                subject.asked[key][""].append(Asking(full, rate, _time(slots)))
            if partial and rate:
                _fixed(tallies[subject.actor, slots[0].concept], 1, partial * rate, _time(slots))
        subjects.append(subject)
    return subjects


def _bodies_and_members(w: World, asked: list[Item], reuse: str, tallies: Tallies) -> list[Subject]:
    subjects = []
    for unit in w.units:
        counts = counts_of(w, unit)
        body = Subject(unit["actor_id"], ("",))
        members = [Subject(unit["actor_id"], chain) for chain in member_chains(w, counts.known)]
        for (key, about, population, obligation, _), slots in _askings(asked, reuse).items():
            if slots[0].subject == "operator" and not about:
                continue
            rate, count = PER_YEAR[w.obligations[obligation]["period"]], counts.known[population]
            shares = duties_of(w, unit, obligation)
            full = sum(s == 1 for s in shares)
            partial = sum(s for s in shares if s is not None and 0 < s < 1)
            if not count or not rate:
                continue
            if full and about:
                for member in members:
                    if population in member.parts:
                        member.asked[key][population].append(Asking(full, rate, _time(slots)))
                if not w.populations[population]["parent_id"] and slots[0].subject == "member":
                    body.lists.add((key, rate))
            elif full:
                body.asked[key][""].append(Asking(full * count, rate, _time(slots)))
            if partial:
                whole = count if about else 1
                _fixed(tallies[body.actor, slots[0].concept], whole, partial * count * rate, _time(slots))
        subjects += [body, *members]
    return subjects


def _give_once(
    tally: Tally, subject: Subject, key: tuple[Any, ...], parts: dict[str, list[Asking]],
    facets: dict[tuple[Any, ...], Item], reuse: str, w: World,
) -> None:  # fmt: skip
    """Walk the populations that the subject belongs to, the largest first."""
    seen: list[Asking] = []
    rate = cost = low = high = given = 0.0
    covered_above, items_given = False, 0
    for part in subject.parts:
        own = parts.get(part, [])
        if not own:
            continue
        seen += own
        own_rate = max(a.per_year for a in own)
        own_hours = sum(a.per_year * (a.minutes or 0) for a in own) / 60
        timed = [a.minutes for a in seen if a.minutes is not None]
        extra = max(own_rate - rate, 0.0)
        new_rate = max(rate, own_rate)
        new_cost = min(new_rate * max(timed, default=0.0) / 60, cost + own_hours)
        covered = _derivable(subject, key, part, own_rate, facets, reuse, w) or (covered_above and own_rate <= rate)
        if not covered:
            given += extra
            items_given = items_given or int(extra > 0)
            low += min(extra * min(timed, default=0.0) / 60, own_hours)
            high += new_cost - cost
        rate, cost, covered_above = new_rate, new_cost, covered
        tally.add(
            items=len(own), deliveries=sum(a.copies * a.per_year for a in own),
            hours=sum(a.copies * a.per_year * (a.minutes or 0) for a in own) / 60,
        )  # fmt: skip
    tally.add(items_once=items_given, deliveries_once=given, hours_once_low=low, hours_once_high=high)


def _derivable(
    subject: Subject, key: tuple[Any, ...], part: str, own_rate: float,
    facets: dict[tuple[Any, ...], Item], reuse: str, w: World,
) -> bool:  # fmt: skip
    at_events = part and facets[key].subject != "member"
    if reuse == "same" or at_events:
        return False
    at_or_above = subject.parts[: subject.parts.index(part) + 1]
    for fine, parts in subject.asked.items():
        asked = [a.per_year for p, askings in parts.items() if p in at_or_above for a in askings]
        if (
            facets[fine].subject == facets[key].subject
            and asked
            and max(asked) >= own_rate
            and _sums_to(facets[key], facets[fine], reuse, w)
        ):
            return True
    return any(rate >= own_rate and _sums_to(facets[key], facets[fine], reuse, w)
               for fine, rate in subject.lists if facets[key].subject == "establishment")  # fmt: skip


def _sums_to(coarse: Item, fine: Item, reuse: str, w: World) -> bool:
    """Whether the coarser value is a sum of the finer ones."""
    additive = w.concepts[coarse.concept]["additive"]
    if fine.concept != coarse.concept or additive == "no" or "alone" in (coarse.subject, fine.subject):
        return False
    finer_grain = {
        ("operator", "contract"), ("operator", "call"), ("operator", "establishment"),
        *((g, m) for g in ("operator", "establishment") for m in ("place", "person", "staff_member", "event")),
    }  # fmt: skip
    finer_time = {
        ("realised_quarter", "realised_month"), ("realised_year", "realised_quarter"),
        ("realised_year", "realised_month"),
    }  # fmt: skip
    grains, times_ = (coarse.facets[0], fine.facets[0]), (coarse.facets[1], fine.facets[1])
    if reuse == "harmonise":
        return grains in finer_grain
    if not (coarse.settled and fine.settled) or coarse.facets[2:] != fine.facets[2:]:
        return False
    if grains not in finer_grain and grains[0] != grains[1]:
        return False
    if coarse.facets == fine.facets:
        return False
    return times_[0] == times_[1] or (additive == "flow" and times_ in finer_time)


def unmeasured(w: World, *, identifiers: bool = False) -> int:
    """Askings of which some number or time is not known."""
    count = 0
    for (_, about, population, obligation, _), slots in _askings(items(w, identifiers), "same").items():
        rate = PER_YEAR[w.obligations[obligation]["period"]]
        asked = gap = False
        for unit in w.units:
            if slots[0].subject == "operator" and not about:
                pairs = [(share(w, unit, obligation), number(w, unit, population))]
            else:
                c = counts_of(w, unit)
                own = None if population in c.own_missing else c.known[population]
                above = None if population in c.above_missing else c.known[population]
                pairs = list(zip(duties_of(w, unit, obligation), (own, above), strict=True))
            for part, members in pairs:
                gap |= part != 0 and members != 0 and (part is None or members is None)
                asked |= bool(part and members and rate)
        count += gap or (asked and _time(slots) is None)
    return count
