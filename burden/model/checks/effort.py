"""Time and its price: what cannot be measured, and what is not plausible."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from burden.model import schema
from burden.model.checks.rows import at_rows, values_of
from burden.model.findings import Finding, Place
from burden.model.inventory import Inventory
from burden.model.messages import plural_text, text

PERSON_DAY_MIN = 480.0
"""Minutes of a person-day (Leitfaden zur Ermittlung des Erfüllungsaufwands)."""

_USUAL_ACTIVITIES = (4, 6)
_STANDARD = ["activity", "side", "complexity"]
_DONE = ["obligation_id", "activity", "side"]


def four_to_six_activities(inv: Inventory) -> Iterator[Finding]:
    """An obligation has not the four to six activities that most have."""
    activities, obligations = inv.activities, inv.obligations
    if activities.empty:
        if len(obligations):
            yield Finding(
                "four to six activities", "note", Place(_file(inv, "activities")),
                text("no activity is known: reading, meetings, signature and filing are not counted."),
                text("Add the activities of each obligation; most have four to six."),
            )  # fmt: skip
        return
    own = activities[activities["side"] == "respondent"]
    number = obligations["obligation_id"].map(own.groupby("obligation_id")["activity"].nunique()).fillna(0)
    yield from at_rows(
        inv, "obligations", obligations.assign(n=number.astype(int))[~number.between(*_USUAL_ACTIVITIES)],
        "obligation_id", check="four to six activities", severity="note",
        said=lambda r: (
            plural_text("'{obligation}' has {n} activity of the one who answers; most have four to six.",
                        "'{obligation}' has {n} activities of the one who answers; most have four to six.",
                        r.n, obligation=r.obligation_id, n=r.n),
            text("Check that none is missing, and that none is cut in two."),
        ),
    )  # fmt: skip


def activity_without_time(inv: Inventory) -> Iterator[Finding]:
    """An activity has neither minutes nor a standard time, or only one of the other side."""
    bare = inv.activities
    bare = bare[bare["minutes"].isna()]
    standard = inv.standard_times
    bare = bare[~_rows_in(bare[_STANDARD], standard[_STANDARD])]
    other_side = _rows_in(bare[["activity"]], standard[["activity"]]) & ~_rows_in(
        bare[["activity", "side"]], standard[["activity", "side"]]
    )
    yield from at_rows(
        inv, "activities", bare[other_side], "side", check="activity without time", severity="warning",
        said=lambda r: (
            text("'{activity}' has a standard time on the other side only: is it one of '{side}'?",
                 activity=r.activity, side=r.side),
            text("Correct the side or the activity, or write its minutes."),
        ),
    )  # fmt: skip
    yield from at_rows(
        inv, "activities", bare[~other_side], "minutes", check="activity without time", severity="note",
        said=lambda r: (
            text("'{activity}' of '{obligation}' has neither minutes nor a standard time: it is unmeasured.",
                 activity=r.activity, obligation=r.obligation_id),
            text("Write its minutes, its complexity, or a standard time for it."),
        ),
    )  # fmt: skip


def _rows_in(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    known = set(others.itertuples(index=False, name=None))
    found = [row in known for row in rows.itertuples(index=False, name=None)]
    return pd.Series(found, rows.index, dtype=bool)


def items_without_time(inv: Inventory) -> list[Finding]:
    """Items of an obligation have neither minutes nor a standard time of obtaining data."""
    requests, standard = inv.requests, inv.standard_times
    obtaining = standard[(standard["activity"] == "obtaining_data") & (standard["side"] == "respondent")]
    kind = requests["concept_id"].map(values_of(inv, "concepts", "kind"))
    timed = requests["minutes"].notna() | requests["complexity"].isin(obtaining["complexity"])
    bare = requests[~timed & (kind != "identifier")]
    number = bare.groupby("obligation_id").size()
    obligations = inv.obligations
    found = obligations["obligation_id"].map(number)
    return at_rows(
        inv, "obligations", obligations.assign(n=found.fillna(0).astype(int))[found.notna()], "obligation_id",
        check="items without time", severity="note",
        said=lambda r: (
            plural_text("{n} item of '{obligation}' has neither minutes nor a standard time: unmeasured.",
                        "{n} items of '{obligation}' have neither minutes nor a standard time: unmeasured.",
                        r.n, n=r.n, obligation=r.obligation_id),
            text("Write minutes or a complexity, and a standard time of obtaining_data for it."),
        ),
    )  # fmt: skip


def grade_without_tariff(inv: Inventory) -> Iterator[Finding]:
    """A staff grade that works has no tariff: its hours have no cost."""
    priced = inv.tariffs["staff_grade"]
    work = [inv[table].assign(table=table)[["staff_grade", "table"]] for table in ("requests", "activities")]
    frames = [part for part in work if len(part)]
    used = pd.concat(frames)["staff_grade"] if frames else priced.head(0)
    unpriced = used[used.notna() & ~used.isin(priced)].value_counts()
    for grade, number in sorted(unpriced.items(), key=str):
        yield Finding(
            "grade without tariff", "warning", Place(_file(inv, "tariffs"), column="staff_grade"),
            plural_text("'{grade}' has no tariff: the hours of {n} row have no cost.",
                        "'{grade}' has no tariff: the hours of {n} rows have no cost.",
                        number, grade=grade, n=number),
            text("Add its cost of an hour, with its source."), value=grade,
        )  # fmt: skip


def work_without_grade(inv: Inventory) -> Iterator[Finding]:
    """Nothing says who does the work: its hours have no cost."""
    for table in ("requests", "activities"):
        number = int(inv[table]["staff_grade"].isna().sum())
        if number:
            yield Finding(
                "work without grade", "note", Place(_file(inv, table), column="staff_grade"),
                plural_text("{n} row does not say who does the work: its hours have no cost.",
                            "{n} rows do not say who does the work: their hours have no cost.",
                            number, n=number),
                text("Write the staff grade."),
            )  # fmt: skip


def _file(inv: Inventory, table: str) -> str:
    """Where a whole table stands; one without rows stands nowhere but in the schema."""
    files = inv.records[table].places["file"].tolist() if table in inv.records else []
    return str(files[0]) if files else table


def long_item(inv: Inventory) -> list[Finding]:
    """One item is said to take more than a person-day."""
    requests = inv.requests
    return at_rows(
        inv, "requests", requests[requests["minutes"] > PERSON_DAY_MIN], "minutes",
        check="long item", severity="warning",
        said=lambda r: (
            text("one item takes {minutes} minutes, more than a person-day of {day}.",
                 minutes=f"{r.minutes:g}", day=f"{PERSON_DAY_MIN:g}"),
            text("Check that these are minutes of one answer, and not of the whole or of a year."),
        ),
    )  # fmt: skip


def harder_is_shorter(inv: Inventory) -> list[Finding]:
    """A standard time is below that of a simpler case of the same activity."""
    times = inv.standard_times
    rank = {code: i for i, code in enumerate(schema.codes("complexity"))}
    ordered = times.assign(rank=times["complexity"].map(rank)).sort_values("rank")
    case = [ordered["activity"], ordered["side"]]
    longest = ordered["minutes"].groupby(case, dropna=False).cummax()
    simpler = longest.groupby(case, dropna=False).shift()
    rows = ordered.assign(simpler=simpler)[ordered["minutes"] < simpler].sort_index()
    return at_rows(
        inv, "standard_times", rows, "minutes", check="harder is shorter", severity="warning",
        said=lambda r: (
            text("{complexity} '{activity}' takes {minutes} minutes, and a simpler one {simpler}.",
                 complexity=r.complexity, activity=r.activity,
                 minutes=f"{r.minutes:g}", simpler=f"{r.simpler:g}"),
            text("Correct one of the two."),
        ),
    )  # fmt: skip


def estimate_of_nothing(inv: Inventory) -> Iterator[Finding]:
    """An estimate names neither or both of an item and an activity, or one that the tool does not have."""
    said = inv.estimates
    item, activity = said["concept_id"].notna(), said["activity"].notna()
    yield from at_rows(
        inv, "estimates", said[item == activity], "concept_id", check="estimate of nothing", severity="warning",
        said=lambda _: (
            text("an estimate is of one item or of one activity; this one counts for neither."),
            text("Write either concept_id or activity."),
        ),
    )  # fmt: skip
    asked = _rows_in(said[["obligation_id", "concept_id"]], inv.requests[["obligation_id", "concept_id"]])
    own = said["side"] == "respondent"
    yield from at_rows(
        inv, "estimates", said[item & ~activity & ~(asked & own)], "concept_id",
        check="estimate of nothing", severity="warning",
        said=lambda r: (
            text("'{obligation}' does not ask '{concept}' of the '{side}': the estimate is not used.",
                 obligation=r.obligation_id, concept=r.concept_id, side=r.side),
            text("Correct it, or add the request; the work of an authority is an activity."),
        ),
    )  # fmt: skip
    done = _rows_in(said[_DONE], inv.activities[_DONE])
    yield from at_rows(
        inv, "estimates", said[activity & ~item & ~done], "activity", check="estimate of nothing", severity="warning",
        said=lambda r: (
            text("'{obligation}' has no activity '{activity}' of the '{side}': the estimate is not used.",
                 obligation=r.obligation_id, activity=r.activity, side=r.side),
            text("Correct it, or add the activity."),
        ),
    )  # fmt: skip
