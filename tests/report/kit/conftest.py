"""The kit of the real association, written once; a copy for each test that tampers with it."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from burden.figures.style import PNG_DPI
from burden.report import drawings
from burden.report.audit import Audit
from burden.report.content import Chart
from burden.report.drawings import Drawing
from burden.report.kit.write import write_kit


def _from(figures: Path, chart: Chart, folder: Path) -> Drawing:
    """The chart that a bundle of the same audit has already."""
    svg, png = (Path(shutil.copy(figures / f"{chart.id}.{form}", folder)) for form in ("svg", "png"))
    with Image.open(png) as image:
        width, height = (pixels / PNG_DPI for pixels in image.size)
        return Drawing(svg, png, image.info["Description"], width, height)


@pytest.fixture(scope="session")
def kit(audited: Audit, bundles: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be read only."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawings, "drawing", partial(_from, bundles("fr") / "figures"))
        return write_kit(audited, tmp_path_factory.mktemp("kit") / "kit", languages=["fr"], formats=["docx", "pdf"])


@pytest.fixture
def copied(kit: Path, tmp_path: Path) -> Callable[[], Path]:
    """The kit with its shorter documents: a check reads those that are there."""
    long = shutil.ignore_patterns("*.pdf", "charts", "report.docx", "tools.docx", "operator-*")
    return lambda: Path(shutil.copytree(kit, tmp_path / "copy", ignore=long))
