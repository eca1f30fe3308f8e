"""The quick way of the ``python-markdown`` engine: of ordinary texts, both engines make the same.

Takes a text; gives the HTML that the Markdown package and the filter would come to, made by the CommonMark engine in a
hundredth of the time, or ``None`` where the two might differ. An ordinary text is blocks with empty lines between them:
paragraphs, ``#`` headings, flat lists, quotations of one paragraph, tables, fenced code and the places of components;
in their lines words, plain emphasis, code, links and pictures. What may stand beside a mark is so narrow that no rule
by which the dialects differ is ever asked. Property tests hold all this against the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pyromark import Markdown

from twinsite.core.markdown import MarkdownSettings
from twinsite.read.markdown.limits import leaves_much_open

HARMLESS = frozenset(
    {
        *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "md_in_html"),
        *("sane_lists", "tables"),
    }
)
"""Extensions that change no ordinary text: each asks for a mark that none has."""

_ODD = r"\x00-\x09\x0b-\x1f\x7f-\xa0"
"""Controls, and spaces that are not the plain one."""
_FAR_ODD = re.compile(r"[\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff]")
"""Those beyond Latin-1, and what is no character: looked for apart, because a class with them is slow to make."""
_MARKS = r"\n\\`*_{}\[\]<|~&@!" + _ODD
"""What may mean something anywhere in a line."""
_LETTER, _ALNUM = r"[^\W\d_]", r"[^\W_]"
_BEFORE, _AFTER = r"(?<![^\n (])", r"(?=[\n .,;:!?)]|\Z)"
"""Where emphasis may begin and end; of both dialects' rules for the rest nothing is asked."""
_WORD = rf"(?<={_ALNUM})_(?={_ALNUM})|&(?= )|!(?!\[)"
_SMART_MARKS = _MARKS + r"\-.'\""
_SMART_PLAIN = rf"-(?!-)|\.(?!\.)|(?<={_ALNUM})'(?={_LETTER})"
_SMART_WORD = rf"{_SMART_PLAIN}|-{{2,3}}+(?!-)|\.{{3}}+(?!\.)"
_SMART_QUOTED = (
    rf'(?<![^\n ])"(?={_ALNUM})(?>(?:[^{_SMART_MARKS}]|{_SMART_WORD}|!(?!\[))+)(?<=[\w.,!?])"(?=[\n .,;:!?)]|\Z)'
    rf"|(?<={_ALNUM})'(?=[ .,;:!?)])"
)
_HOST = r"https?://(?>(?:[a-z0-9]++(?>(?:-[a-z0-9]++)*)\.)+)[a-z]{2,}+(?=[/?#)])"
_ADDRESS = rf"(?!//)(?:{_HOST})?[A-Za-z0-9/._#?=+,~-]*+"
_CODE = rf"(?<!`)`(?! )[^`\n\\{_ODD}]++(?<! )`(?!`)"
_PLAIN_CODE = rf"(?<!`)`(?! )[^`\n\\|\[\]{_ODD}]++(?<! )`(?!`)"
"""What may stand in a cell or between the brackets of a link, too."""
_START = r"(?![ \-+=#>|:~)]|\d++[.)]|!!!)"
"""What a line of text does not begin with, because it would be a block of another kind for one of the two."""
_FENCED = rf"```[A-Za-z0-9-]*+(?![^`]*\n +\n)\n[^`{_ODD}]*+(?<=\n)```"
_PLACE = r"<!--tw:\d++-->"
_ALERT = r"> \[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?=\n> )"
_RULE = r"\|(?>(?: *:?-++:? *\|)+)"
"""The line below the heads of a table."""
_REST = r"[^\n]*+"
_TEXT = rf"(?![-*+] |\d++\. |[>#|<]|```)[^\n]{_REST}"
_ROW = rf"(?!{_RULE}(?:\n|\Z))\|{_REST}"
_NO_LIST = r"(?!\n++(?:[-*+]|\d++\.) )"
_BLOCKS = re.compile(
    rf"\n*+(?>(?:#{_REST}(?:\n++|\Z)|(?:{_TEXT}(?>(?:\n{_TEXT})*)"
    + "".join(rf"|{mark} {_REST}(?>(?:\n{mark} {_REST})*){_NO_LIST}" for mark in ("-", r"\*", r"\+"))
    + rf"|1\. {_REST}(?>(?:\n\d++\. {_REST})*){_NO_LIST}"
    rf"|> {_REST}(?>(?:\n> (?!\[!){_REST})*)(?!\n++>)"
    rf"|{_ROW}\n{_RULE}(?>(?:\n{_ROW})+)"
    rf"|{_FENCED}"
    rf"|{_PLACE})(?:\n\n++|\n?\Z))+)"
)
"""How lines, each ordinary by itself, stand together: two lists or two quotations in a row may be one."""
_TABLE_LINES = re.compile(r"\|.*(?:\n\|.*)*")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)" />')
_TABLE_TAGS = (
    ("<table><thead><tr>", "<table>\n<thead>\n<tr>\n"),
    ("</tr></thead><tbody>", "</tr>\n</thead>\n<tbody>"),
    ("\n<tr><td", "\n<tr>\n<td"),
    ("</th>", "</th>\n"),
    ("</td>", "</td>\n"),
    ("</tbody></table>", "</tbody>\n</table>"),
    ('style="text-align: ', 'style="text-align:'),
)


def is_harmless(settings: MarkdownSettings) -> bool:
    """Whether the extensions of a site change no ordinary text. They come with the package, so they are there, too."""
    names = {name.removeprefix("markdown.extensions.") for name in settings.extensions}
    return names <= HARMLESS and not settings.extension_configs


def make_ordinary(smart: bool, reader: Markdown) -> Callable[[str], str | None]:
    """The quick way, right where all extensions are harmless. ``reader`` is the CommonMark engine, as ``smart``."""
    lines = _make_lines(smart).fullmatch

    def render(text: str) -> str | None:
        if leaves_much_open(text) or (not text.isascii() and _FAR_ODD.search(text)):
            return None
        known = lines(text) and _BLOCKS.fullmatch(text) and _has_even_tables(text)
        return _shape(reader.html(text)) if known else None

    return render


@lru_cache(maxsize=2)
def _make_lines(smart: bool) -> re.Pattern[str]:
    """The expression for texts of which each line is ordinary by itself."""
    marks, word = (_SMART_MARKS, f"{_WORD}|{_SMART_WORD}|{_SMART_QUOTED}") if smart else (_MARKS, _WORD)
    plain = rf"[^{marks}]++|{word}"
    label = rf'(?! )(?>(?:[^{marks}>"]{"|" + _SMART_PLAIN if smart else ""})+)(?<! )'
    link = rf"(?:!(?=\[[^\]'`]*\]))?\[(?:{label}|{_PLAIN_CODE})\]\({_ADDRESS}\)"
    emphasis = (
        rf"{_BEFORE}\*(?:(?=[^*]++\*(?!\*))|\*(?=[^*]++\*\*))(?=[^ \n])"
        rf"(?>(?:{plain}|{link}|{_PLAIN_CODE})+)(?<! )\*{{1,2}}+{_AFTER}"
    )
    inline = rf"{plain}|{emphasis}|{link}|{_PLAIN_CODE}"
    line = rf"(?>(?:[-*+] |\d{{1,9}}\. |> |#{{1,6}} (?![^\n]*#))?){_START}(?>(?:{inline}|{_CODE})+)(?<! )"
    row = rf"{_RULE}(?=\n)|\|(?>(?:(?>(?:{inline})*)\|)+)"
    return re.compile(rf"(?>(?:(?>(?:{line}|{row}|{_FENCED}|{_PLACE}|{_ALERT})?)(?:\n|\Z))*)")


def _has_even_tables(text: str) -> bool:
    """Whether all rows of each table have the same number of cells, and more than one."""
    if "|" not in text:
        return True
    for table in _TABLE_LINES.findall(text):
        counts = {row.count("|") for row in table.split("\n")}
        if len(counts) != 1 or counts == {2}:
            return False
    return True


def _shape(html: str) -> str:
    """The engine's HTML as the package and the filter write it. Only real tags look like tags here."""
    if "<table" in html:
        html = _TABLE.sub(_shape_table, html)
    if "<img" in html:
        html = _PICTURE.sub(r'<img alt="\2" src="\1">', html)
    return html.replace("-->\n", "-->\n\n").rstrip("\n")


def _shape_table(table: re.Match[str]) -> str:
    html = table[0]
    for written, wanted in _TABLE_TAGS:
        html = html.replace(written, wanted)
    return html
