"""Markdown: a body's text becomes a ``Fragment`` through one seam with two engines.

``make_engine(settings)`` once for a run, then ``parse_body(text, engine)`` for each body.
"""

from __future__ import annotations

from twinsite.read.markdown.body import parse_body
from twinsite.read.markdown.engine import Engine, make_engine

__all__ = ["Engine", "make_engine", "parse_body"]
