#!/bin/sh
# Prints the command of a Python that can run Twinsite (3.11 or newer, able to make virtual environments).
# PYTHON=... names one; otherwise python3 is preferred, then the newest of the versions we test.
set -u

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1; }
makes_environments() { "$1" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1; }

incomplete=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    new_enough "$candidate" || continue
    if makes_environments "$candidate"; then
        echo "$candidate"
        exit 0
    fi
    incomplete=${incomplete:-$candidate}
done

if [ -n "$incomplete" ]; then
    package=$("$incomplete" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "$incomplete cannot make virtual environments yet; on Debian and Ubuntu run: apt-get install $package" >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "PYTHON=$PYTHON is not a Python 3.11 or newer." >&2
else
    echo "Twinsite needs Python 3.11 or newer, and no python3 here is; install one, or name one with PYTHON=/path/to/python3." >&2
fi
exit 1
