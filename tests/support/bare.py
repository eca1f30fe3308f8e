"""A bare theme for tests: each page is its whole view as text, so nothing a page depends on can stay unseen.

``BARE`` are the files of two themes: ``bare``, complete and extending nothing, and ``mine``, which extends it and
overrides a block, a component and a string. Compiling and rendering them takes a tenth of what a real theme takes.
"""

from __future__ import annotations

from types import MappingProxyType

from twinsite.kinds import KINDS

BASE = """\
<!doctype html>
<html lang="{{ frame.site.language }}">
<head><meta charset="utf-8"><title>{% block title %}{{ page.title }}{% endblock %}</title>
<link rel="canonical" href="{{ page.canonical }}">
{% for sheet in frame.stylesheets %}<link rel="stylesheet" href="{{ sheet | href }}">{% endfor %}
</head>
<body>
{% for item in frame.menu if item.url %}<a href="{{ item.url | href }}">{{ item.label }}</a>{% endfor %}
{% block main %}{% endblock %}
<footer>{% block footer %}{{ frame.t.footer }}{% endblock %}</footer>
</body></html>
"""
PAGE = """\
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>{{ page.body | fill(frame) }}
{% if page.date %}<time datetime="{{ page.date }}">{{ page.date | date }}</time>{% endif %}
<pre>{{ page | json }}</pre>{% endblock %}
"""
LIST = """\
{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>{{ page.body | fill(frame) }}
{% for card in page.cards %}{% include card.kind ~ "/card.html" %}{% endfor %}
{% if page.older %}<a href="{{ page.older | href }}">{{ frame.t.older }}</a>{% endif %}<pre>{{ page | json }}</pre>
{% endblock %}
"""
PLAIN = (
    """{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1><pre>{{ page | json }}</pre>{% endblock %}"""
)
CARD = """<article><a href="{{ card.url | href }}">{{ card.title }}</a> {{ card.summary }}</article>"""

TEMPLATES = {
    "base.html": BASE,
    "404.html": '{% extends "plain.html" %}',
    "home/page.html": '{% extends "page.html" %}',
    "taxonomy/index.html": '{% extends "plain.html" %}',
    "taxonomy/term.html": '{% extends "list.html" %}',
    "archive/year.html": '{% extends "plain.html" %}',
    "archive/month.html": '{% extends "plain.html" %}',
    "redirect.html": """<!doctype html><title>{{ page.title }}</title><a href="{{ page.target | href }}">moved</a>""",
    "machine/feed.xml": """<feed>{{ page | json }}</feed>""",
    "machine/calendar.ics": """{{ page | json }}""",
    "machine/json.json": """{{ page.value | jsonld }}""",
    "machine/robots.txt": """Sitemap: {{ page.sitemap }}\n""",
    "machine/sitemap.xml": """<urlset>{{ page | json }}</urlset>""",
    "machine/sitemap-index.xml": """<sitemapindex>{{ page | json }}</sitemapindex>""",
    "page.html": PAGE,
    "list.html": LIST,
    "plain.html": PLAIN,
    **{f"{kind.name}/page.html": '{% extends "page.html" %}' for kind in KINDS},
    **{f"{kind.name}/list.html": '{% extends "list.html" %}' for kind in KINDS},
    **{f"{kind.name}/card.html": CARD for kind in KINDS},
    **{
        family.template: "{{ page | json }}" if family.is_document else '{% extends "plain.html" %}'
        for kind in KINDS
        for family in kind.families
        if not family.is_archive
    },
}
COMPONENTS = {
    "note.yaml": "about: A note.\nbody: required\n",
    "note.html": """<aside>{{ component.body | fill(frame) }}{% include "components/sign.html" %}</aside>""",
    "sign.html": """<i>{{ frame.t.sign }}</i>""",
    "show.yaml": "main: contest\nparameters:\n  contest: {type: ref, of: [contest], required: true}\n",
    "show.html": """<b>{{ component.contest | json }}</b>""",
    "rows.yaml": "about: A table.\nmain: table\nparameters:\n  table: {type: table, required: true}\n",
    "rows.html": """<b>{{ component.table | json }}</b>""",
}
MINE = {
    "theme.yaml": "name: Mine\nextends: bare\nsettings: {tone: calm}\n",
    "strings/en.yaml": "footer: Mine\n",
    "templates/base.html": '{% extends "parent:base.html" %}{% block footer %}'
    "{{ super() }} {{ frame.theme.tone }}{% endblock %}",
    "components/sign.html": "<em>{{ frame.t.sign }}</em>",
}
BARE = MappingProxyType(
    {
        "themes/bare/theme.yaml": "name: Bare\nstylesheets: [bare.css]\n",
        "themes/bare/strings/en.yaml": "footer: Made with care\nolder: Older\nsign: Signed\n",
        "themes/bare/strings/de.yaml": "footer: Mit Sorgfalt\nolder: Weiter\n",
        "themes/bare/assets/bare.css": "body { color: black }\n",
        **{f"themes/bare/templates/{name}": text for name, text in TEMPLATES.items()},
        **{f"themes/bare/components/{name}": text for name, text in COMPONENTS.items()},
        **{f"themes/mine/{name}": text for name, text in MINE.items()},
    }
)
