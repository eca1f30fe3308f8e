"""Plan: the linked site becomes a list of output files, each a template's name and a view. Touches nothing."""
