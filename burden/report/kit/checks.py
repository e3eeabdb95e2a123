"""A written kit checked: its list of changes is the plan, its numbers are its figures, its sources are there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import LANGUAGES, Text, text
from burden.report.documents.formats import read_tree
from burden.report.documents.sentences import leads_somewhere
from burden.report.key_figures import KeyFigure, Rows
from burden.report.kit.changes import changes
from burden.report.kit.claims.doubts import doubts
from burden.report.kit.prose import Fault, faults, words_of
from burden.sources.archive import archive_fault
from burden.sources.objects import UnreadableError, read_object
from burden.sources.placing import recovered
from burden.sources.tables import read_table_file

READABLE = ("docx", "odt", "html")
"""Formats that can be read back, those that people edit first."""
_AT_ONCE = 2
_PLAN = ("plan_measures", "plan_items", "plan_acts", "plan_gateways")
_AGAIN = text("Write the kit again with `burden report`.")
_DAMAGED = text("the file is damaged, or is locked by a password."), _AGAIN


def check_kit(folder: str | Path, *, formats: Sequence[str] = READABLE) -> tuple[Finding, ...]:
    """Everything in a written kit that does not lead where it must.

    Parameters
    ----------
    formats : sequence of str
        Documents that are read, by format.

    Returns
    -------
    tuple of Finding
        Changes of the plan that the list or the digest lacks, or has too many; numbers of the prose
        that are not the figure that they lead to, or lead to none (by the rule of
        :mod:`burden.report.kit.prose`); sources that are cited and not there. As warnings, what
        sentences claim beyond their figures (:mod:`burden.report.kit.claims`). Nothing where all
        holds. Of an odt file, which does not keep what is a name, only the numbers that lead
        somewhere are compared; a pdf is not read.

    Raises
    ------
    InventoryError
        If the folder is not a kit.
    """
    folder = recovered(Path(folder))
    if not (folder / "audit.json").is_file() or not (folder / "tables").is_dir():
        said = text("there is no kit here.")
        raise InventoryError([Finding("kit", "error", Place(str(folder)), said, _AGAIN)])
    sources = _table(folder / "tables" / "sources.csv")
    figures = read_key_figures(folder / "audit.json")
    planned = _planned(folder)
    found = [*_of_lists(folder, planned), *_of_sources(folder, sources)]
    paths = [(p, language) for language in LANGUAGES for p in sorted((folder / language).glob("*"))]
    paths = [(p, language) for p, language in paths if p.suffix.removeprefix(".") in formats]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        trees = pool.map(lambda named: _blocks(named[0], str(named[0].relative_to(folder))), paths)
        for (path, language), blocks in zip(paths, trees, strict=True):
            name = str(path.relative_to(folder))
            if isinstance(blocks, Finding):
                found.append(blocks)
                continue
            found += _of_document(name, blocks, figures, sources, language)
            if path.stem == "changes":
                listed = {c for c in _first_cells(blocks) if c in planned or _is_change(c)}
                found += _compared(planned, listed, name)
    return tuple(found)


def _blocks(path: Path, file: str) -> list[Any] | Finding:
    """A document as it reads, or why it does not: people have had it in their hands."""
    fault = archive_fault(path, file, _DAMAGED) if path.suffix in (".docx", ".odt") else None
    try:
        return fault or read_tree(path)["blocks"]
    except ValueError as error:
        return _unreadable(file, Text(str(error).replace("{", "{{").replace("}", "}}")))


def _unreadable(file: str, fault: Text) -> Finding:
    return Finding("kit", "error", Place(file), text("it cannot be read: {fault}.", fault=fault), _AGAIN)


def _object(path: Path, key: str) -> list[Any]:
    """What a file of the kit lists."""
    try:
        listed = read_object(path).get(key)
        if isinstance(listed, list) and all(isinstance(one, dict) for one in listed):
            return listed
        fault = text("it has no list of {key}", key=key)
    except UnreadableError as error:
        fault = error.fault
    raise InventoryError([_unreadable(path.name, fault)])


def read_key_figures(path: Path) -> dict[str, KeyFigure]:
    """The key figures of an ``audit.json``, as sentences show them.

    Raises
    ------
    InventoryError
        If it does not list the figures of an audit.
    """
    try:
        return _key_figures(_object(path, "figures"))
    except (KeyError, TypeError) as error:
        raise InventoryError([_unreadable(path.name, Text("{error}", {"error": str(error)}))]) from None


def _key_figures(told: list[Any]) -> dict[str, KeyFigure]:
    def number(value: float | None) -> float:
        return math.nan if value is None else value

    return {
        f["id"]: KeyFigure(
            f["id"], Text(f["name"]["en"]), number(f["value"]), f["unit"], f["formula"], Rows(f["rows"]["table"]),
            f["counting_unit"], Text(f["scope"]["en"]), f["evidence"], number(f["low"]), number(f["high"]),
            f["unmeasured"],
        )
        for f in told
    }  # fmt: skip


def _table(path: Path) -> pd.DataFrame:
    return read_table_file(path, path.name, _AGAIN)


def _of_lists(folder: Path, planned: set[str]) -> Iterator[Finding]:
    """The plan against the lists that machines read, both ways."""
    for name in ("changes.csv", "changes.json"):
        yield from _compared(planned, _listed(folder / name), name)


def _planned(folder: Path) -> set[str]:
    tables = {}
    for name in _PLAN:
        path = folder / "tables" / f"{name}.csv"
        if path.is_file():
            frame = _table(path)
            tables[name] = frame.assign(personal=frame["personal"] == "True") if "personal" in frame else frame
    return set(changes(tables)["change"]) if len(tables) == len(_PLAN) else set()


def _listed(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    if path.suffix == ".csv":
        return set(_table(path)["change"])
    return {str(row.get("change", "")) for row in _object(path, "changes")}


def _is_change(cell: str) -> bool:
    measure, dot, rest = cell.partition(".")
    numbered = measure[:1] == "M" and measure[1:].isdecimal() and bool(dot) and (rest.isdecimal() or rest == "tool")
    return numbered or cell.startswith(("act:", "exchange:"))


def _first_cells(blocks: list[Any]) -> Iterator[str]:
    """What the first column of every table says."""
    for block in blocks:
        if block["t"] == "Table":
            for body in block["c"][4]:
                for row in body[3]:
                    yield _cell_words(row[1][0][4])
        elif block["t"] == "Div":
            yield from _first_cells(block["c"][1])


def _cell_words(blocks: list[Any]) -> str:
    inner = [b for block in blocks for b in (block["c"][1] if block["t"] == "Div" else [block])]
    return "".join(words_of(b["c"]) for b in inner if b["t"] in ("Para", "Plain")).replace("\u200b", "")


def _compared(planned: set[str], listed: set[str], file: str) -> Iterator[Finding]:
    for change in sorted(planned - listed):
        said = text("the change {change} of the plan is missing.", change=change)
        yield Finding("changes", "error", Place(file), said, _AGAIN, change)
    for change in sorted(listed - planned):
        said = text("the change {change} is not in the plan.", change=change)
        yield Finding("changes", "error", Place(file), said, _AGAIN, change)


def _of_sources(folder: Path, sources: pd.DataFrame) -> Iterator[Finding]:
    """Every source that rows cite is in the table of sources."""
    known = set(sources["source_id"])
    for path in sorted((folder / "tables").glob("*.csv")):
        frame = _table(path)
        # In the plan, that column says where an item is taken from.
        if "source_id" not in frame or "source_kind" in frame or path.stem == "sources":
            continue
        for source in sorted(set(frame["source_id"]) - known - {""}):
            line = int(frame.index[frame["source_id"] == source][0]) + 2
            said = text("the source '{source}' is cited and is not in sources.csv.", source=source)
            yield Finding("sources", "error", Place(f"tables/{path.name}", line, "source_id"), said, _AGAIN, source)


def _of_document(
    name: str, blocks: list[Any], figures: Mapping[str, KeyFigure], sources: pd.DataFrame, language: str
) -> Iterator[Finding]:
    for fault in faults(blocks, figures, language):
        if not name.endswith(".odt") or fault.why != "no_figure":
            yield _number(name, fault)
    for doubt in doubts(blocks, figures, language, names_kept=not name.endswith(".odt")):
        said = text("“{where}”: {fault}", where=doubt.where, fault=doubt.fault)
        yield Finding(doubt.check, "warning", Place(name), said, doubt.remedy, doubt.value)
    cited = {_plain(c): u for c, u in zip(sources["citation"], sources["url"], strict=True)}
    for content in _notes(blocks):
        yield from _note(name, content, cited)


def _number(file: str, fault: Fault) -> Finding:
    said = {
        "no_figure": text("“{where}”: the number {number} leads to no figure.", where=fault.where, number=fault.number),
        "unknown_figure": text("“{where}”: the number {number} leads to '{figure}', which audit.json does not have.",
                               where=fault.where, number=fault.number, figure=fault.figure),
        "altered": text("“{where}”: the number {number} is not that of the figure {figure}, which is {expected}.",
                        where=fault.where, number=fault.number, figure=fault.figure, expected=fault.expected),
    }  # fmt: skip
    return Finding("prose", "error", Place(file), said[fault.why], _AGAIN, fault.number)


def _notes(node: Any) -> Iterator[list[Any]]:
    """The inlines of every footnote."""
    if isinstance(node, dict):
        if node.get("t") == "Note":
            yield [i for block in _paragraphs(node["c"]) for i in block]
            return
        yield from _notes(node.get("c"))
    elif isinstance(node, list):
        for inner in node:
            yield from _notes(inner)


def _paragraphs(blocks: list[Any]) -> Iterator[list[Any]]:
    for block in blocks:
        if block["t"] == "Div":
            yield from _paragraphs(block["c"][1])
        elif block["t"] in ("Para", "Plain"):
            yield block["c"]


def _note(file: str, content: list[Any], cited: Mapping[str, str]) -> Iterator[Finding]:
    """A footnote cites a known source, and leads to its address where it has one."""
    said = _plain(words_of(content))
    address = next((cited[c] for c in sorted(cited, key=len, reverse=True) if c and said.startswith(c)), None)
    if address is None:
        fault = text("the footnote “{note}” cites no source of sources.csv.", note=said[:120])
        yield Finding("sources", "error", Place(file), fault, _AGAIN, said)
    elif leads_somewhere(address) and address not in set(_targets(content)):
        fault = text("the footnote “{note}” does not lead to {address}.", note=said[:120], address=address)
        yield Finding("sources", "error", Place(file), fault, _AGAIN, said)


def _targets(inlines: Iterable[Any]) -> Iterator[str]:
    for node in inlines:
        if node["t"] == "Link":
            yield node["c"][2][0]
        if node["t"] in ("Link", "Span"):
            yield from _targets(node["c"][1])


def _plain(said: str) -> str:
    """A text without what printers and word processors change of it."""
    return " ".join(said.replace("\u200b", "").replace("’", "'").split())
