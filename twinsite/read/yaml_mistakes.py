"""What an editor did wrong when YAML cannot be read at all: the parser's error becomes plain words and the line to
write instead.

Takes the text and the error; gives a ``Mistake``, with the text as it was probably meant, so that the search can go
on and find the next mistake of the same file in the same run. No line is ever added or removed.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from twinsite.read.yaml_brackets import find_bracket, find_hash
from twinsite.read.yaml_copied import find_conflict, find_item, find_no_break_space
from twinsite.read.yaml_lines import (
    STARTS,
    Line,
    Mistake,
    find_line,
    line_before,
    needs_quotes,
    quote,
    replace_line,
    split_line,
)

_NO_SPACE = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[\w-]+):(?P<value>[^\s/:].*?)[ \t]*")
_INDENT_TAB = re.compile(r"(?m)^[ ]*\t[ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_FENCE_LIKE = re.compile(r"(?m)^(?:(?:-{4,}|--|[—–]+-*|\+{3,}|\*{3,})[ \t]*|---[ \t]*\S.*)$")
_HYPHEN = re.compile(r"[ ]*-[^\s-]")
_LONG_TEXT = re.compile(r":[ ]+[|>][+-]?\d?[ ]*$")
_LINES_BACK = 200
"""How far above an error the quote that caused it is looked for: each line costs a walk through the text."""


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
        or find_conflict(text, line)
        or find_no_break_space(text, line)
        or _start_of_value(text, problem, line, first, mark)
        or _fence(text, line)
        or _colon(text, problem, line, first, mark)
        or _list_on_line(text, problem, line)
        or _hash_above(text, problem, line)
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
    above = line_before(text, line)
    indent = 0 if above is None else above.indent + (2 if above.text.rstrip().endswith(":") else 0)
    mended = replace_line(text, line, " " * indent + line.text.lstrip())
    message = "This line is indented with a tab."
    return Mistake(
        "tab-in-indentation", start, match.end() - start, message, "Indent with two spaces for each level.", mended
    )


def _quoted(text: str, problem: str, mark: int, first: Line, context: int) -> Mistake | None:
    if "unknown escape character" in problem or "hexdecimal" in problem:
        width = 2
        message = "Between double quotes, a backslash begins a special character, and there is no such one."
        parts = split_line(first)
        inner = parts[1][1:-1] if parts and len(parts[1]) > 1 and parts[1][0] == parts[1][-1] == '"' else ""
        new = f"{parts[0]}'{inner.replace(chr(39), chr(39) * 2)}'" if parts and inner else ""
        hint = f"Write {new.strip()}" if new else "Use single quotes."
        return Mistake(
            "bad-escape", max(mark - 1, 0), width, message, hint, replace_line(text, first, new) if new else ""
        )
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
    return Mistake("unclosed-quote", start, len(value), message, f"Write {new.strip()}", replace_line(text, line, new))


def _start_of_value(text: str, problem: str, line: Line, first: Line, mark: int) -> Mistake | None:
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
    item = find_item(text, mark, line)
    if item:
        return item
    for candidate in (line, first):
        parts = split_line(candidate)
        why = next((why for sign, why in STARTS.items() if parts and parts[1].startswith(sign)), None)
        if parts and why is None and parts[1][0] in ",]}":
            why = f"begins with {parts[1][0]}"
        if parts and why:
            return needs_quotes(text, candidate, why, parts[2], len(parts[1]))
    return None


def _fence(text: str, line: Line) -> Mistake | None:
    """A line that was meant as the closing fence, at the error or above it."""
    fences = _FENCE_LIKE.finditer(text, 0, line.start + len(line.text))
    found = max(fences, key=lambda match: match.start(), default=None)
    if found is None:
        return None
    message = f'"{found[0].strip()[:40]}" does not end the front matter.'
    return Mistake("bad-fence", found.start(), len(found[0]), message, "Write three hyphens alone on the line: ---")


def _colon(text: str, problem: str, line: Line, first: Line, mark: int) -> Mistake | None:
    """A colon too many, a colon without its space, or a line without a colon."""
    if "mapping values are not allowed" in problem:
        parts = split_line(line)
        if parts and mark > parts[2]:
            return needs_quotes(text, line, "has a colon followed by a space in it", parts[2], len(parts[1]))
        above = line_before(text, line)
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
        "missing-space", start, len(match["key"]) + 1, message, f"Write {new.strip()}", replace_line(text, line, new)
    )


def _no_colon(text: str, line: Line) -> Mistake | None:
    words = line.text.strip()
    if _HYPHEN.match(words):
        return _hyphen(text, line)
    if not words or ":" in words or words.startswith("-"):
        return None
    start = line.start + line.indent
    above = line_before(text, line)
    if above is not None and above.indent >= line.indent and _LONG_TEXT.search(above.text):
        message = f"This line is not indented, so it is no part of the text that begins at {above.text.strip()}"
        hint = "Put two more spaces before each line of that text than before the name of its field."
        return Mistake("bad-indentation", start, len(words), message, hint)
    equals = re.fullmatch(r"([\w-]+)[ ]*=[ ]*(.*)", words)
    hint = (
        f"Write {equals[1]}: {equals[2]}"
        if equals
        else "Write a field's name, a colon, a space and its value: title: Spring contest"
    )
    mended = replace_line(text, line, f"{' ' * line.indent}{equals[1]}: {equals[2]}") if equals else ""
    return Mistake("missing-colon", start, len(words), "This line has no colon, so it is no field.", hint, mended)


def _hyphen(text: str, line: Line) -> Mistake:
    new = line.text.replace("-", "- ", 1)
    message = "There is no space after the hyphen, so this is no item of a list."
    start, mended = line.start + line.indent, replace_line(text, line, new)
    return Mistake("missing-space", start, 1, message, f"Write {new.strip()}", mended)


def _deeper(line: Line, above: Line) -> Mistake | None:
    if line.indent <= above.indent:
        return None
    message = "This line is indented further than the one above, but nothing there can hold it."
    hint = f"Write it with {above.indent} spaces before it." if above.indent else "Write it without spaces before it."
    return Mistake("bad-indentation", line.start, max(line.indent, 1), message, hint)


def _list_on_line(text: str, problem: str, line: Line) -> Mistake | None:
    parts = split_line(line)
    if "block sequence entries" not in problem or parts is None or not parts[1].startswith("- "):
        return None
    item = parts[1][2:].strip()
    new = f"{parts[0]}[{item}]"
    message = "A list cannot begin on the line of its field."
    return Mistake("bad-list", parts[2], len(parts[1]), message, f"Write {new.strip()}", replace_line(text, line, new))


def _bracket(text: str, problem: str, line: Line, start: int) -> Mistake | None:
    """A list or mapping in brackets that does not end well. ``start`` is the index of its opening bracket."""
    if "',' or ']'" not in problem and "',' or '}'" not in problem and text[start : start + 1] not in ("[", "{"):
        return None
    return find_bracket(text, line, start)


def _hash_above(text: str, problem: str, line: Line) -> Mistake | None:
    """A list or fields in brackets, on the line above the error, that a ``#`` ends too early."""
    above = line_before(text, line)
    parts = split_line(above) if above and "expected node content" in problem else None
    return find_hash(text, parts[2], parts[1]) if parts and parts[1][0] in "[{" else None


def _block(text: str, problem: str, line: Line) -> Mistake | None:
    """A line that fits nowhere: after a quote or bracket that closed too early, or wrongly indented."""
    opened = _open_quote_above(text, line)
    if opened is not None:
        return _unclosed_quote(text, *opened)
    parts = split_line(line)
    if parts and parts[1][0] in "\"'":
        return _text_after_quote(text, line, parts)
    if parts and parts[1][0] in "[{":
        return needs_quotes(text, line, "goes on after its closing bracket", parts[2], len(parts[1]))
    return _misplaced(text, problem, line)


def _open_quote_above(text: str, line: Line) -> tuple[Line, int] | None:
    """The nearest line above with a quote that is not closed before ``line``, and the index of the quote."""
    above = line_before(text, line)
    for _ in range(_LINES_BACK):
        if above is None:
            return None
        opened = split_line(above)
        if opened and opened[1][0] in "\"'" and text.count(opened[1][0], opened[2], line.start) % 2:
            return above, opened[2]
        above = line_before(text, above)
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
    return Mistake("text-after-quote", start, len(value), message, hint, replace_line(text, line, new))


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
    if _HYPHEN.match(line.text):
        return _hyphen(text, line)
    above = line_before(text, line)
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
