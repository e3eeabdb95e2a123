"""The Data Package of a folder: ``datapackage.json`` read, described and written with its tables."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from burden.model import schema
from burden.model.cells import folded
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.sources.formulas import inert
from burden.sources.headers import table_named
from burden.sources.objects import UnreadableError, read_object
from burden.sources.placing import placed_file, placed_folder, recovered
from burden.sources.rows import cell_text, shown

DESCRIPTOR = "datapackage.json"
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://spdx.org/licenses/etalab-2.0.html",
}
_PATH_LIMIT = 1000


@dataclass(frozen=True)
class Package:
    """What a ``datapackage.json`` says: its properties, the folders it includes, its files."""

    properties: Mapping[str, Any] = field(default_factory=dict)
    includes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Title of the package, where it has one."""
        title = self.properties.get("title")
        return title if isinstance(title, str) else ""


def is_package(folder: Path) -> bool:
    """Whether the folder holds a ``datapackage.json``."""
    return (folder / DESCRIPTOR).is_file()


def read_package(folder: Path, label: str) -> tuple[Package, list[Finding]]:
    """The descriptor of a folder, empty where there is none, and every fault of it.

    Parameters
    ----------
    folder : Path
        The folder.
    label : str
        What the findings call it.
    """
    path = folder / DESCRIPTOR
    if not path.is_file():
        return Package(), []
    file = f"{label}/{DESCRIPTOR}"
    properties, fault = _properties(path, file)
    if fault:
        return Package(), [fault]
    includes, findings = _texts(properties.get("includes", []), file, "includes")
    inside = [i for i in includes if not Path(i).is_absolute()]
    findings += [
        _package_fault(file, "includes", i, text("'{value}' is not a relative path.", value=shown(i)))
        for i in includes
        if i not in inside
    ]
    resources = properties.get("resources", [])
    resources = resources if isinstance(resources, list) else [None]
    paths, faults = _texts([r.get("path") if isinstance(r, dict) else None for r in resources], file, "path")
    return Package(properties, tuple(inside), tuple(paths)), [*findings, *faults, *_absent_files(folder, paths, file)]


def _properties(path: Path, file: str) -> tuple[dict[str, Any], Finding | None]:
    try:
        return read_object(path), None
    except UnreadableError as error:
        unreadable = error
    return {}, Finding(
        "package",
        "error",
        Place(file, unreadable.line),
        text("the file is not a JSON object: {fault}.", fault=unreadable.fault),
        text("Correct it, or remove it: it can be written again from the tables."),
    )


def _texts(values: object, file: str, column: str) -> tuple[list[str], list[Finding]]:
    if not isinstance(values, list) or not all(isinstance(v, str) and 0 < len(v) <= _PATH_LIMIT for v in values):
        fault = text("'{column}' is not a list of paths.", column=column)
        return [], [_package_fault(file, column, shown(str(values)), fault)]
    return values, []


def _package_fault(file: str, column: str, value: str, fault: Text) -> Finding:
    remedy = text('Write paths relative to this folder, for instance "../common".')
    return Finding("package", "error", Place(file, column=column), fault, remedy, value=value)


def _absent_files(folder: Path, paths: Iterable[str], file: str) -> list[Finding]:
    return [
        Finding(
            "package",
            "error",
            Place(file, column="path"),
            text("the file '{value}' is named here but does not stand in this folder.", value=shown(path)),
            text("Put it into the folder, or take it out of the descriptor."),
            value=path,
        )
        for path in paths
        if Path(path).name != path or not os.path.isfile(folder / path)
    ]


def describe(folder: str | Path) -> Path:
    """Write ``datapackage.json`` of a folder again from the schema; what it said besides stays.

    Returns
    -------
    Path
        The descriptor written.

    Raises
    ------
    InventoryError
        If the descriptor that is there cannot be read: it is not written over.
    """
    folder = Path(folder)
    package, findings = read_package(folder, folder.resolve().name)
    if unusable := [f for f in findings if f.place.column != "path"]:
        raise InventoryError(unusable)
    _write_descriptor(folder, folder.resolve().name, package.properties)
    return folder / DESCRIPTOR


def _write_descriptor(folder: Path, name: str, known: Mapping[str, Any], *, title: str = "") -> None:
    files = {t: p for p in sorted(folder.glob("*.csv")) if (t := table_named(p.stem))}
    ordered = {t: files[t] for t in schema.tables() if t in files}
    properties = {
        "name": folded(name).replace(" ", "-") or "inventory",
        "title": title or name,
        "licenses": [LICENCE],
        **known,
        "profile": "tabular-data-package",
        "resources": [
            _resource(table, path, ordered, standalone=not known.get("includes")) for table, path in ordered.items()
        ],
    }
    content = json.dumps(properties, ensure_ascii=False, indent=2) + "\n"
    with placed_file(folder / DESCRIPTOR) as fresh:
        fresh.write_text(content, encoding="utf-8")


def _resource(table: str, path: Path, files: Mapping[str, Path], *, standalone: bool) -> dict[str, Any]:
    return {
        "name": table,
        "path": path.name,
        "profile": "tabular-data-resource",
        "title": schema.tables()[table].name_fr,
        "description": schema.tables()[table].description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema_of_file(table, path, files, standalone=standalone),
    }


def _schema_of_file(table: str, path: Path, files: Mapping[str, Path], *, standalone: bool) -> dict[str, Any]:
    """The Table Schema of the columns that the file has, in its order.

    A package that includes others names rows of theirs, which a Table Schema cannot say.
    """
    full = schema.table_schema(table)
    fields = {f["name"]: {k: v for k, v in f.items() if v not in ("", {})} for f in full["fields"]}
    present = [c for c in _header_of(path) if c in fields] or list(fields)
    keys = [
        {"fields": k["fields"], "reference": k["reference"] | {"resource": "" if target == table else target}}
        for k in full["foreignKeys"]
        if standalone and k["fields"][0] in present and (target := k["reference"]["resource"]) in files
    ]
    described = full | {"fields": [fields[c] for c in present], "foreignKeys": keys}
    return described if keys else {k: v for k, v in described.items() if k != "foreignKeys"}


def _header_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        return next(csv.reader([stream.readline(100_000)]), [])


def write(inv: Inventory, folder: str | Path, *, overwrite: bool = False) -> Path:
    """Write an inventory as a folder of CSV files that is a Data Package.

    The folder appears whole or not at all. ``title`` and ``includes`` of a package that stands
    there are kept, and so are its files that are not tables.

    Parameters
    ----------
    inv : Inventory
        What to write: the required tables, and the others that have rows.
    folder : str or Path
        Where; must not exist or be empty, unless ``overwrite``.
    overwrite : bool
        Replace a folder that has content, and keep that content beside it as ``<folder>.backup``
        (``.backup-2`` … when there is one already).

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    InventoryError
        If the folder has content and ``overwrite`` is not given, or it cannot be replaced.
    """
    target = recovered(Path(folder).resolve())
    if target.exists() and not target.is_dir():
        raise InventoryError([_in_the_way(target, text("a file stands in its place."))])
    content = list(target.iterdir()) if target.is_dir() else []
    if content and not overwrite:
        raise InventoryError([_in_the_way(target, text("the folder is not empty."))])
    package, findings = read_package(target, target.name)
    if unusable := [f for f in findings if f.place.column != "path"]:
        raise InventoryError(unusable)
    with placed_folder(target, keep=True) as fresh:
        _keep(content, fresh)
        for table, spec in schema.tables().items():
            if spec.required or len(inv[table]):
                _write_table(inv[table], fresh / f"{table}.csv")
        _write_descriptor(fresh, target.name, package.properties, title=inv.name)
    return target


def _in_the_way(target: Path, fault: Text) -> Finding:
    return Finding(
        "exists",
        "error",
        Place(target.name),
        fault,
        text("Give another place, or ask to overwrite: the content is then kept beside it."),
    )


def _keep(content: Iterable[Path], fresh: Path) -> None:
    """Copy what is not a table: notes, a portfolio, attachments."""
    for path in content:
        if path.is_dir():
            shutil.copytree(path, fresh / path.name, symlinks=True)
        elif path.name != DESCRIPTOR and not (path.suffix.lower() == ".csv" and table_named(path.stem)):
            shutil.copy2(path, fresh / path.name, follow_symlinks=False)


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(frame.columns)
        rows = zip(*(frame[c].tolist() for c in frame), strict=True)
        writer.writerows([inert(v) if isinstance(v, str) else cell_text(v) for v in row] for row in rows)
