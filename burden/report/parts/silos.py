"""What several silos ask for, under which labels."""

from __future__ import annotations

import pandas as pd

from burden.analysis.silos import across_silos, silos_of_obligations
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Silos of each obligation, and what several silos ask."""
    inv, ptf = audited.borne, audited.portfolio
    return {"across_silos": across_silos(inv, ptf), "silos": silos_of_obligations(inv, ptf)}


def key_figures(found: Tables) -> list[KeyFigure]:
    """How far silos ask for the same."""
    shared = found["across_silos"]
    figures = [
        figure_of("silos.count", text("silos concerned").template, found["silos"]["silo_id"].nunique(), "silos",
            "distinct silos of the obligations and of the units they fall on", Rows("silos"), "silos"),
        figure_of("silos.concepts", text("pieces of information asked in at least two silos").template,
            len(shared), "concepts", "concepts asked in at least two silos", Rows("across_silos"), "items"),
    ]  # fmt: skip
    if len(shared):
        widest = shared.sort_values(["authorities", "silos"], ascending=False, kind="stable").iloc[0]
        figures.append(
            figure_of("silos.widest_authorities", text("recipients of the most widespread information").template,
                float(widest["authorities"]), "authorities", "distinct recipients of its obligations",
                Rows("across_silos", {"concept_id": (str(widest["concept_id"]),)}), "authorities")
        )  # fmt: skip
    return figures


def findings(reading: Reading) -> list[Block]:
    """What silos have in common, in a sentence."""
    shared = reading.table("across_silos")
    if shared.empty:
        return []
    figure = reading.figure
    widest = figure("silos.widest_authorities").rows.where["concept_id"][0]
    return [
        Sentence(text(
            "In {silos} silos, {shared} pieces of information are asked in two or more of them; the most widespread, "
            "{widest}, goes to {authorities} recipients.",
            silos=figure("silos.count"), shared=figure("silos.concepts"),
            widest=reading.joined([reading.names.of("concepts", widest)]),
            authorities=figure("silos.widest_authorities"),
        ))
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """What several silos ask for, under which labels; nothing where there is one silo."""
    frame = reading.table("across_silos").head(SHOWN)
    if frame.empty:
        return ()
    frame = frame.assign(
        name=[reading.names.of("concepts", c) for c in frame["concept_id"]],
        fields=[", ".join(reading.names.several("silos", s)) for s in frame["silo_ids"]],
        called=[_some(labels.split("|")) for labels in frame["labels"]],
    )
    columns = {
        "name": text("Information"), "fields": text("Silos"), "obligations": text("Tools"),
        "authorities": text("Recipients"), "called": text("Called"),
    }  # fmt: skip
    table = Table(
        "silos", text("One piece of information, many labels"), display(frame, columns, reading.language),
        text("All of them are in {file}.", file="tables/across_silos.csv"),
    )  # fmt: skip
    return (Section("between-silos", text("Between silos"), (table,)),)


def _some(labels: list[str], most: int = 4) -> str:
    return " ; ".join(labels[:most]) + (" …" if len(labels) > most else "")
