"""A note has the fields of what it is a note of, in the same order, for each is made of the other's values."""

from __future__ import annotations

from typing import Any

import pytest

from twinsite.core.notes import DocumentNote, EntryNote, PageNote
from twinsite.core.page import DocumentOutline, PageOutline
from twinsite.core.site import Outline


@pytest.mark.parametrize(
    ("noted", "note"), [(Outline, EntryNote), (PageOutline, PageNote), (DocumentOutline, DocumentNote)]
)
def test_a_note_has_the_fields_that_are_worked_out_at_once(noted: Any, note: Any) -> None:
    assert note.__struct_fields__ == noted.__struct_fields__
