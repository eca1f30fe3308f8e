"""The comparison of Twinsite with other generators: one corpus, one equivalent site for each, and a stopwatch.

Not part of the package that people install. Run it with ``make bench`` or ``python -m bench --help``.
"""
