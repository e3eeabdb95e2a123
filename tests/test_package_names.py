from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import burden


def test_import_is_light() -> None:
    code = "import burden, sys; print([m for m in ('pandas', 'networkx', 'frictionless') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", burden.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(burden, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        burden.nothing  # noqa: B018


def test_version_is_a_version() -> None:
    assert burden.__version__[0].isdigit()


def test_names_are_listed() -> None:
    assert set(burden.__all__) <= set(dir(burden))


def test_the_citation_is_of_this_version() -> None:
    cited = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", cited, re.MULTILINE) == [burden.__version__]


def test_the_citation_has_what_its_format_requires() -> None:
    cited = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    keys = re.findall(r"^([a-z-]+): *(\S?)", cited, re.MULTILINE)
    assert {"cff-version", "message", "title", "authors", "license", "abstract"} <= {key for key, _ in keys}
    assert "license: MIT" in cited
