"""Where a field stands among the nodes that libyaml made of a text."""

from __future__ import annotations

import yaml

from twinsite.core.problem import FieldPath
from twinsite.read.yaml_lines import find_line
from twinsite.read.yaml_nodes import Composed, compose_text

__all__ = ["compose_text", "find_place"]


def find_place(composed: Composed, field: FieldPath, at_key: bool, first_line: int) -> tuple[int, int, int]:
    """The line, column and width of a field, as ``positions.locate`` tells of them."""
    root = composed.root
    if not field or root is None:
        return first_line, 1, 1
    key, value, whole = _descend(root, field)
    node = key if key is not None and (at_key or not whole or _is_elsewhere(value)) else value
    if node is None or node is root:
        return first_line, 1, 1
    line = find_line(composed.text, node.start_mark.index)
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
