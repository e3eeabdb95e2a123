"""Tables small enough to work out by hand, and what makes a drawn figure legible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from burden import figures
from burden.figures.frame import figure_of
from tests.figures import call_rows, contract_rows, plan_rows, size_rows

LABELS = {
    "departement": "Conseil départemental",
    "ars": "Agence régionale de santé (ARS)",
    "pjj": "Protection judiciaire de la jeunesse (DPJJ, DIRPJJ, DTPJJ)",
    "ddets": "Direction départementale de l'emploi, du travail et des solidarités (DDETS)",
    "staff": "effectifs par grade ou qualification (équivalents temps plein, au 31 décembre)",
    "capacity": "capacité autorisée",
    "board": "liste des membres du conseil d'administration",
    "A": "Propositions budgétaires annuelles et rapport budgétaire annexé aux propositions",
    "B": "Compte administratif de clôture",
    "C": "Rapport d'activité joint au compte administratif",
    "D": "Programme d'investissement, plan de financement et emprunts de plus d'un an (PPI)",
}


@pytest.fixture
def labels() -> dict[str, str]:
    return dict(LABELS)


@pytest.fixture
def hours() -> pd.DataFrame:
    """200 h: département 120 + 30, ARS 30, PJJ 20; three lines of the PJJ without a duration."""
    return pd.DataFrame(
        [
            ("departement", "budget", "A", 120.0, 90.0, 200.0, 0),
            ("departement", "accounts", "B", 30.0, 20.0, 40.0, 0),
            ("ars", "cpom", "C", 30.0, 10.0, 60.0, 0),
            ("pjj", "activity_report", "D", 20.0, 20.0, 20.0, 2),
            ("ddets", "grant", "E", np.nan, np.nan, np.nan, 1),
        ],
        columns=[
            "required_by_id", "instrument", "obligation_id", "hours_per_year",
            "hours_per_year_low", "hours_per_year_high", "rows_unmeasured",
        ],
    )  # fmt: skip


@pytest.fixture
def repeats() -> pd.DataFrame:
    """Staff 60 to 90 h, capacity 20 to 20 h, board members unknown."""
    return pd.DataFrame(
        [
            ("mecs", "staff", 40.0, 60.0, 3, 2, "ars|departement"),
            ("operator", "staff", 20.0, 30.0, 3, 2, "departement|pjj"),
            ("mecs", "capacity", 20.0, 20.0, 2, 1, "departement"),
            ("mecs", "board", np.nan, np.nan, 2, 1, "departement"),
        ],
        columns=[
            "actor_id", "concept_id", "repeat_h_per_year", "repeat_h_per_year_high",
            "obligations", "authorities", "authority_ids",
        ],
    )  # fmt: skip


@pytest.fixture
def pairs() -> pd.DataFrame:
    return pd.DataFrame(
        [("A", "C", 0.8), ("B", "D", 0.5), ("A", "B", 0.1), ("C", "D", 0.05)], columns=["a", "b", "jaccard"]
    )


@pytest.fixture
def requests() -> pd.DataFrame:
    """Five pieces of information: two in A and B, one in A, B and C, one in B, one in D."""
    asked = {"A": "123", "B": "1234", "C": "3", "D": "5"}
    rows = [(tool, f"c{item}") for tool, items in asked.items() for item in items]
    return pd.DataFrame(rows, columns=["obligation_id", "concept_id"])


@pytest.fixture
def evidence() -> pd.DataFrame:
    steps = [
        ("text", 0.08, 0.12, 22, 140),
        ("old_text", 0.2, 0.3, 61, 520),
        ("recalled", 0.26, 0.36, 105, 1124),
    ]
    return pd.DataFrame(
        [(e, "harmonise", low, high, o, r, 41) for e, low, high, o, r in steps],
        columns=[
            "evidence", "reuse", "redundancy", "redundancy_high", "obligations", "requests", "unmeasured",
        ],
    )  # fmt: skip


@pytest.fixture
def uses() -> pd.DataFrame:
    """200 h: budget 60 observed and 100 stated, accounts 40 not known; a grant without a duration."""
    rows = [("budget", "observed", 60.0, 1), ("budget", "stated", 100.0, 0), ("accounts", "unknown", 40.0, 0),
            ("grant", "unknown", np.nan, 2)]  # fmt: skip
    return pd.DataFrame(rows, columns=["instrument", "known_use", "hours_per_year", "rows_unmeasured"])


@pytest.fixture
def ways() -> pd.DataFrame:
    """200 h: département 100 documents, as it goes, use observed, and 20 declared after, none found; ARS 80 stated."""
    rows = [
        ("departement", "continuous", "document", 100.0, 100.0, 0.0, 0.0, 0.0, 0),
        ("departement", "ex_post", "declaration", 20.0, 0.0, 0.0, 20.0, 0.0, 1),
        ("ars", "ex_ante", "inspection", 80.0, 0.0, 80.0, 0.0, 0.0, 0),
        ("pjj", "unknown", "unknown", np.nan, np.nan, np.nan, np.nan, np.nan, 2),
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "required_by_id", "timing", "proof", "hours_per_year", "observed_use_h_per_year",
            "stated_use_h_per_year", "none_found_h_per_year", "unknown_use_h_per_year", "rows_unmeasured",
        ],
    )  # fmt: skip


@pytest.fixture
def covers() -> pd.DataFrame:
    """Staff looked at by A and B, capacity by A alone and cited by B; the board cited by C alone."""
    rows = [("A", "staff", 0.8, "assumed"), ("B", "staff", 0.05, "assumed"), ("A", "capacity", 0.5, "assumed"),
            ("B", "capacity", 0.0, "text"), ("C", "board", 0.0, "text")]  # fmt: skip
    return pd.DataFrame(rows, columns=["obligation_id", "criterion_id", "coverage", "evidence"])


@pytest.fixture
def moved() -> pd.DataFrame:
    """Scope 120 h less and 30 more, real 45 less and 12 more, estimated 210 h more."""
    rows = [("scope", 120.0, 30.0, -90.0, 3), ("real", 45.0, 12.0, -33.0, 4), ("re-estimate", 0.0, 210.0, 210.0, 6)]
    return pd.DataFrame(rows, columns=["kind", "less", "more", "amount", "tools"])


Draw = Callable[[str], Axes]


@pytest.fixture(
    params=[
        "authorities",
        "actor",
        "repeats",
        "overlaps",
        "sets",
        "evidence",
        "known_use",
        "control_profile",
        "controls_on_criteria",
        "pareto",
        "call_cost",
        "procedures",
        "burden_by_size",
        "control_stack",
        "critical_size",
        "plan_front",
        "plan_measures",
        "plan_actor",
        "plan_decisions",
        "what_changed",
    ],
)
def draw_anew(
    request: pytest.FixtureRequest,
    labels: dict[str, str],
    hours: pd.DataFrame,
    repeats: pd.DataFrame,
    pairs: pd.DataFrame,
    requests: pd.DataFrame,
    evidence: pd.DataFrame,
    uses: pd.DataFrame,
    ways: pd.DataFrame,
    covers: pd.DataFrame,
    moved: pd.DataFrame,
) -> Draw:
    """Each figure in turn, in the language asked, on Axes of its own."""
    drawn: dict[str, Draw] = {
        "authorities": lambda lang: figures.burden_by_authority(hours, labels=labels, language=lang),
        "actor": lambda lang: figures.load_on_actor(hours, actor="MECS", labels=labels, language=lang),
        "repeats": lambda lang: figures.repeated_information(repeats, labels=labels, language=lang),
        "overlaps": lambda lang: figures.overlap_matrix(pairs, labels=labels, language=lang),
        "sets": lambda lang: figures.tool_sets(requests, labels=labels, language=lang),
        "evidence": lambda lang: figures.evidence_range(evidence, language=lang),
        "known_use": lambda lang: figures.known_use(uses, labels=labels, language=lang),
        "call_cost": lambda lang: figures.call_cost(call_rows.curve(), language=lang),
        "procedures": lambda lang: figures.procedures(call_rows.procedures(), labels=labels, language=lang),
        "control_profile": lambda lang: figures.control_profile(ways, labels=labels, language=lang),
        "controls_on_criteria": lambda lang: figures.controls_on_criteria(covers, labels=labels, language=lang),
        "pareto": lambda lang: figures.pareto_curve(hours, labels=labels, language=lang),
        "critical_size": lambda lang: figures.critical_size(contract_rows.curve(), language=lang, own=3),
        "burden_by_size": lambda lang: figures.burden_by_size(size_rows.curve(), labels=labels, language=lang),
        "control_stack": lambda lang: figures.control_stack(
            size_rows.stack(), actor="MECS", labels=labels, language=lang
        ),
        "plan_front": lambda lang: figures.plan_front(plan_rows.front(), language=lang),
        "plan_measures": lambda lang: figures.plan_measures(
            plan_rows.measures(), labels=labels | plan_rows.NAMES, language=lang
        ),
        "plan_actor": lambda lang: figures.plan_actor(
            plan_rows.today(), plan_rows.after(), plan_rows.untouched(), actor="MECS", labels=labels, language=lang
        ),
        "what_changed": lambda lang: figures.what_changed(moved, before=1200.0, after=1287.0, language=lang),
        "plan_decisions": lambda lang: figures.plan_decisions(
            plan_rows.measures(), plan_rows.acts(), plan_rows.gateways(), labels=labels | plan_rows.NAMES, language=lang
        ),
    }
    return drawn[request.param]


_DRAWN: dict[tuple[str, str], Axes] = {}


@pytest.fixture
def draw(request: pytest.FixtureRequest, draw_anew: Draw) -> Draw:
    """Each figure in turn, drawn once for all tests that only look at it."""
    name = request.node.callspec.params["draw_anew"]

    def once(language: str) -> Axes:
        if (name, language) not in _DRAWN:
            _DRAWN[name, language] = draw_anew(language)
        return _DRAWN[name, language]

    return once


def _drawn_texts(ax: Axes) -> Iterator[tuple[str, Bbox]]:
    """Texts that show, with their extent; ticks beyond the ends of an axis do not show."""
    figure = figure_of(ax)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    hidden: set[Text] = set()
    for part in figure.findobj(Axes):
        assert isinstance(part, Axes)
        for axis in (part.xaxis, part.yaxis):
            hidden |= _out_of_range(axis)
            if not part.axison:
                hidden |= {axis.label, axis.offsetText, *axis.get_ticklabels()}
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        if artist.get_visible() and artist.get_text().strip() and artist not in hidden:
            yield artist.get_text(), artist.get_window_extent(renderer)


def _out_of_range(axis: Axis) -> set[Text]:
    low, high = sorted(axis.get_view_interval())
    out = [t for t in axis.get_major_ticks() if not low - 1e-9 <= t.get_loc() <= high + 1e-9]
    return {label for tick in out for label in (tick.label1, tick.label2)}


@pytest.fixture
def illegible() -> Callable[[Axes], list[str]]:
    """What cannot be read in a drawn figure: texts over one another, or cut off."""

    def find(ax: Axes) -> list[str]:
        texts = list(_drawn_texts(ax))
        page = figure_of(ax).bbox
        cut = [
            f"cut off: {said!r}"
            for said, box in texts
            if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
        ]
        over = [
            f"{one!r} over {other!r}"
            for (one, a), (other, b) in combinations(texts, 2)
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
        ]
        return cut + over

    return find
