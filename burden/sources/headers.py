"""From rows to the records of a table: which row is the header, which column each cell is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from burden.model import portfolio, schema
from burden.model.cells import did_you_mean, folded, nearest
from burden.model.findings import Finding, Place
from burden.model.messages import text
from burden.model.records import Record, Records, duplicate_keys, read_records, without_duplicates
from burden.sources.delimited import HEADER_ROWS
from burden.sources.rows import Row, shown

GUIDANCE = "#"
"""A row above the header that begins so is guidance, however many cells it fills."""

UNREADABLE = frozenset({"file", "no header", "missing column"})
"""Checks after which rows of a table may be missing from the result."""

PORTFOLIO_REQUIRED = ("unit_id", "operator_id", "actor_id")
COUNTS_REQUIRED = ("actor_id", "establishment")


def table_named(name: str) -> str | None:
    """The table that a file or a sheet names, by its name or its French name.

    Examples
    --------
    >>> table_named("Fondements"), table_named("legal bases"), table_named("Feuil1")
    ('legal_bases', 'legal_bases', None)
    """
    return _table_by_name().get(folded(name))


@cache
def _table_by_name() -> Mapping[str, str]:
    names = {folded(t.name_fr): t.table for t in schema.tables().values()}
    return MappingProxyType(names | {folded(t): t for t in schema.tables()})


def table_names() -> list[str]:
    """What a file or a sheet may be called: table names, then French names."""
    return [*schema.tables(), *(t.name_fr for t in schema.tables().values())]


@cache
def table_headings(table: str) -> Mapping[str, str]:
    """The column that each folded header names, in English, in French or by another name.

    Examples
    --------
    >>> table_headings("silos")["politique"]
    'silo_id'
    """
    columns = schema.tables()[table].columns.values()
    names = {folded(n): c.column for c in columns for n in (*c.aliases, c.label_fr)}
    return MappingProxyType(names | {folded(c.column): c.column for c in columns})


@cache
def portfolio_headings() -> Mapping[str, str]:
    """The fixed column of a portfolio that each folded header names."""
    return MappingProxyType({folded(n): c for c, label in portfolio.FIXED.items() for n in (c, label)})


def read_table(table: str, rows: Sequence[Row], file: str) -> tuple[Records, list[Finding]]:
    """The typed rows of one table in one file or sheet, and every fault of headers, cells and keys."""
    spec = schema.tables()[table]
    names = table_headings(table)
    suggestions = [*spec.columns, *(c.label_fr for c in spec.columns.values())]

    def column_of(header: str) -> str:
        return names.get(folded(header), "")

    required = [c.column for c in spec.columns.values() if c.required]
    records, findings = records_below_header(rows, file, names, column_of, suggestions, required)
    typed, faults = read_records(table, records)
    absent = {f.place.column for f in findings if f.check == "missing column"}
    findings += [f for f in faults if f.place.column not in absent]
    return without_duplicates(table, typed), findings + duplicate_keys(table, typed)


def read_portfolio_records(rows: Sequence[Row], file: str) -> tuple[list[Record], list[Finding]]:
    """The records of a portfolio: a header that is not a fixed column names a population.

    Without units but with numbers of establishments by type, it holds published counts.
    """
    names = portfolio_headings()
    at = _header_at(rows, names)
    headers = {portfolio.column_named(c) for c in rows[at].filled()} if at is not None else set()
    counts = set(COUNTS_REQUIRED) <= headers and "unit_id" not in headers
    required = COUNTS_REQUIRED if counts else PORTFOLIO_REQUIRED
    return records_below_header(rows, file, names, portfolio.column_named, list(portfolio.FIXED), required)


def records_below_header(
    rows: Sequence[Row],
    file: str,
    names: Mapping[str, str],
    column_of: Callable[[str], str],
    suggestions: Sequence[str],
    required: Sequence[str],
) -> tuple[list[Record], list[Finding]]:
    """The records below the header row, wherever it stands, and every fault of the headers.

    Parameters
    ----------
    names : mapping of str to str
        Column by folded header: the row that names most of them is the header row.
    column_of : callable
        Column of a header as it is written, or nothing.
    suggestions : sequence of str
        What a header may have meant.
    required : sequence of str
        Columns that must be there.
    """
    at = _header_at(rows, names)
    if at is None:
        return [], [_no_header(file, rows, suggestions)] if any(r.filled() for r in rows) else []
    header = rows[at]
    findings = list(_lost_above(rows[:at], header, file))
    columns, faults = _columns(header, file, names, column_of, suggestions)
    findings += faults
    findings += [
        Finding(
            "missing column",
            "error",
            Place(file, header.line, column),
            text("the column '{column}' is missing.", column=column),
            text("Add it to the header row, with a value in every row."),
        )
        for column in required
        if column not in columns.values()
    ]
    records, faults = _below(rows[at + 1 :], header, columns, file)
    return records, findings + faults


def _header_at(rows: Sequence[Row], names: Mapping[str, str]) -> int | None:
    named = [len({names[f] for c in r.cells if (f := folded(c)) in names}) for r in rows[:HEADER_ROWS]]
    return named.index(max(named)) if any(named) else None


def _no_header(file: str, rows: Sequence[Row], suggestions: Sequence[str]) -> Finding:
    first = next(r for r in rows if r.filled())
    return Finding(
        "no header",
        "error",
        Place(file, first.line),
        text("none of the first {rows} rows names the columns.", rows=HEADER_ROWS),
        text("Write a header row: {columns} …", columns=", ".join(suggestions[:6])),
        value=shown(first.filled()[0]),
    )


def _lost_above(above: Sequence[Row], header: Row, file: str) -> Iterator[Finding]:
    """Rows above the header that look like data: a title fills a cell or two."""
    for row in above:
        filled = row.filled()
        if len(filled) >= max(3, len(header.filled()) / 2) and not filled[0].startswith(GUIDANCE):
            yield Finding(
                "header",
                "error",
                Place(file, row.line),
                text("this row stands above the header row (line {line}) and would be lost.", line=header.line),
                text("Move it below the header row, or begin it with # if it is a remark."),
                value=shown(filled[0]),
            )


def _columns(
    header: Row,
    file: str,
    names: Mapping[str, str],
    column_of: Callable[[str], str],
    suggestions: Sequence[str],
) -> tuple[dict[int, str], list[Finding]]:
    """Column by position; a misspelt header stands for its nearest column, so that its cells are seen."""
    headers = {i: c.strip() for i, c in enumerate(header.cells) if c.strip()}
    named = {i: column for i, c in headers.items() if (column := column_of(c))}
    columns: dict[int, str] = {}
    findings: list[Finding] = []
    for i, written in headers.items():
        place = Place(file, header.line, shown(written))
        if i not in named:
            findings.append(_unknown_header(place, written, suggestions))
            guess = names.get(folded(nearest(written, suggestions)), "")
            if guess and guess not in named.values() and guess not in columns.values():
                columns[i] = guess
        elif named[i] in columns.values():
            findings.append(_named_twice(place, named[i]))
        else:
            columns[i] = named[i]
    return columns, findings


def _unknown_header(place: Place, written: str, suggestions: Sequence[str]) -> Finding:
    remedy = did_you_mean(written, suggestions, text("Correct the header, or remove the column."))
    return Finding("header", "error", place, text("no column has this name."), remedy, value=shown(written))


def _named_twice(place: Place, column: str) -> Finding:
    return Finding(
        "header",
        "error",
        place,
        text("another header already names the column '{column}'.", column=column),
        text("Keep one of the two columns."),
        value=place.column,
    )


def _below(
    rows: Sequence[Row], header: Row, columns: Mapping[int, str], file: str
) -> tuple[list[Record], list[Finding]]:
    headed = {i for i, c in enumerate(header.cells) if c.strip()}
    titles = [folded(c) for c in header.filled()]
    records: list[Record] = []
    findings: list[Finding] = []
    for row in rows:
        filled = row.filled()
        if not filled or _repeats(filled, titles):
            continue
        outside = [c for i, c in enumerate(row.cells) if i not in headed and c and not c.isspace()]
        if outside:
            findings.append(_no_column_above(file, row.line, outside[0]))
        cells = {column: row.cells[i] for i, column in columns.items() if i < len(row.cells)}
        records.append(Record(file, row.line, cells))
    return records, findings


def _repeats(filled: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether a row is the header once more, as where long tables were joined or cells merged."""
    return len(filled) == len(titles) and all(folded(c) == title for c, title in zip(filled, titles, strict=True))


def _no_column_above(file: str, line: int, value: str) -> Finding:
    return Finding(
        "row",
        "error",
        Place(file, line),
        text("'{value}' stands in a column without a header.", value=shown(value)),
        text("Give the column a header, or put quotation marks around a cell that holds a delimiter."),
        value=shown(value),
    )
