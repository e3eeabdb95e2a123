"""Put what was written in its place whole: whatever happens meanwhile, the old or the new stands there.

A folder is written beside its place, flushed to the disk, and exchanged with what stands there in
one step where the system can (Linux). Elsewhere it takes two, and a journal says how far it came:
who was killed between them is completed by the next that reads or writes the place. Leftovers of
killed writers are cleared away by the next writer.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_NEW, _OLD, _JOURNAL = "new", "old", "journal.json"
_AT_CURRENT_FOLDER, _EXCHANGE = -100, 2
"""Of Linux: AT_FDCWD, RENAME_EXCHANGE."""
_GIVEN_UP_AFTER = 3600.0
"""Seconds after which a writer is taken for dead where nothing tells whether it lives."""


@contextmanager
def placed_folder(target: Path, *, keep: bool) -> Iterator[Path]:
    """A folder to write into, put in place of another once it is complete.

    Parameters
    ----------
    target : Path
        Its place. What stands there stays if writing fails or is interrupted.
    keep : bool
        Whether a folder with content that stands there is kept beside it, as ``<target>.backup``
        (``.backup-2`` … when there is one already).
    """
    target = Path(os.path.realpath(target))
    with _scratch(target) as scratch:
        fresh = scratch / _NEW
        fresh.mkdir()
        yield fresh
        _flush(fresh)
        _put(scratch, target, keep=keep)


@contextmanager
def placed_file(target: Path) -> Iterator[Path]:
    """A path to write a file at, put in place of another once it is complete."""
    target = Path(os.path.realpath(target))
    with _scratch(target) as scratch:
        fresh = scratch / target.name
        yield fresh
        _flush(fresh)
        fresh.replace(target)
        _flush(target.parent, deep=False)


def recovered(target: Path) -> Path:
    """The same path; where nothing stands there, once what a killed writer began is completed."""
    if not target.exists():
        _clear_left_over(Path(os.path.realpath(target)))
    return target


def _clear_left_over(target: Path) -> None:
    for scratch in _left_over(target):
        # Who may read and not write cannot complete it; the next writer will.
        with suppress(OSError):
            _clear(scratch, target)


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_over(target)
    scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part"))
    with _held(scratch):
        try:
            yield scratch
        finally:
            _clear(scratch, target)


def _put(scratch: Path, target: Path, *, keep: bool) -> None:
    new, old = scratch / _NEW, scratch / _OLD
    (scratch / _JOURNAL).write_text(json.dumps({"new": new.stat().st_ino, "keep": keep}), encoding="utf-8")
    _flush(scratch / _JOURNAL)
    _flush(scratch, deep=False)
    if not target.exists() or not any(target.iterdir()):
        if os.name == "nt" and target.exists():
            target.rmdir()
        new.rename(target)
    elif not _exchanged(new, target):
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
    _flush(target.parent, deep=False)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system could exchange two folders in one step."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_CURRENT_FOLDER, paths[0], _AT_CURRENT_FOLDER, paths[1], _EXCHANGE) == 0)


def _clear(scratch: Path, target: Path) -> None:
    """Complete what was begun, keep what must be kept, and take the rest away."""
    try:
        begun = json.loads((scratch / _JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Nothing had been put in place: what stood there still stands.
        begun = {"new": 0, "keep": False}
    new, old = scratch / _NEW, scratch / _OLD
    if old.exists() and not target.exists():
        (new if new.exists() else old).rename(target)
    earlier = next((p for p in (old, new) if p.exists() and p.stat().st_ino != begun["new"]), None)
    if earlier and begun["keep"]:
        earlier.rename(_free_backup(target))
    shutil.rmtree(scratch, ignore_errors=True)


def _free_backup(target: Path) -> Path:
    names = (f"{target.name}.backup" + (f"-{n}" if n > 1 else "") for n in count(1))
    return next(b for name in names if not (b := target.with_name(name)).exists())


def _left_over(target: Path) -> list[Path]:
    """Scratch folders of writers that no longer live."""
    mine = re.compile(re.escape(f".{target.name}-") + r"[a-z0-9_]{8}\.part")
    try:
        beside = sorted(p for p in target.parent.iterdir() if mine.fullmatch(p.name))
    except OSError:
        return []
    return [p for p in beside if not _lives(p)]


@contextmanager
def _held(scratch: Path) -> Iterator[None]:
    """Show that the writer lives: the system lets go of the lock when it dies, however it dies."""
    if fcntl is None:
        yield
        return
    handle = os.open(scratch, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _lives(scratch: Path) -> bool:
    try:
        if fcntl is None:
            return time.time() - scratch.stat().st_mtime < _GIVEN_UP_AFTER
        handle = os.open(scratch, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(handle)
    except OSError:
        return True
    return False


def _flush(path: Path, *, deep: bool = True) -> None:
    """Have the disk hold what was written before its name leads to it: power may fail as well."""
    if path.is_dir():
        for inner in path.iterdir() if deep else ():
            if not inner.is_symlink():
                _flush(inner)
        if fcntl is None:
            return
    handle = os.open(path, os.O_RDONLY if fcntl else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
