"""What the report says of the two versions, in both languages; nothing where there is one only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report.content import Reading, Section, Sentence, Table
from burden.report.html import sentence
from burden.report.kit.draft import draft
from burden.report.kit.figures import with_kit_figures
from burden.report.kit.report import report
from burden.report.names import names
from burden.report.versions.comparing import Version, with_changes
from burden.report.versions.section import sections

pytestmark = pytest.mark.xdist_group("report")


def section(audit: bd.audit.Audit, language: str) -> Section:
    (one,) = sections(Reading(audit, language, names(audit.inventory, language)))
    return one


def said(audit: bd.audit.Audit, language: str) -> str:
    sentences = [b for b in section(audit, language).blocks if isinstance(b, Sentence)]
    return "\n".join(re.sub("<[^>]*>", "", str(sentence(s, language))) for s in sentences)


def tables(audit: bd.audit.Audit, language: str) -> dict[str, Table]:
    return {b.id: b for b in section(audit, language).blocks if isinstance(b, Table)}


@pytest.fixture(scope="module")
def unchanged(toy_audit: bd.audit.Audit, earlier: Version) -> bd.audit.Audit:
    return with_changes(toy_audit, earlier, earlier)


def test_real_change_and_re_estimate_are_two_sentences(found: bd.audit.Audit) -> None:
    lines = said(found, "en").split("\n")
    assert len([s for s in lines if s.startswith("Real change") and "0.5 h a year less and 0 h more" in s]) == 1
    assert len([s for s in lines if s.startswith("Re-estimate") and "0 h a year less and 0.5 h more" in s]) == 1


def test_each_tool_is_in_the_table_of_its_kind_with_the_reason(found: bd.audit.Audit) -> None:
    shown = tables(found, "en")
    rows = {kind: shown[f"versions_{kind}"].frame.iloc[:, :3].to_numpy().tolist() for kind in ("scope", "real")}
    assert rows["scope"] == [["CPOM (multi-year contract)", "−1", "tool no longer in the inventory"]]
    assert rows["real"] == [["performance dashboard", "−0.5", "period"]]


def test_an_audit_that_did_not_change_says_so(unchanged: bd.audit.Audit) -> None:
    assert "Nothing that is counted differs" in said(unchanged, "en")
    assert list(tables(unchanged, "en")) == ["versions_headline"]


def test_a_line_that_became_known_is_said(toy_audit: bd.audit.Audit, earlier: Version) -> None:
    inv, ptf = earlier
    requests = inv.requests
    requests.loc[(requests["obligation_id"] == "ES") & (requests["label_fr"] == "ETP"), "minutes"] = float("nan")
    known = with_changes(toy_audit, (with_tables(inv, {"requests": requests}), ptf), earlier)
    assert "are known now: 1. They now count for 0.042 h a year" in said(known, "en")
    assert tables(known, "en")["versions_unknown"].frame["Hours before"].tolist() == ["unknown"]


def test_french_and_english_say_the_same_in_their_own_words(found: bd.audit.Audit) -> None:
    french, english = (section(found, language) for language in ("fr", "en"))
    assert [type(b) for b in french.blocks] == [type(b) for b in english.blocks]
    assert not set(said(found, "fr").split("\n")) & set(said(found, "en").split("\n"))
    pairs = zip(tables(found, "fr").values(), tables(found, "en").values(), strict=True)
    assert [f.id for f, e in pairs if f.caption.render("fr") == e.caption.render("en")] == []


def test_an_audit_of_one_version_has_no_such_section(toy_audit: bd.audit.Audit) -> None:
    assert sections(Reading(toy_audit, "en", names(toy_audit.inventory, "en"))) == ()


def test_the_bundle_has_the_section_and_its_tables(found: bd.audit.Audit, tmp_path: Path) -> None:
    page = found.write(tmp_path / "audit", language="en").read_text(encoding="utf-8")
    assert "What changed since the earlier version" in page
    assert (tmp_path / "audit/tables/versions_moves.csv").is_file()
    assert (tmp_path / "audit/figures/versions_kinds.svg").is_file()


def test_the_full_report_of_the_kit_has_the_section_as_a_chapter(found: bd.audit.Audit) -> None:
    parts = {p.id: p for p in report(draft(with_kit_figures(found), "fr")).parts}
    assert parts["versions"].title.render("fr") == "Ce qui a changé depuis la version antérieure"
    assert parts["versions"].level == 1
