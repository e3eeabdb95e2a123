"""Whole files, to be broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import burden as bd
from burden.report import reply
from burden.simplify.planning.written import write_plan
from tests.fuzz.breaking import Files

MORE = {
    "legal_bases.csv": "legal_base_id,citation,level,url,evidence\nr314,CASF art. R. 314-232,decree,https://example.org,text\n",
    "activities.csv": (
        "obligation_id,activity,side,minutes,minutes_low,minutes_high,minutes_evidence,evidence\n"
        "ERRD,checking,respondent,30,20,60,assumed,assumed\nERRD,formal_check,authority,60,,,assumed,assumed\n"
    ),
    "uses.csv": "obligation_id,use,known_by,reader_id,evidence\nES,statistics,stated,drees,recalled\n",
    "tariffs.csv": "staff_grade,year,eur_per_h,evidence\nadministrative,2024,30,assumed\nmanager,2024,50.5,assumed\n",
    "holdings.csv": "authority_id,concept_id,register,status,evidence\nars,siret,FINESS,operational,recalled\n",
    "sources.csv": "source_id,citation,url,date_read\ns1,Somebody,https://example.org,2025-01-02\n",
}
"""Tables that the toy lacks."""


@pytest.fixture(scope="session")
def whole(root: Path) -> Files:
    """The toy, with more tables."""
    toy = root / "inventories/examples/four-tools"
    files = {p.name: p.read_bytes() for p in toy.iterdir() if p.name != "datapackage.json"}
    return files | {name: content.encode() for name, content in MORE.items()}


@pytest.fixture(scope="session")
def inv(whole: Files, tmp_path_factory: pytest.TempPathFactory) -> bd.Inventory:
    return bd.read(laid_out(whole, tmp_path_factory.mktemp("whole") / "toy"))


@pytest.fixture(scope="session")
def workbooks(inv: bd.Inventory, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """The parts of workbooks, by suffix."""
    folder = tmp_path_factory.mktemp("workbooks")
    return {s: parts(bd.write_workbook(inv, folder / f"w.{s}")) for s in ("xlsx", "ods")}


@pytest.fixture(scope="session")
def plan(inv: bd.Inventory, toy_portfolio: bd.Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Files:
    found = bd.simplify.plan(inv, toy_portfolio)
    return {p.name: p.read_bytes() for p in write_plan(found, tmp_path_factory.mktemp("plan")).iterdir()}


@pytest.fixture(scope="session")
def form(inv: bd.Inventory, toy_portfolio: bd.Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("forms") / "forms"
    (path,) = reply.write_forms(
        reply.draft(inv, toy_portfolio, language="en"), folder, only=["drees"], formats=["xlsx"]
    )
    return parts(path)


def laid_out(files: Files, folder: Path) -> Path:
    """Files in a folder."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def parts(path: Path) -> Files:
    """The parts of a zip."""
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def zipped(files: Files, path: Path) -> Path:
    """A zip of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
