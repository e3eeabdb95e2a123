"""Zips of XML – workbooks, office documents – looked through before any reader opens them.

Readers believe what such a file says of itself: how large it is, what its entities stand for. So
the whole file is unpacked here once, piece by piece and within limits, and every part is put
through an XML parser; a file that passes is safe to give to them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat

from burden.model.findings import Finding, Place
from burden.model.messages import Text, text
from burden.sources.rows import CELL_LIMIT

ENTRY_LIMIT = 10_000
"""Most entries of a file; a workbook of a thousand sheets has a few thousand."""

UNPACKED_LIMIT = 300_000_000
"""Largest file that is read, in bytes once unpacked: five million cells are less than that."""

RATIO_LIMIT = 500
"""Most bytes that one packed byte may give: sheets of equal rows come to some 200, zeros to 1,000."""

DEPTH_LIMIT = 256
"""Deepest nesting of elements; office documents stay below 50."""

ELEMENT_LIMIT = 15_000_000
"""Most elements of a part: three for each cell of the largest sheet that is read."""

PICTURES = (".vml", ".svg")
"""Drawings, which no reader of cells or of text opens; offices write them with a document type or badly formed."""

_RATIO_FROM = 10_000_000
"""Bytes that harm nobody however small they were packed."""
_TEXT_LIMIT = 4 * CELL_LIMIT
_CHUNK = 1 << 16


class RefusedError(Exception):
    """A file that must not be opened: what is wrong, and what to do."""

    def __init__(self, fault: Text, remedy: Text) -> None:
        super().__init__(fault.render())
        self.fault, self.remedy = fault, remedy


class Elements(Protocol):
    """What is told of the elements of a part, by name without prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


def archive_fault(
    path: Path, file: str, damaged: tuple[Text, Text], *, watch: Callable[[str], Elements | None] = lambda _: None
) -> Finding | None:
    """Why a zip of XML must not be opened, if it must not.

    Parameters
    ----------
    file : str
        What the finding calls it.
    damaged : tuple of Text
        Fault and remedy where it cannot be unpacked, or a part is no XML.
    watch : callable, optional
        What is told of the elements of a part, by the part's name; may raise :class:`RefusedError`.

    Returns
    -------
    Finding or None
        It is no zip, is damaged or locked; has too many entries, unpacks too large, holds too long a
        text, is nested too deep; declares a document type, which is how entities come in.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT or sum(e.file_size for e in entries) > UNPACKED_LIMIT:
                raise too_large()
            unpacked = 0
            for entry in entries:
                unpacked += _look_through(archive, entry, unpacked, watch)
    except RefusedError as refused:
        return Finding("file", "error", Place(file), refused.fault, refused.remedy)
    except Exception:
        # Zip, zlib and XML each have their own errors; whichever it is, the file is damaged.
        return Finding("file", "error", Place(file), *damaged)
    return None


def too_large() -> RefusedError:
    """That a file is too large to be read."""
    return RefusedError(
        text("the file is too large once unpacked, or is packed so as to seem small; it was not opened."),
        text("Open it in an office program, leave out what is not needed, and save it again."),
    )


def _look_through(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int, watch: Callable[[str], Elements | None]
) -> int:
    """The bytes that an entry gives, counted while it is unpacked: what it declares is not believed."""
    given = 0
    with archive.open(entry) as stream:
        for chunk in _parsed(stream, entry.filename, watch):
            given += chunk
            if before + given > UNPACKED_LIMIT or given > max(_RATIO_FROM, RATIO_LIMIT * entry.compress_size):
                raise too_large()
    return given


def _parsed(stream: IO[bytes], name: str, watch: Callable[[str], Elements | None]) -> Iterator[int]:
    """The bytes of each piece, once it went through the parser where the part is XML."""
    parse: Callable[[bytes], None] | None = None
    running = 0
    first = True
    while chunk := stream.read(_CHUNK):
        if first and _is_xml(name, chunk):
            parse = _parser(watch(name))
        first = False
        if parse:
            running = _text_length(chunk, running)
            parse(chunk)
        yield len(chunk)
    if parse:
        parse(b"")


def _is_xml(name: str, start: bytes) -> bool:
    """By its name or by its first letter: a reader may be led to a part of any name."""
    low = name.lower()
    if low.endswith(PICTURES):
        return False
    return low.endswith((".xml", ".rels")) or start.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<")


def _text_length(chunk: bytes, running: int) -> int:
    """Length of the text that the piece leaves open; no text may be longer than a cell."""
    pieces = chunk.split(b"<")
    longest = max(running + len(pieces[0]), *(len(p) for p in pieces[1:]), 0)
    if longest > _TEXT_LIMIT:
        raise RefusedError(
            text("a cell holds more than the {limit} characters that are read.", limit=CELL_LIMIT),
            text("Shorten the cell."),
        )
    return len(pieces[-1]) if len(pieces) > 1 else running + len(chunk)


def _parser(elements: Elements | None) -> Callable[[bytes], None]:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEPTH_LIMIT or count > ELEMENT_LIMIT:
            raise too_large()
        if elements:
            elements.start(_local(name), {_local(a): v for a, v in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if elements:
            elements.end(_local(name))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    return lambda piece: _fed(parser, piece)


def _fed(parser: expat.XMLParserType, piece: bytes) -> None:
    parser.Parse(piece, not piece)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise RefusedError(
        text("the file declares a document type, which could make it read other files or fill the memory."),
        text("Open it in an office program and save it again: no office program declares one."),
    )


def parse_part(path: Path, name: str, elements: Elements) -> None:
    """Tell the elements of one part of a file that :func:`archive_fault` let pass."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
        parse = _parser(elements)
        while chunk := stream.read(_CHUNK):
            parse(chunk)
        parse(b"")
