"""Finds what is wrong with a page of HTML: ``find_faults(text)`` gives one sentence each, none for a good page.

Three layers: what a parser has to repair (html5lib, which knows the standard's parse errors), what the content models
and attribute lists of the standard forbid (the tables below, from https://html.spec.whatwg.org/multipage/indices.html),
and what our own pages promise besides: no inline style or script, a size for every picture, headings in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

FLOW_ONLY = frozenset(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr main menu nav ol p pre search section table ul".split()
)
"""May not stand where the standard allows phrasing content only."""

PHRASING_ONLY = frozenset(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark meter output p pre progress q rp "
    "rt ruby s samp small span strong sub summary sup time u var".split()
)
"""May hold phrasing content only (``summary`` may also hold a heading)."""

TRANSPARENT = frozenset("a audio canvas del ins map noscript object video".split())

OTHERS = frozenset(
    "area base body br caption col colgroup datalist dd dt embed fieldset figcaption head html iframe img input legend "
    "li link meta optgroup option param picture script select slot source style tbody td template textarea tfoot th "
    "thead title tr track wbr".split()
)
ELEMENTS = FLOW_ONLY | PHRASING_ONLY | TRANSPARENT | OTHERS

ONLY_CHILDREN: Mapping[str, frozenset[str]] = {
    "ul": frozenset({"li", "script", "template"}),
    "ol": frozenset({"li", "script", "template"}),
    "menu": frozenset({"li", "script", "template"}),
    "dl": frozenset({"dt", "dd", "div", "script", "template"}),
    "tr": frozenset({"td", "th", "script", "template"}),
    "picture": frozenset({"source", "img", "script", "template"}),
    "hgroup": frozenset({*HEADINGS, "p", "script", "template"}),
}

INTERACTIVE = frozenset("a button details embed iframe input label select textarea".split())

GLOBAL_ATTRIBUTES = frozenset(
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode is "
    "itemid itemprop itemref itemscope itemtype lang nonce popover role slot spellcheck tabindex title "
    "translate".split()
)
ATTRIBUTES: Mapping[str, str] = {
    "a": "download href hreflang ping referrerpolicy rel target type",
    "audio": "autoplay controls crossorigin loop muted preload src",
    "base": "href target",
    "blockquote": "cite",
    "button": "disabled form formaction formmethod name popovertarget popovertargetaction type value",
    "canvas": "height width",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "dialog": "open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "html": "",
    "iframe": "allow allowfullscreen height loading name referrerpolicy sandbox src srcdoc width",
    "img": "alt crossorigin decoding fetchpriority height ismap loading referrerpolicy sizes src srcset usemap width",
    "input": "accept alt autocomplete checked dirname disabled form height list max maxlength min minlength multiple "
    "name pattern placeholder readonly required size src step type value width",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": "as crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset integrity media referrerpolicy "
    "rel sizes type",
    "meta": "charset content http-equiv media name property",
    "meter": "high low max min optimum value",
    "object": "data form height name type width",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "max value",
    "q": "cite",
    "script": "async crossorigin defer fetchpriority integrity nomodule referrerpolicy src type",
    "select": "autocomplete disabled form multiple name required size",
    "source": "height media sizes src srcset type width",
    "style": "blocking media",
    "td": "colspan headers rowspan",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly "
    "required rows wrap",
    "th": "abbr colspan headers rowspan scope",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "autoplay controls crossorigin height loop muted playsinline poster preload src width",
}
DATA_TYPES = ("application/ld+json", "application/json")
ID_REFERENCES = ("for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")

INSTANT = re.compile(
    r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?)?)?|\d{4}-W\d\d|\d\d-\d\d"
    r"|\d\d:\d\d(:\d\d)?|P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
)

Chain = tuple[Element, ...]


def find_faults(text: str) -> list[str]:
    """What is wrong with a whole page, in the order of the layers above."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(text)
    faults = [f"line {place[0]}: {name} {details or ''}".strip() for place, name, details in parser.errors]
    every = list(walk(root, ()))
    for chain in every:
        faults += check_place(chain)
        faults += check_attributes(chain[-1])
        faults += check_element(chain[-1])
    return [*faults, *check_identities([chain[-1] for chain in every]), *check_page(root, text)]


def walk(element: Element, above: Chain) -> Iterator[Chain]:
    """Every HTML element with those it stands in, outermost first; not what is inside an SVG or MathML picture."""
    if not isinstance(element.tag, str) or element.tag.startswith((SVG, MATHML)):
        return
    chain = (*above, element)
    yield chain
    for child in element:
        yield from walk(child, chain)


def check_place(chain: Chain) -> Iterator[str]:
    """Whether the element may be where it is."""
    *above, element = chain
    tag = str(element.tag)
    outer = [str(parent.tag) for parent in reversed(above)]
    holder = next((name for name in outer if name not in TRANSPARENT), "")
    if tag not in ELEMENTS and "-" not in tag:
        yield f"<{tag}> is no element of today's HTML"
    if tag in FLOW_ONLY and holder in PHRASING_ONLY and not (holder == "summary" and tag in HEADINGS):
        yield f"<{tag}> may not stand in <{holder}>"
    if outer and tag not in ONLY_CHILDREN.get(outer[0], {tag}):
        yield f"<{tag}> may not be a child of <{outer[0]}>"
    if tag in INTERACTIVE and element.get("type") != "hidden":
        yield from (f"<{tag}> may not stand in <{name}>" for name in ("a", "button") if name in outer)
    if tag in ("form", "label", "main", "dt") and tag in outer:
        yield f"<{tag}> may not stand in another"
    if tag == "main" and not {"article", "aside", "footer", "header", "nav"}.isdisjoint(outer):
        yield "<main> may not stand in a part of the page"


def check_attributes(element: Element) -> Iterator[str]:
    """Whether the element may have its attributes."""
    tag = str(element.tag)
    known = GLOBAL_ATTRIBUTES.union(ATTRIBUTES.get(tag, "").split())
    for name in element.keys():  # noqa: SIM118 -- iterating an element gives its children
        if name == "style" or name.startswith("on"):
            yield f"<{tag} {name}> is forbidden by our content-security policy"
        elif name not in known and not name.startswith(("data-", "aria-")) and "-" not in tag:
            yield f"<{tag}> has no attribute {name}"


def check_element(element: Element) -> Iterator[str]:
    """What single elements must have."""
    tag = element.tag
    if tag == "img" and element.get("alt") is None:
        yield f"<img src={element.get('src')}> has no alt"
    if tag == "img" and not (element.get("width", "").isdigit() and element.get("height", "").isdigit()):
        yield f"<img src={element.get('src')}> has no width and height"
    if tag == "time":
        value = element.get("datetime", "".join(element.itertext()).strip())
        if not INSTANT.fullmatch(value):
            yield f"<time> holds no date or time: {value!r}"
    if tag == "script" and not element.get("src") and element.get("type") not in DATA_TYPES:
        yield "a script stands in the page itself"
    if tag == "style":
        yield "a style sheet stands in the page itself"
    if tag in ("a", "button", *HEADINGS) and not has_name(element) and not (tag == "a" and element.get("href") is None):
        yield f"<{tag} {dict(element.items())}> has no text"
    if tag == "a" and element.get("target") == "_blank" and "noopener" not in element.get("rel", ""):
        yield f"<a href={element.get('href')}> opens a window without noopener"
    if tag == "figure" and "figcaption" in [child.tag for child in list(element)[1:-1]]:
        yield "<figcaption> must be the first or the last in its figure"


def has_name(element: Element) -> bool:
    """Whether there is anything for a screen reader to say."""
    if element.get("aria-label") or element.get("aria-labelledby") or element.get("title"):
        return True
    pictures = any(child.get("alt") or child.get("aria-label") for child in element.iter())
    return pictures or bool("".join(element.itertext()).strip())


def check_identities(elements: list[Element]) -> Iterator[str]:
    """Whether ids occur once and references to them lead somewhere."""
    counts = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"the id {name!r} occurs {count} times" for name, count in counts.items() if count > 1)
    yield from (f"{name!r} is no id" for name in counts if not name or re.search(r"\s", name))
    for element in elements:
        for attribute in ID_REFERENCES:
            for name in element.get(attribute, "").split():
                if name not in counts:
                    yield f"<{element.tag} {attribute}={name}> names no id of the page"


def check_page(root: Element, text: str) -> Iterator[str]:
    """What a page as a whole must have."""
    if not root.get("lang"):
        yield "<html> has no lang"
    if len([title for title in root.iterfind("head/title") if (title.text or "").strip()]) != 1:
        yield "the page needs one title"
    if "charset" not in text[:1024].lower():
        yield "the character set must be named in the first 1024 bytes"
    if root.find("head/meta[@name='viewport']") is None and root.find("head/meta[@http-equiv='refresh']") is None:
        yield "the page has no viewport for phones"
    if len(root.findall(".//main")) > 1:
        yield "the page has more than one main part"
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} first-level headings"
    for above, level in pairwise(levels):
        if level > above + 1:
            yield f"a heading of level {level} follows one of level {above}"
