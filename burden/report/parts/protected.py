"""What stays whatever it costs: safety, rights, fraud."""

from __future__ import annotations

import pandas as pd

from burden.analysis import use
from burden.model.messages import plural_text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Protected tools and items; nothing where none is."""
    kept = use.protected(audited.borne)
    return {"protected": kept} if len(kept) else {}


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on what is protected."""
    if "protected" not in found:
        return []
    tools = found["protected"]
    tools = tools[tools["concept_id"].isna()]
    borne = found["obligations"]
    rows = Rows("obligations", {"obligation_id": tuple(tools["obligation_id"])})
    own = borne[borne["obligation_id"].isin(tools["obligation_id"])]
    low, central, high = (float(own[f"hours_per_year{b}"].sum(min_count=1)) for b in ("_low", "", "_high"))
    return [
        figure_of("protected.tools", text("protected tools").template, len(tools), "obligations",
                  "obligations said to be protected", Rows("protected"), "obligations"),
        figure_of("protected.hours", text("hours a year of protected tools").template, central, "h",
                  "hours of the obligations said to be protected", rows, "hours", low=low, high=high,
                  unmeasured=int(own["rows_unmeasured"].sum())),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """How much is protected, in a sentence."""
    figures = reading.audit.figures
    if "protected.tools" not in figures or not figures["protected.tools"].value:
        return []
    return [
        Sentence(plural_text(
            "{tools} tool is protected (safety, rights, fraud): it takes {hours} hours a year, and nothing here asks "
            "whether it should go.",
            "{tools} tools are protected (safety, rights, fraud): they take {hours} hours a year, and nothing here "
            "asks whether they should go.",
            int(figures["protected.tools"].value),
            tools=figures["protected.tools"], hours=figures["protected.hours"],
        ))
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where nothing is protected."""
    if "protected" not in reading.audit.tables:
        return ()
    return (Section("protected", text("What stays whatever it costs"), (_protected_table(reading),)),)


def _protected_table(reading: Reading) -> Table:
    frame = reading.table("protected")
    items = frame[frame["concept_id"].notna()].groupby("obligation_id").size()
    tools = frame[frame["concept_id"].isna()].head(SHOWN)
    shown = tools.assign(
        name=[reading.names.of("obligations", o) for o in tools["obligation_id"]],
        reason=tools["reason_fr"].fillna(text("not stated").render(reading.language)),
        items=tools["obligation_id"].map(items).fillna(0),
    )
    columns = {"name": text("Tool"), "reason": text("Why it is protected"), "items": text("Protected items")}
    return Table(
        "protected-tools", text("Protected tools"), display(shown, columns, reading.language),
        text("Protected items of other tools are in {file} as well. Reasons are in French, as the inventory has them.",
             file="tables/protected.csv"),
    )  # fmt: skip
