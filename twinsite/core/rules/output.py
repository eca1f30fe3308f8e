"""Rules of the output folder and of commands."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

OUTPUT: Final = Group(
    "The output folder",
    "A build touches nothing of the old site until everything new has been made without an error.",
    (
        Rule(
            "foreign-file",
            "error",
            "A file that Twinsite did not write is in the way",
            "Somebody else's file or folder stands where a page belongs. It could be the only copy.",
            "Move it away, or build with --force to let Twinsite take its place. A file to publish belongs in "
            "content/static.",
        ),
        Rule(
            "reserved-name",
            "error",
            "A name that no published file may have",
            "Twinsite keeps its list of written files in the output folder under a name of its own, and some signs "
            "cannot be part of an address.",
            "Give the file another name, of letters, digits, hyphens and dots.",
        ),
        Rule(
            "cannot-write",
            "error",
            "The output cannot be written",
            "The disk is full or read-only, or you are not allowed to write there. The old site is as it was.",
            "Do what the message says, then build again.",
        ),
        Rule(
            "output-busy",
            "error",
            "Another build is writing there",
            "Two builds into one folder would mix their files, so one waits for the other, for half a minute at most.",
            "Wait until the other is done, or build into another folder with --output.",
        ),
        Rule(
            "manifest-damaged",
            "warning",
            "The list of written files was damaged",
            "Twinsite notes what it wrote, to know what it may delete. Without the list, files of an old build may "
            "remain.",
            "Empty the output folder once, then build again.",
        ),
        Rule(
            "not-reproducible",
            "error",
            "A clean build makes other bytes",
            "Told only by build with --verify: the files in the output folder are not what a build from nothing makes. "
            "That is a fault of Twinsite, or of an extension.",
            "Report it; until then build with --no-cache.",
        ),
    ),
)

COMMANDS: Final = Group(
    "Commands",
    "What can be wrong with a command rather than with the site.",
    (
        Rule(
            "unknown-path",
            "error",
            "Nothing of that name to explain",
            "The command explain takes a file of content or an address of the site.",
            "Write one such as content/contests/spring.md or /contests/spring/.",
            "twinsite explain spring",
            "twinsite explain /contests/spring/",
            language="sh",
        ),
        Rule(
            "nothing-to-lock",
            "error",
            "No contest of that name to lock, or a day before its last lock",
            "The command lock takes the last step of a contest's address, its file or its address.",
            "Write one such as spring; leave out --now.",
            "twinsite lock sprnig",
            "twinsite lock spring",
            language="sh",
        ),
        Rule(
            "unknown-kind",
            "error",
            "A kind that does not exist",
            "The command new takes the name of a kind.",
            "Write one of the kinds that the message lists.",
            'twinsite new contst "Spring"',
            'twinsite new contest "Spring"',
            language="sh",
        ),
        Rule(
            "empty-title",
            "error",
            "A title of no words",
            "The command new makes the file's name from the title.",
            "Write the title in quotes.",
            'twinsite new contest ""',
            'twinsite new contest "Spring contest"',
            language="sh",
        ),
        Rule(
            "record-exists",
            "error",
            "There is such a record already",
            "The command new never overwrites a file.",
            "Choose another title, or change the file that is there.",
        ),
        Rule(
            "no-playbook",
            "error",
            "No playbook, or none for this level",
            "The command new fills a claim with what was decided before: playbook.yaml beside site.yaml.",
            "Copy the playbook in the guide and change its words to yours; or add the level to it.",
        ),
        Rule(
            "not-approved",
            "error",
            "Somebody publishes a claim whom the playbook does not name",
            "On a bad day one person decides, or one other while that person cannot be reached.",
            "Ask one of the two that the message names; or leave out --publish to write a draft.",
        ),
        Rule(
            "not-an-entry-code",
            "error",
            "An entry without a code, or with one that says who sent it",
            "The command import makes the address of an entry from its code. An e-mail address or a name would be "
            "public in it, even after the entry is withdrawn.",
            "Give every entry a random code of letters and digits.",
            "code,title\nmaria@example.com,My kite",
            "code,title\nK7Q2M9,My kite",
            language="csv",
        ),
        Rule(
            "repeated-code",
            "error",
            "Two entries with one code",
            "The command import makes one record for each code. The first row is taken, the second is not.",
            "Give every entry a code of its own.",
            "code,title\nK7Q2M9,My kite\nK7Q2M9,My other kite",
            "code,title\nK7Q2M9,My kite\nP4W8ZD,My other kite",
            language="csv",
        ),
        Rule(
            "formula-cell",
            "error",
            "A cell that is a formula",
            "What begins like a formula is carried out by spreadsheet programs when somebody opens the table. Entrants "
            "can write one into a form.",
            "Find out who sent it. If it is meant as it is, put a space or a quote before it.",
            "code,title\nK7Q2M9,=1+2",
            "code,title\nK7Q2M9,My kite",
            language="csv",
        ),
        Rule(
            "bad-column-map",
            "error",
            "A column map that does not say enough",
            "The map declares how an export is to be read. What it leaves open is not guessed: a wrong guess would put "
            "a wrong day or a wrong rating under somebody's name.",
            "Write what the message asks for.",
            "format: {date: DD/MM}",
            "format: {date: DD/MM/YYYY}",
        ),
        Rule(
            "undeclared-style",
            "error",
            "A cell that can be read in two ways",
            "03/04/2026 is a day in April or in March, 1.234 is a little or a lot, and <br> is a line break or four "
            "signs. Twinsite does not choose.",
            "Declare in the column map how the export is written.",
            "columns: {Date: published}",
            "columns: {Date: published}\nformat: {date: DD/MM/YYYY}",
        ),
        Rule(
            "undeclared-word",
            "error",
            "A word of the export whose meaning nobody declared",
            "The map translates the words of a column, and this one is not among them.",
            "Say in the map what it means.",
            "words:\n  relationship: {Organic: none}",
            "words:\n  relationship: {Organic: none, Seeded: gifted}",
        ),
        Rule(
            "port-in-use",
            "error",
            "The port is taken",
            "Another program, perhaps another preview, listens there.",
            "Use the free port that the message names, or end the other program.",
            "twinsite serve --port 8000",
            "twinsite serve --port 8001",
            language="sh",
        ),
        Rule(
            "port-not-allowed",
            "error",
            "The port cannot be used",
            "The computer does not let you listen there; ports below 1024 are for the system.",
            "Use a number from 1024 to 65535.",
            "twinsite serve --port 80",
            "twinsite serve --port 8000",
            language="sh",
        ),
        Rule(
            "unknown-host",
            "error",
            "An address that this computer does not have",
            "The preview can listen only on addresses of the computer it runs on.",
            "Leave --host out, or write 0.0.0.0 to be seen in your whole network.",
            "twinsite serve --host example.com",
            "twinsite serve --host 0.0.0.0",
            language="sh",
        ),
        Rule(
            "build-crashed",
            "error",
            "Twinsite failed while it built the preview",
            "That is a fault of Twinsite, not of your files. The preview keeps the last good site.",
            "Please report it with the text that is shown.",
        ),
    ),
)
