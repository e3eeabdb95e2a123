"""From a key figure of a bundle back to its rows and sources."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from burden.model.cells import did_you_mean
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text


def read_figures(bundle: str | Path) -> pd.DataFrame:
    """The key figures of a bundle, one row each.

    Raises
    ------
    InventoryError
        If the folder is not a bundle.
    """
    path = Path(bundle) / "audit.json"
    if not path.is_file():
        raise InventoryError(
            [
                Finding(
                    "missing file", "error", Place(str(path)), text("there is no audit here."),
                    text("Run `burden audit` first, or give its folder with --audit."),
                )
            ]
        )  # fmt: skip
    return pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["figures"])


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
    rows = pd.read_csv(Path(bundle) / "tables" / f"{found['rows']['table']}.csv", dtype=object)
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


def _known(value: object) -> object:
    return "unknown" if pd.isna(value) else value  # type: ignore[call-overload]


def sources_behind(bundle: str | Path, rows: pd.DataFrame) -> pd.DataFrame:
    """The sources that some rows of a bundle cite.

    Returns
    -------
    DataFrame
        ``source_id``, ``citation``, ``url``, ``date_read``; no row when the rows cite none.
    """
    sources = pd.read_csv(Path(bundle) / "tables" / "sources.csv", dtype=object)
    cited = rows["source_id"] if "source_id" in rows else pd.Series(dtype=object)
    kept = sources[sources["source_id"].isin(set(cited.dropna()))]
    return kept[["source_id", "citation", "url", "date_read"]].reset_index(drop=True)
