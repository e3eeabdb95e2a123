"""Requests: what is asked, about what, in which unit, how surely."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from burden.model import schema
from burden.model.cells import folded
from burden.model.checks.rows import at_rows, chain, values_of
from burden.model.findings import Finding
from burden.model.inventory import Inventory
from burden.model.messages import plural_text, text

_MEMBERS = ("place", "person", "staff_member")
_NOT_NUMBERS = ("date", "code", "text", "document")
_UNITS_OF_KIND = {
    "identifier": (*_NOT_NUMBERS, "count", "unspecified"),
    "amount": ("eur", "percent", "unspecified"),
    "date": ("date", "unspecified"),
    "status": ("code", "text", "score", "date", "unspecified"),
    "text": ("text", "document", "unspecified"),
    "document": ("document", "text", "count", "unspecified"),
}
_SLOT = ["obligation_id", "concept_id", "grain", "reference_period", "perimeter", "unit", "population_id"]


def _with_context(inv: Inventory) -> pd.DataFrame:
    """Requests with the kind of their concept and what their obligation is counted per."""
    requests = inv.requests
    of_obligation = requests["obligation_id"].map
    counted = of_obligation(values_of(inv, "obligations", "population_id"))
    grain = values_of(inv, "populations", "grain")
    own = requests["population_id"]
    return requests.assign(
        kind=requests["concept_id"].map(values_of(inv, "concepts", "kind")),
        additive=requests["concept_id"].map(values_of(inv, "concepts", "additive")),
        item_list=of_obligation(values_of(inv, "obligations", "item_list")),
        timing=of_obligation(values_of(inv, "obligations", "timing")),
        per=counted.map(grain),
        counted=own.where(own.notna(), counted).map(grain),
    )


def surer_than_its_list(inv: Inventory) -> Iterator[Finding]:
    """An item is read in a text and its list recalled, or a list read in full has recalled items."""
    items = _with_context(inv)
    surer = (items["item_list"] == "recalled") & items["evidence"].isin(["text", "old_text"])
    yield from at_rows(
        inv, "requests", items[surer], "evidence", check="surer than its list", severity="warning",
        said=lambda r: (
            text("the item is '{evidence}', and the list of '{obligation}' is from memory.",
                 evidence=r.evidence, obligation=r.obligation_id),
            text("Write recalled here, or partial in item_list of the obligation."),
        ),
    )  # fmt: skip
    weaker = (items["item_list"] == "complete") & (items["evidence"] == "recalled")
    obligations = inv.obligations
    number = obligations["obligation_id"].map(items[weaker].groupby("obligation_id").size())
    yield from at_rows(
        inv, "obligations", obligations.assign(n=number.fillna(0).astype(int))[number.notna()], "item_list",
        check="surer than its list", severity="note",
        said=lambda r: (
            plural_text("the list of '{obligation}' was read in full, and {n} item of it is recalled.",
                        "the list of '{obligation}' was read in full, and {n} items of it are recalled.",
                        r.n, obligation=r.obligation_id, n=r.n),
            text("Correct the evidence of the items, or write partial in item_list."),
        ),
    )  # fmt: skip


def finer_than_counted(inv: Inventory) -> list[Finding]:
    """An item is about each person, staff member or event of what the obligation counts once."""
    items = _with_context(inv)
    parents = {c.code: c.part_of for c in schema.codes("grain").values()}
    finer = {(wide, fine) for fine in parents for wide in chain(parents, fine)[1:]}
    pairs = zip(items["per"], items["grain"], strict=True)
    wrong = pd.Series([pair in finer for pair in pairs], items.index, dtype=bool)
    return at_rows(
        inv, "requests", items[wrong & items["population_id"].isna()], "grain",
        check="finer than counted", severity="warning",
        said=lambda r: (
            text("the item is about each '{grain}', and is counted once per '{counted}'.",
                 grain=r.grain, counted=r.per),
            text("Write in population_id what the item is counted per, or the grain of its total."),
        ),
    )  # fmt: skip


def counted_otherwise(inv: Inventory) -> list[Finding]:
    """An item is about one kind of member and counted per another: persons, staff, places, events."""
    items = _with_context(inv)
    about = items["grain"].isin([*_MEMBERS, "event"]) & items["counted"].isin(_MEMBERS)
    return at_rows(
        inv, "requests", items[about & (items["grain"] != items["counted"])], "grain",
        check="counted otherwise", severity="warning",
        said=lambda r: (
            text("the item is about a '{grain}', and is counted per '{counted}'.",
                 grain=r.grain, counted=r.counted),
            text("Write in population_id a population of that grain."),
        ),
    )  # fmt: skip


def unit_of_kind(inv: Inventory) -> list[Finding]:
    """The unit of an item does not fit what its concept is."""
    items = _with_context(inv)
    every = set(schema.codes("unit"))
    quantity = every - {"eur", *_NOT_NUMBERS}
    fits = {(kind, unit) for kind, units in _UNITS_OF_KIND.items() for unit in units}
    fits |= {("quantity", unit) for unit in quantity}
    pairs = zip(items["kind"], items["unit"], strict=True)
    wrong = pd.Series([pair not in fits for pair in pairs], items.index, dtype=bool)
    known = items["kind"].isin(list(schema.codes("concept_kind"))) & items["unit"].isin(list(every))
    return at_rows(
        inv, "requests", items[wrong & known], "unit", check="unit of kind", severity="warning",
        said=lambda r: (
            text("the unit is '{unit}', and '{concept}' is of kind '{kind}'.",
                 unit=r.unit, concept=r.concept_id, kind=r.kind),
            text("Correct the unit, or the concept: it may be two."),
        ),
    )  # fmt: skip


def sum_of_what_does_not_add(inv: Inventory) -> Iterator[Finding]:
    """A concept said to add up is not a number, or is asked as a percentage, a score or a text."""
    concepts, items = inv.concepts, _with_context(inv)
    adds = concepts["additive"].isin(["flow", "stock"])
    yield from at_rows(
        inv, "concepts", concepts[adds & ~concepts["kind"].isin(["amount", "quantity"])], "additive",
        check="sum of what does not add", severity="warning",
        said=lambda r: (
            text("'{concept}' is said to add up, and is of kind '{kind}'.",
                 concept=r.concept_id, kind=r.kind),
            text("Write no in additive, or correct the kind."),
        ),
    )  # fmt: skip
    summed = items["additive"].isin(["flow", "stock"]) & items["kind"].isin(["amount", "quantity"])
    yield from at_rows(
        inv, "requests", items[summed & items["unit"].isin([*_NOT_NUMBERS, "percent", "score"])], "unit",
        check="sum of what does not add", severity="warning",
        said=lambda r: (
            text("'{concept}' is said to add up, and is asked here as '{unit}'.",
                 concept=r.concept_id, unit=r.unit),
            text("Correct the unit, or make the ratio a concept of its own that does not add up."),
        ),
    )  # fmt: skip


def forecast_after_the_fact(inv: Inventory) -> list[Finding]:
    """A forecast is asked by an obligation that comes after what it is about."""
    items = _with_context(inv)
    forecast = items["reference_period"].isin(["forecast_year", "coming_years"])
    return at_rows(
        inv, "requests", items[forecast & (items["timing"] == "ex_post")], "reference_period",
        check="forecast after the fact", severity="warning",
        said=lambda r: (
            text("a forecast is asked by '{obligation}', which comes after the fact.",
                 obligation=r.obligation_id),
            text("Correct the reference period, or the timing of the obligation."),
        ),
    )  # fmt: skip


def difficult_identifier(inv: Inventory) -> list[Finding]:
    """An identifier is said to be hard to obtain."""
    items = _with_context(inv)
    return at_rows(
        inv, "requests", items[(items["kind"] == "identifier") & (items["complexity"] == "high")],
        "complexity", check="difficult identifier", severity="warning",
        said=lambda r: (
            text("'{concept}' is an identifier, and is said to be hard to obtain.", concept=r.concept_id),
            text("Write simple, or correct the kind of the concept."),
        ),
    )  # fmt: skip


def repeated_slot(inv: Inventory) -> list[Finding]:
    """One obligation asks twice for the same thing: a repeated slot, which is no repeat."""
    requests = inv.requests
    return at_rows(
        inv, "requests", requests[requests.duplicated(_SLOT)], "concept_id",
        check="repeated slot", severity="note",
        said=lambda r: (
            text("'{obligation}' already asks for '{concept}' with the same facets.",
                 obligation=r.obligation_id, concept=r.concept_id),
            text("Nothing to do if the form has two slots; else write what tells them apart."),
        ),
    )  # fmt: skip


def label_of_two_concepts(inv: Inventory) -> list[Finding]:
    """One label of several words stands for two concepts."""
    requests = inv.requests
    labels = requests["label_fr"].fillna("")
    label = labels.map({name: folded(name) for name in labels.unique()}).astype("str")
    several = requests.assign(label=label)[label.str.contains(" ", regex=False)]
    several = several.assign(other=several.groupby("label")["concept_id"].transform("first"))
    differs = several["concept_id"].notna() & (several["concept_id"] != several["other"])
    return at_rows(
        inv, "requests", several[differs], "label_fr", check="label of two concepts", severity="note",
        said=lambda r: (
            text("the label '{label}' stands for '{concept}' here and for '{other}' elsewhere.",
                 label=r.label_fr, concept=r.concept_id, other=r.other),
            text("Make it one concept if it is the same information."),
        ),
    )  # fmt: skip
