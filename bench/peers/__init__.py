"""One module for each generator: how its site is laid out, and how it is run."""
