"""The report in a browser, as somebody with a keyboard or a screen reader meets it."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.xdist_group("report"),
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module", params=["fr", "en"])
def page(request: pytest.FixtureRequest, browser: Browser, bundles: Callable[[str], Path]) -> Iterator[Page]:
    """Opened once a language: the tests below go down it as a reader would."""
    opened = browser.new_page()
    opened.goto(f"file://{bundles(request.param)}/report.html")
    yield opened
    opened.close()


def test_axe_finds_no_violation(page: Page) -> None:
    # What a drawing is made of is hidden from those who do not see it: its words stand in its label.
    page.evaluate("document.querySelectorAll('svg > *').forEach(part => part.remove())")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_first_tab_stop_skips_to_the_findings(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#findings"


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "found => found.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_wider_than_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_table_under_a_chart_opens_with_the_keyboard(page: Page) -> None:
    page.focus("summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open")
