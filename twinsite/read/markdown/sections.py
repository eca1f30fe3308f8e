"""Cut a component's text at its headings, and carry link definitions into texts that are parsed apart from them.

Takes Markdown; gives pieces of it with their lines. The CommonMark engine says where headings are, for both engines.
"""

from __future__ import annotations

from msgspec import Struct
from pyromark import Markdown

_CONTAINERS = ("BlockQuote", "List", "DefinitionList", "FootnoteDefinition", "Table")


class Cut(Struct, frozen=True):
    """A piece of a text: its heading's ``title`` and ``heading_line``, its own ``text`` and ``line``, both from 0."""

    title: str
    heading_line: int
    text: str
    line: int


class _Title(Struct):
    """A heading at the top level of a text, in bytes."""

    level: int
    start: int
    end: int
    text: str = ""


def cut_sections(text: str, reader: Markdown) -> list[Cut]:
    """The text cut at the headings of its shallowest level; what comes before the first has no title.

    A text without headings is one section without title; a blank text has none.
    """
    if not text.strip():
        return []
    titles = _find_titles(text, reader) if "#" in text or "\n=" in text or "\n-" in text else []
    level = min((title.level for title in titles), default=0)
    titles = [title for title in titles if title.level == level]
    data = text.encode("utf-8", "replace")
    first = titles[0].start if titles else len(data)
    cuts = [Cut("", 0, data[:first].decode("utf-8", "replace"), 0)]
    ends = [title.start for title in titles[1:]] + [len(data)]
    line = last = 0
    for title, end in zip(titles, ends, strict=bool(titles)):
        line += data.count(b"\n", last, title.start)
        last = title.start
        body = data[title.end : end].decode("utf-8", "replace")
        cuts.append(Cut(title.text.strip(), line, body, line + data.count(b"\n", title.start, title.end)))
    return [cut for cut in cuts if cut.title or cut.text.strip()]


def _find_titles(text: str, reader: Markdown) -> list[_Title]:
    titles: list[_Title] = []
    depth = 0
    inside = False
    for event, span in reader.events_with_range(text):
        if isinstance(event, str):
            if inside:
                titles[-1].text += " "
        elif "Start" in event:
            tag = event["Start"]
            name = tag if isinstance(tag, str) else next(iter(tag))
            depth += name in _CONTAINERS
            if isinstance(tag, dict) and "Heading" in tag and depth == 0:
                titles.append(_Title(int(tag["Heading"]["level"][1]), span["start"], span["end"]))
                inside = True
        elif "End" in event:
            ended = event["End"]
            name = ended if isinstance(ended, str) else next(iter(ended))
            depth -= name in _CONTAINERS
            inside = inside and name != "Heading"
        elif inside and "Text" in event:
            titles[-1].text += event["Text"]
        elif inside and "Code" in event:
            titles[-1].text += event["Code"]
    return titles


def read_definitions(text: str, reader: Markdown) -> str:
    """The link definitions of a text (``[label]: target``) as Markdown to put behind another text."""
    if "]:" not in text:
        return ""
    lines = []
    for label, definition in reader.reference_definitions(text).items():
        target = definition["dest"].replace("\\", "\\\\").replace("<", "\\<").replace(">", "\\>")
        title = (definition["title"] or "").replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f"[{label}]: <{target}>" + (f' "{title}"' if title.strip() else ""))
    return "\n\n" + "\n".join(lines) + "\n" if lines else ""
