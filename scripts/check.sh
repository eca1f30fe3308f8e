#!/bin/sh
# Style, types and tests. All always run, so that one run tells everything; any failure fails the whole.
# Tests that need a quiet machine go first; all others share the cores, also with mypy. Further words go to pytest: check.sh -k theme
set -u
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONWARNINGS PYTHONDONTWRITEBYTECODE # A command of a second is started hundreds of times.
failed=0
marks='not long'
[ -z "${LONG:-}" ] || marks='long or not long'

run_tests() { # run_tests MARKS ...: 5, which is pytest's way to say that no test was chosen, is no failure by itself
    chosen="$1 and ($marks)"
    shift
    .venv/bin/python -m pytest --no-header -m "$chosen" "$@" </dev/null
    code=$?
    [ $code -eq 5 ] && return
    none_ran=0
    [ $code -eq 0 ] || failed=1
}

.venv/bin/ruff check . </dev/null || failed=1
none_ran=1
run_tests alone "$@"
types=$(mktemp)
trap 'rm -f "$types"' EXIT
.venv/bin/mypy </dev/null >"$types" 2>&1 &
typing=$!
run_tests 'not alone' --numprocesses=auto --maxprocesses=4 --dist=worksteal "$@"
wait $typing || failed=1
cat "$types"
[ $none_ran -eq 0 ] || failed=1
exit $failed
