#!/bin/sh
# Makes .venv, or leaves it alone when it is whole and still fits: environment.sh [test]
# A stamp is written last and says what the environment was made from, so that one that was interrupted, copied from
# another folder, or made before pyproject.toml, requirements.lock or the Python changed is made anew.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
extra=${1:-}
python=$(sh scripts/python.sh)
wanted=$(pwd -P; "$python" -c 'import sys; print(sys.version)'; cat pyproject.toml requirements.lock)

made_with() { # made_with STAMP: whether that stamp is there and says what we want
    [ -f "$1" ] && [ "$(cat "$1")" = "$wanted" ] && .venv/bin/python -c 'import twinsite' </dev/null 2>/dev/null
}

if made_with ".venv/stamp${extra:+-$extra}"; then
    exit 0
fi
echo "Setting up .venv${extra:+ with the packages that the tests need} ..."
made_with .venv/stamp || "$python" -m venv --clear .venv </dev/null
rm -f .venv/stamp*
.venv/bin/python -m pip --disable-pip-version-check --no-input install -qq \
    --constraint requirements.lock --editable ".${extra:+[$extra]}" </dev/null
for stamp in .venv/stamp ".venv/stamp${extra:+-$extra}"; do
    printf '%s\n' "$wanted" >"$stamp"
done
