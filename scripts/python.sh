#!/bin/sh
# Prints the command of a Python that can run Twinsite (3.11 or newer, able to make virtual environments).
# PYTHON=... names one. Otherwise python3 is preferred, then the newest of the versions we test, then any other python3
# on the PATH; but those that were built for speed go before all others.
set -u

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1; }
makes_environments() { "$1" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1; }
built_for_speed() { "$1" "${0%/*}/built_for_speed.py" </dev/null >/dev/null 2>&1; }

list_candidates() {
    printf '%s\n' python3 python3.14 python3.13 python3.12 python3.11
    IFS=:
    for folder in $PATH; do
        [ -x "$folder/python3" ] && echo "$folder/python3"
    done
}

incomplete=
slower=
IFS='
'
for candidate in ${PYTHON:-$(list_candidates)}; do
    new_enough "$candidate" || continue
    if ! makes_environments "$candidate"; then
        incomplete=${incomplete:-$candidate}
    elif [ -n "${PYTHON:-}" ] || built_for_speed "$candidate"; then
        echo "$candidate"
        exit 0
    else
        slower=${slower:-$candidate}
    fi
done

if [ -n "$slower" ]; then
    echo "$slower"
    exit 0
elif [ -n "$incomplete" ]; then
    package=$("$incomplete" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "$incomplete cannot make virtual environments yet; on Debian and Ubuntu run: apt-get install $package" >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "PYTHON=$PYTHON is not a Python 3.11 or newer." >&2
else
    echo "Twinsite needs Python 3.11 or newer, and no python3 here is; install one, or name one with PYTHON=/path/to/python3." >&2
fi
exit 1
