"""What pyproject.toml asks for is what the code imports, and the lock knows all of it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

IMPORTED_BY_OTHERS = {"pymdown-extensions", "tzdata", "pydantic-core"}
"""Python-Markdown finds its extensions by name, ``zoneinfo`` its data; pydantic-core is a part of pydantic."""

OURS = ("bench", "scripts", "tests", "twinsite")
"""The packages of this repository."""

COMMANDS = {"build", "hatchling", "mypy", "pytest-xdist", "ruff"}
"""Run, not imported; or a part of what is run."""


def name_of(requirement: str) -> str:
    """The normal name of the package that a requirement asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0]).lower()


def find_imports(folder: str) -> dict[str, str]:
    """Each package of others that the modules under a folder import, with one that does."""
    found: dict[str, str] = {}
    distributions = packages_distributions()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for top in {name.split(".")[0] for name in names} - {*OURS, *sys.stdlib_module_names}:
                found[name_of(distributions.get(top, [top])[0])] = path.relative_to(ROOT).as_posix()
    return found


def test_what_the_package_imports_is_what_it_depends_on():
    asked = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    imported = find_imports("twinsite")
    assert {name: where for name, where in imported.items() if name not in asked | IMPORTED_BY_OTHERS} == {}
    assert asked - set(imported) - IMPORTED_BY_OTHERS == set()


def test_what_the_tests_import_is_what_they_ask_for():
    extra = {name_of(requirement) for requirement in PROJECT["optional-dependencies"]["test"]}
    asked = extra | {name_of(requirement) for requirement in PROJECT["dependencies"]}
    imported = find_imports("tests")
    assert {name: where for name, where in imported.items() if name not in asked | IMPORTED_BY_OTHERS} == {}
    unused = extra - set(imported) - COMMANDS
    assert {name for name in unused if not name.startswith("types-")} == set()


def test_every_dependency_has_its_reason():
    table = (ROOT / "DESIGN.md").read_text(encoding="utf-8").partition("| library |")[2].partition("\n\n")[0]
    explained = {name.strip() for row in re.findall(r"^\|([^|]+)\|", table, re.M) for name in row.split(",")}
    asked = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    assert explained - {"---"} == asked


@pytest.mark.parametrize("group", ["dependencies", "test"])
def test_the_lock_knows_all_of_it(group):
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.match(r"[a-z0-9-]+==[^ ]+( ; .+)?$", line)] == []
    asked = PROJECT["dependencies"] if group == "dependencies" else PROJECT["optional-dependencies"]["test"]
    assert {name_of(requirement) for requirement in asked} - {name_of(line) for line in lines} == set()
