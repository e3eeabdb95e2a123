"""Units of a portfolio under an inventory: regimes, numbers that miss or do not add up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from burden.model.checks.rows import chain, values_of
from burden.model.findings import Finding, Place
from burden.model.inventory import Inventory
from burden.model.messages import plural_text, text
from burden.model.portfolio import Portfolio, portfolio_findings
from burden.model.profiles import profiles, quantities

_SUMMED = ("establishment", "place", "person", "staff_member")


def vocabulary_of_units(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """A unit names a type, a tag, an obligation, a population or a source that is not in the inventory."""
    yield from portfolio_findings(inv, ptf)
    for source in sorted(set(ptf.units["source_id"].dropna()) - set(inv.sources["source_id"])):
        yield Finding(
            "vocabulary of units", "warning", Place(ptf.name, column="source_id"),
            text("'{value}' is not in the inventory.", value=source),
            text("Add it to sources, or correct the identifier."), value=source,
        )  # fmt: skip


def regime_of_units(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """A unit has two tags of one regime, which exclude one another."""
    regimes = values_of(inv, "tags", "regime")
    units = ptf.units
    for tags, same in units.groupby("tags", sort=True):
        own = [regimes[t] for t in dict.fromkeys(str(tags).split("|")) if t in regimes]
        if len(own) > len(set(own)):
            yield Finding(
                "regime of units", "error", Place(ptf.name, column="tags"),
                plural_text("{n} unit has tags that exclude one another: {tags} (first: {unit}).",
                            "{n} units have tags that exclude one another: {tags} (first: {unit}).",
                            len(same), n=len(same), tags=str(tags).replace("|", ", "),
                            unit=same["unit_id"].iloc[0]),
                text("Keep one tag of each regime."), value=tags,
            )  # fmt: skip


def missing_quantities(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """Units do not say how many of what an obligation of theirs counts."""
    known = profiles(inv, ptf)
    concerned = known.applies != 0
    position = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
    counts = [inv[t][["obligation_id", "population_id"]].dropna() for t in ("obligations", "requests")]
    for population, asked in pd.concat(counts).drop_duplicates().groupby("population_id"):
        columns = [position[o] for o in asked["obligation_id"]]
        needed = concerned[:, columns].any(axis=1)[known.of_unit]
        number = int((needed & known.quantities[population].isna().to_numpy()).sum())
        if number:
            yield Finding(
                "missing quantities", "note", Place(ptf.name, column=str(population)),
                plural_text("{n} unit does not say how many of '{population}' it has: unmeasured.",
                            "{n} units do not say how many of '{population}' they have: unmeasured.",
                            number, n=number, population=population),
                text("Add the column or fill its cells, where the number is known."), value=population,
            )  # fmt: skip


def undecided_duties(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """Whether an obligation falls on units cannot be told: a size or a territory is unknown."""
    known = profiles(inv, ptf)
    heads = np.bincount(known.of_unit, minlength=len(known.applies))
    numbers = heads @ np.isnan(known.applies).astype(np.int64)
    for obligation, number in zip(inv.obligations["obligation_id"], numbers.tolist(), strict=True):
        if number:
            yield Finding(
                "undecided duties", "note", Place(ptf.name),
                plural_text("whether '{obligation}' falls on {n} unit cannot be told.",
                            "whether '{obligation}' falls on {n} units cannot be told.",
                            number, obligation=obligation, n=number),
                text("Write the size or the territory that decides."), value=obligation,
            )  # fmt: skip


def units_without_duty(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """No obligation of the inventory falls on a unit."""
    known = profiles(inv, ptf)
    free = (known.applies == 0).all(axis=1)[known.of_unit]
    if number := int(free.sum()):
        yield Finding(
            "units without duty", "note", Place(ptf.name, column="actor_id"),
            plural_text("no obligation falls on {n} unit (first: {unit}).",
                        "no obligation falls on {n} units (first: {unit}).",
                        number, n=number, unit=ptf.units["unit_id"][free].iloc[0]),
            text("Check their type and their tags, or whether the inventory covers them."),
        )  # fmt: skip


def larger_than_its_whole(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """A unit has more of a population than of a larger one that contains it."""
    numbers, parents = quantities(inv, ptf), values_of(inv, "populations", "parent_id")
    for population in numbers:
        containing = chain(parents, str(population))[1:]
        if not containing:
            continue
        limit = numbers[containing].min(axis=1)
        larger = numbers[population] > limit
        if number := int(larger.sum()):
            yield Finding(
                "larger than its whole", "warning", Place(ptf.name, column=str(population)),
                plural_text("{n} unit has more of '{population}' than of '{whole}' (first: {unit}).",
                            "{n} units have more of '{population}' than of '{whole}' (first: {unit}).",
                            number, n=number, population=population, whole=containing[0],
                            unit=ptf.units["unit_id"][larger].iloc[0]),
                text("Correct one of the two numbers."), value=population,
            )  # fmt: skip


def operator_totals(inv: Inventory, ptf: Portfolio) -> Iterator[Finding]:
    """The number of an operator is not the sum of its units', events and contracts of its own apart."""
    units, grains = ptf.units, values_of(inv, "populations", "grain")
    kind = units["actor_id"].map(values_of(inv, "actors", "kind"))
    operators = units[kind == "operator"].drop_duplicates("operator_id").set_index("operator_id")
    within = units[kind == "establishment"].groupby("operator_id")
    for population in (p for p in ptf.populations if grains.get(p) in _SUMMED):
        stated = operators[population]
        total = within[population].sum(min_count=1).reindex(stated.index)
        complete = (within[population].count() == within.size()).reindex(stated.index) == True  # noqa: E712
        wrong = _differs(stated, total) & ((stated < total) | complete)
        if number := int(wrong.sum()):
            yield Finding(
                "operator totals", "warning", Place(ptf.name, column=population),
                plural_text("'{population}' of {n} operator is not the sum of its units (first: {operator}).",
                            "'{population}' of {n} operators is not the sum of their units"
                            " (first: {operator}).",
                            number, n=number, population=population, operator=stated.index[wrong][0]),
                text("Correct the number, or leave it empty: the sum is then taken."), value=population,
            )  # fmt: skip


def _differs(one: pd.Series, other: pd.Series) -> pd.Series:
    same = pd.Series(np.isclose(one, other), one.index)
    return one.notna() & other.notna() & ~same
