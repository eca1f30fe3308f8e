"""The clause library: every clause that official rules may have, in order. Data alone; ``writing`` fills it.

A word in braces stands for a value that ``terms`` made of the contest's fields. A sentence is written where all its
values are given, all names in ``when`` hold and none in ``unless`` does; a clause is written where one of its sentences
or items is. So a clause can say nothing that no field says, but for the standing terms that any contest has. What the
clauses must cover is in the CAP Code 8.17 to 8.28 and in what United States practice expects of official rules; they
are no legal advice.
"""

from __future__ import annotations

from msgspec import Struct


class Sentence(Struct, frozen=True):
    """One sentence or a few that stand or fall together."""

    text: str
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Clause(Struct, frozen=True):
    """A clause: ``name`` is its anchor; after its ``sentences`` come the texts of the value ``items`` as a list, then
    ``after``.
    """

    name: str
    heading: str
    sentences: tuple[Sentence, ...] = ()
    items: str = ""
    after: tuple[Sentence, ...] = ()


CLAUSES = (
    Clause(
        "sponsor",
        "Who runs this contest",
        (
            Sentence("{title} is run by {sponsor} (the sponsor).", unless=("sponsor_address",)),
            Sentence("{title} is run by {sponsor}, {sponsor_address} (the sponsor)."),
            Sentence("Questions about the contest go to {sponsor_contact}."),
            Sentence("By entering you accept these rules."),
        ),
    ),
    Clause(
        "purchase",
        "No purchase necessary",
        (
            Sentence(
                "You need not buy anything to enter or to win, and buying something does not improve your chance.",
                unless=("purchase", "payment"),
            ),
            Sentence("What entering costs all the same: {cost_note}", unless=("purchase", "payment")),
            Sentence("A free way to enter: {free_route}", unless=("purchase", "payment")),
            Sentence("An entry made that way counts like any other.", unless=("purchase", "payment")),
        ),
    ),
    Clause(
        "costs",
        "What entering costs",
        (
            Sentence("To enter you must buy something.", when=("purchase",)),
            Sentence("To enter you must pay.", when=("payment",)),
            Sentence("{cost_note}", when=("purchase",)),
            Sentence("{cost_note}", when=("payment",)),
            Sentence("Proof of purchase: {proof_of_purchase}", when=("purchase",)),
            Sentence("What is to be had: {availability}", when=("purchase",)),
            Sentence("Another way, without buying anything: {free_route}", when=("purchase",)),
            Sentence("Another way, without paying: {free_route}", when=("payment",)),
        ),
    ),
    Clause(
        "eligibility",
        "Who may enter",
        (
            Sentence("The contest is open to people who live in {regions}.", unless=("minimum_age",)),
            Sentence("The contest is open to people aged {minimum_age} or over.", unless=("regions",)),
            Sentence("The contest is open to people aged {minimum_age} or over who live in {regions}."),
            Sentence("{eligibility_text}"),
            Sentence("These may not enter: {excluded}."),
            Sentence("The sponsor may ask a winner to show that all of this holds."),
        ),
    ),
    Clause(
        "period",
        "When",
        (
            Sentence("Entries open on {opens} and close on {closes}."),
            Sentence("An entry counts only if it reaches the sponsor in that time."),
            Sentence("Votes are counted from {voting_opens} to {voting_closes}."),
            Sentence("All times are those of {zone}. The sponsor’s clock decides."),
        ),
    ),
    Clause(
        "entry",
        "How to enter",
        (
            Sentence("There is one way to enter:", when=("one_way",)),
            Sentence("There are several ways to enter, and each counts the same:", when=("several_ways",)),
        ),
        items="methods",
        after=(
            Sentence("An entry must give: {fields}."),
            Sentence("One person may enter {limit}."),
            Sentence("Entries beyond that do not count.", when=("limit",)),
            Sentence("Entries made by machines, or in the name of somebody who does not know of it, do not count."),
            Sentence("Rights in what you send: {rights}"),
        ),
    ),
    Clause(
        "prizes",
        "Prizes",
        (
            Sentence("There is one prize:", when=("one_prize",)),
            Sentence("There are {prize_count} prizes:", unless=("one_prize",)),
        ),
        items="prizes",
        after=(
            Sentence("The total value of all prizes is about {total}.", unless=("one_prize",)),
            Sentence("Values are about what one would pay in a shop."),
            Sentence(
                "A prize cannot be exchanged for money or passed on, unless the sponsor agrees.", unless=("cash",)
            ),
            Sentence("Winners may take money instead of a prize; a prize cannot be passed on.", when=("cash",)),
            Sentence("When winners get their prizes: {prizes_sent}"),
            Sentence("If a prize cannot be had, the sponsor gives another of the same value or more."),
        ),
    ),
    Clause(
        "positions",
        "A position as a prize",
        items="positions",
        after=(
            Sentence("The position is offered on the terms above; whoever wins it may decline.", when=("positions",)),
        ),
    ),
    Clause(
        "winning",
        "How winners are found",
        (
            Sentence("The winners are drawn at random from all entries that count.", when=("draw",)),
            Sentence("How the draw is made: {draw_method}", when=("draw",)),
            Sentence("The odds of winning depend on the number of entries that count.", when=("draw",)),
            Sentence(
                "The public decides: the entries with the most votes that count win.",
                when=("vote",),
                unless=("vote_share",),
            ),
            Sentence("Votes that count decide {vote_share} per cent of the result, a panel the rest."),
            Sentence("The panel judges the entries that count by these criteria:", when=("vote_share", "criteria")),
            Sentence(
                "A panel judges the entries that count by these criteria:",
                when=("judged", "criteria"),
                unless=("vote_share",),
            ),
            Sentence("A panel judges the entries that count.", when=("judged",), unless=("criteria", "vote_share")),
        ),
        items="criteria",
        after=(
            Sentence("The panel: {panel}."),
            Sentence("At least one of them is independent of the sponsor.", when=("independent",)),
            Sentence("The judging ends on {judging_ends}.", when=("judged",)),
            Sentence("Ties: {tie_break}"),
            Sentence("Between equals these decide, one after the other: {tie_steps}."),
            Sentence("The decision is final.", unless=("draw",)),
        ),
    ),
    Clause(
        "telling",
        "How winners are told and published",
        (
            Sentence("How winners are told: {told}"),
            Sentence("Who does not answer within {response} gives way to the next in line."),
            Sentence("The winners are published on {winners_announced}, on the page of this contest."),
            Sentence(
                "Each is shown only as they agree: by full name, by surname and region, by initials, or not at all."
            ),
        ),
    ),
    Clause(
        "privacy",
        "Privacy",
        (
            Sentence(
                "What you send in is used to run this contest and to reach winners, and for nothing else "
                "unless you agree to it separately."
            ),
            Sentence("The privacy notice says what happens to it.", when=("privacy",)),
        ),
    ),
    Clause(
        "publicity",
        "Publicity",
        (
            Sentence(
                "The sponsor asks before it shows a winner’s name, picture or entry beyond what these rules say, "
                "and takes no for an answer."
            ),
        ),
    ),
    Clause(
        "taxes",
        "Taxes",
        (Sentence("Taxes on a prize, where the law asks for any, are the winner’s own matter."),),
    ),
    Clause(
        "liability",
        "Liability",
        (
            Sentence(
                "The sponsor is not liable for entries that are lost, late or damaged on their way, "
                "nor for what lies beyond its control."
            ),
            Sentence(
                "Nothing in these rules limits liability that the law does not allow to be limited, "
                "or the rights that you have as a consumer."
            ),
        ),
    ),
    Clause("platforms", "Social networks", items="releases"),
    Clause("places", "What the law of some places asks for", items="statements"),
    Clause(
        "law",
        "Governing law",
        (
            Sentence("These rules are under the law of {governing_law}."),
            Sentence("You keep the protection that the law of the place where you live gives you as a consumer."),
        ),
    ),
    Clause(
        "void",
        "Where it is not allowed",
        (Sentence("The contest is void where the law prohibits it.", unless=("void_said",)),),
    ),
    Clause("further", "Further conditions", items="extra_clauses"),
    Clause(
        "amendments",
        "Changes",
        (
            Sentence(
                "The sponsor changes these rules only for a reason, and lists every change here with its date.",
                unless=("amendments",),
            ),
            Sentence(
                "The sponsor changes these rules only for a reason. These changes were made:", when=("amendments",)
            ),
        ),
        items="amendments",
    ),
)
STANDING = frozenset(
    {
        "purchase",
        "eligibility",
        "telling",
        "law",
    }
)
"""Clauses that are written only where one of their sentences names a value, whatever else they have to say."""
