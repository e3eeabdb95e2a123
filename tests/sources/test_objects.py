from pathlib import Path

import pytest

from burden.sources import objects
from burden.sources.objects import UnreadableError, read_object


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[" * 100_000, "nested too deep"),
        ("[]", "not an object"),
        ("{", "Expecting"),
        ('{"a": ' + "9" * 5000 + "}", "digits"),
        ('{"a": ["\\ud800"]}', r"U\+D800"),
        ('{"a\\u001b[2J": 1}', r"U\+001B"),
    ],
)
def test_json_that_is_no_object_is_refused_with_the_reason(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "a.json").write_text(written, encoding="utf-8")
    with pytest.raises(UnreadableError, match=why):
        read_object(tmp_path / "a.json")


@pytest.mark.parametrize("written", ["a = " + "[" * 100_000, "a", 'a = "\\u0007"'])
def test_toml_that_is_no_table_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.toml").write_text(written, encoding="utf-8")
    with pytest.raises(UnreadableError):
        read_object(tmp_path / "a.toml")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(UnreadableError, match="utf-8"):
        read_object(tmp_path / "a.json")


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "OBJECT_LIMIT", 10)
    (tmp_path / "a.json").write_text('{"a": "' + 20 * "b" + '"}', encoding="utf-8")
    with pytest.raises(UnreadableError, match="larger than 10 bytes"):
        read_object(tmp_path / "a.json")
