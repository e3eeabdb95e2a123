"""An inventory as a networkx graph, and the questions that only a graph answers.

In: an inventory, perhaps a portfolio (:func:`build`); then the graph, for everything else.
Out: what falls on an actor and where it comes from, its counterparts, what a removal brings
down, families of obligations, authorities in the middle; GraphML, GEXF, JSON. No sums here.
"""

from burden.graph.build import build
from burden.graph.counterparts import counterparts
from burden.graph.export import write_graph
from burden.graph.families import families
from burden.graph.impact import EFFECTS, impact
from burden.graph.middle import in_the_middle
from burden.graph.views import (
    obligations_and_concepts,
    of_actor,
    of_authority,
    owed_by,
    required_by,
)

__all__ = [
    "EFFECTS",
    "build",
    "counterparts",
    "families",
    "impact",
    "in_the_middle",
    "obligations_and_concepts",
    "of_actor",
    "of_authority",
    "owed_by",
    "required_by",
    "write_graph",
]
