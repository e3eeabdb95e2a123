"""Another field, another language: reporting obligations of the European Environment Agency.

Run it as ``python tests/eea_inventory.py FOLDER`` on the agency's dump. Public functions only.
"""

import re
import sys
from pathlib import Path

import pandas as pd

import burden as bd

SURE = {"evidence": "secondary"}
WORDS, LISTED = r"[a-z]{5,}", r"[^\n,;.]{3,80}"


def inventory(folder: Path, *, item: str = LISTED) -> bd.Inventory:
    """Obligations on countries; each asks its listed parameters, or the words of title and list."""
    raw = pd.read_csv(folder / "obligations.csv", dtype=str).fillna("")
    raw["id"], raw["by"] = "RA-" + raw["PK_RA_ID"], "client-" + raw["FK_CLIENT_ID"]
    months = raw["REPORT_FREQ_MONTHS"].replace("", "0").astype(int)
    source = raw["PARAMETERS"] if item == LISTED else raw["TITLE"] + " " + raw["PARAMETERS"]
    asked = raw.assign(label=source.str.lower().map(lambda t: re.findall(item, t))).explode("label").dropna()
    asked["concept"] = asked["label"].str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    asked = asked[asked["concept"] != ""].drop_duplicates(["id", "concept"])
    concepts, clients = asked.drop_duplicates("concept"), pd.read_csv(folder / "clients.csv", dtype=str)
    return bd.from_frames("eea", {
        "silos": pd.DataFrame({"silo_id": ["environment"], "name_fr": ["environnement"]}),
        "authorities": pd.DataFrame({"authority_id": "client-" + clients["PK_CLIENT_ID"],
            "name_fr": clients["CLIENT_NAME"], "level": "eu", **SURE}),
        "actors": pd.DataFrame({"actor_id": ["country"], "name_fr": ["pays"], "kind": ["operator"], **SURE}),
        "populations": pd.DataFrame({"population_id": ["country"], "name_fr": ["pays"], "grain": ["operator"]}),
        "obligations": pd.DataFrame({"obligation_id": raw["id"], "name_fr": raw["TITLE"], "silo_id": "environment",
            "instrument": "activity_report", "required_by_id": raw["by"], "population_id": "country",
            "period": months.map(lambda m: f"P{m}M" if m else "event"), "item_list": "partial",
            "valid_to": pd.to_datetime(raw["VALID_TO"].where(raw["TERMINATE"] == "Y"), errors="coerce"), **SURE}),
        "duties": pd.DataFrame({"obligation_id": raw["id"], "actor_id": "country", "share": 1.0, **SURE}),
        "concepts": pd.DataFrame({"concept_id": concepts["concept"], "name_fr": concepts["label"],
            "kind": "quantity", "additive": "no", "personal": False, **SURE}),
        "requests": pd.DataFrame({"obligation_id": asked["id"], "label_fr": asked["concept"],
            "concept_id": asked["concept"], "grain": "operator", "reference_period": "unspecified",
            "perimeter": "unspecified", "unit": "unspecified", "complexity": "medium", **SURE}),
    })  # fmt: skip


def portfolio(folder: Path) -> bd.Portfolio:
    """The countries that report, one unit each."""
    reporting = pd.read_csv(folder / "obligation_country.tsv", sep="\t", dtype=str)["FK_SPATIAL_ID"].unique()
    units = pd.DataFrame({"unit_id": "country-" + reporting, "actor_id": "country", "country": 1.0})
    return bd.portfolio_from_frame("reporting countries", units.assign(operator_id=units["unit_id"]))


if __name__ == "__main__":
    source = Path(sys.argv[1])
    print(bd.audit.run(inventory(source), portfolio(source)).write("audit-eea", language="en"))
