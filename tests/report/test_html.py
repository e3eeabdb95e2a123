import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report.audit import Audit
from burden.report.bundle import audit_json

pytestmark = pytest.mark.xdist_group("report")


class Page(HTMLParser):
    """Identifiers, data elements and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.numbers: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.runs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attributes}
        self.tags.append(tag)
        self.runs += [a for a, v in attributes if a.startswith("on") or (v or "").startswith("javascript:")]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "data":
            self.numbers.append(found)


@pytest.fixture
def page(bundle: Path) -> Page:
    return Page((bundle / "report.html").read_text(encoding="utf-8"))


def test_every_number_of_a_sentence_stands_in_audit_json(bundle: Path, page: Page) -> None:
    figures = {f["id"]: f for f in json.loads((bundle / "audit.json").read_text(encoding="utf-8"))["figures"]}
    assert page.numbers
    for found in page.numbers:
        assert float(found["value"]) == figures[found["data-figure"]][found["data-bound"]]


def test_no_sentence_holds_a_digit_outside_a_figure(bundle: Path) -> None:
    html = (bundle / "report.html").read_text(encoding="utf-8")
    # The method has numbers of its own; names of tools are quoted and may have some; a year is a date.
    said = re.findall(r"<p>(.*?)</p>", html[html.index('id="findings"') : html.index('id="method"')], flags=re.DOTALL)
    assert said
    for sentence in said:
        words = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<data[^>]*>.*?</data>", "", sentence)))
        assert not re.search(r"\d", re.sub(r"[«“].*?[»”]|\b20\d\d\b", "", words)), words


def test_identifiers_are_unique_in_the_page(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))


def test_the_page_fetches_nothing_and_runs_nothing(bundle: Path, page: Page) -> None:
    html = (bundle / "report.html").read_text(encoding="utf-8")
    assert "script" not in page.tags
    assert not re.search(r'(src|href)="(?!#|https?://www\.w3\.org)', html)


def test_every_chart_has_words_and_a_table(bundle: Path) -> None:
    html = (bundle / "report.html").read_text(encoding="utf-8")
    assert html.count('role="img" aria-label="') == html.count("<figure") == html.count("<details>") > 0


def test_the_page_says_its_language(bundle: Path) -> None:
    assert f'<html lang="{bundle.name}">' in (bundle / "report.html").read_text(encoding="utf-8")


def test_the_same_audit_gives_the_same_bytes(toy_audit: Audit, tmp_path: Path) -> None:
    for folder in ("once", "again"):
        toy_audit.write(tmp_path / folder)
    for name in ("report.html", "audit.json", "graph.graphml", "tables/ledger.csv", "tables/tables.xlsx"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "once" / name).read_bytes(), name


def test_markup_in_a_label_is_inert(toy_audit: Audit, tmp_path: Path) -> None:
    said = '"><img src=x onerror=alert(1)><script>alert(2)</script>--> ]]> &{a} %s {0}'
    inv = toy_audit.inventory
    named = {t: inv[t].assign(name_fr=said, name_en=said) for t in ("obligations", "authorities", "concepts", "actors")}
    hostile = bd.audit.run(with_tables(inv, named), toy_audit.portfolio)
    hostile.write(tmp_path / "audit", language="en")
    page = Page((tmp_path / "audit/report.html").read_text(encoding="utf-8"))
    assert not {"script", "img"} & set(page.tags)
    assert page.runs == []
    for drawing in (tmp_path / "audit").glob("figures/*.svg"):
        assert "script" not in {e.tag.rpartition("}")[2] for e in ElementTree.parse(drawing).iter()}
    nodes = ElementTree.parse(tmp_path / "audit/graph.graphml").iter("{http://graphml.graphdrawing.org/xmlns}data")
    assert said in {node.text for node in nodes}


def test_json_of_the_same_audit_is_the_same(toy_audit: Audit) -> None:
    assert audit_json(toy_audit) == audit_json(toy_audit)
