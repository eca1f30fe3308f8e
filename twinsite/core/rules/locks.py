"""Rules of locks: what was made binding must stay, or change openly."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

LOCKS: Final = Group(
    "Locks",
    "What people entered by or were told must not change quietly.",
    (
        Rule(
            "locked-field-changed",
            "error",
            "A locked field of a contest that changed quietly",
            "Who entered did so by the rules as they were. `twinsite lock` holds them fast; the CAP Code (8.17.4.e) "
            "even forbids to move a closing date, unless what cannot be avoided makes it necessary.",
            "Write it back, or add an amendment that names the field, with its date and the reason.",
            "closes: 2026-07-08 17:00",
            "closes: 2026-07-08 17:00\namendments:\n  - date: 2026-06-03\n    change: It closes a week later.\n"
            "    reason: The form was out of order for two days.\n    fields: [closes]",
        ),
        Rule(
            "unknown-amended-field",
            "error",
            "An amendment that names no field of the rules",
            "It would excuse no change, and nobody would notice.",
            "Name the field as it is written, a part of it after a dot.",
            "fields: [closing]",
            "fields: [closes, eligibility.minimum_age]",
        ),
        Rule(
            "contest-not-locked",
            "notice",
            "An open contest whose rules nothing holds fast",
            "Without a lock a rule can change while people enter, and nobody can show that none did.",
            "Lock it when it opens, and commit the file.",
            "content/contests/spring.md, open, and no content/locks/contest/spring.yaml",
            "twinsite lock spring",
        ),
        Rule(
            "locked-update-changed",
            "error",
            "An update of a claim that was changed, removed or dated back",
            "Who read it on the worst day must find it again. `twinsite lock` holds each update fast; from then on "
            "updates are only added.",
            "Write it back as it was, and say what is new in a further update at the end.",
            "updates:\n  - {at: 2026-04-12 18:30, text: Nobody was hurt.}",
            "updates:\n  - {at: 2026-04-12 18:30, text: We know of nobody who was hurt.}\n"
            "  - {at: 2026-04-13 09:00, text: One person cut a finger. Our first update came too early.}",
        ),
        Rule(
            "claim-not-locked",
            "notice",
            "Updates of a claim that nothing holds fast",
            "Without a lock the words of an update can change, and nobody can show that none did.",
            "Lock the claim once the update is published, and commit the file.",
            "content/claims/mould.md, and no content/locks/claim/mould.yaml",
            "twinsite lock mould",
        ),
        Rule(
            "damaged-lock",
            "error",
            "A lock that is not as it was written",
            "A lock that somebody edited proves nothing.",
            "Take back the change; or delete the file and lock the record again.",
            "locked:\n- fields: {closes: changed}",
            "git checkout content/locks/contest/spring.yaml",
        ),
        Rule(
            "lock-without-record",
            "error",
            "A lock of a record that is not there",
            "A record that was renamed would lose its lock without a word.",
            "Rename the lock as the record was, or delete it with the record.",
            "content/locks/contest/old-name.yaml beside content/contests/new-name.md",
            "content/locks/contest/new-name.yaml",
        ),
    ),
)
