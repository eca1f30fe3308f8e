"""The default theme's words, templates, style sheet and fonts as files: nothing missing, nothing left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from twinsite.core.measures import COUNTS, ROWS
from twinsite.kinds import KINDS
from twinsite.kinds.contest.form import FormField
from twinsite.kinds.contest.model import Entry, Method, Winner
from twinsite.kinds.contest.position import Pay
from twinsite.kinds.contest.share import LIVE
from twinsite.kinds.parts import Relationship
from twinsite.kinds.showcase.model import Showcase
from twinsite.kinds.twintern.rates import COUNTED, FORMULAS
from twinsite.kinds.twintern.work_log import TASKS

THEME = Path(__file__).parents[2] / "themes" / "default"
WORDS: dict[str, str] = yaml.safe_load((THEME / "strings" / "en.yaml").read_text(encoding="utf-8"))
TEMPLATES = {
    path.relative_to(THEME).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("templates", "components")
    for path in sorted((THEME / folder).rglob("*.html"))
}
EVERYTHING = "\n".join(TEMPLATES.values())
SINGLE = set(re.findall(r"frame\.t\.(\w+)", EVERYTHING)) | set(re.findall(r'frame\.t\["(\w+)"\]', EVERYTHING))
PREFIXES = set(re.findall(r'frame\.t\["(\w+_)" ~', EVERYTHING))


def values_of(model, field):
    """The texts that a field of a model may hold."""
    return [value for part in get_args(model.model_fields[field].annotation) for value in (get_args(part) or (part,))]


def made_words():
    """Every word whose name a template makes from a value, as (prefix, value)."""
    kinds = [kind.name for kind in KINDS if kind.name not in ("home", "list")]
    claim = next(kind for kind in KINDS if kind.name == "claim")
    contest = next(kind for kind in KINDS if kind.name == "contest")
    twintern = next(kind for kind in KINDS if kind.name == "twintern")
    counted = {name for names in COUNTED.values() for name in names} | {*COUNTS}
    return {
        "base_": FORMULAS,
        "by_": [*ROWS, "year"],
        "banner_": ["draft", "scheduled", "expired"],
        "back_": kinds,
        "claims_": claim.states,
        "contest_": values_of(contest.model, "kind_of"),
        "contests_": ["now", "next", "past"],
        "cost_": [value for value in values_of(Entry, "cost") if isinstance(value, str)],
        "empty_": kinds,
        "error_": values_of(FormField, "type"),
        "event_": ["start", "work", "won", "showcase", "announced", "entered", "end"],
        "filter_": ["medium", "product", "region"],
        "formula_": FORMULAS,
        "group_": twintern.states,
        "head_": [*ROWS, "year"],
        "kind_": kinds,
        "lead_": ["open", "voting", "judging", "upcoming", "closed", "announced"],
        "many_": kinds,
        "method_": values_of(Method, "type"),
        "metric_": sorted(counted),
        "now_": contest.states,
        "one_": kinds,
        "open_": [*values_of(Method, "type"), "video", "audio"],
        "per_": values_of(Pay, "per"),
        "prize_": [value for value in values_of(Winner, "status") if isinstance(value, str)],
        "rate_": FORMULAS,
        "row_": ROWS,
        "rows_": ROWS,
        "read_": values_of(Showcase, "medium"),
        "relationship_": list(get_args(Relationship)),
        "standings_by_": ["scores", "votes", "both"],
        "state_": [state for kind in KINDS for state in kind.states],
        "task_": TASKS,
        "verb_": ["enter", "buy", "share", "review", "subscribe", "apply", "read"],
    }


PLANNED = {
    "press",
    "reference",
    "archive_files",
    "archive_sums",
    "share_by_contest",
    *(f"share_until_{state}" for state in LIVE),
    *(f"medium_{medium}" for medium in get_args(Showcase.model_fields["medium"].annotation)),
}
"""Words that no template names: the texts that people share and the titles of lists are made of them earlier."""


def test_every_word_that_a_template_names_exists():
    assert sorted(SINGLE - set(WORDS)) == []


def test_the_names_that_templates_make_are_known_to_this_test():
    assert sorted(made_words()) == sorted(PREFIXES)


@pytest.mark.parametrize("prefix", sorted(made_words()))
def test_every_word_that_a_template_makes_exists(prefix):
    assert [value for value in made_words()[prefix] if prefix + value not in WORDS] == []


def test_no_word_is_left_over():
    made = {prefix + value for prefix, values in made_words().items() for value in values}
    assert sorted(set(WORDS) - SINGLE - made - PLANNED) == []


def test_words_that_plans_are_written_with_exist():
    assert sorted(PLANNED - set(WORDS)) == []


def test_no_word_is_empty_or_markup():
    assert [key for key, word in WORDS.items() if not word or "<" in word] == []


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_templates_need_no_script_no_inline_style_and_no_computed_include(name):
    text = re.sub(r"\{#.*?#\}", "", TEMPLATES[name], flags=re.DOTALL)
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=|javascript:", text)
    assert not re.search(r"{%-?\s*(?:include|extends|import)\s+[^\"]", text)
    assert "| safe" not in text


def test_templates_say_nothing_of_their_own():
    """Whatever a reader reads is in the strings, so that a theme can be translated."""
    said = {}
    for name, text in TEMPLATES.items():
        plain = re.sub(r"{% block \w+_class %}.*?{% endblock %}|\{#.*?#\}", " ", text, flags=re.DOTALL)
        plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", plain, flags=re.DOTALL)
        plain = re.sub(r"<[^>]*>|&\w+;| data-[a-z]+=\"[^\"]*\"", " ", plain)
        words = [word for word in re.findall(r"[A-Za-z]{2,}", plain) if word not in ("kB", "MB", "hidden")]
        if words and name != "templates/redirect.html":
            said[name] = words
    assert said == {}


def test_the_style_sheet_is_small_and_asks_no_other_site():
    sheet = (THEME / "assets" / "site.css").read_text(encoding="utf-8")
    assert len(sheet.encode()) < 48_000
    assert "@import" not in sheet
    assert not re.search(r"url\([\"']?(?:https?:)?//", sheet)


def test_the_fonts_are_small_and_have_their_licence():
    fonts = sorted((THEME / "assets" / "fonts").glob("*.woff2"))
    assert fonts
    assert sum(font.stat().st_size for font in fonts) < 60_000
    assert "SIL Open Font License" in (THEME / "LICENSES" / "Besley-OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.name not in ("home", "list")])
def test_every_kind_has_a_page_a_card_and_a_list(kind):
    assert [name for name in ("page", "card", "list") if f"templates/{kind}/{name}.html" not in TEMPLATES] == []
