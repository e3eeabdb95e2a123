from __future__ import annotations

from burden.report import audit
from burden.report.audited import audited
from burden.report.content import Sentence
from burden.report.kit.draft import draft
from burden.report.kit.figures import with_kit_figures
from burden.report.kit.write import documents
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio

TOOLS = inventory(
    [obligation("HOME"), obligation("LARGE")], [asks("HOME", "days"), asks("LARGE", "days")],
    [duty("HOME"), duty("LARGE", threshold_population_id="staff", threshold_minimum=50.0)],
)  # fmt: skip


def test_what_falls_at_another_size_is_in_the_whole_only() -> None:
    found = audited(TOOLS, portfolio({"staff": 10.0}))
    assert found.borne.obligations["obligation_id"].tolist() == ["HOME"]
    assert found.whole.obligations["obligation_id"].tolist() == ["HOME", "LARGE"]


def test_where_nothing_falls_nothing_is_borne() -> None:
    found = audited(TOOLS, portfolio({"actor_id": "association"}))
    assert found.borne.obligations.empty
    assert len(found.whole.obligations) == 2


def test_where_nothing_falls_the_audit_and_its_kit_say_so() -> None:
    found = audit.run(TOOLS, portfolio({"actor_id": "association"}))
    assert found.figures["owed.obligations"].value == 0
    drawn = draft(with_kit_figures(found), "fr")
    assert "aucun ne s'impose" in next(b.text.render("fr") for b in drawn.sections[0].blocks if isinstance(b, Sentence))
    assert [document.id for document in documents(drawn)] == ["note", "report", "recommendations", "tools", "changes"]


def test_roles_are_played_in_both() -> None:
    role = {"authority_id": "pricing_authority", "level": "role"}
    inv = inventory(
        [obligation("HOME", required_by_id="pricing_authority")], [asks("HOME", "days")],
        authorities=[{"authority_id": "ars", "level": "ars"}, role],
        competences=[{"actor_id": "mecs", "role_id": "pricing_authority", "authority_id": "ars"}],
    )  # fmt: skip
    found = audited(inv, portfolio({}))
    assert found.borne.obligations["required_by_id"].item() == "ars"
    assert found.whole.obligations["required_by_id"].item() == "ars"
