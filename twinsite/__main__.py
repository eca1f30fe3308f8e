"""``python -m twinsite``."""

from twinsite.cli import run

if __name__ == "__main__":
    run()
