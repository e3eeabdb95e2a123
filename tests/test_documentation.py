"""Whatever a user can name is documented: verbs, checks, levers, measures, columns, codes, rooms."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.main import get_command

import burden as bd
from burden.cli import app
from burden.model import schema
from burden.model.checks import check_list
from burden.simplify.levers import LEVERS
from burden.simplify.sentences import SENTENCES

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.fr.md"]
Command = typer.core.TyperCommand


def _verbs() -> dict[str, Command]:
    """Every verb by what is typed after ``burden``."""

    def below(group: typer.core.TyperGroup, words: tuple[str, ...]) -> Iterator[tuple[str, Command]]:
        for name, command in group.commands.items():
            if isinstance(command, typer.core.TyperGroup):
                yield from below(command, (*words, name))
            else:
                assert isinstance(command, Command)
                yield " ".join((*words, name)), command

    whole = get_command(app)
    assert isinstance(whole, typer.core.TyperGroup)
    return dict(below(whole, ()))


def _rooms() -> dict[str, ModuleType]:
    """Every room and every package within one."""
    found = pkgutil.walk_packages(bd.__path__, "burden.")
    return {m.name: import_module(m.name) for m in found if m.ispkg}


def _own_names(module: ModuleType) -> list[str]:
    defined = {n for n, x in vars(module).items() if inspect.isfunction(x) and x.__module__ == module.__name__}
    return list(getattr(module, "__all__", sorted(n for n in defined if not n.startswith("_"))))


def _public() -> dict[str, object]:
    """What users call: the names of ``burden``, those of its modules, those of every room."""
    top = {name: getattr(bd, name) for name in bd.__all__}
    modules = {m.__name__: m for m in top.values() if inspect.ismodule(m)}
    # The modules of parts keep to one protocol, which burden/report/parts/__init__.py documents.
    rooms = {n: m for n, m in _rooms().items() if hasattr(m, "__all__") and not n.startswith("burden.report.parts.")}
    named = {f"{m}.{name}": getattr(module, name) for m, module in (modules | rooms).items()
             for name in _own_names(module)}  # fmt: skip
    return {f"burden.{name}": thing for name, thing in top.items()} | named


VERBS, ROOMS, PUBLIC = _verbs(), _rooms(), _public()
FUNCTIONS: dict[str, Callable[..., object]] = {n: f for n, f in PUBLIC.items() if inspect.isfunction(f)}
COLUMNS = [c for t in schema.tables().values() for c in t.columns.values()]


def test_every_verb_says_what_it_does() -> None:
    assert [verb for verb, command in VERBS.items() if not command.help] == []
    assert len(VERBS) > 20


def test_every_option_of_a_verb_says_what_it_is() -> None:
    options = [(verb, p) for verb, command in VERBS.items() for p in command.params]
    assert [(verb, p.name) for verb, p in options if not getattr(p, "help", "")] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_verb(readme: str) -> None:
    said = (ROOT / readme).read_text(encoding="utf-8")
    assert [verb for verb in VERBS if not re.search(rf"`burden {verb}\b", said)] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_no_verb_that_is_none(readme: str) -> None:
    said = (ROOT / readme).read_text(encoding="utf-8")
    known = {verb.split()[0] for verb in VERBS}
    assert set(re.findall(r"`burden ([a-z][a-z-]*)", said)) <= known


@pytest.mark.parametrize("readme", READMES)
def test_what_the_readme_calls_is_there(readme: str) -> None:
    called = re.findall(r"\bbd\.([a-z_.]+)\(", (ROOT / readme).read_text(encoding="utf-8"))
    assert len(called) > 10
    for name in called:
        thing: object = bd
        for part in name.split("."):
            thing = getattr(thing, part)


def test_every_check_says_what_it_finds() -> None:
    said = check_list().set_index("check")["what"]
    assert said[~said.str.fullmatch(r"[A-Z].{15,}\.")].to_dict() == {}


def test_every_lever_says_what_it_does_and_what_it_refuses() -> None:
    poor = [name for name, lever in LEVERS.items() if "Raises\n---" not in (inspect.getdoc(lever) or "")]
    assert poor == []


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_has_its_sentence_in_both_languages(lever: str) -> None:
    english, french = SENTENCES[lever].template_in("en"), SENTENCES[lever].template_in("fr")
    assert english != french


def test_every_public_thing_has_a_docstring() -> None:
    things = {n: x.__doc__ or "" for n, x in PUBLIC.items() if inspect.isfunction(x) or inspect.isclass(x)}
    # A dataclass without a docstring is given its signature as one.
    bare = {n for n, said in things.items() if not re.match(r"\S[^(\n]* \S", said)}
    assert bare == set()


def test_every_public_function_says_what_it_returns() -> None:
    gives = {n: inspect.signature(f).return_annotation for n, f in FUNCTIONS.items()}
    silent = [n for n, f in FUNCTIONS.items() if not re.search(r"\b(Returns|Yields)\n-", inspect.getdoc(f) or "")]
    assert [n for n in silent if gives[n] not in (None, "None")] == []
    assert len(FUNCTIONS) > 200


def test_every_column_is_described_in_both_languages() -> None:
    said = {(c.table, c.column): (c.label_fr, c.description, c.description_fr) for c in COLUMNS}
    assert [where for where, texts in said.items() if not all(texts)] == []
    # “Obligation.” is the one word in both.
    assert [where for where, (_, english, french) in said.items() if english == french and " " in english] == []


def test_every_table_is_described_in_both_languages() -> None:
    said = {t.table: (t.name_fr, t.description, t.description_fr) for t in schema.tables().values()}
    assert [table for table, texts in said.items() if not all(texts)] == []


def test_every_code_has_a_name_in_both_languages() -> None:
    lists = {c.code_list for c in COLUMNS if c.code_list}
    found = [code for name in lists for code in schema.codes(name).values()]
    assert [(c.list, c.code) for c in found if not (c.name_fr and c.name_en)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_comes_in_and_what_goes_out(room: str) -> None:
    said = ROOMS[room].__doc__ or ""
    assert "In: " in said
    assert "Out: " in said


def test_every_folder_of_modules_is_a_room() -> None:
    package = ROOT / "burden"
    folders = {p.parent for p in package.rglob("*.py")} - {package}
    assert {".".join(("burden", *f.relative_to(package).parts)) for f in folders} == set(ROOMS)


def test_the_french_readme_is_spaced_as_the_administration_writes_it() -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`|\|---\|---\|", "", (ROOT / "README.fr.md").read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r".{10} [;:?!%»].{0,10}|[’‘].{0,10}", prose) == []


def test_both_readmes_have_the_same_sections_and_links() -> None:
    texts = [(ROOT / readme).read_text(encoding="utf-8") for readme in READMES]
    headings, links, fences = (
        [re.findall(pattern, said, flags=re.MULTILINE) for said in texts]
        for pattern in (r"^(#+) ", r"\]\(((?!README)[^)]+)\)", r"^ *(```\w*)$")
    )
    assert len(headings[0]) == len(headings[1])
    assert links[0] == links[1]
    assert fences[0] == fences[1]


@pytest.mark.parametrize("readme", READMES)
def test_every_link_of_the_readme_leads_somewhere(readme: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
