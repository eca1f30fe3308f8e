"""Rules of themes: templates, components and assets. For those who write themes."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

THEMES: Final = Group(
    "Themes and templates",
    "For those who write or change a theme. Problems name the page that could not be made and every template on the "
    "way to the fault, with its line.",
    (
        Rule(
            "template-error",
            "error",
            "A template that failed",
            "It asks for something that does not exist, or runs without end.",
            "Correct the name, or test an optional value before using it.",
            "{{ page.titel }}",
            "{{ page.title }}",
            language="jinja",
        ),
        Rule(
            "template-syntax",
            "error",
            "A template that cannot be read",
            "A tag is misspelt or not closed.",
            "Mend the line that the message names.",
            "{% if page.image %}",
            "{% if page.image %}…{% endif %}",
            language="jinja",
        ),
        Rule(
            "missing-template",
            "error",
            "A template that does not exist",
            "A page, or another template, asks for it.",
            "Add the file to templates, or let the theme extend one that has it.",
            '{% include "parts/haeder.html" %}',
            '{% include "parts/header.html" %}',
            language="jinja",
        ),
        Rule(
            "endless-theme",
            "error",
            "A theme that extends itself",
            "The chain of themes must end somewhere.",
            "Let the last theme of the chain extend nothing, or default.",
            "extends: ours   # in themes/ours",
            "extends: default",
        ),
        Rule(
            "missing-asset",
            "error",
            "A style sheet, script or picture that the theme lacks",
            "theme.yaml or a style sheet names a file that is not in assets.",
            "Correct the name, or add the file.",
            "stylesheets: [stile.css]",
            "stylesheets: [style.css]",
        ),
        Rule(
            "bad-component-schema",
            "error",
            "A component's schema that cannot be used",
            "The schema says which parameters a component takes; a part of it is not in the right form.",
            "Write what the message asks for.",
            "body: maybe",
            "body: optional",
        ),
    ),
)
