"""Tables of results as CSV files: what a spreadsheet would run is written inert, and read back as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import Text, text
from burden.sources.formulas import alive, inert


def table_csv(frame: pd.DataFrame) -> str:
    r"""A table as the text of a CSV file.

    Examples
    --------
    >>> table_csv(pd.DataFrame({"what": ["=1+1", "l'an"], "hours": [-1.5, 2.0]}))
    "what,hours\n'=1+1,-1.5\nl'an,2.0\n"
    """
    return str(_each_text(frame, inert).to_csv(index=False, lineterminator="\n"))


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as :func:`read_table_file` reads it."""
    path.write_text(table_csv(frame), encoding="utf-8", newline="")


def read_table_file(path: Path, file: str, remedy: Text, *, types: Mapping[str, str] | None = None) -> pd.DataFrame:
    """A table that :func:`write_table` wrote.

    Parameters
    ----------
    file : str
        What the findings call it.
    remedy : Text
        What to do when it cannot be read.
    types : mapping, optional
        Types of some columns, the others being guessed; all are text when left out, empty where
        nothing is known.

    Raises
    ------
    InventoryError
        If it is not there, or cannot be read.
    """
    try:
        if types is None:
            frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        else:
            frame = pd.read_csv(path, dtype=dict(types))
    except OSError:
        fault = text("it is not there.")
    except ValueError as error:
        fault = text("it cannot be read: {fault}.", fault=str(error).strip())
    else:
        return _each_text(frame, alive)
    raise InventoryError([Finding("table", "error", Place(file), fault, remedy)])


def _each_text(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    changed = frame.rename(columns=lambda name: change(name) if isinstance(name, str) else name)
    for column in changed:
        if changed[column].dtype.name in ("str", "object"):
            changed[column] = changed[column].map(lambda v: change(v) if isinstance(v, str) else v)
    return changed
