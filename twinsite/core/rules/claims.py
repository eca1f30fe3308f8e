"""Rules of claims: what a page must say, and never say, on a bad day."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

CLAIMS: Final = Group(
    "Claims",
    "What is said about the brand is answered with what is true, and with what people should do.",
    (
        Rule(
            "title-states-claim",
            "error",
            "A title that says nothing but the claim",
            "Titles are what people remember, share and find: one that repeats a claim spreads it, even above a page "
            "that refutes it. Twinsite compares words: a title is refused if all its words stand in the claim, if it "
            "has at least half of the claim's words, and if it denies nothing. A claim that is true may be its own "
            "title.",
            "Say what is true, or what you do.",
            "title: The house blend is full of mould\nclaim: A video says that the house blend is full of mould.\n"
            "status: false",
            "title: The house blend passed every test\nclaim: A video says that the house blend is full of mould.\n"
            "status: false",
        ),
        Rule(
            "claim-without-advice",
            "error",
            "A claim without a word on what people should do",
            "Who reads such a page is worried, and wants to know what to do before anything else.",
            "Write what_to_do, safety first. That nothing need be done is an answer as well.",
            "what_we_know: Three laboratories found no mould.",
            "what_to_do: You can go on drinking it.\nwhat_we_know: Three laboratories found no mould.",
        ),
        Rule(
            "true-claim-without-remedy",
            "error",
            "A true claim without a remedy",
            "Where it is true, people need to know whether theirs is affected, whether to stop using it, and how they "
            "get help.",
            "Write remedy with affected, stop_using and how; refund, hotline and url where there are any.",
            "status: true",
            "status: true\nremedy:\n  affected: Bags sold in Leeds on 11 April 2026.\n  stop_using: yes\n"
            "  refund: Your money back.\n  how: Bring the bag to any shop.",
        ),
        Rule(
            "recall-sounds-small",
            "warning",
            "A recall in words that make the danger small",
            "Who is affected must not think that it is about others. In the European Union such words are forbidden in "
            "a recall notice (Regulation (EU) 2023/988, Article 36(2)(c)). Looked for in English.",
            "Leave them out, and say plainly what can happen.",
            "what_to_do: As a precaution, bring the bag back.",
            "what_to_do: Do not drink it. Bring the bag back.",
        ),
        Rule(
            "claim-without-evidence",
            "error",
            "A finding without its ground",
            "The brand judges a claim about itself, so people must be able to see on what ground.",
            "Write what_we_know, and evidence with the day of each piece; or the status investigating or unproven.",
            "status: false",
            "status: false\nwhat_we_know: Three laboratories found no mould.\nevidence:\n"
            "  - {title: Report on twelve bags, date: 2026-04-14}",
        ),
        Rule(
            "updates-out-of-order",
            "error",
            "An update that is not later than the one before it",
            "Updates are a record of what was said when. They are added at the end; the page shows the newest first.",
            "Put the updates into the order of their times.",
            "updates:\n  - {at: 2026-04-14 09:00, text: The report is here.}\n"
            "  - {at: 2026-04-12 18:30, text: We are looking into it.}",
            "updates:\n  - {at: 2026-04-12 18:30, text: We are looking into it.}\n"
            "  - {at: 2026-04-14 09:00, text: The report is here.}",
        ),
        Rule(
            "update-in-future",
            "notice",
            "An update that is dated later than now",
            "Its page shows it only from then on. Mostly it is a slip: another day, or another time zone. `check` "
            "exits with 1 until the moment has come.",
            "Date an update with the moment at which you publish it.",
            "- {at: 2062-04-12 18:30, text: We are looking into it.}",
            "- {at: 2026-04-12 18:30, text: We are looking into it.}",
        ),
        Rule(
            "claim-without-news",
            "notice",
            "An open claim without an update for too long",
            "Silence is read as guilt, or as indifference. The limits are policies.claim_high_days, claim_medium_days "
            "and claim_low_days.",
            "Add an update, even that there is nothing new; or close the matter.",
            "severity: high\nupdates:\n  - {at: 2026-04-12 18:30, text: We are looking into it.}",
            "severity: high\nupdates:\n  - {at: 2026-04-12 18:30, text: We are looking into it.}\n"
            "  - {at: 2026-04-13 18:00, text: The laboratory needs one more day.}",
        ),
        Rule(
            "playbook-not-drilled",
            "notice",
            "A playbook that nobody has tried for a year",
            "People leave, numbers change, and what was never tried fails in the first hour. `check` exits with 1.",
            "Try it once, then write the day in drilled.",
            "drilled: 2025-04-14",
            "drilled: 2026-09-14",
        ),
        Rule(
            "public-playbook",
            "error",
            "A playbook among the files that are published",
            "It names who decides, how they are reached at night, and what will be said before it is known.",
            "Move it beside site.yaml.",
            "content/static/playbook.yaml",
            "playbook.yaml",
            language="text",
        ),
    ),
)
