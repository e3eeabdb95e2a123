"""Forms written, filled in as an authority would, read back, decided, applied; the report says it all."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import burden as bd
from burden.report import reply
from burden.report.before_after import headline
from burden.report.content import Reading, Sentence, Table
from burden.report.names import names
from burden.report.reply.section import sections
from tests.report.reply.filling import filled


@pytest.fixture(scope="module")
def layer(tools: bd.Inventory, home: bd.Portfolio, sent: Path, tmp_path_factory: pytest.TempPathFactory) -> reply.Layer:
    folder = tmp_path_factory.mktemp("round")
    shutil.copytree(sent, folder / "forms")
    drees, tilleuls = folder / "forms/drees.xlsx", folder / "forms/les-tilleuls.xlsx"
    minutes = {"agreement": "partly", "column": "minutes", "value": "1 h 10", "evidence": "timed on 20 files"}
    measure = next(
        r[0].value for s in openpyxl.load_workbook(drees).worksheets for r in s.iter_rows()
        if str(r[0].value).startswith("measures/")
    )  # fmt: skip
    first = filled(
        drees, ("requests/ES/ETP", minutes), ("obligations/ES", {"column": "use", "value": "publication"}),
        (measure, {"agreement": "no", "objection": "The two surveys count differently."}),
        ("requests/ES/Effectif", {"agreement": "yes"}),
    )  # fmt: skip
    other = filled(tilleuls, ("requests/ES/ETP", {**minutes, "value": "45"}), given_by="Management")
    found = reply.read_forms([first, other], tools, home, language="en")
    written = reply.write_layer(found, folder / "layer", tools, home, forms=[first, other])
    ids = {(one.who, one.row, one.column): one.reply_id for one in written.said}
    accepted = [i for (who, _, _), i in ids.items() if who == "drees"]
    refused = {ids[("les-tilleuls", "requests/ES/ETP", "minutes")]: "The survey's own timing was kept."}
    accepted.remove(ids[("drees", "requests/ES/Effectif", "")])
    return reply.decide(written, accept=accepted, refuse=refused, on=date(2026, 3, 21))


@pytest.fixture(scope="module")
def found(tools: bd.Inventory, home: bd.Portfolio, layer: reply.Layer) -> bd.audit.Audit:
    return reply.replied(tools, home, layer)


def shown(audit: bd.audit.Audit, language: str) -> dict[str, Table | Sentence]:
    (section,) = sections(Reading(audit, language, names(audit.inventory, language)))
    return {b.id if isinstance(b, Table) else f"sentence-{n}": b for n, b in enumerate(section.blocks)}  # type: ignore[union-attr]


def test_hours_are_those_of_the_accepted_correction(
    found: bd.audit.Audit, tools: bd.Inventory, home: bd.Portfolio
) -> None:
    # An hour more, every four years.
    before = headline(tools, home)["burden.hours"].value
    assert found.figures["burden.hours"].value == pytest.approx(before + 60 / 60 / 4)
    assert found.figures["replies.hours_before"].value == pytest.approx(before)


def test_what_each_reply_changed_adds_up(found: bd.audit.Audit) -> None:
    changed, headline = found.tables["replies_effects"], found.tables["replies_headline"]
    changed = changed[changed["figure"] != ""]
    by_figure = changed.assign(by=changed["after"] - changed["before"]).groupby("figure")["by"].sum()
    whole = headline.set_index("figure")
    for figure, by in by_figure.items():
        assert by == pytest.approx(whole.loc[figure, "after"] - whole.loc[figure, "before"])


def test_the_measure_objected_to_is_left_out_with_what_the_plan_loses(found: bd.audit.Audit) -> None:
    (row,) = found.tables["replies_measures"].to_dict("records")
    assert 0 <= row["lost"] <= row["saved"] + 1e-9


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_lists_what_was_said_and_why(found: bd.audit.Audit, language: str) -> None:
    table = shown(found, language)["replies"]
    assert isinstance(table, Table)
    text = "\n".join("|".join(row) for row in table.frame.itertuples(index=False, name=None))
    assert "The survey's own timing was kept." in text
    assert "timed on 20 files" in text
    assert "The two surveys count differently." in text
    assert len(table.frame) == 4


def test_the_count_of_replies_is_made_of_key_figures(found: bd.audit.Audit) -> None:
    figures = {k: v.value for k, v in found.figures.items() if k.startswith("replies.")}
    assert [figures[f"replies.{k}"] for k in ("bodies", "all", "accepted", "refused", "noted", "pending")] == [
        2, 5, 3, 1, 1, 0,
    ]  # fmt: skip


def test_an_audit_nobody_replied_to_has_no_such_section(toy_audit: bd.audit.Audit) -> None:
    assert sections(Reading(toy_audit, "en", names(toy_audit.inventory, "en"))) == ()


def test_the_report_is_written_with_its_tables(found: bd.audit.Audit, tmp_path: Path) -> None:
    report = found.write(tmp_path / "audit", language="en").read_text(encoding="utf-8")
    assert "Contradictory procedure" in report
    assert (tmp_path / "audit/tables/replies.csv").is_file()
