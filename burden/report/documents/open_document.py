"""OpenDocument files: styles, pages, language."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from burden.model.messages import text
from burden.report.documents.document import Document
from burden.report.documents.pages import is_short
from burden.report.documents.typography import typeset
from burden.report.documents.word import default_reference
from burden.sources.zips import read_parts, write_parts


def reference_odt(path: Path, locale: str) -> Path:
    """Write the reference document: pandoc's own, with our styles, A4 pages and our language."""
    path.write_bytes(default_reference("odt"))
    parts = read_parts(path)
    styles = parts["styles.xml"].decode()
    own = resources.files("burden.report.documents").joinpath("templates", "styles.odt.xml").read_text("utf-8")
    common, automatic, master = own.split("<!-- next -->")
    for name in re.findall(r'<style:style style:name="([^"]+)"', common):
        styles = re.sub(rf'<style:style style:name="{re.escape(name)}"\s(?:[^>]*/>|.*?</style:style>)', "", styles,
                        count=1, flags=re.DOTALL)  # fmt: skip
    styles = styles.replace("</office:styles>", f"{common}</office:styles>")
    styles = re.sub(r"(<office:automatic-styles>).*?(</office:automatic-styles>)", rf"\1{automatic}\2", styles,
                    flags=re.DOTALL)  # fmt: skip
    styles = re.sub(r"(<office:master-styles>).*?(</office:master-styles>)", rf"\1{master}\2", styles, flags=re.DOTALL)
    language, country = locale.split("-")
    styles = re.sub(r'fo:language="\w+"', f'fo:language="{language}"', styles)
    styles = re.sub(r'fo:country="\w+"', f'fo:country="{country}"', styles)
    parts["styles.xml"] = styles.encode()
    return write_parts(parts, path)


_CELL = re.compile(
    r'(<style:style style:name="Table(Header)?RowCell"[^>]*>\s*)<style:table-cell-properties[^>]*/>', re.DOTALL
)
_ROW = (
    '<style:style style:name="burden_row" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always" /></style:style>'
)
_LISTED = re.compile(r'(style:list-style-name="L\d+">\s*<style:paragraph-properties [^>]*fo:text-indent=")0in')
"""What hinders the first line of an item from standing out, as its list would have it."""
_SPACED = re.compile(r'(?<=text:style-name=")[^"]* [^"]*(?=")')
"""Names of styles as pandoc writes them: with spaces, which names in a file may not have."""
_CAPTION = re.compile(r"(</text:sequence>): ")
_HEADING = re.compile(r'<text:h [^>]*text:outline-level="(\d)"[^>]*>(.*?)</text:h>', re.DOTALL)
_NAMED = re.compile(r'<text:bookmark-start text:name="([^"]+)" />')


def finish(path: Path, document: Document) -> None:
    """Rule the rows, keep them whole, style links to figures, fill the table of contents."""
    parts = read_parts(path)
    body = parts["content.xml"].decode()
    body = _CELL.sub(lambda found: found[1] + _ruled(head=bool(found[2])), body)
    body = body.replace("</office:automatic-styles>", f"{_ROW}</office:automatic-styles>")
    body = _LISTED.sub(r"\1-0.25in", body)
    body = body.replace("<table:table-row>", '<table:table-row table:style-name="burden_row">')
    body = _SPACED.sub(lambda found: found[0].replace(" ", "_20_"), body)
    body = _with_whole_tables(body)
    body = re.sub(r'<text:a (?=[^>]*xlink:href="#figure-)', f"<text:a {_quiet('Key_20_figure')} ", body)
    if document.language == "fr":
        body = _CAPTION.sub(lambda found: f"{found[1]}{typeset(' : ', 'fr')}", body)
    if document.contents:
        body = _with_contents(body, document)
    parts["content.xml"] = body.encode()
    write_parts(parts, path)


_TABLE = re.compile(
    r'(<table:table table:name="[^"]*" table:style-name="([^"]+)">(.*?)</table:table>)'
    r'(\s*<text:p text:style-name="Table_20_note">.*?</text:p>)?',
    re.DOTALL,
)


def _with_whole_tables(body: str) -> str:
    """Short tables on one page, and notes over their tables."""
    for _, style, content, _ in _TABLE.findall(body):
        if is_short(content.count("<table:table-row"), len(re.sub(r"<[^>]+>", "", content))):
            named = rf'(<style:style style:name="{re.escape(style)}" [^>]*>\s*<style:table-properties )'
            body = re.sub(named, r'\1style:may-break-between-rows="false" ', body, count=1)
    return _TABLE.sub(lambda found: (found[4] or "") + found[1], body)


def _quiet(style: str) -> str:
    """A link that looks like a style of ours, visited or not."""
    return f'text:style-name="{style}" text:visited-style-name="{style}"'


def _ruled(*, head: bool) -> str:
    line = "0.04cm solid #1b2a49" if head else "0.01cm solid #b3b3b3"
    fill = ' fo:background-color="#eef1f6" style:vertical-align="bottom"' if head else ""
    return (
        f'<style:table-cell-properties fo:border="none" fo:border-bottom="{line}" fo:padding-left="0.1cm" '
        f'fo:padding-right="0.1cm" fo:padding-top="0.02cm" fo:padding-bottom="0.02cm"{fill} />'
    )


def _with_contents(body: str, document: Document) -> str:
    """The headings as lines of the table of contents, each with its page."""
    lines = []
    for level, content in _HEADING.findall(body):
        named = _NAMED.search(content)
        if named and int(level) <= document.contents_depth:
            words = re.sub(r"<[^>]+>", "", content).strip()
            link = f'<text:a {_quiet("Index_20_Link")} xlink:type="simple" xlink:href="#{named[1]}">{words}</text:a>'
            page = f'<text:bookmark-ref text:reference-format="page" text:ref-name="{named[1]}">1</text:bookmark-ref>'
            lines.append(f'<text:p text:style-name="Contents_20_{level}">{link}<text:tab />{page}</text:p>')
    title = text("Contents").render(document.language)
    head = f'<text:index-title text:name="contents"><text:p text:style-name="Contents_20_Heading">{title}</text:p>'
    filled = f"<text:index-body>{head}</text:index-title>{''.join(lines)}</text:index-body>"
    return body.replace("</text:table-of-content>", f"{filled}</text:table-of-content>", 1)
