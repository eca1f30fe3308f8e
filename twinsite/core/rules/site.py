"""Rules of ``site.yaml``, of addresses, menus and words that gather records."""

from __future__ import annotations

from typing import Final

from twinsite.core.rules.rule import Group, Rule

SITE: Final = Group(
    "The site as a whole",
    "Settings in site.yaml, addresses, menus, and the words that gather records.",
    (
        Rule(
            "not-a-base-url",
            "error",
            "An address at which no site can stand",
            "base_url is the address of the finished site; feeds, calendars and search engines need it in full.",
            "Write an address that begins with https:// and has no ? or # in it.",
            "base_url: mailto:hello@example.com",
            "base_url: https://example.com/",
        ),
        Rule(
            "bad-permalink",
            "error",
            "A pattern that makes no addresses",
            "The pattern must give each record an address of its own, and no signs that addresses do not have.",
            "Begin and end it with / and use {slug}.",
            "permalinks:\n  announcement: /{year}/{title}",
            "permalinks:\n  announcement: /{year}/{slug}/",
        ),
        Rule(
            "unknown-name",
            "error",
            "A name that is none of those allowed",
            "The setting is written for a kind, feed or label by its name, and there is none of that name.",
            "Write one of the names that the message lists.",
            "outputs:\n  feeds: {contests: false}",
            "outputs:\n  feeds: {contest: false}",
        ),
        Rule(
            "not-an-origin",
            "error",
            "More than a server",
            "A server is allowed as a whole, by scheme and host.",
            "Leave out the path.",
            "allowed_origins: [https://media.example.com/pictures]",
            "allowed_origins: [https://media.example.com]",
        ),
        Rule(
            "not-a-folder",
            "error",
            "A folder that would mix source and site",
            "What a build makes must stay apart from what it is made of, or private notes would be published with it "
            "and files of yours overwritten. That holds for --output too, and for the cache, which keeps what is not "
            "public.",
            "Write a folder of its own, such as public.",
            "build: {output: content}",
            "build: {output: public}",
        ),
        Rule(
            "unknown-theme",
            "error",
            "A theme that does not exist",
            "Neither the site's own themes nor those that come with Twinsite have one of that name.",
            "Correct the name, or add the theme's folder to themes.",
            "theme: defualt",
            "theme: default",
        ),
        Rule(
            "unknown-extension",
            "error",
            "A Markdown extension that does not start",
            "Extensions are parts of Python-Markdown; this one is not installed here, its options are wrong, or it "
            "puts other files into a page.",
            "Correct its name or options, or install the package it belongs to.",
            "markdown:\n  engine: python-markdown\n  extensions: [footnote]",
            "markdown:\n  engine: python-markdown\n  extensions: [footnotes]",
        ),
        Rule(
            "empty-menu-item",
            "error",
            "A menu item that leads nowhere",
            "An item has a target, or items below it.",
            "Add to: with a path such as /contests/.",
            "menu:\n  - label: Contests",
            "menu:\n  - {label: Contests, to: /contests/}",
        ),
        Rule(
            "broken-menu",
            "error",
            "A menu item to a page that does not exist",
            "It would be wrong on every page of the site.",
            "Write the address of a page, or its file.",
            "menu:\n  - {label: About, to: /abuot/}",
            "menu:\n  - {label: About, to: /about/}",
        ),
        Rule(
            "not-an-alias",
            "error",
            "An alias that is no address of this site",
            "An alias is an address that a page of this site had before. Visitors who still have it are led to the new "
            "one.",
            "Write the path alone, as it stood behind the name of the site.",
            "aliases: [https://example.com/spring/]",
            "aliases: [/spring/]",
        ),
        Rule(
            "orphan-page",
            "notice",
            "A page that no other page leads to",
            "Visitors find it only by its address.",
            "Link to it, put it into the menu, or give its folder an _index.md, whose page lists it.",
            "menu:\n  - {label: About, to: /about/}",
            "menu:\n  - {label: About, to: /about/}\n  - {label: Terms, to: /terms/}",
        ),
        Rule(
            "undeclared-term",
            "error",
            "A word outside the declared vocabulary",
            "site.yaml lists the only words allowed here, so that nobody invents a near twin of one of them.",
            "Use one of the declared words, or add this one in site.yaml.",
            "tags: [coffe]",
            "tags: [coffee]",
        ),
        Rule(
            "two-spellings",
            "warning",
            "One word in two spellings",
            "Both lead to the same page, which can be headed by only one of them.",
            "Write it the same way everywhere.",
            "tags: [Coffee]   # elsewhere: coffee",
            "tags: [coffee]",
        ),
        Rule(
            "same-address",
            "error",
            "Two files at one address",
            "One would overwrite the other. Capital letters make no difference, because many hosts do not tell them "
            "apart. Every file that takes part is reported.",
            "Give one of them another slug, or rename it.",
            "content/pages/about.md\ncontent/static/about/index.html",
            "content/pages/about.md\ncontent/static/about-old/index.html",
            language="text",
        ),
    ),
)
