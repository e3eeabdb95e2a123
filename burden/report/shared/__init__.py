"""A bundle that may leave the house: nobody named, and no number that says too much of too few.

>>> import burden as bd
>>> from burden.report import shared
>>> shared.run(bd.example("four-tools"), bd.example_portfolio("four-tools"), at_least=1).hidden
frozenset()
"""

from burden.report.shared.run import Shared, run, write_shared

__all__ = ["Shared", "run", "write_shared"]
