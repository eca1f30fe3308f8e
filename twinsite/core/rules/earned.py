"""Rules of earned media: who speaks, what a wall may say of itself, and that complaints are answered."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

EARNED: Final = Group(
    "Earned media",
    "What readers of other people's words must be able to rely on.",
    (
        Rule(
            "unclear-disclosure",
            "error",
            "A disclosure that tells readers of nothing",
            "It is a tag, a mention or a word that readers do not take for advertising, in no country whose rules "
            "Twinsite knows: #spon, #partner, the brand's own tag.",
            "Write it in plain words, or use #ad.",
            'disclosure: "#spon"',
            'disclosure: "Ad: paid intern at Larkfield"',
        ),
        Rule(
            "disclosure-not-everywhere",
            "warning",
            "A disclosure that is not enough everywhere",
            "Posts know no borders. What is clear enough in one country is not in another: #sponsored is no clear "
            "label in the United Kingdom.",
            "Write it in plain words, or use #ad, which both take.",
            'disclosure: "#sponsored"',
            'disclosure: "#ad"',
        ),
        Rule(
            "disclosure-not-in-text",
            "warning",
            "A tag that is said to tell of the connection, and is not in the text",
            "The text of the work has other tags, but not this one; so either the copy is not exact, or the post did "
            "not say it.",
            "Copy the text as it was published.",
            'text: "Three knots. #kites"\ndisclosure: "#ad"',
            'text: "#ad Three knots. #kites"\ndisclosure: "#ad"',
        ),
        Rule(
            "work-outside-term",
            "warning",
            "Work on a day on which the twintern was not there",
            "A work log says what was done in a position. Its summary and the reference stand beside the days of the "
            "term, so work on other days makes one of them look wrong.",
            "Correct the day of the work, or the days of the term.",
            "programme: {starts: 2026-03-02, ends: 2026-08-28}\nwork_log:\n"
            "  - {date: 2026-09-14, task: website, what: New opening hours}",
            "programme: {starts: 2026-03-02, ends: 2026-08-28}\nwork_log:\n"
            "  - {date: 2026-08-14, task: website, what: New opening hours}",
        ),
        Rule(
            "missing-media",
            "error",
            "A film or picture of which nothing says where it is",
            "A picture needs src, a file beside the record; a film or a recording src or url.",
            "Add the one that is missing.",
            "media:\n  - {type: video, transcript: Good morning.}",
            'media:\n  - {type: video, url: "https://video.example/1", transcript: Good morning.}',
        ),
        Rule(
            "not-a-length",
            "error",
            "A length of time that is none",
            "Films and recordings are measured in minutes and seconds.",
            "Write minutes and seconds, such as 3:42, or hours before them, such as 1:03:20.",
            "length: 3 minutes",
            'length: "3:00"',
        ),
        Rule(
            "unanswered-criticism",
            "notice",
            "A complaint that nobody has answered",
            "It is rated in the lower half of its scale, or marked as critical, and there is no reply. After the days "
            "of policies.reply_days, counted from the day on which it was copied, twinsite check fails.",
            "Answer where it was written, and add the answer as reply.",
            "rating: {value: 1}",
            "rating: {value: 1}\nreply: {by: Jo, date: 2026-03-02, text: We are sorry. The new one is on its way.}",
        ),
        Rule(
            "collected-too-few",
            "error",
            "More are shown than were collected",
            "One cannot show 31 of 30. Either the count is old, or something was counted twice.",
            "Count again, and write the new number.",
            "showcases: {collected: 12}",
            "showcases: {collected: 47}",
        ),
        Rule(
            "set-not-complete",
            "error",
            "A set that is called complete and is not",
            "Something that was collected is missing: it is held back, or has no permission. A selection must not pass "
            "for all (16 CFR 465.7(b)).",
            "Remove complete, or show what is missing.",
            "showcases: {collected: 47, complete: true}",
            "showcases: {collected: 47, chosen: Chosen by the press desk.}",
        ),
        Rule(
            "claims-to-be-all",
            "error",
            "A text that says these are all reviews, beside a selection",
            "Readers would take the wall for everything that people said. The words all, every and each are allowed "
            "only where policies.showcases says complete: true and everything that was collected is shown.",
            "Say how many of how many are shown, or leave the sentence out: the wall says so by itself.",
            "All our reviews",
            "What people say",
            also=("notice",),
            language="markdown",
        ),
    ),
)
