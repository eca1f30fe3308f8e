"""The shelf: each record of the site, taken from its file when somebody asks for the whole of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.config import Settings
from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.record import Record
from twinsite.core.source import SourceChangedError
from twinsite.read.drafts import DraftReader
from twinsite.read.tree import RecordFile
from twinsite.validate.records import validate_draft

Source = tuple[Draft, Record]


class Shelf:
    """The records of some files, whose ``digests`` (by path) are known and which have no errors."""

    def __init__(
        self,
        site: Path,
        settings: Settings,
        cache: Cache,
        salt: str,
        files: Iterable[RecordFile],
        digests: Mapping[str, str],
    ) -> None:
        self._reader = DraftReader(site, settings.markdown_settings(), cache, salt)
        self._zone = settings.timezone
        self._files = {file.path: file for file in files}
        self._digests = digests
        self._reader.touch(digests.values())

    def later(self, path: str) -> Later[Source]:
        """The record of a file, read when it is asked for."""
        return Later(lambda: self.load(path))

    def load(self, path: str) -> Source:
        """The record of a file. Raises ``SourceChangedError`` where it is not the one whose digest is known."""
        drafts = [draft for part in self._reader.read((self._files[path],)) for draft in part.drafts]
        if not drafts or drafts[0].digest != self._digests.get(path):
            raise SourceChangedError(path)
        record = validate_draft(drafts[0], self._zone)[0]
        if record is None:
            raise SourceChangedError(path)
        return drafts[0], record
