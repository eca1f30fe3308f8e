"""The official rules of a contest, written from its own fields: ``/contests/<slug>/rules/``."""
