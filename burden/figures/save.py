"""Figures as files: the same table gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from burden.figures import style
from burden.figures.frame import alt_text, figure_of, lay_out, title_of

_SALT = "burden"
_PNG_COMPRESSION = 3
"""Of 9: charts come out smaller than at the usual 6, in less time."""


def save(ax: Axes, path_without_suffix: str | Path, *, formats: Sequence[str] = ("svg", "png")) -> tuple[Path, ...]:
    """Write a figure as SVG, letters as outlines, and as PNG at 200 dots per inch.

    No date, no version, no random identifier is written: the bytes depend on the figure alone.
    The title and the alternative text go into the files (SVG ``title`` and ``description``, PNG
    text chunks ``Title`` and ``Description``).

    Returns
    -------
    tuple of Path
        The files, in the order of the formats.
    """
    stem = Path(path_without_suffix)
    paths = tuple(stem.parent / f"{stem.name}.{form}" for form in formats)
    figure = figure_of(ax)
    told = {"Title": title_of(ax) or alt_text(ax), "Description": alt_text(ax)}
    options: dict[str, dict[str, Any]] = {
        "svg": {"metadata": {**told, "Date": None, "Creator": None}},
        "png": {"metadata": {**told, "Software": None}, "dpi": style.PNG_DPI,
                "pil_kwargs": {"compress_level": _PNG_COMPRESSION}},
    }  # fmt: skip
    with style.look(), mpl.rc_context({"svg.hashsalt": _SALT}), _laid_out(figure):
        for form, path in zip(formats, paths, strict=True):
            figure.savefig(path, **options[form])
    return paths


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    """Lay a figure out once for all files, rather than once more, without drawing, for each."""
    engine = figure.get_layout_engine()
    lay_out(figure)
    with mpl.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)
    try:
        yield
    finally:
        figure.set_layout_engine(engine)
