"""The rules of the house, as far as a machine can see them. DESIGN.md says why each of them is there."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "twinsite"

ROOMS = (
    "core",
    "installed",
    "parallel",
    "tray",
    "crew",
    "aside",
    "fonts",
    "draw",
    "kinds",
    "switches",
    "config",
    "schema",
    "cache",
    "read",
    "validate",
    "link",
    "plan",
    "render",
    "checks",
    "write",
    "places",
    "stages",
    "inputs",
    "ledger",
    "shelf",
    "records",
    "survey",
    "glance",
    "whence",
    "leaks",
    "files",
    "preparation",
    "mate",
    "early",
    "journal",
    "press",
    "output",
    "imprint",
    "seal",
    "build",
    "verify",
    "rights",
    "asking",
    "explain",
    "locking",
    "due",
    "external",
    "drawing",
    "serve",
    "scaffold",
    "console",
    "commands",
    "cli",
    "start",
    "reference",
    "__main__",
)
"""A room imports only from those before it."""

MAY_PRINT = frozenset({"console", "commands", "cli", "start", "reference", "__main__"})
MAY_READ_THE_CLOCK = frozenset({"commands", "cli", "serve"})
MAY_READ_THE_ENVIRONMENT = frozenset({"commands", "cli", "start", "console", "serve"})

VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "misc", "common"})
MUTABLE_CALLS = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "OrderedDict", "Counter", "deque"})
MUTABLE_NODES = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
READ_ONLY_TYPES = ("Mapping", "Sequence", "Collection", "Iterable", "Set", "Container")
MUTATING_METHODS = frozenset(
    {"add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"}
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONG_FUNCTION = 30
SHARE_OF_LONG_FUNCTIONS = 0.03

# Written in pieces, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work/(?:main|shared|\.)|tmp/[wv]/|ro" + r"ot/|ho" + r"me/\w|Us" + r"ers/\w)")
REGISTRY_HOSTS = re.compile(
    "|".join((r"files\.python" + "hosted", r"pypi" + r"\.org", r"registry\.npm" + "js", r"deb\.deb" + r"ian\.org"))
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def find_modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_themes" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def find_tracked_texts() -> dict[str, str]:
    """Every tracked or new file that is text, but not the deliberately bad examples."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("This is not a git checkout.")
    texts = {}
    for name in filter(None, listed):
        if name.startswith("tests/bad_sites/") or not (ROOT / name).is_file():
            continue
        data = (ROOT / name).read_bytes()
        if b"\0" not in data:
            texts[name] = data.decode("utf-8", errors="replace")
    return texts


def find_functions(tree: ast.Module) -> Iterator[tuple[Function, bool]]:
    """Every function and method, and whether it is public (no part of its name is private, and it is not nested)."""

    def walk(node: ast.AST, public: bool) -> Iterator[tuple[Function, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield child, public and not child.name.startswith("_")
                yield from walk(child, False)
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, public and not child.name.startswith("_"))
            else:
                yield from walk(child, public)

    yield from walk(tree, True)


def count_lines(function: Function) -> int:
    """The lines of a function without its docstring."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return total
    docstring = function.body[0]
    return total - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def find_imports(path: Path) -> Iterator[tuple[str, int]]:
    """The rooms that a module imports from, each with its line."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively; write the whole name."
            if node.module == "twinsite":
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif node.module and node.module.startswith("twinsite."):
                yield node.module.split(".")[1], node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("twinsite."):
                    yield alias.name.split(".")[1], node.lineno


def dotted_name(node: ast.AST) -> str:
    """``datetime.now`` for the attribute ``now`` of ``datetime``; empty for what has no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return ""


def find_uses(pattern: str, allowed: frozenset[str]) -> list[str]:
    """The places outside the allowed rooms where code names what the pattern matches."""
    found = []
    for path in find_modules():
        if room_of(path) in allowed:
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Name | ast.Attribute) and re.fullmatch(pattern, dotted_name(node)):
                found.append(f"{name_of(path)}:{node.lineno} {dotted_name(node)}")
    return found


def test_every_module_belongs_to_a_room():
    unplaced = [name_of(path) for path in find_modules() if room_of(path) not in (*ROOMS, "__init__")]
    assert not unplaced, f"Give {unplaced} a place in ROOMS and in the table of DESIGN.md."


def test_the_table_of_rooms_is_this_one():
    table = (ROOT / "DESIGN.md").read_text(encoding="utf-8").partition("| room |")[2].partition("\n\n")[0]
    named = [name for row in re.findall(r"^\|([^|]+)\|", table, re.M) for name in re.findall(r"`(\w+)", row)]
    assert {*named, "__main__"} == set(ROOMS)


def test_rooms_import_only_to_their_left():
    wrong = []
    for path in find_modules():
        room = room_of(path)
        if room == "__init__":
            continue
        for other, line in find_imports(path):
            if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
                wrong.append(f"{name_of(path)}:{line} {room} imports {other}")
    assert not wrong, "\n".join(wrong)


def test_a_kind_imports_no_other_kind():
    modules = sorted((PACKAGE / "kinds").glob("*.py"))
    kinds = {f"twinsite.kinds.{path.stem}" for path in modules if re.search(r"^KIND\b", path.read_text("utf-8"), re.M)}
    wrong = []
    for path in modules:
        own = f"twinsite.kinds.{path.stem}"
        named = {node.module for node in ast.walk(parse(path)) if isinstance(node, ast.ImportFrom)}
        if own in kinds and named & (kinds - {own}):
            wrong.append(name_of(path))
    assert not wrong, "\n".join(wrong)


def test_no_module_has_a_vague_name():
    assert [name_of(path) for path in find_modules() if VAGUE_NAMES & set(path.with_suffix("").parts)] == []


def test_no_file_is_too_long():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in find_modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long_and_few_are_long():
    lengths = {
        f"{name_of(path)}:{function.lineno} {function.name}": count_lines(function)
        for path in find_modules()
        for function, _ in find_functions(parse(path))
    }
    long = {name: length for name, length in lengths.items() if length > LONG_FUNCTION}
    assert {name: length for name, length in long.items() if length > LONGEST_FUNCTION} == {}
    assert len(long) <= max(3, SHARE_OF_LONG_FUNCTIONS * len(lengths)), long


def test_every_module_and_public_function_says_what_it_does():
    silent = []
    for path in find_modules():
        tree = parse(path)
        if ast.get_docstring(tree) is None:
            silent.append(name_of(path))
        for function, public in find_functions(tree):
            if public and ast.get_docstring(function) is None:
                silent.append(f"{name_of(path)}:{function.lineno} {function.name}")
    assert not silent, "\n".join(silent)


def find_module_values(path: Path) -> Iterator[tuple[ast.Assign | ast.AnnAssign, str]]:
    """The assignments at the top of a module, with the assigned name."""
    for node in parse(path).body:
        if isinstance(node, ast.Assign):
            yield from ((node, target.id) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node, node.target.id


def is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return dotted_name(value.func).split(".")[-1] in MUTABLE_CALLS
    return isinstance(value, MUTABLE_NODES)


def is_constant(node: ast.Assign | ast.AnnAssign, name: str) -> bool:
    """Whether a value is a table that nobody changes (see the next test), or that a type checker lets nobody change."""
    annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
    read_only = annotation.removeprefix("Final[").startswith(READ_ONLY_TYPES)
    return name.lstrip("_").isupper() and (read_only or isinstance(node.value, ast.Dict | ast.DictComp))


def test_no_module_keeps_state():
    wrong = []
    for path in find_modules():
        for node, name in find_module_values(path):
            if name != "__all__" and is_mutable(node.value) and not is_constant(node, name):
                wrong.append(f"{name_of(path)}:{node.lineno} {name}")
        declared = [node for node in ast.walk(parse(path)) if isinstance(node, ast.Global)]
        wrong += [f"{name_of(path)}:{node.lineno} global" for node in declared]
    assert not wrong, "\n".join(("Use a tuple, a frozenset, or an UPPER_CASE table.", *wrong))


def find_changed(node: ast.AST) -> str:
    """The name of the container that a node changes, or nothing."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return dotted_name(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATING_METHODS:
        return dotted_name(node.func.value)
    return ""


def test_no_constant_is_changed():
    changed = [
        f"{name_of(path)}:{node.lineno} {find_changed(node)}"
        for path in find_modules()
        for node in ast.walk(parse(path))
        if re.fullmatch(r"(?:\w+\.)*_?[A-Z][A-Z0-9_]+", find_changed(node))
    ]
    assert not changed, "\n".join(changed)


def test_no_expression_repeats_a_group_possessively():
    """Before 3.11.5 Python matches too much with ``(?:...)*+``; ``(?>(?:...)*)`` says the same, and is right."""
    group = re.compile(r"(?<![\\(])\)(?:[*+?]|\{[0-9,]+\})\+")
    sign = re.compile(r"\[(?:\\.|[^\]\\])*\]|``.*?``")  # a class, in which brackets are plain; or words about one
    found = {
        path.relative_to(ROOT).as_posix(): node.lineno
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and group.search(sign.sub("x", node.value))
    }
    assert found == {}


def test_only_the_edges_print():
    found = find_uses(r"print|sys\.(stdout|stderr)|click\.(echo|secho)", MAY_PRINT)
    assert not found, "\n".join(found)


def test_only_the_edges_read_the_clock():
    clock = r"(?:\w+\.)*(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|time_ns|localtime|gmtime))"
    found = find_uses(clock, MAY_READ_THE_CLOCK)
    assert not found, "\n".join(found)


def test_only_the_edges_read_the_environment():
    found = find_uses(r"os\.(?:environ|getenv|chdir)|locale\.setlocale|time\.tzset", MAY_READ_THE_ENVIRONMENT)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("unfinished work", UNFINISHED), ("a path of one machine", MACHINE_PATHS), ("a registry's host", REGISTRY_HOSTS)],
)
def test_no_file_contains(what, pattern):
    found = [
        f"{name}:{number} {line.strip()[:80]}"
        for name, text in find_tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, "\n".join((what, *found))
