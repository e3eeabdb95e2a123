"""The report as one self-contained page: no script, nothing fetched, made to be printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from burden.model.messages import Text, catalogue
from burden.report.content import Chart, Section, Sentence, Table
from burden.report.drawings import Drawing
from burden.report.key_figures import KeyFigure


def render_html(title: Text, sections: tuple[Section, ...], drawings: Mapping[str, Drawing], language: str) -> str:
    """The page of a report.

    Parameters
    ----------
    drawings : mapping of str to Drawing
        Each chart as files, by its identifier.

    Every number of a sentence is a ``<data>`` element whose title and identifier lead to
    ``audit.json``.
    """
    environment = Environment(
        loader=PackageLoader("burden.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template("report.html.jinja")
    return template.render(
        language=language,
        title=title.render(language),
        style=Markup(resources.files("burden.report").joinpath("templates/report.css").read_text("utf-8")),
        sections=sections,
        say=_sayer(language),
        sentence=lambda s: sentence(s, language),
        svg=lambda chart: inline_svg(chart, drawings[chart.id]),
        is_sentence=lambda b: isinstance(b, Sentence),
        is_table=lambda b: isinstance(b, Table),
        _=catalogue(language).gettext,
    )


def _sayer(language: str) -> Callable[[Text], str]:
    return lambda words: words.render(language)


def sentence(block: Sentence, language: str) -> Markup:
    """A sentence with its numbers marked."""
    values = {k: _value(v, language) for k, v in block.text.values.items()}
    return Markup(escape(block.text.template_in(language))).format(**values)


def _value(value: Any, language: str) -> Markup:
    if isinstance(value, KeyFigure):
        return _data(value, "value", language)
    if isinstance(value, tuple):
        return _data(value[0], value[1], language)
    return escape(value.render(language) if isinstance(value, Text) else value)


def _data(figure: KeyFigure, bound: str, language: str) -> Markup:
    return Markup('<data value="{}" data-figure="{}" data-bound="{}" title="{}">{}</data>').format(
        getattr(figure, bound), figure.id, bound, figure.name.render(language), figure.shown(language, bound)
    )


def inline_svg(chart: Chart, drawing: Drawing) -> Markup:
    """A chart within the page, with its words for those who do not see it."""
    body = drawing.svg.read_text(encoding="utf-8")
    body = body[body.index("<svg") :]
    # Each drawing numbers its parts from the start; in one page they must differ.
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{chart.id}-", body)
    label = escape(drawing.alt)
    return Markup(body.replace("<svg", f'<svg role="img" aria-label="{label}"', 1))
