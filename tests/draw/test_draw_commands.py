"""A whole draw from the list to the page: what is written, what stays private, and who is told what."""

from __future__ import annotations

import json
import re
from datetime import datetime
from hashlib import sha256

import pytest

from tests.support.command import run_command
from tests.support.draws import COMMITTED, SEED, SEED_AT, SOURCE, DrawSite, make_code, write_list
from twinsite.draw.leaves import hash_code
from twinsite.draw.statement import Commitment, Receipt, find_digest, read_statement, write_statement

NOW = datetime.fromisoformat("2026-05-04T12:00:00Z")
CODES = [make_code(number) for number in range(30)]
NAMED = ("draw: spring.receipt.json", "draw_list: spring.leaves.bin")


@pytest.fixture
def draw(tmp_path):
    return DrawSite.make(tmp_path)


@pytest.fixture
def drawn(draw):
    assert draw.commit("--reserves", 2).code == 0
    assert draw.run().code == 0
    return draw


def test_the_commitment_fixes_everything_but_the_number(draw):
    outcome = draw.commit("--reserves", 2)
    commitment = read_statement(draw.file("commitment.json").read_bytes())
    assert isinstance(commitment, Commitment)
    salt = bytes.fromhex(json.loads(draw.private("draw.json").read_bytes())["salt"])
    assert commitment.salt_digest == sha256(salt).hexdigest()
    assert (commitment.contest, commitment.count, commitment.reserves) == ("spring", 30, 2)
    assert [(one.place, one.winners) for one in commitment.places] == [("First", 1), ("Second", 2)]
    assert (commitment.committed_at, commitment.seed_at) == (COMMITTED, SEED_AT)
    assert commitment.seed_source == SOURCE
    assert outcome.out.splitlines() == [
        "The list is fixed: 30 entries take part, 3 win, 2 are reserves.",
        f"Fingerprint of the commitment: {find_digest(commitment)}",
        "Publish it now, with this line in content/contests/spring.md:",
        "  draw: spring.commitment.json",
        "Keep entries-raw/spring.draw.json and .codes.csv: without them there is no draw. Show them to nobody.",
        "Once the seed is known, at 2026-05-02T20:00:00Z: twinsite draw run spring --seed VALUE",
    ]
    assert (outcome.code, outcome.err) == (0, "")


def test_two_commitments_never_share_a_salt(draw):
    assert draw.commit().code == 0
    first = draw.file("commitment.json").read_bytes()
    draw.file("commitment.json").unlink()
    assert draw.commit().code == 0
    assert draw.file("commitment.json").read_bytes() != first


def test_the_winners_are_told_to_the_promoter_alone(draw):
    assert draw.commit("--reserves", 2).code == 0
    outcome = draw.run()
    assert outcome.code == 0
    told = [line.split() for line in outcome.out.splitlines()[:5]]
    assert [line[:2] for line in told] == [
        ["1", "First"],
        ["2", "Second"],
        ["3", "Second"],
        ["4", "reserve"],
        ["5", "reserve"],
    ]
    won = [line[2] for line in told]
    assert len(set(won)) == 5
    assert set(won) <= set(CODES)
    rows = draw.private("winners.csv").read_text(encoding="utf-8").splitlines()
    assert rows == ["rank,place,id", *(",".join(line) for line in told)]
    public = [path.read_bytes() for path in (draw.site.folder / "content").rglob("*") if path.is_file()]
    assert not any(code.encode() in data or b"home.example" in data for code in CODES for data in public)


def test_private_files_keep_themselves_out_of_git_and_of_other_users(drawn):
    folder = drawn.site.folder / "entries-raw"
    assert (folder / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "*"
    for what in ("draw.json", "codes.csv", "winners.csv"):
        assert drawn.private(what).stat().st_mode & 0o077 == 0


def test_the_receipt_follows_from_the_rest_alone(drawn):
    data, leaves = drawn.file("receipt.json").read_bytes(), drawn.file("leaves.bin").read_bytes()
    receipt = read_statement(data)
    assert isinstance(receipt, Receipt)
    assert write_statement(receipt) == data
    salt = bytes.fromhex(receipt.salt)
    assert leaves == b"".join(sorted(hash_code(salt, code) for code in CODES))
    for what in ("receipt.json", "leaves.bin"):
        drawn.file(what).unlink()
    assert drawn.run("--entries", drawn.entries).code == 0
    assert (drawn.file("receipt.json").read_bytes(), drawn.file("leaves.bin").read_bytes()) == (data, leaves)


def test_verify_tells_what_it_saw_and_what_it_could_not_see(drawn):
    alone = drawn.verify()
    assert alone.code == 0
    assert [line for line in alone.out.splitlines() if line.startswith("WRONG")] == []
    opened = [line for line in alone.out.splitlines() if line.startswith("Open")]
    assert len(opened) == 3
    assert opened[0] == f'Open   That "{SEED}" is what this source gave at {SEED_AT}: {SOURCE}. Look it up there.'
    full = drawn.verify(
        *("--leaves", drawn.file("leaves.bin")),
        *("--entries", drawn.entries),
        *("--commitment", drawn.file("commitment.json")),
    )
    assert full.code == 0
    assert len([line for line in full.out.splitlines() if line.startswith("Open")]) == 1
    assert full.out.splitlines()[-1] == "Nothing is wrong."


def test_verify_finds_what_is_wrong(drawn):
    leaves = bytearray(drawn.file("leaves.bin").read_bytes())
    leaves[40] ^= 1
    changed = drawn.file("other.bin")
    changed.write_bytes(leaves)
    outcome = drawn.verify("--leaves", changed)
    assert outcome.code == 1
    assert "WRONG  The list of leaves does not give the committed root" in outcome.out
    assert outcome.out.endswith("Something is wrong: do not trust this draw.\n")
    drawn.entries.write_text(write_list(CODES[:-1]), encoding="utf-8")
    assert "WRONG  The list of entries does not give" in drawn.verify("--entries", drawn.entries).out
    commitment = json.loads(drawn.file("commitment.json").read_bytes())
    saved = drawn.file("saved.json")
    saved.write_text(json.dumps({**commitment, "reserves": 3}, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    assert "WRONG  The commitment is another one." in drawn.verify("--commitment", saved).out


def test_a_forged_receipt_fails_with_its_list(drawn):
    """Somebody does the draw with another number, consistently: the commitment that was saved and the source tell."""
    first = drawn.receipt()
    for what in ("receipt.json", "leaves.bin"):
        drawn.file(what).unlink()
    assert drawn.run(seed="1 2 3 4 5 6").code == 0
    assert drawn.receipt()["drawn"] != first["drawn"]
    forged = {**drawn.receipt(), "seed": SEED}
    drawn.file("receipt.json").write_text(json.dumps(forged, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    outcome = drawn.verify("--leaves", drawn.file("leaves.bin"))
    assert "WRONG  A ticket does not follow" in outcome.out
    assert "WRONG  The draw was done again with the seed, and gives other winners" in outcome.out


def test_a_commitment_can_be_verified_before_the_draw(draw):
    assert draw.commit().code == 0
    outcome = run_command("draw", "verify", draw.file("commitment.json"))
    assert outcome.code == 0
    assert "nothing has been drawn yet" in outcome.out


def test_json_says_the_same(draw):
    made = json.loads(draw.commit("--format", "json").out)
    assert made["count"] == 30
    assert made["problems"] == []
    again = draw.commit("--format", "json")
    assert [problem["rule"] for problem in json.loads(again.out)["problems"]] == ["draw-committed"]
    assert (again.code, again.err) == (1, "")
    held = json.loads(draw.run("--format", "json").out)
    assert [(one["rank"], one["place"]) for one in held["drawn"]] == [(1, "First"), (2, "Second"), (3, "Second")]
    checked = json.loads(draw.verify("--format", "json").out)
    assert checked["ok"] is True
    assert all(one["ok"] for one in checked["checked"])


def test_columns_may_have_other_names_and_some_do_not_take_part(tmp_path):
    rows = "".join(f"{code},{'Yes' if number % 2 else 'no'}\n" for number, code in enumerate(CODES))
    draw = DrawSite.make(tmp_path, text=f"\ufeffCode,Counts\n{rows}\n")
    columns = ("--id-column", "Code", "--eligible-column", "Counts")
    assert draw.commit(*columns).code == 0
    assert draw.run("--entries", draw.entries, *columns).code == 0
    receipt = draw.receipt()
    salt = bytes.fromhex(receipt["salt"])
    listed = {hash_code(salt, code).hex() for code in CODES[1::2]}
    assert receipt["commitment"]["count"] == 15
    assert {one["leaf"] for one in receipt["drawn"]} <= listed


def test_fewer_winners_take_the_first_places(draw):
    assert draw.commit("--winners", 2).code == 0
    assert draw.run().code == 0
    assert [one["place"] for one in draw.receipt()["drawn"]] == ["First", "Second"]


def test_a_broken_contest_tells_its_own_mistakes(draw):
    draw.name("winner: Jo")
    outcome = draw.commit()
    assert "content/contests/spring.md:7:1  error  unknown-field" in outcome.err
    assert outcome.code == 1


def test_the_page_shows_the_promise_then_the_result(drawn):
    drawn.name("draw: spring.commitment.json")
    (warning,) = drawn.site.build(NOW).problems
    assert (warning.rule, warning.severity) == ("draw-not-shown", "warning")
    assert warning.hint.startswith("Add the line draw: spring.receipt.json;")
    before = drawn.site.text("contests/spring/")
    assert "30 entries are on the list. 3 of them will win." in before
    assert "<form" not in before
    assert "assets/draw." not in before
    published = sorted(path.name for path in (drawn.site.output / "media").iterdir())
    assert [name.partition(".")[0] for name in published if name.startswith("spring")] == ["spring-commitment"]

    drawn.name(*NAMED)
    assert drawn.site.build(NOW).problems == ()
    after = drawn.site.text("contests/spring/")
    assert "3 of 30 entries won." in after
    assert f"<code>{SEED}</code>" in after
    assert re.search(r'<script src="\.\./\.\./assets/draw\.\w+\.js" defer></script>', after)
    assert not any(code in after for code in CODES)


def test_a_build_finds_a_list_that_was_changed(drawn):
    drawn.name(*NAMED)
    assert drawn.site.build(NOW).ok
    leaves = bytearray(drawn.file("leaves.bin").read_bytes())
    leaves[3] ^= 1
    drawn.file("leaves.bin").write_bytes(leaves)
    result = drawn.site.build(NOW)
    assert [(one.rule, one.line, one.column) for one in result.problems] == [("draw-not-true", 8, 12)]
    assert "does not give the committed root" in result.problems[0].message


def test_a_build_holds_the_winners_to_the_receipt(drawn):
    rows = [line.split(",") for line in drawn.private("winners.csv").read_text("utf-8").splitlines()[1:]]

    def write(*winners: tuple[str, str]) -> None:
        lines = [
            f"  - {{place: {place}, name: Ana Lopez, publish_as: full, consent: true, entry: {code}}}"
            for place, code in winners
        ]
        drawn.name(*NAMED, "winners_announced: 2026-05-10 12:00", "winners:", *lines)

    first, second, _, reserve, _ = (row[2] for row in rows)
    write(("First", first), ("Second", second), ("Second", reserve))
    assert drawn.site.build(datetime.fromisoformat("2026-05-11T12:00:00Z")).problems == ()
    assert f"A kettle, code <code>{first}</code>" in drawn.site.text("contests/spring/")
    write(("First", second), ("Second", "nobody"))
    found = [(one.rule, one.message) for one in drawn.site.build(NOW).problems]
    assert found == [
        ("winner-not-drawn", 'This code was drawn for the place "Second" (rank 2), not for "First".'),
        (
            "winner-not-drawn",
            "The code of this entry was not drawn: it is neither a winner nor a reserve of the receipt.",
        ),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("closes: 2026-04-30 18:00", "closes: 2026-05-01 18:00"),
        ("quantity: 2", "quantity: 1"),
    ],
)
def test_a_build_holds_the_contest_to_its_commitment(drawn, change, message):
    drawn.name(*NAMED)
    path = drawn.site.folder / "content" / "contests" / "spring.md"
    path.write_text(path.read_text(encoding="utf-8").replace(change, message), encoding="utf-8")
    assert [problem.rule for problem in drawn.site.build(NOW).problems] == ["draw-not-true"]


def test_a_number_that_looks_like_a_phone_s_is_published(draw):
    seed = "07 11 19 24 33 40"
    assert draw.commit().code == 0
    assert draw.run(seed=seed).code == 0
    draw.name(*NAMED)
    assert draw.site.build(NOW).problems == ()
    assert f"<code>{seed}</code>" in draw.site.text("contests/spring/")


def test_quiet_says_only_who_won_or_what_is_wrong(draw):
    assert draw.commit("--quiet").out == ""
    assert [line.split()[0] for line in draw.run("--quiet").out.splitlines()] == ["1", "2", "3"]
    assert draw.verify("--quiet").out == ""
    file = draw.file("receipt.json")
    file.write_bytes(file.read_bytes().replace(SEED.encode(), SEED.replace("4", "5", 1).encode()))
    outcome = draw.verify("--quiet")
    assert outcome.code == 1
    assert all(line.startswith("WRONG") for line in outcome.out.splitlines())


def test_a_receipt_that_promises_too_much_ends_at_once(drawn):
    """A number of winners that no computer could count to must not keep anybody waiting."""
    values = drawn.receipt()
    values["commitment"]["places"][0]["winners"] = 10**60
    values["commitment"]["count"] = 10**70
    drawn.file("receipt.json").write_text(json.dumps(values, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    outcome = drawn.verify()
    assert outcome.code == 1
    assert "WRONG  Winners and reserves are not those places that were promised." in outcome.out


def test_bytes_that_are_no_text_are_found_by_a_build(draw):
    assert draw.commit().code == 0
    file = draw.file("commitment.json")
    file.write_bytes(file.read_bytes().replace(b"lottery", b"lotter\xff"))
    draw.name("draw: spring.commitment.json")
    assert [problem.rule for problem in draw.site.build(NOW).problems] == ["bad-draw-file"]


def test_ends_of_lines_that_git_changed_are_told_as_such(drawn):
    file = drawn.file("receipt.json")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    drawn.name(*NAMED)
    (problem,) = drawn.site.build(NOW).problems
    assert problem.rule == "bad-draw-file"
    assert "Its ends of lines were changed, as git does on Windows." in problem.message


def test_a_folder_that_cannot_be_made_is_told(draw):
    (draw.site.folder / "entries-raw").write_text("in the way", encoding="utf-8")
    outcome = draw.commit()
    assert (outcome.code, outcome.out) == (1, "")
    assert "command line  error  cannot-write\n   Twinsite could not write " in outcome.err
    assert not draw.file("commitment.json").exists()


def test_kept_codes_that_were_changed_are_found(draw):
    assert draw.commit().code == 0
    codes = draw.private("codes.csv")
    codes.write_text(codes.read_text(encoding="utf-8").replace(CODES[0], make_code("other")), encoding="utf-8")
    assert "error  entries-not-committed" in draw.run().err
    codes.write_text("id\n\u00e9\n", encoding="utf-8")
    assert "error  bad-code" in draw.run().err
    codes.unlink()
    assert "entries-raw/spring.codes.csv  error  cannot-read" in draw.run().err
    assert draw.run("--entries", draw.entries).code == 0


def test_a_draw_that_is_interrupted_leaves_nothing_half_done(draw, monkeypatch):
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("twinsite.drawing.write_secret", stop)
    assert draw.commit().code == 130
    assert not draw.file("commitment.json").exists()
    monkeypatch.undo()
    assert draw.commit().code == 0
    assert draw.run().code == 0


def test_a_draw_that_is_not_shown_is_warned_of(draw):
    assert draw.site.build(NOW).problems == ()
    assert draw.commit().code == 0
    assert [problem.rule for problem in draw.site.build(NOW).problems] == ["draw-not-shown"]
    draw.name("draw: spring.commitment.json")
    assert draw.site.build(NOW).problems == ()
    assert draw.run().code == 0
    assert [problem.rule for problem in draw.site.build(NOW).problems] == ["draw-not-shown"]
    draw.name(*NAMED)
    assert draw.site.build(NOW).problems == ()
