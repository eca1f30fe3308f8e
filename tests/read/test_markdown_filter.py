"""HTML that editors write is filtered, what is removed is named, and nothing that runs code reaches a page."""

from __future__ import annotations

import re

import html5lib
import pytest

from tests.support.markdown import ENGINES, parse, rules, show
from twinsite.read.markdown.filter import ALLOWED_TAGS, is_unsafe

both = pytest.mark.parametrize("engine", ENGINES)

ATTACKS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"vbscript:x\">x</a> <a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](y.png)",
    "![x](y.png \"t\\\" onerror=\\\"alert(1)\")",
    "[x](y \"t\\\" onclick=\\\"alert(1)\")",
    "<javascript:alert(1)>",
    "<iframe src=\"https://x.example\"></iframe>",
    "<object data=x></object><embed src=x><form action=x><button formaction=javascript:alert(1)>x</button></form>",
    "<style>*{color:red}</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0><base href=//x.example>",
    "<p style=\"position:fixed\" onclick=alert(1)>x</p>",
    "<td style=\"background:url(x)\">x</td>",
    "<details ontoggle=alert(1) open>x</details>",
    "<input type=image src=x onerror=alert(1)><input autofocus onfocus=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><img src=x onerror=alert(1)></template><plaintext>x",
    "# x {onclick=alert(1) style=color:red .a\"b}",
    "# x {: onclick=alert(1) }\n\n*x*{: onclick=\"alert(1)\" style=\"x\" }",
    "```js\" onload=\"alert(1)\nx\n```",
    "| a |\n|:--|\n| <b onclick=alert(1)>x</b> |",
    "> [!NOTE] <img src=x onerror=alert(1)>\n> x",
    "x[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: y",
    "x[^\"]\n\n[^\"]: y",
    "<b <script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<a id=x name=y href=z><img src=q alt=\"</a><script>alert(1)</script>\"></a>",
    "<h2 id='\"><script>alert(1)</script>'>x</h2>",
    "https://x.example/\"onmouseover=\"alert(1)",
    "https://x.example/'onmouseover='alert(1) <b>",
    "::: quote\n<script>alert(1)</script>\n:::",
)  # fmt: skip


def elements_of(html: str):
    return html5lib.parseFragment(html, namespaceHTMLElements=False).iter()


@both
@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_code_reaches_a_page(engine, text):
    for element in elements_of(show(parse(text, engine))):
        if not isinstance(element.tag, str):
            continue
        assert element.tag in ALLOWED_TAGS | {"input", "DOCUMENT_FRAGMENT"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "formaction", "action")
            assert not is_unsafe(value) or name not in ("href", "src", "cite")


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb <blink>c</blink>", [("html-removed", 3, 3)]),
        ("é <b onclick=x class=y>c</b>", [("html-removed", 1, 6)]),
        ('<div\n  title="a > b"\n  style="x">\n\nc\n\n</div>', [("html-removed", 3, 3)]),
        ("<script>\nif (a < b) document.write('<b onclick>')\n</script>\n", [("html-removed", 1, 1)]),
        ("<!-- <script> -->\n", []),
        ("<kbd>Esc</kbd>, x<sub>2</sub>\n", []),
        ("`<script>` and \\<script>\n\n    <script>\n", []),
        ("::: quote\n\n<u onclick=x>\n:::\n", [("html-removed", 3, 4)]),
    ],
)
def test_what_is_removed_is_named_at_its_place(engine, text, expected):
    fragment = parse(text, engine)
    assert rules(fragment) == expected
    assert all(flaw.severity == "warning" for flaw in fragment.flaws)


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x [a](javascript:b)", [("unsafe-link", 1, 3)]),
        ("x\n![a](data:image/png;base64,AAAA)", [("unsafe-link", 2, 1)]),
        ('x <a href="javascript:b">c</a>', [("unsafe-link", 1, 3)]),
        ("[a](file:///etc/passwd)", [("unsafe-link", 1, 1)]),
        ("[a](mailto:a@b.example) [b](tel:+49) [c](a.md#b:c) [d](./x:y) <https://x.example>", []),
    ],
)
def test_unsafe_links_are_errors(engine, text, expected):
    fragment = parse(text, engine)
    assert rules(fragment) == expected
    assert all(flaw.severity == "error" for flaw in fragment.flaws)
    assert "javascript" not in show(fragment)


@both
def test_allowed_html_stays(engine):
    html = show(
        parse(
            '<details open><summary>More</summary>\n\nText\n\n</details>\n\n<kbd>Esc</kbd> <abbr title="x">y</abbr>\n',
            engine,
        )
    )
    assert '<details open=""><summary>More</summary>' in html
    assert '<kbd>Esc</kbd> <abbr title="x">y</abbr>' in html


@both
def test_open_tags_are_closed(engine):
    html = show(parse("<div>\n\n**a** <u>b\n\nc\n", engine))
    assert html.count("<div>") == html.count("</div>") == 1
    assert html.count("<u>") == html.count("</u>")


@both
def test_text_and_code_survive_beside_html(engine):
    text = 'a &lt; b & c `<b>&amp;"\'`\n\n```\n<p class="x">&nbsp;</p>\n```\n\n<b>x</b> 1 < 2\n'
    html = show(parse(text, engine, smart=False))
    assert re.search(r"<code>&lt;b&gt;&amp;amp;(\"|&quot;)'</code>", html)
    assert re.search(r"&lt;p class=(\"|&quot;)x(\"|&quot;)&gt;&amp;nbsp;&lt;/p&gt;", html)
    assert "<b>x</b> 1 &lt; 2" in html


@both
def test_components_pass_the_filter(engine):
    fragment = parse("<b>x</b>\n\n::: cta\n<i>y</i>\n:::\n\n<script>\n\n::: quote\n:::\n", engine)
    assert [slot.target for slot in fragment.slots][:1] == ["cta"]
    assert "<i>y</i>" in show(fragment)
    assert "tw:" not in show(fragment)


def test_schemes():
    assert not any(
        map(is_unsafe, ["", "#a:b", "/a:b", "a/b:c", "?a:b", "https://x", "HTTP://x", "MailTo:x", "//x:80/"])
    )
    assert all(
        map(is_unsafe, ["javascript:x", " javascript:x", "java\tscript:x", "JAVASCRIPT:x", "data:,x", "blob:x", "x:y"])
    )
