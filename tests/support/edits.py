"""What editors, designers and accidents do to a small site: the single edits that the random ones are made of.

An edit is a name and a value; ``None`` takes the value away. Some are wrong alone, some only with others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO

from PIL import Image

from tests.support.bare import BARE
from tests.support.records import make_record
from twinsite.core.lock import digest_fields
from twinsite.kinds import kind_named


@cache
def make_picture(seed: int) -> bytes:
    """A JPEG of many colours, whose bytes depend on the quality it is published in."""
    data = BytesIO()
    gradient = Image.radial_gradient("L") if seed % 2 else Image.linear_gradient("L")
    gradient.resize((40, 30)).save(data, "JPEG", quality=95)
    return data.getvalue()


FOLDERS = {
    "page": "pages",
    "announcement": "announcements",
    "contest": "contests",
    "twintern": "twinterns",
    "showcase": "showcases",
    "product": "products",
    "campaign": "campaigns",
}
NEW: Mapping[str, Mapping[str, str]] = {
    "page": {"title": "A page"},
    "announcement": {"title": "News", "date": "2026-03-04"},
    "contest": {
        "title": "A contest",
        "kind_of": "draw",
        "sponsor": "{name: Brightleaf, address: 1 Mill Lane, contact: a@example.org}",
        "opens": "2026-03-02 09:00",
        "closes": "2026-05-02 18:00",
        "prizes": "[{place: 1, name: Tea, value: {amount: 10, currency: GBP}}]",
        "entry": "{methods: [{type: form, url: https://forms.example/cup}], free_route: Send a card.}",
        "eligibility": "{regions: [Kent], minimum_age: 18}",
    },
    "twintern": {"name": "Ana", "handle": "ana", "relationship": "none"},
    "showcase": {
        "medium": "review",
        "author": "{name: Kim}",
        "relationship": "none",
        "published": "2026-02-03",
        "permission": "{status: granted, answered_on: 2026-02-14}",
        "quote": "Lovely.",
    },
    "product": {"title": "Tea"},
    "campaign": {"title": "Spring"},
}
FIELDS: tuple[tuple[str, str | None], ...] = (
    ("title", "Another name"),
    ("title", "Ünïcode & <b>"),
    ("title", "A page"),
    ("summary", "In short."),
    ("summary", None),
    ("tags", "[tea]"),
    ("tags", "[tea, spring, Kent]"),
    ("tags", "[spring]"),
    ("tags", None),
    ("date", "2025-12-31"),
    ("date", "2026-03-04"),
    ("date", "2026-08-09"),
    ("updated", "2026-05-06"),
    ("weight", "3"),
    ("featured", "yes"),
    ("featured", None),
    ("draft", "yes"),
    ("draft", None),
    ("publish_at", "2026-05-01 12:00"),
    ("publish_at", None),
    ("expires_at", "2026-05-20 12:00"),
    ("expires_at", None),
    ("aliases", "[/old/place/]"),
    ("aliases", "[/b/]"),
    ("aliases", None),
    ("slug", "renamed"),
    ("slug", None),
    ("uid", "kept"),
    ("image", "{src: cup.jpg, alt: A cup}"),
    ("image", None),
    ("data", "[points]"),
    ("data", None),
    ("seo", "{title: For machines, noindex: yes}"),
    ("seo", None),
    ("audience", "[press]"),
    ("desired_action", "{verb: read, url: https://example.org/}"),
)
OWN_FIELDS: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "announcement": (
        ("embargo", "2026-04-20 06:00"),
        ("embargo", None),
        ("campaign", "a"),
        ("contest", "a"),
        ("contest", None),
        ("dateline", "LEEDS"),
        ("twinterns", "[a]"),
    ),
    "contest": (
        ("closes", "2026-05-20 18:00"),
        ("closes", "2026-01-01 18:00"),
        ("status_override", "void"),
        ("status_override", None),
        ("campaign", "a"),
        ("timezone", "America/New_York"),
        ("timezone", None),
    ),
    "twintern": (
        ("handle", '"@bee"'),
        ("regions", "[Kent, Leeds]"),
        ("skills", "[tea]"),
        ("private", "{email: secret@home.example}"),
        ("photo", "{src: cup.jpg, alt: Ana}"),
    ),
    "showcase": (
        ("quote", "Better than coffee."),
        ("contest", "a"),
        ("twintern", "a"),
        ("twintern", None),
        ("product", "a"),
        ("permission", "{status: requested}"),
        ("permission", "{status: granted, answered_on: 2026-02-14, expires: 2026-05-02}"),
        ("permission", "{status: granted, answered_on: 2026-02-14}"),
    ),
    "product": (("price", "{amount: 4.50, currency: GBP}"), ("campaign", "a")),
    "campaign": (("starts", "2026-03-01"), ("ends", "2026-05-01")),
    "page": (("toc", "true"),),
}
FIRST_PIECES = (
    "Plain words.",
    "## A heading\n\nWords under it.",
    "A [link](/announcements/).",
    "![A cup](cup.jpg)",
    "See [the contest](../contests/a.md).",
    "::: note\nThis is **inside**, with [a link](../pages/a.md).\n:::",
    "::: show a\n:::",
    "::: rows points\n:::",
)
PIECES = (
    *FIRST_PIECES,
    'Plain words, and some more of them -- "in quotes".',
    "A [link](/pages-are-here/) that leads nowhere.",
    "See [the page](../pages/a.md) and [its heading](../pages/a.md#a-heading).",
    "[Download](cup.jpg)",
    "::: nothing\n:::",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "A note.[^1]\n\n[^1]: At the foot.",
    "<div onclick='x()'>Raw</div>",
)
SETTINGS: tuple[tuple[str, str | None], ...] = (
    ("title", "Brightleaf"),
    ("title", "Otherleaf"),
    ("tagline", "Tea."),
    ("language", "de"),
    ("language", "en"),
    ("base_url", "https://example.org/"),
    ("base_url", "https://example.org/some/folder/"),
    ("timezone", "Europe/London"),
    ("timezone", "Asia/Tokyo"),
    ("theme", "bare"),
    ("theme", "mine"),
    ("theme", "missing"),
    ("menu", "[{label: Home, to: /}]"),
    ("menu", "[{label: News, to: /announcements/}, {label: A, to: pages/a.md}]"),
    ("menu", None),
    ("pagination", "{size: 1}"),
    ("pagination", "{size: 2}"),
    ("pagination", None),
    ("taxonomies", "{tags: {label: Topics}}"),
    ("taxonomies", "{tags: {terms: [tea, spring]}}"),
    ("taxonomies", "{tags: {terms: {tea: Tea, spring: The spring, kent: Kent}}, regions: {label: Where}}"),
    ("taxonomies", None),
    ("permalinks", "{announcement: '/{year}/{slug}/'}"),
    ("permalinks", "{contest: '/win/{slug}/', page: '/p/{slug}/'}"),
    ("permalinks", None),
    ("outputs", "{feeds: {site: no, announcement: no}}"),
    ("outputs", None),
    ("policies", "{broken_links: warning}"),
    ("policies", None),
    ("markdown", "{engine: python-markdown, extensions: [tables]}"),
    ("markdown", "{smart: no}"),
    ("markdown", "{labels: {note: Achtung}}"),
    ("markdown", None),
    ("images", "{quality: 50, widths: [16]}"),
    ("images", "{widths: [16]}"),
    ("images", None),
    ("brand", "{name: Brightleaf Ltd, colours: {primary: '#0b5fff'}}"),
    ("brand", None),
    ("edit_url", "https://git.example.org/edit/"),
    ("edit_url", None),
)
THEME_EDITS: tuple[tuple[str, str], ...] = (
    ("themes/bare/templates/base.html", BARE["themes/bare/templates/base.html"] + "<!-- 2 -->"),
    ("themes/bare/templates/base.html", BARE["themes/bare/templates/base.html"]),
    ("themes/bare/templates/page.html", BARE["themes/bare/templates/page.html"].replace("<h1>", "<h1 class=big>")),
    (
        "themes/bare/templates/page.html",
        BARE["themes/bare/templates/page.html"].replace("| fill(frame)", "| fill(frame"),
    ),
    ("themes/bare/templates/page.html", BARE["themes/bare/templates/page.html"].replace("page.date |", "page.dat |")),
    ("themes/bare/templates/page.html", BARE["themes/bare/templates/page.html"]),
    ("themes/bare/templates/announcement/card.html", "<article>{{ card.title }}</article>"),
    ("themes/bare/templates/announcement/card.html", BARE["themes/bare/templates/announcement/card.html"]),
    ("themes/bare/templates/machine/robots.txt", "User-agent: *\n"),
    ("themes/bare/templates/machine/robots.txt", BARE["themes/bare/templates/machine/robots.txt"]),
    ("themes/bare/strings/en.yaml", "footer: Made again\nolder: Earlier\nsign: Signed\n"),
    ("themes/bare/strings/en.yaml", BARE["themes/bare/strings/en.yaml"]),
    ("themes/bare/strings/de.yaml", "footer: Neu\nsign: Gezeichnet\n"),
    ("themes/bare/assets/bare.css", "body { color: red }\n"),
    ("themes/bare/assets/bare.css", "body { background: url(cup.jpg) }\n"),
    ("themes/bare/assets/bare.css", BARE["themes/bare/assets/bare.css"]),
    ("themes/bare/components/note.html", "<aside>{{ component.body | fill(frame) }}!</aside>"),
    ("themes/bare/components/note.html", BARE["themes/bare/components/note.html"]),
    ("themes/bare/components/sign.html", "<u>{{ frame.t.sign }}</u>"),
    ("themes/bare/components/show.yaml", "about: It.\nmain: contest\nparameters:\n  contest: {type: text}\n"),
    ("themes/bare/components/show.yaml", BARE["themes/bare/components/show.yaml"]),
    ("themes/mine/components/sign.html", "<s>{{ frame.t.sign }}</s>"),
    ("themes/mine/strings/en.yaml", "footer: Ours\n"),
    ("themes/mine/theme.yaml", "name: Mine\nextends: bare\nsettings: {tone: loud}\n"),
    (
        "themes/mine/templates/product/page.html",
        '{% extends "parent:product/page.html" %}{% block title %}P{% endblock %}',
    ),
    ("themes/mine/templates/base.html", BARE["themes/mine/templates/base.html"]),
    ("themes/mine/templates/base.html", '{% extends "parent:base.html" %}{% block footer %}Foot{% endblock %}'),
)
def write_lock() -> str:
    """The lock of the contest ``a`` as it is when it is new."""
    kind = kind_named("contest")
    front = "".join(f"{name}: {value}\n" for name, value in NEW["contest"].items())
    fields = digest_fields(kind.locked(make_record(kind, front)))
    lines = "".join(f"    {name}: {digest}\n" for name, digest in fields.items())
    return f"locked:\n- date: '2026-03-02'\n  fields:\n{lines}"


LOCK = "content/locks/contest/a.yaml"
OTHER_FILES: tuple[tuple[str, str | bytes | None], ...] = (
    ("content/data/points.csv", "name,points\nA,1\n"),
    ("content/data/points.csv", "name,points\nA,1\nB,2\n"),
    ("content/data/points.csv", "name;points\nA;1,5\n"),
    (
        "content/data/points.schema.yaml",
        "delimiter: ';'\ndecimal: ','\ncolumns: {points: {type: amount, label: Points}}\n",
    ),
    ("content/data/points.schema.yaml", None),
    ("content/data/points.csv", None),
    ("content/index.md", "---\ntitle: Welcome\n---\n\nHello.\n\n::: note\nHome.\n:::\n"),
    ("content/index.md", "---\ntitle: Welcome again\n---\n"),
    ("content/index.md", None),
    ("content/announcements/_index.md", "---\ntitle: What is new\n---\nWords above the list.\n"),
    ("content/announcements/_index.md", "---\ntitle: What is new\ndraft: yes\n---\n"),
    ("content/announcements/_index.md", None),
    ("content/static/CNAME", "example.org"),
    ("content/static/CNAME", None),
    ("content/static/robots.txt", "User-agent: none\n"),
    ("content/static/robots.txt", None),
    ("content/static/_redirects", "/x /y 301\n"),
    ("content/static/_redirects", None),
    ("content/static/index.html", "a clash"),
    ("content/static/index.html", None),
    (LOCK, write_lock()),
    (LOCK, write_lock().replace("date: '2026", "date: '20x6")),
    (LOCK, None),
    ("content/unknown.txt", "no place"),
    ("content/unknown.txt", None),
    *(
        (f"content/{folder}/cup.jpg", data)
        for folder in FOLDERS.values()
        for data in (make_picture(1), make_picture(2))
    ),
)
