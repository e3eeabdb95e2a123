"""What the first sheet of a form says: how to fill it in, what may be corrected, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from burden.model.messages import Text, text
from burden.report.reply.corrections import CORRECTABLE, correctable
from burden.report.reply.form import MORE, SHEETS, Sheet


def read_me(sheets: Sequence[Sheet]) -> Iterator[tuple[Text, ...]]:
    """Lines of one cell or of three: what is corrected, where, how it is written."""
    for words in _HOW:
        yield (words,)
    yield ()
    yield (text("What to correct"), text("In which part"), text("How to write the correct value"))
    offered = {c.code: s for s in sheets if s is not MORE for about in s.about for c in correctable(about)}
    for code, correction in CORRECTABLE.items():
        if code in offered:
            names = [s.name for s in SHEETS if s in sheets and set(s.about) & set(correction.about)]
            yield (correction.label, _joined(names), correction.how)


def _joined(names: Sequence[Text]) -> Text:
    if len(names) == 1:
        return names[0]
    return text("{first}; {others}", first=names[0], others=_joined(names[1:]))


_HOW = (
    text(
        "This form shows what the draft report says of the obligations that you require or receive, or that you owe. "
        "Nothing is published before you have been able to reply."
    ),
    text(
        "Reply in the yellow cells only. Choose yes, no or partly; a line left empty says nothing: it is not taken "
        "for agreement."
    ),
    text(
        "To correct a figure or a fact, choose what to correct, write the correct value, and say what shows it and "
        "where it can be read. A correction without evidence can still be made; those who decide will say so."
    ),
    text("To disagree with a finding or a measure without correcting a value, write an objection."),
    text(
        "Several corrections of one line: the first on the line, the others in the last part. Do not rename labels, "
        "do not write formulas, do not change the grey identifiers."
    ),
    text(
        "Name a service or a function, never a person. Fill in the two yellow cells at the top, save, and send the "
        "file back as .xlsx, .ods or .docx; one file is enough."
    ),
    text(
        "Each reply is accepted or refused with a reason, and the final report lists them all with what each changed. "
        "A corrected number counts as said by you, not as measured; a text that you cite counts as cited until "
        "somebody has read it."
    ),
)
