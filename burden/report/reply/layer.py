"""A dated layer of replies over an inventory: a folder beside it, with what was said and what was decided.

``replies.csv`` has one row per reply; ``forms/`` keeps the forms as they came; ``datapackage.json``
says which inventory, in which state, and when. A text that a spreadsheet would run as a formula is
written after an apostrophe, which is taken off again on reading.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from burden.model.cells import did_you_mean, folded
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.report.reply.form import coded
from burden.report.reply.identifiers import state_of
from burden.report.reply.preface import read_day
from burden.report.reply.reading import Read
from burden.report.reply.said import DECISIONS, Said
from burden.sources.delimited import read_rows
from burden.sources.formulas import inert
from burden.sources.objects import read_object
from burden.sources.placing import placed_folder, recovered

REPLIES = "replies.csv"
DESCRIPTOR = "datapackage.json"
FORMS = "forms"


@dataclass(frozen=True, eq=False)
class Layer:
    """Replies over an inventory, with the decisions on them.

    Attributes
    ----------
    inventory, state, portfolio : str
        What the replies are about: its name, its state when they were read, who is audited.
    created : str
        Day when the layer was last written.
    said : tuple of Said
        Every reply.
    """

    inventory: str
    state: str
    portfolio: str
    created: str
    said: tuple[Said, ...] = field(repr=False)

    @property
    def replies(self) -> pd.DataFrame:
        """One row per reply: the fields of :class:`burden.report.reply.said.Said`."""
        return pd.DataFrame([one.as_row() for one in self.said], columns=Said.columns())

    @property
    def accepted(self) -> tuple[Said, ...]:
        """Replies that were accepted, in order."""
        return tuple(one for one in self.said if one.decision == "accepted")


def layer_of(read: Read, inv: Inventory, ptf: Portfolio, *, today: dt.date, earlier: Layer | None = None) -> Layer:
    """A layer of replies that were read, after those of an earlier layer.

    A reply that stands in the earlier one keeps its number and its decision; nothing of the earlier
    one is left out. What asks for nothing is noted, what could not be read is kept as such.
    """
    before = earlier.said if earlier else ()
    meanings = {one.meaning for one in before}
    fresh = [one for one in read.said if one.meaning not in meanings]
    numbers = Counter(one.who for one in before)
    said = list(before)
    for one in fresh:
        numbers[one.who] += 1
        decision = "unread" if one.fault else "pending" if one.asks else "noted"
        said.append(replace(one, reply_id=f"{one.who or 'x'}-{numbers[one.who]}", decision=decision))
    return Layer(inv.name, state_of(inv), ptf.name, today.isoformat(), tuple(said))


def write_layer(
    read: Read,
    folder: str | Path,
    inv: Inventory,
    ptf: Portfolio,
    *,
    forms: Iterable[str | Path] = (),
    today: dt.date | None = None,
    keep_faulty: bool = False,
) -> Layer:
    """Write the replies that were read as a layer; the inventory is not touched.

    The folder appears whole or not at all. A layer that stands there is taken up, its decisions
    with it, and kept beside as ``<folder>.backup``.

    Parameters
    ----------
    forms : iterable of path
        The forms, kept in the layer as they came.
    today : date, optional
        Day of the layer.
    keep_faulty : bool
        Write the layer although some replies could not be read: they are kept as *unread*.

    Returns
    -------
    Layer
        What the folder holds.

    Raises
    ------
    InventoryError
        If something could not be read and ``keep_faulty`` is not set, or the folder holds something
        else than a layer.
    """
    target = recovered(Path(folder).resolve())
    occupied = target.is_file() or (target.is_dir() and any(target.iterdir()))
    faults = [] if keep_faulty else list(read.errors)
    if occupied and not (target / REPLIES).is_file():
        faults.append(_not_a_layer(target))
    if faults:
        raise InventoryError(faults)
    earlier = read_layer(target) if occupied else None
    layer = layer_of(read, inv, ptf, today=today or dt.date.today(), earlier=earlier)
    _write(layer, target, [*_forms_in(target), *map(Path, forms)])
    return layer


def save_layer(layer: Layer, folder: str | Path) -> Path:
    """Write a layer with other decisions in its place; what stood there is kept beside it.

    Returns
    -------
    Path
        The folder written.
    """
    target = Path(folder).resolve()
    _write(layer, target, _forms_in(target))
    return target


def _forms_in(target: Path) -> list[Path]:
    """The forms that a layer keeps; a link among them could lead to any file, and is none."""
    return [p for p in sorted((target / FORMS).glob("*")) if p.is_file() and not p.is_symlink()]


def _not_a_layer(target: Path) -> Finding:
    return Finding(
        "occupied", "error", Place(target.name), text("the folder holds files that are not a layer of replies."),
        text("Give another folder, or empty this one."),
    )  # fmt: skip


def _write(layer: Layer, target: Path, forms: Sequence[Path]) -> None:
    with placed_folder(target, keep=True) as fresh:
        (fresh / FORMS).mkdir()
        for form in forms:
            shutil.copyfile(form, _free(fresh / FORMS, form))
        with (fresh / REPLIES).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(Said.columns())
            writer.writerows([inert(str(v)) for v in one.as_row().values()] for one in layer.said)
        told = json.dumps(_descriptor(layer, fresh), ensure_ascii=False, indent=2) + "\n"
        (fresh / DESCRIPTOR).write_text(told, encoding="utf-8")


def _free(folder: Path, form: Path) -> Path:
    """A name for a form: its own, numbered when another form has it."""
    content = form.read_bytes()
    names = [form.name, *(f"{form.stem}-{n}{form.suffix}" for n in range(2, 1000))]
    return next(p for n in names if not (p := folder / n).exists() or p.read_bytes() == content)


def _descriptor(layer: Layer, folder: Path) -> dict[str, Any]:
    fields = [{"name": c, "type": "integer" if c == "line" else "string"} for c in Said.columns()]
    forms = [
        {"name": folded(p.stem).replace(" ", "-"), "path": f"{FORMS}/{p.name}", "hash": f"sha256:{_sha256(p)}"}
        for p in sorted((folder / FORMS).iterdir())
    ]
    replies = {
        "name": "replies", "path": REPLIES, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": {"fields": fields, "primaryKey": ["reply_id"]},
    }  # fmt: skip
    return {
        "name": "replies", "profile": "data-package", "created": layer.created, "inventory": layer.inventory,
        "inventory_state": layer.state, "portfolio": layer.portfolio, "resources": [replies, *forms],
    }  # fmt: skip


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_layer(folder: str | Path) -> Layer:
    """Read a layer, with the decisions that somebody wrote into its ``replies.csv``.

    Decisions are read in French, in English and as codes; commas or semicolons may separate.

    Returns
    -------
    Layer
        Its replies, each with the decision on it, and its forms.

    Raises
    ------
    InventoryError
        With every fault: a column that is missing, a decision that does not exist, a refusal
        without a reason, a reply that was accepted though it could not be read.
    """
    root = recovered(Path(folder))
    told, faults = _told(root)
    said, wrong = _read_replies(root)
    faults += wrong
    if faults:
        raise InventoryError(faults)
    names = {k: str(told.get(k, "")) for k in ("inventory", "portfolio", "created")}
    return Layer(state=str(told.get("inventory_state", "")), said=tuple(said), **names)


def _told(root: Path) -> tuple[Mapping[str, Any], list[Finding]]:
    try:
        return read_object(root / DESCRIPTOR), []
    except (OSError, ValueError):
        pass
    place = Place(f"{root.name}/{DESCRIPTOR}")
    remedy = text("Give the folder that `burden reply read` wrote.")
    return {}, [Finding("layer", "error", place, text("it is not there, or cannot be read."), remedy)]


def _read_replies(root: Path) -> tuple[list[Said], list[Finding]]:
    file = f"{root.name}/{REPLIES}"
    columns = Said.columns()
    try:
        with (root / REPLIES).open("rb") as stream:
            rows, findings = read_rows(stream, file, headings=[folded(c) for c in columns])
    except OSError:
        rows, findings = [], [Finding("layer", "error", Place(file), text("it is not there."))]
    if not rows:
        return [], findings
    header = [c.strip() for c in rows[0].cells]
    findings += [
        Finding("layer", "error", Place(file, rows[0].line, c), text("the column '{column}' is missing.", column=c),
                text("Put it back, as it was written."))
        for c in columns if c not in header
    ]  # fmt: skip
    said = []
    for row in rows[1:]:
        cells = {c: v for c, v in zip(header, row.cells, strict=False) if c in columns}
        one, faults = _read_said(cells, Place(file, row.line))
        said.append(one)
        findings += faults
    return said, [*findings, *_numbered_twice(said, file)]


def _read_said(cells: Mapping[str, str], place: Place) -> tuple[Said, list[Finding]]:
    line = cells.get("line", "")
    words = {c: v for c, v in cells.items() if c != "line"}
    written = words.get("decision", "")
    decision = coded(DECISIONS).get(folded(written), "" if written.strip() else "pending")
    said = Said(**words, line=int(line) if line.isdecimal() else 0)
    # A spreadsheet that opened the file may have written days its own way.
    day, faults = read_day(said.date, Place(place.file, place.line, "date"))
    faults += _decision_faults(said, decision, Place(place.file, place.line, "decision"))
    return replace(said, decision=decision, date=day), faults


def _decision_faults(said: Said, decision: str, place: Place) -> Iterator[Finding]:
    if not decision:
        choices = ("pending", "accepted", "refused", "noted")
        remedy = did_you_mean(said.decision, choices, text("Write one of: {codes}.", codes=", ".join(choices)))
        fault = text("'{value}' is not a decision.", value=said.decision)
        yield Finding("decision", "error", place, fault, remedy, value=said.decision)
    if decision == "refused" and not said.reason.strip():
        fault = text("'{reply}' is refused and nothing says why.", reply=said.reply_id)
        yield Finding("decision", "error", place, fault, text("Write the reason: the final report gives it."))
    if decision == "accepted" and said.fault:
        fault = text("'{reply}' is accepted, and could not be read: {fault}", reply=said.reply_id, fault=said.fault)
        yield Finding("decision", "error", place, fault, text("Have the form corrected, and read it again."))


def _numbered_twice(said: Sequence[Said], file: str) -> Iterator[Finding]:
    for number, count in Counter(one.reply_id for one in said).items():
        if count > 1:
            fault = text("'{reply}' stands {count} times.", reply=number, count=count)
            yield Finding("layer", "error", Place(file, column="reply_id"), fault, text("Keep one row of each reply."))


def decide(
    layer: Layer,
    *,
    accept: Collection[str] = (),
    refuse: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    on: dt.date | None = None,
) -> Layer:
    """The layer with more decisions.

    Parameters
    ----------
    accept : collection of str
        Replies accepted, by ``reply_id``.
    refuse : mapping of str to str
        Replies refused, each with the reason.
    reasons : mapping of str to str
        Why some are accepted, where there is something to say.
    on : date, optional
        Day of the decision.

    Returns
    -------
    Layer
        A new one; :func:`save_layer` writes it.

    Raises
    ------
    InventoryError
        If a reply does not exist, is accepted and refused, could not be read, or is refused without
        a reason.
    """
    refused, day = dict(refuse or {}), (on or dt.date.today()).isoformat()
    known = {one.reply_id for one in layer.said}
    faults = [_no_reply(r, known) for r in {**dict.fromkeys(accept), **refused} if r not in known]
    faults += [_decided_twice(r) for r in accept if r in refused]
    said = []
    for one in layer.said:
        if one.reply_id in accept:
            why = (reasons or {}).get(one.reply_id, "")
            one = replace(one, decision="accepted", decided_on=day, reason=why)  # noqa: PLW2901
        elif one.reply_id in refused:
            one = replace(one, decision="refused", decided_on=day, reason=refused[one.reply_id])  # noqa: PLW2901
        faults += _decision_faults(one, one.decision, Place(REPLIES, column="decision"))
        said.append(one)
    if faults:
        raise InventoryError(faults)
    return replace(layer, said=tuple(said))


def _no_reply(named: str, known: Collection[str]) -> Finding:
    remedy = did_you_mean(named, known, text("Give a reply_id of replies.csv."))
    fault = text("there is no reply '{reply}'.", reply=named)
    return Finding("decision", "error", Place(REPLIES, column="reply_id"), fault, remedy, value=named)


def _decided_twice(named: str) -> Finding:
    fault = text("'{reply}' is accepted and refused.", reply=named)
    return Finding("decision", "error", Place(REPLIES, column="decision"), fault, text("Choose one."), value=named)
