"""Workbooks made to harm whoever opens them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from burden.model.findings import Finding
from burden.model.messages import text
from burden.sources import archive, blank_workbook, read_partial
from burden.sources.archive import archive_fault

Faults = Callable[[Path], tuple[Finding, ...]]
SUFFIXES = pytest.mark.parametrize("suffix", ["xlsx", "ods"])
PARTS = {"xlsx": "xl/worksheets/sheet2.xml", "ods": "content.xml"}
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{10 * f"&{a};"}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def altered(suffix: str, folder: Path, change: Callable[[bytes], bytes], *more: tuple[str, bytes]) -> Path:
    """A blank workbook whose main part was changed, with more parts."""
    blank, path = blank_workbook(folder / f"blank.{suffix}"), folder / f"hostile.{suffix}"
    with zipfile.ZipFile(blank) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == PARTS[suffix] else old.read(name))
        for name, content in more:
            new.writestr(name, content)
    return path


def with_document_type(content: bytes, document_type: str) -> bytes:
    body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
    return document_type.encode() + body


def in_last_row(cells: bytes) -> Callable[[bytes], bytes]:
    row = b'<row r="1048576">' + cells + b"</row></sheetData>"
    return lambda content: content.replace(b"<sheetData/>", b"<sheetData></sheetData>").replace(b"</sheetData>", row)


def said(path: Path) -> str:
    findings = [f for f in read_partial(path)[1] if f.severity == "error"]
    assert len(findings) == 1
    assert findings[0].place.file
    assert findings[0].remedy.render()
    return findings[0].fault.render()


@SUFFIXES
@pytest.mark.parametrize(
    "document_type",
    [LAUGHS + "]>", '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE l SYSTEM "x">'],
)
def test_a_document_type_is_refused_before_any_reader_sees_it(tmp_path: Path, suffix: str, document_type: str) -> None:
    path = altered(suffix, tmp_path, lambda content: with_document_type(content, document_type))
    assert "declares a document type" in said(path)


def test_a_document_type_in_another_encoding_is_refused(tmp_path: Path) -> None:
    def hidden(content: bytes) -> bytes:
        return with_document_type(content, LAUGHS + "]>").decode().encode("utf-16")

    assert "declares a document type" in said(altered("xlsx", tmp_path, hidden))


def test_a_part_of_another_name_is_looked_into(tmp_path: Path) -> None:
    path = altered("xlsx", tmp_path, bytes, ("xl/sheet.dat", (LAUGHS + "]><worksheet/>").encode()))
    assert "declares a document type" in said(path)


@SUFFIXES
def test_a_picture_may_declare_a_document_type(tmp_path: Path, suffix: str) -> None:
    picture = ("Pictures/logo.svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>')
    assert not [f for f in read_partial(altered(suffix, tmp_path, bytes, picture))[1] if f.severity == "error"]


def test_a_picture_given_for_a_sheet_is_refused(tmp_path: Path) -> None:
    relation = b'<r><Relationship Id="r" Type="http://x/worksheet" Target="media/a.SVG"/></r>'
    assert "a drawing for a sheet" in said(altered("xlsx", tmp_path, bytes, ("xl/_rels/more.rels", relation)))


@SUFFIXES
def test_a_small_file_that_unpacks_large_is_refused(tmp_path: Path, suffix: str) -> None:
    path = altered(suffix, tmp_path, bytes, ("media/zeros", bytes(20_000_000)))
    assert path.stat().st_size < 200_000
    assert "packed so as to seem small" in said(path)


def test_what_a_file_declares_of_its_size_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = altered("xlsx", tmp_path, bytes, ("media/much", bytes(range(256)) * 8_000))
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 2_048_000), struct.pack("<I", 20)))
    assert "is damaged" in said(path)
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 10_000)
    fault = archive_fault(path, "x", (text("damaged"), text("save")))
    assert fault is not None
    assert "too large once unpacked" in fault.render()


def test_size_is_counted_over_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 60_000)
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as new:
        for n in range(4):
            new.writestr(f"{n}", bytes(20_000))
    assert archive_fault(path, "x", (text("damaged"), text("save"))) is not None
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("0", bytes(20_000))
    assert archive_fault(path, "x", (text("damaged"), text("save"))) is None


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = [(f"media/{n}", b"") for n in range(archive.ENTRY_LIMIT + 1)]
    assert "too large" in said(altered("xlsx", tmp_path, bytes, *parts))


@SUFFIXES
def test_elements_nested_too_deep_are_refused(tmp_path: Path, suffix: str) -> None:
    path = altered(suffix, tmp_path, bytes, ("more.xml", b"<a>" * 300 + b"</a>" * 300))
    assert "too large" in said(path)


def test_too_many_elements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ELEMENT_LIMIT", 50_000)
    assert "too large" in said(altered("ods", tmp_path, bytes, ("more.xml", b"<a>" + b"<b/>" * 50_000 + b"</a>")))


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c x=">" r="XFD1048576"><v>1</v></c>',
        b'<c r = "XFD1048576"><v>1</v></c>',
        b"<c r='&#88;FD1048576'><v>1</v></c>",
        b"<c><v>1</v></c>" * 5,
        b'<c r="A1048575"/><c r="C1048576"><is><t>x</t></is></c><c r="XFD1"><f>1</f></c>',
    ],
)
def test_a_cell_far_from_the_others_is_refused_however_it_is_written(tmp_path: Path, cells: bytes) -> None:
    assert "filled far from the others" in said(altered("xlsx", tmp_path, in_last_row(cells)))


def test_cells_merged_over_and_over_are_refused(tmp_path: Path) -> None:
    def merge(content: bytes) -> bytes:
        merges = b"<mergeCells>" + b'<mergeCell ref="A1:A1000000"/>' * 10 + b"</mergeCells>"
        return content.replace(b"</worksheet>", merges + b"</worksheet>")

    assert "too large" in said(altered("xlsx", tmp_path, merge))


def test_a_number_of_rows_too_long_to_be_one_is_refused(tmp_path: Path) -> None:
    def repeat(content: bytes) -> bytes:
        return content.replace(
            b"<table:table-row>", b'<table:table-row table:number-rows-repeated="%b">' % (b"9" * 5000), 1
        )

    assert "is damaged" in said(altered("ods", tmp_path, repeat))
