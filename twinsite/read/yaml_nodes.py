"""YAML text to plain values: text, ``None`` for empty, lists and dicts. Nothing is guessed: every scalar stays as it
was written.

One composing parse with libyaml gives values and positions. A linear scan runs first where a text may be nested
deeply or uses anchors, aliases or tags, because libyaml overflows the stack on deep nesting and aliases can explode.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.read.characters import describe_forbidden, find_forbidden
from twinsite.read.yaml_brackets import comma_mistake
from twinsite.read.yaml_lines import Mistake, find_line, needs_quotes, write_quoted
from twinsite.read.yaml_mistakes import diagnose

DEEPEST: Final = 50
_MOST_REPAIRS: Final = 20
_MOST_MISTAKES: Final = 100
_MOST_MARKS: Final = 3
_INDENTED: Final = " " * 20
_DEEP: Final = re.compile(r"(?m)^[ ?-]{40}")
_MARKED: Final = re.compile(r"(?m)(?:^[ \t]*|:[ \t]+|-[ \t]+|\?[ \t]+|[\[{,][ \t]*)[&*!]")
_HASH: Final = re.compile(r"[ \t]#[^\s#]")
_HASH_HERE: Final = re.compile(r"[ \t]+#[^\s#].*")


class _TextLoader(yaml.CBaseLoader):
    """libyaml without the search for the type of each value: all are texts."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """No type at all."""
        return ""


class Composed(Struct, frozen=True):
    """A text as it was understood: its root node (``None`` if empty), what was wrong, and the text that could be read.

    There is no root either if the text cannot be read even after mending.
    """

    root: yaml.Node | None
    mistakes: tuple[Mistake, ...]
    text: str


def compose_text(text: str) -> Composed:
    """The nodes of a YAML text. Mistakes that can be mended are, so that all of a file are found in one run.

    Of many anchors and aliases only the first is told, and nothing else is read: whoever wrote that many knows what
    they are.
    """
    composed = _compose(text)
    marks = [mistake for mistake in composed.mistakes if mistake.rule in ("yaml-anchor", "yaml-alias")]
    if len(marks) <= _MOST_MARKS:
        return composed
    message = f"{marks[0].message} There are {len(marks) - 1} more anchors and aliases below."
    return Composed(None, (replace(marks[0], message=message),), composed.text)


def _compose(text: str) -> Composed:
    mistakes: list[Mistake] = []
    for _ in range(_MOST_REPAIRS):
        marked = _scan(text) if _needs_scan(text) else None
        if marked is not None and not marked.mended:
            return Composed(None, (*mistakes, marked.placed(text)), text)
        if marked is None:
            try:
                return Composed(yaml.compose(text, Loader=_TextLoader), tuple(mistakes), text)
            except (yaml.YAMLError, ValueError) as error:
                marked = diagnose(text, error) if isinstance(error, yaml.YAMLError) else None
        if marked is None or not marked.mended or marked.mended == text:
            return Composed(None, (*mistakes, *([marked.placed(text)] if marked else [])), text)
        placed = marked.placed(text)
        if (placed.rule, placed.line, placed.column) in {(known.rule, known.line, known.column) for known in mistakes}:
            return Composed(None, tuple(mistakes), text)  # the mending did not help, and would not the next time
        mistakes.append(placed)
        text = marked.mended
    return Composed(None, tuple(mistakes), text)


def _needs_scan(text: str) -> bool:
    """Whether a text might be nested deeply or hold anchors, aliases or tags: quick, and wrong on the safe side only.

    A level of nesting needs a bracket, a hyphen, a question mark or a column of indentation.
    """
    if text.count("[") + text.count("{") > DEEPEST - 10:
        return True
    if (_INDENTED in text or text.count("- ") + text.count("? ") > len(_INDENTED)) and _DEEP.search(text):
        return True
    return ("*" in text or "&" in text or "!" in text) and _MARKED.search(text) is not None


def _scan(text: str) -> Mistake | None:
    """The first thing that must not be parsed: nesting too deep, an anchor, an alias or a tag. Stops at it; never
    recurses.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > DEEPEST:
                    return _too_deep(_start(event))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
            found = _marked(text, event)
            if found is not None:
                return found
    except yaml.YAMLError:
        pass  # composing will say so, with its own diagnosis
    return None


def _start(node: yaml.Node | yaml.Event) -> int:
    return node.start_mark.index if node.start_mark else 0


def _end(node: yaml.Node) -> int:
    return node.end_mark.index if node.end_mark else 0


def _too_deep(index: int) -> Mistake:
    message = f"The fields here are nested more than {DEEPEST} deep."
    return Mistake("too-deep", index, 1, message, "Close some brackets, or write fewer levels of fields.")


def _marked(text: str, event: yaml.Event) -> Mistake | None:
    if isinstance(event, yaml.AliasEvent):
        rule, what = "yaml-alias", "an alias (*name), which repeats a value from elsewhere"
    elif getattr(event, "anchor", None):
        rule, what = "yaml-anchor", "an anchor (&name), which marks a value for use elsewhere"
    elif getattr(event, "tag", None):
        rule, what = "yaml-tag", "a tag (!name), which says how to read a value"
    else:
        return None
    start = _start(event)
    line = find_line(text, start)
    quoted = write_quoted(line)
    starts = (
        quoted and text[start : line.start + len(line.text)].strip() in line.text[len(quoted) - len(quoted.lstrip()) :]
    )
    word = re.match(r"\S+", text[start:])
    mended = text[: line.start] + quoted + text[line.start + len(line.text) :] if quoted and starts else ""
    hint = f"Write the value itself, or, if it is plain text, {quoted.strip()}" if mended else "Write the value itself."
    return Mistake(
        rule, start, len(word[0]) if word else 1, f"This is {what}; Twinsite does not use those.", hint, mended
    )


class Walk(Struct):
    """The walk from nodes to plain values, with what is wrong on the way. One for each text."""

    text: str
    mistakes: list[Mistake] = field(default_factory=list)
    hashes: bool = False
    first_line: int = 1

    def _add(self, mistake: Mistake) -> None:
        if len(self.mistakes) < _MOST_MISTAKES:
            self.mistakes.append(mistake.placed(self.text))

    def value(self, node: yaml.Node, depth: int = 1) -> Any:
        """The plain value of a node: text, ``None``, a list or a dict."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if depth > DEEPEST:
            self._add(_too_deep(_start(node)))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _scalar(self, node: yaml.ScalarNode) -> str | None:
        if not node.value.isprintable():
            self._forbidden(node)
        if node.style:
            return str(node.value)
        if self.hashes and _HASH_HERE.match(self.text, _end(node)):
            return self._hash(node)
        return node.value or None

    def _forbidden(self, node: yaml.ScalarNode) -> None:
        """A value that holds what no published text may hold, written as an escape: ``"\\x01"``."""
        for _, code in find_forbidden(node.value):
            width = _end(node) - _start(node)
            self._add(Mistake("control-character", _start(node), width, *describe_forbidden(code)))
            return

    def _hash(self, node: yaml.ScalarNode) -> str:
        """A plain value with ``#word`` after it, which YAML would drop as a comment without a word."""
        line = find_line(self.text, _end(node))
        start = self.text.index("#", _end(node))
        mistake = needs_quotes(
            self.text,
            line,
            "has a # in it, and YAML drops all that follows",
            start,
            line.start + len(line.text) - start,
        )
        hint = f"{mistake.hint}, or leave a space after # if it begins a comment."
        self._add(Mistake(mistake.rule, start, mistake.width, mistake.message, hint))
        return f"{node.value} {self.text[start : line.start + len(line.text)]}".strip()

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        places: dict[str, yaml.Node] = {}
        for key, item in node.value:
            if not self._is_name(key):
                continue
            if key.value in places:
                self._duplicate(key, places[key.value])
                continue
            places[key.value] = key
            if isinstance(item, yaml.ScalarNode) and not item.value and not item.style and self._no_colon(key):
                continue
            values[key.value] = self.value(item, depth + 1)
        return values

    def _is_name(self, key: yaml.Node) -> bool:
        index = _start(key)
        if not isinstance(key, yaml.ScalarNode) or (not key.value and not key.style):
            message = "The name of a field must be a word."
            self._add(Mistake("key-not-text", index, 1, message, "Write a name before the colon."))
            return False
        if key.value == "<<" and not key.style:
            message = "This is a merge key (<<), which copies fields from elsewhere; Twinsite does not use those."
            self._add(Mistake("yaml-merge-key", index, 2, message, "Write the fields themselves."))
            return False
        return True

    def _no_colon(self, key: yaml.Node) -> bool:
        """Tell of a name in brackets that no colon follows; YAML takes it for a field without a value."""
        rest = self.text[_end(key) : _end(key) + 200].lstrip()
        if rest[:1] not in (",", "}"):
            return False
        self._add(comma_mistake(self.text, _start(key), self.text[_start(key) : _end(key)]))
        return True

    def _duplicate(self, key: yaml.Node, first: yaml.Node) -> None:
        line = find_line(self.text, _start(first)).number + self.first_line
        message = f'The field "{key.value}" is written twice; the first is on line {line}.'
        width = _end(key) - _start(key)
        self._add(Mistake("duplicate-key", _start(key), width, message, "Keep one of the two, or put both into one."))


def read_text(text: str, first_line: int) -> tuple[Any, tuple[Mistake, ...]]:
    """The plain values of a YAML text (``None`` if it cannot be read) and all mistakes found, placed.

    ``first_line`` is the line of the file on which the text begins, for messages that name another line.
    """
    composed = compose_text(text)
    if composed.root is None:
        return None, composed.mistakes
    walk = Walk(composed.text, hashes=_HASH.search(composed.text) is not None, first_line=first_line)
    values = walk.value(composed.root)
    return values, (*composed.mistakes, *walk.mistakes)
