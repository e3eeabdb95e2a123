"""What may be said against a measure, and what in the plan answers it: only what holds of that measure."""

from __future__ import annotations

import pandas as pd

from burden.model.messages import Text, text
from burden.report.content import Sentence
from burden.report.kit.draft import Draft
from burden.simplify.planning.rules import ADMINISTRATIONS


def objections(draft: Draft, row: pd.Series, items: pd.DataFrame) -> tuple[Sentence, ...]:
    """The objections that the measure invites, each with its answer."""
    said: list[Text] = []
    if row["reuse"] == "harmonise":
        said.append(text(
            "The two do not mean the same. — The measure holds only once one definition is agreed on; nothing is taken "
            "as the same that the texts do not show to be the same."
        ))  # fmt: skip
    if items["personal"].any():
        said.append(text(
            "These are personal data. — Nobody receives an item that it does not receive today; a new exchange of "
            "personal data is counted as needing a decree, or a law where a court or an independent body takes part."
        ))  # fmt: skip
    if row["register"]:
        said.append(text(
            "The register may be incomplete or late. — It is used only where it is renewed at least as often; that it "
            "covers all who are concerned is assumed, and must be checked before."
        ))  # fmt: skip
    if _beyond_code(draft, row):
        said.append(text(
            "A court or an independent body is not bound by the code. — True: a text is counted there, and its consent."
        ))  # fmt: skip
    if _protected(draft, row):
        said.append(text("This tool protects people. — The tool stays, and so does every item marked as protected."))
    said.append(text(
        "A second answer catches errors. — It may: the measure counts it as lost. Whoever doubts an item can still ask "
        "for it, case by case."
    ))  # fmt: skip
    return tuple(Sentence(s) for s in said)


def _beyond_code(draft: Draft, row: pd.Series) -> bool:
    authorities = draft.audit.inventory.authorities
    level = dict(zip(authorities["authority_id"], authorities["level"], strict=True))
    involved = [a for a in row["authority_ids"].split("|") if a in level]
    opened = {a for pair in row["gateways"].split("|") for a in pair.split(">") if a}
    return any(level[a] not in ADMINISTRATIONS for a in involved if a in opened)


def _protected(draft: Draft, row: pd.Series) -> bool:
    obligations = draft.audit.inventory.obligations
    own = obligations.loc[obligations["obligation_id"] == row["obligation_id"], "protected"]
    return bool(own.eq(True).fillna(False).any())
