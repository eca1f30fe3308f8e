"""The draw of a contest, from its record to its files: what ``draw commit``, ``draw run`` and ``draw verify`` do.

Reads the site for the contest alone, and the lists and statements of its draw; writes the files of
``draw.folder.DrawFolder``. The clock and the salt are the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from twinsite.cache.store import Cache
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest
from twinsite.core.site import Entry
from twinsite.draw.entries import EntryList, find_rows
from twinsite.draw.folder import (
    DiscardError,
    DrawFolder,
    read_kept,
    read_secret,
    write_bytes,
    write_secret,
    write_whole,
)
from twinsite.draw.hold import FixedList, fix_list, hold_draw, name_winners, share_places
from twinsite.draw.leaves import hash_code, sort_leaves
from twinsite.draw.statement import (
    ALGORITHM,
    Commitment,
    Drawn,
    NoStatementError,
    Place,
    Receipt,
    find_digest,
    read_instant,
    read_statement,
    write_instant,
    write_statement,
)
from twinsite.draw.tree import cut_leaves, find_root
from twinsite.draw.verify import Finding, check_commitment, check_draw, check_list, check_receipt, list_open
from twinsite.explain import find_entry
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.winners import places_of
from twinsite.kinds.moment import as_utc
from twinsite.stages import Stopwatch
from twinsite.survey import survey_site

LONGEST_TEXT = 1000
"""Characters of the longest seed, and of the longest words about its source."""


class ContestDraw(Struct, frozen=True):
    """A contest as its draw sees it: its file, the instant at which entries close, what can be won in order, and how
    its winners are found.
    """

    path: str
    files: DrawFolder
    closes: datetime
    places: tuple[Place, ...]
    kind_of: str = "draw"


class SeedRule(Struct, frozen=True):
    """Where the seed will come from, and when it will be known."""

    source: str
    at: datetime


class Held(Struct, frozen=True):
    """A draw that was held: the receipt, and each code that was drawn."""

    receipt: Receipt
    codes: list[tuple[Drawn, str]]


class Verdict(Struct, frozen=True):
    """What a receipt came to: what was checked, and what could not be."""

    findings: list[Finding]
    unchecked: list[str]

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return all(finding.ok for finding in self.findings)


def find_contest(request: BuildRequest, name: str, cache: Cache) -> ContestDraw | list[Problem]:
    """The contest of that name (slug, file or address), or why there is none: its own errors, if it has any."""
    cache.spare()
    survey = survey_site(request, cache, Stopwatch())
    if survey.site is None:
        return list(survey.place(survey.problems))
    entry = find_entry(survey.site, name, request.site, ("contest",))
    if entry and isinstance(entry.record, Contest):
        return _describe(request.site, entry, entry.record)
    own = [problem for problem in survey.place(survey.problems) if Path(problem.path).stem == Path(name).stem]
    return [problem for problem in own if problem.severity == "error"] or [_unknown(name, survey.site.everything)]


def _describe(site: Path, entry: Entry, record: Contest) -> ContestDraw:
    places = tuple(Place(place, count) for place, (_, count) in places_of(record.prizes).items())
    files = DrawFolder(site, entry.folder, entry.slug)
    return ContestDraw(entry.path, files, as_utc(record.closes), places, record.kind_of)


def _unknown(name: str, known: Iterable[tuple[str, str]]) -> Problem:
    slugs = [slug for kind, slug in known if kind == "contest"]
    near = nearest_name(name, slugs)
    message = f'There is no contest "{name}".' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-contest", "", message, "Name a contest by its slug, such as spring, or by its file.")


def commit_draw(
    contest: ContestDraw,
    entries: EntryList,
    rule: SeedRule,
    now: datetime,
    salt: bytes,
    winners: int | None = None,
    reserves: int = 0,
) -> Commitment | list[Problem]:
    """Fix the list of entries: write the commitment beside the contest, and the salt and codes for the promoter."""
    files = contest.files
    problems = _check_moment(contest, rule, now) + _check_count(contest, winners)
    if problems:
        return problems
    files.open_private()
    with write_whole(files.private("codes.csv"), 0o600) as copy:
        fixed = fix_list(entries, salt, copy)
        wanted = sum(place.winners for place in contest.places) if winners is None else winners
        problems = fixed.problems or _check_enough(entries, fixed, wanted, reserves)
        if problems:
            raise DiscardError
    if problems:
        return problems
    root, count = find_root(cut_leaves(fixed.leaves))
    commitment = Commitment(
        algorithm=ALGORITHM,
        committed_at=write_instant(now),
        contest=files.slug,
        count=count,
        places=share_places(contest.places, wanted),
        reserves=reserves,
        root=root.hex(),
        salt_digest=sha256(salt).hexdigest(),
        seed_at=write_instant(rule.at),
        seed_source=rule.source,
    )
    write_secret(files, salt, find_digest(commitment))
    write_bytes(files.public("commitment"), write_statement(commitment))
    return commitment


def _check_moment(contest: ContestDraw, rule: SeedRule, now: datetime) -> list[Problem]:
    """Why a list cannot be fixed now, or not with this seed."""
    if contest.kind_of != "draw":
        message = f'The winners of this contest are not drawn: it says "kind_of: {contest.kind_of}".'
        return [Problem("not-a-draw", contest.path, message, "Write kind_of: draw, if chance is to decide.")]
    path, committed = contest.files.shown("commitment"), contest.files.public("commitment")
    if committed.exists():
        message = "The list of this contest is fixed already. To fix another one would undo a promise."
        hint = "If it must be: delete the file, fix the list again, and tell entrants why under amendments."
        return [Problem("draw-committed", path, message, hint)]
    if contest.files.public("receipt").exists():
        message = "This contest has been drawn already. A draw is held once."
        hint = "Keep this receipt. If it was written by mistake and never published, delete it first."
        return [Problem("draw-done", contest.files.shown("receipt"), message, hint)]
    if as_utc(now) < contest.closes:
        message = f"Entries are still accepted, until {write_instant(contest.closes)}."
        return [Problem("draw-too-early", contest.path, message, "Fix the list once they are closed.")]
    if as_utc(rule.at).replace(microsecond=0) <= as_utc(now):
        message = f"The seed would be known at {write_instant(rule.at)}, which is not after this moment."
        hint = "Choose a public value that will exist only later: nobody may know it while the list can be changed."
        return [Problem("seed-too-early", "", message, hint)]
    return check_text(rule.source, "The words about the source of the seed")


def check_text(text: str, what: str) -> list[Problem]:
    """Why a seed, or the words about its source, cannot be used."""
    hint = "Write it on one line, exactly as everybody will read it."
    if not text or text != text.strip():
        return [Problem("seed-not-usable", "", f"{what} cannot be empty or have blanks around it.", hint)]
    if not text.isprintable() or len(text) > LONGEST_TEXT:
        return [Problem("seed-not-usable", "", f"{what} has invisible characters, or more than 1,000 signs.", hint)]
    return []


def _check_count(contest: ContestDraw, winners: int | None) -> list[Problem]:
    prizes = sum(place.winners for place in contest.places)
    if winners is None or winners <= prizes:
        return []
    message = f"{winners} are to win, but the contest has {prizes} prizes."
    hint = "Raise quantity of a prize, or draw the others as --reserves."
    return [Problem("too-few-prizes", contest.path, message, hint)]


def _check_enough(entries: EntryList, fixed: FixedList, winners: int, reserves: int) -> list[Problem]:
    count = len(fixed.leaves) // 32
    if winners + reserves <= count:
        return []
    message = f"{winners} winners and {reserves} reserves are to be drawn, but only {count} entries take part."
    hint = f"Draw fewer: --winners {min(winners, count)} --reserves {min(reserves, max(count - winners, 0))}."
    return [Problem("too-few-entries", entries.shown, message, hint)]


def run_draw(contest: ContestDraw, seed: str, entries: EntryList | None, now: datetime) -> Held | list[Problem]:
    """Hold the draw: write the receipt and the leaves beside the contest, and the codes that won for the promoter."""
    files = contest.files
    commitment = _read_commitment(contest)
    if isinstance(commitment, list):
        return commitment
    problems = _check_run(contest, commitment, seed, now)
    if problems:
        return problems
    salt = read_secret(files, find_digest(commitment))
    if salt is None:
        message = f"The salt of this commitment is not in {_show(files, 'draw.json')}."
        hint = "Bring back both files as draw commit wrote them: one is gone, or one was changed."
        return [Problem("no-salt", files.shown("commitment"), message, hint)]
    chosen = entries or EntryList(files.private("codes.csv"), _show(files, "codes.csv"))
    fixed = fix_list(chosen, salt) if entries else _fix_kept(chosen, salt)
    problems = fixed.problems or _check_root(chosen, fixed, commitment)
    if problems:
        return problems
    receipt = hold_draw(commitment, fixed.leaves, salt, seed)
    other = _read_other(contest, receipt)
    if other:
        return [other]
    codes = (code for code, _ in find_rows(chosen)) if entries else read_kept(chosen.file)
    return _publish(files, receipt, fixed.leaves, name_winners(receipt, codes, salt))


def _fix_kept(kept: EntryList, salt: bytes) -> FixedList:
    """The leaves of the codes that ``commit_draw`` kept. Their root says whether they are still the same."""
    try:
        return FixedList(sort_leaves(hash_code(salt, code) for code in read_kept(kept.file)))
    except OSError as error:
        message = f"The codes that draw commit kept cannot be read: {error.strerror or error}."
        return FixedList(b"", [Problem("cannot-read", kept.shown, message, "Name the list itself with --entries.")])
    except UnicodeDecodeError:
        message = "The codes that draw commit kept were changed: there is a letter that no code has."
        return FixedList(b"", [Problem("bad-code", kept.shown, message, "Name the list itself with --entries.")])


def _publish(files: DrawFolder, receipt: Receipt, leaves: bytes, codes: list[tuple[Drawn, str]]) -> Held:
    files.open_private()
    rows = [f"{one.rank},{_quote(one.place or 'reserve')},{code}\n" for one, code in codes]
    write_bytes(files.private("winners.csv"), "".join(["rank,place,id\n", *rows]).encode(), 0o600)
    write_bytes(files.public("leaves"), leaves)
    write_bytes(files.public("receipt"), write_statement(receipt))
    return Held(receipt, codes)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n\r') else text


def _show(files: DrawFolder, what: str) -> str:
    return files.private(what).relative_to(files.site).as_posix()


def _read_commitment(contest: ContestDraw) -> Commitment | list[Problem]:
    files = contest.files
    path = files.shown("commitment")
    if not files.public("commitment").exists():
        message = f"No list was fixed for this contest: there is no {path}."
        return [Problem("no-commitment", contest.path, message, f"First run: twinsite draw commit {files.slug}")]
    found = read_file(files.public("commitment"), path)
    if isinstance(found, Receipt):
        return [Problem("bad-draw-file", path, "This is a receipt, not a commitment.", "Bring back the commitment.")]
    if isinstance(found, Commitment) and found.contest != files.slug:
        message = f'This is of the contest "{found.contest}".'
        return [Problem("draw-of-another", path, message, "Bring back the commitment of this contest.")]
    return [found] if isinstance(found, Problem) else found


def read_file(file: Path, shown: str) -> Commitment | Receipt | Problem:
    """The statement in a file, or the problem with it."""
    try:
        return read_statement(file.read_bytes())
    except OSError as error:
        message = f"This file cannot be read: {error.strerror or error}."
        hint = "Write the name of a file that you may read, such as content/contests/spring.receipt.json."
        return Problem("cannot-read", shown, message, hint)
    except NoStatementError as error:
        message = f"This is no commitment and no receipt of a draw. {error}"
        return Problem("bad-draw-file", shown, message, "Bring back the file that twinsite draw wrote.")


def _check_run(contest: ContestDraw, commitment: Commitment, seed: str, now: datetime) -> list[Problem]:
    """Why the draw cannot be held now."""
    shown = contest.files.shown("commitment")
    wrong = [finding.text for finding in check_commitment(commitment) if not finding.ok]
    if wrong:
        return [Problem("draw-not-true", shown, wrong[0], "Bring back the file that draw commit wrote.")]
    if as_utc(now) < read_instant(commitment.seed_at):
        message = f"The seed is not known before {commitment.seed_at}."
        return [
            Problem("seed-too-early", shown, message, f"Wait until then, and take it from: {commitment.seed_source}")
        ]
    return check_text(seed, "The seed")


def _check_root(entries: EntryList, fixed: FixedList, commitment: Commitment) -> list[Problem]:
    root, count = find_root(cut_leaves(fixed.leaves))
    if root.hex() == commitment.root and count == commitment.count:
        return []
    message = f"This is not the list that was fixed: it has {count:,} entries, and {commitment.count:,} were fixed."
    if count == commitment.count:
        message = f"This is not the list that was fixed: it has {count:,} entries as well, but not the same."
    hint = "Take the list as it was then, with the same columns; draw commit kept its codes in entries-raw/."
    return [Problem("entries-not-committed", entries.shown, message, hint)]


def _read_other(contest: ContestDraw, receipt: Receipt) -> Problem | None:
    """The problem that there is another receipt already; the same one may be written again."""
    file = contest.files.public("receipt")
    if not file.exists() or file.read_bytes() == write_statement(receipt):
        return None
    message = "This contest has been drawn already, with another result. A draw is held once."
    hint = "Keep this receipt. If it was written by mistake and never published, delete it first."
    return Problem("draw-done", contest.files.shown("receipt"), message, hint)


class Evidence(Struct, frozen=True):
    """What is at hand beside a receipt: the list of leaves, the entries, a commitment that was saved before."""

    leaves: Path | None = None
    entries: EntryList | None = None
    commitment: Path | None = None


def verify_draw(file: Path, evidence: Evidence) -> Verdict | list[Problem]:
    """Check everything that a statement says, as far as the evidence goes; problems where a file cannot be used."""
    statement = read_file(file, str(file))
    if isinstance(statement, Problem):
        return [statement]
    receipt = statement if isinstance(statement, Receipt) else None
    commitment = receipt.commitment if receipt else statement
    assert isinstance(commitment, Commitment)
    findings = list(check_receipt(receipt) if receipt else check_commitment(commitment))
    if evidence.commitment:
        saved = read_file(evidence.commitment, str(evidence.commitment))
        if isinstance(saved, Problem):
            return [saved]
        findings.append(_compare(commitment, saved))
    if receipt is None:
        return Verdict(findings, ["Who wins: nothing has been drawn yet. This is the commitment before the draw."])
    problems = _check_lists(receipt, evidence, findings)
    if problems:
        return problems
    given = evidence.leaves is not None or evidence.entries is not None
    return Verdict(findings, list_open(receipt, given, evidence.commitment is not None))


def _compare(commitment: Commitment, saved: Commitment | Receipt) -> Finding:
    other = saved.commitment if isinstance(saved, Receipt) else saved
    same = other == commitment
    return Finding(same, "The commitment is the one that was saved." if same else "The commitment is another one.")


def _check_lists(receipt: Receipt, evidence: Evidence, findings: list[Finding]) -> list[Problem]:
    """Check the leaves and the entries, where they are given; the problems of files that cannot be used."""
    if evidence.leaves:
        try:
            leaves = evidence.leaves.read_bytes()
        except OSError as error:
            message = f"This file cannot be read: {error.strerror or error}."
            return [Problem("cannot-read", str(evidence.leaves), message, "Check its name and that you may read it.")]
        findings += [*check_list(receipt.commitment, leaves, "The list of leaves"), *check_draw(receipt, leaves)]
    if evidence.entries:
        fixed = fix_list(evidence.entries, bytes.fromhex(receipt.salt))
        if fixed.problems:
            return fixed.problems
        listed = check_list(receipt.commitment, fixed.leaves, "The list of entries")
        findings += [*listed, *check_draw(receipt, fixed.leaves)]
    return []
