"""Scenarios: ordered levers in a TOML file, with who proposes them, where, and their limits.

::

    title_fr = "…"            title_en = "…"
    author = "…"              reference = "…"
    limits_fr = "…"           limits_en = "…"

    [[levers]]
    lever = "lengthen"
    obligation = "FR-BUD-09"
    period = "P2Y"
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from burden.model.cells import did_you_mean
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.simplify.levers import LEVERS, Case
from burden.sources.objects import UnreadableError, read_object

_HEADER = ("title_fr", "title_en", "author", "reference", "limits_fr", "limits_en")


@dataclass(frozen=True)
class Step:
    """One lever of a scenario, with what it is given."""

    lever: str
    given: Mapping[str, Any]

    def apply(self, inv: Inventory, ptf: Portfolio) -> Case:
        """The inventory and the portfolio once the lever is pulled."""
        return LEVERS[self.lever](inv, ptf, **self.given)


@dataclass(frozen=True)
class Scenario:
    """Levers in order, and what a reader must know of them."""

    name: str
    title_fr: str
    title_en: str
    author: str
    reference: str
    limits_fr: str
    limits_en: str
    steps: tuple[Step, ...] = field(repr=False)

    def title(self, language: str) -> str:
        """Title in the reader's language."""
        return self.title_fr if language == "fr" else self.title_en


def apply(scenario: Scenario, inv: Inventory, ptf: Portfolio) -> Case:
    """The inventory and the portfolio once every lever is pulled, in order.

    Returns
    -------
    Inventory, Portfolio
        New ones; those given do not change.

    Raises
    ------
    InventoryError
        If a lever does not fit the inventory, or not any more after those before it.
    """
    for step in scenario.steps:
        inv, ptf = step.apply(inv, ptf)
    return inv, ptf


def read_scenario(path: str | Path, *, empty: bool = False) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    empty : bool
        Whether one without any lever will do.

    Returns
    -------
    Scenario
        Its header, and its levers in order.

    Raises
    ------
    InventoryError
        With every fault: TOML that cannot be read, what is missing from the header, a lever that
        does not exist, something that it does not take or that it lacks.
    """
    path = Path(path)
    try:
        found = read_object(path)
    except UnreadableError as error:
        raise InventoryError(
            [
                Finding("scenario", "error", Place(path.name), text("this is not TOML: {fault}.", fault=error.fault),
                        text("Correct the line that it names."))
            ]
        ) from None  # fmt: skip
    faults = _header_faults(path.name, found)
    steps = found.get("levers", [])
    if not isinstance(steps, list) or not (steps or empty):
        faults.append(_fault(path.name, "levers", text("there is no lever."), text("Add a [[levers]] table.")))
        steps = []
    for number, step in enumerate(steps, start=1):
        faults += _step_faults(path.name, number, step)
    if faults:
        raise InventoryError(faults)
    header = {key: str(found[key]) for key in _HEADER}
    made = [Step(s["lever"], MappingProxyType({k: v for k, v in s.items() if k != "lever"})) for s in steps]
    return Scenario(path.stem, **header, steps=tuple(made))


def write_scenario(scenario: Scenario, path: str | Path) -> Path:
    """Write a scenario as the TOML that :func:`read_scenario` reads.

    Returns
    -------
    Path
        The file written.

    Examples
    --------
    >>> import tempfile
    >>> header = dict.fromkeys(_HEADER, "…")
    >>> made = Scenario("twice", **header, steps=(Step("drop", {"obligation": "ES"}),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_scenario(write_scenario(made, f"{folder}/twice.toml")).steps[0].given["obligation"]
    'ES'
    """
    path = Path(path)
    lines = [f"{key} = {_toml(getattr(scenario, key))}" for key in _HEADER]
    for step in scenario.steps:
        given = [f"{key} = {_toml(value)}" for key, value in step.given.items()]
        lines += ["", "[[levers]]", f"lever = {_toml(step.lever)}", *given]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: Any) -> str:
    if isinstance(value, str):
        # TOML strings are JSON strings, but for one control character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(_toml(v) for v in value)}]" if isinstance(value, list | tuple) else repr(value)


def _fault(file: str, key: str, fault: Text, remedy: Text, value: object = None) -> Finding:
    return Finding("scenario", "error", Place(file, column=key), fault, remedy, value=value)


def _header_faults(file: str, found: Mapping[str, Any]) -> list[Finding]:
    missing = [k for k in _HEADER if not isinstance(found.get(k), str) or not found[k].strip()]
    faults = [
        _fault(file, k, text("the header lacks '{key}'.", key=k), text("Write it as a text above the first lever."))
        for k in missing
    ]
    return faults + [
        _fault(file, k, text("the header has no '{key}'.", key=k), did_you_mean(k, _HEADER, text("Remove it.")), k)
        for k in found
        if k not in (*_HEADER, "levers")
    ]


def _step_faults(file: str, number: int, step: Any) -> list[Finding]:
    key = f"levers[{number}]"
    if not isinstance(step, dict) or "lever" not in step:
        return [_fault(file, key, text("the lever has no name."), text("Name one with `lever`."))]
    name = step["lever"]
    if not isinstance(name, str) or name not in LEVERS:
        known = text("The levers are {levers}.", levers=", ".join(LEVERS))
        remedy = did_you_mean(str(name), LEVERS, known)
        return [_fault(file, key, text("there is no lever '{name}'.", name=str(name)), remedy, name)]
    taken = {k: p for k, p in inspect.signature(LEVERS[name]).parameters.items() if p.kind is p.KEYWORD_ONLY}
    return [_fault(file, key, *fault) for fault in _faults_of_given(name, taken, step)]


def _faults_of_given(
    name: str, taken: Mapping[str, inspect.Parameter], step: Mapping[str, Any]
) -> Iterator[tuple[Text, Text, Any]]:
    """What a lever is given and does not take, what it lacks, what is of another kind."""
    given = [k for k in step if k != "lever"]
    for key in given:
        if key not in taken:
            remedy = did_you_mean(key, taken, text("It takes {keys}.", keys=", ".join(taken)))
            yield text("'{lever}' does not take '{key}'.", lever=name, key=key), remedy, key
        elif not _fits(str(taken[key].annotation), step[key]):
            fault = text("'{key}' is not of the kind that '{lever}' takes.", key=key, lever=name)
            yield fault, _kind(str(taken[key].annotation)), step[key]
    for key, parameter in taken.items():
        if parameter.default is parameter.empty and key not in given:
            yield text("'{lever}' needs '{key}'.", lever=name, key=key), text("Add {key} = …", key=key), None


def _fits(annotation: str, value: Any) -> bool:
    if "Iterable[str]" in annotation:
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if "float" in annotation:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _kind(annotation: str) -> Text:
    if "Iterable[str]" in annotation:
        return text("Write a list of texts, in square brackets.")
    return text("Write a number.") if "float" in annotation else text("Write a text, between quotes.")
