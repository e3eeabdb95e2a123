"""What is asked more than once, by whom, and which tools overlap."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import redundancy
from burden.analysis.askings import items
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of, records

_OVERLAPPING = 20
_TOOLS = 6


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Repeats and overlaps."""
    inv, ptf = audited.borne, audited.portfolio
    asked = items(inv)[["obligation_id", "concept_id"]].drop_duplicates()
    return {
        "repeated": redundancy.repeated(inv, ptf),
        "redundancy": redundancy.summary(inv, ptf),
        "overlap": redundancy.overlap(inv),
        "containment": redundancy.containment(inv),
        "askers": redundancy.askers(inv),
        "asked": asked.reset_index(drop=True),
        "sets": redundancy.sets(inv).rename("value").rename_axis("measure").reset_index(),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """How much is asked more than once."""
    return [*_asked(found), *_repeats(found)]


def _asked(tables: Tables) -> list[KeyFigure]:
    return [
        figure_of("owed.items", text("items asked").template, float(_set(tables, "items_asked")), "items",
            "sum over obligations of their distinct concepts, identifiers left out",
            Rows("containment"), "items"),
        figure_of("owed.concepts", text("distinct pieces of information").template,
            float(_set(tables, "items_distinct")), "concepts", "size of the union of the lists",
            Rows("askers"), "items"),
    ]  # fmt: skip


def _set(tables: Tables, measure: str) -> float:
    return float(tables["sets"].set_index("measure")["value"][measure])


def _repeats(tables: Tables) -> list[KeyFigure]:
    summary = records(tables["redundancy"], "reuse", "counting_unit")
    repeated = tables["repeated"]
    twice = repeated[repeated["repeats_per_year"] > 0]
    figures = [
        figure_of("repeats.concepts", text("pieces of information asked more than once of one subject").template,
            twice["concept_id"].nunique(), "concepts", "concepts with repeats_per_year > 0",
            Rows("repeated"), "items"),
        figure_of("repeats.sets", text("redundancy of the lists").template, _set(tables, "redundancy"), "share",
            "1 − |union of items| / Σ |items of o|", Rows("containment"), "items"),
    ]  # fmt: skip
    for reuse in ("same", "derivable", "harmonise"):
        row = summary[(reuse, "hours")]
        figures += [
            figure_of(f"repeats.{reuse}.hours", text("hours of repeats a year").template,
                float(row["today"] - row["once"]), "h",
                "hours today − hours with each information given once at the freshest rate",
                Rows("repeated"), "hours",
                low=float(row["today"] - row["once"]), high=float(row["today"] - row["once_low"]),
                unmeasured=int(row["unmeasured"])),
            figure_of(f"repeats.{reuse}.share", text("share of the items' hours that repeats").template,
                float(row["redundancy"]), "share", "1 − hours once / hours today", Rows("repeated"), "hours",
                low=float(row["redundancy"]), high=float(row["redundancy_high"]),
                unmeasured=int(row["unmeasured"])),
        ]  # fmt: skip
    return figures


def findings(reading: Reading) -> list[Block]:
    """What is asked more than once, in sentences."""
    figure = reading.figure
    repeated = reading.table("repeated")
    if not (repeated["repeats_per_year"] > 0).any():
        return [Sentence(text("No piece of information is asked more than once of the same subject."))]
    most = _most_repeated(reading, 3)
    return [
        Sentence(text(
            "{concepts} pieces of information are asked more than once of the same child, service or "
            "organisation; those whose repeats take longest are {most}.",
            concepts=figure("repeats.concepts"), most=reading.joined(most),
        )),
        Sentence(text(
            "If each were given once, {same} hours a year would go with the facets as they stand (up to "
            "{same_high} if the shortest answer is kept), and from {harmonise} to {harmonise_high} hours once "
            "perimeters, units and dates are agreed. This is a ceiling, not a plan.",
            same=figure("repeats.same.hours"), same_high=(figure("repeats.same.hours"), "high"),
            harmonise=figure("repeats.harmonise.hours"),
            harmonise_high=(figure("repeats.harmonise.hours"), "high"),
        )),
    ]  # fmt: skip


def _most_repeated(reading: Reading, count: int) -> list[str]:
    repeated = reading.table("repeated").groupby("concept_id", sort=False)["repeat_h_per_year"].sum()
    heaviest = repeated.sort_values(ascending=False, kind="stable").head(count)
    return [reading.names.of("concepts", c) for c in heaviest.index]


def sections(reading: Reading) -> tuple[Section, ...]:
    """Repeats, redundancy and overlaps."""
    blocks = (
        _repeated_information(reading),
        _repeated_table(reading),
        _redundancy_table(reading),
        _overlap_matrix(reading),
        _tool_sets(reading),
        _unique_table(reading),
    )
    return (Section("repeats", text("What is asked more than once"), blocks),)


def _repeated_information(reading: Reading) -> Chart:
    frame = reading.table("repeated")
    labels = {**reading.names.by_table["concepts"], **reading.names.by_table["authorities"]}
    total = frame[frame["repeats_per_year"] > 0].groupby("concept_id", sort=False)
    shown = total[["repeat_h_per_year", "repeat_h_per_year_high", "repeats_per_year"]].sum().reset_index()
    shown = shown.sort_values("repeat_h_per_year", ascending=False, kind="stable").head(_OVERLAPPING)
    shown["name"] = [reading.names.of("concepts", c) for c in shown["concept_id"]]
    columns = {
        "name": text("Information"), "repeats_per_year": text("Repeats"),
        "repeat_h_per_year": text("Hours of repeats (cautious)"),
        "repeat_h_per_year_high": text("Hours of repeats (bold)"),
    }  # fmt: skip
    return Chart(
        "repeated_information",
        partial(charts.repeated_information, frame, labels=labels, language=reading.language),
        Table("repeats-drawn", text("The most repeated information, all structures"),
              display(shown, columns, reading.language)),
    )  # fmt: skip


def _overlap_matrix(reading: Reading) -> Chart:
    frame = reading.table("overlap")
    shown = frame.head(_OVERLAPPING)
    shown = shown.assign(
        first=[reading.names.of("obligations", o) for o in shown["a"]],
        second=[reading.names.of("obligations", o) for o in shown["b"]],
    )
    columns = {
        "first": text("Tool"), "second": text("Other tool"), "shared": text("Items in common"),
        "jaccard": text("Jaccard index"), "containment_a_b": text("Of the first, in the second"),
        "containment_b_a": text("Of the second, in the first"),
    }  # fmt: skip
    return Chart(
        "overlap_matrix",
        partial(charts.overlap_matrix, frame, labels=reading.names.by_table["obligations"], language=reading.language
        ),
        Table("overlap", text("Tools that share most"), display(
            shown, columns, reading.language, shares=("jaccard", "containment_a_b", "containment_b_a"))),
    )  # fmt: skip


def _tool_sets(reading: Reading) -> Chart:
    asked = reading.table("asked")
    tools = list(reading.table("obligations")["obligation_id"].head(_TOOLS))
    kept = asked[asked["obligation_id"].isin(tools)]
    held = kept.groupby("concept_id", sort=False)["obligation_id"].agg(lambda s: "|".join(sorted(s)))
    counted = held.value_counts().rename("count").rename_axis("tools").reset_index()
    counted["names"] = [" + ".join(reading.names.several("obligations", t)) for t in counted["tools"]]
    columns = {"names": text("Asked by exactly these tools"), "count": text("Pieces of information")}
    return Chart(
        "tool_sets",
        partial(
            charts.tool_sets,
            asked,
            tools=tools,
            labels=reading.names.by_table["obligations"],
            language=reading.language,
        ),
        Table("sets", text("What the heaviest tools ask in common"), display(counted, columns, reading.language)),
    )


def _repeated_table(reading: Reading) -> Table:
    frame = reading.table("repeated")
    frame = frame[frame["repeats_per_year"] > 0].head(SHOWN)
    frame = frame.assign(
        name=[reading.names.of("concepts", c) for c in frame["concept_id"]],
        who=[reading.names.of("actors", a) for a in frame["actor_id"]],
        by=[", ".join(reading.names.several("authorities", a)) for a in frame["authority_ids"]],
    )
    columns = {
        "name": text("Information"), "who": text("Asked of"), "obligations": text("Tools"),
        "asked_per_year": text("Times asked a year"), "repeats_per_year": text("Repeats"),
        "repeat_h_per_year": text("Hours of repeats (cautious)"),
        "repeat_h_per_year_high": text("Hours of repeats (bold)"), "by": text("Recipients"),
    }  # fmt: skip
    return Table("repeated", text("The most repeated information"), display(frame, columns, reading.language))


def _redundancy_table(reading: Reading) -> Table:
    frame = reading.table("redundancy")
    classes = {
        "same": text("the same as asked elsewhere"),
        "derivable": text("… or worked out by adding up"),
        "harmonise": text("… or after an agreement on definitions"),
    }
    units = {
        "items": text("items"), "items × frequency": text("items × frequency"), "hours": text("hours"),
    }  # fmt: skip
    frame = frame.assign(
        reuse=[classes[r].render(reading.language) for r in frame["reuse"]],
        counting_unit=[units[u].render(reading.language) for u in frame["counting_unit"]],
    )
    columns = {
        "reuse": text("Reuse"), "counting_unit": text("Counted in"), "today": text("Today"),
        "once": text("Given once"), "redundancy": text("Redundancy"), "redundancy_high": text("At most"),
    }  # fmt: skip
    return Table(
        "redundancy", text("Redundancy by class of reuse and counting unit"),
        display(frame, columns, reading.language, shares=("redundancy", "redundancy_high")),
    )  # fmt: skip


def _unique_table(reading: Reading) -> Table:
    frame = reading.table("containment")
    frame = frame[frame["items"] > 0].sort_values(["answered_elsewhere_share", "items"], ascending=False, kind="stable")
    frame = frame.head(SHOWN)
    frame = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        alone=[", ".join(reading.names.several("concepts", c)) for c in frame["unique_concept_ids"]],
    )
    columns = {
        "name": text("Tool"), "items": text("Items"), "answered_elsewhere_share": text("Also asked elsewhere"),
        "unique_items": text("Asked only here"), "alone": text("Which"),
    }  # fmt: skip
    return Table(
        "unique",
        text("Tools whose content is mostly asked elsewhere"),
        display(frame, columns, reading.language, shares=("answered_elsewhere_share",)),
        text("Asked elsewhere does not mean useless: see the classes of reuse above."),
    )
