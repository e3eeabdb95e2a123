"""The kit as a folder: documents in each language and format, figures and tables, changes, checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

from burden.model.findings import InventoryError
from burden.model.messages import Text, text
from burden.report.audit import Audit
from burden.report.bundle import write_data
from burden.report.content import charts_of
from burden.report.documents import FORMATS, Document, write_document
from burden.report.drawings import draw
from burden.report.kit.changes import changes, digest, write_changes
from burden.report.kit.checks import READABLE, check_kit
from burden.report.kit.draft import Draft, draft
from burden.report.kit.figures import with_kit_figures
from burden.report.kit.note import note
from burden.report.kit.operators import operators
from burden.report.kit.recommendations import recommendations
from burden.report.kit.report import report
from burden.report.kit.tools import tools
from burden.report.processes import InTurn
from burden.sources.in_place import write_in_place

_MARK = "changes.json"
_AT_ONCE = 2
"""Documents written at the same time: each has a process of its own."""


def write_kit(
    audit: Audit,
    folder: str | Path,
    *,
    languages: Sequence[str] = ("fr", "en"),
    formats: Sequence[str] = FORMATS,
    styles: dict[str, Path] | None = None,
    on_step: Callable[[Text], None] | None = None,
    executor: Executor | None = None,
) -> Path:
    """Write the drafting kit of an audit.

    The folder holds, per language, the note, the report, the recommendations, the tools one by one,
    a file per operator and the digest of changes; ``audit.json`` and ``tables/``, so that
    ``burden explain`` finds the rows of every number; ``changes.csv`` and ``changes.json``. It is
    written beside, checked, and put in place only when every check holds.

    Parameters
    ----------
    styles : dict of str to Path, optional
        Reference documents whose styles are used, by ``docx`` and ``odt``.
    executor : Executor, optional
        Where charts are drawn and tables written (:mod:`burden.report.processes`).

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InventoryError
        If the folder exists and is not a kit, or if a check fails; nothing is then written.
    """
    say = on_step or (lambda _: None)

    def write(new: Path) -> None:
        _write(with_kit_figures(audit), new, languages, formats, styles, say, executor or InTurn())
        say(text("Checking that the kit says what the plan says"))
        # What people edit is read back; the other formats are written from the same tree.
        read = [f for f in READABLE if f in formats][:1]
        if faults := [f for f in check_kit(new, formats=read) if f.severity == "error"]:
            raise InventoryError(faults)

    occupied = text("the folder holds files that are not a kit; nothing was written.")
    return write_in_place(folder, write, mark=_MARK, occupied=occupied)


def _write(
    audit: Audit, folder: Path, languages: Sequence[str], formats: Sequence[str], styles: dict[str, Path] | None,
    say: Callable[[Text], None], executor: Executor,
) -> None:  # fmt: skip
    data = write_data(audit, folder, executor=executor)
    write_changes(changes(audit.tables), folder)
    # Documents of one language are written while the charts of the next are drawn.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        jobs: list[Future[list[Path]]] = []
        for language in languages:
            say(text("Drawing the charts ({language})", language=language))
            drawn = draft(audit, language)
            own = folder / language
            drawings = draw(charts_of(drawn.sections), own / "charts", executor=executor)
            jobs += [
                pool.submit(write_document, document, own, drawings=drawings, formats=[form], styles=styles)
                for document in documents(drawn)
                for form in formats
            ]
        say(text("Writing the documents"))
        for job in jobs:
            job.result()
    data.result()


def documents(drawn: Draft) -> list[Document]:
    """Every document of the kit, in one language."""
    several = operators(drawn)
    return [note(drawn), report(drawn), recommendations(drawn), tools(drawn), digest(drawn), *several]
