"""The charts of a report as files; drawn by other processes where the caller has some."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from burden import figures
from burden.report.content import Chart
from burden.report.processes import InTurn


@dataclass(frozen=True)
class Drawing:
    """A chart as files.

    Attributes
    ----------
    svg, png : Path
        The files.
    alt : str
        What it says, in words, for those who do not see it.
    width_in, height_in : float
        Its size, inches.
    """

    svg: Path
    png: Path
    alt: str
    width_in: float
    height_in: float


def draw(charts: Iterable[Chart], folder: Path, *, executor: Executor | None = None) -> dict[str, Drawing]:
    """Save every chart in a folder, which is made.

    Parameters
    ----------
    executor : Executor, optional
        Where they are drawn (:mod:`burden.report.processes`).

    Returns
    -------
    dict of str to Drawing
        By identifier of the chart.
    """
    folder.mkdir(parents=True)
    every = {chart.id: chart for chart in charts}
    drawn = (executor or InTurn()).map(drawing, every.values(), [folder] * len(every))
    return dict(zip(every, drawn, strict=True))


def drawing(chart: Chart, folder: Path) -> Drawing:
    """Draw one chart and save it."""
    axes = chart.draw()
    svg, png = figures.save(axes, folder / chart.id, formats=["svg", "png"])
    width, height = figures.size_in(axes)
    return Drawing(svg, png, figures.alt_text(axes), width, height)
