"""Write the sheets of an inventory as .ods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import odfdo

from burden.sources.rows import Value
from burden.sources.sheets import (
    CODE_HEADERS,
    CODES_SHEET,
    HEADER_LINE,
    TableSheet,
    code_rows,
    read_me_name,
    read_me_rows,
)
from burden.sources.zips import undate

_HEADER, _GUIDANCE, _COLUMN = "burden-header", "burden-guidance", "burden-column"
_STYLES = (
    f"""<style:style style:name="{_HEADER}" style:family="table-cell">
    <style:table-cell-properties fo:background-color="#dde5ee"/>
    <style:text-properties fo:font-weight="bold"/></style:style>""",
    f"""<style:style style:name="{_GUIDANCE}" style:family="table-cell">
    <style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>
    <style:text-properties fo:font-style="italic" fo:font-size="9pt"/></style:style>""",
    f"""<style:style style:name="{_COLUMN}" style:family="table-column">
    <style:table-column-properties style:column-width="5cm"/></style:style>""",
)


def write_ods(path: Path, sheets: Sequence[TableSheet], *, language: str) -> None:
    """Write a workbook with guidance and table sheets."""
    document = odfdo.Document("ods")
    document.body.clear()
    for style in _STYLES:
        document.insert_style(style, automatic=True)
    document.body.append(_table(read_me_name(language), read_me_rows(sheets, language), {}))
    for sheet in sheets:
        lines = [sheet.guidance, sheet.headers, *sheet.rows]
        document.body.append(_table(sheet.name, lines, {0: _GUIDANCE, 1: _HEADER}))
    document.body.append(_table(CODES_SHEET, [CODE_HEADERS, *code_rows()], {0: _HEADER}))
    _freeze(document, {s.name: HEADER_LINE for s in sheets} | {CODES_SHEET: 1})
    document.save(path)
    undate(path)


def _table(name: str, lines: Iterable[Sequence[Value]], styles: dict[int, str]) -> odfdo.Table:
    table = odfdo.Table(name)
    width = 1
    for number, values in enumerate(lines):
        row = odfdo.Row()
        for value in values:
            row.append_cell(_cell(value, styles.get(number)), clone=False)
        table.append_row(row, clone=False)
        width = max(width, len(values))
    for element in table.get_elements("table:table-column"):
        table.delete(element)
    columns = odfdo.Element.from_tag(
        f'<table:table-column table:style-name="{_COLUMN}" table:number-columns-repeated="{width}"/>'
    )
    table.insert(columns, position=0)
    return table


def _cell(value: Value, style: str | None) -> odfdo.Cell:
    return odfdo.Cell(value, cell_type="string" if isinstance(value, str) else None, style=style)


def _freeze(document: odfdo.Document, heights: dict[str, int]) -> None:
    """Keep the rows above and including the header in sight; a spreadsheet reads it in its settings."""
    settings = document.get_part("settings.xml")
    assert isinstance(settings, odfdo.XmlPart)
    views = settings.root.get_elements("//config:config-item-map-named")[0]
    for entry in views.children:
        views.delete(entry)
    for sheet, rows in heights.items():
        views.append(
            odfdo.Element.from_tag(
                f"<config:config-item-map-entry config:name={quoteattr(sheet)}>"
                '<config:config-item config:name="VerticalSplitMode" config:type="short">'
                "2</config:config-item>"
                '<config:config-item config:name="VerticalSplitPosition" config:type="int">'
                f"{rows}</config:config-item>"
                '<config:config-item config:name="PositionBottom" config:type="int">'
                f"{rows}</config:config-item></config:config-item-map-entry>"
            )
        )
