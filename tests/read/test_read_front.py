"""Front matter: what an editor wrote arrives as written, and every trap of YAML is one clear problem at its line."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.core.problem import Problem
from twinsite.read.front import locate, parse_front, parse_yaml, place_problems, split_front

PATH = "content/contests/spring.md"


def show(problem):
    return f"{problem.line}:{problem.column}+{problem.width} {problem.rule}"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("country: NO\n", {"country": "NO"}),
        ("answers: [yes, no, on]\n", {"answers": ["yes", "no", "on"]}),
        ("zip: 01234\n", {"zip": "01234"}),
        ("open: 12:30\n", {"open": "12:30"}),
        ("rate: 1.10\n", {"rate": "1.10"}),
        ("deadline: 2026-06-01 23:59:59\n", {"deadline": "2026-06-01 23:59:59"}),
        ("big: 1_000\n", {"big": "1_000"}),
        ("hex: 0x1F\n", {"hex": "0x1F"}),
        ("nothing: ~\n", {"nothing": "~"}),
        ("empty:\n", {"empty": None}),
        ('empty: ""\n', {"empty": ""}),
        ("empty: # a comment\n", {"empty": None}),
        ("title: Fun # a comment\n", {"title": "Fun"}),
        ("title: C#\n", {"title": "C#"}),
        ("'title': x\n", {"title": "x"}),
        ("# title: x\n#weight: 3\n", {}),
        ("text: |\n  a #b\n  - *c\n", {"text": "a #b\n- *c\n"}),
        ("text: >-\n  a\n  b\n", {"text": "a b"}),
        ("text: one\n  two\n", {"text": "one two"}),
        ("list:\n- a\n-\n", {"list": ["a", None]}),
        ("emoji: 🎉 é\n", {"emoji": "🎉 é"}),
        ("text: Win!\nother: Tom & Kim * 2\n", {"text": "Win!", "other": "Tom & Kim * 2"}),
        ("url: https://example.com/#top\n", {"url": "https://example.com/#top"}),
        ("", {}),
    ],
)
def test_scalars_arrive_as_written(text, values):
    assert parse_front(text, PATH) == (values, [])


TRAPS = {
    "at": (
        "title: a\nhandle: @brand\n",
        "3:9+6 needs-quotes",
        "This value begins with @, which YAML keeps for itself.",
        'Write handle: "@brand"',
    ),
    "hash": (
        "hashtag: #contest\n",
        "2:10+8 needs-quotes",
        "This value has a # in it, and YAML drops all that follows.",
        'Write hashtag: "#contest", or leave a space after # if it begins a comment.',
    ),
    "hash in a list": (
        "tags:\n  - #contest\n",
        "3:5+8 needs-quotes",
        "This value has a # in it, and YAML drops all that follows.",
        'Write - "#contest", or leave a space after # if it begins a comment.',
    ),
    "hash inside": (
        "title: We are #1\n",
        "2:15+2 needs-quotes",
        "This value has a # in it, and YAML drops all that follows.",
        'Write title: "We are #1", or leave a space after # if it begins a comment.',
    ),
    "backtick": (
        "title: `x`\n",
        "2:8+3 needs-quotes",
        "This value begins with a backtick, which YAML keeps for itself.",
        'Write title: "`x`"',
    ),
    "percent": (
        "rate: %5\n",
        "2:7+2 needs-quotes",
        "This value begins with %, which YAML keeps for itself.",
        'Write rate: "%5"',
    ),
    "colon": (
        "title: Spring: the contest\n",
        "2:8+19 needs-quotes",
        "This value has a colon followed by a space in it.",
        'Write title: "Spring: the contest"',
    ),
    "stars": (
        "title: *Big* prize\n",
        "2:8+11 needs-quotes",
        "This value begins with *, which YAML takes for an alias.",
        'Write title: "*Big* prize"',
    ),
    "quote sign": (
        "quote: > so good\n",
        "2:8+9 needs-quotes",
        "This value begins with >, which YAML takes for the start of a longer text.",
        'Write quote: "> so good"',
    ),
    "link": (
        "title: [Kim](https://example.com)\nweight: 1\n",
        "2:8+26 needs-quotes",
        "This value goes on after its closing bracket.",
        'Write title: "[Kim](https://example.com)"',
    ),
    "duplicate": (
        "title: a\nweight: 1\ntitle: b\n",
        "4:1+5 duplicate-key",
        'The field "title" is written twice; the first is on line 2.',
        "Keep one of the two, or put both into one.",
    ),
    "nested duplicate": (
        "a:\n  b: 1\n  b: 2\n",
        "4:3+1 duplicate-key",
        'The field "b" is written twice; the first is on line 3.',
        "Keep one of the two, or put both into one.",
    ),
    "anchor": (
        "title: &a Spring\n",
        "2:8+2 yaml-anchor",
        "This is an anchor (&name), which marks a value for use elsewhere; Twinsite does not use those.",
        'Write the value itself, or, if it is plain text, title: "&a Spring"',
    ),
    "alias": (
        "title: *a\n",
        "2:8+2 yaml-alias",
        "This is an alias (*name), which repeats a value from elsewhere; Twinsite does not use those.",
        'Write the value itself, or, if it is plain text, title: "*a"',
    ),
    "merge key": (
        "<<: {a: b}\n",
        "2:1+2 yaml-merge-key",
        "This is a merge key (<<), which copies fields from elsewhere; Twinsite does not use those.",
        "Write the fields themselves.",
    ),
    "tag": (
        "weight: !!int 3\n",
        "2:9+5 yaml-tag",
        "This is a tag (!name), which says how to read a value; Twinsite does not use those.",
        'Write the value itself, or, if it is plain text, weight: "!!int 3"',
    ),
    "list as key": (
        "[a]: b\n",
        "2:1+1 key-not-text",
        "The name of a field must be a word.",
        "Write a name before the colon.",
    ),
    "empty key": (
        "a: b\n: c\n",
        "3:1+1 missing-key",
        "There is no name before this colon.",
        "Write a field's name there.",
    ),
    "tab": (
        "seo:\n\ttitle: x\n",
        "3:1+1 tab-in-indentation",
        "This line is indented with a tab.",
        "Indent with two spaces for each level.",
    ),
    "tab after spaces": (
        "seo:\n  title: x\n \tnoindex: no\n",
        "4:2+1 tab-in-indentation",
        "This line is indented with a tab.",
        "Indent with two spaces for each level.",
    ),
    "unclosed double quote": (
        'title: "Spring\nweight: 1\n',
        "2:8+7 unclosed-quote",
        "The double quote that opens here is never closed.",
        'Write title: "Spring"',
    ),
    "unclosed quote before another": (
        'title: "Spring\nsummary: "Fun"\n',
        "2:8+7 unclosed-quote",
        "The double quote that opens here is never closed.",
        'Write title: "Spring"',
    ),
    "unclosed single quote": (
        "title: 'Spring\nweight: 1\n",
        "2:8+7 unclosed-quote",
        "The single quote that opens here is never closed.",
        'Write title: "Spring"',
    ),
    "apostrophe": (
        "title: 'It's here'\nweight: 1\n",
        "2:8+11 text-after-quote",
        "There is text after the closing quote.",
        'Write title: "It\'s here"',
    ),
    "text after a quote": (
        'title: "Spring" contest\n',
        "2:8+16 text-after-quote",
        "There is text after the closing quote.",
        "Write title: '\"Spring\" contest'",
    ),
    "backslash": (
        'logo: "C:\\photos\\x.jpg"\n',
        "2:9+2 bad-escape",
        "Between double quotes, a backslash begins a special character, and there is no such one.",
        "Write logo: 'C:\\photos\\x.jpg'",
    ),
    "unclosed bracket": (
        "tags: [a, b\nweight: 1\n",
        "2:7+5 unclosed-bracket",
        "The bracket [ that opens here is never closed.",
        "Write tags: [a, b]",
    ),
    "colon among fields in braces": (
        "updates:\n  - {at: 2026-10-19 15:30, text: The maker: no honey.}\n",
        "3:34+20 needs-quotes",
        "This value has a colon in it, and YAML takes that for another field.",
        'Put the whole value into quotes: text: "The maker: no honey."',
    ),
    "unclosed bracket at the end": (
        "tags: [a, b\n",
        "2:7+5 unclosed-bracket",
        "The bracket [ that opens here is never closed.",
        "Write tags: [a, b]",
    ),
    "no space after a colon": (
        "title: a\nweight:1\ndraft: no\n",
        "3:1+7 missing-space",
        "There is no space after the colon.",
        "Write weight: 1",
    ),
    "only field without a space": (
        "title:Spring\n",
        "2:1+12 missing-space",
        "There is no space after the colon.",
        "Write title: Spring",
    ),
    "no colon": (
        "title: a\nweight 1\ndraft: no\n",
        "3:1+8 missing-colon",
        "This line has no colon, so it is no field.",
        "Write a field's name, a colon, a space and its value: title: Spring contest",
    ),
    "equals sign": (
        "title = Spring\nweight = 1\n",
        "2:1+14 not-fields",
        "The front matter is not made of fields.",
        "Write title: Spring",
    ),
    "list of fields": (
        "- title: a\n",
        "2:1+10 not-fields",
        "The front matter is not made of fields.",
        "Write each field as its name, a colon, a space and its value: title: Spring contest",
    ),
    "too far in": (
        "title: a\n  weight: 1\n",
        "3:1+2 bad-indentation",
        "This line is indented further than the one above, but nothing there can hold it.",
        "Write it without spaces before it.",
    ),
    "between two levels": (
        "seo:\n    title: a\n  noindex: no\n",
        "4:1+2 bad-indentation",
        "This line begins at a place where no field above begins.",
        "Put it exactly below the line it belongs with: the same number of spaces before both.",
    ),
    "list on the line": (
        "tags: - a\n",
        "2:7+3 bad-list",
        "A list cannot begin on the line of its field.",
        "Write tags: [a]",
    ),
    "control character": (
        "title: a\x07b\n",
        "2:9+1 control-character",
        "There is an invisible control character (U+0007) here.",
        "Delete it, or write the word again.",
    ),
    "second document": (
        "title: a\n--- b\n",
        "3:1+5 bad-fence",
        '"--- b" does not end the front matter.',
        "Write three hyphens alone on the line: ---",
    ),
    "four hyphens inside": (
        "title: a\n----\nweight: 1\n",
        "3:1+4 bad-fence",
        '"----" does not end the front matter.',
        "Write three hyphens alone on the line: ---",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_each_trap_is_one_clear_problem(name):
    text, place, message, hint = TRAPS[name]
    _, problems = parse_front(text, PATH)
    assert [(show(problem), problem.message, problem.hint) for problem in problems] == [(place, message, hint)]
    assert {(problem.path, problem.severity) for problem in problems} == {(PATH, "error")}


def test_several_mistakes_of_one_file_are_told_together():
    text = "handle: @kim\ntitle: Spring: fun\nname: 'Kim\ntag: #a\ntag: b\nweight: &x 3\n"
    values, problems = parse_front(text, PATH)
    assert sorted(map(show, problems)) == [
        "2:9+4 needs-quotes",
        "3:8+11 needs-quotes",
        "4:7+4 unclosed-quote",
        "5:6+2 needs-quotes",
        "6:1+3 duplicate-key",
        "7:9+2 yaml-anchor",
    ]
    assert values == {"handle": "@kim", "title": "Spring: fun", "name": "Kim", "tag": "#a", "weight": "&x 3"}


FILES = {
    "empty": (b"", "1:1+1 empty-file"),
    "blank": (b" \r\n\t\n", "1:1+1 empty-file"),
    "no front matter": (b"Hello\n", "1:1+5 missing-front-matter"),
    "no fences": (b"title: x\nweight: 1\n\nHello\n", "1:1+8 missing-front-matter"),
    "thematic breaks are no fences": (b"# Hello\n\n---\n\nText\n\n---\n", "1:1+7 missing-front-matter"),
    "four hyphens": (b"----\ntitle: x\n----\n", "1:1+4 bad-fence"),
    "two hyphens": (b"--\ntitle: x\n--\n", "1:1+2 bad-fence"),
    "space before": (b" ---\ntitle: x\n---\n", "1:1+4 bad-fence"),
    "dash of a word processor": ("—\ntitle: x\n—\n".encode(), "1:1+1 bad-fence"),
    "plus signs": (b"+++\ntitle = 'x'\n+++\n", "1:1+3 bad-fence"),
    "stars": (b"***\ntitle: x\n***\n", "1:1+3 bad-fence"),
    "text on the fence": (b"--- title: x\n---\n", "1:1+12 bad-fence"),
    "empty line above": (b"\n---\ntitle: x\n---\n", "1:1+1 bad-fence"),
    "text above": (b"Hello\n---\ntitle: x\n---\n", "1:1+5 bad-fence"),
    "never closed": (b"---\ntitle: x\n\nHello\n", "1:1+3 unclosed-front-matter"),
    "closed by four": (b"---\ntitle: x\n----\nHello\n", "3:1+4 bad-fence"),
    "closed with a space": (b"---\ntitle: x\n ---\nHello\n", "3:1+4 bad-fence"),
    "closed by dots": (b"---\ntitle: x\n...\nHello\n", "3:1+3 bad-fence"),
    "Latin-1": (b"---\ntitle: Caf\xe9\n---\n", "2:11+1 not-utf-8"),
    "Latin-1 in the body": (b"---\r\ntitle: x\r\n---\r\nCaf\xe9\r\n", "4:4+1 not-utf-8"),
    "UTF-16": ("---\ntitle: x\n---\n".encode("utf-16"), "1:1+1 not-utf-8"),
    "UTF-16 without its mark": ("---\ntitle: x\n---\n".encode("utf-16-be"), "1:1+1 not-utf-8"),
    "null byte": (b"---\ntitle: a\0b\n---\n", "2:9+1 null-byte"),
    "2 MB": (b"---\ntitle: " + b"x" * 2_000_000 + b"\n---\n", "1:1+1 front-matter-too-large"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_cannot_be_cut(name):
    data, place = FILES[name]
    front, problems = split_front(data, PATH)
    assert front is None
    assert [show(problem) for problem in problems] == [place]
    assert problems[0].message
    assert problems[0].hint


def test_the_letter_that_was_meant_is_named():
    _, (problem,) = split_front(b"---\ntitle: Caf\xe9\n---\n", PATH)
    assert problem.message == 'The character here (perhaps "é") is not saved as UTF-8.'
    assert problem.hint == 'Save the file again with the encoding UTF-8 (in most editors: "Save with encoding").'


@pytest.mark.parametrize(
    ("data", "text", "body", "line"),
    [
        (b"---\ntitle: x\n---\nHello\n", "title: x\n", "Hello\n", 4),
        (b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n\r\nHello\r\n", "title: x\n", "\nHello\n", 4),
        (b"---\rtitle: x\r---\rHello\r", "title: x\n", "Hello\n", 4),
        (b"--- \ntitle: x\n---\t\nHello", "title: x\n", "Hello", 4),
        (b"---\n---\n", "", "", 3),
        (b"---\ntitle: x\n---", "title: x\n", "", 4),
        (
            b"---\ntext: |\n  a\n\n  ---\n---\nBody\n\n---\n\nMore\n",
            "text: |\n  a\n\n  ---\n",
            "Body\n\n---\n\nMore\n",
            7,
        ),
    ],
)
def test_a_file_is_cut_at_its_fences(data, text, body, line):
    front, problems = split_front(data, PATH)
    assert problems == []
    assert (front.text, front.body, front.body_line, front.first_line) == (text, body, line, 2)


BOMBS = {
    "brackets": ("a: " + "[" * 100_000 + "\n", "too-deep"),
    "closed brackets": ("a: " + "[" * 100_000 + "]" * 100_000 + "\n", "too-deep"),
    "braces": ("a: " + "{" * 100_000 + "\n", "too-deep"),
    "hyphens": ("a:\n" + "- " * 50_000 + "b\n", "too-deep"),
    "question marks": ("? " * 50_000 + "b\n", "too-deep"),
    "indentation": ("".join(f"{' ' * level}a:\n" for level in range(700)), "too-deep"),
    "aliases": (
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)),
        "yaml-anchor",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_quickly(name):
    text, rule = BOMBS[name]
    start = time.process_time()
    _, problems = parse_front(text, PATH)
    assert problems[0].rule == rule
    assert problems[0].line is not None
    assert time.process_time() - start < 2


def test_fifty_levels_are_allowed_and_one_more_is_not():
    def nested(depth):
        return "a: " + "[" * depth + "]" * depth + "\n"

    assert parse_front(nested(49), PATH)[1] == []
    assert [problem.rule for problem in parse_front(nested(50), PATH)[1]] == ["too-deep"]


@pytest.mark.parametrize(
    ("text", "values"), [("- a\n- b: c\n", ["a", {"b": "c"}]), ("a: 1\n", {"a": "1"}), ("", None), ("# x\n", None)]
)
def test_plain_yaml(text, values):
    assert parse_yaml(b"\xef\xbb\xbf" + text.encode(), "site.yaml") == (values, [])


def test_plain_yaml_counts_its_lines_from_one():
    _, problems = parse_yaml(b"a: b\na: @c\n", "site.yaml")
    assert sorted(map(show, problems)) == ["2:1+1 duplicate-key", "2:4+2 needs-quotes"]
    assert next(problem for problem in problems if problem.rule == "duplicate-key").message.endswith("is on line 1.")


TEXT = """title: Spring
sponsor:
  name: "Acme"
  url:
prizes:
  - name: Mug
    value: {amount: 12, currency: EUR}
  - Cup
text: |
  long
  text
🎉: x
"""


@pytest.mark.parametrize(
    ("field", "at_key", "place"),
    [
        ((), False, (2, 1, 1)),
        (("title",), False, (2, 8, 6)),
        (("title",), True, (2, 1, 5)),
        (("sponsor", "name"), False, (4, 9, 6)),
        (("sponsor", "url"), False, (5, 3, 3)),
        (("sponsor", "address"), False, (3, 1, 7)),
        (("sponsor",), True, (3, 1, 7)),
        (("prizes", 0, "value", "currency"), False, (8, 35, 3)),
        (("prizes", 0), True, (7, 5, 9)),
        (("prizes", 1), False, (9, 5, 3)),
        (("prizes", 7), False, (6, 1, 6)),
        (("text",), False, (10, 7, 1)),
        (("🎉",), False, (13, 4, 1)),
        (("nothing",), False, (2, 1, 1)),
    ],
)
def test_fields_are_found(field, at_key, place):
    assert locate(TEXT, field, at_key) == place


def test_problems_are_placed_and_others_left_alone():
    waiting = Problem("not-a-date", PATH, "x", field=("title",))
    done = Problem("not-a-date", PATH, "x", line=7, column=3, field=("title",))
    other = Problem("not-a-date", "content/pages/x.md", "x", field=("title",))
    setting = Problem("not-a-date", "site.yaml", "x", field=("title",))
    placed = place_problems([waiting, done, other, setting], {PATH: TEXT, "site.yaml": TEXT})
    assert [(problem.line, problem.column) for problem in placed] == [(2, 8), (7, 3), (None, None), (1, 8)]


YAML_LIKE = st.text(alphabet="ab:#-'\"[]{}&*!|>%@`? \n\t,é🎉\\~=0\u2028\x85\x07", max_size=60)


@given(st.one_of(YAML_LIKE, st.text(max_size=60)))
@settings(max_examples=600, deadline=None, derandomize=True, database=None)
def test_any_text_is_values_or_placed_problems(text):
    values, problems = parse_front(text, PATH)
    assert isinstance(values, dict)
    lines = text.split("\n")
    for problem in problems:
        assert problem.message
        assert 2 <= problem.line <= len(lines) + 1
        assert 1 <= problem.column <= len(lines[problem.line - 2]) + 1
        assert problem.width >= 1
    for key in values:
        line, column, _ = locate(text, (key,), True)
        assert 2 <= line <= len(lines) + 1
        assert column >= 1


@given(st.one_of(st.binary(max_size=80), YAML_LIKE.map(lambda text: f"---\n{text}\n---\n".encode())))
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_cut_or_refused(data):
    front, problems = split_front(data, PATH)
    assert (front is None) == bool(problems)
    parse_yaml(data, "site.yaml")
