"""Rules of fields: which there are, which must be there, which shape they have, what they may refer to."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

FIELDS: Final = Group(
    "Fields",
    "Every field of every kind is known. A wrong name or shape is an error, because a field that is silently ignored "
    "is how a site comes to miss a deadline.",
    (
        Rule(
            "unknown-field",
            "error",
            "A field that does not exist",
            "There is no field of this name here. Most often it is a slip of the pen, or the field belongs one level "
            "higher or lower.",
            "Write the name that the message suggests, or move the field to where it belongs.",
            "winner_announced: 2026-07-01 12:00",
            "winners_announced: 2026-07-01 12:00",
        ),
        Rule(
            "missing-field",
            "error",
            "A field that must be there",
            "The page cannot be made, or would mislead, without it.",
            "Add the field; the message shows how it may look.",
            "kind_of: draw\nopens: 2026-06-01 09:00",
            "kind_of: draw\nopens: 2026-06-01 09:00\ncloses: 2026-06-30 23:59:59",
        ),
        Rule(
            "empty-value",
            "error",
            "An empty item of a list",
            "A hyphen with nothing after it is an item without a value.",
            "Write the value, or delete the line.",
            "tags:\n  - spring\n  -",
            "tags:\n  - spring",
        ),
        Rule(
            "value-for-list",
            "error",
            "A single value where a list belongs",
            "The field can hold several values, so it is always written as a list, even with one item.",
            "Put the values in brackets, or each on a line of its own after a hyphen.",
            "tags: spring, coffee",
            "tags: [spring, coffee]",
        ),
        Rule(
            "mapping-for-list",
            "error",
            "A single item where a list belongs",
            "The field holds several items, each with fields of its own, so even one item begins with a hyphen.",
            "Begin the item with a hyphen and indent its other fields below.",
            "prizes:\n  name: Espresso machine",
            "prizes:\n  - name: Espresso machine",
        ),
        Rule(
            "value-for-fields",
            "error",
            "A single value where further fields belong",
            "The field is made of fields of its own.",
            "Write them below it, indented by two spaces.",
            "sponsor: Brightleaf Ltd",
            "sponsor:\n  name: Brightleaf Ltd",
        ),
        Rule(
            "list-for-fields",
            "error",
            "A list where further fields belong",
            "The field is made of fields of its own, and there is one of it, so it has no hyphens.",
            "Leave the hyphens out.",
            "sponsor:\n  - name: Brightleaf Ltd",
            "sponsor:\n  name: Brightleaf Ltd",
        ),
        Rule(
            "list-for-value",
            "error",
            "A list where one value belongs",
            "The field takes a single value.",
            "Write it without brackets and hyphens.",
            "title: [Spring contest]",
            "title: Spring contest",
        ),
        Rule(
            "mapping-for-value",
            "error",
            "Further fields where one value belongs",
            "The field takes a single value. An indented line below it makes fields of it, and so do curly brackets.",
            "Write the value after the colon, on the same line; in quotes if it begins with a bracket.",
            "title:\n  text: Spring contest",
            "title: Spring contest",
        ),
        Rule(
            "unknown-reference",
            "error",
            "A record that does not exist",
            "The field or component names another record, and there is none of that name. On the page a person, prize "
            "or product would be missing.",
            "Write the name of the record's file without .md, or add the record.",
            "twintern: anna-lopez",
            "twintern: ana-lopez",
        ),
        Rule(
            "missing-alt",
            "error",
            "A picture without words for those who cannot see it",
            "People who are blind hear the alt text instead of the picture. Without one they hear a file's name.",
            "Say in a few words what the picture shows, or mark it as decorative if it says nothing. In a text it is "
            "only a warning: there, empty brackets may be meant.",
            "image:\n  src: poster.jpg",
            "image:\n  src: poster.jpg\n  alt: A hand pours milk into a cup, drawing a leaf",
            also=("warning",),
        ),
        Rule(
            "missing-body",
            "error",
            "Nothing where a text belongs",
            "The record or component consists of its text, and there is none.",
            "Write the text: of a record below the second ---, of a component between its first line and :::.",
            "::: faq\n:::",
            "::: faq\n## May I enter twice?\nNo, once for each person.\n:::",
            language="markdown",
        ),
        Rule(
            "same-slug",
            "error",
            "Two records of one name",
            "Other records could not say which of the two they mean, and both would have the same address. Both files "
            "are reported.",
            "Rename one of them, or give it another slug.",
            "content/contests/2025/spring.md\ncontent/contests/2026/spring.md",
            "content/contests/2025/spring-2025.md\ncontent/contests/2026/spring.md",
            language="text",
        ),
        Rule(
            "dates-out-of-order",
            "error",
            "A date that is earlier than one it must follow",
            "A contest cannot close before it opens, nor a permission end before it was given.",
            "Correct one of the two dates; the problem stands at the later field.",
            "opens: 2026-06-01 09:00\ncloses: 2026-05-01 09:00",
            "opens: 2026-05-01 09:00\ncloses: 2026-06-01 09:00",
        ),
    ),
)
