"""Every rule that the source names is registered, every registered one is used, and their severities agree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from twinsite.core.rules import GROUPS, RULES

PACKAGE = Path(__file__).parents[2] / "twinsite"
MAKERS = frozenset({"Problem", "Flaw", "Wrong", "wrong", "Mistake", "tell"})
KEBAB = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
NO_RULES = frozenset(
    "entries-raw footnote-definition footnote-reference github-cron last-good no-store pymdown-extensions "
    "python-markdown text-align utf-8 utf-8-sig".split()
)
"""Words with hyphens that are no rules, in modules that pass rules on as values."""


@cache
def parse_package() -> dict[str, ast.Module]:
    paths = sorted(
        path for path in PACKAGE.rglob("*.py") if path.parent.name != "rules" and "_themes" not in path.parts
    )
    return {path.relative_to(PACKAGE.parent).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def find_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MAKERS:
                yield node


def is_wrong(call: ast.Call) -> bool:
    """Whether a call makes the ``Wrong`` of a value, whose rule may be another's."""
    return isinstance(call.func, ast.Name) and call.func.id == "Wrong"


def argument(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def rule_of(call: ast.Call) -> ast.expr | None:
    return argument(call, "rule") or (call.args[0] if call.args else None)


def constants(node: ast.AST | None) -> set[str]:
    return (
        {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if node
        else set()
    )


@cache
def find_used() -> dict[str, str]:
    """Every rule that the source can report, with one place. A module that passes rules on as values (in tuples, as
    the result of a function) is searched for every word with hyphens.
    """
    used: dict[str, str] = {}
    for path, tree in parse_package().items():
        passed_on = False
        for call in find_calls(tree):
            rule = rule_of(call)
            names = constants(rule)
            passed_on = passed_on or not (isinstance(rule, ast.Constant) or is_wrong(call))
            used.update(dict.fromkeys(names, f"{path}:{call.lineno}"))
        if passed_on or path.endswith(("plan/component.py", "plan/body.py", "plan/claims.py")):
            used.update(dict.fromkeys({word for word in constants(tree) if KEBAB.fullmatch(word)} - NO_RULES, path))
    return used


def test_every_rule_in_the_source_is_registered():
    assert {name: place for name, place in find_used().items() if name not in RULES} == {}


def test_every_registered_rule_is_used():
    assert sorted(set(RULES) - set(find_used())) == []


def test_severities_agree_where_the_source_fixes_them():
    wrong = []
    for path, tree in parse_package().items():
        for call in find_calls(tree):
            rule, severity = rule_of(call), argument(call, "severity")
            if not isinstance(rule, ast.Constant) or (severity is not None and not isinstance(severity, ast.Constant)):
                continue
            known = RULES.get(str(rule.value))
            given = severity.value if isinstance(severity, ast.Constant) else "error"
            if known and given not in (known.severity, *known.also) and "Flaw" not in ast.unparse(call.func):
                wrong.append(f"{path}:{call.lineno} {rule.value} is {given}")
    assert wrong == []


def test_names_are_words_joined_by_hyphens_and_registered_once():
    names = [rule.name for group in GROUPS for rule in group.rules]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)+", name)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_is_told_in_plain_words(rule):
    assert not rule.title.endswith((".", "!"))
    assert rule.why.endswith(".")
    assert rule.mend.endswith(".")
    assert bool(rule.good) or not rule.bad
    jargon = re.findall(
        r"\b(exception|traceback|parse[rd]?|string|integer|boolean|dict|null|regex)\b", rule.why + rule.mend
    )
    assert [word for word in jargon if (rule.name, word) != ("null-byte", "null")] == []


def test_yaml_examples_show_what_they_say():
    """The example to follow can be read; fields that only stand below others may be shown without them."""
    from twinsite.read.yaml_nodes import read_text

    faults = defaultdict(list)
    for rule in RULES.values():
        if rule.language == "yaml" and rule.good and not rule.good.startswith("---"):
            faults[rule.name] += [mistake.message for mistake in read_text(rule.good, 1)[1]]
    assert {name: found for name, found in faults.items() if found} == {}
