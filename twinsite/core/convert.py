"""One function for each type of field: the text as written becomes a value, or a plain message that says what to write.

Texts come from YAML exactly as written, stripped by nobody. Nothing here reads a file or knows of a record.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from twinsite.core.currencies import CURRENCIES
from twinsite.core.expression import express
from twinsite.core.instants import wrong
from twinsite.core.latin import write_latin
from twinsite.core.names import nearest_name

_WHOLE = express(r"-?[0-9]{1,18}")
_GROUPED = express(r"-?[0-9]{1,3}([,_ '.][0-9]{3})+")
_AMOUNT = express(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_UNSAFE = express(r"""[\s<>"'`{}|\\^\x00-\x1f\x7f]""")
_MAIL = express(r"[^\s@<>\",;:\\()\[\]]+@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_PHONE = express(r"\+?[0-9](?:[0-9 .()/-]*[0-9])?")
_HOST_AND_PATH = express(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_HANDLE = express(r"[\w.-]+(?:@[\w-]+(?:\.[\w-]+)+)?")
_SLUG = express(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_STEP = express(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_PATH = express(rf"{_SLUG.pattern}(?:/{_SLUG.pattern})*")
_TABLE = express(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*")
_LANGUAGE = express(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_HEX_COLOUR = express(r"#[0-9a-fA-F]{6}")
_OKLCH = express(
    r"oklch\( *(?:100|[0-9]{1,2})(?:\.[0-9]+)?% +0?\.?[0-9]+ +-?[0-9]{1,3}(?:\.[0-9]+)?(?:deg)?"
    r"(?: */ *(?:0|1|0?\.[0-9]+|[0-9]{1,3}%))? *\)"
)
_HASHTAG = express(r"\w*[^\W\d]\w*")
_DRIVE = express(r"[A-Za-z]:")
_FLAGS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}


def to_text(text: str) -> str:
    """Any text, without the spaces around it; never empty. Error: ``empty-text``."""
    stripped = text.strip()
    if not stripped:
        raise wrong("empty-text", "This text is empty.", "Write something, or delete the line.")
    return stripped


def to_whole(text: str) -> int:
    """A whole number: digits, with a minus before them if need be. Error: ``not-a-whole-number``."""
    if _WHOLE.fullmatch(text):
        return int(text)
    hint = "Write digits only, for example 1000."
    if _GROUPED.fullmatch(text):
        hint = f"Write {re.sub('[^0-9-]', '', text)}, without separators."
    elif _AMOUNT.fullmatch(text):
        hint = f"Write {text.split('.')[0]}, without a fraction."
    raise wrong("not-a-whole-number", f'"{text}" is not a whole number.', hint)


def to_amount(text: str) -> Decimal:
    """A decimal number, kept exactly as written: ``12``, ``12.50``. Error: ``not-an-amount``."""
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    raise wrong("not-an-amount", f'"{text}" is not an amount.', _amount_hint(text))


_SUM = express(r"[0-9]\s*[=+*/−–-]\D*[0-9]|^\s*[=−–]")
"""A formula, a fraction or a range, whose digits side by side would be another number; a sign that is not ASCII."""


def _amount_hint(text: str) -> str:
    if _SUM.search(text):
        return "Write digits, and a point before the fraction: 12.50."
    digits = re.sub(r"[^0-9.,]", "", text)
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", digits):
        return f"Write {digits.replace(',', '')}, without separators."
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", digits):
        return f"Write {digits.replace(',', '.')}, with a point."
    if digits != text and _AMOUNT.fullmatch(digits) and "e" not in text.lower():
        return f"Write {digits}, the number alone."
    return "Write digits, and a point before the fraction: 12.50."


def to_flag(text: str) -> bool:
    """``true``, ``yes``, ``false`` or ``no``, in any case of letters. Error: ``not-a-flag``."""
    value = _FLAGS.get(text.lower())
    if value is None:
        raise wrong("not-a-flag", f'"{text}" is neither yes nor no.', "Write true, false, yes or no.")
    return value


def to_url(text: str) -> str:
    """An address with its scheme: https, http, mailto or tel. Error: ``not-a-url``."""
    if _is_url(text):
        return text
    hint = "Write the whole address, for example https://example.com/page."
    if _MAIL.fullmatch(text):
        hint = f"Write mailto:{text}"
    elif _is_url("https://" + text) and "." in text and ":" not in text:
        hint = f"Write https://{text}"
    elif ":" in text:
        hint = "An address begins with https:, http:, mailto: or tel: and holds no spaces."
    raise wrong("not-a-url", f'"{text}" is not a web address.', hint)


def _is_url(text: str) -> bool:
    if text.startswith("tel:"):
        return _PHONE.fullmatch(text[4:]) is not None
    if _UNSAFE.search(text):
        return False
    if text.startswith("mailto:"):
        return _MAIL.fullmatch(text[7:].partition("?")[0]) is not None
    return text.startswith(("https://", "http://")) and _has_host(text)


def _has_host(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return bool(host) and host is not None and not host.startswith((".", "-")) and ".." not in host


def to_target(text: str) -> str:
    """Where a link leads: a path of the site (``/contests/``), a ``.md`` file, or a web address. Error: ``not-a-
    target``.
    """
    if _is_url(text):
        return text
    if not _UNSAFE.search(text):
        if text.startswith("/") and not text.startswith("//"):
            return text
        path = text.partition("#")[0]
        if path.endswith(".md") and ":" not in path and not path.startswith("/"):
            return text
    hint = "Write a path of this site such as /contests/, a file such as spring.md, or an address such as https://example.com."
    if _MAIL.fullmatch(text):
        hint = f"Write mailto:{text}"
    elif text.startswith("www.") or _HOST_AND_PATH.match(text):
        hint = f"Write https://{text}"
    raise wrong("not-a-target", f'"{text}" leads nowhere.', hint)


def to_email(text: str) -> str:
    """An e-mail address. Error: ``not-an-email``."""
    if not _MAIL.fullmatch(text):
        inner = next((word for word in re.split(r"[\s<>(),;]+|mailto:", text[:400]) if _MAIL.fullmatch(word)), None)
        hint = f"Write {inner}" if inner else "Write one such as press@example.com."
        raise wrong("not-an-email", f'"{text}" is not an e-mail address.', hint)
    return text


def to_handle(text: str) -> str:
    """An account's name on a network, without its leading ``@``. Error: ``not-a-handle``."""
    handle = text.removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        hint = (
            "Write the name alone, for example kim_lee; a web address goes in url."
            if "/" in text
            else "Write it without spaces."
        )
        raise wrong("not-a-handle", f'"{text}" is not a handle.', hint)
    return handle


def make_slug(text: str) -> str:
    """A slug out of any text: lower case, Latin letters, accents dropped, words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", write_latin(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def make_step(name: str) -> str:
    """A step of an address out of a name that somebody gave a file or a term; never empty.

    A slug where all its letters are Latin or can be written so; else its letters and digits in small letters, joined
    by hyphens; for signs alone their numbers in Unicode.
    """
    if _STEP.fullmatch(name):
        return name
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    plain = unicodedata.normalize("NFKD", write_latin(name))
    foreign = any(letter.isalnum() and not letter.isascii() for letter in plain)
    step = re.sub(r"[\W_]+", "-", folded).strip("-") if foreign else make_slug(name)
    return step or "-".join(f"u{ord(sign):x}" for sign in folded)


def to_slug(text: str) -> str:
    """A name for addresses: small letters, digits and hyphens. Error: ``not-a-slug``."""
    if not _SLUG.fullmatch(text):
        raise wrong("not-a-slug", f'"{text}" cannot be part of an address.', _slug_hint(make_slug(text)))
    return text


def to_slug_path(text: str) -> str:
    """Slugs joined by ``/``, as pages have them: ``guide/first-site``. Error: ``not-a-slug``."""
    if not _SLUG_PATH.fullmatch(text):
        path = "/".join(filter(None, map(make_slug, text.removesuffix(".md").split("/"))))
        raise wrong("not-a-slug", f'"{text}" cannot be part of an address.', _slug_hint(path))
    return text


def _slug_hint(slug: str) -> str:
    return f"Write {slug}." if slug else "Use small letters, digits and hyphens, for example spring-contest."


def to_language(text: str) -> str:
    """A language by its BCP 47 tag: language, script, region. Error: ``not-a-language``."""
    if not _LANGUAGE.fullmatch(text):
        parts = text.replace("_", "-").split("-")
        fixed = "-".join([parts[0].lower(), *(part.upper() if len(part) == 2 else part.title() for part in parts[1:])])
        hint = f"Write {fixed}" if _LANGUAGE.fullmatch(fixed) else "Write a tag such as en, en-GB, pt-BR or zh-Hant."
        raise wrong("not-a-language", f'"{text}" is not a language.', hint)
    return text


def to_currency(text: str) -> str:
    """A currency by its ISO 4217 code, in capital letters. Error: ``not-a-currency``."""
    if text not in CURRENCIES:
        near = nearest_name(text.upper(), CURRENCIES) if len(text) in (3, 4) else None
        raise wrong(
            "not-a-currency",
            f'"{text}" is not a currency.',
            f"Write {near}." if near else "Write a code such as EUR, GBP or USD.",
        )
    return text


def to_colour(text: str) -> str:
    """A colour as CSS writes it: ``#rrggbb`` or ``oklch(…)``. Error: ``not-a-colour``."""
    if not (_HEX_COLOUR.fullmatch(text) or _OKLCH.fullmatch(text)):
        raise wrong(
            "not-a-colour",
            f'"{text}" is not a colour.',
            'Write one such as "#c2185b", in quotes, or oklch(62% 0.19 259).',
        )
    return text


def to_hashtag(text: str) -> str:
    """A hashtag without its ``#``: letters, digits and underscores, not digits alone. Error: ``not-a-hashtag``."""
    tag = text.removeprefix("#")
    if not _HASHTAG.fullmatch(tag):
        plain = text.strip("“”„‘’'\"# ")
        hint = f"Write {plain}" if _HASHTAG.fullmatch(plain) else "Use letters, digits and underscores without spaces."
        raise wrong("not-a-hashtag", f'"{text}" is not a hashtag.', hint)
    return tag


def to_file_name(text: str, folder: str) -> str:
    """A file relative to ``folder`` (site-relative), with ``/``; the result is normal (no ``.``, no ``a/..``).

    Errors: ``not-a-file-name``; ``file-outside-content`` if it would leave the content folder.
    """
    if not text or _is_url(text) or text.startswith("/") or _DRIVE.match(text):
        raise wrong(
            "not-a-file-name",
            f'"{text}" is not a file beside this one.',
            "Write the name of a file in the same folder: photo.jpg.",
        )
    if "\\" in text:
        raise wrong("not-a-file-name", f'"{text}" has a backslash in it.', f"Write {text.replace(chr(92), '/')}.")
    if text.endswith("/") or any(ord(letter) < 32 for letter in text):
        raise wrong(
            "not-a-file-name",
            f'"{text}" is not the name of a file.',
            "Write the name of a file in the same folder: photo.jpg.",
        )
    name = posixpath.normpath(text)
    root = folder.partition("/")[0]
    if not posixpath.normpath(posixpath.join(folder, name)).startswith(root + "/"):
        raise wrong(
            "file-outside-content",
            f'"{text}" lies outside the {root} folder.',
            f"Put the file inside {root}/ and name it from here.",
        )
    return name


def to_table_name(text: str) -> str:
    """A data table by its file's name in ``content/data/``, without the ending. Error: ``not-a-table-name``."""
    if not _TABLE.fullmatch(text):
        bare = text.rpartition("/")[2].partition(".")[0]
        hint = f"Write {bare}." if _TABLE.fullmatch(bare) else "Use small letters, digits, hyphens and underscores."
        raise wrong("not-a-table-name", f'"{text}" is not the name of a data table.', hint)
    return text
