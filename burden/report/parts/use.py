"""What is collected for what: the use that is known of it, and questions to those who require it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import use
from burden.figures.known_use import STATUS_NAMES
from burden.model.messages import plural_text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

_HEAVIEST = 3
_NOT_KNOWN = ("none_found", "unknown")
_OPEN = ("none_found", "read_only_by_reports", "use_unknown")

QUESTIONS = {
    "none_found": text("Somebody looked for a use and found none: what do you use it for?"),
    "read_only_by_reports": text("Its only known reader is another report: do you use it otherwise?"),
    "use_unknown": text("What do you use it for, and who reads it?"),
    "not_observed": text("A text says what it is for: is it used so in practice, and by whom?"),
    "quasi_automatic": text("The outcome almost never changes: what would be missed without it?"),
    "items_none_found": text("No use was found for some of its items: what are they for?"),
}
"""The question asked for each kind."""


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """What is known of the use of all tools; nothing where nobody wrote down the use of any."""
    inv, ptf = audited.borne, audited.portfolio
    ledger = known["ledger"]
    own = ledger[ledger["side"] == "respondent"]
    if inv.uses.empty or own.empty:
        return {}
    own = own.assign(known_use=use.known_use(inv, own))
    return {
        "use_by_tool": use.by_tool(inv, ptf),
        "use_of_hours": use.shares(own),
        "use_by_instrument": use.shares(own, by=["instrument"]),
        "use_by_authority": use.shares(own, by=["required_by_id"]),
        "use_questions": use.questions(inv, ptf),
        "quasi_automatic": use.quasi_automatic(inv),
        "items_without_reader": use.items_without_reader(inv),
        "read_only_by_reports": use.read_only_by_reports(inv),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on use."""
    if "use_of_hours" not in found:
        return []
    numbers = []
    for row in found["use_of_hours"].to_dict("records"):
        status = str(row["known_use"])
        numbers.append(
            figure_of(f"use.{status}", text("share of the hours by what is known of their use").template,
                      row["share"], "share", "hours of the lines of this status / hours",
                      Rows("use_of_hours", {"known_use": (status,)}), "hours",
                      low=row["share_low"], high=row["share_high"], unmeasured=row["rows_unmeasured"])
        )  # fmt: skip
    return numbers + _question_figures(found) + _automatic_figure(found)


def _question_figures(found: Tables) -> list[KeyFigure]:
    asked, chains = found["use_questions"], found["read_only_by_reports"]
    ends = chains[chains["leads_to"].isin(_NOT_KNOWN)]
    stated = asked["question"] == "not_observed"
    open_kinds = asked["question"].isin(_OPEN)
    return [
        figure_of("use.questions", text("tools that raise a question to their owner").template,
                  asked["obligation_id"].nunique(), "obligations", "distinct tools of the questions",
                  Rows("use_questions"), "obligations"),
        figure_of("use.questions_open", text("of them, those without a known use").template, open_kinds.sum(),
                  "obligations", "questions of these kinds", Rows("use_questions", {"question": _OPEN}), "obligations"),
        figure_of("use.questions_stated", text("of them, those with a use stated and not observed").template,
                  stated.sum(), "obligations", "questions of this kind",
                  Rows("use_questions", {"question": ("not_observed",)}), "obligations"),
        figure_of("use.items", text("items that nobody is known to read").template,
                  len(found["items_without_reader"]), "items", "rows", Rows("items_without_reader"), "items"),
        figure_of("use.chains", text("tools without a known use that another report takes up").template, len(chains),
                  "obligations", "rows", Rows("read_only_by_reports"), "obligations"),
        figure_of("use.chains_to_nothing", text("of them, those whose chain of reports leads to no known use").template,
                  len(ends), "obligations", "rows whose chain leads to no known use",
                  Rows("read_only_by_reports", {"leads_to": _NOT_KNOWN}), "obligations"),
    ]  # fmt: skip


def _automatic_figure(found: Tables) -> list[KeyFigure]:
    rows = _unprotected(found["quasi_automatic"])
    if rows.empty:
        return []
    first = rows.iloc[0]
    where = Rows("quasi_automatic", {"obligation_id": (str(first["obligation_id"]),)})
    return [
        figure_of("use.automatic", text("tools whose outcome almost never changes").template,
                  rows["obligation_id"].nunique(), "obligations",
                  f"tools with at most {use.QUASI_AUTOMATIC:.0%} of outcomes changed, protected ones left out",
                  Rows("quasi_automatic", {"protected": ("False",)}), "obligations"),
        figure_of("use.automatic_share", text("share of outcomes that the tool changes").template,
                  first["outcome_change_share"], "share", "stated in the source of the row", where, "outcomes"),
    ]  # fmt: skip


def _unprotected(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["protected"]]


def findings(reading: Reading) -> list[Block]:
    """What is known of uses, in sentences; questions are asked, nothing is judged."""
    if "use.unknown" not in reading.audit.figures:
        return []
    return [_use_finding(reading), *_question_findings(reading)]


def _use_finding(reading: Reading) -> Sentence:
    shares = {s: reading.figure(f"use.{s}") for s in use.STATUSES}
    if shares["none_found"].value > 0:
        return Sentence(text(
            "Of the hours of those who answer, {observed} serve a use that somebody observed and {stated} a use that a "
            "text states and nobody is known to have observed; for {none_found} somebody looked and found none; of "
            "{unknown} nothing is written down. Not known is not unused.",
            **shares,
        ))  # fmt: skip
    return Sentence(text(
        "Of the hours of those who answer, {observed} serve a use that somebody observed and {stated} a use that a "
        "text states and nobody is known to have observed; of {unknown} nothing is written down. Not known is not "
        "unused.",
        **{s: shares[s] for s in ("observed", "stated", "unknown")},
    ))  # fmt: skip


def _question_findings(reading: Reading) -> list[Block]:
    figures = reading.audit.figures
    blocks: list[Block] = []
    if figures["use.questions"].value:
        blocks.append(_asked_finding(reading))
    if figures["use.chains_to_nothing"].value:
        blocks.append(Sentence(plural_text(
            "{ends} tool has no known reader but another report, in a chain of reports that leads to no known use.",
            "{ends} tools have no known reader but another report, in chains of reports that lead to no known use.",
            int(figures["use.chains_to_nothing"].value), ends=figures["use.chains_to_nothing"],
        )))  # fmt: skip
    if "use.automatic" in figures:
        blocks.append(_automatic_finding(reading))
    return blocks


def _asked_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    asked = reading.table("use_questions").drop_duplicates("obligation_id").head(_HEAVIEST)
    return Sentence(plural_text(
        "{tools} tool that nothing protects raises a question to the authority that requires it: what is it for, who "
        "reads it, what would be missed? ({names}; without a known use: {open}; with a use that a text states and "
        "nobody is known to have observed: {stated}.) This is a question, not a verdict.",
        "{tools} tools that nothing protects raise a question to the authority that requires them: what is it for, "
        "who reads it, what would be missed? For {open} no use is known; for {stated} a text states one that nobody "
        "is known to have observed. The heaviest are {names}. These are questions, not verdicts.",
        int(figure("use.questions").value), tools=figure("use.questions"), open=figure("use.questions_open"),
        stated=figure("use.questions_stated"),
        names=reading.joined([reading.names.of("obligations", o) for o in asked["obligation_id"]]),
    ))  # fmt: skip


def _automatic_finding(reading: Reading) -> Sentence:
    first = _unprotected(reading.table("quasi_automatic")).iloc[0]
    return Sentence(plural_text(
        "{tools} tool almost never changes an outcome: {tool}, in {share} of cases.",
        "{tools} tools almost never change an outcome, least of all {tool}: in {share} of cases.",
        int(reading.figure("use.automatic").value),
        tools=reading.figure("use.automatic"), share=reading.figure("use.automatic_share"),
        tool=reading.joined([reading.names.of("obligations", first["obligation_id"])]),
    ))  # fmt: skip


def _source(reading: Reading, row: pd.Series) -> str:
    """Citation and year of a row, as far as they are known."""
    sources = reading.audit.inventory.sources.set_index("source_id")["citation"]
    cited = sources.get(row["source_id"]) or text("source not stated").render(reading.language)
    return str(cited) if pd.isna(row["date"]) else f"{cited}, {row['date']:%Y}"


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section on use; nothing where none is known."""
    if "use_of_hours" not in reading.audit.tables:
        return ()
    blocks = (
        _known_chart(reading), _questions_table(reading), _automatic_table(reading), _chains_table(reading),
        _items_table(reading),
    )  # fmt: skip
    return (Section("use", text("What it is used for"), tuple(b for b in blocks if b is not None)),)


def _names(reading: Reading, frame: pd.DataFrame) -> list[str]:
    return [reading.names.of("obligations", o) for o in frame["obligation_id"]]


def _known_chart(reading: Reading) -> Chart:
    frame = reading.table("use_by_instrument")
    shown = frame[frame["rows"] > 0]
    shown = shown.assign(
        kind=[reading.code("instrument", i) for i in shown["instrument"]],
        status=[STATUS_NAMES[s].render(reading.language) for s in shown["known_use"]],
    )
    columns = {
        "kind": text("Instrument"), "status": text("What is known of the use"), "hours_per_year": text("Hours a year"),
        "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"), "share": text("Share"),
        "rows_unmeasured": text("Lines not measured"),
    }  # fmt: skip
    return Chart(
        "known_use",
        partial(charts.known_use, frame, labels=reading.names.by_table["authorities"], language=reading.language),
        Table("known-use", text("Hours by what is known of their use"),
              display(shown, columns, reading.language, shares=("share",)),
              text("What a text states is not what somebody saw. Not known is not unused.")),
    )  # fmt: skip


def _questions_table(reading: Reading) -> Table | None:
    frame = reading.table("use_questions")
    if frame.empty:
        return None
    # What a text states comes after what nothing is known of: hours alone would hide the latter.
    frame = frame.sort_values("question", key=lambda q: q == "not_observed", kind="stable").head(SHOWN)
    shown = frame.assign(
        name=_names(reading, frame),
        owner=[reading.names.of("authorities", a) for a in frame["authority_id"]],
        asked=[QUESTIONS[q].render(reading.language) for q in frame["question"]],
        certainty=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "name": text("Tool"), "owner": text("Question to"), "asked": text("What to ask"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"),
        "certainty": text("Evidence"),
    }  # fmt: skip
    return Table(
        "questions", text("Questions to the owners of tools"),
        display(shown, columns, reading.language),
        text("Protected tools and items are left out. All of them are in {file}.", file="tables/use_questions.csv"),
    )  # fmt: skip


def _automatic_table(reading: Reading) -> Table | None:
    frame = _unprotected(reading.table("quasi_automatic")).head(SHOWN)
    if frame.empty:
        return None
    shown = frame.assign(
        name=_names(reading, frame),
        what=[reading.code("use", u) for u in frame["use"]],
        certainty=[reading.code("evidence", e) for e in frame["evidence"]],
        source=[_source(reading, row) for _, row in frame.iterrows()],
    )
    columns = {
        "name": text("Tool"), "what": text("Use"), "outcome_change_share": text("Outcomes changed"),
        "source": text("Source"), "certainty": text("Evidence"),
    }  # fmt: skip
    return Table(
        "automatic", text("Tools whose outcome almost never changes"),
        display(shown, columns, reading.language, shares=("outcome_change_share",)),
        text("That an outcome rarely changes does not say that the tool is vain: it may deter, or reassure. Protected "
             "tools are left out."),
    )  # fmt: skip


def _chains_table(reading: Reading) -> Table | None:
    frame = reading.table("read_only_by_reports").head(SHOWN)
    if frame.empty:
        return None
    shown = frame.assign(
        name=_names(reading, frame),
        into=[", ".join(reading.names.several("obligations", o)) for o in frame["to_obligation_ids"]],
        end=[", ".join(reading.names.several("obligations", o)) for o in frame["end_obligation_ids"]],
        known=[STATUS_NAMES[s].render(reading.language) for s in frame["leads_to"]],
    )
    columns = {
        "name": text("Tool"), "into": text("Taken up in"), "end": text("End of the chain"),
        "known": text("Use known along the chain"),
    }  # fmt: skip
    return Table(
        "chains", text("Reports whose only known reader is another report"), display(shown, columns, reading.language)
    )


def _items_table(reading: Reading) -> Table | None:
    frame = reading.table("items_without_reader")
    if frame.empty:
        return None
    grouped = frame.groupby("obligation_id", sort=False)
    rows = grouped.agg(items=("concept_id", "size"), concept_ids=("concept_id", "|".join)).reset_index()
    rows = rows.sort_values("items", ascending=False, kind="stable").head(SHOWN)
    which = [reading.names.several("concepts", c) for c in rows["concept_ids"]]
    shown = rows.assign(
        name=_names(reading, rows), which=[", ".join(w[:4]) + (" …" if len(w) > 4 else "") for w in which]
    )
    columns = {"name": text("Tool"), "items": text("Items"), "which": text("Which")}
    return Table(
        "unread", text("Items that nobody is known to read"), display(shown, columns, reading.language),
        text("Neither the tool nor the item has a known use, and no recipient is known to use that information. All of "
             "them are in {file}.", file="tables/items_without_reader.csv"),
    )  # fmt: skip
