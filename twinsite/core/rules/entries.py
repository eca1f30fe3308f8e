"""Rules of what a contest asks of people who enter, and of what its scores and votes say of its winners."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

ENTRY_FORMS: Final = Group(
    "Entry forms",
    "A page with a form must be one that everybody can send, and that asks for nothing behind anybody's back.",
    (
        Rule(
            "form-address",
            "error",
            "An address that a form cannot be sent to",
            "What people write into a form is theirs. It is sent to the https address of a form service, or not at "
            "all.",
            "Write the address that the service gives for forms.",
            "methods:\n  - {type: form, url: http://forms.example.com/spring}",
            "methods:\n  - {type: form, url: https://forms.example.com/spring}",
        ),
        Rule(
            "form-field-incomplete",
            "error",
            "A choice without anything to choose",
            "A select shows a list, and there is none.",
            "Add the options.",
            "fields:\n  - {label: Size, type: select}",
            "fields:\n  - {label: Size, type: select, options: [Small, Large]}",
        ),
        Rule(
            "form-field-misfit",
            "error",
            "A setting that this type of field does not have",
            "It would do nothing, and somebody meant something by it.",
            "Delete it, or correct the type.",
            "fields:\n  - {label: Your age, max_length: 3, type: number}",
            "fields:\n  - {label: Your age, maximum: 120, type: number}",
        ),
        Rule(
            "form-same-name",
            "error",
            "Two things that the form sends under one name",
            "The form service would keep one and lose the other.",
            "Give one of them another name.",
            "fields:\n  - {label: First name, name: name}\n  - {label: Last name, name: name}",
            "fields:\n  - {label: First name, name: first_name}\n  - {label: Last name, name: last_name}",
        ),
        Rule(
            "consent-bundled",
            "warning",
            "Agreeing to news is the price of entering",
            "Consent to news from a company counts only where it is free and given apart from all else (GDPR, articles "
            "4(11) and 7). The words of the box sound as if both came together.",
            "Write the words for news as consent: marketing, which is a box of its own that nobody must tick.",
            "consent:\n  rules: I accept the rules and want the newsletter.",
            "consent:\n  rules: I accept the rules.\n  marketing: Send me the newsletter.",
        ),
    ),
)

RESULTS: Final = Group(
    "Scores, votes and winners",
    "Scores and votes are counted elsewhere and imported as tables. The winners must be those who follow from them.",
    (
        Rule(
            "unknown-criterion",
            "error",
            "A score by something that is not judged",
            "The table scores by a criterion that the contest does not declare, so nobody could have known of it.",
            "Correct the name, or declare the criterion with its weight (before entries open).",
            "entry,judge,Originalty\nBlue hour,Ana Lopez,8",
            "entry,judge,Originality\nBlue hour,Ana Lopez,8",
            language="text",
        ),
        Rule(
            "unknown-judge",
            "error",
            "A score by somebody who is not on the panel",
            "Entrants were told who judges.",
            "Correct the name as the panel has it, or add the judge to the panel.",
        ),
        Rule(
            "score-out-of-range",
            "error",
            "A score that is not on the scale",
            "Scores go from lowest to highest, 0 to 10 unless the contest says otherwise.",
            "Correct the score, or declare the scale.",
            "scores: {table: marks, as_of: 2026-06-26, source: Score sheets}",
            "scores: {table: marks, as_of: 2026-06-26, source: Score sheets, lowest: 1, highest: 100}",
        ),
        Rule(
            "missing-score",
            "error",
            "A score or a number of votes that is not there",
            "Every judge scores every entry by every criterion, and every entry has its votes; else the totals cannot "
            "be compared.",
            "Write the missing number.",
        ),
        Rule(
            "counted-twice",
            "error",
            "The same thing counted twice",
            "Two rows score one entry by the same judge and criterion, count the votes of one entry, or count one "
            "week of an account in an export.",
            "Delete one of the rows, or write both numbers into one.",
        ),
        Rule(
            "negative-votes",
            "error",
            "Fewer votes than none",
            "A number of votes cannot be below zero.",
            "Write 0 or more.",
            "entry,votes\nBlue hour,-3",
            "entry,votes\nBlue hour,3",
            language="text",
        ),
        Rule(
            "vote-share-missing",
            "error",
            "Votes and scores without their shares",
            "Both a panel and the public decide, and nothing says how much each counts.",
            "Add share to voting, in per cent.",
            "voting: {opens: 2026-06-02 09:00, closes: 2026-06-09 18:00}",
            "voting: {opens: 2026-06-02 09:00, closes: 2026-06-09 18:00, share: 30}",
        ),
        Rule(
            "public-vote-decides",
            "warning",
            "The public decides over a large prize",
            "Votes are bought, begged for and exchanged, the more so the larger the prize. How large it may be is "
            "policies.public_vote_prize in site.yaml, 500 unless you say otherwise.",
            "Let a panel decide at least half of the result, or raise the limit.",
            "voting: {opens: 2026-06-02 09:00, closes: 2026-06-09 18:00, share: 80}",
            "voting: {opens: 2026-06-02 09:00, closes: 2026-06-09 18:00, share: 40}",
        ),
        Rule(
            "unknown-tie-rule",
            "error",
            "A tie rule that cannot be worked out",
            "Equal totals are settled step by step: by the score of a criterion, by more votes, by the earliest entry, "
            "by the score of the panel's chair; or they share the place.",
            "Write a list of these words.",
            "tie_rule: [by drawing lots]",
            "tie_rule: [Originality, earliest]",
        ),
        Rule(
            "tie-not-decided",
            "error",
            "Two entries are equal, and one prize",
            "They have the same total, nothing that is declared tells them apart, and they cannot both win.",
            "Add the step that entrants were told of to tie_rule; shared gives both the same place.",
            "tie_break: The chair decides.",
            "tie_break: The chair decides.\ntie_rule: [chair]",
        ),
        Rule(
            "unknown-entry",
            "error",
            "An entry that no table has",
            "The winners, the entries set aside and the tables must call an entry by the same name.",
            "Copy the name from the table.",
        ),
        Rule(
            "winner-without-entry",
            "error",
            "A winner whose entry is not named",
            "Scores or votes say which entry won. Without the winner's entry nobody can tell whether it is this one.",
            "Add entry. The page shows it only of winners who are shown in full.",
            "winners:\n  - {place: 1, publish_as: withheld}",
            "winners:\n  - {place: 1, publish_as: withheld, entry: Blue hour}",
        ),
        Rule(
            "winner-not-by-result",
            "error",
            "A winner who did not win",
            "By the scores or votes another entry has this place.",
            "Correct the entry or the place. An entry that may not win is declared under judging, in set_aside.",
        ),
        Rule(
            "withheld-in-results",
            "error",
            "The full result names a winner who asked not to be named",
            "The table of results is shown as it is, and a cell holds the name or the entry of such a winner.",
            "Write a code there.",
        ),
        Rule(
            "prize-status-behind",
            "error",
            "A day of a prize that its status does not know",
            "A prize is offered, perhaps redrawn, accepted and delivered. One of its days is of a later step.",
            "Correct the status, or delete the day.",
            "status: accepted\ndelivered_on: 2026-07-09",
            "status: delivered\ndelivered_on: 2026-07-09",
        ),
    ),
)
