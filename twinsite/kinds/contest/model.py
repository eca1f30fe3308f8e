"""What an editor writes about a contest: the model and its parts. Only fields; what follows from them is beside it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from twinsite.core.instants import wrong
from twinsite.core.record import Image, Model, Money, Record
from twinsite.core.values import (
    Amount,
    Date,
    FileName,
    Flag,
    Hashtag,
    Instant,
    Ref,
    Slug,
    TableName,
    Target,
    Text,
    Url,
    Whole,
    Zone,
)
from twinsite.kinds.contest.after import Number
from twinsite.kinds.contest.counts import ScoreTable, SetAside, VoteTable
from twinsite.kinds.contest.form import Consent, FormField, HiddenField
from twinsite.kinds.contest.position import Position
from twinsite.kinds.parts import in_range


class Sponsor(Model):
    """The company that runs the contest and answers for it."""

    name: Text = Field(description="The sponsor's legal name, such as: Larkfield Coffee Ltd.")
    address: Text | None = Field(default=None, description="The postal address that the official rules name.")
    url: Url | None = Field(default=None, description="The sponsor's own site.")
    contact: Text | None = Field(default=None, description="Where questions go, such as: contests@example.org.")


class Voting(Model):
    """The days on which the public votes."""

    opens: Instant = Field(description="When votes are first accepted, such as: 2026-06-02 09:00.")
    closes: Instant = Field(description="When votes are no longer accepted, such as: 2026-06-09 18:00.")
    url: Target | None = Field(
        default=None, description="Where people vote, such as: https://votes.example/spring; the page's call then."
    )
    share: Annotated[Amount, in_range(0, 100)] | None = Field(
        default=None, description="How much of the result the votes decide, in per cent, where a panel scores as well."
    )
    votes: VoteTable | None = Field(
        default=None, description="The votes, once they are counted.", json_schema_extra={"public": False}
    )
    leaderboard: Flag = Field(
        default=False, description="true when the page shows the votes before the winners are announced."
    )


class Eligibility(Model):
    """Who may enter."""

    regions: tuple[Text, ...] = Field(default=(), description="Where entrants must live, such as: [UK, Ireland].")
    minimum_age: Annotated[Whole, in_range(0, 120)] | None = Field(
        default=None, description="The youngest age allowed, in years."
    )
    excluded: tuple[Text, ...] = Field(
        default=(), description="Who may not enter, such as: [employees of the sponsor and their households]."
    )
    text: Text | None = Field(default=None, description="Anything else about who may enter, in a sentence or two.")


class Method(Model):
    """One way to enter."""

    type: Literal["form", "post", "email", "mail"] = Field(
        description="How people enter: form (a web form), post (on a network), email, or mail (on paper)."
    )
    url: Url | None = Field(default=None, description="The form's address, or mailto: with the address to write to.")
    hashtag: Hashtag | None = Field(default=None, description="The tag a post must carry, in quotes: '#CupOfSpring'.")
    platform: Text | None = Field(default=None, description="The network a post must be on, such as: Instagram.")
    instructions: Text | None = Field(default=None, description="What to do, step by step, in plain words.")
    disclosure_tag: Hashtag | None = Field(
        default=None, description="The tag that tells readers it is a contest entry, in quotes: '#contest'."
    )
    hosted: Flag = Field(
        default=False, description="true when the url of a form is a page to fill in, not the address it is sent to."
    )
    hidden: tuple[HiddenField, ...] = Field(
        default=(), description="What the form sends besides, because the service asks for it, such as _next."
    )
    honeypot: Text = Field(
        default="leave_empty", description="The name of a field that only robots see and fill, as the service calls it."
    )
    subject: Text | None = Field(default=None, description="The subject of the e-mail; the contest's title if empty.")
    address: Text | None = Field(default=None, description="Where paper goes; the sponsor's address if empty.")


class Entry(Model):
    """How to enter, and what entering asks of people."""

    methods: tuple[Method, ...] = Field(default=(), description="The ways to enter, each with its type.")
    limit_per_person: Annotated[Whole, in_range(1)] | None = Field(
        default=None, description="How often one person may enter."
    )
    cost: Literal["free", "purchase", "payment"] | None = Field(
        default=None, description="What entering costs: free, purchase (something is bought) or payment (a fee)."
    )
    cost_note: Text | None = Field(
        default=None, description="More about the cost, such as: You pay for your own stamp and data."
    )
    free_route: Text | None = Field(default=None, description="How to enter without buying anything, if not obvious.")
    proof_of_purchase: Text | None = Field(
        default=None,
        description="What shows that something was bought, such as: Keep the receipt; we ask winners for it.",
    )
    in_shops: Flag = Field(default=False, description="true when people enter in shops.")
    reviews: Flag = Field(default=False, description="true when entering means writing a review.")
    rights: Text | None = Field(
        default=None,
        description="Who owns what is sent in and how it may be used, such as: It stays yours; we may show it here.",
    )
    fields: tuple[FormField, ...] = Field(
        default=(),
        description="What an entry must say; with an address of type form, the fields of the form on the page.",
    )
    consent: Consent = Field(default=Consent.usual(), description="What people are asked to agree to when they enter.")


class Prize(Model):
    """What can be won."""

    place: Text | None = Field(
        default=None, description="What winning it is called, such as: 1 or Runner-up; its number in the list if empty."
    )
    name: Text = Field(description="The prize in a few words, such as: Espresso machine.")
    quantity: Annotated[Whole, in_range(1)] = Field(
        default=1, description="How many of this prize there are; 1 if not given."
    )
    value: Money | None = Field(default=None, description="The approximate retail value of one, amount and currency.")
    description: Text | None = Field(default=None, description="The prize in a sentence or two.")
    image: Image | None = Field(default=None, description="A picture of the prize.")
    position: Position | None = Field(default=None, description="The position, when the prize is one.")


def need_prize(prizes: tuple[Prize, ...]) -> tuple[Prize, ...]:
    """Refuse an empty list of prizes, with the rule ``no-prize``."""
    if not prizes:
        raise wrong("no-prize", "A contest needs at least one prize.", 'Add a prize: "- name: ..." below "prizes:".')
    return prizes


def sum_values(prizes: Sequence[Prize]) -> dict[str, Decimal]:
    """The value of all prizes together, each as often as there are of it, by currency in alphabetical order."""
    totals: dict[str, Decimal] = {}
    for prize in prizes:
        if prize.value:
            so_far = totals.get(prize.value.currency, Decimal(0))
            totals[prize.value.currency] = so_far + prize.value.amount * prize.quantity
    return dict(sorted(totals.items()))


class Criterion(Model):
    """One thing that judges look at."""

    name: Text = Field(description="What is judged, such as: Originality.")
    weight: Annotated[Amount, in_range(0, 100)] | None = Field(
        default=None, description="Its share of the score, in per cent."
    )


class Judge(Model):
    """A member of the panel."""

    name: Text = Field(description="The judge's name.")
    role: Text | None = Field(default=None, description="Who the judge is, such as: Editor of The Cup.")
    independent: Flag = Field(default=False, description="true when the judge does not work for the sponsor.")
    chair: Flag = Field(default=False, description="true for the judge whose score settles ties, if tie_rule says so.")


class Judging(Model):
    """How entries are judged."""

    criteria: tuple[Criterion, ...] = Field(default=(), description="What counts; the weights add up to 100.")
    panel: tuple[Judge, ...] = Field(default=(), description="Who judges.")
    tie_break: Text | None = Field(default=None, description="What decides between equal scores, in a sentence.")
    tie_rule: tuple[Text, ...] = Field(
        default=(),
        description="The same so that it can be worked out, step by step: criteria, votes, earliest, chair, shared.",
    )
    scores: ScoreTable | None = Field(
        default=None, description="The scores, once the panel has given them.", json_schema_extra={"public": False}
    )
    set_aside: tuple[SetAside, ...] = Field(
        default=(),
        description="Entries that win nothing whatever their result, each with its reason.",
        json_schema_extra={"public": False},
    )


class Rules(Model):
    """What the official rules need beyond the other fields."""

    governing_law: Text | None = Field(default=None, description="The law that applies, such as: England and Wales.")
    extra_clauses: tuple[Text, ...] = Field(default=(), description="Clauses to add, each a paragraph.")
    pdf: FileName | None = Field(default=None, description="A PDF of the rules, beside this file.")


class Amendment(Model):
    """A change made after the contest was published."""

    date: Date = Field(description="The day of the change, such as: 2026-05-20.")
    change: Text = Field(description="What changed, in a sentence.")
    reason: Text | None = Field(default=None, description="Why it had to change.")
    fields: tuple[Text, ...] = Field(
        default=(), description="The locked fields that changed, such as: [closes, prizes, eligibility.minimum_age]."
    )


class Registration(Model):
    """The registration of the contest with an authority, or why none is needed."""

    place: Text = Field(description="Where it is registered, such as: New York.")
    filed_on: Date | None = Field(default=None, description="The day on which it was filed, such as: 2026-08-01.")
    reference: Text | None = Field(default=None, description="The number or name under which it was filed.")
    not_needed: Text | None = Field(
        default=None, description="Why it need not be registered there, such as: Not open to people in New York."
    )


class Winner(Model):
    """Somebody who won, and what may be said of them."""

    place: Text = Field(description="The place they won, as written on the prize, such as: 1.")
    twintern: Annotated[str, Ref("twintern")] | None = Field(
        default=None, description="The winner's page, when the winner is one of the twinterns."
    )
    name: Text | None = Field(
        default=None,
        description='The full name; with a comma when the surname is not the last word: "Lopez Garcia, Ana".',
    )
    region: Text | None = Field(default=None, description="Where the winner lives, such as: Kent.")
    publish_as: Literal["full", "initials", "surname_region", "withheld"] = Field(
        description="What the winner agreed to have shown: full, initials, surname_region or withheld."
    )
    consent: Flag = Field(default=False, description="true once the winner has agreed to it.")
    entry: Text | None = Field(default=None, description="The winning entry: its title or its code, never an e-mail.")
    status: Literal["offered", "redrawn", "accepted", "delivered"] | None = Field(
        default=None,
        description="Where the prize is: offered, redrawn (passed on to this reserve), accepted or delivered.",
    )
    offered_on: Date | None = Field(default=None, description="The day on which the winner was told.")
    redrawn_on: Date | None = Field(
        default=None, description="The day on which the prize passed to this winner, a reserve, from another."
    )
    accepted_on: Date | None = Field(default=None, description="The day on which the winner said yes.")
    delivered_on: Date | None = Field(default=None, description="The day on which the prize was handed over.")


class Contest(Record):
    """A contest, a draw or a vote with prizes."""

    title: Text = Field(description="The contest's name, such as: A cup of spring.")
    kind_of: Literal["judged", "draw", "vote"] = Field(
        description="How winners are found: judged (by a panel), draw (by chance) or vote (by the public)."
    )
    sponsor: Sponsor = Field(description="The company that runs the contest and answers for it.")
    opens: Instant = Field(description="When entries are first accepted, such as: 2026-05-01 09:00.")
    closes: Instant = Field(description="When entries are no longer accepted, such as: 2026-06-01 18:00.")
    voting: Voting | None = Field(default=None, description="When the public votes; a vote needs it.")
    judging_ends: Instant | None = Field(default=None, description="When the judges have decided.")
    winners_announced: Instant | None = Field(
        default=None, description="When the winners are published; before that instant none is shown."
    )
    timezone: Zone | None = Field(
        default=None, description="The zone of this contest's times, such as: Europe/London; the site's if empty."
    )
    eligibility: Eligibility | None = Field(default=None, description="Who may enter.")
    jurisdictions: tuple[Slug, ...] = Field(default=(), description="Whose rules apply, such as: [us, uk, eu].")
    entry: Entry | None = Field(default=None, description="How to enter.")
    prizes: Annotated[tuple[Prize, ...], AfterValidator(need_prize)] = Field(
        description="What can be won, best prize first."
    )
    judging: Judging | None = Field(default=None, description="How entries are judged.")
    how_winners_are_told: Text | None = Field(
        default=None, description="How and when winners hear of it, such as: By e-mail within 7 days of closing."
    )
    days_to_respond: Annotated[Whole, in_range(1, 366)] | None = Field(
        default=None, description="How many days a winner has to answer before the next in line is asked."
    )
    prizes_sent: Text | None = Field(
        default=None, description="When winners get their prizes, such as: Within two weeks of the announcement."
    )
    cash_alternative: Flag | None = Field(
        default=None, description="Whether winners may take money instead of a prize: true or false."
    )
    draw_method: Text | None = Field(
        default=None, description="How a draw is made fair, such as: Drawn by computer; anyone can check the receipt."
    )
    availability: Text | None = Field(
        default=None, description="Limits of what one must buy or get to enter, such as: While marked packs last."
    )
    registrations: tuple[Registration, ...] = Field(
        default=(), description="Where the contest is registered, as some states ask for, or why it need not be."
    )
    products: tuple[Annotated[str, Ref("product")], ...] = Field(default=(), description="The products it is about.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    privacy_url: Target | None = Field(default=None, description="Where entrants read what happens to their data.")
    rules: Rules | None = Field(default=None, description="What the official rules need beyond the other fields.")
    amendments: tuple[Amendment, ...] = Field(default=(), description="Changes made after publication, oldest first.")
    winners: tuple[Winner, ...] = Field(
        default=(),
        description="Who won; each is shown only from winners_announced on, and only as they chose.",
        json_schema_extra={"public": False},
    )
    results: TableName | None = Field(
        default=None,
        description="The table in content/data with the full result; nobody sees it before winners_announced.",
        json_schema_extra={"public": False},
    )
    numbers: tuple[Number, ...] = Field(
        default=(), description="What was counted, each with its day and source; shown as soon as it is written."
    )
    story: Annotated[str, Ref("announcement")] | None = Field(
        default=None,
        description="The announcement that tells of the winners; the page leads to it once they are announced.",
        json_schema_extra={"public": False},
    )
    followed_by: Annotated[str, Ref("contest")] | None = Field(
        default=None, description="The contest after this one, for people who come too late."
    )
    draw: FileName | None = Field(
        default=None, description="The commitment before the draw and the receipt after it, beside this file."
    )
    draw_list: FileName | None = Field(
        default=None, description="The list of leaves with which anybody can do the draw again, beside this file."
    )
    status_override: Literal["void"] | None = Field(
        default=None, description="void when the contest was called off; the page then says so, whatever the dates."
    )
