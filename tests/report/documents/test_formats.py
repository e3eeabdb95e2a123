"""Each format opens, has real headings, captions, footnotes and contents, and takes labels as words."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from burden.report.documents import Document, write_document
from burden.report.documents.formats import read_tree, write_pdf
from burden.report.documents.tree import tree
from burden.report.drawings import Drawing

pytestmark = pytest.mark.xdist_group("documents")


@pytest.fixture(scope="session")
def written(
    document: Document, drawings: dict[str, Drawing], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    paths = write_document(document, tmp_path_factory.mktemp("written"), drawings=drawings)
    return {path.suffix[1:]: path for path in paths}


def part_of(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def bare(said: str) -> str:
    return re.sub(r"\s", "", said)


def test_word_headings_are_real_headings(written: dict[str, Path]) -> None:
    styles = [p.style.name for p in docx.Document(str(written["docx"])).paragraphs if p.style]
    assert [s for s in styles if s.startswith("Heading")] == ["Heading 1", "Heading 2", "Heading 1", "Heading 1"]


def test_word_table_of_contents_lists_the_headings(written: dict[str, Path]) -> None:
    lines = re.findall(r'<w:pStyle w:val="TOC\d" />.*?</w:p>', part_of(written["docx"], "word/document.xml"), re.DOTALL)
    assert [re.findall("First|Second|Third|vient", line)[0] for line in lines] == ["First", "Second", "Third", "vient"]


def test_word_begins_a_page_with_its_heading(written: dict[str, Path]) -> None:
    body = part_of(written["docx"], "word/document.xml")
    assert body.count("<w:pageBreakBefore />") == 2
    assert '<w:br w:type="page"' not in body


def test_word_pages_turn_for_a_wide_table_and_turn_back(written: dict[str, Path]) -> None:
    turned = [s.orientation == WD_ORIENT.LANDSCAPE for s in docx.Document(str(written["docx"])).sections]
    assert turned == [False, True, False]


def test_word_tables_repeat_their_head_and_keep_rows_whole(written: dict[str, Path]) -> None:
    body = part_of(written["docx"], "word/document.xml")
    assert body.count("<w:tblHeader") == body.count("<w:tbl>")
    assert body.count("<w:cantSplit") == body.count("<w:tr>")


def test_word_notes_stand_over_their_tables_so_that_none_is_alone_on_a_page(written: dict[str, Path]) -> None:
    body = part_of(written["docx"], "word/document.xml")
    notes = re.findall(r'<w:pStyle w:val="Tablenote" />.*?</w:p>\s*(<w:\w+)', body, re.DOTALL)
    assert notes == ["<w:tbl"] * 3


def test_word_keeps_a_short_table_on_one_page(written: dict[str, Path]) -> None:
    body = part_of(written["docx"], "word/document.xml")
    rows = re.findall(r"<w:tr>.*?</w:tr>", re.findall(r"<w:tbl>.*?</w:tbl>", body, re.DOTALL)[0], re.DOTALL)
    assert ["<w:keepNext />" in row for row in rows] == [True, False]


def test_word_sources_are_footnotes_with_their_address(written: dict[str, Path]) -> None:
    with zipfile.ZipFile(written["docx"]) as archive:
        relations = archive.read("word/_rels/footnotes.xml.rels").decode()
    assert "https://example.org/a_b?c=d#e" in relations


def test_word_pictures_have_their_alternative_text(written: dict[str, Path]) -> None:
    assert 'descr="Alternative: *gras*' in part_of(written["docx"], "word/document.xml")


def test_word_says_its_language(written: dict[str, Path]) -> None:
    assert 'w:val="fr-FR"' in part_of(written["docx"], "word/styles.xml")


@pytest.mark.parametrize("form", ["docx", "odt", "html"])
def test_labels_are_words_and_never_markup(written: dict[str, Path], hostile: str, form: str) -> None:
    import json

    words = "".join(re.findall(r'"t": "Str", "c": "((?:[^"\\]|\\.)*)"', json.dumps(read_tree(written[form]))))
    expected = json.dumps(bare(hostile))[1:-1]
    assert bare(words).count(expected) >= 5


def test_word_links_each_number_to_its_line_in_the_list(written: dict[str, Path]) -> None:
    body = part_of(written["docx"], "word/document.xml")
    for name in ("figure-burden.hours", "figure-burden.hours-low"):
        assert f'w:anchor="{name}"' in body
        assert f'w:name="{name}"' in body


def test_open_document_numbers_its_captions_as_french_does(written: dict[str, Path]) -> None:
    assert re.search(r"</text:sequence>\u00a0: Wide", part_of(written["odt"], "content.xml"))


def test_open_document_opens_with_its_headings(written: dict[str, Path]) -> None:
    headings = re.findall(r"<text:h [^>]*outline-level=\"(\d)\"", part_of(written["odt"], "content.xml"))
    assert headings == ["1", "2", "1", "1"]


def test_open_document_notes_stand_over_their_own_tables(written: dict[str, Path]) -> None:
    body = part_of(written["odt"], "content.xml")
    told = re.findall(r'text:style-name="Table_20_note">Note</text:p>\s*<table:table table:name="(\w+)"', body)
    assert told == ["Table1", "Table2"]


def test_open_document_keeps_a_short_table_on_one_page(written: dict[str, Path]) -> None:
    body = part_of(written["odt"], "content.xml")
    assert body.count('style:may-break-between-rows="false"') == body.count("<table:table ") == 5


def test_open_document_uses_no_style_that_does_not_exist(written: dict[str, Path]) -> None:
    body, styles = (part_of(written["odt"], name) for name in ("content.xml", "styles.xml"))
    used = set(re.findall(r'<text:p text:style-name="([^"]+)"', body))
    assert used <= set(re.findall(r'style:name="([^"]+)"', body + styles))


def test_pdf_is_tagged_and_says_that_it_is_accessible(written: dict[str, Path]) -> None:
    content = written["pdf"].read_bytes()
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid:part" in content


def test_a_figure_without_alternative_text_is_refused(
    document: Document, drawings: dict[str, Drawing], tmp_path: Path
) -> None:
    content = tree(document, "typst", drawings)
    picture = next(b for b in content["blocks"] if b["t"] == "RawBlock" and b["c"][1].startswith("#figure(image("))
    picture["c"][1] = re.sub(r', alt: ".*"\)', ")", picture["c"][1])
    with pytest.raises(ValueError, match=r"typst refuses the document.*alt"):
        write_pdf(content, tmp_path / "sample.pdf", drawings)


def test_pdf_turns_pages_after_a_table_with_a_note_and_once_for_two_wide_tables(
    document: Document, drawings: dict[str, Drawing]
) -> None:
    sources = [b["c"][1] for b in tree(document, "typst", drawings)["blocks"] if b["t"] == "RawBlock"]
    assert sources.count("#page(flipped: true)[") == 1


def test_pdf_keeps_a_short_table_and_its_note_on_one_page(document: Document, drawings: dict[str, Drawing]) -> None:
    blocks = tree(document, "typst", drawings)["blocks"]
    opened = [n for n, block in enumerate(blocks) if block["c"] == ["typst", "#block(breakable: false)["]]
    assert [blocks[n + 1]["t"] for n in opened[:3]] == ["Table", "Table", "Table"]
    assert blocks[opened[0] + 3]["t"] == "Div"


@pytest.mark.parametrize(("form", "height_in", "pictures"), [("docx", 8, 1), ("docx", 17, 0), ("html", 17, 1)])
def test_a_chart_too_tall_to_be_read_on_paper_is_its_table(
    document: Document, drawings: dict[str, Drawing], form: str, height_in: float, pictures: int
) -> None:
    (name, drawn), *_ = drawings.items()
    blocks = tree(document, form, {name: replace(drawn, width_in=10.0, height_in=height_in)})["blocks"]
    assert json.dumps(blocks).count('"t": "Image"') == pictures


def test_html_has_one_title_and_its_language(written: dict[str, Path]) -> None:
    page = written["html"].read_text("utf-8")
    assert page.count("<h1") == 1 + 3
    assert '<html lang="fr-FR">' in page


def test_html_numbers_say_which_figure_they_are(written: dict[str, Path]) -> None:
    assert 'data-figure="burden.hours" data-bound="low"' in written["html"].read_text("utf-8")


def test_a_format_that_does_not_exist_is_refused(
    document: Document, drawings: dict[str, Drawing], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="no format 'doc'"):
        write_document(document, tmp_path, drawings=drawings, formats=["doc"])


def test_styles_of_a_ministry_are_used(
    written: dict[str, Path], document: Document, drawings: dict[str, Drawing], tmp_path: Path
) -> None:
    from burden.report.documents.word import reference_docx
    from burden.sources.zips import read_parts, write_parts

    own = reference_docx(tmp_path / "ministry.docx")
    parts = read_parts(own)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"Arial", b"Marianne")
    write_parts(parts, own)
    (path,) = write_document(document, tmp_path, drawings=drawings, formats=["docx"], styles={"docx": own})
    assert "Marianne" in part_of(path, "word/styles.xml")
    assert "Marianne" not in part_of(written["docx"], "word/styles.xml")
