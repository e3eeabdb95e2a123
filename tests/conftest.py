"""What several rooms' tests share: the repository's inventories and the toy."""

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import Image

import burden as bd
from burden.report import drawings, processes
from burden.report.content import Chart

# The long run breaks ten thousand files and kills five hundred writers: see CONTRIBUTING.md.
settings.register_profile("long", max_examples=1_000, deadline=None)
if "HYPOTHESIS_PROFILE" in os.environ:
    settings.load_profile(os.environ["HYPOTHESIS_PROFILE"])

# What is imported lives as long as the tests: looking through it for what can go takes a tenth of the time.
gc.freeze()
gc.set_threshold(100_000, 50, 50)

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real() -> bd.Inventory:
    return bd.read(ROOT / "inventories")


@pytest.fixture(scope="session")
def association() -> bd.Portfolio:
    return bd.read_portfolio(ROOT / "inventories/portfolios/home-intervention-association.csv")


@pytest.fixture(scope="session")
def toy() -> bd.Inventory:
    return bd.example("four-tools")


@pytest.fixture(scope="session")
def toy_portfolio() -> bd.Portfolio:
    return bd.example_portfolio("four-tools")


@pytest.fixture(autouse=True)
def _in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: each worker of the tests has a processor already (tests/test_cli.py starts others)."""

    @contextmanager
    def in_turn() -> Iterator[Executor]:
        yield processes.InTurn()

    monkeypatch.setattr(processes, "other_processes", in_turn)


def _sketch(chart: Chart, folder: Path) -> drawings.Drawing:
    svg, png = folder / f"{chart.id}.svg", folder / f"{chart.id}.png"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', encoding="utf-8")
    Image.new("L", (10, 5)).save(png)
    return drawings.Drawing(svg, png, chart.id, 10.0, 5.0)


@pytest.fixture(scope="session")
def sketch() -> Callable[[Chart, Path], drawings.Drawing]:
    """A blank chart, for what is not about charts."""
    return _sketch


@pytest.fixture(autouse=True)
def _sketched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank charts in what a test writes itself; what is written once for a session has the real ones."""
    monkeypatch.setattr(drawings, "drawing", _sketch)
