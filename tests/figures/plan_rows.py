"""A plan worked by hand: four measures that save 60, 25, 10 and 5 h of 1,000."""

from __future__ import annotations

import math

import pandas as pd


def front() -> pd.DataFrame:
    """5 h with no text, 65 h with one, 90 h with two, 100 h with three; the second is not proven best."""
    rows = [
        ("acts", "0", 0, 1, 5.0, 5.0), ("acts", "1", 1, 1, 65.0, 80.0), ("acts", "2", 2, 2, 90.0, 90.0),
        ("acts", "3", 3, 2, 100.0, 100.0), ("level", "nothing", 0, 0, 2.0, 2.0), ("level", "agreement", 0, 1, 5.0, 5.0),
        ("level", "order", 0, 1, 5.0, 5.0), ("level", "decree", 1, 1, 30.0, 30.0), ("level", "law", 3, 2, 100.0, 100.0),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["by", "allowed", "acts", "gateways", "saved", "bound_saved"])
    return frame.assign(gap=(frame["bound_saved"] - frame["saved"]) / (1000 - frame["saved"]))


def measures() -> pd.DataFrame:
    """A takes two items from B; C one from a register; D becomes part of B; E ends without anybody's decision.

    Refusing the first loses it all, the second a fifth of it, the third nothing; the fourth was not tried.
    """
    rows = [
        ("M1", "share", "A", "obligation", "B", "", 2, 60.0, "law1|dec1", "", "act", "parliament|government",
         50.0, 200.0, 1.0, 60.0),
        ("M2", "register", "C", "register", "ars", "FINESS", 1, 25.0, "dec1", "ars>pjj", "act", "government|ars|pjj",
         20.0, 40.0, 0.9, 5.0),
        ("M3", "merge", "D", "obligation", "B", "", 3, 10.0, "circ1", "", "agreement", "ars", 8.0, 30.0, 0.4, 0.0),
        ("M4", "end", "E", "obligation", "", "", 1, 5.0, "", "", "none", "", 4.0, 9.0, 1.0, math.nan),
    ]  # fmt: skip
    columns = ["measure", "kind", "obligation_id", "source_kind", "source_id", "register", "items", "saved", "acts",
               "gateways", "decision", "authority_ids", "p10", "p90", "survives_share", "lost"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def acts() -> pd.DataFrame:
    """A law of parliament, a decree of the government, a circular of the ARS."""
    rows = [("law1", "law", "parliament", "M1", 60.0), ("dec1", "decree", "government", "M1|M2", 85.0),
            ("circ1", "circular", "ars", "M3", 10.0)]  # fmt: skip
    return pd.DataFrame(rows, columns=["legal_base_id", "level", "amended_by_id", "measures", "saved"])


def gateways() -> pd.DataFrame:
    """From the ARS to the PJJ, by a decree as its data are personal."""
    columns = ["from_authority_id", "to_authority_id", "personal", "level", "concept_ids", "measures", "saved"]
    return pd.DataFrame([("ars", "pjj", True, "decree", "staff", "M2", 25.0)], columns=columns)


def today() -> pd.DataFrame:
    """Département 700 h, ARS 300 h with two lines of unknown duration, PJJ not known."""
    rows = [("departement", 700.0, 0), ("ars", 300.0, 2), ("pjj", math.nan, 1)]
    return pd.DataFrame(rows, columns=["required_by_id", "hours_per_year", "rows_unmeasured"])


def after() -> pd.DataFrame:
    """100 h less, all of the département's."""
    return today().assign(hours_per_year=[600.0, 300.0, math.nan])


def untouched() -> pd.DataFrame:
    """95 h taken and 5 h beside the items of what ends; of the rest, two reasons are below one half per cent."""
    rows = [("taken", 6, 95.0), ("protected", 9, 490.0), ("at_disposal", 2, 4.0), ("less_fresh", 1, 3.0),
            ("source", 1, 0.0), ("beside_items", 4, 403.0), ("ended", 1, 5.0)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["reason", "items", "weight"])
    return frame.assign(share=frame["weight"] / 1000.0)


NAMES = {
    "E": "Enquête annuelle sur les établissements et services de la protection de l'enfance",
    "parliament": "Parlement",
    "government": "Gouvernement",
}
