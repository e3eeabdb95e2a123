from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, evidence_range, title_of

NBSP, THIN = "\u00a0", "\u202f"


def test_the_title_goes_from_verified_to_all_rows(evidence: pd.DataFrame) -> None:
    assert title_of(evidence_range(evidence, language="en")) == (
        "On verified rows 8–12% of the hours repeat what was given already; on all rows 26–36%"
    )


def test_the_title_in_french(evidence: pd.DataFrame) -> None:
    assert title_of(evidence_range(evidence)) == (
        f"D'après les lignes vérifiées, 8–12{NBSP}% des heures répètent une information déjà donnée{THIN};"
        f" d'après toutes les lignes, 26–36{NBSP}%"
    )


def test_without_verified_rows_the_title_speaks_of_all(evidence: pd.DataFrame) -> None:
    evidence.loc[0, ["redundancy", "redundancy_high"]] = np.nan

    assert title_of(evidence_range(evidence, language="en")) == (
        "On all rows 26–36% of the hours repeat what was given already"
    )


def test_verified_rows_alone_are_not_called_all(evidence: pd.DataFrame) -> None:
    assert title_of(evidence_range(evidence.head(1), language="en")) == (
        "On verified rows 8–12% of the hours repeat what was given already"
    )


def test_an_unknown_step_is_said(evidence: pd.DataFrame) -> None:
    evidence.loc[1, ["redundancy", "redundancy_high"]] = np.nan

    assert "not known" in {t.get_text() for t in evidence_range(evidence, language="en").texts}


def test_steps_go_from_the_surest_whatever_the_order_of_the_rows(evidence: pd.DataFrame) -> None:
    ax = evidence_range(evidence.iloc[::-1], language="en")

    assert ax.get_yticklabels()[0].get_text().startswith("Verified: text read in force")


@pytest.mark.parametrize(
    ("reuse", "said"), [("same", "once today"), ("derivable", "finer"), ("harmonise", "agreement")]
)
def test_the_class_of_reuse_is_said(evidence: pd.DataFrame, reuse: str, said: str) -> None:
    ax = evidence_range(evidence.assign(reuse=reuse), language="en", reuse=reuse)  # type: ignore[arg-type]

    assert said in alt_text(ax)


def test_what_is_unmeasured_on_all_rows_is_counted(evidence: pd.DataFrame) -> None:
    evidence["unmeasured"] = [1, 2, 41]

    assert "41 askings without a known number or time" in alt_text(evidence_range(evidence, language="en"))


def test_one_row_stays_legible(evidence: pd.DataFrame, illegible: Callable[[Axes], list[str]]) -> None:
    assert illegible(evidence_range(evidence.tail(1))) == []


def test_no_row_of_the_class_is_said(evidence: pd.DataFrame) -> None:
    assert alt_text(evidence_range(evidence, language="en", reuse="same")) == ("Nothing to show: the table has no row.")


def test_nothing_known_is_said(evidence: pd.DataFrame) -> None:
    evidence[["redundancy", "redundancy_high"]] = np.nan

    assert alt_text(evidence_range(evidence, language="en")) == (
        "Nothing to show: the hours of the repeats are not known."
    )
