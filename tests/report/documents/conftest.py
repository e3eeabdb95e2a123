"""A small document whose every label is hostile, and the folder that holds its chart."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from burden.model.messages import Text, text
from burden.report.content import Chart, Sentence, Table, charts_of
from burden.report.documents import Document, Facts, Listing, Part, Signature
from burden.report.documents.document import Cited
from burden.report.drawings import Drawing, draw
from burden.report.key_figures import KeyFigure, Rows
from burden.report.kit.figure_list import figure_part

HOSTILE = "*gras* | <b>x</b> # $1$ [a](b) `c` @ref \\input{x} #strong[y] &amp; </w:t> {r} ~ ^ _z_"


@pytest.fixture(scope="session")
def hostile() -> str:
    return HOSTILE


@pytest.fixture(scope="session")
def hours() -> KeyFigure:
    return KeyFigure(
        "burden.hours", text("hours a year"), 12345.6, "h", "sum", Rows("ledger"), "hours", text("all"), "text", 10.0,
        20000.0, 3,
    )  # fmt: skip


@pytest.fixture(scope="session")
def drawings(document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawing]:
    return draw(charts_of(document.parts), tmp_path_factory.mktemp("drawn") / "charts")


def _drawn() -> Axes:
    axes = Figure().add_subplot()
    axes.set_label(f"Alternative: {HOSTILE}")
    return axes


@pytest.fixture(scope="session")
def document(hours: KeyFigure) -> Document:
    small = Table("small", text("{name}", name=HOSTILE), pd.DataFrame({"A": [HOSTILE], "B": ["12"]}), Text("Note"))
    wide = Table("wide", Text("Wide"), pd.DataFrame({f"measured{n}": [str(n)] for n in range(12)}))
    said = Sentence(Text("Hours {hours} ({low}); {name}.", {"hours": hours, "low": (hours, "low"), "name": HOSTILE}))
    parts = (
        Part("one", Text("First : {name}", {"name": HOSTILE}), (said, small, Chart("drawn", _drawn, small))),
        Part("two", Text("Second"), (small, wide, wide, Cited(said, ("law",)), Listing((said,))), level=2),
        Part("three", Text("Third"), (Facts(((Text("Term"), (said,)),)), Signature((Text("Signed:"),))), new_page=True),
    )
    sources = pd.DataFrame(
        {"source_id": ["law"], "citation": [HOSTILE], "url": ["https://example.org/a_b?c=d#e"], "date_read": [None]}
    )
    known = {hours.id: hours}
    closing = figure_part(parts, known, "fr")
    return Document("sample", Text("{t}", {"t": HOSTILE}), Text("Sub"), "fr", (*parts, *closing), known, sources)
