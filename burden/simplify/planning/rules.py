"""What a change needs under the law, as far as the inventory says; each rule is a judgement written down.

An administration may not ask whoever presents a demand or makes a declaration for what it has
already, or can get from another administration (code des relations entre le public et
l'administration, L. 113-12 and L. 114-8, read in their version of March 2026): taking the same item
from where it is arguably takes no act, only a way for it to pass. The code gives way to special
provisions (L. 100-1), and does not reach inspections, contracts and statistical surveys, nor courts
and independent authorities: there, the texts are taken to need a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from burden.model.inventory import Inventory

ADMINISTRATIONS = ("state", "ars", "departement", "commune", "social_security", "role")
"""Levels of authorities to which the code applies; courts, independent and accredited bodies are not sure."""

NOT_DECLARED = ("inspection", "cpom", "statistical_survey", "evaluation")
"""Instruments that are neither a demand nor a declaration in the sense of the code."""

AUDIENCES = ("internal", "public")
"""Who is no authority: nothing passes from or to them."""

BINDING = ("eu_law", "law", "decree", "order")
"""Levels of acts with the force of law or regulation."""

UNKNOWN = "unknown"
"""Level of what an obligation rests on when it cites no text: not known, which is not none."""

GATEWAY_LEVELS: Mapping[tuple[bool, bool], str] = MappingProxyType(
    {
        (False, True): "convention",
        (True, True): "decree",
        (False, False): "convention",
        (True, False): "law",
    }
)
"""Level of the act that opens a gateway, by (personal data, both are administrations)."""

REPLACEABLE_PROOFS = ("declaration", "document")
"""Proofs that are information: an inspection or the word of a third party is more than its items."""


def gateway_level(inv: Inventory, giver: str, receiver: str, *, personal: bool) -> str:
    """Level of the act that would open a gateway between two authorities.

    Examples
    --------
    >>> import burden as bd
    >>> gateway_level(bd.example("four-tools"), "ars", "departement", personal=False)
    'convention'
    """
    level = dict(zip(inv.authorities["authority_id"], inv.authorities["level"], strict=True))
    return GATEWAY_LEVELS[personal, all(level.get(a) in ADMINISTRATIONS for a in (giver, receiver))]


def acts(inv: Inventory) -> pd.DataFrame:
    """Texts that each obligation rests on, all of them: which one settles what is not known.

    Returns
    -------
    DataFrame
        One row per obligation × text: ``obligation_id``, ``legal_base_id`` (of an obligation that
        cites none, ``unknown:`` and its identifier), ``level``, ``amended_by_id`` (who requires
        the obligation where nobody is named).
    """
    cited = inv.obligations[["obligation_id", "required_by_id"]].assign(
        legal_base_id=inv.obligations["legal_base_ids"].str.split("|")
    )
    cited = cited.explode("legal_base_id")
    known = cited.merge(inv.legal_bases[["legal_base_id", "level", "amended_by_id"]], on="legal_base_id", how="left")
    known["level"] = known["level"].fillna(UNKNOWN)
    missing = ~known["legal_base_id"].isin(inv.legal_bases["legal_base_id"])
    known["legal_base_id"] = known["legal_base_id"].mask(missing, "unknown:" + known["obligation_id"])
    known["amended_by_id"] = known["amended_by_id"].fillna(known["required_by_id"])
    columns = ["obligation_id", "legal_base_id", "level", "amended_by_id"]
    return known[columns].drop_duplicates(ignore_index=True)
