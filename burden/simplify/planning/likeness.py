"""Whether one item gives what another asks: the classes of reuse again, pair by pair, for the replay of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burden.analysis.askings import COARSE, FACETS, larger
from burden.model import schema

Row = Mapping[Any, Any]
_NOT_SETTLED = ("unspecified", "request_date")


def unlike(own: Row, source: Row, reuse: str, parents: Mapping[str, str]) -> str:
    """Why a source does not give what is asked in a class of reuse; empty where it does.

    Parameters
    ----------
    own, source : mapping
        Two rows of :func:`burden.analysis.askings.items`.
    parents : mapping of str to str
        The larger population of each population.
    """
    alike = own["subject"] == source["subject"] and own["grain"] == source["grain"]
    added = _adds_up(own, source, parents) and (reuse == "harmonise" or _derives(own, source))
    faults = {
        f"{own['concept_id']} ≠ {source['concept_id']}": own["concept_id"] != source["concept_id"],
        "nothing else is known to be about the same": "alone" in (own["subject"], source["subject"]),
        "about others, or about some of them only": alike and not _among(_about(source), _about(own), parents),
        "not the same in every facet": reuse == "same" and not (alike and _same_facets(own, source)),
        "it cannot be added up from there": reuse != "same" and not (added or (reuse == "harmonise" and alike)),
    }
    return next((fault for fault, holds in faults.items() if holds), "")


def _about(row: Row) -> str:
    """Population whose members an item is about; none where it is about one body."""
    return "" if row["subject"] in COARSE and row["lasting"] else str(row["population_id"])


def _among(larger_one: str, population: str, parents: Mapping[str, str]) -> bool:
    return larger_one in (population, *larger(parents, population))


def _settled(row: Row) -> bool:
    return not any(row[facet] in _NOT_SETTLED for facet in FACETS)


def _same_facets(own: Row, source: Row) -> bool:
    return _settled(own) and all(own[facet] == source[facet] for facet in (*FACETS, "whose"))


def _builds(code_list: str, fine: str, coarse: str) -> bool:
    """Whether values of one code add up to those of another, or are of the same."""
    above = {c.code: c.part_of for c in schema.codes(code_list).values()}
    return coarse in (fine, *larger(above, fine))


def _adds_up(own: Row, source: Row, parents: Mapping[str, str]) -> bool:
    """Whether an item is the sum of the other over all that it is about."""
    if own["additive"] not in ("flow", "stock") or not _builds("grain", source["grain"], own["grain"]):
        return False
    if own["subject"] == "member":
        return _among(_about(source), _about(own), parents)
    if _about(own) or (own["subject"] == "operator") != (source["subject"] == "operator"):
        return False
    return not (parents.get(_about(source), "") if source["subject"] == "member" else _about(source))


def _derives(own: Row, source: Row) -> bool:
    """Whether nothing has to be agreed on before adding up."""
    if not (_settled(own) and _settled(source)) or any(own[f] != source[f] for f in ("perimeter", "unit", "whose")):
        return False
    one, other = str(own["reference_period"]), str(source["reference_period"])
    return one == other if own["additive"] == "stock" else _builds("reference_period", other, one)
