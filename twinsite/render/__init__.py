"""Render: a view becomes bytes. Pure functions of values; touches no disk, no clock and no network."""
