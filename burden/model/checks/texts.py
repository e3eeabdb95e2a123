"""Obligations and the texts they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from burden.model.cells import folded
from burden.model.checks.rows import at_rows, parts, values_of
from burden.model.findings import Finding
from burden.model.inventory import EVIDENCE_LADDER, Inventory
from burden.model.messages import text

_RANK = {code: rank for rank, code in enumerate(EVIDENCE_LADDER)}
_ARTICLE = re.compile(r"(?<![\w.])([LRDA])\.?\s?\*?\s?\d{2,}")
_CODE_FIRST = re.compile(r"(art|article|articles|code|casf|csp|css|cch|cgct|cja|cpp)\b")
_OF_LETTER = {"L": "law", "R": "decree", "D": "decree", "A": "order"}
_OF_FIRST_WORD = {
    "loi": "law", "ordonnance": "law", "decret": "decree", "arrete": "order",
    "circulaire": "circular", "instruction": "circular",
}  # fmt: skip
_AMENDED_AT = {"eu_law": "eu", "law": "state", "decree": "state"}


def obligation_without_legal_base(inv: Inventory) -> list[Finding]:
    """An obligation rests on no text, contract or practice."""
    obligations = inv.obligations
    return at_rows(
        inv, "obligations", obligations[obligations["legal_base_ids"] == ""], "legal_base_ids",
        check="obligation without legal base", severity="warning",
        said=lambda r: (
            text("nothing says what '{obligation}' rests on.", obligation=r.obligation_id),
            text("Name its text; a practice without a text is a legal base too,"
                 " of level local_practice or convention."),
        ),
    )  # fmt: skip


def obligation_without_duty(inv: Inventory) -> list[Finding]:
    """An obligation falls on nobody."""
    obligations = inv.obligations
    alone = ~obligations["obligation_id"].isin(inv.duties["obligation_id"])
    return at_rows(
        inv, "obligations", obligations[alone], "obligation_id",
        check="obligation without duty", severity="warning",
        said=lambda r: (
            text("'{obligation}' falls on nobody: it is in no figure.", obligation=r.obligation_id),
            text("Add to duties the type of actor that owes it."),
        ),
    )  # fmt: skip


def obligation_without_request(inv: Inventory) -> list[Finding]:
    """An obligation asks for no information."""
    obligations = inv.obligations
    alone = ~obligations["obligation_id"].isin(inv.requests["obligation_id"])
    return at_rows(
        inv, "obligations", obligations[alone], "obligation_id",
        check="obligation without request", severity="note",
        said=lambda r: (
            text("nothing says what '{obligation}' asks for.", obligation=r.obligation_id),
            text("Add to requests what it asks for, if it asks for anything."),
        ),
    )  # fmt: skip


def obligation_without_recipient(inv: Inventory) -> list[Finding]:
    """An obligation reaches nobody, and is not one that is kept available."""
    obligations = inv.obligations
    alone = ~obligations["obligation_id"].isin(inv.recipients["obligation_id"])
    kept = obligations["channel"] == "kept_available"
    return at_rows(
        inv, "obligations", obligations[alone & ~kept], "obligation_id",
        check="obligation without recipient", severity="note",
        said=lambda r: (
            text("nothing says whom '{obligation}' must reach.", obligation=r.obligation_id),
            text("Add to recipients who receives it, or write kept_available as its channel."),
        ),
    )  # fmt: skip


def ended_legal_bases(inv: Inventory) -> list[Finding]:
    """All that an obligation rests on has ended before it does."""
    obligations = inv.obligations
    bases = parts(obligations["legal_base_ids"])
    ends = pd.to_datetime(bases.map(values_of(inv, "legal_bases", "valid_to")))
    last = ends.groupby(level=0).agg("max").reindex(obligations.index)
    in_force = ends.isna().groupby(level=0).any().reindex(obligations.index)
    ended = (in_force == False) & ~(obligations["valid_to"] <= last)  # noqa: E712  (absent is not False)
    return at_rows(
        inv, "obligations", obligations.assign(last=last)[ended], "legal_base_ids",
        check="ended legal bases", severity="warning",
        said=lambda r: (
            text("all that '{obligation}' rests on ended by {date}.",
                 obligation=r.obligation_id, date=r.last.date()),
            text("Name the text in force, or write until when the obligation applied."),
        ),
    )  # fmt: skip


def surer_than_its_texts(inv: Inventory) -> list[Finding]:
    """An obligation is said to be surer than every text it rests on."""
    obligations = inv.obligations
    bases = parts(obligations["legal_base_ids"])
    of_base = bases.map(values_of(inv, "legal_bases", "evidence")).map(_RANK).astype("float64")
    best = of_base.groupby(level=0).min().reindex(obligations.index)
    own = obligations["evidence"].map(_RANK).astype("float64")
    return at_rows(
        inv, "obligations", obligations[own < best], "evidence",
        check="surer than its texts", severity="warning",
        said=lambda r: (
            text("'{obligation}' is said to be '{evidence}', and no text it rests on is as sure.",
                 obligation=r.obligation_id, evidence=r.evidence),
            text("Lower it to the evidence of its best text, or name the text that was read."),
        ),
    )  # fmt: skip


def level_of_citation(inv: Inventory) -> list[Finding]:
    """A citation is of another level than the row says: art. L. is law, R. or D. decree, A. order."""
    bases = inv.legal_bases
    cited = [levels_on_face(str(citation)) for citation in bases["citation"]]
    wrong = [bool(levels) and level not in levels
             for levels, level in zip(cited, bases["level"], strict=True)]  # fmt: skip
    shown = [", ".join(sorted(levels)) for levels in cited]
    return at_rows(
        inv, "legal_bases", bases.assign(cited=shown)[wrong], "level",
        check="level of citation", severity="warning",
        said=lambda r: (
            text("'{citation}' is of level {cited}, and the row says {level}.",
                 citation=r.citation, cited=r.cited, level=r.level),
            text("Correct the level or the citation: the level decides who can amend the act."),
        ),
    )  # fmt: skip


def levels_on_face(citation: str) -> set[str]:
    """Levels that the citation shows on its face; none when it does not."""
    plain = folded(citation)
    if first := _OF_FIRST_WORD.get(plain.split(" ")[0]):
        return {first}
    letters = _ARTICLE.findall(citation) if _CODE_FIRST.match(plain) else []
    return {_OF_LETTER[letter] for letter in letters}


def amended_by(inv: Inventory) -> Iterator[Finding]:
    """Who can amend an act is not said, or cannot be that authority."""
    bases = inv.legal_bases
    yield from at_rows(
        inv, "legal_bases", bases[bases["amended_by_id"].isna()], "amended_by_id",
        check="amended by", severity="note",
        said=lambda r: (
            text("nothing says who can amend '{base}'.", base=r.legal_base_id),
            text("Name the authority: a plan sorts the acts to amend by it."),
        ),
    )  # fmt: skip
    level = bases["amended_by_id"].map(values_of(inv, "authorities", "level"))
    needed = bases["level"].map(_AMENDED_AT)
    yield from at_rows(
        inv, "legal_bases", bases[needed.notna() & level.notna() & (needed != level)], "amended_by_id",
        check="amended by", severity="warning",
        said=lambda r: (
            text("an act of level {level} cannot be amended by '{authority}'.",
                 level=r.level, authority=r.amended_by_id),
            text("Name Parliament, the Government or the Union, or correct the level of the act."),
        ),
    )  # fmt: skip


def protection_without_reason(inv: Inventory) -> list[Finding]:
    """An obligation is protected without a reason, or has a reason and is not protected."""
    obligations = inv.obligations
    protected = obligations["protected"].fillna(False).astype(bool)
    reasoned = obligations["protected_reason_fr"].notna()
    return at_rows(
        inv, "obligations", obligations[protected != reasoned], "protected_reason_fr",
        check="protection without reason", severity="warning",
        said=lambda r: (
            text("a reason to protect '{obligation}' is given, and it is not protected.",
                 obligation=r.obligation_id),
            text("Write true in protected, or empty the reason."),
        ) if isinstance(r.protected_reason_fr, str) else (
            text("'{obligation}' is protected and nothing says why.", obligation=r.obligation_id),
            text("Write the reason: safety, rights, fraud."),
        ),
    )  # fmt: skip
