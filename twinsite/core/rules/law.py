"""Rules of law and networks: what jurisdictions ask of a contest, and what platforms forbid."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

LAW: Final = Group(
    "Law and networks",
    "What the law of a place asks of a contest, and what networks want of contests on them. The page about what the "
    "law asks lists every line. None of it is legal advice.",
    (
        Rule(
            "unknown-jurisdiction",
            "error",
            "A jurisdiction without a profile",
            "Nothing says what the law asks for there, so nothing can be checked.",
            "Write one of the names that the message lists, or describe the jurisdiction in content/jurisdictions/.",
            "jurisdictions: [england]",
            "jurisdictions: [uk]",
        ),
        Rule(
            "law-requires",
            "error",
            "A contest lacks what the law of one of its jurisdictions demands",
            "The message names the jurisdiction, the rule and what it wants.",
            "The last line says what to write where, and where the rule can be read.",
            "jurisdictions: [uk]\nsponsor:\n  name: Larkfield Coffee Ltd.",
            "jurisdictions: [uk]\nsponsor:\n  name: Larkfield Coffee Ltd.\n  address: The Old Mill, Leeds",
        ),
        Rule(
            "law-may-apply",
            "warning",
            "A contest to which one more rule may apply",
            "Whether it applies depends on what only you know, so the build goes on.",
            "The last line says what to write where, and where the rule can be read.",
            "jurisdictions: [us]\neligibility:\n  minimum_age: 8",
            "jurisdictions: [us]\neligibility:\n  minimum_age: 13",
        ),
        Rule(
            "statement-not-shown",
            "error",
            "A page without a sentence that it must show",
            "Law or a network wants the sentence on the page itself. The default theme shows it; a template of another "
            "theme leaves it out.",
            "Include contest/law.html in the template, or give each sentence an element with the id that the message "
            "names.",
            '{% include "contest/prizes.html" %}',
            '{% include "contest/prizes.html" %}\n{% include "contest/law.html" %}',
            language="jinja",
        ),
        Rule(
            "unknown-platform",
            "error",
            "A way to enter on a network that Twinsite does not know",
            "Networks want a release and a sentence that they have nothing to do with the contest. The page shows it "
            "for each network that it knows.",
            "Write the network as the message suggests, or describe it in content/platforms/.",
            "methods:\n  - type: post\n    platform: Instagramm\n    disclosure_tag: '#contest'",
            "methods:\n  - type: post\n    platform: Instagram\n    disclosure_tag: '#contest'",
        ),
        Rule(
            "entry-platform-missing",
            "warning",
            "A post without the network on which it is made",
            "Without its name the page cannot release the network, as networks demand.",
            "Add platform to this way to enter.",
            "methods:\n  - type: post\n    hashtag: '#CupOfSpring'\n    disclosure_tag: '#contest'",
            "methods:\n  - type: post\n    platform: Instagram\n    hashtag: '#CupOfSpring'\n"
            "    disclosure_tag: '#contest'",
        ),
        Rule(
            "entry-tag-missing",
            "error",
            "A post that does not say that it is an entry",
            "Whoever posts to win something has a connection with the brand, and readers must be told of it: "
            "16 CFR 255.5(a) names the possibility of winning a prize.",
            "Add disclosure_tag to this way to enter.",
            "methods:\n  - type: post\n    platform: Instagram\n    hashtag: '#CupOfSpring'",
            "methods:\n  - type: post\n    platform: Instagram\n    hashtag: '#CupOfSpring'\n"
            "    disclosure_tag: '#contest'",
        ),
        Rule(
            "entry-tag-unclear",
            "error",
            "A tag that tells readers nothing",
            "A tag with only the brand's words does not say that there is a prize to win; the FTC wrote so to Cole "
            "Haan in 2014 about #WanderingSole.",
            "Write a tag that contains contest, sweepstakes or giveaway, or begins with ad.",
            "disclosure_tag: '#CupOfSpring'",
            "disclosure_tag: '#CupOfSpringContest'",
        ),
        Rule(
            "forbidden-entry",
            "error",
            "A way to enter that the network forbids",
            "A network may take the post or the whole account down, and entries made that way are worth nothing.",
            "Ask for something else; the last line says what would do.",
            "platform: Facebook\ninstructions: Tag three friends in a comment.",
            "platform: Facebook\ninstructions: Say in a comment whom you would take along, without tagging them.",
        ),
        Rule(
            "position-incomplete",
            "error",
            "A position to be won of which something is not said",
            "Whoever tries to win work must know when and where it is, how many hours, who supervises and who employs.",
            "Add what the message names.",
            "position:\n  title: Social media intern\n  unpaid: true",
            "position:\n  title: Social media intern\n  unpaid: true\n  starts: 2026-09-01\n  ends: 2027-02-26\n"
            "  hours_per_week: 20\n  place: Leeds\n  supervisor: Noor Haddad\n  employer: Larkfield Coffee Ltd.",
        ),
        Rule(
            "not-a-country",
            "error",
            "A country that is not written in two letters",
            "Search engines and the law need to know which country is meant.",
            "Write its two capital letters (ISO 3166).",
            "country: UK",
            "country: GB",
        ),
        Rule(
            "bad-profile",
            "error",
            "A file of a jurisdiction or platform that says something impossible",
            "Contests are held against this file, so a mistake in it must not pass in silence.",
            "Correct what the message names; the page about what the law asks explains each word.",
            "need: {one_of: [sponsor.adress]}",
            "need: {one_of: [sponsor.address]}",
        ),
    ),
)
