"""Broken files never cost more than a message: every fault has a place and a remedy, and nothing else is raised."""

from __future__ import annotations

import datetime as dt
import os
import resource
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

import burden as bd
from burden.model.portfolio import portfolio_findings
from burden.report import reply
from burden.report.reply.layer import layer_of
from burden.simplify.planning.written import read_plan
from burden.sources import read_partial
from tests.fuzz.breaking import (
    OF_INVENTORIES,
    OF_OBJECTS,
    OF_TABLES,
    OF_WORKBOOKS,
    Breaking,
    Files,
    breakings,
    broken,
)
from tests.fuzz.conftest import laid_out, zipped

pytestmark = pytest.mark.xdist_group("fuzz")
Composed = list[tuple[Breaking, int]]
MEMORY_LIMIT = 1_000
"""Most megabytes that all cases together may add to what the process held."""
LEVERS = """
title_fr = "Un"
title_en = "One"
author = "x"
reference = "x"
limits_fr = "x"
limits_en = "x"

[[levers]]
lever = "lengthen"
obligation = "ERRD"
period = "P2Y"

[[levers]]
lever = "drop"
obligation = "ES"

[[levers]]
lever = "recognise"
obligation = "TDB"
by = "ERRD"
coverage = 0.5

[[levers]]
lever = "sample"
obligation = "CPOM"
share = 0.25

[[levers]]
lever = "threshold"
obligation = "ERRD"
population = "establishment"
minimum = 2

[[levers]]
lever = "align"
obligation = "ERRD"
deadline = "N+1:04-30"
"""


def cases(few: int, share: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A few cases, or the share of ten thousand in the long run; a failure is not made smaller, which takes hours."""
    count = round(10_000 * share) if os.environ.get("HYPOTHESIS_PROFILE") == "long" else few
    return settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate], verbosity=Verbosity.quiet,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    )  # fmt: skip


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEMORY_LIMIT


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as scratch:
        yield Path(scratch)


def said(findings: Iterable[bd.Finding]) -> None:
    """Every fault says where, what and what to do, in both languages."""
    for finding in findings:
        assert finding.place.text().render()
        for language in ("fr", "en"):
            assert finding.fault.render(language)
            assert finding.render(language).encode()
            assert finding.severity == "note" or finding.remedy.render(language), finding


def analysed(inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    """What reading lets pass can be measured, or is refused as an inventory."""
    assert {"severity", "check", "file", "fault"} <= set(bd.check(inv).columns)
    if any(f.severity == "error" for f in portfolio_findings(inv, ptf)):
        return
    try:
        bd.ledger.build(inv, ptf)
        bd.redundancy.summary(inv, ptf)
        bd.redundancy.repeated(inv, ptf)
        bd.graph.build(inv, portfolio=ptf)
    except bd.InventoryError as error:
        said(error.findings)


@cases(35, 0.35)
@given(breakings(OF_INVENTORIES))
def test_a_broken_inventory_is_said_or_measured(whole: Files, toy_portfolio: bd.Portfolio, composed: Composed) -> None:
    with TemporaryDirectory() as scratch:
        inv, findings = read_partial(laid_out(broken(whole, composed), Path(scratch) / "work" / "inventory"))
    said(findings)
    if not any(f.severity == "error" for f in findings):
        analysed(inv, toy_portfolio)


@cases(20, 0.12)
@given(suffix=st.sampled_from(["xlsx", "ods"]), composed=breakings(OF_WORKBOOKS))
def test_a_broken_workbook_is_said(workbooks: dict[str, Files], suffix: str, composed: Composed) -> None:
    with TemporaryDirectory() as scratch:
        said(read_partial(zipped(broken(workbooks[suffix], composed), Path(scratch) / f"w.{suffix}"))[1])


@cases(15, 0.08)
@given(suffix=st.sampled_from(["xlsx", "ods"]), seed=st.integers(0, 2**32))
def test_a_workbook_of_broken_bytes_is_said(workbooks: dict[str, Files], suffix: str, seed: int) -> None:
    draw = Random(seed)
    with TemporaryDirectory() as scratch:
        path = zipped(workbooks[suffix], Path(scratch) / f"w.{suffix}")
        content = bytearray(path.read_bytes())
        for _ in range(draw.randint(1, 20)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        path.write_bytes(bytes(content[: draw.choice([None, draw.randrange(len(content))])]))
        said(read_partial(path)[1])


@cases(85, 0.2)
@given(breakings(OF_TABLES))
def test_a_broken_portfolio_is_said_or_audited(inv: bd.Inventory, whole: Files, composed: Composed) -> None:
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "portfolio.csv"
        path.write_bytes(broken({"portfolio.csv": whole["portfolio.csv"]}, composed).get("portfolio.csv", b""))
        try:
            ptf = bd.read_portfolio(path)
            said(portfolio_findings(inv, ptf))
            if not any(f.severity == "error" for f in portfolio_findings(inv, ptf)):
                bd.ledger.build(inv, ptf)
        except bd.InventoryError as error:
            said(error.findings)


@cases(90, 0.12)
@given(breakings(OF_OBJECTS))
def test_a_broken_scenario_is_said_or_applied(
    inv: bd.Inventory, toy_portfolio: bd.Portfolio, folder: Path, composed: Composed
) -> None:
    path = folder / "scenario.toml"
    path.write_bytes(broken({"scenario.toml": LEVERS.encode()}, composed)["scenario.toml"])
    try:
        changed, units = bd.simplify.apply(bd.simplify.read_scenario(path), inv, toy_portfolio)
        bd.ledger.build(changed, units)
    except bd.InventoryError as error:
        said(error.findings)


@cases(25, 0.05)
@given(breakings((*OF_OBJECTS, *OF_TABLES)))
def test_a_broken_plan_is_said_or_replayed(
    plan: Files, inv: bd.Inventory, toy_portfolio: bd.Portfolio, composed: Composed
) -> None:
    with TemporaryDirectory() as scratch:
        path = laid_out(broken(plan, composed), Path(scratch) / "plan")
        try:
            bd.simplify.verify(read_plan(path), inv, toy_portfolio)
        except bd.InventoryError as error:
            said(error.findings)


@cases(25, 0.08)
@given(breakings(OF_WORKBOOKS))
def test_a_broken_form_is_said_or_read(
    form: Files, inv: bd.Inventory, toy_portfolio: bd.Portfolio, folder: Path, composed: Composed
) -> None:
    path = zipped(broken(form, composed), folder / "form.xlsx")
    read = reply.read_forms([path], inv, toy_portfolio)
    said(read.findings)
    layer_of(read, inv, toy_portfolio, today=dt.date(2026, 1, 2))
