"""Curves of a contract that are worked by hand."""

from __future__ import annotations

import pandas as pd

MOST = 6


def curve() -> pd.DataFrame:
    """No contract 10 h a service; one that limits documents 25 h + 2 h a service; one that keeps them 5 h more."""
    rows = []
    for services in range(1, MOST + 1):
        without, law = 10.0 * services, 25.0 + 2.0 * services
        rows += [
            _row("without", services, without, 0.0, 0.0, float("nan")),
            # Fewer hours from four services on; the draws are sure of it from five on.
            _row("law", services, law, law - without, 8.0, 0.95 if services > 4 else 0.7 if services == 4 else 0.1),
            _row("practice", services, without + 5.0, 5.0, 2.0, 0.0),
        ]
    return pd.DataFrame(rows)


def _row(case: str, services: int, hours: float, gap: float, spread: float, less: float) -> dict[str, object]:
    return {
        "size": 1.0, "services": services, "case": case, "hours_per_year": hours, "p10": hours - spread, "p50": hours,
        "p90": hours + spread, "difference": gap, "difference_p10": gap - spread, "difference_p50": gap,
        "difference_p90": gap + spread, "less_share": less,
    }  # fmt: skip
