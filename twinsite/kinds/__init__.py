"""The kinds of record: one module each. A kind imports only ``core`` and ``kinds.kind``, never another kind."""
