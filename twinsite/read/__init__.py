"""Read: a folder becomes drafts, tables, a theme and probed files. Reads the disk; writes nothing and judges no
field.
"""
