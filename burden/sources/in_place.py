"""Folders that are written beside and put in place once complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import Text, text
from burden.sources.placing import placed_folder, recovered


def write_in_place(folder: str | Path, write: Callable[[Path], None], *, mark: str, occupied: Text) -> Path:
    """Write a folder beside its place, then put it there; an earlier one is replaced.

    Parameters
    ----------
    write : callable
        Fills the folder that it is given; if it fails, what stood there stays.
    mark : str
        File by which an earlier folder of the kind is known.
    occupied : Text
        What is said of a folder that holds something else.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InventoryError
        If something stands there that is not a folder of the kind; nothing is then written.
    """
    target = recovered(Path(folder))
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / mark).exists())):
        remedy = text("Give another folder, or empty this one.")
        raise InventoryError([Finding("occupied", "error", Place(str(target)), occupied, remedy)])
    with placed_folder(target, keep=False) as new:
        write(new)
    return target
