"""The text of an entry's record, from plain values: everything in quotes, and the words as their maker sent them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

FIELDS: tuple[str, ...] = (
    "code", "title", "by", "region", "date", "text", "video", "picture", "alt",
    "consent.given", "consent.given_on", "consent.how",
    "private.name", "private.contact", "private.evidence", "private.notes",
)  # fmt: skip
"""What a column of an export may fill."""

_SIGNS: Final = re.compile(r"([\\`*_\[\]<>#&|~!:{}$^])")
_LINE: Final = re.compile(r"(?m)^(\s*)([-+=]|[0-9]+[.)])")


def write_entry(contest: str, values: Mapping[str, str], picture: str | None, origin: str) -> str:
    """The record. ``picture`` is the file beside it; ``origin`` says where the values come from."""
    lines = ["---", f"# From {' '.join(origin.split())}. Shown once moderation is approved and consent is given."]
    title = values.get("title")
    lines += [f"title: {quote(title)}"] if title else []
    lines += [f"contest: {contest}"]
    lines += [f"{name}: {quote(values[name])}" for name in ("by", "region", "code") if name in values]
    lines += [f"date: {values['date']}"] if "date" in values else []
    lines += [f"video: {quote(values['video'])}"] if "video" in values else []
    lines += ["moderation: pending  # pending, approved, rejected", *_write_consent(values, origin)]
    lines += _write_picture(picture, values.get("alt"))
    notes = {name: value for name, value in values.items() if name.startswith("private.")}
    lines += ["private:"] if notes else []
    lines += [f"  {name.partition('.')[2]}: {quote(value)}" for name, value in notes.items()]
    return "\n".join([*lines, "---", escape(values.get("text", "")), ""])


def _write_consent(values: Mapping[str, str], origin: str) -> list[str]:
    if values.get("consent.given") != "true":
        return ["consent: {given: false}"]
    how = values.get("consent.how") or f"As they said in the export {origin}"
    day = values.get("consent.given_on") or values["date"]
    return ["consent:", "  given: true", f"  given_on: {day}", f"  how: {quote(how)}"]


def _write_picture(picture: str | None, alt: str | None) -> list[str]:
    """The picture; without its words only as a note, because nobody could approve it so."""
    if picture is None:
        return []
    if alt:
        return ["image:", f"  src: {quote(picture)}", f"  alt: {quote(alt)}"]
    return [
        "# Say what the picture shows, then delete the three #.",
        "#image:",
        f"#  src: {quote(picture)}",
        "#  alt: What the picture shows",
    ]


def quote(text: str) -> str:
    """A text on one line as YAML understands it, whatever is in it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def escape(text: str) -> str:
    """Words that Markdown shows exactly as they were written, in their own paragraphs; no link, no markup."""
    lines = [" ".join(line.split()) for line in text.replace("\r", "\n").split("\n")]
    plain = _LINE.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", "\n".join(lines)))
    # Of "1." only the full stop may have a backslash before it.
    return re.sub(r"(?m)^\\([0-9]+)([.)])", r"\1\\\2", plain).strip()
