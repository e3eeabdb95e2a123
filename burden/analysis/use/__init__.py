"""What is done with what is collected: observed, only stated, looked for and not found, unknown.

A tool or an item without a row in ``uses`` is *unknown*, never *none*: nobody has looked, or nobody
has written it down. What a text announces is *stated*; what somebody has seen is *observed*.

A tool has the strongest status of its rows, but no use found for one of its items says nothing of
the tool. An item has the status of the whole tool or a stronger one of its own, unless somebody
looked for a use of that item and found none. Activities and payments serve the whole tool.
In: an inventory, and a portfolio for hours. Out: tables.
"""

from burden.analysis.use.known import STATUSES, by_tool, known_use, share_of_hours, shares
from burden.analysis.use.questions import QUESTIONS, questions
from burden.analysis.use.readers import (
    QUASI_AUTOMATIC,
    items_without_reader,
    protected,
    quasi_automatic,
    read_only_by_reports,
)

__all__ = [
    "QUASI_AUTOMATIC",
    "QUESTIONS",
    "STATUSES",
    "by_tool",
    "items_without_reader",
    "known_use",
    "protected",
    "quasi_automatic",
    "questions",
    "read_only_by_reports",
    "share_of_hours",
    "shares",
]
