"""Word files: the styles that a ministry can restyle, sections, the table of contents."""

from __future__ import annotations

import re
import subprocess
from importlib import resources
from pathlib import Path

from burden.report.documents.pages import TURNED, UPRIGHT, is_short
from burden.report.documents.typography import typeset
from burden.sources.zips import read_parts, write_parts

_A4 = (11906, 16838)
"""Width and height of a page, twentieths of a point."""
_MARGIN = 1134
_MARGINS = (
    f'w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="567" w:footer="567" '
    'w:gutter="0"'
)
_FOOTER_TYPE = (
    '<Override PartName="/word/footer1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml" />'
)
_FOOTER_RELATION = (
    '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" '
    'Id="rId90" Target="footer1.xml" />'
)
_NAMESPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_SECTION = re.compile(r"<w:sectPr\b[^>]*(?<!/)>.*?</w:sectPr>", re.DOTALL)
_MARK = re.compile(rf'<w:sectPr w:rsidR="({TURNED}|{UPRIGHT})"\s*/>')


def _template(name: str) -> str:
    return resources.files("burden.report.documents").joinpath("templates", name).read_text("utf-8")


def reference_docx(path: Path) -> Path:
    """Write the reference document: pandoc's own, with our styles, A4 pages and a page number."""
    parts = _parts_of(default_reference("docx"), path)
    parts["word/styles.xml"] = _template("styles.docx.xml").encode()
    parts["word/footer1.xml"] = _template("footer.docx.xml").encode()
    parts["[Content_Types].xml"] = _replaced(parts["[Content_Types].xml"], "</Types>", f"{_FOOTER_TYPE}</Types>")
    relations = "word/_rels/document.xml.rels"
    parts[relations] = _replaced(parts[relations], "</Relationships>", f"{_FOOTER_RELATION}</Relationships>")
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = _SECTION.sub(_upright(), body).encode()
    return write_parts(parts, path)


def default_reference(form: str) -> bytes:
    """The reference document that pandoc ships."""
    import pypandoc

    return subprocess.run(
        [pypandoc.get_pandoc_path(), f"--print-default-data-file=reference.{form}"], capture_output=True, check=True
    ).stdout


def _parts_of(data: bytes, path: Path) -> dict[str, bytes]:
    path.write_bytes(data)
    return read_parts(path)


def _replaced(part: bytes, old: str, new: str) -> bytes:
    return part.decode().replace(old, new).encode()


def _upright() -> str:
    width, height = _A4
    return (
        f'<w:sectPr><w:footerReference {_NAMESPACE} w:type="default" r:id="rId90" />'
        f'<w:pgSz w:w="{width}" w:h="{height}" /><w:pgMar {_MARGINS} /></w:sectPr>'
    )


def finish(path: Path, language: str) -> None:
    """Make sections of the marks, and fill the table of contents so that it shows before any update."""
    parts = read_parts(path)
    body = parts["word/document.xml"].decode()
    body = _with_sections(body)
    body = body.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit /></w:trPr>")
    body = body.replace("<w:trPr><w:cantSplit /></w:trPr><w:trPr>", "<w:trPr><w:cantSplit />")
    # A note stands over its table: under it, it might be alone on the next page.
    body = _TABLE.sub(lambda found: (found[3] or "") + _kept(found[1]) + found[2], body)
    body = _NEW_PAGE.sub(r"\1<w:p><w:pPr>\2<w:pageBreakBefore />", body)
    body = _CAPTION.sub(lambda found: f"{found[1]}{typeset(' : ', language)}", body) if language == "fr" else body
    parts["word/document.xml"] = _with_contents(body).encode()
    write_parts(parts, path)


_TABLE = re.compile(
    r'(<w:tbl>.*?</w:tbl>)((?:\s*<w:bookmarkEnd [^>]*/>)*)(\s*<w:p><w:pPr><w:pStyle w:val="Tablenote" />.*?</w:p>)?',
    re.DOTALL,
)
_STYLE = re.compile(r'(<w:pStyle w:val="[^"]*" />)(?!<w:keepNext)')


def _kept(table: str) -> str:
    """A table that is on one page if it is short, and else leaves no row alone, at its head or at its end."""
    first, *rows = re.split("(?=<w:tr>)", table)
    last = len(rows) - 1
    short = is_short(len(rows), len("".join(re.findall(r"<w:t\b[^>]*>([^<]*)", table))))
    kept = [
        _STYLE.sub(r"\1<w:keepNext />", row) if place < last and (short or place < 2 or place > last - 3) else row
        for place, row in enumerate(rows)
    ]
    return "".join([first, *kept])


_NEW_PAGE = re.compile(
    r'<w:p><w:r><w:br w:type="page"\s*/></w:r></w:p>(\s*(?:<w:bookmark(?:Start|End) [^>]*/>\s*)*)<w:p><w:pPr>'
    r'(<w:pStyle w:val="Heading\d" />)'
)
_CAPTION = re.compile(r"(</w:fldSimple><w:bookmarkEnd [^>]*/><w:r><w:t[^>]*>): ")
"""What pandoc writes between the number of a caption and its words."""


def _with_sections(body: str) -> str:
    """Sections where the marks are, and tables as wide as the page they stand on."""
    last = _SECTION.findall(body)[-1]
    size = re.search(r"<w:pgSz [^>]*>", last)
    width, height = (int(_ATTRIBUTE[name].findall(size[0])[0]) if size else 0 for name in ("w", "h"))
    side = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape" />'
    sections = {UPRIGHT: last, TURNED: last.replace(size[0], side) if size else last}
    # What stands before a mark is on the page that the mark ends.
    pieces = [*_MARK.split(body), UPRIGHT]
    done = []
    for content, mark in zip(pieces[::2], pieces[1::2], strict=True):
        room = (height if mark == TURNED else width) - 2 * _MARGIN
        done += [
            _GRID.sub(lambda grid, room=room: _scaled(grid[0], room), content) if size else content,
            sections[mark],
        ]
    return "".join(done[:-1])


_ATTRIBUTE = {name: re.compile(rf'w:{name}="(\d+)"') for name in ("w", "h")}
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)


def _scaled(grid: str, room: int) -> str:
    widths = [int(w) for w in _ATTRIBUTE["w"].findall(grid)]
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w * room // sum(widths)}" />' for w in widths) + "</w:tblGrid>"


_FIELD = re.compile(
    r"<w:p><w:r><w:fldChar [^>]*/>(<w:instrText[^>]*>TOC \\o &quot;1-(\d)&quot;.*?</w:instrText>)"
    r'<w:fldChar w:fldCharType="separate" /><w:fldChar w:fldCharType="end" /></w:r></w:p>',
    re.DOTALL,
)
_HEADING = re.compile(
    r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)" />\s*<w:p><w:pPr><w:pStyle w:val="Heading(\d)" />'
    r"(.*?)</w:p>",
    re.DOTALL,
)


def _with_contents(body: str) -> str:
    """The headings as lines of the table of contents, each with its page as a field."""
    field = _FIELD.search(body)
    if not field:
        return body
    headings = [found for found in _HEADING.findall(body) if int(found[1]) <= int(field[2])]
    begin = f"{_field_mark('begin', dirty=True)}<w:r>{field[1]}</w:r>{_field_mark('separate')}"
    lines = [_line(*found, before="" if place else begin) for place, found in enumerate(headings)]
    return body.replace(field[0], f"{''.join(lines)}<w:p>{_field_mark('end')}</w:p>")


def _field_mark(kind: str, *, dirty: bool = False) -> str:
    # A field marked so is brought up to date by Word when the file is opened.
    stale = ' w:dirty="true"' if dirty else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{stale} /></w:r>'


def _line(bookmark: str, level: str, content: str, *, before: str) -> str:
    words = "".join(re.findall(r"<w:t\b[^>]*>.*?</w:t>", content, re.DOTALL))
    page = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText></w:r>'
    number = f"{_field_mark('begin')}{page}{_field_mark('separate')}<w:r><w:t>…</w:t></w:r>{_field_mark('end')}"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}" /></w:pPr>{before}<w:hyperlink w:anchor="{bookmark}">'
        f"<w:r>{words}</w:r><w:r><w:tab /></w:r>{number}</w:hyperlink></w:p>"
    )
