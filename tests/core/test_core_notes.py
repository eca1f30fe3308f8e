"""A note has the fields of what it is a note of, in the same order, for each is made of the other's values."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from twinsite.core.notes import DocumentNote, EntryNote, PageNote
from twinsite.core.page import Document, Page
from twinsite.core.site import Entry


@pytest.mark.parametrize(("noted", "note"), [(Entry, EntryNote), (Page, PageNote), (Document, DocumentNote)])
def test_a_note_has_the_fields_that_are_worked_out_at_once(noted: Any, note: Any) -> None:
    at_once = tuple(field.name for field in fields(noted) if not field.kw_only)
    assert note.__struct_fields__ == at_once
