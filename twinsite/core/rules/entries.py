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
