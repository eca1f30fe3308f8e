"""What no template of a page can show is not planned: neither made, nor published, nor a reason to render again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from tests.conftest import MakeSite
from tests.support.library import read_library
from twinsite.core.theme import Closure
from twinsite.plan.library import Library
from twinsite.plan.pages import make_page
from twinsite.plan.plan import describe_shape, find_uses
from twinsite.plan.related import Neighbours
from twinsite.plan.views import make_computed

SAMPLES = Path(__file__).parents[1] / "samples"
COSTLY = {"toc", "computed", "back", "related", "jsonld"}
NEWS = "---\ntitle: {title}\ndate: 2026-0{month}-01\ntags: [tea]\n{more}---\n\n## Part\n\nWords.\n"


def closure(*parts: str) -> Closure:
    return Closure("digest", (), parts)


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(data, "PNG")
    return data.getvalue()


def library_of(make_site: MakeSite) -> Library:
    files: dict[str, str | bytes] = {
        "content/index.md": "---\ntitle: Home\n---\n",
        "content/announcements/one.md": NEWS.format(title="One", month=1, more=""),
        "content/announcements/two.md": NEWS.format(title="Two", month=2, more="image: {src: a.png, alt: A}\n"),
        "content/announcements/a.png": picture(),
    }
    return read_library(make_site(files))


def test_a_page_shows_what_its_templates_and_any_component_name() -> None:
    closures = {"page/page.html": closure("title"), "components/a.html": closure("toc"), "x.html": closure()}
    assert find_uses(closures) == {
        "page/page.html": {"title", "toc"},
        "components/a.html": {"toc"},
        "x.html": {"toc"},
    }


def test_where_one_cannot_tell_a_page_may_show_everything() -> None:
    unknown = Closure("digest", (), None)
    assert find_uses({"page/page.html": unknown, "x.html": closure("a")}) == {"page/page.html": None, "x.html": {"a"}}
    assert set(find_uses({"x.html": closure("a"), "components/a.html": unknown}).values()) == {None}
    assert find_uses({}) == {}


def test_what_is_not_shown_is_not_planned(make_site: MakeSite) -> None:
    library = library_of(make_site)
    entry = library.site.by_path["content/announcements/one.md"]
    whole = make_page(library, entry, Neighbours(library)).view
    assert whole["related"]
    assert whole["toc"]
    assert whole["jsonld"]
    assert library.outputs
    own = library.for_one()
    own.uses = {"announcement/page.html": frozenset({"title", "body"})}
    bare = make_page(own, entry, Neighbours(own)).view
    unmade = dict.fromkeys(("prev", "next", "words", "computed", "back", "related", "further"))
    assert bare == {**whole, **unmade, "toc": [], "jsonld": []}
    assert not own.outputs


def test_of_what_is_computed_only_what_is_named_is_made(make_site: MakeSite) -> None:
    text = (SAMPLES / "contest" / "good.md").read_text(encoding="utf-8")
    library = read_library(make_site({"content/contests/one.md": text}), drafts=True)
    (entry,) = (entry for entry in library.site.by_path.values() if entry.kind == "contest")
    whole = make_computed(library, entry, "contest/page.html")
    for named in ({"ways", "timetable"}, {"draw", "*"}, {"ways", "jsonld"}):
        own = library.for_one()
        own.shared = {}
        dotted = {f"computed.{name}" for name in named - {"jsonld"}}
        own.uses = {"contest/page.html": frozenset({"computed", *dotted, *(named & {"jsonld"})})}
        made = make_computed(own, entry, "contest/page.html")
        assert list(made) == list(whole)
        if named == {"ways", "timetable"}:
            assert made == {**dict.fromkeys(whole), "ways": whole["ways"], "timetable": whole["timetable"]}
        else:
            assert made == whole


def test_one_part_is_planned_without_the_others(make_site: MakeSite) -> None:
    library = library_of(make_site)
    entry = library.site.by_path["content/announcements/one.md"]
    whole = make_page(library, entry, Neighbours(library)).view
    for part in COSTLY:
        library.uses = {"announcement/page.html": frozenset({part})}
        view = make_page(library, entry, Neighbours(library)).view
        assert view[part] == whole[part]
        assert all(not view.get(other) for other in COSTLY - {part})


def test_the_shape_of_a_theme_changes_with_what_its_pages_show(make_site: MakeSite) -> None:
    theme = library_of(make_site).theme
    before = describe_shape(theme, {"page/page.html": closure("title")})
    assert describe_shape(theme, {"page/page.html": replace(closure("title"), digest="other words")}) == before
    assert describe_shape(theme, {"page/page.html": closure("title", "related")}) != before
    assert describe_shape(theme, {"page/page.html": Closure("digest", (), None)}) != before
