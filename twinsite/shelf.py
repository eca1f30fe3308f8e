"""The shelf: each record of the site, taken from its file when somebody asks for the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.config import Settings
from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.record import Record
from twinsite.core.request import go_on
from twinsite.core.source import SourceChangedError
from twinsite.read.drafts import DraftReader
from twinsite.read.tree import RecordFile
from twinsite.validate.records import validate_draft

Source = tuple[Draft, Record]

CHUNK = 5000
"""Files that are read in one go."""


class Shelf:
    """The records of some files, whose ``digests`` (by path) are known and which have no errors. ``read`` says that
    this build has read them closely and let go of them: what the cache kept of that is taken as it is.
    """

    def __init__(
        self,
        site: Path,
        settings: Settings,
        cache: Cache,
        salt: str,
        files: Iterable[RecordFile],
        digests: Mapping[str, str],
        read: bool = False,
    ) -> None:
        self._reader = DraftReader(site, settings.markdown_settings(), cache, salt)
        self._zone = settings.timezone
        self._files = {file.path: file for file in files}
        self._digests, self._was_read = digests, read
        self._loaded: dict[str, Source] = {}
        self._drafts: dict[str, Draft] = {}
        self._reader.touch(digests.values())

    def release(self, sources: Mapping[str, Later[Source]]) -> None:
        """Let go of records that were read closely: who asks for one again gets it from here."""
        for path, source in sources.items():
            source.renew(self.later(path).get)

    def later(self, path: str) -> Later[Source]:
        """The record of a file, read when it is asked for."""
        return Later(lambda: self._loaded.pop(path, None) or self._load((path,))[path])

    def load_all(self, paths: Iterable[str], pause: Callable[[], None] = go_on) -> None:
        """Have the records of these files at hand: much quicker than one by one, where all will be asked for. There is
        a ``pause`` after each ``CHUNK`` of them.
        """
        wanted = list(paths)
        for start in range(0, len(wanted), CHUNK):
            self._loaded.update(self._load(wanted[start : start + CHUNK]))
            pause()

    def draft(self, path: str) -> Draft:
        """What a file says, without looking at its fields."""
        return self._drafts.get(path) or self._read((path,))[path]

    def load_drafts(self, paths: Iterable[str]) -> None:
        """Have what these files say at hand, and of no others: much quicker than one by one."""
        self._drafts = dict(self._read(tuple(path for path in paths if path in self._files)))

    def _load(self, paths: Sequence[str]) -> dict[str, Source]:
        return {path: (draft, self._validate(draft)) for path, draft in self._read(paths).items()}

    def _read(self, paths: Sequence[str]) -> dict[str, Draft]:
        """The drafts of files. Raises ``SourceChangedError`` where one is not that whose digest is known."""
        files = [self._files[path] for path in paths]
        drafts = self._reader.recall(files, self._digests) if self._was_read else {}
        missing = [file for file in files if file.path not in drafts]
        for part in self._reader.read(missing) if missing else ():
            drafts.update({draft.path: draft for draft in part.drafts})
        for file in missing:
            if file.path not in drafts or drafts[file.path].digest != self._digests.get(file.path):
                raise SourceChangedError(file.path)
        return drafts

    def _validate(self, draft: Draft) -> Record:
        record = validate_draft(draft, self._zone)[0]
        if record is None:
            raise SourceChangedError(draft.path)
        return record
