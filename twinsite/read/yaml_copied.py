"""Mistakes that come with copied text and with Git: no-break spaces, marks of a merge, signs in a list in brackets."""

from __future__ import annotations

import re

from twinsite.read.yaml_lines import STARTS, Line, Mistake, line_before, quote, replace_line, split_line

CONFLICT_MESSAGE = (
    "This line is a mark of Git: two people changed the same lines, and nobody has put the two together yet."
)
CONFLICT_HINT = "Keep the lines that are right, and delete those with <<<<<<<, ======= and >>>>>>>."


def find_item(text: str, mark: int, line: Line) -> Mistake | None:
    """An item of a list in brackets that begins with a sign of YAML's own: it alone must be quoted."""
    parts, why = split_line(line), STARTS.get(text[mark : mark + 1])
    item = re.match(r"[^\s\[\]{}][^,\[\]{}\n]*", text[mark:])
    if not parts or parts[1][0] not in "[{" or mark <= parts[2] or why is None or item is None:
        return None
    written = item[0].rstrip()
    mended = text[:mark] + quote(written) + text[mark + len(written) :]
    return Mistake("needs-quotes", mark, len(written), f"This value {why}.", f"Write {quote(written)}", mended)


def find_no_break_space(text: str, line: Line) -> Mistake | None:
    """A no-break space after the colon of a field or before its name: it comes with copied text, and looks like a
    space.
    """
    for candidate in (line, line_before(text, line)):
        if candidate is None or "\u00a0" not in candidate.text:
            continue
        found = _after_colon(text, candidate) or _in_indentation(text, candidate)
        if found is not None:
            return found
    return None


def _after_colon(text: str, line: Line) -> Mistake | None:
    match = re.match(r"[ -]*[\w-]+:(?=\u00a0)", line.text)
    if match is None:
        return None
    new = match[0] + " " + line.text[match.end() :].lstrip("\u00a0 ")
    message = "After this colon stands a no-break space, which only looks like a space."
    start = line.start + match.end()
    return Mistake("missing-space", start, 1, message, f"Write {new.strip()}", replace_line(text, line, new))


def _in_indentation(text: str, line: Line) -> Mistake | None:
    match = re.match(r"[ ]*\u00a0[ \u00a0]*", line.text)
    if match is None:
        return None
    new = " " * match.end() + line.text[match.end() :]
    message = "This line is indented with no-break spaces, which only look like spaces; they come with copied text."
    hint = f"Delete what stands before {line.text[match.end() :].split()[0]}, and type {match.end()} spaces."
    start = line.start + line.text.index("\u00a0")
    mended = replace_line(text, line, new)
    return Mistake("bad-indentation", start, line.start + match.end() - start, message, hint, mended)


_CONFLICT = re.compile(r"(?m)^(?:<{7}|={7}|>{7})(?: .*)?$")


def find_conflict(text: str, line: Line) -> Mistake | None:
    """A mark that Git leaves where two people changed the same lines."""
    mark = _CONFLICT.search(text, 0, line.start + len(line.text))
    return Mistake("merge-conflict", mark.start(), len(mark[0]), CONFLICT_MESSAGE, CONFLICT_HINT) if mark else None
