"""Zipped documents part by part, written so that the bytes depend on what is in them alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

_TIMES = re.compile(rb"(<(?:dcterms:(?:created|modified)|meta:creation-date|dc:date)\b[^>]*>)[^<]*(</)")
_NO_TIME = rb"\g<1>1980-01-01T00:00:00Z\g<2>"
_DATED = ("docProps/core.xml", "meta.xml")
"""Parts of an office document that say when it was written."""


def read_parts(path: Path) -> dict[str, bytes]:
    """The parts of a zipped document, in order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Mapping[str, bytes], path: Path) -> Path:
    """Write parts as a zipped document, without the day of writing: two files of the same content are the same."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # The type of an OpenDocument file must be readable without unpacking it.
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            undated = _TIMES.sub(_NO_TIME, content) if name in _DATED else content
            archive.writestr(zipfile.ZipInfo(name), undated, compress_type=how)
    return path


def undate(path: Path) -> None:
    """Take out of an office document when it was written."""
    write_parts(read_parts(path), path)
