"""What each lever does and to whom, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from babel.lists import format_list
from babel.numbers import format_percent

from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.simplify.scenario import Step

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "drop": text("“{obligation}” is no longer asked. Concerned: {whom}."),
        "drop_items": text("“{obligation}” no longer asks for {concepts}. Concerned: {whom}."),
        "merge": text("“{obligation}” becomes part of “{into}”. Concerned: {whom}."),
        "share": text("“{obligation}” takes {concepts} from “{source}” instead of asking for it. Concerned: {whom}."),
        "lengthen": text("“{obligation}” falls due less often ({period}). Concerned: {whom}."),
        "align": text("“{obligation}” falls due on another day ({deadline}). Concerned: {whom}."),
        "recognise": text("“{by}” stands for {coverage} of “{obligation}”. Concerned: {whom}."),
        "sample": text("“{obligation}” falls on {share} of those on whom it falls today. Concerned: {whom}."),
        "threshold": text("“{obligation}” falls due only from {minimum} {population} on. Concerned: {whom}."),
        "afterwards": text(
            "“{obligation}” is declared first and checked afterwards: its documents are kept, not sent. "
            "Concerned: {whom}."
        ),
        "harmonise": text("{others} ask for {concept} as “{like}” does. Concerned: {whom}."),
        "contract": text("{units} pass under another regime; with: {add}; without: {remove}."),
        "group": text("{operators} become one operator: {into}."),
        "instead": text("“{by}” is followed where “{obligation}” was. Concerned: {whom}."),
    }
)
"""Sentence of each lever; ``drop`` has one for a whole obligation and one for some of its items."""

_NAMED = ("obligations", "concepts", "authorities", "actors", "populations", "tags")
_SHARES = ("coverage", "share")


def sentence(step: Step, inv: Inventory, *, language: str) -> str:
    """What a lever of a scenario does and to whom, on an inventory.

    Parameters
    ----------
    language : str
        ``fr`` or ``en``.

    Returns
    -------
    str
        One sentence, with the names of the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> sentence(Step("drop", {"obligation": "ES"}), inv, language="en")
    '“ES survey” is no longer asked. Concerned: Nursing home.'
    """
    names = _names(inv, language)
    key = "drop_items" if step.lever == "drop" and step.given.get("concepts") else step.lever
    nothing = text("nothing").render(language)
    given: dict[str, Any] = {name: _said(value, names, language) for name, value in step.given.items()}
    given |= {name: format_percent(step.given[name], locale=language) for name in _SHARES if name in step.given}
    given.setdefault("remove", nothing)
    given["remove"] = given["remove"] or nothing
    others = [names.get(str(o), str(o)) for o in step.given.get("obligations", ())]
    given["others"] = _list(others, language, quoted=True)
    given["whom"] = _whom(step, inv, names, language)
    return text(SENTENCES[key].template, **given).render(language)


def _names(inv: Inventory, language: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for table in _NAMED:
        frame = inv[table]
        name = frame["name_fr"] if language == "fr" else frame["name_en"].fillna(frame["name_fr"])
        known |= dict(zip(frame.iloc[:, 0].astype("str"), name.astype("str"), strict=True))
    return known


def _said(value: Any, names: Mapping[str, str], language: str) -> str:
    if isinstance(value, list | tuple):
        return _list([names.get(str(v), str(v)) for v in value], language)
    return names.get(str(value), str(value))


def _list(parts: list[str], language: str, *, quoted: bool = False) -> str:
    shown = [text("“{name}”", name=p).render(language) for p in parts] if quoted else parts
    return str(format_list(shown, locale=language)) if shown else ""


def _whom(step: Step, inv: Inventory, names: Mapping[str, str], language: str) -> str:
    """Types of actors on whom the obligations of a lever fall."""
    touched = [step.given.get("obligation"), *step.given.get("obligations", ())]
    actors = inv.duties.loc[inv.duties["obligation_id"].isin([o for o in touched if o]), "actor_id"]
    return _list(list(dict.fromkeys(names.get(a, a) for a in actors)), language)
