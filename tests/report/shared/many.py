"""Many operators on the toy: three types of structure and their associations, in four territories."""

from __future__ import annotations

import pandas as pd

import burden as bd
from burden.model.inventory import frames

TYPES = ("ehpad", "home", "service")
TERRITORIES = ("17", "33", "44", "85")


def inventory() -> bd.Inventory:
    """The toy, its tools owed by three types of structure and one of them by associations."""
    toy = frames(bd.example("four-tools"))
    kinds = dict.fromkeys(TYPES, "establishment") | {"association": "operator"}
    actors = pd.DataFrame({"actor_id": list(kinds), "kind": list(kinds.values())})
    duties = toy["duties"].drop(columns="actor_id")
    owed = {"ehpad": slice(0, 4), "home": slice(0, 3), "service": slice(1, 4), "association": slice(0, 1)}
    populations = pd.DataFrame({"population_id": ["operator", "person"], "grain": ["operator", "person"]})
    obligations = toy["obligations"]
    obligations.loc[obligations["obligation_id"] == "TDB", "population_id"] = "person"
    changed = {
        "actors": actors.assign(name_fr=actors["actor_id"], evidence="recalled"),
        "duties": pd.concat([duties.iloc[s].assign(actor_id=a) for a, s in owed.items()], ignore_index=True),
        "populations": pd.concat([toy["populations"], populations.assign(name_fr="—")], ignore_index=True),
        "obligations": obligations,
    }
    return bd.from_frames("by hand", toy | changed)


def portfolio(operators: int = 12) -> bd.Portfolio:
    """Associations that all run a nursing home, and some of them other structures, far away or not."""
    rows = []
    for n in range(operators):
        rows.append((f"SIREN{n}", "association", n % 4, None))
        rows.append((f"FINESS{n}A", "ehpad", n % 4, 40 + 7 * n))
        if n % 2:
            rows.append((f"FINESS{n}B", "home", n % 3, 10 + n))
        if n % 3:
            rows.append((f"FINESS{n}C", "service", (n + 1) % 4, 25 + n))
    units = pd.DataFrame(rows, columns=["unit_id", "actor_id", "at", "person"])
    owner = units["unit_id"].str.extract(r"(\d+)")[0]
    return bd.portfolio_from_frame(
        "Enquête Confidentielle Vendée",
        units.assign(
            operator_id="SIREN" + owner,
            name="Maison Durand-" + units["unit_id"],
            territory=[TERRITORIES[a] for a in units["at"]],
            note="Vu avec Mme Martin-" + owner,
            source_id="lettre-" + owner,
            evidence="measured",
        ).drop(columns="at"),
    )
