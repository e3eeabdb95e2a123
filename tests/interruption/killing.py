"""Writers that are killed at random moments: run as ``python -m tests.interruption.killing <times> <seed>``.

One process prepares two states once, then forks a writer for each time, which writes them in turn
until it is killed. After each kill a reader must find one of the two whole, and so must each copy
that is kept beside it; what is left over must be gone with the next write.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import burden as bd
from burden.model.inventory import with_tables
from burden.report import bundle
from burden.report.audit import Audit
from burden.report.reply.layer import Layer, read_layer, save_layer
from burden.report.reply.said import Said
from burden.report.trace import read_figures
from burden.simplify.planning.written import read_plan, write_plan
from burden.sources import placing

Write = Callable[[Path, int], object]
Read = Callable[[Path], object]


def state_of(path: Path) -> str:
    """A digest of a file, or of every file of a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(path)).encode() + b"\0" + _content(file) + b"\0")
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    """The bytes of a file; of a workbook, which says when it was written, its other parts."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"\0".join(archive.read(n) for n in archive.namelist() if n != "docProps/core.xml")


def writers() -> dict[str, tuple[Write, Read]]:
    """What writes one of two states, and what reads it, by name."""
    inv, ptf = bd.example(), bd.example_portfolio()
    other = with_tables(inv, {"requests": inv.requests.iloc[:9]})
    audit = bd.audit.run(inv, ptf)
    audits = [
        replace(audit, tables={"ledger": rows, "sources": audit.tables["sources"]})
        for rows in (audit.tables["ledger"], audit.tables["ledger"].iloc[:3])
    ]
    found = bd.simplify.plan(inv, ptf)
    plans = [found, replace(found, stopped="time")]
    said = Said(who="ars", reply_id="ars-1", written="x" * 50_000)
    layers = [Layer("toy", "s", "p", "2026-01-02", tuple(given)) for given in ([said], [])]
    # The pages and charts of a bundle take seconds; how it is put in place does not depend on them.
    bundle._write = _write_tables
    return {
        "inventory": (lambda path, n: bd.write((inv, other)[n], path, overwrite=True), bd.read),
        "bundle": (lambda path, n: audits[n].write(path), read_figures),
        "layer": (lambda path, n: save_layer(layers[n], path), read_layer),
        "plan": (lambda path, n: write_plan(plans[n], path), read_plan),
        "workbook": (lambda path, n: _again((inv, other)[n], path.with_suffix(".xlsx")), lambda _: None),
    }


def _write_tables(audit: Audit, folder: Path, language: str, executor: Executor) -> None:
    bundle.write_data(audit, folder, language=language, executor=executor)
    bd.graph.write_graph(audit.graph, folder / "graph.graphml")


def _again(inv: bd.Inventory, path: Path) -> None:
    path.unlink(missing_ok=True)
    bd.write_workbook(inv, path)


def _forked(write: Write, path: Path) -> int:
    writer = os.fork()
    if writer:
        return writer
    n = 1
    while True:
        write(path, n % 2)
        n += 1


def killed(write: Write, read: Read, times: int, draw: Random) -> Iterator[str]:
    """Kill a writer so many times, and say what was found each time, and after the next write."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        known = [_written(write, root / f"state-{n}", n) for n in (0, 1)]
        began = time.monotonic()
        write(root / "state-0" / "it", 0)
        longest = 4 * (time.monotonic() - began)
        for number in range(times):
            place = root / f"place-{number}"
            write(place / "it", 0)
            writer = _forked(write, place / "it")
            time.sleep(draw.uniform(0, longest))
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
            yield _found(place, known, read)
            write(place / "it", 0)
            left = [p.name for p in place.iterdir() if p.name.endswith(".part")]
            yield f"left over: {left}" if left else "clean"
            shutil.rmtree(place)


def _written(write: Write, folder: Path, n: int) -> str:
    write(folder / "it", n)
    return state_of(next(folder.iterdir()))


def _found(place: Path, known: list[str], read: Read) -> str:
    if any(place.glob("it.xlsx")) or not any(p for p in place.iterdir() if not p.name.startswith(".") and p.is_dir()):
        return _whole([p for p in place.iterdir() if p.is_file()], known)
    try:
        read(place / "it")
    except Exception as error:
        return f"it cannot be read: {error!r}"
    if not (place / "it").exists():
        return "nothing is there"
    return _whole([p for p in place.iterdir() if not p.name.startswith(".")], known)


def _whole(paths: list[Path], known: list[str]) -> str:
    try:
        half = [p.name for p in paths if state_of(p) not in known]
    except zipfile.BadZipFile as error:
        return f"half written: {error}"
    return f"half written: {half}" if half else "whole"


if __name__ == "__main__":
    one_step = placing._exchanged
    for what, (writes, reads) in writers().items():
        for how in (one_step, lambda *_: False):
            placing._exchanged = how
            for line in killed(writes, reads, int(sys.argv[1]), Random(int(sys.argv[2]))):
                print(what, "in one step:" if how is one_step else "in two steps:", line, flush=True)
