"""``import entries``: rows of an export become records, pending, once, and never over a file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import MakeSite
from tests.support.command import Outcome, run_command
from tests.support.site import SETTINGS, Site
from tests.support.texts import ENTERED

CONTEST = f"{ENTERED}Enter.\n"
HEAD = "code,title,Name to show,text,date,I agree,E-mail\n"
ROWS = (
    "K7Q2M9,The red one,Maria K.,It *flew*. <b>See</b> https://x.example,2026-05-12 14:03,yes,maria@mail.example\n"
    'P4W8ZD,,,"1. First\n- and second",2026-05-13,no,kim@mail.example\n'
)
MAP = ("--map", "Name to show=by", "--map", "I agree=consent.given", "--map", "E-mail=private.contact")


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(
        {"content/contests/spring.md": CONTEST, "content/index.md": "---\ntitle: Home\n---\nHi.\n"}, SETTINGS
    )


def bring_in(site: Site, table: str | bytes, *more: str | Path) -> Outcome:
    site.write("entries-raw/all.csv", table if isinstance(table, bytes) else table.encode())
    file = site.folder / "entries-raw/all.csv"
    return run_command("import", "entries", "spring", file, "--site", site.folder, *more)


def read(site: Site, name: str) -> str:
    return (site.folder / "content/entries/spring" / name).read_text(encoding="utf-8")


def test_rows_become_records_that_are_pending(site: Site) -> None:
    done = bring_in(site, HEAD + ROWS, *MAP)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "row 1     written  content/entries/spring/k7q2m9.md\n"
        "row 2     written  content/entries/spring/p4w8zd.md\n"
        "2 written, 0 kept, 0 refused. Look at each new entry, then write moderation: approved.\n"
    )
    assert read(site, "k7q2m9.md") == (
        "---\n"
        "# From all.csv, row 1. Shown once moderation is approved and consent is given.\n"
        'title: "The red one"\n'
        "contest: spring\n"
        'by: "Maria K."\n'
        'code: "K7Q2M9"\n'
        "date: 2026-05-12\n"
        "moderation: pending  # pending, approved, rejected\n"
        "consent:\n"
        "  given: true\n"
        "  given_on: 2026-05-12\n"
        '  how: "As they said in the export all.csv, row 1"\n'
        "private:\n"
        '  contact: "maria@mail.example"\n'
        "---\n"
        "It \\*flew\\*. \\<b\\>See\\</b\\> https\\://x.example\n"
    )
    assert site.build().ok
    assert not (site.output / "entries").exists()


def test_again_changes_nothing(site: Site) -> None:
    bring_in(site, HEAD + ROWS, *MAP)
    site.write("content/entries/spring/k7q2m9.md", read(site, "k7q2m9.md").replace("pending ", "approved "))
    site.write("content/entries/other/p4w8zd.md", read(site, "p4w8zd.md"))
    site.delete("content/entries/spring/p4w8zd.md")
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    done = bring_in(site, HEAD + ROWS, *MAP)
    assert done.code == 0
    assert done.out == (
        "row 1     kept     content/entries/spring/k7q2m9.md\n"
        "row 2     kept     content/entries/other/p4w8zd.md\n"
        "0 written, 2 kept, 0 refused.\n"
    )
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


def test_an_approved_entry_is_shown_as_it_was_sent(site: Site) -> None:
    bring_in(site, HEAD + ROWS.replace(",no,", ",yes,"), *MAP)
    for name in ("k7q2m9.md", "p4w8zd.md"):
        site.write(
            f"content/entries/spring/{name}", read(site, name).replace("moderation: pending", "moderation: approved")
        )
    result = site.build()
    assert result.ok, result.problems
    page = site.text("entries/k7q2m9/")
    assert "It *flew*. &lt;b&gt;See&lt;/b&gt; https://x.example" in page
    assert "Maria K." in page
    assert "1. First" in site.text("entries/p4w8zd/")
    assert "- and second" in site.text("entries/p4w8zd/")
    assert b"mail.example" not in b"".join(site.files().values())


def test_pictures_come_without_what_the_camera_wrote(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Maria"
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, "JPEG", exif=exif)
    (folder / "IMG_1.JPG").write_bytes(buffer.getvalue())
    table = "code,picture,alt\nK7Q2M9,IMG_1.JPG,A red kite\nP4W8ZD,IMG_1.JPG,\nT1,../secret.jpg,\nT2,IMG_2.jpg,\n"
    (tmp_path / "secret.jpg").write_bytes(buffer.getvalue())
    done = bring_in(site, table, "--pictures", folder)
    assert done.code == 1
    assert done.out.endswith("2 written, 0 kept, 2 refused. Look at each new entry, then write moderation: approved.\n")
    assert 'Row 3: there is no picture "../secret.jpg" in' in done.err
    assert ":5:4  error  missing-file" in done.err
    data = (site.folder / "content/entries/spring/k7q2m9.jpg").read_bytes()
    assert b"Camera" not in data
    assert '  alt: "A red kite"' in read(site, "k7q2m9.md")
    assert '#  src: "p4w8zd.jpg"' in read(site, "p4w8zd.md")
    assert site.build().ok


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",A,,,,,", 'Row 1, column "code": The entry has no code.'),
        ("maria@mail.example,A,,,,,", 'Row 1, column "code": "maria@mail.example" is no code for an entry.'),
        ("K7,=HYPERLINK(1),,,,,", "all.csv:2:4  error  formula-cell"),
        ("K7,@SUM(A1),,,,,", "formula-cell"),
        ("K7,A,,,13 May,,", 'Row 1, column "date": "13 May" is not a date'),
        ("K7,A,,,2026-05-13,perhaps,", 'Row 1, column "I agree": "perhaps" does not say whether they agreed.'),
        ("K7,A,,,,yes,", "Row 1: the consent has no day."),
    ],
)
def test_a_row_that_is_wrong_is_refused_at_its_place_and_the_others_are_taken(site, row, message):
    done = bring_in(site, f"{HEAD}{row}\nP4W8ZD,Good,,,,,\n", *MAP)
    assert message in done.err
    assert done.code == 1
    assert "row 1     refused\n" in done.out
    assert "row 2     written" in done.out
    assert site.build().ok


def test_a_code_counts_once(site: Site) -> None:
    done = bring_in(site, "code;title\nK7Q2M9;A\nk7q2m9;B\n")
    assert "row 1     written" in done.out
    assert 'Row 2 has the code "k7q2m9", which row 1 has already.' in done.err


@pytest.mark.parametrize(
    ("table", "more", "message"),
    [
        ("title\nA\n", (), 'The column "code" is missing.'),
        ("code,name\nK7,A\n", ("--map", "nam=by"), 'There is no column "nam". Did you mean "name"?'),
        ("code,name\nK7,A\n", ("--map", "name=bye"), 'There is no field "bye" to fill. Did you mean "by"?'),
        (b"code,title\nK7,Dr\xe4chen\n", (), 'Save it as UTF-8; in a spreadsheet program that is "CSV UTF-8".'),
        ("code,title\nK7\n", (), "ragged-row"),
        ('code,title\nK7,"A\n', (), "error"),
        ("", (), "This table is empty."),
    ],
)
def test_a_table_that_is_wrong_writes_nothing(site, table, more, message):
    done = bring_in(site, table, *more)
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.code == 1
    assert not (site.folder / "content/entries").exists()


def test_a_contest_is_called_by_its_slug_and_not_by_its_file(site: Site) -> None:
    site.write("content/contests/_index.md", "---\ntitle: Contests\n---\nAll.\n")
    site.write("content/contests/spring.md", CONTEST.replace("---\n", "---\nslug: spring-2026\n", 1))
    for name in ("spring", "index", "_index"):
        site.write("all.csv", "code\nK7Q2M9\n")
        done = run_command("import", "entries", name, site.folder / "all.csv", "--site", site.folder)
        assert done.code == 1
        assert f'There is no contest "{name}".' in done.err
    done = run_command("import", "entries", "spring-2026", site.folder / "all.csv", "--site", site.folder)
    assert (done.code, done.err) == (0, "")
    assert site.build().ok


def test_the_contest_must_be_there(site: Site) -> None:
    site.write("all.csv", "code\nK7\n")
    done = run_command("import", "entries", "sprin", site.folder / "all.csv", "--site", site.folder)
    assert 'There is no contest "sprin". Did you mean "spring"?' in done.err
    assert done.code == 1
    done = run_command("import", "entries", "spring", site.folder / "all.csv", "--site", site.folder, "--map", "by")
    assert done.code == 2
    assert '"by" is not COLUMN=FIELD' in done.err


def test_formula_cell(site: Site) -> None:
    done = bring_in(site, "code,title\nK7Q2M9,=HYPERLINK(1)\n")
    assert "all.csv:2:8  error  formula-cell\n" in done.err
    assert '"=HYPERLINK(1)" is a formula, which a spreadsheet would carry out.' in done.err


def test_not_an_entry_code(site: Site) -> None:
    done = bring_in(site, "code,title\nmaria@mail.example,A\n")
    assert "all.csv:2:1  error  not-an-entry-code\n" in done.err
    assert '"maria@mail.example" is no code for an entry.' in done.err


def test_repeated_code(site: Site) -> None:
    done = bring_in(site, "code,title\nK7Q2M9,A\nk7q2m9,B\n")
    assert "all.csv:3:1  error  repeated-code\n" in done.err
    assert 'Row 2 has the code "k7q2m9", which row 1 has already.' in done.err
