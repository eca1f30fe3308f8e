"""Twinsite: a static-site generator for contests, twinterns and earned media."""

__version__ = "0.1.0"
