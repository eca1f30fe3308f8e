"""Validate: drafts become typed records, or problems. Touches nothing."""
