"""Where a field stands in its file. Asked only when there is a problem to show: reading itself carries no positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from twinsite.core.problem import FieldPath, Problem

FRONT_LINE = 2
"""The line of a file on which its front matter begins: the one after the fence."""


def locate(text: str, field: FieldPath, at_key: bool = False, first_line: int = FRONT_LINE) -> tuple[int, int, int]:
    """The line, column and width of a field in a YAML text; ``first_line`` is the line of the file on which the text
    begins.

    ``at_key`` asks for the field's name, else for its value (the name, if the value is empty, or stands on the lines
    below it). Of a field that is not there, its nearest parent's name; of the empty path, the first line.
    """
    from twinsite.read.yaml_places import compose_text, find_place

    return find_place(compose_text(text), field, at_key, first_line)


def place_problems(problems: Iterable[Problem], front_texts: Mapping[str, str]) -> list[Problem]:
    """The problems with line, column and width for each that names a field of a file in ``front_texts``.

    Front matter begins on line 2; a file ending in ``.yaml`` or ``.yml`` on line 1. A field on a line that could not be
    read as it stands has its problem already: what else may be wrong with it shows once that is mended.
    """
    problems = list(problems)
    wanted = {problem.path for problem in problems if _waits(problem)} & front_texts.keys()
    if not wanted:
        return problems
    from twinsite.read.yaml_places import compose_text, find_place

    nodes = {path: compose_text(front_texts[path]) for path in wanted}
    unread = {(problem.path, problem.line) for problem in problems if problem.field is None and problem.path in wanted}
    placed = []
    for problem in problems:
        if problem.path in nodes and _waits(problem) and problem.field is not None:
            first = 1 if problem.path.endswith((".yaml", ".yml")) else FRONT_LINE
            line, column, width = find_place(nodes[problem.path], problem.field, problem.at_key, first)
            if problem.field and (problem.path, line) in unread:
                continue
            problem = replace(problem, line=line, column=column, width=width)
        placed.append(problem)
    return placed


def _waits(problem: Problem) -> bool:
    return problem.field is not None and problem.line is None
