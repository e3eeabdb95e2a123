"""Trust, control, efficiency: how tools bind those who answer, and whether their use is known."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import control
from burden.model.messages import Text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

_PROFILE = Rows("control_profile")
_SHARES = ("trust_share", "control_share", "document_share", "observed_use_share", "unknown_use_share")


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Profiles by timing and proof, and the three descriptors, by authority, by silo and in all."""
    inv, ptf = audited.borne, audited.portfolio
    built = known["ledger"]
    if built.empty:
        return {}
    return {
        "control_profile": control.profile(inv, ptf, by="required_by_id", built=built),
        "control_profile_silos": control.profile(inv, ptf, by="silo_id", built=built),
        "triptych": control.triptych(inv, ptf, by="required_by_id", built=built),
        "triptych_silos": control.triptych(inv, ptf, by="silo_id", built=built),
        "triptych_all": control.triptych(inv, ptf, by=[], built=built),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on trust, control and use; none where no hour is measured or classed."""
    if "triptych_all" not in found:
        return []
    row = found["triptych_all"].iloc[0]
    if row[["trust_share", "control_share"]].isna().any():
        return []
    unmeasured = int(row["rows_unmeasured"])
    numbers = []
    for stance, name, formula in (
        ("trust", text("share of hours asked like trust"),
         "hours of declarations, continuous or after the fact / hours"),
        ("control", text("share of hours asked like control"),
         "hours of authorisations asked before, documents, attestations, inspections / hours"),
    ):  # fmt: skip
        low, high = float(row[f"{stance}_share_low"]), float(row[f"{stance}_share_high"])
        numbers.append(
            figure_of(f"control.{stance}", name.template, row[f"{stance}_share"], "share", formula, _PROFILE, "hours",
                      low=low, high=high, unmeasured=unmeasured)
        )  # fmt: skip
    more = {
        "document": (text("share of hours asked like control by a document alone"),
                     "hours of documents, authorisations asked before left out / hours"),
        "observed_use": (text("share of hours whose use somebody observed"), "hours of observed use / hours"),
        "unknown_use": (text("share of hours whose use nobody wrote down"), "hours of unknown use / hours"),
    }  # fmt: skip
    return numbers + [
        figure_of(f"control.{name}", told.template, row[f"{name}_share"], "share", formula, _PROFILE, "hours",
                  unmeasured=unmeasured)
        for name, (told, formula) in more.items()
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What the descriptors say, in a sentence."""
    if "control.trust" not in reading.audit.figures:
        return []
    figure = reading.figure
    return [
        Sentence(text(
            "Of the hours of those who answer, {trust} are asked like trust (declared, as it goes or afterwards) and "
            "{control} like control (authorised before, or proven by a document, an attestation or a visit). Documents "
            "alone make {documents} of these hours; records kept for the person followed are among them: this says how "
            "tools ask, not why.",
            trust=figure("control.trust"), control=figure("control.control"), documents=figure("control.document"),
        ))
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no hour is classed."""
    if "control.trust" not in reading.audit.figures:
        return ()
    figure = reading.figure
    range_of = Sentence(text(
        "The hours are uncertain, and so are these shares: like trust from {trust_low} to {trust_high}, like control "
        "from {control_low} to {control_high}. A use was observed for {observed} of the hours; for {unknown} nobody "
        "wrote one down, which is a question to those who ask, not a verdict on the tool.",
        trust_low=(figure("control.trust"), "low"), trust_high=(figure("control.trust"), "high"),
        control_low=(figure("control.control"), "low"), control_high=(figure("control.control"), "high"),
        observed=figure("control.observed_use"), unknown=figure("control.unknown_use"),
    ))  # fmt: skip
    blocks: list[Block] = [_chart(reading), range_of]
    if len(reading.table("triptych_silos")) > 1:
        caption = text("Trust, control and use by silo")
        blocks.append(_table(reading, "triptych-silos", caption, ("silos", "silo_id")))
    return (Section("control", text("Trust, control, efficiency"), tuple(blocks)),)


def _chart(reading: Reading) -> Chart:
    return Chart(
        "control_profile",
        partial(
            charts.control_profile,
            reading.table("control_profile"),
            labels=reading.names.by_table["authorities"],
            language=reading.language,
        ),
        _table(reading, "triptych", text("Trust, control and use by authority"), ("authorities", "required_by_id")),
    )


def _table(reading: Reading, identifier: str, caption: Text, group: tuple[str, str]) -> Table:
    """The descriptors by group: which table names it, and in which column it stands."""
    named, column = group
    frame = reading.table(identifier.replace("-", "_"))
    frame = frame[frame["hours_per_year"] > 0].head(SHOWN)
    frame = frame.assign(name=[reading.names.of(named, g) for g in frame[column]])
    columns = {
        "name": text("Who asks"), "hours_per_year": text("Hours a year"), "trust_share": text("Like trust"),
        "control_share": text("Like control"), "document_share": text("of which by a document"),
        "observed_use_share": text("Use observed"), "unknown_use_share": text("Use unknown"),
        "authority_h_per_hour": text("Hours of the authority for one hour asked"),
    }  # fmt: skip
    return Table(
        identifier, caption, display(frame, columns, reading.language, shares=_SHARES),
        text("These are descriptors of tools, by their timing and their proof: a declaration may be checked later, and "
             "a document may serve the person. Neither share is a target."),
    )  # fmt: skip
