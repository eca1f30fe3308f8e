"""What visitors see of a page: the page without the parts that are hidden until their time comes."""

from __future__ import annotations

from lxml import html


def drop_hidden(text: str) -> str:
    """The text of a page, written anew without every element that has the attribute ``hidden``."""
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for part in tree.xpath("//*[@hidden]"):
        if part.getparent() is not None:
            part.drop_tree()
    written: str = html.tostring(tree, encoding="unicode")
    return written
