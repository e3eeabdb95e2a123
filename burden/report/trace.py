"""From a key figure of a bundle back to its rows and sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from burden.model.cells import did_you_mean
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.sources.objects import UnreadableError, read_object
from burden.sources.placing import recovered
from burden.sources.tables import read_table_file

_FIRST = text("Run `burden audit` first, or give its folder with --audit.")
_SAID = frozenset({"id", "name", "value", "low", "high", "unit", "formula", "rows", "counting_unit", "evidence",
                   "unmeasured"})  # fmt: skip


def read_figures(bundle: str | Path) -> pd.DataFrame:
    """The key figures of a bundle, one row each.

    Raises
    ------
    InventoryError
        If the folder is not a bundle.
    """
    path = recovered(Path(bundle)) / "audit.json"
    fault = text("there is no audit here.")
    try:
        figures = read_object(path).get("figures")
        if isinstance(figures, list) and all(isinstance(f, dict) and f.keys() >= _SAID for f in figures):
            return pd.DataFrame(figures)
        fault = text("it does not say the figures of an audit.")
    except OSError:
        pass
    except UnreadableError as error:
        fault = text("it cannot be read: {fault}.", fault=error.fault)
    raise InventoryError([Finding("missing file", "error", Place(str(path)), fault, _FIRST)])


def rows_behind(bundle: str | Path, figure: str) -> tuple[str, pd.DataFrame]:
    """What a key figure says of itself, and the rows it was worked out from.

    Returns
    -------
    tuple
        A few lines (name, value, range, formula, evidence, unmeasured) and the rows.

    Raises
    ------
    InventoryError
        If the bundle has no such figure.
    """
    # Documents let identifiers break between lines; copied from there, they bring the breaks along.
    figure = figure.replace("\u200b", "")
    figures = read_figures(bundle).set_index("id", drop=False)
    if figure not in figures.index:
        raise InventoryError(
            [
                Finding(
                    "unknown figure", "error", Place(str(Path(bundle) / "audit.json")),
                    text("there is no figure '{figure}'.", figure=figure),
                    did_you_mean(figure, figures.index, text("`burden explain list` lists them.")),
                )
            ]
        )  # fmt: skip
    found = figures.loc[figure]
    rows = _table(bundle, str(found["rows"]["table"]))
    for column, values in found["rows"]["where"].items():
        rows = rows[rows[column].isin(values)]
    said = (
        f"{found['name']['en']} ({figure})\n"
        f"value: {_known(found['value'])} {found['unit']}\n"
        f"range: {_known(found['low'])} to {_known(found['high'])}\n"
        f"formula: {found['formula']}\n"
        f"counted in: {found['counting_unit']}; evidence: {found['evidence']}; "
        f"unmeasured lines left out: {found['unmeasured']}\n"
    )
    return said, rows.reset_index(drop=True)


def _table(bundle: str | Path, name: str) -> pd.DataFrame:
    # The name comes from a file: nothing but what stands in the folder is read.
    path = Path(bundle) / "tables" / f"{Path(name).name}.csv"
    return read_table_file(path, f"tables/{path.name}", _FIRST, types={}).astype(object)


def _known(value: object) -> object:
    return "unknown" if pd.isna(value) else value  # type: ignore[call-overload]


def sources_behind(bundle: str | Path, rows: pd.DataFrame) -> pd.DataFrame:
    """The sources that some rows of a bundle cite.

    Returns
    -------
    DataFrame
        ``source_id``, ``citation``, ``url``, ``date_read``; no row when the rows cite none.
    """
    sources = _table(bundle, "sources")
    cited = rows["source_id"] if "source_id" in rows else pd.Series(dtype=object)
    kept = sources[sources["source_id"].isin(set(cited.dropna()))]
    return kept[["source_id", "citation", "url", "date_read"]].reset_index(drop=True)
