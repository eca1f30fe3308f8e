"""Every mistake that the commands of a draw tell of, in exactly these words. A test named after a rule stands for its
bad site (see ``tests/test_bad_sites_made.py``).
"""

from __future__ import annotations

import pytest

from tests.support.command import Outcome, run_command
from tests.support.draws import COMMITTED, DRAWN, SEED_AT, SOURCE, DrawSite, make_code, write_list

RANDOM = "Let your form service give each entry a random code of 16 or more letters and digits, such as a UUID."


@pytest.fixture
def draw(tmp_path):
    return DrawSite.make(tmp_path)


def tell(outcome: Outcome, *lines: str) -> None:
    """The command said this problem alone, wrote nothing else, and left with 1."""
    assert outcome.err == "\n".join([lines[0], *(f"   {line}" for line in lines[1:])]) + "\n\n1 error\n"
    assert outcome.out == ""
    assert outcome.code == 1


def tell_list(tmp_path, text: str | bytes, *lines: str) -> None:
    """The list has this one problem, and nothing was written."""
    draw = DrawSite.make(tmp_path, text=text)
    tell(draw.commit(), f"{draw.entries}{lines[0]}", *lines[1:])
    assert not draw.file("commitment.json").exists()
    assert not draw.private("codes.csv").exists()
    assert "home.example" not in "".join(lines)


def put(code: str, *, line: int = 3) -> str:
    """A list with this code in a line of it."""
    codes = [make_code(number) for number in range(10)]
    codes[line - 2] = code
    return write_list(codes)


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("", "This row has no code.", "Give every entry its code, or delete the row."),
        ("k7q2 m9xw4ht8pz3v", "There is a blank in this code.", "Delete the blank: codes are compared sign by sign."),
        (" k7q2m9xw4ht8pz3v", "There is a blank in this code.", "Delete the blank: codes are compared sign by sign."),
        (
            "k7q2\u200bm9xw4ht8pz3v",
            "There is an invisible character (U+200B) in this code.",
            "Delete it: nobody could type this code.",
        ),
        (
            "k7q2\x07m9xw4ht8pz3v",
            "There is an invisible character (U+0007) in this code.",
            "Delete it: nobody could type this code.",
        ),
        (
            "k7q2é9xw4ht8pz3v",
            'There is a "é" in this code.',
            "Codes are made of the letters A to Z, digits, and the marks - . _ ~ after the first.",
        ),
        ("a" * 129, "This code has 129 signs.", "Codes have at most 128."),
    ],
    ids=["empty", "blank", "blank-first", "unseen", "control", "letter", "long"],
)
def test_bad_code(tmp_path, code, message, hint):
    tell_list(tmp_path, put(code), ":3:1  error  bad-code", message, hint)


def test_code_is_address(tmp_path):
    message = "This looks like an e-mail address. Whoever guesses it could see that its owner entered."
    tell_list(tmp_path, put("jo.long@home.example"), ":3:1  error  code-is-address", message, RANDOM)


@pytest.mark.parametrize("sign", "=+-@")
def test_code_like_formula(tmp_path, sign):
    message = f'The code begins with "{sign}", which a spreadsheet would run as a formula.'
    hint = f"Codes begin with a letter or a digit. {RANDOM}"
    tell_list(tmp_path, put(f"{sign}HYPERLINK(A1)"), ":3:1  error  code-like-formula", message, hint)


@pytest.mark.parametrize(
    ("code", "bits"),
    [("1234567890123456789012", 73), ("abcdef0123456789abc", 76), ("qwertyuiop", 47), ("aB3dE6gH9jK2m", 77)],
)
def test_code_guessable(tmp_path, code, bits):
    message = f"This code can be guessed: it holds at most {bits} bits, and 80 are needed."
    tell_list(tmp_path, put(code), ":3:1  error  code-guessable", message, RANDOM)


def test_codes_that_are_counted_up(tmp_path):
    draw = DrawSite.make(tmp_path, [f"8f14e45fceea167a5a36dedd4bea{number:04}" for number in range(3)])
    outcome = draw.commit()
    message = "This code can be guessed: it differs from the one before only in its last 1 sign."
    assert [line for line in outcome.err.splitlines() if "guessed" in line] == [f"   {message}"] * 2
    assert f"{draw.entries}:3:1  error  code-guessable" in outcome.err


def test_codes_that_are_short_after_what_all_share(tmp_path):
    draw = DrawSite.make(tmp_path, [f"spring-draw-2026-{make_code(number)[:8]}" for number in range(5)])
    outcome = draw.commit()
    message = "it holds at most 32 bits after the part that all share (17 signs), and 80 are needed."
    assert outcome.err.count(message) == 5
    assert outcome.code == 1


def test_same_code(tmp_path):
    message = "This code stands in line 2 already."
    hint = "Every entry has a code of its own; delete the row if the same entry was exported twice."
    tell_list(tmp_path, put(make_code(0), line=9), ":9:1  error  same-code", message, hint)


def test_no_entries(tmp_path):
    text = f"id,eligible\n{make_code(1)},no\n"
    message = "Nobody takes part in this draw: the list has no entry that counts."
    tell_list(tmp_path, text, "  error  no-entries", message, "Export the list of entries again.")


def test_more_problems(tmp_path):
    draw = DrawSite.make(tmp_path, [f"short{number}" for number in range(50)])
    outcome = draw.commit()
    assert outcome.err.count("code-guessable") == 20
    assert f"{draw.entries}  error  more-problems\n   There are 30 more problems in this list.\n" in outcome.err
    assert outcome.err.endswith("21 errors\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", (":1:1  error  empty-file", "This list is empty.", "Export the list of entries again.")),
        (
            f"code,email\n{make_code(1)},a\n",
            (
                ":1:1  error  missing-column",
                'This list has no column "id" with the codes of the entries.',
                'Name the column of the codes with --id-column; the columns are: "code", "email".',
            ),
        ),
        (
            f"id;email\n{make_code(1)};a\n",
            (
                ":1:1  error  wrong-separator",
                "The columns of this list are separated by semicolons, not by commas.",
                "Export the list again with commas between columns.",
            ),
        ),
        (
            f"id,id\n{make_code(1)},a\n",
            (":1:1  error  same-column", 'Two columns are called "id".', "Rename one of them."),
        ),
        (
            f"id,eligible,eligible\n{make_code(1)},yes,no\n",
            (":1:1  error  same-column", 'Two columns are called "eligible".', "Rename one of them."),
        ),
        (
            f"id,Eligible\n{make_code(1)},no\n",
            (
                ":1:1  error  missing-column",
                'This list has no column "eligible" that says who takes part, but one called "Eligible".',
                'Name that column with --eligible-column; the columns are: "id", "Eligible".',
            ),
        ),
        (
            f"id,email\n{make_code(1)}\n",
            (
                ":2:1  error  ragged-row",
                "This row has 1 cell, but the first line names 2 columns.",
                "Put a text that contains a comma into double quotes.",
            ),
        ),
        (
            f'id,email\n{make_code(1)},"a\n',
            (
                ":2:1  error  bad-csv",
                "The quotes in this row do not fit: one is never closed, or a cell goes on after its closing quote.",
                "Export the list of entries again as CSV.",
            ),
        ),
        (
            f"id,eligible\n{make_code(1)},maybe\n",
            (
                ":2:26  error  not-a-flag",
                'The column "eligible" says who takes part; here it says neither yes nor no.',
                "Write yes or no.",
            ),
        ),
        (
            f"id,email\n{make_code(1)},a\n{make_code(2)},Zoé\n".encode("cp1252"),
            (
                ":3:28  error  not-utf-8",
                "The character here is not saved as UTF-8.",
                'Export it again as "CSV UTF-8".',
            ),
        ),
        (
            f"id,email\n{make_code(1)},a\n".encode("utf-16"),
            (":1:1  error  not-utf-8", "This file is saved as UTF-16.", 'Export it again as "CSV UTF-8".'),
        ),
        (
            f"id,email\n{make_code(1)},a\n".encode("utf-16-le"),
            (
                ":1:1  error  not-utf-8",
                "This file is not saved as UTF-8, but probably as UTF-16.",
                'Export it again as "CSV UTF-8".',
            ),
        ),
    ],
    ids=[
        *("empty", "column", "separator", "twice", "flags", "capital", "ragged", "quote", "flag"),
        *("cp1252", "utf-16", "utf-16-bare"),
    ],
)
def test_a_list_that_cannot_be_read(tmp_path, text, lines):
    tell_list(tmp_path, text, *lines)


def test_a_named_column_of_those_who_take_part_is_not_there(draw):
    """Without it everybody would take part, also those who may not."""
    tell(
        draw.commit("--eligible-column", "counts"),
        f"{draw.entries}:1:1  error  missing-column",
        'This list has no column "counts" that says who takes part.',
        'Name that column with --eligible-column; the columns are: "id", "email".',
    )


def test_a_code_that_has_no_digit_by_chance_is_as_good_as_the_others(tmp_path):
    codes = [*(make_code(number)[:20] for number in range(30)), "12345678901234567890"]
    assert DrawSite.make(tmp_path, codes).commit().code == 0


def test_codes_of_digits_among_others_are_judged_by_themselves(tmp_path):
    digits = [str(int(make_code(number), 16))[:20] for number in range(10)]
    draw = DrawSite.make(tmp_path, [*(make_code(number)[:20] for number in range(30)), *digits])
    assert draw.commit().err.count("it holds at most 66 bits") == 10


def test_a_contest_that_was_drawn_is_not_committed_again(draw):
    assert draw.commit().code == 0
    assert draw.run().code == 0
    draw.file("commitment.json").unlink()
    tell(
        draw.commit(),
        "content/contests/spring.receipt.json  error  draw-done",
        "This contest has been drawn already. A draw is held once.",
        "Keep this receipt. If it was written by mistake and never published, delete it first.",
    )


@pytest.mark.parametrize("text", ["[]", "{", "[" * 100_000, '{"commitment": 1, "salt": 5}'])
def test_a_salt_that_cannot_be_read(draw, text):
    assert draw.commit().code == 0
    draw.private("draw.json").write_text(text, encoding="utf-8")
    assert "error  no-salt" in draw.run().err


def test_a_list_that_is_not_there(draw):
    draw.entries.unlink()
    hint = "Check its name and that you may read it."
    tell(
        draw.commit(),
        f"{draw.entries}  error  cannot-read",
        "This file cannot be read: No such file or directory.",
        hint,
    )


def test_unknown_contest(draw):
    outcome = run_command("draw", "run", "sprng", "--seed", "1", "--site", draw.site.folder, "--now", DRAWN)
    message = 'There is no contest "sprng". Did you mean "spring"?'
    hint = "Name a contest by its slug, such as spring, or by its file."
    tell(outcome, "command line  error  unknown-contest", message, hint)


def test_draw_too_early(draw):
    message = "Entries are still accepted, until 2026-04-30T17:00:00Z."
    hint = "Fix the list once they are closed."
    tell(draw.commit(now="2026-04-30T16:59:59Z"), "content/contests/spring.md  error  draw-too-early", message, hint)
    assert draw.commit(now="2026-04-30T17:00:00Z").code == 0


def test_draw_committed(draw):
    assert draw.commit().code == 0
    before = draw.file("commitment.json").read_bytes()
    message = "The list of this contest is fixed already. To fix another one would undo a promise."
    hint = "If it must be: delete the file, fix the list again, and tell entrants why under amendments."
    tell(draw.commit(), "content/contests/spring.commitment.json  error  draw-committed", message, hint)
    assert draw.file("commitment.json").read_bytes() == before


def test_seed_too_early(draw):
    message = f"The seed would be known at {COMMITTED}, which is not after this moment."
    hint = "Choose a public value that will exist only later: nobody may know it while the list can be changed."
    tell(draw.commit(seed_at=COMMITTED), "command line  error  seed-too-early", message, hint)
    assert draw.commit().code == 0
    shown = "content/contests/spring.commitment.json  error  seed-too-early"
    hint = f"Wait until then, and take it from: {SOURCE}"
    tell(draw.run(now="2026-05-02T19:59:59Z"), shown, f"The seed is not known before {SEED_AT}.", hint)
    assert draw.run(now=SEED_AT).code == 0


@pytest.mark.parametrize("seed", ["", " 4 11", "4 11\n", "4\u200b11"])
def test_seed_not_usable(draw, seed):
    assert draw.commit().code == 0
    outcome = draw.run(seed=seed)
    assert "command line  error  seed-not-usable\n   The seed " in outcome.err
    assert outcome.code == 1
    assert not draw.file("receipt.json").exists()


def test_not_a_draw(draw):
    contest = draw.site.folder / "content/contests/spring.md"
    contest.write_text(contest.read_text("utf-8").replace("kind_of: draw", "kind_of: judged"), "utf-8")
    message = 'The winners of this contest are not drawn: it says "kind_of: judged".'
    hint = "Write kind_of: draw, if chance is to decide."
    tell(draw.commit(), "content/contests/spring.md  error  not-a-draw", message, hint)


def test_too_few_prizes(draw):
    message = "4 are to win, but the contest has 3 prizes."
    hint = "Raise quantity of a prize, or draw the others as --reserves."
    tell(draw.commit("--winners", 4), "content/contests/spring.md  error  too-few-prizes", message, hint)


def test_too_few_entries(tmp_path):
    draw = DrawSite.make(tmp_path, [make_code(1), make_code(2)])
    message = "3 winners and 1 reserves are to be drawn, but only 2 entries take part."
    hint = "Draw fewer: --winners 2 --reserves 0."
    tell(draw.commit("--reserves", 1), f"{draw.entries}  error  too-few-entries", message, hint)


def test_no_commitment(draw):
    message = "No list was fixed for this contest: there is no content/contests/spring.commitment.json."
    hint = "First run: twinsite draw commit spring"
    tell(draw.run(), "content/contests/spring.md  error  no-commitment", message, hint)


def test_no_salt(draw):
    assert draw.commit().code == 0
    draw.private("draw.json").unlink()
    message = "The salt of this commitment is not in entries-raw/spring.draw.json."
    hint = "Bring back both files as draw commit wrote them: one is gone, or one was changed."
    tell(draw.run(), "content/contests/spring.commitment.json  error  no-salt", message, hint)


def test_entries_not_committed(draw):
    assert draw.commit().code == 0
    hint = "Take the list as it was then, with the same columns; draw commit kept its codes in entries-raw/."
    place = f"{draw.entries}  error  entries-not-committed"
    draw.entries.write_text(write_list([make_code(number) for number in range(29)]), encoding="utf-8")
    message = "This is not the list that was fixed: it has 29 entries, and 30 were fixed."
    tell(draw.run("--entries", draw.entries), place, message, hint)
    draw.entries.write_text(write_list([make_code(number) for number in range(1, 31)]), encoding="utf-8")
    message = "This is not the list that was fixed: it has 30 entries as well, but not the same."
    tell(draw.run("--entries", draw.entries), place, message, hint)
    assert not draw.file("receipt.json").exists()


def test_a_receipt_that_is_not_there(draw):
    hint = "Write the name of a file that you may read, such as content/contests/spring.receipt.json."
    assert hint in draw.verify().err


def test_draw_done(draw):
    assert draw.commit().code == 0
    assert draw.run().code == 0
    before = draw.file("receipt.json").read_bytes()
    assert draw.run().code == 0, "the same draw may be written again"
    message = "This contest has been drawn already, with another result. A draw is held once."
    hint = "Keep this receipt. If it was written by mistake and never published, delete it first."
    tell(draw.run(seed="5"), "content/contests/spring.receipt.json  error  draw-done", message, hint)
    assert draw.file("receipt.json").read_bytes() == before


def test_a_commitment_that_was_changed(draw):
    assert draw.commit().code == 0
    file = draw.file("commitment.json")
    file.write_bytes(file.read_bytes().replace(SEED_AT.encode(), b"2026-04-02T20:00:00Z"))
    outcome = draw.run()
    assert (
        "error  draw-not-true\n   The seed was known from 2026-04-02T20:00:00Z, not after the list was" in outcome.err
    )
    file.write_bytes(file.read_bytes().replace(b'"spring"', b'"autumn"'))
    assert 'error  draw-of-another\n   This is of the contest "autumn".' in draw.run().err
    file.write_bytes(b"{}")
    assert "error  bad-draw-file\n   This is no commitment and no receipt of a draw." in draw.run().err
