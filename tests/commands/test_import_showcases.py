"""``import showcases``: rows of an export become drafts as a map declares, once, with where they came from."""

from __future__ import annotations

import cProfile
import csv
import html
import json
import re
import tracemalloc
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MakeSite
from tests.site.test_site_hostile_text import find_dangers
from tests.support.command import Outcome, run_command
from tests.support.hostile import TEXTS
from tests.support.records import split_text
from tests.support.site import Site
from twinsite.kinds import kind_named
from twinsite.read.html_text import find_markup, take_words
from twinsite.scaffold.showcase_values import FIELDS, NEEDED, ORDER
from twinsite.validate.fields import find_field

MAP = """\
source: kitefolk
id: [Review ID]
format: {date: DD/MM/YYYY, decimal: ",", html: true, delimiter: semicolon}
columns:
  Name: author.name
  Handle: author.handle
  Stars: rating.value
  Date: published
  Text: quote
  Link: source_url
  Gift: relationship
  Product: product
  Mail: private.contact
constants: {medium: review, platform: Kitefolk, language: en, captured: 2026-05-30}
words:
  relationship: {"No": none, "Yes": gifted}
"""
HEAD = "Review ID;Name;Handle;Stars;Date;Text;Link;Gift;Product;Mail;Internal note\n"
GOOD = 'R-1;Maria K.;@maria.k;4,5;03/04/2026;"<p>I <b>love</b> it &amp; &lt;3</p><p>Really: <3</p>";'
GOOD += "https://r.example/1;No;lark;maria@mail.example;x\n"
SECOND = "R-2;Jo;;5;13/04/2026;'Fine' - \"they\" said: #1 *stars*;https://r.example/2;No;;;\n"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(
        {
            "content/index.md": "---\ntitle: Home\n---\nHi.\n",
            "content/products/lark.md": "---\ntitle: Lark\n---\nA kite.\n",
        }
    )


def bring_in(site: Site, table: str | bytes, column_map: str = MAP, *more: str, name: str = "all.csv") -> Outcome:
    site.write(f"exports/{name}", table if isinstance(table, bytes) else table.encode())
    (site.folder / "exports/map.yaml").write_text(column_map, encoding="utf-8")
    where = ("--map", site.folder / "exports/map.yaml", "--site", site.folder, "--now", "2026-06-01")
    return run_command("import", "showcases", site.folder / "exports" / name, *where, *more)


def read(site: Site, name: str) -> str:
    return (site.folder / "content/showcases/kitefolk" / name).read_text(encoding="utf-8")


def approve(site: Site) -> None:
    for path in (site.folder / "content/showcases").rglob("*.md"):
        text = path.read_text(encoding="utf-8").replace("draft: true\n", "")
        path.write_text(text.replace('status: "requested"', "status: granted"), encoding="utf-8", newline="\n")


def test_rows_become_drafts_with_where_they_came_from(site: Site) -> None:
    done = bring_in(site, HEAD + GOOD + SECOND)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "row 1     new       content/showcases/kitefolk/kitefolk-r-1.md\n"
        "row 2     new       content/showcases/kitefolk/kitefolk-r-2.md\n"
        "2 to ask for permission (twinsite rights --request NAME prints the words):\n"
        "  kitefolk-r-1  Maria K.\n"
        "  kitefolk-r-2  Jo\n"
        "2 new, 0 unchanged, 0 changed, 0 skipped, 0 refused. Columns left out: Internal note.\n"
    )
    text = read(site, "kitefolk-r-1.md")
    assert text.startswith(
        "---\n"
        "# From all.csv, row 1. It is shown once draft is gone and its author has given leave.\n"
        "draft: true\n"
        'medium: "review"\n'
        "author:\n"
        '  name: "Maria K."\n'
        '  handle: "@maria.k"\n'
        'relationship: "none"\n'
        'platform: "Kitefolk"\n'
        'source_url: "https://r.example/1"\n'
        "published: 2026-04-03\n"
        "captured: 2026-05-30\n"
        'quote: "I love it & <3\\n\\nReally: <3"\n'
        'language: "en"\n'
        "rating:\n"
        "  value: 4.5\n"
        'product: "lark"\n'
        "permission:\n"
        '  status: "requested"\n'
        "private:\n"
        '  contact: "maria@mail.example"\n'
        "  imported:\n"
        '    file: "all.csv"\n'
    )
    assert "    row: 1\n    day: 2026-06-01\n" in text
    assert '    key: "kitefolk/R-1"\n' in text
    assert site.build(drafts=True).ok
    assert b"Maria" not in b"".join(site.files().values())


def test_what_is_approved_is_shown_as_it_was_said(site: Site) -> None:
    bring_in(site, HEAD + GOOD + SECOND)
    approve(site)
    result = site.build(strict=True)
    assert result.ok, result.problems
    page = site.text("showcases/kitefolk-r-1/")
    assert "I love it &amp; &lt;3\n\nReally: &lt;3" in page
    assert "&#39;Fine&#39; - &#34;they&#34; said: #1 *stars*" in site.text("showcases/kitefolk-r-2/")
    everything = b"".join(site.files().values())
    assert b"mail.example" not in everything
    assert b"all.csv" not in everything


def test_again_changes_nothing_and_a_changed_row_is_reported_not_written(site: Site) -> None:
    bring_in(site, HEAD + GOOD + SECOND)
    site.write("content/showcases/elsewhere.md", read(site, "kitefolk-r-1.md").replace("love", "like"))
    site.delete("content/showcases/kitefolk/kitefolk-r-1.md")
    before = {path: path.read_bytes() for path in (site.folder / "content").rglob("*.md")}
    again = bring_in(site, HEAD + GOOD + SECOND)
    assert (again.code, again.err) == (0, "")
    assert again.out == (
        "row 1     unchanged content/showcases/elsewhere.md\n"
        "row 2     unchanged content/showcases/kitefolk/kitefolk-r-2.md\n"
        "0 new, 2 unchanged, 0 changed, 0 skipped, 0 refused. Nothing was written. Columns left out: Internal note.\n"
    )
    other = bring_in(site, HEAD + GOOD.replace("4,5", "1,0").replace("love", "hate") + SECOND)
    assert other.code == 0
    assert (
        "row 1     changed   content/showcases/elsewhere.md  differs, not written: quote, rating.value\n" in other.out
    )
    # What an editor already brought up to date is no longer a difference.
    text = (site.folder / "content/showcases/elsewhere.md").read_text(encoding="utf-8")
    changed = text.replace("value: 4.5", "value: 1.0").replace("I like it", "I hate it")
    site.write("content/showcases/elsewhere.md", changed.encode())
    assert "row 1     unchanged" in bring_in(site, HEAD + GOOD.replace("4,5", "1,0").replace("love", "hate")).out
    site.write("content/showcases/elsewhere.md", text.encode())
    assert {path: path.read_bytes() for path in (site.folder / "content").rglob("*.md")} == before


def test_a_dry_run_writes_nothing(site: Site) -> None:
    done = bring_in(site, HEAD + GOOD, MAP, "--dry-run")
    assert "row 1     new " in done.out
    assert not (site.folder / "content/showcases").exists()


def test_rows_that_say_nothing_new_are_skipped_with_the_reason(site: Site) -> None:
    site.write(
        "content/showcases/by-hand.md",
        "---\nmedium: review\nauthor: {name: Jo}\nrelationship: none\n"
        "published: 2026-04-13\nquote: Fine.\nsource_url: https://r.example/2\npermission: {status: requested}\n---\n",
    )
    done = bring_in(site, HEAD + GOOD + SECOND + GOOD + "R-3;Al;;3;13/04/2026;;;No;;;\n;Al;;3;13/04/2026;Hm;;No;;;\n")
    assert done.code == 0
    assert "row 2     skipped   content/showcases/by-hand.md  the same source, written by hand\n" in done.out
    assert "row 3     skipped     row 1 is the same one\n" in done.out
    assert "row 4     skipped     it has no words to show\n" in done.out
    assert "row 5     skipped     nothing in Review ID tells it from others\n" in done.out


def test_rows_of_one_id_that_differ_are_not_called_the_same(site: Site) -> None:
    done = bring_in(site, HEAD + GOOD + GOOD.replace("love", "hate"))
    assert "row 2     skipped     row 1 has the same Review ID, and other cells differ\n" in done.out


def test_rows_that_several_columns_tell_apart_never_fall_together(site: Site) -> None:
    two = MAP.replace("[Review ID]", "[Review ID, Internal note]").replace("source_url", "archived")
    first = GOOD.replace("R-1", "a/b").replace(";x\n", ";c\n")
    second = GOOD.replace("R-1", "a").replace(";x\n", ";b/c\n")
    done = bring_in(site, HEAD + first + second, two)
    assert "2 new, 0 unchanged, 0 changed, 0 skipped, 0 refused." in done.out
    again = bring_in(site, HEAD + first + second, two)
    assert "0 new, 2 unchanged, 0 changed, 0 skipped, 0 refused." in again.out


ROW = "R-9;{name};{handle};{stars};{date};{text};{link};{gift};{product};;\n"
FINE = {
    "name": "Al", "handle": "", "stars": "3", "date": "13/04/2026", "text": "Hm", "link": "", "gift": "No",
    "product": "",
}  # fmt: skip


WRONG = (
    ({"handle": "maria k"}, "8  error  not-a-handle", '"maria k" is not a handle.'),
    ({"stars": "7"}, "9  error  rating-out-of-range", "The rating 7 does not lie between 1"),
    ({"stars": "-2"}, "9  error  rating-out-of-range", "The rating -2 does not lie between 1"),
    ({"stars": "4.5"}, "9  error  not-an-amount", '"4.5" is no number with the signs that the map declares.'),
    ({"stars": "five"}, "9  error  not-an-amount", '"five" is no number'),
    ({"date": "31/02/2026"}, "11  error  no-such-date", 'There is no day "31/02/2026".'),
    ({"date": "4/3/2026"}, "11  error  not-a-date", '"4/3/2026" is not written as DD/MM/YYYY'),
    ({"link": "javascript:alert(1)"}, "25  error  not-a-url", "is not a web address"),
    ({"product": "larq"}, "29  error  unknown-reference", 'There is no product "larq". Did you mean "lark"?'),
    ({"name": ""}, "5  error  missing-field", 'Every showcase needs "author.name", and this cell is empty.'),
)


def test_rows_that_are_wrong_are_refused_at_their_places_and_the_others_are_taken(site: Site) -> None:
    rows = [ROW.format(**{**FINE, **change}).replace("R-9", f"W-{at}") for at, (change, _, _) in enumerate(WRONG)]
    done = bring_in(site, HEAD + "".join(rows) + GOOD)
    assert done.code == 1
    for number, (_, place, message) in enumerate(WRONG, 1):
        assert f"all.csv:{number + 1}:{place}\n" in done.err
        assert f"   Row {number}, column " in done.err
        assert message in done.err
        assert f"row {number:<5} refused\n" in done.out
    assert "row 11    new " in done.out
    assert site.build().ok


def test_undeclared_word(site: Site) -> None:
    done = bring_in(site, HEAD + ROW.format(**{**FINE, "gift": "Perhaps"}))
    assert done.err == (
        f"{site.folder}/exports/all.csv:2:26  error  undeclared-word\n"
        "   2 | R-9;Al;;3;13/04/2026;Hm;;Perhaps;;;\n"
        "     |                          ^^^^^^^\n"
        '   Row 1, column "Gift": The map does not say what "Perhaps" means.\n'
        '   Say in the map what it means: words: {relationship: {"Perhaps": …}}\n'
        "\n1 error\n"
    )


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        ({"date": "03/04/2026"}, '"03/04/2026" can be read', "{date: DD/MM/YYYY} or {date: MM/DD/YYYY}"),
        ({"date": "23.04.2026"}, '"23.04.2026" can be read', "format: {date: DD.MM.YYYY}\n"),
        ({"date": "2026-04-03 10:00"}, '"2026-04-03 10:00" can be read', "how days are written"),
        ({"stars": "4,5"}, '"4,5" can be read', 'format: {decimal: ",", thousands: "."}'),
        ({"stars": "1.234"}, '"1.234" can be read', "which sign does what"),
        ({"text": "a<br>b"}, '"<br>" looks like HTML', "{html: true} to take the words out of it, or {html: false}"),
        ({"text": '"R&amp;D"'}, '"&amp;" looks like HTML', "{html: false}"),
    ],
)
def test_undeclared_style(site, change, message, hint):
    plain = MAP.replace(MAP.splitlines()[2], "format: {delimiter: semicolon}")
    day = {"date": "2026-04-03"}
    done = bring_in(site, HEAD + ROW.format(**{**FINE, **day, **change}), plain)
    assert "error  undeclared-style" in done.err
    assert message in done.err
    assert hint in done.err
    assert bring_in(site, HEAD + ROW.format(**{**FINE, **day, "stars": "4.5", "text": "I <3 & a<b"}), plain).code == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("DD/MM/YYYY", "DD/MM", "map.yaml:3:16  error  bad-column-map"),
        ("DD/MM/YYYY", "DD/MM/YYYY HH:mm", "nothing says in which time zone"),
        ("DD/MM/YYYY", "DD/DD/YYYY", "It says DD or its like twice."),
        ("quote", "quot", 'There is no field "quot" to fill. Did you mean "quote"?'),
        ("private.contact", "quote", 'Two things fill the field "quote".'),
        ("medium: review, ", "", 'Nothing fills "medium", which every showcase needs.'),
        ("  Text:", "  Txet:", 'There is no column "Txet". Did you mean "Text"?'),
        ("[Review ID]", "[ID]", 'There is no column "ID".'),
        ("[Review ID]", "[]", "map.yaml:2:5  error  bad-column-map"),
        ("semicolon", "tabs", 'The cells cannot be separated by "tabs", as the map declares.'),
        ("decimal:", "decimals:", "unknown-field"),
        ('",", html', '",", thousands: ",", html', "and the one between thousands are the same"),
        ("medium: review", "medium: revue", "map.yaml:14:21  error  not-a-choice"),
        ('"Yes": gifted', '"Yes": presents', "map.yaml:16:37  error  not-a-choice"),
        ("captured: 2026-05-30", "captured: 30 May", "map.yaml:14:73  error  not-a-date"),
        ("source: kitefolk\n", "", "missing-field"),
        (", delimiter: semicolon", "", "Declare in the map what separates the cells"),
    ],
)
def test_bad_column_map(site, old, new, message):
    assert old in MAP
    done = bring_in(site, HEAD + GOOD, MAP.replace(old, new))
    assert done.code == 1
    assert message in done.err
    assert not (site.folder / "content/showcases").exists()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_declared_and_nothing_is_lost(site, encoding, declared):
    words = "Çela vole très bien – “oui” €5"
    table = HEAD + ROW.format(**{**FINE, "text": words})
    done = bring_in(site, table.encode(encoding), MAP.replace("format: {", f"format: {{encoding: {declared}, "))
    assert (done.code, done.err) == (0, "")
    assert f'quote: "{words}"\n' in read(site, "kitefolk-r-9.md")
    if declared == "cp1252":
        undeclared = bring_in(site, table.encode(encoding))
        assert "all.csv:2:22  error  not-utf-8" in undeclared.err
        assert "declare its encoding in the map: format: {encoding: cp1252}" in undeclared.err


@pytest.mark.parametrize(
    ("style", "cell", "day"),
    [
        ("DD.MM.YYYY", "03.04.2026", "2026-04-03"),
        ("MM/DD/YYYY", "03/04/2026", "2026-03-04"),
        ("M/D/YY", "3/4/26", "2026-03-04"),
        ("D MMMM YYYY", "3 april 2026", "2026-04-03"),
        ("MMM D, YYYY", "Apr 3, 2026", "2026-04-03"),
        ("Mon D, YYYY", "April 3, 2026", "2026-04-03"),
        ("YYYY-MM-DDTHH:mm:ssZ", "2026-04-02T23:30:00Z", "2026-04-03"),
        ("YYYY-MM-DDTHH:mm:ssZ", "2026-04-03T01:30:00+05:00", "2026-04-02"),
        ("DD/MM/YYYY h:mm A, timezone: America/New_York", "02/04/2026 7:30 PM", "2026-04-03"),
    ],
)
def test_days_are_read_as_declared_in_the_zone_of_the_site(site, style, cell, day):
    written = style.replace(", timezone", '", timezone') if "timezone" in style else f'{style}"'
    column_map = MAP.replace("date: DD/MM/YYYY", f'date: "{written}')
    row = ROW.format(**{**FINE, "date": cell})
    assert bring_in(site, HEAD + row, column_map).err == ""
    assert f"published: {day}\n" in read(site, "kitefolk-r-9.md")


def test_a_json_list_without_rows_says_so(site: Site) -> None:
    done = bring_in(site, "[]", name="all.json")
    assert done.code == 1
    assert "all.json:1:1  error  empty-file" in done.err
    assert "The list of rows in this file is empty." in done.err


def test_json_with_objects_in_objects(site: Site) -> None:
    rows = [
        {"id": 7, "user": {"name": "Al", "url": None}, "score": 4.5, "on": "2026-04-03", "text": "A \"b\"\nc</script>",
         "ok": False},
        {"id": 8, "user": {"name": "Bo"}, "score": 4, "on": "2026-04-03", "text": "Two", "ok": True,
         "tags": ["a", "b"]},
    ]  # fmt: skip
    column_map = (
        "source: kitefolk\nid: [id]\nformat: {rows: data.reviews, html: false}\ncolumns: {user.name: author.name, "
        "score: rating.value, 'on': published, text: quote, ok: relationship, tags: tags}\n"
        "constants: {medium: comment}\nwords: {relationship: {'no': none, 'yes': gifted}}\n"
    )
    table = json.dumps({"data": {"reviews": rows}})
    done = bring_in(site, table, column_map, name="all.json")
    assert (done.code, done.err) == (0, "")
    assert 'quote: "A \\"b\\"\\nc</script>"\n' in read(site, "kitefolk-7.md")
    assert 'tags: ["a", "b"]\n' in read(site, "kitefolk-8.md")
    assert bring_in(site, table, column_map, name="all.json").out.endswith("Columns left out: user.url.\n")
    assert "no list of rows" in bring_in(site, '{"data": 3}', column_map, name="all.json").err
    assert "error  bad-json" in bring_in(site, '{"data": [1,]', column_map, name="all.json").err


def write_table(texts: Iterable[str]) -> str:
    """A table with each text in every column that takes words."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["ID", "Name", "Date", "Text", "Where", "Answer", "Who", "Answered", "Got", "Said"])
    for number, text in enumerate(texts):
        writer.writerow([number, text, "2026-04-03", text, text, text, text, "2026-04-04", text, f"A gift: {text}"])
    return out.getvalue()


HOSTILE_MAP = """\
source: wall
id: [ID]
format: {delimiter: semicolon, html: HTML}
columns: {Name: author.name, Date: published, Text: quote, Where: platform, Answer: reply.text, Who: reply.by,
  Answered: reply.date, Got: incentive.what, Said: incentive.disclosure}
constants: {medium: comment, relationship: none, incentive.given: "yes"}
"""


def test_hostile_texts_come_in_letter_by_letter_and_stay_text(site: Site) -> None:
    done = bring_in(site, write_table(TEXTS), HOSTILE_MAP.replace("HTML", "false"))
    assert (done.code, done.err) == (0, "")
    for number, text in enumerate(TEXTS):
        path = site.folder / f"content/showcases/wall/wall-{number}.md"
        values, body = split_text(path.read_text(encoding="utf-8"))
        plain = " ".join(text.split())
        assert (values["quote"], values["reply"]["text"], body) == (text.strip(), text.strip(), "")
        assert (values["author"]["name"], values["platform"], values["incentive"]["what"]) == (plain, plain, plain)
    approve(site)
    result = site.build()
    assert result.ok, [problem for problem in result.problems if problem.severity == "error"][:3]
    # Every text stands on a list; of the pages of their own every third is looked at.
    looked = [name for name in site.files() if re.fullmatch(r"showcases/(page/\d+/|wall-\d*[0369]/)?index.html", name)]
    assert len(looked) > 50
    for name in looked:
        page = html5lib.parse((site.output / name).read_text(encoding="utf-8"), namespaceHTMLElements=False)
        assert list(find_dangers(page)) == [], name


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("I <3 it, a<b and x < y", "I <3 it, a<b and x < y"),
        ("Fish &amp; chips &lt;b&gt; &#8364;5 &eacute;", "Fish & chips <b> €5 é"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ('So good <img src="x" alt="🙂"> <a href="javascript:own(1)">here</a>', "So good 🙂 here"),
        ("a<script>own(1)</script>b<style>p{}</style>c", "abc"),
        ("<div>  spaced \n out </div><!-- note -->", "spaced out"),
        ("never closed <b>bold", "never closed bold"),
        ("cut off <b", "cut off <b"),
        ("&nbsp;5&nbsp;kg", "5 kg"),
    ],
)
def test_of_html_every_word_stays_and_no_markup(written, words):
    assert take_words(written) == words
    assert find_markup(written) or written in (words, "cut off <b")


@given(st.text(max_size=60) | st.sampled_from(TEXTS))
def test_what_html_says_is_taken_letter_by_letter(text):
    said = " ".join(re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text).split())
    assert " ".join(take_words(f"<p>{html.escape(said)}</p>").split()) == said


def test_what_no_file_can_hold_is_refused_at_its_row(site: Site) -> None:
    column_map = HOSTILE_MAP[: HOSTILE_MAP.index("columns")].replace("delimiter: semicolon, html: HTML", "html: false")
    column_map += "columns: {n: author.name, t: quote}\nconstants: {medium: post, relationship: none, published: "
    column_map += "2026-04-03, tags: 'a, b'}\n"
    rows = [
        {"ID": 1, "n": "Al", "t": "half a pair \ud800"},
        {"ID": 2, "n": "A\x07l", "t": "Rings."},
        {"ID": "\x00", "n": "Al", "t": "No name."},
        {"ID": 4, "n": "Al\u2028", "t": "next\u0085line\u2028and\ufeff more 🪁"},
        {"ID": 5, "n": "Al", "t": "Whole 🪁\u2028."},
    ]
    done = bring_in(site, json.dumps(rows), column_map, name="odd.json")
    assert done.err.count("error  control-character") == 4
    assert 'Row 1, column "t": There is an invisible control character (U+D800) here.' in done.err
    values, _ = split_text((site.folder / "content/showcases/wall/wall-5.md").read_text(encoding="utf-8"))
    assert (values["quote"], values["tags"]) == ("Whole 🪁\u2028.", ["a", "b"])


def test_words_that_the_settings_do_not_know_are_refused(site: Site) -> None:
    settings = (site.folder / "site.yaml").read_text(encoding="utf-8")
    site.write("site.yaml", f"{settings}taxonomies: {{regions: {{terms: [uk, eu]}}}}\n")
    column_map = MAP.replace("  Handle: author.handle", "  Handle: regions")
    done = bring_in(site, HEAD + ROW.format(**{**FINE, "handle": "uk, ue"}), column_map)
    assert 'Row 1, column "Handle": "ue" is not one of the declared regions.' in done.err
    assert bring_in(site, HEAD + ROW.format(**{**FINE, "handle": "uk, eu"}), column_map).code == 0
    site.write("site.yaml", "title: [\n")
    assert "site.yaml" in bring_in(site, HEAD + GOOD).err


def test_what_would_stop_a_build_is_not_written(site: Site) -> None:
    site.write(
        "content/twinterns/ana.md",
        "---\nname: Ana Lopez\nhandle: ana\nrelationship: intern_paid\ndisclosure: Paid intern of Brightleaf.\n---\n",
    )
    column_map = MAP.replace("  Mail: private.contact", "  Mail: incentive.disclosure").replace(
        "language: en,", 'language: en, incentive.given: "yes",'
    )
    rows = ROW.format(**{**FINE, "name": "ANA LOPEZ"}).replace(";;\n", ";A gift;\n")
    rows += ROW.format(**{**FINE, "date": "31/05/2026"}).replace("R-9", "R-8").replace(";;\n", ";A gift;\n")
    rows += ROW.format(**FINE).replace("R-9", "R-7").replace(";;\n", ";#brightleaf;\n")
    rows += ROW.format(**FINE).replace("R-9", "R-6").replace(";;\n", ";A gift;\n")
    done = bring_in(site, HEAD + rows, column_map)
    assert 'Row 1, column "Name": "ANA LOPEZ" is the person of content/twinterns/ana.md' in done.err
    assert 'Row 2, captured (the same in all rows): "captured" is earlier than "published".' in done.err
    assert ":4:30  error  unclear-disclosure" in done.err
    assert "row 4     new " in done.out
    assert site.build().ok


def count_calls(site: Site, rows: int) -> int:
    """How many calls an import of so many rows makes."""
    table = HEAD + "".join(GOOD.replace("R-1", f"R-{rows}-{at}").replace("/1;", f"/{rows}/{at};") for at in range(rows))
    profile = cProfile.Profile(builtins=False)
    profile.runcall(bring_in, site, table, MAP, "--dry-run", "--quiet")
    return sum(entry.callcount for entry in profile.getstats())


def test_ten_times_the_rows_are_ten_times_the_work(site: Site) -> None:
    count_calls(site, 5)  # what is made once
    few, many, more = count_calls(site, 5), count_calls(site, 40), count_calls(site, 75)
    assert many - few == pytest.approx(more - many, rel=0.02)


@pytest.mark.long
def test_a_hundred_thousand_rows_in_little_memory(site: Site) -> None:
    table = HEAD + "".join(GOOD.replace("R-1", f"R-{at}").replace("/1;", f"/{at};") for at in range(100_000))
    tracemalloc.start()
    try:
        done = bring_in(site, table, MAP, "--quiet", "--dry-run")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.code == 0
    assert peak < 20 * len(table)


def test_names_tell_nothing_of_people(site: Site) -> None:
    long = "x" * 80
    bring_in(
        site,
        HEAD + GOOD.replace("R-1", "maria@mail.example") + SECOND.replace("R-2", long) + SECOND.replace("R-2", "***"),
    )
    names = sorted(path.name for path in (site.folder / "content/showcases/kitefolk").iterdir())
    assert len(names) == 3
    assert all(len(name) == len("kitefolk-0123456789.md") for name in names)


def test_every_field_that_can_be_filled_is_one_of_a_showcase():
    model = kind_named("showcase").model
    assert sorted(ORDER) == sorted(FIELDS)
    assert set(NEEDED) <= set(FIELDS)
    for name in FIELDS:
        if name.startswith("private."):
            continue
        assert find_field(model, tuple(name.split("."))), name


def test_the_folder_of_the_file_is_not_needed(site: Site, tmp_path: Path) -> None:
    assert run_command("import", "showcases", tmp_path / "no.csv", "--map", tmp_path / "no.yaml").code == 2
