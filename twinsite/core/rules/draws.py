"""Rules of draws that anybody can recompute: the files a contest names, and the lists of entries."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

DRAWS: Final = Group(
    "Draws",
    "A draw is fixed with twinsite draw commit, held with twinsite draw run, and can be checked by anybody. A build "
    "checks what it can see without the entries; the commands check the list of entries row by row.",
    (
        Rule(
            "bad-draw-file",
            "error",
            "A file that is no commitment and no receipt",
            "draw names the commitment before the draw and the receipt after it, draw_list the list of leaves. "
            "The file is something else, has another name, or was changed by hand.",
            "Name the file as twinsite draw wrote it, and never edit it.",
            "draw: spring.json",
            "draw: spring.receipt.json",
        ),
        Rule(
            "draw-of-another",
            "error",
            "The draw of another contest",
            "The commitment says for which contest it was made, and that is not this one.",
            "Name the file of this contest's draw.",
        ),
        Rule(
            "draw-not-true",
            "error",
            "A draw that does not hold",
            "Something in the commitment, the receipt or the list of leaves does not follow from the rest, or "
            "does not fit the contest's dates and prizes. Visitors who check it would find that out.",
            "Bring back the files as twinsite draw wrote them. If the contest's own fields changed, change them back.",
        ),
        Rule(
            "draw-without-list",
            "warning",
            "A receipt without its list",
            "With the receipt alone nobody can see that no other code comes before the winners'.",
            "Name the list of leaves as well; it holds hashes, no codes and no names.",
            "draw: spring.receipt.json",
            "draw: spring.receipt.json\ndraw_list: spring.leaves.bin",
        ),
        Rule(
            "draw-not-shown",
            "warning",
            "A draw that the page does not show",
            "The commitment or the receipt lies beside the contest, but the contest does not name it, so nobody can "
            "read it. A commitment that is published only after its number is known proves nothing.",
            "Name the file with draw, and publish the site at once.",
            "draw: spring.commitment.json   (and spring.receipt.json lies beside)",
            "draw: spring.receipt.json",
        ),
        Rule(
            "winner-not-drawn",
            "error",
            "A winner whose code was not drawn",
            "The receipt says whose codes were drawn, and for which places; this entry's is not among them.",
            "Write the code as it stands in the file of winners that draw run wrote.",
        ),
        Rule(
            "unknown-contest",
            "error",
            "There is no contest of that name",
            "The commands of draw need a contest by its slug, its file or its address.",
            "Correct the name.",
            "twinsite draw commit sprng",
            "twinsite draw commit spring",
            language="sh",
        ),
        Rule(
            "draw-too-early",
            "error",
            "The list cannot be fixed while entries are accepted",
            "Whoever enters later would not be on it.",
            "Run the command once entries are closed.",
        ),
        Rule(
            "draw-committed",
            "error",
            "The list is fixed already",
            "A second list would undo what entrants were promised with the first.",
            "Go on with the first one. If it was never published, delete its commitment and begin again.",
        ),
        Rule(
            "seed-too-early",
            "error",
            "A seed that is known too early, or not yet",
            "A seed that is known while the list can still be changed lets the promoter choose the winners; and a"
            " draw can be held only once its seed is known.",
            "Choose a public value that will exist only later, or wait for it.",
        ),
        Rule(
            "seed-not-usable",
            "error",
            "A seed that cannot be written again exactly",
            "The seed and the words about its source are compared sign by sign: blanks around them or invisible "
            "characters would be lost.",
            "Write it on one line, without blanks around it.",
        ),
        Rule(
            "not-a-draw",
            "error",
            "A draw for a contest that a panel or the public decides",
            "Entrants were told that their entries are judged, or voted for.",
            "Find the winners as the contest says; or write kind_of: draw, before anybody enters.",
        ),
        Rule(
            "too-few-prizes",
            "error",
            "More winners than prizes",
            "Each winner wins a place, and there are not so many.",
            "Raise the quantity of a prize, or draw the others as reserves.",
        ),
        Rule(
            "too-few-entries",
            "error",
            "Fewer entries than winners and reserves",
            "Nobody can be drawn twice.",
            "Draw fewer winners or reserves.",
        ),
        Rule(
            "no-entries",
            "error",
            "Nobody takes part",
            "No row of the list has a code that takes part.",
            "Export the list again, and look at the column that says who takes part.",
        ),
        Rule(
            "no-commitment",
            "error",
            "The list was never fixed",
            "A draw is held on a list that was fixed before its seed was known.",
            "Run draw commit first.",
        ),
        Rule(
            "no-salt",
            "error",
            "The salt of the draw is missing",
            "Without the salt that draw commit kept, the codes do not lead to the committed list.",
            "Bring back the file in entries-raw/.",
        ),
        Rule(
            "entries-not-committed",
            "error",
            "Another list than the one that was fixed",
            "Its entries do not give the committed root: some were added, changed or taken away.",
            "Take the list as it was; draw commit kept its codes in entries-raw/.",
        ),
        Rule(
            "draw-done",
            "error",
            "The contest has been drawn already",
            "A draw is held once. The receipt that is there says something else.",
            "Keep the receipt that is there.",
        ),
        Rule(
            "bad-code",
            "error",
            "A code that cannot be used",
            "Codes are compared sign by sign, so blanks and invisible characters would keep an entrant from "
            "finding the own code.",
            "Use the letters A to Z, digits, and the marks - . _ ~ after the first sign.",
            "k7q2 m9xw",
            "k7q2-m9xw-4ht8-pz3v",
            language="text",
        ),
        Rule(
            "code-is-address",
            "error",
            "An e-mail address in place of a code",
            "Whoever knows an address could find out that its owner entered, and whether they won.",
            "Give each entry a random code.",
            "jo@example.org",
            "k7q2-m9xw-4ht8-pz3v",
            language="text",
        ),
        Rule(
            "code-like-formula",
            "error",
            "A code that a spreadsheet would run",
            "A cell that begins with = + - or @ is a formula for many programs, and can do harm where the list is"
            " opened.",
            "Begin codes with a letter or a digit.",
            '=HYPERLINK("x")',
            "k7q2-m9xw-4ht8-pz3v",
            language="text",
        ),
        Rule(
            "code-guessable",
            "error",
            "A code that can be guessed",
            "After the draw everybody may test guesses against the list of leaves. Codes that are short, or "
            "counted up, would be found.",
            "Let your form service make random codes of 16 or more letters and digits.",
            "LC-2026-0001",
            "k7q2-m9xw-4ht8-pz3v",
            language="text",
        ),
        Rule(
            "same-code",
            "error",
            "Two entries with one code",
            "Every entry has a code of its own, or one of them would be drawn for both.",
            "Delete the row that was exported twice, or give it a code of its own.",
        ),
        Rule(
            "more-problems",
            "error",
            "More problems than are listed",
            "A list of entries is told of its first twenty problems.",
            "Correct these, then run the command again.",
        ),
    ),
)
