"""What the disk refused, in plain words.

Takes an ``OSError``; gives a ``Problem`` or an exception that carries problems. It prints nothing and tries
nothing again.
"""

from __future__ import annotations

import errno
from pathlib import Path

from twinsite.core.problem import Problem

WORDS = {
    errno.ENOSPC: ("the disk is full", "Free some space, then build again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, then build again."),
    errno.EACCES: ("you are not allowed to write there", "Choose another output folder, or change its permissions."),
    errno.EPERM: ("you are not allowed to write there", "Choose another output folder, or change its permissions."),
    errno.EROFS: ("the disk is read-only", "Choose an output folder on a disk that can be written."),
    errno.ENAMETOOLONG: ("its name is too long", "Give the page a shorter slug or the file a shorter name."),
    errno.ENOTDIR: ("a file stands where a folder is needed", "Move that file away, or choose another output folder."),
    errno.EISDIR: ("a folder stands where a file is needed", "Move that folder away, or choose another output folder."),
    errno.EEXIST: ("a file stands where a folder is needed", "Move that file away, or choose another output folder."),
    errno.EFBIG: ("the file is larger than this disk allows", "Make the file smaller, or choose another disk."),
    errno.EMFILE: ("too many files are open", "Close other programs, then build again."),
    errno.ENFILE: ("too many files are open", "Close other programs, then build again."),
    errno.EIO: ("the disk reports a fault", "Check the disk, or choose another output folder."),
    errno.ELOOP: ("a link there leads back to itself", "Remove that link, then build again."),
}
"""The plain words and the advice for each error number that a full, broken or forbidden disk gives."""


class WriteError(Exception):
    """The output cannot be written; ``problems`` say why, for the report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class OutputBusy(WriteError):  # noqa: N818 (it says what is the case, and is waited for)
    """Another build held the lock of the output folder for longer than we were ready to wait."""


def refuse(error: OSError, folder: Path, path: str = "") -> Problem:
    """The problem ``cannot-write``: what could not be written (``path`` below ``folder``, or the folder) and why."""
    cause, hint = WORDS.get(error.errno or 0, (_system_words(error), "Choose another output folder with --output."))
    place = f'"{folder.name}/{path}"' if path else f'the output folder "{folder}"'
    return Problem("cannot-write", "", f"Twinsite could not write {place}: {cause}.", hint)


def busy(folder: Path, seconds: float) -> Problem:
    """The problem ``output-busy``: another build is writing ``folder`` and did not finish within ``seconds``."""
    message = f'Another build is writing "{folder}" and did not finish within {seconds:g} seconds.'
    return Problem("output-busy", "", message, "Wait until it is done, or build into another folder with --output.")


def _system_words(error: OSError) -> str:
    words = error.strerror or "the system gave no reason"
    return words[0].lower() + words[1:]
