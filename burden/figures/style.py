"""One look for all figures: colours that hold in grey, type that holds when projected.

The colours go from dark to light in even steps of lightness (CIE L* 22, 37, 52, 64, 76, 88), so
that they stay apart in grey and for every kind of colour blindness; hatches double them. The
font is DejaVu Sans, bundled with matplotlib: the same figure on every machine, French included.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
from matplotlib.colors import LinearSegmentedColormap, to_rgb

WIDTH_IN = 10.0
"""Width of a figure, inches: 12 pt here is read from the back of a room, 7.6 pt on A4."""

PNG_DPI = 200

TITLE_PT, TEXT_PT, NOTE_PT = 17.0, 12.0, 10.5

INK, MUTED, RULE, PAPER = "#1A1A1A", "#4D4D4D", "#C9C9C9", "#FFFFFF"
PALETTE = ("#12355B", "#9B2F3A", "#1F8A8C", "#E0853C", "#86C5DA", "#F3DA9B")
HATCHES = ("", "//", "", "\\\\", "", "..")
OTHER, OTHER_HATCH = PAPER, "xxx"
"""What is grouped as *other* is paper with a grid, as no step of lightness is left for it."""

MAIN, LIGHT = PALETTE[0], PALETTE[4]

SHADES = LinearSegmentedColormap.from_list(
    "burden", [(0.0, "#F4F7FA"), (0.35, "#C3DBE9"), (0.7, "#7FB2CF"), (1.0, "#12355B")]
)
"""From little to much, ever darker."""

UNDER_TEXT: MappingProxyType[str, Any] = MappingProxyType({"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})
"""What keeps a grid line from crossing a value."""

LAYOUT_PAD_IN = 0.12

RC: MappingProxyType[Any, Any] = MappingProxyType(
    {
        "font.family": ["DejaVu Sans"],
        "font.size": TEXT_PT,
        "axes.titlesize": TITLE_PT,
        "axes.titleweight": "bold",
        "axes.labelsize": TEXT_PT,
        "axes.labelcolor": INK,
        "axes.edgecolor": MUTED,
        "axes.facecolor": PAPER,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": False,
        "figure.facecolor": PAPER,
        "figure.dpi": 100.0,
        "figure.constrained_layout.h_pad": LAYOUT_PAD_IN,
        "figure.constrained_layout.w_pad": LAYOUT_PAD_IN,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.8,
        "legend.frameon": False,
        "legend.fontsize": NOTE_PT,
        "text.color": INK,
        "text.hinting": "none",
        "text.parse_math": False,
        "text.usetex": False,
        "xtick.color": MUTED,
        "xtick.labelcolor": INK,
        "xtick.labelsize": NOTE_PT,
        "ytick.color": MUTED,
        "ytick.labelcolor": INK,
        "ytick.labelsize": TEXT_PT,
        "svg.fonttype": "path",
    }
)
"""Settings under which every figure is drawn; those of the reader's session are left alone."""


@contextmanager
def look() -> Iterator[None]:
    """Draw under the settings of this room; as a decorator too."""
    with mpl.rc_context(dict(RC)):
        yield


def ink_on(colour: object) -> str:
    """Black or white, whichever stands out more on a colour (relative luminance of WCAG 2).

    Examples
    --------
    >>> ink_on(PALETTE[0]), ink_on(PALETTE[-1])
    ('#FFFFFF', '#000000')
    """
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]  # type: ignore[arg-type]
    luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    return PAPER if luminance < 0.179 else "#000000"
