"""Write the forms: one per body concerned, as a workbook and as a Word document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.report.reply.addressees import addressees
from burden.report.reply.draft import Draft
from burden.report.reply.sent import Sent, Stated, as_it_is, sent
from burden.report.reply.word_form import in_word, write_word_form
from burden.report.reply.workbook_form import write_workbook_form
from burden.sources.placing import placed_folder
from burden.sources.rows import Value

_WRITERS: Mapping[str, tuple[Callable[[Sent, Path], None], Callable[[str], Callable[[object], Value]]]] = {
    "xlsx": (write_workbook_form, lambda _: as_it_is),
    "docx": (write_word_form, lambda language: partial(in_word, language=language)),
}
"""How each format is written, and how it shows a value in a language."""

FORMATS = tuple(_WRITERS)
"""What a form can be written as."""


def write_forms(
    draft: Draft, folder: str | Path, *, only: Collection[str] = (), formats: Sequence[str] = FORMATS,
    today: dt.date | None = None,
) -> list[Path]:  # fmt: skip
    """Write one form per body concerned, as ``<identifier>.xlsx`` and ``<identifier>.docx``.

    Parameters
    ----------
    folder : path
        Must not exist or be empty: forms that were sent are not written over.
    only : collection of str
        Authorities and operators to write to; all that are concerned when empty.
    formats : sequence of str
        Among :data:`FORMATS`; a body fills in the one that it prefers.
    today : date, optional
        Day written on the forms.

    Returns
    -------
    list of Path
        The forms, authorities first, in the order of the formats.

    Raises
    ------
    InventoryError
        If the folder is not empty, or one of those named is not concerned.
    ValueError
        If a format does not exist.
    """
    if unknown := [form for form in formats if form not in FORMATS]:
        raise ValueError(f"no format {unknown[0]!r}: write some of {', '.join(FORMATS)}")
    target = Path(folder).resolve()
    chosen = addressees(draft, only=only)
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise InventoryError([_in_the_way(target)])
    written = []
    with placed_folder(target, keep=True) as fresh:
        stated = Stated.of(draft)
        for addressee in chosen:
            for form in formats:
                write, shown = _WRITERS[form]
                name = f"{addressee.id}.{form}"
                write(sent(stated, addressee, today or dt.date.today(), shown=shown(draft.language)), fresh / name)
                written.append(target / name)
    return written


def _in_the_way(target: Path) -> Finding:
    return Finding(
        "exists",
        "error",
        Place(target.name),
        text("the folder is not empty."),
        text("Give another place: forms that were sent are not written over."),
    )
