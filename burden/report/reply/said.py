"""One reply: who said what of which line, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType

from burden.model.messages import Text, text

DECISIONS: Mapping[str, Text] = MappingProxyType(
    {
        "pending": text("not decided yet"),
        "accepted": text("accepted"),
        "refused": text("refused"),
        "noted": text("noted: it asks for nothing"),
        "unread": text("could not be read"),
    }
)
"""What becomes of a reply."""


@dataclass(frozen=True)
class Said:
    """A reply, as one row of ``replies.csv``; every field is text and empty when there is nothing.

    Attributes
    ----------
    reply_id : str
        Identifier within a layer.
    who : str
        Authority or operator.
    given_by : str
        Service or function that speaks for it.
    date : str
        Day of the reply.
    row : str
        Identifier of the line that it is about; empty for a remark about no line.
    column : str
        What it corrects (:data:`burden.report.reply.corrections.CORRECTABLE`), if anything.
    old : str
        What the inventory says.
    new : str
        What it should say, in its plain form.
    written : str
        The new value as it was written.
    agreement : str
        ``yes``, ``no``, ``partly`` or nothing.
    evidence, source, objection : str
        What was given to show it, where that can be read, and what was said besides.
    file, line : str, int
        Where it was written.
    fault : str
        Why it could not be read.
    decision : str
        One of :data:`DECISIONS`.
    decided_on, reason : str
        When, and why.
    """

    reply_id: str = ""
    who: str = ""
    given_by: str = ""
    date: str = ""
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    written: str = ""
    agreement: str = ""
    evidence: str = ""
    source: str = ""
    objection: str = ""
    file: str = ""
    line: int = 0
    fault: str = ""
    decision: str = ""
    decided_on: str = ""
    reason: str = ""

    @property
    def meaning(self) -> tuple[str, ...]:
        """What two replies have in common when they say the same."""
        value = self.new or self.written
        return (self.who, self.row, self.column, value, self.agreement, self.evidence, self.source, self.objection)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything: a correction, or an answer to an objection or a refusal."""
        return bool(self.column or self.objection or self.agreement in ("no", "partly"))

    def as_row(self) -> dict[str, object]:
        """The reply as a row."""
        return asdict(self)

    @classmethod
    def columns(cls) -> list[str]:
        """Columns of the row."""
        return [f.name for f in fields(cls)]
