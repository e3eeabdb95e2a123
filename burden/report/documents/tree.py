"""A document as pandoc's tree, for one format."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from burden.model.messages import Text, text
from burden.report.content import Chart, Sentence, Table
from burden.report.documents import pages
from burden.report.documents.document import Cited, Document, DocumentBlock, Facts, Listing, Part, Signature
from burden.report.documents.nodes import Node, bullets, definitions, header, paragraph, picture, plain, styled, words
from burden.report.documents.sentences import inlines, sentence
from burden.report.documents.tables import is_wide, table_node
from burden.report.drawings import Drawing

API = [1, 23, 1]
"""Version of pandoc's tree that these nodes are of."""

_IMAGE = {"docx": "png", "odt": "png", "typst": "svg", "html": "svg"}


_PAGE_CM = (17.0, 20.5)
"""Width of a page between its margins, and the height that a picture may take."""
_LEGIBLE_CM = 13.0
"""Width under which the letters of a chart, half their size, are not read any more: its table stands on paper."""


def tree(document: Document, form: str, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    """The tree of a document.

    Parameters
    ----------
    form : str
        ``docx``, ``odt``, ``typst`` or ``html``: pictures and pages differ.
    drawings : mapping of str to Drawing
        The charts of the document as files, by identifier.
    """
    blocks = pages.joined([node for part in document.parts for node in _part(part, document, form, drawings)], form)
    meta = {
        "title": _meta(inlines(document.title, document.language)),
        "subtitle": _meta(inlines(document.subtitle, document.language)),
        "lang": _meta(words(document.locale)),
        "toc-title": _meta(words(text("Contents").render(document.language))),
    }
    return {"pandoc-api-version": API, "meta": meta, "blocks": blocks}


def _meta(nodes: list[Node]) -> Node:
    return {"t": "MetaInlines", "c": nodes}


def _part(part: Part, document: Document, form: str, drawings: Mapping[str, Drawing]) -> list[Node]:
    heading = header(part.level, part.id, inlines(part.title, document.language))
    nodes = [*pages.new_page(form)] if part.new_page else []
    blocks = [_block(block, part, document, form, drawings) for block in part.blocks]
    for place, (above, block) in enumerate(pairwise(part.blocks), start=1):
        if isinstance(above, Table) and isinstance(block, Sentence | Cited):
            blocks[place] = [styled(blocks[place], "After table")]
    if part.blocks and pages.is_turned(blocks[0], form):
        # A heading goes with what follows it.
        blocks[0] = [blocks[0][0], heading, *blocks[0][1:]]
    else:
        nodes.append(heading)
    return [*nodes, *[node for block in blocks for node in block]]


def _block(
    block: DocumentBlock, part: Part, document: Document, form: str, drawings: Mapping[str, Drawing]
) -> list[Node]:
    if isinstance(block, Table):
        return _table(block, part, document, form)
    if isinstance(block, Chart):
        return _chart(block, drawings[block.id], part, document, form)
    if isinstance(block, Sentence | Cited):
        return [paragraph(sentence(block, document))]
    if isinstance(block, Listing):
        return [bullets([[plain(sentence(item, document))] for item in block.items])]
    if isinstance(block, Facts):
        return [_facts(block, document)]
    return _signature(block, document, form)


def _table(block: Table, part: Part, document: Document, form: str) -> list[Node]:
    nodes = [table_node(block, document.language, form=form, small=part.small)]
    if block.note.template:
        note = styled([paragraph(inlines(block.note, document.language))], "Table note", "note")
        nodes += pages.small([note], of="par") if form == "typst" else [note]
    if form == "typst" and part.small:
        nodes = pages.small(nodes, of="table")
    letters = "".join(block.frame.astype("str").to_numpy().ravel())
    if form == "typst" and pages.is_short(len(block.frame) + 1, len(letters)):
        nodes = pages.whole(nodes)
    return pages.turned(nodes, form) if is_wide(block, small=part.small) else nodes


def _chart(block: Chart, drawing: Drawing, part: Part, document: Document, form: str) -> list[Node]:
    if form != "html" and _width_cm(drawing) < _LEGIBLE_CM:
        return _table(block.table, part, document, form)
    file, name = f"{block.id}.{_IMAGE[form]}", f"chart-{block.id}"
    said = inlines(block.table.caption, document.language)
    width = f"{_width_cm(drawing):.1f}cm"
    if form == "typst":
        return pages.typst_picture(name, file, drawing.alt, said, width=width)
    return [picture(name, file, words(drawing.alt), said, width="100%" if form == "html" else width)]


def _width_cm(drawing: Drawing) -> float:
    """As wide as the page, unless it would then be higher than a page with its heading and caption."""
    return min(_PAGE_CM[0], _PAGE_CM[1] * drawing.width_in / drawing.height_in)


def _facts(block: Facts, document: Document) -> Node:
    rows = []
    for term, said in block.rows:
        blocks = (
            [paragraph(sentence(said[0], document))]
            if len(said) == 1
            else [bullets([[plain(sentence(s, document))] for s in said])]
        )
        rows.append((inlines(term, document.language), blocks))
    return definitions(rows)


def _signature(block: Signature, document: Document, form: str) -> list[Node]:
    del form
    return [styled([paragraph([*inlines(line, document.language), *_dots()])], "Signature line", "signature")
            for line in block.lines]  # fmt: skip


def _dots() -> list[Node]:
    return words(" " + "\u2026" * 24)


def texts_of(part: Part) -> list[Text]:
    """Every text of a part that is prose: its title, sentences, captions and notes."""
    return [part.title, *[said for block in part.blocks for said in _texts(block)]]


def _texts(block: DocumentBlock) -> list[Text]:
    if isinstance(block, Sentence | Cited):
        return [_text(block)]
    if isinstance(block, Listing):
        return [_text(item) for item in block.items]
    if isinstance(block, Facts):
        return [_text(item) for _, said in block.rows for item in said]
    if isinstance(block, Signature):
        return list(block.lines)
    return [block.caption, block.note] if isinstance(block, Table) else [block.table.caption]


def _text(said: Sentence | Cited) -> Text:
    return said.text if isinstance(said, Sentence) else said.sentence.text
