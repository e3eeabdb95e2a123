"""The pile of controls before and after the reform of quality evaluation of 2022."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.analysis.coverage.stacks import stack_change
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.model.reshape import retagged

BEFORE, AFTER = "evaluation_2002", "evaluation_2022"
"""Tags of the two regimes: internal and external evaluation, then the evaluation by the HAS framework."""


def evaluation_reform(
    inv: Inventory,
    ptf: Portfolio,
    *,
    years: float = 5,
    before: str = BEFORE,
    after: str = AFTER,
    by: Sequence[str] = ("actor_id",),
) -> pd.DataFrame:
    """The same units under the two regimes of evaluation.

    Units with neither tag are under neither regime and stay as they are.

    Parameters
    ----------
    before, after : str
        Tags of the two regimes.
    by : sequence of str
        Columns of the units that tell which are alike; their tags change.

    Returns
    -------
    DataFrame
        What :func:`~burden.analysis.coverage.stacks.stack_change` gives; empty where no unit has
        either tag.

    Examples
    --------
    >>> import burden as bd
    >>> evaluation_reform(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    units = ptf.units
    tagged = units["tags"].map(lambda tags: bool({before, after} & set(tags.split("|"))))
    concerned = list(units.loc[tagged.astype(bool), "unit_id"])
    old = retagged(ptf, add=[before], remove=[after], units=concerned)
    new = retagged(ptf, add=[after], remove=[before], units=concerned)
    changed = stack_change(inv, old, new, years=years, by=by)
    return changed if concerned else changed.iloc[:0]
