"""Rules that keep personal data out of what is published."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

PRIVACY: Final = Group(
    "Personal data",
    "Every finished file is looked through before anything is written. What looks like a way to reach a person is "
    "refused, unless somebody declared it as a contact.",
    (
        Rule(
            "public-email",
            "error",
            "An e-mail address that nobody declared as a contact",
            "Entrants, authors and colleagues gave you their address, and not the public. Once a site is copied, it "
            "cannot be taken back.",
            "Take it out. Addresses of the brand, of sponsors, of press contacts and of ways to enter are declared "
            "already; any other that everybody may use goes into policies.contacts.",
            "quote: Write to me at maria@example.org if you want to see it.",
            "policies:\n  contacts: [workshop@example.com]",
        ),
        Rule(
            "public-phone",
            "error",
            "A phone number that nobody declared as a contact",
            "A number can reach a person at any hour. Numbers with a country code are found, and national ones as they "
            "are written in Europe and North America.",
            "Take it out, or declare it in policies.contacts.",
            "Call Maria at 07700 900123.",
            'policies:\n  contacts: ["+44 20 7946 0000"]',
        ),
        Rule(
            "public-address",
            "error",
            "A postal address that nobody declared as a contact",
            "It says where somebody lives. Found are whole addresses of the United Kingdom, the United States and most "
            "of Europe: a house number and a street, and soon after them a postcode.",
            "Take it out, or declare it in policies.contacts.",
        ),
        Rule(
            "raw-entries",
            "error",
            "Raw entries that would be published",
            "Entries as they came in hold names and addresses. Nothing in a folder called entries-raw is ever "
            "published.",
            "Keep the file in entries-raw beside site.yaml, which git leaves out, and bring in what may be shown with "
            "twinsite import entries.",
        ),
    ),
)
