"""The tests' own check of HTML: it finds each planted fault and nothing in good pages."""

import pytest

from tests.support.markup import find_faults

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Tea</title></head><body><main><h1>Tea</h1>{}</main></body></html>"
)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Hello &amp; welcome <a href='/x/'>x</a> in <time datetime='2026-06-01T12:00:00+01:00'>June</time>.</p>",
        "<p><time>2026-06-01</time> <time datetime='PT2H30M'>two hours and a half</time></p>",
        "<a href='/x/'><article><h2>A card</h2><p>Text</p></article></a>",
        "<dl><div><dt>Prize</dt><dd><p>Tea</p></dd></div></dl>",
        "<svg viewBox='0 0 1 1' aria-hidden='true'><title>x</title><path d='M0 0' foo='1'/></svg>",
        "<figure><img src='a.jpg' alt='' width='1' height='2'><figcaption>One</figcaption></figure>",
        "<details><summary><h2>Question</h2></summary><p>Answer</p></details>",
        "<table><caption>T</caption><thead><tr><th scope='col'>A</th></tr></thead><tbody></tbody></table>",
        "<form action='/x'><label for='a'>A</label><input id='a' name='a'><button>Send</button></form>",
        "<script type='application/ld+json'>{}</script><script src='/x.js' defer></script>",
        "<ul><li>one<ul><li>two</li></ul></li></ul><blockquote cite='https://example.org/'><p>x</p></blockquote>",
    ],
)
def test_a_good_page_has_no_fault(body):
    assert find_faults(PAGE.replace("{}", body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<div><p>x</p>", "end-tag"),
        ("<p>x</p></div>", "end-tag"),
        ("<p class=a class=b>x</p>", "duplicate-attribute"),
        ("<p>1 < 2</p>", "expected-tag-name"),
        ("<p>AT&T; &foo;</p>", "entity"),
        ("<div/>x", "solidus"),
        ("<b><i>x</b></i>", "adoption-agency"),
        ("<p><span>x</p>", "unexpected-end-tag"),
        ("<ul><div>x</div></ul>", "<div> may not be a child of <ul>"),
        ("<span><div>x</div></span>", "<div> may not stand in <span>"),
        ("<span><a href='/'><div>x</div></a></span>", "<div> may not stand in <span>"),
        ("<a href='/'><button>x</button></a>", "<button> may not stand in <a>"),
        ("<p id=a>x</p><p id=a>y</p>", "the id 'a' occurs 2 times"),
        ("<p aria-describedby='b'>x</p>", "names no id"),
        ("<foo>x</foo>", "no element"),
        ("<center>x</center>", "no element"),
        ("<p align=left>x</p>", "<p> has no attribute align"),
        ("<p style='color:red'>x</p>", "content-security"),
        ("<p onclick='x()'>x</p>", "content-security"),
        ("<script>x()</script>", "in the page itself"),
        ("<img src='a.jpg' width='1' height='1'>", "has no alt"),
        ("<img src='a.jpg' alt='A'>", "no width and height"),
        ("<time>next week</time>", "no date or time"),
        ("<a href='/'></a>", "has no text"),
        ("<h3>Deep</h3>", "follows one of level 1"),
        ("<h1>Again</h1>", "2 first-level headings"),
        ("<main></main>", "main"),
        ("<a href='https://example.org/' target='_blank'>x</a>", "noopener"),
    ],
)
def test_a_planted_fault_is_found(body, fault):
    faults = find_faults(PAGE.replace("{}", body))
    assert any(fault in found for found in faults), faults


def test_a_page_must_name_its_language_and_title():
    faults = find_faults("<!DOCTYPE html><html><head><title> </title></head><body><h1>Tea</h1></body></html>")
    assert faults == [
        "<html> has no lang",
        "the page needs one title",
        "the character set must be named in the first 1024 bytes",
        "the page has no viewport for phones",
    ]
