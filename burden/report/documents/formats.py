"""A document as files: docx, odt and html by pandoc, pdf by typst under PDF/UA-1."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from burden.report.documents.document import Document
from burden.report.documents.tree import tree
from burden.report.drawings import Drawing

FORMATS = ("docx", "odt", "pdf", "html")
"""What a document can be written as."""


def write_document(
    document: Document,
    folder: str | Path,
    *,
    drawings: Mapping[str, Drawing],
    formats: Sequence[str] = FORMATS,
    styles: Mapping[str, Path] | None = None,
) -> list[Path]:
    """Write a document, one file per format.

    Parameters
    ----------
    drawings : mapping of str to Drawing
        The charts of the document as files, all in one folder, by identifier.
    formats : sequence of str
        Among :data:`FORMATS`.
    styles : mapping of str to Path, optional
        A reference document whose styles are used instead of ours, by ``docx`` and ``odt``.

    Returns
    -------
    list of Path
        The files, in the order of the formats.

    Raises
    ------
    ValueError
        If a format does not exist, or typst refuses the document.
    """
    if unknown := [f for f in formats if f not in FORMATS]:
        raise ValueError(f"no format {unknown[0]!r}: write some of {', '.join(FORMATS)}")
    writers: dict[str, Callable[[Document, Path, Mapping[str, Drawing], Path | None], None]] = {
        "docx": _write_docx, "odt": _write_odt, "pdf": _write_pdf, "html": _write_html,
    }  # fmt: skip
    written = []
    for form in formats:
        path = Path(folder) / f"{document.id}.{form}"
        writers[form](document, path, drawings, (styles or {}).get(form))
        written.append(path)
    return written


def _write_docx(document: Document, path: Path, drawings: Mapping[str, Drawing], styles: Path | None) -> None:
    from burden.report.documents.word import finish, reference_docx

    with tempfile.TemporaryDirectory() as scratch:
        reference = styles or reference_docx(Path(scratch) / "reference.docx")
        options = [f"--reference-doc={reference}", *_contents(document)]
        pandoc(tree(document, "docx", drawings), "docx+native_numbering", path, options, drawings=drawings)
    finish(path, document.language)


def _write_odt(document: Document, path: Path, drawings: Mapping[str, Drawing], styles: Path | None) -> None:
    from burden.report.documents.open_document import finish, reference_odt

    with tempfile.TemporaryDirectory() as scratch:
        reference = styles or reference_odt(Path(scratch) / "reference.odt", document.locale)
        options = [f"--reference-doc={reference}", *_contents(document)]
        pandoc(tree(document, "odt", drawings), "odt+native_numbering", path, options, drawings=drawings)
    finish(path, document)


def _write_html(document: Document, path: Path, drawings: Mapping[str, Drawing], _: Path | None) -> None:
    template = resources.files("burden.report.documents") / "templates"
    with resources.as_file(template) as folder:
        options = [
            "--standalone", "--embed-resources", "--section-divs", f"--template={folder / 'document.html'}",
            f"--css={folder / 'document.css'}", *_contents(document),
        ]  # fmt: skip
        pandoc(tree(document, "html", drawings), "html5", path, options, drawings=drawings)


def _write_pdf(document: Document, path: Path, drawings: Mapping[str, Drawing], _: Path | None) -> None:
    write_pdf(tree(document, "typst", drawings), path, drawings, _contents(document))


def write_pdf(content: object, path: Path, drawings: Mapping[str, Drawing], options: Sequence[str] = ()) -> None:
    """Have typst set a tree under PDF/UA-1, which refuses a figure without alternative text.

    Raises
    ------
    ValueError
        If it does.
    """
    import matplotlib as mpl
    import typst

    template = resources.files("burden.report.documents") / "templates" / "document.typ"
    with tempfile.TemporaryDirectory() as scratch, resources.as_file(template) as file:
        source = Path(scratch) / "document.typ"
        pandoc(content, "typst", source, ["--standalone", f"--template={file}", *options], drawings=drawings)
        for drawing in drawings.values():
            shutil.copyfile(drawing.svg, Path(scratch) / drawing.svg.name)
        try:
            typst.compile(
                str(source), output=str(path), root=scratch, pdf_standards="ua-1", ignore_system_fonts=True,
                font_paths=[str(Path(mpl.get_data_path()) / "fonts" / "ttf")],
            )  # fmt: skip
        except RuntimeError as error:
            raise ValueError(f"{path.name}: typst refuses the document: {error}") from error


def _contents(document: Document) -> list[str]:
    return ["--toc", f"--toc-depth={document.contents_depth}"] if document.contents else []


def pandoc(content: object, to: str, path: Path, options: Sequence[str], *, drawings: Mapping[str, Drawing]) -> None:
    """Have pandoc write a tree.

    Raises
    ------
    ValueError
        If pandoc refuses it.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--from=json", f"--to={to}", f"--output={path}", "--fail-if-warnings",
               *_folder_of(drawings), *options]  # fmt: skip
    done = subprocess.run(command, input=json.dumps(content), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{path.name}: pandoc refuses the document: {done.stderr.strip()}")


def _folder_of(drawings: Mapping[str, Drawing]) -> list[str]:
    """Where pandoc finds the pictures."""
    return [f"--resource-path={drawing.svg.parent}" for drawing in drawings.values()][:1]


def read_tree(path: Path) -> dict[str, Any]:
    """A written document as pandoc reads it back, styles kept where it can."""
    import pypandoc

    form = {".docx": "docx+styles", ".odt": "odt", ".html": "html"}[path.suffix]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), f"--from={form}", "--to=json", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ValueError(f"{path.name}: pandoc cannot read it: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
