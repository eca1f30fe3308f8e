"""Lines of a YAML text and the mistakes on them: the values that the diagnosis of YAML works with. Pure text."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from twinsite.core.expression import express

_FIELD = express(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>"[^"]*"|'[^']*'|(?!-[ ])[^\s:#"'\[{][^:#]*?)[ ]*:[ \t]+(?P<value>\S.*?)[ \t]*"""
)
_ITEM = express(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*?)[ \t]*")
_LONGEST_LINE = 5_000
STARTS: Mapping[str, str] = {
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


class Mistake(Struct, frozen=True):
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


class Line(Struct, frozen=True):
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


def line_before(text: str, line: Line) -> Line | None:
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


def split_line(line: Line) -> tuple[str, str, int] | None:
    """What stands before the value on a line (``tags: ``, ``- ``), the value, and the value's index in the text."""
    if len(line.text) > _LONGEST_LINE:
        return None
    match = _FIELD.fullmatch(line.text) or _ITEM.fullmatch(line.text)
    if match is None:
        return None
    return line.text[: match.start("value")], match["value"], line.start + match.start("value")


def replace_line(text: str, line: Line, new: str) -> str:
    """The text with another line in place of one."""
    return text[: line.start] + new + text[line.start + len(line.text) :]


def write_quoted(line: Line) -> str:
    """The line with its value in quotes, or empty if no value can be told apart."""
    parts = split_line(line)
    return f"{parts[0]}{quote(_straight(parts[1]))}" if parts else ""


def _straight(value: str) -> str:
    """A value without the curly quotes round it: whoever writes with a word processor meant straight ones."""
    inner = value[1:-1]
    pair = len(value) > 2 and value[0] in "“„”" and value[-1] in "”“"
    return inner if pair and not any(sign in inner for sign in "“”„") else value


def needs_quotes(text: str, line: Line, why: str, start: int, width: int) -> Mistake:
    """The mistake of a value that must be quoted; ``why`` finishes "This value ..."."""
    quoted = write_quoted(line)
    hint = f"Write {quoted.strip()}" if quoted else "Put the whole value in quotes."
    return Mistake(
        "needs-quotes", start, width, f"This value {why}.", hint, replace_line(text, line, quoted) if quoted else ""
    )
