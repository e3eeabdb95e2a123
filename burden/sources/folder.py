"""An inventory from a folder of CSV files, a folder of such folders, or a workbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from burden.model import schema
from burden.model.cells import did_you_mean, folded
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory, dangling_references, merge_partial
from burden.model.messages import text
from burden.model.records import Records
from burden.sources.delimited import read_rows
from burden.sources.headers import UNREADABLE, read_table, table_headings, table_named, table_names
from burden.sources.package import DESCRIPTOR, is_package, read_package
from burden.sources.placing import recovered
from burden.sources.rows import Row, shown
from burden.sources.sheets import GUIDANCE_SHEETS
from burden.sources.workbook import is_workbook, read_workbook_rows

INCLUDE_LIMIT = 20
"""Longest chain of folders that include one another."""

_PORTFOLIO_NAMES = ("portfolio", "portefeuille")
_OTHER_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".tsv", ".txt", ".json", ".parquet")


@dataclass(frozen=True)
class _Part:
    """What one file or sheet gave: an inventory of one table at most, and its faults."""

    table: str
    records: Records
    findings: list[Finding]


@dataclass
class _Gathered:
    """Everything found under a path before it is merged."""

    title: str = ""
    parts: list[_Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(path: str | Path, *, name: str = "") -> Inventory:
    """An inventory, checked cell by cell and reference by reference.

    Parameters
    ----------
    path : str or Path
        A folder of ``<table>.csv`` files (``includes`` of its ``datapackage.json`` are read with
        it), a folder whose sub-folders are such Data Packages, or a workbook (.xlsx, .ods). It may be
        a link; links and includes within it may not lead out of the folder that it stands in.
    name : str, optional
        What reports call it; the title of the package, else the name of the folder or file.

    Returns
    -------
    Inventory
        Read-only, with every table of the schema; one without a file is empty.

    Raises
    ------
    InventoryError
        With every fault of every file: place, value, remedy.

    Examples
    --------
    >>> read("no/such/folder")
    Traceback (most recent call last):
    burden.model.findings.InventoryError: no/such/folder: there is no such file or folder. ...
    """
    inventory, findings = read_partial(path, name=name)
    if any(f.severity == "error" for f in findings):
        raise InventoryError(findings)
    return inventory


def read_partial(path: str | Path, *, name: str = "") -> tuple[Inventory, tuple[Finding, ...]]:
    """What can be read of an inventory, whatever is wrong with it.

    Returns
    -------
    tuple
        The inventory, a faulty cell of it empty and the first of two rows of one key standing,
        and every fault found.
    """
    root = Path(path)
    gathered = _gather(root)
    inventories = [Inventory("", {p.table: p.records}) for p in gathered.parts]
    inventory, conflicts = merge_partial(inventories, name=name or gathered.title or _stem(root))
    findings = [*gathered.findings, *(f for p in gathered.parts for f in p.findings), *conflicts]
    if not gathered.parts and findings:
        return inventory, tuple(findings)
    findings += _missing_tables(inventory, root)
    unread = {p.table for p in gathered.parts if any(f.check in UNREADABLE for f in p.findings)}
    unread |= {t for t, spec in schema.tables().items() if spec.required and t not in inventory.records}
    findings += [f for f in dangling_references(inventory) if f.fault.values["table"].render() not in unread]
    if not any(f.severity == "error" for f in findings):
        findings += _without_rows(inventory)
    return inventory, tuple(findings)


def _stem(root: Path) -> str:
    resolved = root.resolve()
    return resolved.stem if resolved.is_file() else resolved.name


def _gather(root: Path) -> _Gathered:
    if not recovered(root).exists():
        return _Gathered(findings=[_no_such_path(root)])
    if not root.is_dir():
        return _gather_workbook(root)
    here = _resolved(root)
    if is_package(here) or _has_csv(here):
        gathered = _gather_folders([here], here.parent)
        gathered.title = read_package(here, "")[0].title
        return gathered
    inside = [p for p in sorted(here.iterdir()) if p.is_dir() and not _set_aside(p)]
    outside = [p for p in inside if _leads_out(p, here) and (is_package(p) or _has_tables(p))]
    inside = [p for p in inside if p not in outside]
    folders = [p for p in inside if is_package(p)]
    led_out = [_link_out(p.name) for p in outside]
    if not folders:
        return _Gathered(findings=led_out or [_no_tables(root)])
    gathered = _gather_folders(folders, here)
    gathered.findings += led_out
    gathered.findings += [_undescribed(p) for p in inside if p not in folders and _has_tables(p)]
    return gathered


def _gather_folders(folders: Sequence[Path], base: Path) -> _Gathered:
    gathered = _Gathered()
    done: list[Path] = []
    for folder in folders:
        _gather_folder(folder, base, gathered, done, ())
    return gathered


def _has_csv(folder: Path) -> bool:
    return any(p.suffix.lower() == ".csv" and folded(p.stem) not in _PORTFOLIO_NAMES for p in folder.iterdir())


def _has_tables(folder: Path) -> bool:
    return any(p.suffix.lower() == ".csv" and table_named(p.stem) for p in folder.iterdir())


def _resolved(path: Path) -> Path:
    """Where links lead; unlike ``Path.resolve``, also for links that go round in circles."""
    return Path(os.path.realpath(path))


def _leads_out(path: Path, base: Path) -> bool:
    return not _resolved(path).is_relative_to(base)


def _is_table_or_descriptor(path: Path) -> bool:
    return path.name == DESCRIPTOR or path.suffix.lower() == ".csv"


def _link_out(place: str) -> Finding:
    return Finding(
        "link",
        "error",
        Place(place),
        text("it is a link that leads out of the inventory; it was not followed."),
        text("Put a copy in its place, or give the folder that it leads to by its own name."),
    )


def _set_aside(folder: Path) -> bool:
    """Copies that writing keeps, and hidden folders, are not inventories of a collection."""
    return folder.name.startswith(".") or ".backup" in folder.name


def _undescribed(folder: Path) -> Finding:
    return Finding(
        "package",
        "error",
        Place(folder.name),
        text("the folder holds tables but no {descriptor}, so it would not be read.", descriptor=DESCRIPTOR),
        text("Describe the folder, or move it elsewhere."),
    )


def _no_such_path(root: Path) -> Finding:
    there = [p.name for p in root.parent.iterdir()] if root.parent.is_dir() else []
    return Finding(
        "file",
        "error",
        Place(str(root)),
        text("there is no such file or folder."),
        did_you_mean(root.name, there, text("Check the path.")),
        value=root.name,
    )


def _no_tables(root: Path) -> Finding:
    workbook = next((p.name for p in sorted(root.iterdir()) if is_workbook(p)), "")
    remedy = (
        text("Read the workbook {name} of this folder by its own name.", name=workbook)
        if workbook
        else text("Put obligations.csv and the other tables in it, or give another folder.")
    )
    return Finding("file", "error", Place(str(root)), text("the folder holds no table and no data package."), remedy)


def _gather_folder(folder: Path, base: Path, gathered: _Gathered, done: list[Path], chain: tuple[Path, ...]) -> None:
    """The tables of a folder after those of the folders that it includes, each folder once."""
    if folder in done:
        return
    label = _label(folder, base)
    content = sorted(p for p in folder.iterdir() if not p.name.startswith((".", "~")))
    led_out = [p for p in content if _is_table_or_descriptor(p) and _leads_out(p, base)]
    if led_out:
        gathered.findings += [_link_out(f"{label}/{p.name}") for p in led_out]
        done.append(folder)
        return
    package, faults = read_package(folder, label)
    gathered.findings += faults
    for include in package.includes:
        target = _resolved(folder / include)
        if target in (*chain, folder):
            gathered.findings.append(_cycle(label, include))
        elif len(chain) >= INCLUDE_LIMIT or not target.is_relative_to(base):
            gathered.findings.append(_include_out(label, include, base))
        elif not os.path.isdir(target) or not (is_package(target) or _has_csv(target)):
            gathered.findings.append(_missing_include(label, include, folder))
        else:
            _gather_folder(target, base, gathered, done, (*chain, folder))
    done.append(folder)
    for path in (p for p in content if p.is_file()):
        _gather_file(path, f"{label}/{path.name}", gathered)


def _label(folder: Path, base: Path) -> str:
    try:
        return Path(os.path.relpath(folder, base)).as_posix()
    except ValueError:
        return folder.as_posix()


def _cycle(label: str, include: str) -> Finding:
    return Finding(
        "include",
        "error",
        Place(f"{label}/{DESCRIPTOR}", column="includes"),
        text("'{value}' includes this folder in turn.", value=include),
        text("Remove one of the two includes."),
        value=include,
    )


def _include_out(label: str, include: str, base: Path) -> Finding:
    return Finding(
        "include",
        "error",
        Place(f"{label}/{DESCRIPTOR}", column="includes"),
        text("'{value}' leads out of '{folder}', or too far; it was not read.", value=shown(include), folder=base.name),
        text("Include folders that stand beside this one, or read the folder that holds them all."),
        value=include,
    )


def _missing_include(label: str, include: str, folder: Path) -> Finding:
    near = (folder / include).parent
    there = [p.name for p in near.iterdir() if p.is_dir()] if os.path.isdir(near) else []
    return Finding(
        "include",
        "error",
        Place(f"{label}/{DESCRIPTOR}", column="includes"),
        text("'{value}' is not a folder of tables.", value=shown(include)),
        did_you_mean(Path(include).name, there, text("Correct the path, relative to this folder.")),
        value=include,
    )


def _gather_file(path: Path, file: str, gathered: _Gathered) -> None:
    table = table_named(path.stem)
    suffix = path.suffix.lower()
    if suffix == ".csv" and table:
        with path.open("rb") as stream:
            rows, faults = read_rows(stream, file, headings=table_headings(table))
        gathered.parts.append(_part(table, rows, file, faults))
    elif suffix == ".csv" and folded(path.stem) not in _PORTFOLIO_NAMES:
        remedy = did_you_mean(path.stem, table_names(), text("Rename the file, or move it elsewhere."))
        gathered.findings.append(
            Finding("unknown table", "error", Place(file), text("no table has this name."), remedy, value=path.stem)
        )
    elif table and suffix in _OTHER_SUFFIXES:
        gathered.findings.append(
            Finding(
                "unknown table",
                "error",
                Place(file),
                text("a table in a folder is read from a CSV file only."),
                text("Save it as {name}.csv, or move it elsewhere.", name=table),
                value=path.name,
            )
        )


def _part(table: str, rows: Sequence[Row], file: str, faults: list[Finding]) -> _Part:
    records, findings = read_table(table, rows, file)
    return _Part(table, records, faults + findings)


def _gather_workbook(path: Path) -> _Gathered:
    if not is_workbook(path):
        return _Gathered(
            findings=[
                Finding(
                    "file",
                    "error",
                    Place(path.name),
                    text("the file is not a workbook."),
                    text("Give an .xlsx or .ods file, or the folder that holds the CSV files."),
                )
            ]
        )
    sheets, findings = read_workbook_rows(path, path.name)
    gathered = _Gathered(findings=findings)
    for sheet in sheets:
        table = table_named(sheet.name)
        if table:
            gathered.parts.append(_part(table, sheet.rows, sheet.file, []))
        elif folded(sheet.name) not in GUIDANCE_SHEETS and any(r.filled() for r in sheet.rows):
            remedy = did_you_mean(sheet.name, table_names(), text("Rename the sheet, or remove it from the workbook."))
            gathered.findings.append(
                Finding(
                    "unknown table",
                    "error",
                    Place(sheet.file),
                    text("no table has this name."),
                    remedy,
                    value=sheet.name,
                )
            )
    return gathered


def _missing_tables(inventory: Inventory, root: Path) -> Iterator[Finding]:
    for table, spec in schema.tables().items():
        if spec.required and table not in inventory.records:
            if root.is_file():
                remedy = text("Add a sheet named '{table}' or '{name_fr}'.", table=table, name_fr=spec.name_fr)
            else:
                remedy = text("Add {table}.csv, or include the folder that holds it.", table=table)
            yield Finding(
                "missing table",
                "error",
                Place(root.resolve().name),
                text("the required table '{table}' is missing.", table=table),
                remedy,
                value=table,
            )


def _without_rows(inventory: Inventory) -> Iterable[Finding]:
    for table, spec in schema.tables().items():
        if spec.required and not len(inventory[table]):
            yield Finding(
                "no rows",
                "warning",
                Place(inventory.name),
                text("the required table '{table}' has no row.", table=table),
                text("Write at least one row, or there is nothing to measure."),
                value=table,
            )
