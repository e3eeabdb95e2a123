"""A document as files: docx, odt and html by pandoc, pdf by typst under PDF/UA-1."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from burden.report.documents.document import Document
from burden.report.documents.tree import tree

FORMATS = ("docx", "odt", "pdf", "html")
"""What a document can be written as."""


def write_document(
    document: Document,
    folder: str | Path,
    *,
    charts: str | Path,
    formats: Sequence[str] = FORMATS,
    styles: Mapping[str, Path] | None = None,
) -> list[Path]:
    """Write a document, one file per format.

    Parameters
    ----------
    charts : path
        Folder that holds the charts of the document, as :func:`burden.figures.save` writes them.
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
    writers: dict[str, Callable[[Document, Path, Path, Path | None], None]] = {
        "docx": _write_docx, "odt": _write_odt, "pdf": _write_pdf, "html": _write_html,
    }  # fmt: skip
    written = []
    for form in formats:
        path = Path(folder) / f"{document.id}.{form}"
        writers[form](document, path, Path(charts), (styles or {}).get(form))
        written.append(path)
    return written


def _write_docx(document: Document, path: Path, charts: Path, styles: Path | None) -> None:
    from burden.report.documents.word import finish, reference_docx

    with tempfile.TemporaryDirectory() as scratch:
        reference = styles or reference_docx(Path(scratch) / "reference.docx")
        options = [f"--reference-doc={reference}", *_contents(document)]
        pandoc(tree(document, "docx"), "docx+native_numbering", path, options, resources_in=charts)
    finish(path, document.language)


def _write_odt(document: Document, path: Path, charts: Path, styles: Path | None) -> None:
    from burden.report.documents.open_document import finish, reference_odt

    with tempfile.TemporaryDirectory() as scratch:
        reference = styles or reference_odt(Path(scratch) / "reference.odt", document.locale)
        options = [f"--reference-doc={reference}", *_contents(document)]
        pandoc(tree(document, "odt"), "odt+native_numbering", path, options, resources_in=charts)
    finish(path, document)


def _write_html(document: Document, path: Path, charts: Path, _: Path | None) -> None:
    template = resources.files("burden.report.documents") / "templates"
    with resources.as_file(template) as folder:
        options = [
            "--standalone", "--embed-resources", "--section-divs", f"--template={folder / 'document.html'}",
            f"--css={folder / 'document.css'}", *_contents(document),
        ]  # fmt: skip
        pandoc(tree(document, "html"), "html5", path, options, resources_in=charts)


def _write_pdf(document: Document, path: Path, charts: Path, _: Path | None) -> None:
    write_pdf(tree(document, "typst"), path, charts, _contents(document))


def write_pdf(content: object, path: Path, charts: Path, options: Sequence[str] = ()) -> None:
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
        pandoc(content, "typst", source, ["--standalone", f"--template={file}", *options], resources_in=charts)
        for chart in charts.glob("*.svg"):
            (Path(scratch) / chart.name).write_bytes(chart.read_bytes())
        try:
            typst.compile(
                str(source), output=str(path), root=scratch, pdf_standards="ua-1", ignore_system_fonts=True,
                font_paths=[str(Path(mpl.get_data_path()) / "fonts" / "ttf")],
            )  # fmt: skip
        except RuntimeError as error:
            raise ValueError(f"{path.name}: typst refuses the document: {error}") from error


def _contents(document: Document) -> list[str]:
    return ["--toc", f"--toc-depth={document.contents_depth}"] if document.contents else []


def pandoc(content: object, to: str, path: Path, options: Sequence[str], *, resources_in: Path) -> None:
    """Have pandoc write a tree.

    Raises
    ------
    ValueError
        If pandoc refuses it.
    """
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--from=json", f"--to={to}", f"--output={path}", "--fail-if-warnings",
               f"--resource-path={resources_in}", *options]  # fmt: skip
    done = subprocess.run(command, input=json.dumps(content), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{path.name}: pandoc refuses the document: {done.stderr.strip()}")


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
