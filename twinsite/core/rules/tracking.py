"""Rules of tracked links and of media kits."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

TRACKING: Final = Group(
    "Tracked links and media kits",
    "Words in addresses that tell where a visit came from (utm_source and its like), and pictures that are passed on.",
    (
        Rule(
            "utm-inside",
            "error",
            "Tracking words on a link inside the site",
            "Whoever follows it would be counted as a new visit from that source, and where they came from is lost.",
            "Write the address alone, without ? and what follows.",
            "[Enter](/contests/spring/?utm_source=home)",
            "[Enter](/contests/spring/)",
            language="markdown",
        ),
        Rule(
            "utm-unknown-word",
            "error",
            "A tracking word that is not in the vocabulary",
            "Two spellings of one source are two sources in every report, for ever. So a link to a site of the brand "
            "carries only words that are known: of networks, of campaigns, and those in utm in site.yaml.",
            "Write the known word, or declare the new one.",
            "desired_action: {verb: buy, url: https://shop.example.com/?utm_source=newsleter}",
            "desired_action: {verb: buy, url: https://shop.example.com/?utm_source=newsletter}",
        ),
        Rule(
            "utm-not-a-word",
            "error",
            "A tracking word with capitals, spaces or other signs",
            "Reports tell Newsletter from newsletter, and what is no plain word is written in several ways.",
            "Write small letters and digits, with hyphens between words.",
            "utm:\n  sources: [Shop Window]",
            "utm:\n  sources: [shop-window]",
        ),
        Rule(
            "utm-personal",
            "error",
            "A person in a tracking word",
            "Addresses are passed on, kept in histories and sent to whoever measures visits. An e-mail address, a "
            "handle or a name in them is personal data where nobody expects it.",
            "Write a word that names no person, such as: bench-3.",
            "utm: ana-lopez",
            "utm: bench-3",
        ),
        Rule(
            "kit-picture-unknown",
            "error",
            "A picture left out that is not there",
            "kit.leave_out keeps pictures of the page out of the media kit. A name that fits none keeps nothing out.",
            "Write the file as the page's own fields write it.",
            "photo: {src: ana.jpg, alt: Ana}\nkit: {leave_out: [anna.jpg]}",
            "photo: {src: ana.jpg, alt: Ana}\nkit: {leave_out: [ana.jpg]}",
        ),
    ),
)
