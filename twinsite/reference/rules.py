"""The page of all rules: what each means, why it matters, how to mend it, a wrong and a right example."""

from __future__ import annotations

from twinsite.core.rules import GROUPS, RULES, Group, Rule
from twinsite.reference.text import plain, write_code, write_page

SEVERITIES = {
    "error": "Error: it stops the build, and nothing of the old site is touched",
    "warning": "Warning: the build goes on, except with `--strict`",
    "notice": "Notice: something to know; it never stops a build",
}
ABOUT = """\
Whatever is wrong, Twinsite says where, what, and what to write instead. All problems of all files come in one run.

```text
content/contests/spring.md:14:1  error  unknown-field
   14 | winner_announced: 2026-07-01 12:00
      | ^^^^^^^^^^^^^^^^
   There is no field "winner_announced" on a contest. Did you mean "winners_announced"?
```

The first line names the file, the line and the column, how grave it is, and the rule. Below stand the line itself, \
a mark under the place, and what is wrong; often a last line says what to write. This page explains each rule. Rules \
have names and no numbers, and a name never changes its meaning.

There are three severities. An **error** stops the build, and nothing of the old site is touched. A **warning** lets \
the build go on, unless you ask for `--strict`. A **notice** is something to know. What becomes true only because \
time passed (a number that grew old, a permission near its end, winners that are due) is always a notice, so that a \
site which is built anew every night never stops by itself; the command `twinsite check` fails on what is overdue."""


def write_rules() -> str:
    """The page, its rules in groups, each under a heading of its own name."""
    summary = f"All {len(RULES)} rules: what each message means, why it matters, and what to write instead."
    return write_page("Rules", summary, 95, [ABOUT, *(part for group in GROUPS for part in _write_group(group))])


def _write_group(group: Group) -> list[str]:
    return [f"## {group.title}", plain(group.about), *(part for rule in group.rules for part in _write_rule(rule))]


def _write_rule(rule: Rule) -> list[str]:
    severity = SEVERITIES[rule.severity].partition(":")[0]
    also = "".join(f", in some places a {other}" for other in rule.also)
    parts = [
        f"### {rule.name}",
        f"**{plain(rule.title)}.** *{severity}{also}.*",
        f"{plain(rule.why)} {plain(rule.mend)}",
    ]
    if rule.bad:
        parts += ["Wrong:", write_code(rule.bad, rule.language)]
    if rule.good:
        parts += ["Right:", write_code(rule.good, rule.language)]
    return parts
