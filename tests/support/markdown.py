"""Bodies parsed for tests, and fragments shown as one text."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Literal

from twinsite.core.fragment import Fragment, Slot
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.markdown import Engine, make_engine, parse_body

ENGINES = ("commonmark", "python-markdown")
EngineName = Literal["commonmark", "python-markdown"]


@lru_cache(maxsize=4)
def engine_of(name: EngineName, smart: bool = True) -> Engine:
    """One of the engines with the settings of a new site."""
    engine = make_engine(MarkdownSettings(name, smart=smart))
    assert not isinstance(engine, Problem)
    return engine


def parse(text: str, engine: EngineName = "commonmark", smart: bool = True) -> Fragment:
    """The fragment of a text; its shape is checked on the way."""
    fragment = parse_body(text, engine_of(engine, smart))
    check_shape(fragment)
    return fragment


def check_shape(fragment: Fragment, seen: set[int] | None = None) -> None:
    """What holds for every fragment: one part more than slots, and an end for each link. Shared ones are seen once."""
    seen = set() if seen is None else seen
    seen.add(id(fragment))
    assert len(fragment.parts) == len(fragment.slots) + 1
    depth = 0
    for slot in fragment.slots:
        depth += (slot.kind == "link") - (slot.kind == "end")
        assert depth >= 0
        for inner in [slot.body, *(section.body for section in slot.sections)]:
            if inner and id(inner) not in seen:
                check_shape(inner, seen)
    assert depth == 0


def show(fragment: Fragment) -> str:
    """The HTML with each slot as a plain tag: links and pictures with their targets, components by name."""
    shown = [fragment.parts[0]]
    for slot, part in zip(fragment.slots, fragment.parts[1:], strict=True):
        shown += [show_slot(slot), part]
    return "".join(shown)


def show_slot(slot: Slot) -> str:
    """One slot as a tag."""
    if slot.kind == "link":
        return f'<a href="{escape(slot.target)}">'
    if slot.kind == "end":
        return "</a>"
    if slot.kind == "image":
        return f'<img src="{escape(slot.target)}" alt="{escape(slot.text)}">'
    return f"[{slot.target}: {show(slot.body) if slot.body else ''}]"


def rules(fragment: Fragment) -> list[tuple[str, int, int]]:
    """The flaws as (rule, line, column), in the order of the text."""
    return sorted(((flaw.rule, flaw.line, flaw.column) for flaw in fragment.flaws), key=lambda flaw: flaw[1:])


def places(fragment: Fragment) -> list[tuple[str, str, int, int]]:
    """Links, pictures and components as (kind, target, line, column), those in components after their component."""
    found: list[tuple[str, str, int, int]] = []
    for slot in fragment.slots:
        if slot.kind != "end":
            found.append((slot.kind, slot.target, slot.line, slot.column))
        if slot.body:
            found += places(slot.body)
    return found
