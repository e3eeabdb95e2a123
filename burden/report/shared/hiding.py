"""Which cells are hidden: those that say too much, then as many as it takes to keep them hidden."""

from __future__ import annotations

from burden.report.shared.attack import Doubt, protected, reach, shown_numbers
from burden.report.shared.cells import NEVER_SHOWN, TABLES, Cells, Rule


def hidden_cells(cells: Cells, rule: Rule) -> set[int]:
    """The cells to hide: the sensitive ones, and others until none of these can be worked out.

    While a sensitive number can be brought into too narrow a range, one more of the cells that set
    the range (those with a dual value in the attack) is hidden: the smallest of the most detailed
    tables. Hiding a cell only widens ranges, so that a number that withstood is not looked at again;
    it ends because cells are finite in number. It is a heuristic: nothing says that fewer would not
    do. That what is left withstands is checked anew when the bundle is written.
    """
    frame = cells.frame
    hidden = set(frame.index[frame["sensitive"] | (frame["table"] == NEVER_SHOWN)])
    detail = frame["table"].map({table: -len(key) for table, key in TABLES.items()})
    cost = dict(zip(frame.index, zip(detail, frame["hours_per_year"].fillna(0.0), strict=True), strict=True))
    doubt = Doubt(cells, protected(cells), rule.width_share)
    while (number := doubt.next()) is not None:
        found = reach(cells, shown_numbers(cells, hidden), number)
        if not doubt.settles(number, found):
            candidates = (found.told_by or set(frame.index)) - hidden
            hidden.add(min(sorted(candidates), key=cost.__getitem__))
    return hidden
