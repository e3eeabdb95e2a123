"""Figures as files: the same table gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes

from burden.figures import style
from burden.figures.frame import alt_text, figure_of, title_of

_SALT = "burden"


def save(ax: Axes, path_without_suffix: str | Path) -> tuple[Path, Path]:
    """Write a figure as SVG, letters as outlines, and as PNG at 200 dots per inch.

    No date, no version, no random identifier is written: the bytes depend on the figure alone.
    The title and the alternative text go into the files (SVG ``title`` and ``description``, PNG
    text chunks ``Title`` and ``Description``).

    Returns
    -------
    tuple of Path
        The SVG file and the PNG file.
    """
    stem = Path(path_without_suffix)
    svg, png = (stem.parent / f"{stem.name}{suffix}" for suffix in (".svg", ".png"))
    figure = figure_of(ax)
    title, description = title_of(ax) or alt_text(ax), alt_text(ax)
    with style.look(), mpl.rc_context({"svg.hashsalt": _SALT}):
        figure.savefig(svg, metadata={"Title": title, "Description": description, "Date": None, "Creator": None})
        figure.savefig(png, dpi=style.PNG_DPI, metadata={"Title": title, "Description": description, "Software": None})
    return svg, png
