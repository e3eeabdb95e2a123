"""Pages turned on their side, new pages, smaller type: what each format says in its own words."""

from __future__ import annotations

import json

from burden.report.documents.nodes import Node, plain, raw

TURNED, UPRIGHT = "burden-turned", "burden-upright"
"""Marks that :mod:`burden.report.documents.word` makes sections of."""

_ODT_MARK = '<text:p text:style-name="{style}"></text:p>'


def new_page(form: str) -> list[Node]:
    """What begins a page."""
    return {
        "docx": [raw("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')],
        "odt": [_mark("New_20_page")],
        "typst": [raw("typst", "#pagebreak(weak: true)")],
    }.get(form, [])


def _brackets(form: str) -> tuple[Node, Node] | None:
    """What opens and what closes pages turned on their side."""
    if form == "docx":
        return _section(UPRIGHT), _section(TURNED)
    if form == "odt":
        return _mark("Turned_20_page"), _mark("Upright_20_page")
    if form == "typst":
        # The remark tells this bracket from others, which end no page.
        return raw("typst", "#page(flipped: true)["), raw("typst", "] // upright again")
    return None


def _mark(style: str) -> Node:
    return raw("opendocument", _ODT_MARK.format(style=style))


def _section(mark: str) -> Node:
    # The paragraph that ends a section must not take a line, which might not fit.
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return raw("openxml", f'<w:p><w:pPr>{spacing}<w:sectPr w:rsidR="{mark}"/></w:pPr></w:p>')


def turned(nodes: list[Node], form: str) -> list[Node]:
    """Nodes on pages turned on their side, where the format has pages."""
    brackets = _brackets(form)
    return [brackets[0], *nodes, brackets[1]] if brackets else nodes


def is_turned(nodes: list[Node], form: str) -> bool:
    """Whether nodes begin on a page turned on its side."""
    brackets = _brackets(form)
    return brackets is not None and nodes[:1] == [brackets[0]]


def joined(nodes: list[Node], form: str) -> list[Node]:
    """Turned pages that follow one another as one run: an empty upright page between them is dropped."""
    brackets = _brackets(form)
    if brackets is None:
        return nodes
    kept: list[Node] = []
    for node in nodes:
        if node == brackets[0] and kept and kept[-1] == brackets[1]:
            kept.pop()
        else:
            kept.append(node)
    return kept


def small(nodes: list[Node], *, of: str) -> list[Node]:
    """Nodes whose tables or paragraphs are in smaller type, where no style says so."""
    size = {"table": "7pt", "par": "8.5pt"}[of]
    return [raw("typst", f"#[#show {of}: set text(size: {size})"), *nodes, raw("typst", "]")]


_SHORT_ROWS, _SHORT_LETTERS = 12, 2500


def is_short(rows: int, letters: int) -> bool:
    """Whether a table is to stand on one page."""
    return rows <= _SHORT_ROWS and letters <= _SHORT_LETTERS


def whole(nodes: list[Node]) -> list[Node]:
    """Nodes on one page of a pdf; the other formats say so in their own styles."""
    return [raw("typst", "#block(breakable: false)["), *nodes, raw("typst", "]")]


def typst_picture(name: str, file: str, alternative: str, said: list[Node], *, width: str) -> list[Node]:
    """A figure with its alternative text, which pandoc leaves out of typst and PDF/UA requires."""
    alt = json.dumps(alternative, ensure_ascii=False)
    return [
        raw("typst", f'#figure(image("{file}", width: {width}, alt: {alt}), kind: image, caption: ['),
        plain(said),
        raw("typst", f"]) <{name}>"),
    ]
