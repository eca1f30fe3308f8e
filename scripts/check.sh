#!/bin/sh
# Style, types and tests. All three always run, so that one run tells everything; any failure fails the whole.
set -u
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONWARNINGS
failed=0
.venv/bin/ruff check . </dev/null || failed=1
.venv/bin/mypy </dev/null || failed=1
marks='not long'
[ -z "${LONG:-}" ] || marks='long or not long'
.venv/bin/python -m pytest -m "$marks" "$@" </dev/null || failed=1
exit $failed
