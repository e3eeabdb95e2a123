"""What every figure has: its Axes, the finding as a title, a note under it, a text in its stead."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation, Transform

from burden.figures import lettering, style
from burden.model.messages import Text

_POINTS_PER_INCH = 72.0
_FULL = 0.94
"""Part of the width that lines fill: letters hinted to a coarse screen are up to 3 % wider."""


def new_axes(ax: Axes | None, *, height_in: float) -> Axes:
    """The Axes given, or those of a new figure laid out by matplotlib's constrained layout."""
    if ax is not None:
        return ax
    figure = Figure(figsize=(style.WIDTH_IN, height_in), layout="constrained")
    # A canvas that keeps its renderer: a text is measured once, not at each layout.
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def figure_of(ax: Axes) -> Figure:
    """The figure that holds the Axes, at whatever depth."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("these Axes are on no figure")
    return figure


def lay_out(figure: Figure) -> None:
    """Give everything its place, without drawing it; as it is, where nothing has changed since."""
    engine = figure.get_layout_engine()
    if engine is not None and figure.stale:
        engine.execute(figure)
        figure.stale = False


def size_pt(ax: Axes) -> tuple[float, float]:
    """Width and height of the drawing area once everything around it has its place, points."""
    figure = figure_of(ax)
    lay_out(figure)
    box = ax.get_window_extent()
    scale = _POINTS_PER_INCH / figure.dpi
    return box.width * scale, box.height * scale


def size_in(ax: Axes) -> tuple[float, float]:
    """Width and height of the whole figure, inches.

    Returns
    -------
    tuple of float
        Width, height.
    """
    width, height = figure_of(ax).get_size_inches()
    return float(width), float(height)


def height_pt(artist: Artist) -> float:
    """Height of something drawn, points."""
    figure = artist.get_figure(root=True)
    if figure is None:
        return 0.0
    lay_out(figure)
    return float(artist.get_window_extent().height) * _POINTS_PER_INCH / figure.dpi


def hours_axis(ax: Axes, label: Text, language: str) -> None:
    """A horizontal axis of quantities from zero, written as the language writes numbers."""
    ax.set_xlabel(label.render(language), loc="left")
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.number(value, language)))
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def room_for(ax: Axes, ends: Sequence[float], labels_pt: Sequence[float]) -> None:
    """Widen the horizontal axis so that a label of a given width fits after each end."""
    width, _ = size_pt(ax)
    gap = 10.0
    needed = [e / max(1 - (w + gap) / width, 0.2) for e, w in zip(ends, labels_pt, strict=True)]
    ax.set_xlim(0, max([*needed, 1e-9]))


def margins_pt(ax: Axes) -> tuple[float, float, float]:
    """What stands left of and below the drawing area, and the width of it all, points."""
    figure = figure_of(ax)
    lay_out(figure)
    inner, outer = ax.get_window_extent(), ax.get_tightbbox()
    if outer is None:
        return 0.0, 0.0, inner.width * _POINTS_PER_INCH / figure.dpi
    scale = _POINTS_PER_INCH / figure.dpi
    return (inner.x0 - outer.x0) * scale, (inner.y0 - outer.y0) * scale, outer.width * scale


def shifted(ax: Axes, *, left_pt: float = 0.0, up_pt: float = 0.0) -> Transform:
    """A move by so many points, whatever the size of the drawing area becomes."""
    inches = figure_of(ax).dpi_scale_trans
    return ScaledTranslation(-left_pt / _POINTS_PER_INCH, up_pt / _POINTS_PER_INCH, inches)


def finish(ax: Axes, *, title: str, note: Sequence[str] = (), alt: str = "", above_pt: float = 0.0) -> Axes:
    """Set the title and the note to the width of the whole figure, and the alternative text.

    Parameters
    ----------
    above_pt : float
        Room to leave between the drawing and its title, for a key.
    """
    left, below, whole = margins_pt(ax)
    width = _FULL * whole
    lines = lettering.balanced(title, into_pt=width, size=style.TITLE_PT, weight="bold")
    artist = ax.set_title(lines, loc="left", pad=12 + above_pt, color=style.INK, linespacing=1.15)
    artist.set_transform(artist.get_transform() + shifted(ax, left_pt=left))
    sentences = [lettering.wrapped(s, into_pt=width, size=style.NOTE_PT) for s in note if s]
    if sentences:
        ax.annotate(
            "\n".join(sentences),
            xy=(0, 0),
            xycoords="axes fraction",
            xytext=(-left, -below - 8),
            textcoords="offset points",
            va="top",
            fontsize=style.NOTE_PT,
            color=style.MUTED,
            linespacing=1.35,
            annotation_clip=False,
        )
    ax.set_label(" ".join(s for s in (_sentence(title), alt, *note) if s))
    return ax


def _sentence(title: str) -> str:
    return title if title.endswith((".", "!", "?")) else f"{title}."


def nothing_to_show(ax: Axes | None, sentence: Text, language: str) -> Axes:
    """Axes that say in one sentence why there is no figure."""
    ax = new_axes(ax, height_in=2.4)
    ax.axis("off")
    said = sentence.render(language)
    lines = lettering.wrapped(said, into_pt=0.85 * style.WIDTH_IN * _POINTS_PER_INCH)
    ax.text(0.5, 0.5, lines, transform=ax.transAxes, ha="center", va="center", color=style.MUTED)
    ax.set_label(said)
    return ax


def value_label(ax: Axes, words: str, at: tuple[float, float], *, gap_pt: float = 7.0, weight: str = "normal") -> None:
    """A value written right of what it measures."""
    ax.annotate(
        words, at, (gap_pt, 0), textcoords="offset points", va="center", weight=weight,
        bbox=dict(style.UNDER_TEXT),
    )  # fmt: skip


def title_of(ax: Axes) -> str:
    """The finding that the title states, on one line; empty where there is nothing to show.

    Returns
    -------
    str
        Without the line breaks of the drawing.
    """
    return " ".join(ax.get_title(loc="left").split("\n"))


def alt_text(ax: Axes) -> str:
    """What the figure says, in words, for those who do not see it.

    Every function of this room keeps it as the label of its Axes (``Axes.get_label``): the
    finding, then the values drawn, then the note. :func:`burden.figures.save` writes it into the
    files as their description.

    Returns
    -------
    str
        The label of the Axes.
    """
    return str(ax.get_label())
