"""Where a field stands in its file. Asked only when there is a problem to show: reading itself carries no positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import yaml
from msgspec.structs import replace

from twinsite.core.problem import FieldPath, Problem
from twinsite.read.yaml_lines import find_line
from twinsite.read.yaml_nodes import compose_text

FRONT_LINE = 2
"""The line of a file on which its front matter begins: the one after the fence."""


def locate(text: str, field: FieldPath, at_key: bool = False, first_line: int = FRONT_LINE) -> tuple[int, int, int]:
    """The line, column and width of a field in a YAML text; ``first_line`` is the line of the file on which the text
    begins.

    ``at_key`` asks for the field's name, else for its value (the name, if the value is empty, or stands on the lines
    below it). Of a field that is not there, its nearest parent's name; of the empty path, the first line.
    """
    composed = compose_text(text)
    return _place_in(composed.root, composed.text, field, at_key, first_line)


def place_problems(problems: Iterable[Problem], front_texts: Mapping[str, str]) -> list[Problem]:
    """The problems with line, column and width for each that names a field of a file in ``front_texts``.

    Front matter begins on line 2; a file ending in ``.yaml`` or ``.yml`` on line 1. A field on a line that could not be
    read as it stands has its problem already: what else may be wrong with it shows once that is mended.
    """
    problems = list(problems)
    wanted = {problem.path for problem in problems if _waits(problem)} & front_texts.keys()
    nodes = {path: compose_text(front_texts[path]) for path in wanted}
    unread = {(problem.path, problem.line) for problem in problems if problem.field is None and problem.path in wanted}
    placed = []
    for problem in problems:
        if problem.path in nodes and _waits(problem) and problem.field is not None:
            first = 1 if problem.path.endswith((".yaml", ".yml")) else FRONT_LINE
            composed = nodes[problem.path]
            line, column, width = _place_in(composed.root, composed.text, problem.field, problem.at_key, first)
            if problem.field and (problem.path, line) in unread:
                continue
            problem = replace(problem, line=line, column=column, width=width)
        placed.append(problem)
    return placed


def _waits(problem: Problem) -> bool:
    return problem.field is not None and problem.line is None


def _place_in(
    root: yaml.Node | None, text: str, field: FieldPath, at_key: bool, first_line: int
) -> tuple[int, int, int]:
    if not field or root is None:
        return first_line, 1, 1
    key, value, whole = _descend(root, field)
    node = key if key is not None and (at_key or not whole or _is_elsewhere(value)) else value
    if node is None or node is root:
        return first_line, 1, 1
    line = find_line(text, node.start_mark.index)
    end = min(node.end_mark.index, line.start + len(line.text.rstrip()))
    column = node.start_mark.index - line.start + 1
    return line.number + first_line, column, max(end - node.start_mark.index, 1)


def _is_elsewhere(value: yaml.Node | None) -> bool:
    """Whether a field has nothing beside its name: no value, or a list or fields on the lines below."""
    if isinstance(value, yaml.ScalarNode):
        return not value.value and not value.style
    return isinstance(value, yaml.CollectionNode) and not value.flow_style


def _descend(root: yaml.Node, field: FieldPath) -> tuple[yaml.Node | None, yaml.Node | None, bool]:
    """The last key passed on the way to a field, the node reached, and whether that is the field itself."""
    key: yaml.Node | None = None
    node: yaml.Node | None = root
    for part in field:
        found = _step(node, part)
        if found is None:
            return key, node, False
        step_key, node = found
        key = step_key if step_key is not None or isinstance(part, int) else key
    return key, node, True


def _step(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, item) for key, item in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None
