"""What a rule is: the name that a problem carries, and what an editor should know about it."""

from __future__ import annotations

from msgspec import Struct

from twinsite.core.problem import Severity


class Rule(Struct, frozen=True):
    """A rule by its name, for the generated page of all rules.

    ``severity`` is the usual one; ``also`` are others it can have (a setting or a place decides). ``title`` is what is
    the case, in a few words. ``why`` says what it means and why it matters; ``mend`` what to do. ``bad`` and ``good``
    are a short example before and after, in ``language``; where there is nothing to write, both are empty.
    """

    name: str
    severity: Severity
    title: str
    why: str
    mend: str
    bad: str = ""
    good: str = ""
    also: tuple[Severity, ...] = ()
    language: str = "yaml"


class Group(Struct, frozen=True):
    """Rules about one thing, in the order in which the page shows them."""

    title: str
    about: str
    rules: tuple[Rule, ...]
