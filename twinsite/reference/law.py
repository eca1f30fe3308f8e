"""The page of what the law asks: every line of every profile, platforms, tags, and how to add one of each; from the
data files and the models that read them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from twinsite.core.law import (
    Disclosures,
    Forbidden,
    Labels,
    Line,
    Need,
    Packaged,
    Platform,
    Profile,
    Refused,
    Threshold,
    When,
)
from twinsite.installed import read_package_law
from twinsite.reference.fields import write_fields
from twinsite.reference.text import code, plain, sentence, write_code, write_page, write_table
from twinsite.validate.law import parse_packaged

INTRO = """\
A contest is held against the law of the places that it names. Write them in `jurisdictions`:

```yaml
jurisdictions: [uk, eu]
```

Each name is a **profile**: a list of lines, each with the rule that it serves and where that can be read. What the \
law says one *must* is an error where it is missing; what only *may* apply, because that depends on things that \
Twinsite cannot know, is a warning. The message names the profile, the rule, what is missing and what to write:

```text
content/contests/spring.md:4:1  error  law-requires
   4 | sponsor:
     | ^^^^^^^
   uk: CAP 8.17.9, promoter's name and address: "sponsor.address" is missing.
   Add "address:" below "sponsor:", with the postal address. See \
https://www.asa.org.uk/type/non_broadcast/code_section/08.html
```

Some rules want a sentence on the page. Nobody types it: Twinsite takes it from the profile, puts it among the \
conditions on the contest's page and into its official rules, and refuses to publish a page whose theme leaves it \
out. A contest without `jurisdictions` is held against none of this, only against the terms of the platforms it \
uses.

> [!WARNING]
> This is no legal advice. The profiles are what careful people found in the sources named, on the day named. They \
cannot know your contest, they leave things out, and laws change. Have your rules reviewed by somebody who may \
advise you."""

OWN = """\
Put a file into `content/jurisdictions/`. Its name is the word that contests write; a file `uk.yaml` takes the place \
of the profile that comes with Twinsite. A mistake in it stops the build, at its line. When you change it, every \
contest is held against it again.

**`content/jurisdictions/ca.yaml`**"""
OWN_PROFILE = """\
name: Canada
checked: 2026-11-22
about: What the Competition Act asks of promotional contests. Quebec has rules of its own.
lines:
  - id: disclosure
    rule: Competition Act, section 74.06
    title: number and approximate value of the prizes
    source: https://laws-lois.justice.gc.ca/eng/acts/C-34/section-74.06.html
    need: {one_of: [prizes.*.value]}
    how: 'Add "value:" to the prize, with amount and currency.'
  - id: skill
    rule: Criminal Code, section 206
    title: a question of skill
    source: https://laws-lois.justice.gc.ca/eng/acts/C-46/section-206.html
    when: {kind_of: [draw]}
    need:
      statement: Whoever is drawn must first answer a question of arithmetic correctly, alone and in a limited time.
    how: The sentence is put on the page."""
OWN_WORDS = """\
`twinsite schema jurisdiction` prints a JSON Schema of it, for editors that check while you type. A file has these \
fields, and each of its lines those below `lines`:"""
PLATFORMS = """\
Networks want two things said of a contest on them: that entrants release the network, and that it has nothing to do \
with the contest. For every platform that people use to enter, the page and the rules say so by themselves. A \
platform counts as used when it stands in `platform` of a way to enter, when the address of a form lies there, or \
when the instructions of a post name it."""
FORBIDDEN = """\
Some ways to enter break the terms of a network. Twinsite reads the `instructions` for them, in English: an action, \
its target a few words later, and nothing that denies it ("you need not tag anybody" is fine)."""
OWN_PLATFORM = """\
A platform that Twinsite does not know is an error. Describe it in `content/platforms/`; a file `x.yaml` takes the \
place of ours.

**`content/platforms/pixelfed.yaml`**"""
OWN_PLATFORM_FILE = """\
name: Pixelfed
checked: 2026-11-22
source: https://pixelfed.org/
also: [pixelfed.social]
mentions: [Pixelfed]
release: >-
  This contest is in no way sponsored, endorsed or administered by, or associated with, {platform} or those who run the
  servers. By entering there, you release them completely from any claim that has to do with this contest."""
POSITIONS = """\
A prize that is a position says what it pays or that it is unpaid, when it starts and ends, the hours, the place, \
who supervises and who employs; each missing one is an error, whatever the jurisdictions. While the contest is open, \
and only on its own page, search engines are told of the job (`JobPosting`) if all that they require is given and \
stands on the page: besides the above a `description` of the prize or `duties`, and `country`. A contest with two \
positions tells them nothing, because they want one job on a page."""


def write_law() -> str:
    """The page."""
    packaged = parse_packaged(read_package_law())
    parts = [INTRO]
    for name, profile in packaged.profiles.items():
        parts += _write_profile(name, profile)
    parts += ["## A profile of your own", OWN, write_code(OWN_PROFILE, "yaml"), *_write_words()]
    parts += ["## Platforms", PLATFORMS, *_write_platforms(packaged)]
    parts += ["## A platform of your own", OWN_PLATFORM, write_code(OWN_PLATFORM_FILE, "yaml")]
    parts += [write_fields(Platform, dict(Platform.model_fields), ()), *_write_table(Forbidden, ("forbidden",))]
    parts += ["## Tags for posts", _write_labels(packaged.labels), "## Positions as prizes", POSITIONS]
    summary = "What each jurisdiction asks of a contest, what networks forbid, and how to add a profile of your own."
    return write_page("What the law asks", summary, 46, parts)


def _write_profile(name: str, profile: Profile) -> list[str]:
    checked = f"Last held against its sources on {profile.checked:%Y-%m-%d}."
    rows = [
        [
            f"[{plain(line.rule)}]({line.source})",
            plain(line.title),
            "; ".join(_list_conditions(line.when)) or "always",
            _describe_need(line),
        ]
        for line in profile.lines
    ]
    heads = ("Rule", "What it wants", "When", "What Twinsite does")
    return [
        f"## {profile.name} ({code(name)})",
        f"{sentence(plain(profile.about))} {checked}",
        write_table(heads, rows),
        *([_write_disclosures(profile.disclosure)] if profile.disclosure else []),
    ]


def _write_disclosures(own: Disclosures) -> str:
    """Which tags tell readers of a connection with the brand, and which do not."""
    accepted = ", ".join(code(f"#{word}") for word in own.accepted)
    refused = ", ".join(f"“{word}”" for one in own.refused for word in one.words)
    label = f" The word {code(own.label)} comes first where an insider speaks, if you ask for it." if own.label else ""
    return (
        f"For telling readers of a connection with the brand, [{plain(own.rule)}]({own.source}) accepts {accepted}, "
        f"and does not accept {refused}.{label}"
    )


def _list_conditions(when: When | None) -> Iterator[str]:
    """When a line asks, in words."""
    if when is None:
        return
    kinds = {"draw": "draws", "judged": "judged contests", "vote": "votes"}
    costs = {"free": "entering is free", "purchase": "one must buy something", "payment": "one must pay"}
    ways = {"form": "by a form", "post": "by a post", "email": "by e-mail", "mail": "by letter"}
    if when.kind_of:
        yield " and ".join(kinds[one] for one in when.kind_of)
    if when.cost:
        yield " or ".join(costs[one] for one in when.cost)
    if when.methods:
        yield f"one enters {' or '.join(ways[one] for one in when.methods)}"
    if when.in_shops:
        yield "people enter in shops"
    if when.reviews:
        yield "one enters by a review"
    if when.under_age is not None:
        yield f"people under {when.under_age} may enter"
    if when.since is not None:
        yield f"it opens on {when.since:%Y-%m-%d} or later"
    if when.days_after_closing is not None:
        yield f"winners are announced more than {when.days_after_closing} days after the end"


def _describe_need(line: Line) -> str:
    """What Twinsite does for a line: shows a sentence, or asks for something."""
    need = line.need
    if need.statement:
        return f"shows: “{plain(need.statement)}”"
    verb = "asks for" if line.demand == "must" else "warns without"
    return f"{verb} {_name_need(need)}"


def _name_need(need: Need) -> str:
    if need.one_of:
        return " or ".join(code(name) for name in need.one_of)
    if need.total_at_most:
        return _name_registration(need.total_at_most)
    if need.free_route:
        return f"a free way in {code('entry.free_route')}"
    if need.independent_judge:
        return f"one member of {code('judging.panel')} with {code('independent: true')}"
    if need.minimum_age is not None:
        return f"{code('eligibility.minimum_age')} of {need.minimum_age} or more"
    return f"{code('unpaid_review')} of a position that is unpaid, unless the employer is no company run for profit"


def _name_registration(limit: Threshold) -> str:
    days = f", filed {limit.days_before} days before the opening" if limit.days_before else ""
    total = f"{limit.amount:,} {limit.currency}"
    return f"{limit.register_in} in {code('registrations')}{days}, where all prizes are worth more than {total}"


def _write_words() -> list[str]:
    """The tables of the vocabulary."""
    tables: list[tuple[type[BaseModel], tuple[str, ...]]] = [
        (Line, ("lines",)),
        (When, ("when", "lines")),
        (Need, ("need", "lines")),
        (Threshold, ("total_at_most", "need", "lines")),
        (Disclosures, ("disclosure",)),
        (Refused, ("refused", "disclosure")),
    ]
    parts = [OWN_WORDS, write_fields(Profile, dict(Profile.model_fields), ())]
    return [*parts, *(part for model, path in tables for part in _write_table(model, path))]


def _write_table(model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    about = sentence((model.__doc__ or "").partition("\n")[0])
    return [f"### {' in '.join(path)}", about, write_fields(model, dict(model.model_fields), path)]


def _write_platforms(packaged: Packaged) -> list[str]:
    rows = [
        [f"[{platform.name}]({platform.source})", code(name), f"{platform.checked:%Y-%m-%d}"]
        for name, platform in packaged.platforms.items()
    ]
    example = packaged.platforms["instagram"]
    said = (
        f"> {plain(example.release).replace('{platform}', example.name).replace('{sponsor}', 'Larkfield Coffee Ltd.')}"
    )
    forbidden = [
        [platform.name, f"[{plain(line.rule)}]({line.source})", plain(line.message), plain(line.how)]
        for platform in packaged.platforms.values()
        for line in platform.forbidden
    ]
    return [
        write_table(("Platform", "Name", "Checked"), rows),
        f"Of {example.name} it is said:",
        said,
        FORBIDDEN,
        write_table(("Platform", "Rule", "What it forbids", "Instead"), forbidden),
    ]


def _write_labels(labels: Labels) -> str:
    contains = ", ".join(code(word) for word in labels.contains)
    starts = ", ".join(code(word) for word in labels.starts)
    return (
        f"Whoever posts to win something must tell readers so: [{plain(labels.rule)}]({labels.source}) names the "
        "possibility of winning a prize. So every way to enter of the type `post` needs a `disclosure_tag`. It is "
        f"accepted if it contains {contains}, or if it begins with {starts} as a word of its own: `#ad`, "
        "`#adByLarkfield`, but not `#adventure`. A tag that only names the brand tells readers nothing, and is an "
        f"error. Last held against its source on {labels.checked:%Y-%m-%d}."
    )
