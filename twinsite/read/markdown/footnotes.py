"""Marks without a note, and notes without a mark. Takes the text of a body; gives flaws with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinsite.core.fragment import Flaw
from twinsite.read.markdown.places import locate
from twinsite.read.markdown.targets import mask_code

_NOTE = re.compile(r"^(?:> ?)* {0,3}\[\^([^\]\n]{1,200})\]:", re.MULTILINE)
_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]{1,200})\](?![:(\[])")


def find_footnote_flaws(text: str, first_line: int) -> list[Flaw]:
    """Warnings for each mark that leads to no note and each note that no mark leads to, outside code."""
    if "[^" not in text:
        return []
    masked = mask_code(text)
    notes = {found[1].casefold(): found for found in reversed(list(_NOTE.finditer(masked)))}
    marks = {found[1].casefold(): found for found in reversed(list(_MARK.finditer(masked)))}
    lost = sorted(_find_lost(notes, marks), key=lambda pair: pair[0])
    places = locate(text, [offset for offset, _ in lost])
    return [
        Flaw(rule, line + first_line - 1, column, len(name) + 3, message, hint, "warning")
        for (_, (rule, name, message, hint)), (line, column) in zip(lost, places, strict=True)
    ]


def _find_lost(
    notes: dict[str, re.Match[str]], marks: dict[str, re.Match[str]]
) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    for name in marks.keys() - notes.keys():
        written = marks[name][1]
        message = f"There is no note for [^{written}] in this text, so the page shows the mark as it is written."
        hint = (
            f"Write the note on a line of its own: [^{written}]: ... Or put the mark between backticks if it is none."
        )
        yield marks[name].start(), ("unknown-footnote", written, message, hint)
    for name in notes.keys() - marks.keys():
        written = notes[name][1]
        message = f"Nothing in this text refers to the note [^{written}], so it is left out."
        hint = f"Put [^{written}] where the note belongs, or delete the note."
        yield notes[name].start(1) - 2, ("unused-footnote", written, message, hint)
