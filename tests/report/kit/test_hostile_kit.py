"""A kit that people had in their hands, and that was made to harm."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from burden.model.findings import InventoryError
from burden.model.messages import Text
from burden.report.documents import Document
from burden.report.documents.sentences import source
from burden.report.kit.checks import check_kit


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "fr").mkdir()
    (tmp_path / "audit.json").write_text('{"figures": []}', encoding="utf-8")
    (tmp_path / "changes.json").write_text('{"changes": []}', encoding="utf-8")
    (tmp_path / "changes.csv").write_text("change\n", encoding="utf-8")
    (tmp_path / "tables/sources.csv").write_text("source_id,citation,url\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "content",
    ["<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>", "<d>", "\0" * 20_000_000],
    ids=["entity", "cut short", "bomb"],
)
@pytest.mark.parametrize("name", ["note.docx", "note.odt"])
def test_a_document_made_to_harm_is_not_opened(kit: Path, name: str, content: str) -> None:
    with zipfile.ZipFile(kit / "fr" / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml" if name.endswith("odt") else "word/document.xml", content)
    (found,) = check_kit(kit)
    assert found.place.file == f"fr/{name}"


@pytest.mark.parametrize("content", ["[" * 90_000, '{"figures": 1}', '{"figures": [{"id": "a"}]}', "\x00"])
def test_figures_that_cannot_be_read_are_said(kit: Path, content: str) -> None:
    (kit / "audit.json").write_text(content, encoding="utf-8")
    with pytest.raises(InventoryError, match=r"audit\.json: it cannot be read"):
        check_kit(kit)


def test_an_address_that_would_run_is_no_link() -> None:
    sources = pd.DataFrame({"source_id": ["a"], "citation": ["Text"], "url": ["javascript:alert(1)"]})
    document = Document("d", Text("D"), Text(""), "en", (), {}, sources=sources)
    assert '"t": "Link"' not in json.dumps(source(document, "a"))
    there = Document("d", Text("D"), Text(""), "en", (), {}, sources=sources.assign(url="https://example.org/a"))
    assert '"t": "Link"' in json.dumps(source(there, "a"))
