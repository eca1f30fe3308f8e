"""Archives of pictures: what goes into one, under which name, and what its list of contents says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from twinsite.core.convert import make_step
from twinsite.core.digest import digest_value
from twinsite.core.page import Archive, Picture
from twinsite.core.site import Entry
from twinsite.core.theme import choose_strings
from twinsite.kinds.further import Further, Packed
from twinsite.plan.library import PROCESSED, Library, media_path

README = "README.txt"


def title_further(library: Library, made: Further) -> str:
    """The title of a further output, with the theme's word for what it is behind it."""
    word = choose_strings(library.theme.strings, library.settings.language).get(made.word) if made.word else None
    return f"{made.title}: {word}" if word else made.title


def plan_archive(library: Library, entry: Entry, url: str, made: Further) -> Archive | None:
    """The archive of a record's pictures at ``url``; none where none of its files is there."""
    packed = list(_list_members(library, entry, made.files))
    if not packed:
        return None
    import json

    strings = choose_strings(library.theme.strings, library.settings.language)
    told = [{"file": name, "shows": one.image.alt or "", "credit": one.image.credit or ""} for name, one, _ in packed]
    folder = f"{make_step(entry.slug.rpartition('/')[2])}-pictures"
    members = tuple((name, picture) for name, _, picture in packed)
    texts = ((README, write_readme(title_further(library, made), made.values, told, strings)),)
    manifest = json.dumps({**made.values, "site": library.settings.title, "files": told}, ensure_ascii=False)
    recipes = [(name, one.digest, one.format, one.quality) for name, one in members]
    digest = digest_value([folder, recipes, texts, manifest])
    return Archive(url[1:], entry.path, digest, folder, members, texts, manifest)


def _list_members(library: Library, entry: Entry, files: tuple[Packed, ...]) -> Iterator[tuple[str, Packed, Picture]]:
    """Name, picture and recipe of each file that is there: whole, but without what cameras write into it."""
    quality = library.settings.images.quality
    for number, one in enumerate(files, start=1):
        media = library.find_media(entry.folder, one.image.src)
        if media and media.format in (*PROCESSED, "svg"):
            name = f"{number:02}-{make_step(one.name)[:60].strip('-')}.{ENDINGS.get(media.format, media.format)}"
            path = media_path(media, 0)
            yield name, one, Picture(path, media.path, media.digest, media.format, 0, quality)


ENDINGS: Mapping[str, str] = {"jpeg": "jpg"}


def write_readme(title: str, values: Mapping[str, Any], told: list[dict[str, str]], strings: Mapping[str, str]) -> str:
    """What is in the archive, in the words of the theme, for people who open it without knowing where it is from."""
    lines = [title, str(values.get("address", "")), ""]
    relationship = strings.get(f"relationship_{values.get('relationship')}", "")
    lines += [text for text in (relationship, str(values.get("disclosure") or "")) if text]
    lines += [str(values["usage"])] if values.get("usage") else []
    lines += ["", strings.get("archive_files", ""), ""]
    for one in told:
        lines.append(one["file"])
        lines += [f"  {one['shows']}"] if one["shows"] else []
        lines += [f"  {strings.get('photo', '')} {one['credit']}".rstrip()] if one["credit"] else []
    lines += ["", strings.get("archive_sums", "")]
    return "\n".join(lines).rstrip() + "\n"
