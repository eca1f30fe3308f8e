#!/bin/sh
# Style, types and tests. All three always run, so that one run tells everything; any failure fails the whole.
set -u
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONWARNINGS
failed=0
.venv/bin/ruff check . </dev/null || failed=1
.venv/bin/mypy </dev/null || failed=1
if [ -n "${LONG:-}" ]; then
    .venv/bin/python -m pytest "$@" </dev/null || failed=1
else
    .venv/bin/python -m pytest -m 'not long' "$@" </dev/null || failed=1
fi
exit $failed
