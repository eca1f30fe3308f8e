"""Mistakes inside the brackets of a YAML list or of fields on one line: a bracket that is missing, a sign that ends the
line too early, a comma that begins a field where none was meant. Pure text.
"""

from __future__ import annotations

import re

from twinsite.read.yaml_lines import Line, Mistake, needs_quotes, quote, replace_line, split_line

_CLOSING = {"[": "]", "{": "}"}
_HASH = re.compile(r"[ \t]#[^\s#]")
_VALUE = re.compile(r"[{,][ ]*([\w-]+):[ ]+(?=[^\s\"'\[{])([^{}\[\]\"]*?)[ ]*(?=,[ ]*[\w-]+:[ ]|}$)")
_NUMBER_BEFORE = re.compile(r"(\d+),[ ]?$")


def find_bracket(text: str, line: Line, start: int) -> Mistake | None:
    """What is wrong with the list or fields in brackets that begin at the index ``start``, on ``line``."""
    sign = text[start : start + 1]
    if sign not in _CLOSING:
        return None
    parts = split_line(line)
    outer = parts[2] if parts and parts[1][0] in _CLOSING else start
    flow = text[outer : line.start + len(line.text)].rstrip()
    hashed = find_hash(text, outer, flow)
    if hashed is not None:
        return hashed
    closed = close_brackets(flow)
    if closed != flow:
        new = text[line.start : outer] + closed
        message = f"The bracket {sign} that opens here is never closed."
        mended = replace_line(text, line, new)
        return Mistake("unclosed-bracket", start, len(flow) - start + outer, message, f"Write {new.strip()}", mended)
    colon = _find_colon(text, outer, flow)
    if colon is not None:
        return colon
    why = f"begins with {flow[0]}, but what follows is no list"
    return needs_quotes(text, line, why, outer, len(flow))


def close_brackets(flow: str) -> str:
    """The text of a list or of fields on one line with every bracket closed by its own kind, innermost first."""
    written: list[str] = []
    waiting: list[str] = []
    inside = before = ""
    for sign in flow:
        if inside:
            inside = "" if sign == inside else inside
        elif sign in "\"'" and before in "[{,:":
            inside = sign
        elif sign in _CLOSING:
            waiting.append(_CLOSING[sign])
        elif sign in "]}" and waiting:
            while waiting[-1] != sign and sign in waiting:
                written.append(waiting.pop())
            sign = waiting.pop()
        written.append(sign)
        before = before if sign.isspace() else sign
    closed = "".join(written)
    return closed.rstrip(", ") + "".join(reversed(waiting)) if waiting else closed


def _find_colon(text: str, start: int, flow: str) -> Mistake | None:
    """A text with a colon among the fields in ``flow``, which begins at ``start``: YAML takes it for a field."""
    for name, value, begin in ((found[1], found[2], found.start(2)) for found in _VALUE.finditer(flow)):
        if ": " in value or value.endswith(":"):
            at = start + begin
            mended = text[:at] + quote(value) + text[at + len(value) :]
            message = "This value has a colon in it, and YAML takes that for another field."
            hint = f"Put the whole value into quotes: {name}: {quote(value)}"
            return Mistake("needs-quotes", at, len(value), message, hint, mended)
    return None


def find_hash(text: str, start: int, rest: str) -> Mistake | None:
    """A ``#word`` in ``rest``, which begins with a bracket at ``start``: YAML takes it for a comment."""
    hashed = _HASH.search(rest)
    if hashed is None:
        return None
    begin = max(rest.rfind(sign, 0, hashed.start() + 1) for sign in ",[{:") + 1
    end = re.compile(r"[,\]}]|$").search(rest, hashed.start())
    written = rest[begin : end.start() if end else len(rest)].strip()
    at = start + rest.index(written, begin)
    name = re.search(r"[\w-]+:[ ]+$", rest[: at - start])
    mended = text[:at] + quote(written) + text[at + len(written) :]
    hint = f"Write {name[0] if name else ''}{quote(written)}"
    message = "This value has a # in it, and YAML drops all that follows."
    return Mistake("needs-quotes", at, len(written), message, hint, mended)


def comma_mistake(text: str, start: int, word: str) -> Mistake:
    """A word between commas in ``{ }`` that has neither colon nor value: the rest of the value before it."""
    number = _NUMBER_BEFORE.search(text[max(0, start - 40) : start])
    message = f'"{word}" is no field: it has no colon. Between {{ and }}, a comma begins a new field.'
    hint = "If it belongs to the value before it, put that whole value into quotes."
    if number and word.isdigit():
        hint = f"Write {number[1]}.{word}, with a point for the fraction"
        hint += f", or {number[1]}{word} without a comma." if len(word) == 3 else "."
    return Mistake("missing-colon", start, len(word), message, hint)
