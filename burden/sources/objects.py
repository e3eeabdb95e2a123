"""Files that hold one JSON object or TOML table: read whole, or refused for one reason."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from burden.model.messages import Text, text
from burden.sources.rows import NOT_XML, character

OBJECT_LIMIT = 50_000_000
"""Largest file that is read, in bytes; the largest that is written has some hundred thousand."""


class UnreadableError(ValueError):
    """A file that does not hold what its suffix says: the fault and, where known, its line."""

    def __init__(self, fault: Text, line: int | None = None) -> None:
        super().__init__(fault.render())
        self.fault, self.line = fault, line


def read_object(path: Path) -> dict[str, Any]:
    """The object of a ``.json`` file, or the table of a ``.toml`` file.

    Raises
    ------
    OSError
        If the file is not there.
    UnreadableError
        If it is too large, not UTF-8, not JSON or TOML, nested too deep, or something else than an
        object.
    """
    if path.stat().st_size > OBJECT_LIMIT:
        raise UnreadableError(text("it is larger than {limit} bytes", limit=OBJECT_LIMIT))
    try:
        written = path.read_bytes().decode("utf-8-sig")
        found = tomllib.loads(written) if path.suffix == ".toml" else json.loads(written)
        control = next(filter(None, map(NOT_XML.search, _texts(found))), None)
    except json.JSONDecodeError as error:
        raise UnreadableError(Text(str(error)), error.lineno) from None
    except RecursionError:
        raise UnreadableError(text("it is nested too deep")) from None
    except ValueError as error:
        raise UnreadableError(Text(str(error).replace("{", "{{").replace("}", "}}"))) from None
    if not isinstance(found, dict):
        raise UnreadableError(text("it is not an object"))
    if control:
        raise UnreadableError(text("it holds the control character {character}", character=character(control[0])))
    return found


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)
    elif isinstance(found, dict):
        for key, value in found.items():
            yield key
            yield from _texts(value)
