"""What was tampered with in a kit is found, and the message says where."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from burden.model.findings import Finding, InventoryError
from burden.report.audit import Audit
from burden.report.content import charts_of
from burden.report.documents import Document
from burden.report.documents.tree import tree
from burden.report.drawings import Drawing
from burden.report.kit.checks import check_kit
from burden.report.kit.claims.doubts import doubts
from burden.report.kit.draft import draft
from burden.report.kit.figures import with_kit_figures
from burden.report.kit.write import documents
from burden.sources.zips import read_parts, write_parts

pytestmark = pytest.mark.xdist_group("report")


def in_word(path: Path, part: str, change: Callable[[str], str]) -> None:
    parts = read_parts(path)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    parts[part] = after.encode()
    write_parts(parts, path)


def said(found: tuple[Finding, ...]) -> list[str]:
    return [finding.render("en") for finding in found]


def test_a_kit_as_written_holds(kit: Path) -> None:
    assert said(check_kit(kit, formats=["docx"])) == []


def test_a_change_removed_from_the_list_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    frame = pd.read_csv(folder / "changes.csv", dtype="str")
    frame.iloc[1:].to_csv(folder / "changes.csv", index=False)
    lost = frame["change"].iloc[0]
    assert said(check_kit(folder, formats=[])) == [
        f"changes.csv: the change {lost} of the plan is missing. Write the kit again with `burden report`."
    ]


def test_a_change_added_to_the_list_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    told = json.loads((folder / "changes.json").read_text("utf-8"))
    told["changes"].append({"change": "M1.99", "kind": "item"})
    (folder / "changes.json").write_text(json.dumps(told), "utf-8")
    assert "changes.json: the change M1.99 is not in the plan." in said(check_kit(folder, formats=[]))[0]


def test_a_change_removed_from_the_digest_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()

    def without_first_change(body: str) -> str:
        row = next(r for r in re.findall(r"<w:tr>.*?</w:tr>", body, re.DOTALL) if ">M1.1<" in r)
        return body.replace(row, "")

    in_word(folder / "fr" / "changes.docx", "word/document.xml", without_first_change)
    assert said(check_kit(folder, formats=["docx"])) == [
        "fr/changes.docx: the change M1.1 of the plan is missing. Write the kit again with `burden report`."
    ]


def test_a_number_altered_in_the_prose_is_found_with_its_sentence(copied: Callable[[], Path]) -> None:
    folder = copied()
    hours = re.compile(r'(w:anchor="figure-owed\.obligations".*?<w:t[^>]*>)\d+(</w:t>)', re.DOTALL)
    in_word(folder / "fr" / "note.docx", "word/document.xml", lambda body: hours.sub(r"\g<1>999\2", body, count=1))
    (found,) = said(check_kit(folder, formats=["docx"]))
    assert found.startswith("fr/note.docx: “Ce que l’on constate: ")
    assert "the number 999 is not that of the figure owed.obligations" in found


def test_a_number_typed_into_the_prose_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    in_word(folder / "fr" / "note.docx", "word/document.xml", lambda b: b.replace(" outils ", " outils (dont 45) ", 1))
    (found,) = said(check_kit(folder, formats=["docx"]))
    assert "the number 45 leads to no figure" in found


def test_what_the_prose_claims_beyond_its_figures_is_a_warning_with_its_sentence(copied: Callable[[], Path]) -> None:
    folder = copied()
    whole = re.compile(r'(w:anchor="figure-control\.document".*?)de ces heures', re.DOTALL)
    in_word(folder / "fr" / "note.docx", "word/document.xml", lambda b: whole.sub(r"\1", b, count=1))
    (found,) = check_kit(folder, formats=["docx"])
    assert (found.check, found.severity, found.place.file) == ("denominator", "warning", "fr/note.docx")


def test_a_share_rewritten_as_a_phrase_is_held_to_its_figure(copied: Callable[[], Path]) -> None:
    folder = copied()
    share = re.compile(r'(w:anchor="figure-control\.trust".*?<w:t[^>]*>)[^<]+(</w:t>)', re.DOTALL)
    in_word(folder / "fr" / "note.docx", "word/document.xml", lambda b: share.sub(r"\g<1>deux tiers\2", b, count=1))
    (found,) = check_kit(folder, formats=["docx"])
    assert (found.check, found.severity, found.value) == ("rounded", "warning", "deux tiers")
    assert found.fault.render("en").startswith("“Ce que l’on constate: ")


def undrawn(document: Document) -> dict[str, Drawing]:
    return {c.id: Drawing(Path(f"{c.id}.svg"), Path(f"{c.id}.png"), "", 1.0, 1.0) for c in charts_of(document.parts)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_own_prose_claims_nothing_that_its_figures_do_not_bear(audited: Audit, language: str) -> None:
    drawn = draft(with_kit_figures(audited), language)
    found = {
        (document.id, doubt.where, doubt.value)
        for document in documents(drawn)
        for doubt in doubts(tree(document, "docx", undrawn(document))["blocks"], document.figures, language)
    }
    assert found == set()


def test_a_number_led_to_another_figure_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    in_word(
        folder / "fr" / "note.docx", "word/document.xml",
        lambda b: b.replace('w:anchor="figure-owed.obligations"', 'w:anchor="figure-owed.nothing"', 1),
    )  # fmt: skip
    (found,) = said(check_kit(folder, formats=["docx"]))
    assert "leads to 'owed.nothing', which audit.json does not have" in found


def test_a_source_taken_out_of_the_table_of_sources_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    path = folder / "tables" / "sources.csv"
    frame = pd.read_csv(path, dtype="str")
    cited = pd.read_csv(folder / "tables" / "ledger.csv", dtype="str")["source_id"].dropna().iloc[0]
    frame[frame["source_id"] != cited].to_csv(path, index=False)
    found = said(check_kit(folder, formats=[]))
    assert any(f.startswith("tables/ledger.csv, line ") and f"the source '{cited}' is cited" in f for f in found)


def test_a_footnote_whose_address_was_unlinked_is_found(copied: Callable[[], Path]) -> None:
    folder = copied()
    in_word(
        folder / "fr" / "recommendations.docx", "word/footnotes.xml",
        lambda b: re.sub(r"<w:hyperlink [^>]*>(.*?)</w:hyperlink>", r"\1", b, count=1, flags=re.DOTALL),
    )  # fmt: skip
    (found,) = said(check_kit(folder, formats=["docx"]))
    assert found.startswith("fr/recommendations.docx: the footnote “")
    assert "does not lead to http" in found


def test_a_folder_that_is_no_kit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InventoryError) as raised:
        check_kit(tmp_path)
    assert "there is no kit here" in raised.value.findings[0].render("en")
