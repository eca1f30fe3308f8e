"""``python -m twinsite``."""

from twinsite.start import run

if __name__ == "__main__":
    run()
