"""Table-figures, laid out in points: rows of a given height, whatever stands above and below them."""

from __future__ import annotations

from matplotlib.axes import Axes

from burden.figures import frame

_POINTS_PER_INCH = 72.0


def at_height(ax: Axes, height_pt: float) -> Axes:
    """Make a figure taller or shorter, so that its only drawing area is as high as its rows need.

    A long title or note would otherwise press the rows together, a short one pull them apart.
    """
    figure = frame.figure_of(ax)
    missing = height_pt - frame.size_pt(ax)[1]
    width, height = figure.get_size_inches()
    figure.set_size_inches(width, height + missing / _POINTS_PER_INCH)
    return ax
