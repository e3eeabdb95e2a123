"""One small inventory, worked by hand in the tests, that each test may change table by table."""

from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build
from burden.model.inventory import Inventory, from_frames
from burden.model.portfolio import Portfolio, portfolio_from_frame

Make = Callable[..., Inventory]

AUTHORITIES = """
gov   state
drees state        gov
dept  departement
crip  departement  dept
ars   ars
judge judiciary
cse   internal
"""
ACTORS = """
essms    establishment
mecs     establishment essms
aemo     establishment essms
operator operator
"""
OBLIGATIONS = """
BUD budget             dept  P1Y   L1|D1
ACC accounts           dept  P1Y   D1
SUR statistical_survey drees P4Y   L1
INC incident_report    dept  event
CSE human_resources    gov   P1Y   L1
"""
DUTIES = """
BUD essms    budget
ACC essms
SUR mecs
INC mecs
INC aemo
CSE operator
"""
CONCEPTS = """
siret     identifier
capacity  quantity
staff     quantity
costs     amount
balance   amount
residents quantity
facts     text
"""
EXCHANGES = """
dept ars   capacity  operational text D1
dept drees residents barred      text
gov  drees staff     planned     text
"""
ASKED = {
    "BUD": "siret capacity staff costs",
    "ACC": "siret staff staff costs balance",
    "SUR": "siret capacity staff residents",
    "INC": "facts",
    "CSE": "staff",
}
RECIPIENTS = {"BUD": "dept ars", "ACC": "dept", "SUR": "drees", "INC": "crip judge", "CSE": "cse"}


def table(text: str, *columns: str) -> pd.DataFrame:
    rows = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame([r + [None] * (len(columns) - len(r)) for r in rows], columns=list(columns))


def requests(asked: dict[str, str]) -> pd.DataFrame:
    rows = [(o, c, f"{c} {i}") for o, concepts in asked.items() for i, c in enumerate(concepts.split())]
    frame = pd.DataFrame(rows, columns=["obligation_id", "concept_id", "label_fr"])
    return frame.assign(
        grain="establishment", reference_period="realised_year", perimeter="whole", unit="count",
        evidence="text",
    )  # fmt: skip


def recipients(reached: dict[str, str]) -> pd.DataFrame:
    rows = [(o, a) for o, authorities in reached.items() for a in authorities.split()]
    return pd.DataFrame(rows, columns=["obligation_id", "authority_id"])


def small_frames() -> dict[str, pd.DataFrame]:
    named = {
        "authorities": table(AUTHORITIES, "authority_id", "level", "parent_id"),
        "actors": table(ACTORS, "actor_id", "kind", "parent_id"),
        "obligations": table(
            OBLIGATIONS, "obligation_id", "instrument", "required_by_id", "period", "legal_base_ids"
        ).assign(silo_id="child-protection", population_id="staff", item_list="complete"),
        "concepts": table(CONCEPTS, "concept_id", "kind").assign(additive="no", personal=False),
        "silos": table("child-protection", "silo_id"),
        "populations": table("staff", "population_id").assign(grain="staff_member"),
        "tags": table("budget\neprd", "tag_id"),
    }
    frames = {name: frame.assign(name_fr="le " + frame.iloc[:, 0], evidence="text") for name, frame in named.items()}
    bases = table("L1 law\nD1 decree gov", "legal_base_id", "level", "amended_by_id")
    duties = table(DUTIES, "obligation_id", "actor_id", "required_tags").assign(share=1.0, evidence="text")
    survey = duties["obligation_id"] == "SUR"
    duties.loc[survey, "threshold_population_id"] = "staff"
    duties.loc[survey, "threshold_minimum"] = 50.0
    return frames | {
        "legal_bases": bases.assign(citation="art. " + bases["legal_base_id"], evidence="text"),
        "duties": duties,
        "requests": requests(ASKED),
        "recipients": recipients(RECIPIENTS),
        "feeds": table("BUD ACC text", "from_obligation_id", "to_obligation_id", "evidence"),
        "holdings": table("drees capacity FINESS operational text\nars staff SRH barred text",
                          "authority_id", "concept_id", "register", "status", "evidence"),
        "exchanges": table(
            EXCHANGES,
            "from_authority_id", "to_authority_id", "concept_id", "status", "evidence", "legal_base_id",
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    """Tables of the small inventory."""
    return small_frames()


@pytest.fixture(scope="session")
def make() -> Make:
    """Build the small inventory with some tables replaced; asked and reached as short texts."""

    def make_inventory(
        *, asked: dict[str, str] | None = None, reached: dict[str, str] | None = None, **changed: pd.DataFrame
    ) -> Inventory:
        frames = small_frames() | changed
        if asked is not None:
            frames["requests"] = requests(asked)
        if reached is not None:
            frames["recipients"] = recipients(reached)
        return from_frames("small", frames)

    return make_inventory


@pytest.fixture(scope="session")
def graph(make: Callable[..., Inventory]) -> nx.MultiDiGraph:
    """The graph of the small inventory."""
    return build(make())


@pytest.fixture(scope="session")
def portfolio() -> Portfolio:
    """An operator with two homes, one of unknown staff, and one home support service."""
    return portfolio_from_frame("one operator", pd.DataFrame({
        "unit_id": ["head", "home-1", "home-2", "support"],
        "operator_id": "head",
        "actor_id": ["operator", "mecs", "mecs", "aemo"],
        "tags": ["", "budget", "eprd", "budget"],
        "staff": [None, 60.0, None, 12.0],
    }))  # fmt: skip


@pytest.fixture(scope="session")
def graph_of_units(make: Callable[..., Inventory], portfolio: Portfolio) -> nx.MultiDiGraph:
    """The graph of the small inventory with the portfolio."""
    return build(make(), portfolio=portfolio)
