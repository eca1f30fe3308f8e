"""What an editor did wrong when YAML cannot be read at all: the parser's error becomes plain words and the line to
write instead.

Takes the text and the error; gives a ``Mistake``, with the text as it was probably meant, so that the search can go
on and find the next mistake of the same file in the same run. No line is ever added or removed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

_FIELD = re.compile(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>"[^"]*"|'[^']*'|[^\s:#"'\[{][^:#]*?)[ ]*:[ \t]+(?P<value>\S.*?)[ \t]*"""
)
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*?)[ \t]*")
_NO_SPACE = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[\w-]+):(?P<value>[^\s/:].*?)[ \t]*")
_LONGEST_LINE = 5_000
_INDENT_TAB = re.compile(r"(?m)^[ ]*\t[ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_FENCE_LIKE = re.compile(r"(?:-{4,}|--|[—–]+-*|\+{3,}|\*{3,})[ \t]*|---[ \t]*\S.*")
_STARTS: Mapping[str, str] = {
    "@": "begins with @, which YAML keeps for itself",
    "`": "begins with a backtick, which YAML keeps for itself",
    "%": "begins with %, which YAML keeps for itself",
    "*": "begins with *, which YAML takes for an alias",
    "&": "begins with &, which YAML takes for an anchor",
    "!": "begins with !, which YAML takes for a tag",
    ">": "begins with >, which YAML takes for the start of a longer text",
    "|": "begins with |, which YAML takes for the start of a longer text",
    "?": "begins with ?, which YAML takes for a key",
    "[": "begins with [, which YAML takes for a list",
    "{": "begins with {, which YAML takes for further fields",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. ``start`` is its index in the text, ``width`` in characters; ``mended`` is the text as it was
    meant, or empty. ``line`` (from 0) and ``column`` (from 1) are set by ``placed``.
    """

    rule: str
    start: int
    width: int
    message: str
    hint: str
    mended: str = ""
    line: int = 0
    column: int = 1

    def placed(self, text: str) -> Mistake:
        """The same with its line and column in the text in which it was found; later mending may shift what follows."""
        line = find_line(text, self.start)
        return replace(self, line=line.number, column=min(self.start - line.start, len(line.text)) + 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its number from 0, the index of its first character, its characters without the line's end."""

    number: int
    start: int
    text: str

    @property
    def indent(self) -> int:
        """How many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))


def find_line(text: str, index: int) -> Line:
    """The line on which the character ``index`` stands."""
    index = min(index, len(text))
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", start)
    return Line(text.count("\n", 0, start), start, text[start : end if end >= 0 else len(text)])


def _line_before(text: str, line: Line) -> Line | None:
    """The nearest line above that is neither empty nor a comment."""
    while line.start > 0:
        line = find_line(text, line.start - 1)
        if line.text.strip() and not line.text.lstrip().startswith("#"):
            return line
    return None


def quote(value: str) -> str:
    """A text as YAML in quotes, on one line."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _split(line: Line) -> tuple[str, str, int] | None:
    """What stands before the value on a line (``tags: ``, ``- ``), the value, and the value's index in the text."""
    if len(line.text) > _LONGEST_LINE:
        return None
    match = _FIELD.fullmatch(line.text) or _ITEM.fullmatch(line.text)
    if match is None:
        return None
    return line.text[: match.start("value")], match["value"], line.start + match.start("value")


def _replace(text: str, line: Line, new: str) -> str:
    return text[: line.start] + new + text[line.start + len(line.text) :]


def write_quoted(line: Line) -> str:
    """The line with its value in quotes, or empty if no value can be told apart."""
    parts = _split(line)
    return f"{parts[0]}{quote(parts[1])}" if parts else ""


def needs_quotes(text: str, line: Line, why: str, start: int, width: int) -> Mistake:
    """The mistake of a value that must be quoted; ``why`` finishes "This value ..."."""
    quoted = write_quoted(line)
    hint = f"Write {quoted.strip()}" if quoted else "Put the whole value in quotes."
    return Mistake(
        "needs-quotes", start, width, f"This value {why}.", hint, _replace(text, line, quoted) if quoted else ""
    )


def diagnose(text: str, error: yaml.YAMLError) -> Mistake:
    """The mistake behind a parser's error."""
    control = _CONTROL.search(text)
    if not isinstance(error, yaml.MarkedYAMLError) and control:
        return _control_character(text, control)
    mark, context = _index(text, getattr(error, "problem_mark", None)), getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", ""))
    line = find_line(text, mark)
    first = find_line(text, _index(text, context)) if context is not None else line
    return (
        _tab(text, mark, problem)
        or _quoted(text, problem, mark, first, _index(text, context))
        or _start_of_value(text, problem, line, first)
        or _fence(text, line)
        or _colon(text, problem, line, first, mark)
        or _list_on_line(text, problem, line)
        or _bracket(text, problem, first, _index(text, context))
        or _block(text, problem, line)
        or _unknown(line, mark)
    )


def _index(text: str, mark: Any) -> int:
    return min(mark.index, len(text)) if mark is not None else 0


def _control_character(text: str, match: re.Match[str]) -> Mistake:
    code = f"U+{ord(match[0]):04X}"
    mended = _CONTROL.sub(" ", text)
    message = f"There is an invisible control character ({code}) here."
    return Mistake("control-character", match.start(), 1, message, "Delete it, or write the word again.", mended)


def _tab(text: str, mark: int, problem: str) -> Mistake | None:
    if text[mark : mark + 1] != "\t" and "tab" not in problem:
        return None
    match = _INDENT_TAB.search(text)
    if match is None:
        return None
    line = find_line(text, match.start())
    start = line.start + line.text.index("\t")
    above = _line_before(text, line)
    indent = 0 if above is None else above.indent + (2 if above.text.rstrip().endswith(":") else 0)
    mended = _replace(text, line, " " * indent + line.text.lstrip())
    message = "This line is indented with a tab."
    return Mistake(
        "tab-in-indentation", start, match.end() - start, message, "Indent with two spaces for each level.", mended
    )


def _quoted(text: str, problem: str, mark: int, first: Line, context: int) -> Mistake | None:
    if "unknown escape character" in problem or "hexdecimal" in problem:
        width = 2
        message = "Between double quotes, a backslash begins a special character, and there is no such one."
        parts = _split(first)
        inner = parts[1][1:-1] if parts and len(parts[1]) > 1 and parts[1][0] == parts[1][-1] == '"' else ""
        new = f"{parts[0]}'{inner.replace(chr(39), chr(39) * 2)}'" if parts and inner else ""
        hint = f"Write {new.strip()}" if new else "Use single quotes."
        return Mistake("bad-escape", max(mark - 1, 0), width, message, hint, _replace(text, first, new) if new else "")
    if "unexpected end of stream" in problem or "unexpected document indicator" in problem:
        return _unclosed_quote(text, first, context)
    return None


def _unclosed_quote(text: str, line: Line, start: int) -> Mistake:
    sign = text[start : start + 1]
    value = text[start : line.start + len(line.text)].rstrip()
    before = text[line.start : start]
    content = value[1:]
    new = before + quote(content if sign == '"' or "'" not in content else value)
    name = "double" if sign == '"' else "single"
    message = f"The {name} quote that opens here is never closed."
    return Mistake("unclosed-quote", start, len(value), message, f"Write {new.strip()}", _replace(text, line, new))


def _start_of_value(text: str, problem: str, line: Line, first: Line) -> Mistake | None:
    """A value that begins with a sign of YAML's own."""
    if not any(
        words in problem
        for words in (
            "cannot start any token",
            "alphabetic or numeric",
            "mapping keys are not allowed",
            "expected comment or line break",
            "expected node content",
            "expected whitespace",
            "undefined alias",
            "URI",
            "expected '!'",
            "undefined tag handle",
        )
    ):
        return None
    for candidate in (line, first):
        parts = _split(candidate)
        why = next((why for sign, why in _STARTS.items() if parts and parts[1].startswith(sign)), None)
        if parts and why is None and parts[1][0] in ",]}":
            why = f"begins with {parts[1][0]}"
        if parts and why:
            return needs_quotes(text, candidate, why, parts[2], len(parts[1]))
    return None


def _fence(text: str, line: Line) -> Mistake | None:
    """A line that was meant as the closing fence, at the error or above it."""
    candidate: Line | None = line
    while candidate is not None:
        if _FENCE_LIKE.fullmatch(candidate.text):
            message = f'"{candidate.text.strip()[:40]}" does not end the front matter.'
            return Mistake(
                "bad-fence", candidate.start, len(candidate.text), message, "Write three hyphens alone on the line: ---"
            )
        candidate = _line_before(text, candidate)
    return None


def _colon(text: str, problem: str, line: Line, first: Line, mark: int) -> Mistake | None:
    """A colon too many, a colon without its space, or a line without a colon."""
    if "mapping values are not allowed" in problem:
        parts = _split(line)
        if parts and mark > parts[2]:
            return needs_quotes(text, line, "has a colon followed by a space in it", parts[2], len(parts[1]))
        above = _line_before(text, line)
        if above is None:
            return None
        return _colon_without_space(text, above) or _no_colon(text, above) or _deeper(line, above)
    if "could not find expected ':'" in problem:
        return _colon_without_space(text, first) or _no_colon(text, first)
    return None


def _colon_without_space(text: str, line: Line) -> Mistake | None:
    match = _NO_SPACE.fullmatch(line.text)
    if match is None:
        return None
    new = f"{match['lead']}{match['key']}: {match['value']}"
    start = line.start + match.start("key")
    message = "There is no space after the colon."
    return Mistake(
        "missing-space", start, len(match["key"]) + 1, message, f"Write {new.strip()}", _replace(text, line, new)
    )


def _no_colon(text: str, line: Line) -> Mistake | None:
    words = line.text.strip()
    if not words or ":" in words or words.startswith("-"):
        return None
    equals = re.fullmatch(r"([\w-]+)[ ]*=[ ]*(.*)", words)
    hint = (
        f"Write {equals[1]}: {equals[2]}"
        if equals
        else "Write a field's name, a colon, a space and its value: title: Spring contest"
    )
    start = line.start + line.indent
    mended = _replace(text, line, f"{' ' * line.indent}{equals[1]}: {equals[2]}") if equals else ""
    return Mistake("missing-colon", start, len(words), "This line has no colon, so it is no field.", hint, mended)


def _deeper(line: Line, above: Line) -> Mistake | None:
    if line.indent <= above.indent:
        return None
    message = "This line is indented further than the one above, but nothing there can hold it."
    hint = f"Write it with {above.indent} spaces before it." if above.indent else "Write it without spaces before it."
    return Mistake("bad-indentation", line.start, max(line.indent, 1), message, hint)


def _list_on_line(text: str, problem: str, line: Line) -> Mistake | None:
    parts = _split(line)
    if "block sequence entries" not in problem or parts is None or not parts[1].startswith("- "):
        return None
    item = parts[1][2:].strip()
    new = f"{parts[0]}[{item}]"
    message = "A list cannot begin on the line of its field."
    return Mistake("bad-list", parts[2], len(parts[1]), message, f"Write {new.strip()}", _replace(text, line, new))


def _bracket(text: str, problem: str, line: Line, start: int) -> Mistake | None:
    """A list or mapping in brackets that does not end well. ``start`` is the index of its opening bracket."""
    if "',' or ']'" not in problem and "',' or '}'" not in problem and text[start : start + 1] not in ("[", "{"):
        return None
    sign = text[start : start + 1]
    closing = {"[": "]", "{": "}"}.get(sign)
    if closing is None:
        return None
    rest = text[start : line.start + len(line.text)].rstrip()
    if closing in rest:
        parts = _split(line)
        at, width = (parts[2], len(parts[1])) if parts else (start, len(rest))
        return needs_quotes(text, line, f"begins with {sign}, but what follows is no list", at, width)
    new = text[line.start : start] + rest.rstrip(",") + closing
    message = f"The bracket {sign} that opens here is never closed."
    return Mistake("unclosed-bracket", start, len(rest), message, f"Write {new.strip()}", _replace(text, line, new))


def _block(text: str, problem: str, line: Line) -> Mistake | None:
    """A line that fits nowhere: after a quote or bracket that closed too early, or wrongly indented."""
    opened = _open_quote_above(text, line)
    if opened is not None:
        return _unclosed_quote(text, *opened)
    parts = _split(line)
    if parts and parts[1][0] in "\"'":
        return _text_after_quote(text, line, parts)
    if parts and parts[1][0] in "[{":
        return needs_quotes(text, line, "goes on after its closing bracket", parts[2], len(parts[1]))
    return _misplaced(text, problem, line)


def _open_quote_above(text: str, line: Line) -> tuple[Line, int] | None:
    """The nearest line above with a quote that is not closed before ``line``, and the index of the quote."""
    above = _line_before(text, line)
    while above is not None:
        opened = _split(above)
        if opened and opened[1][0] in "\"'" and text.count(opened[1][0], opened[2], line.start) % 2:
            return above, opened[2]
        above = _line_before(text, above)
    return None


def _text_after_quote(text: str, line: Line, parts: tuple[str, str, int]) -> Mistake:
    before, value, start = parts
    sign = value[0]
    if value.count(sign) == 1:
        return _unclosed_quote(text, line, start)
    inner = value[1:-1] if value.endswith(sign) and len(value) > 1 else ""
    new = before + (f'"{inner}"' if sign == "'" and inner and '"' not in inner else quote(inner or value))
    message = "There is text after the closing quote."
    hint = f"Write {new.strip()}"
    return Mistake("text-after-quote", start, len(value), message, hint, _replace(text, line, new))


def _misplaced(text: str, problem: str, line: Line) -> Mistake | None:
    if "did not find expected key" not in problem and "'-' indicator" not in problem:
        return None
    if line.text.strip().startswith(":"):
        return Mistake(
            "missing-key",
            line.start + line.indent,
            1,
            "There is no name before this colon.",
            "Write a field's name there.",
        )
    above = _line_before(text, line)
    if line.text.lstrip().startswith("- ") and above is not None:
        message = "This item of a list does not stand below the others."
    else:
        message = "This line begins at a place where no field above begins."
    hint = "Put it exactly below the line it belongs with: the same number of spaces before both."
    return Mistake("bad-indentation", line.start, max(line.indent, 1), message, hint)


def _unknown(line: Line, mark: int) -> Mistake:
    width = max(len(line.text) - (mark - line.start), 1)
    message = "This cannot be read as fields."
    hint = "Write each field on a line of its own: name, colon, space, value; in quotes if it has special signs."
    return Mistake("bad-yaml", mark, width, message, hint)
