"""A bundle that may leave the house: nobody named, and no number that says too much of too few.

In: an inventory, a portfolio, and how many operators a number must cover. Out: a folder of tables whose
hidden cells have been attacked as a reader could, with a statement of what it holds and what it hides.

>>> import burden as bd
>>> from burden.report import shared
>>> shared.run(bd.example("four-tools"), bd.example_portfolio("four-tools"), at_least=1).hidden
frozenset()
"""

from burden.report.shared.run import Shared, run, write_shared

__all__ = ["Shared", "run", "write_shared"]
