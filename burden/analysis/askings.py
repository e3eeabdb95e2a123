"""What is asked about what: the key of a piece of information and its three classes of reuse.

Two requests ask for the same information when the subject at the item's grain, the concept, the
reference period, the perimeter and the unit are the same (*same*); a share that concerns the
recipient alone is the same only for the same recipients. One can be derived from the
other when one is finer and the concept adds up (*derivable*). Where only the concept and the
subject agree, reuse takes an agreement first (*harmonise*). A facet that the text does not settle
is ``unspecified``: such a request is at best *harmonise*, as what is not known cannot save; the
same goes for *on the date of the request*, as two requests come on two dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.lines import lines
from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.periods import EVENT, per_year

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Reuse = Literal["same", "derivable", "harmonise"]
REUSES: tuple[Reuse, ...] = ("same", "derivable", "harmonise")
COARSE = ["operator", "establishment"]
"""Subjects that are one body, whatever an obligation about them is counted per."""


def reuse_named(name: str) -> Reuse:
    """A class of reuse by its name.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    for reuse in REUSES:
        if reuse == name:
            return reuse
    raise ValueError(f"no class of reuse {name!r}; there are {', '.join(REUSES)}")


FACETS = ["grain", "reference_period", "perimeter", "unit"]
_MEMBERS = ("place", "person", "staff_member", "event", "contract", "call")
# What is true for a year or longer need not be told anew at each event of that year.
_LASTING = (
    "permanent", "realised_year", "forecast_year", "past_years", "coming_years", "school_year",
    "december_31", "contract",
)  # fmt: skip


def items(inv: Inventory, *, identifiers: bool = False) -> pd.DataFrame:
    """Every requested item with its keys.

    Returns
    -------
    DataFrame
        One row per request, in inventory order: its columns and its ``row``, the minutes of one answer,
        ``concept_kind``, ``additive``, ``population_id`` (counted per), ``subject``
        (``operator``, ``establishment``, ``member`` or ``alone``, see below), ``whose`` share it
        counts where it counts that of its recipients, ``lasting`` (whether one answer holds for the
        next event as well), ``same_key`` and ``harmonise_key``.

    Notes
    -----
    ``subject`` says what the item is about: the operator, the establishment, one member of the
    population it is counted per, or (``alone``) something that nothing else is known to be about,
    for instance a person in a form counted per event. What stands alone never repeats.
    """
    requests = inv.requests
    measured = lines(inv)
    measured = measured[measured["line"] == "item"]
    frame = requests.reset_index(drop=True).drop(columns=["minutes_low", "minutes", "minutes_high"])
    for column in ("row", "population_id", "minutes_low", "minutes", "minutes_high", "minutes_basis"):
        frame[column] = measured[column].to_numpy()
    concepts = inv.concepts.set_index("concept_id")
    frame["concept_kind"] = frame["concept_id"].map(concepts["kind"])
    frame["additive"] = frame["concept_id"].map(concepts["additive"])
    frame["subject"] = _subject(inv, frame)
    frame["whose"] = _whose_share(inv, frame)
    if not identifiers:
        frame = frame[frame["concept_kind"] != "identifier"].reset_index(drop=True)
    period = frame["obligation_id"].map(inv.obligations.set_index("obligation_id")["period"])
    frame["lasting"] = frame["reference_period"].isin(_LASTING) | (period != EVENT)
    return frame.assign(same_key=_same_key(frame), harmonise_key=_harmonise_key(frame))


def _subject(inv: Inventory, frame: pd.DataFrame) -> pd.Series:
    counted = frame["population_id"].map(inv.populations.set_index("population_id")["grain"])
    grain = frame["grain"]
    subject = pd.Series("alone", index=frame.index)
    subject[grain.isin(COARSE)] = grain
    subject[grain.isin(_MEMBERS) & (grain == counted)] = "member"
    # About each establishment, but counted once per operator: nobody said how many answers.
    subject[(grain == "establishment") & (counted == "operator")] = "alone"
    return subject


def _codes(frame: pd.DataFrame, columns: list[str]) -> Integers:
    return frame.groupby(columns, sort=False, dropna=False).ngroup().to_numpy().astype(np.int64)


def _same_key(frame: pd.DataFrame) -> Integers:
    # A share of nobody knows whom is not known to be the same as another one.
    settled = _settled(frame) & (frame["subject"] != "alone") & frame["whose"].notna()
    alone = np.where(settled, -1, np.arange(len(frame)))
    return _codes(frame.assign(_alone=alone), ["subject", "concept_id", *FACETS, "whose", "_alone"])


def _whose_share(inv: Inventory, frame: pd.DataFrame) -> pd.Series:
    """Of whom an item counts the share, where it counts that of its recipients alone."""
    whose = dict(zip(inv.obligations["obligation_id"], inv.obligations["required_by_id"], strict=True))
    for obligation, authorities in inv.recipients.groupby("obligation_id")["authority_id"]:
        whose[str(obligation)] = "|".join(sorted(authorities))
    recipients = frame["obligation_id"].map(whose)
    return recipients.where(frame["perimeter"] == "recipient_share", "")


def _settled(frame: pd.DataFrame) -> pd.Series:
    return ~frame[FACETS].isin(["unspecified", "request_date"]).any(axis=1)


def _harmonise_key(frame: pd.DataFrame) -> Integers:
    alone = np.where(frame["subject"] != "alone", -1, np.arange(len(frame)))
    return _codes(frame.assign(_alone=alone), ["subject", "concept_id", "grain", "_alone"])


@dataclass(frozen=True, eq=False)
class Level:
    """The askings of one class of reuse, sorted by run, and how they combine.

    An asking is what one obligation asks under one key and counts per one population: slots
    repeated inside one form are one asking whose minutes add up. A run holds the askings of one
    key about the same subjects: about an operator or an establishment whatever they are counted
    per, about the members of one population, or at the events of one population when the answer
    does not last.

    Attributes
    ----------
    askings : DataFrame
        ``key``, ``obligation_id``, ``population_id``, ``subject``, ``lasting``, ``concept_id``,
        ``minutes`` and ``run``.
    runs : DataFrame
        One row per run: ``key``, ``concept_id``, ``subject``, ``population_id`` (empty about an
        operator or an establishment) and ``start``, its first asking.
    parent : array of int
        Run of the same key on the nearest larger population, or -1.
    covers : array of int, shape (pairs, 2)
        Run and finer run from which it can be derived.
    """

    askings: pd.DataFrame
    runs: pd.DataFrame
    parent: Integers
    covers: Integers


def level(inv: Inventory, frame: pd.DataFrame, reuse: Reuse) -> Level:
    """The askings of one class of reuse, ready to be combined."""
    keyed = frame.assign(key=frame["harmonise_key" if reuse == "harmonise" else "same_key"])
    askings = _askings(keyed)
    group = askings.groupby(["key", "about"], sort=False)
    askings = askings.assign(run=group.ngroup())
    runs = askings.drop_duplicates("run").reset_index(names="start")
    runs = runs[["key", "concept_id", "subject", "about", "start"]].rename(columns={"about": "population_id"})
    covers = np.empty((0, 2), np.int64)
    if reuse != "same":
        covers = _covers(inv, keyed, runs, exact=reuse == "derivable")
    return Level(askings, runs, _parents(inv, runs), covers)


def _askings(keyed: pd.DataFrame) -> pd.DataFrame:
    keyed = keyed.assign(population_id=keyed["population_id"].fillna(""))
    grouped = keyed.groupby(["key", "population_id", "obligation_id", "lasting"], sort=True)
    askings = grouped.agg(concept_id=("concept_id", "first"), subject=("subject", "first"))
    askings["minutes"] = grouped["minutes"].sum(skipna=False)
    askings = askings.reset_index()
    # What lasts and is about an operator or an establishment is the same whatever it is counted per.
    one = askings["subject"].isin(COARSE) & askings["lasting"]
    askings["about"] = askings["population_id"].mask(one, "")
    return askings.sort_values(["key", "about"], kind="stable").reset_index(drop=True)


def _parent_of(inv: Inventory) -> dict[str, str]:
    populations = inv.populations
    return dict(zip(populations["population_id"], populations["parent_id"].fillna(""), strict=True))


def larger(parent_of: Mapping[str, str], population: str) -> list[str]:
    """The populations that contain one, nearest first.

    Examples
    --------
    >>> larger({"under_2": "person", "person": ""}, "under_2")
    ['person']
    """
    chain: list[str] = []
    above = parent_of.get(population, "")
    while above and above != population and above not in chain:
        chain.append(above)
        above = parent_of.get(above, "")
    return chain


def _parents(inv: Inventory, runs: pd.DataFrame) -> Integers:
    parent_of = _parent_of(inv)
    keys = list(zip(runs["key"].tolist(), runs["population_id"].tolist(), strict=True))
    at = {key: run for run, key in enumerate(keys)}
    nearest = [
        next((at[key, p] for p in larger(parent_of, population) if (key, p) in at), -1) for key, population in keys
    ]
    return np.array(nearest, dtype=np.int64)


def _covers(inv: Inventory, keyed: pd.DataFrame, runs: pd.DataFrame, *, exact: bool) -> Integers:
    """Pairs (run, finer run): a flow sums over subjects and time, a stock over subjects only.

    An establishment's value is the sum over the list of every member (a population that is not
    part of a larger one); a member's year is the sum of the months of the same member. What is
    only told at some event is neither complete nor due at a known rate.
    """
    facets = keyed.drop_duplicates("key")
    facets = facets[facets["additive"].isin(["flow", "stock"]) & (facets["subject"] != "alone")]
    if exact:
        facets = facets[_settled(facets)]
    facets = facets[["key", "concept_id", "subject", "additive", "whose", *FACETS]]
    pairs = facets.merge(facets, on="concept_id", suffixes=("", "_fine"))
    pairs = pairs[_derives(pairs, exact=exact)][["key", "key_fine"]]
    numbered = runs.assign(run=np.arange(len(runs)))[["key", "run", "subject", "population_id"]]
    pairs = pairs.merge(numbered, on="key")
    pairs = pairs.merge(numbered.add_suffix("_fine"), on="key_fine")
    parent_of = _parent_of(inv)
    who = ("subject", "population_id", "subject_fine", "population_id_fine")
    complete = [_complete(parent_of, *row) for row in zip(*(pairs[c].tolist() for c in who), strict=True)]
    return pairs.loc[complete, ["run", "run_fine"]].to_numpy(dtype=np.int64).reshape(-1, 2)


def _complete(
    parent_of: Mapping[str, str], subject: str, population: str, fine_subject: str, fine_population: str
) -> bool:
    """Whether the finer run is about every part of the coarser one."""
    if subject == "member":
        return fine_population in (population, *larger(parent_of, population))
    # Operators and their establishments are told apart: neither is summed from the other here.
    if population or (subject == "operator") != (fine_subject == "operator"):
        return False
    return not parent_of.get(fine_population, "") if fine_subject == "member" else not fine_population


def _part_of(code_list: str) -> tuple[list[str], Booleans]:
    """Codes, and for code × code whether the second builds the first; each builds itself."""
    above = {c.code: c.part_of for c in schema.codes(code_list).values()}
    codes = list(above)
    builds = np.eye(len(codes), dtype=bool)
    for fine in codes:
        builds[[codes.index(coarse) for coarse in larger(above, fine)], codes.index(fine)] = True
    return codes, builds


def _derives(pairs: pd.DataFrame, *, exact: bool) -> Booleans:
    def same(facet: str) -> Booleans:
        return np.asarray(pairs[facet] == pairs[f"{facet}_fine"], dtype=bool)

    def within(facet: str) -> Booleans:
        codes, builds = _part_of(facet)
        place = {code: i for i, code in enumerate(codes)}
        coarse, fine = (pairs[c].map(place).fillna(-1).to_numpy(dtype=np.int64) for c in (facet, f"{facet}_fine"))
        return same(facet) | ((coarse >= 0) & (fine >= 0) & builds[coarse, fine])

    if not exact:
        return within("grain") & ~same("grain")
    stock = np.asarray(pairs["additive"] == "stock", dtype=bool)
    in_time = np.where(stock, same("reference_period"), within("reference_period"))
    return within("grain") & same("perimeter") & same("unit") & same("whose") & in_time & ~same("key")


def rates(inv: Inventory) -> pd.Series:
    """Occurrences a year for one counted member, by obligation."""
    period = inv.obligations.set_index("obligation_id")["period"]
    return period.map({p: per_year(p) for p in period.unique()}).astype("float64")
