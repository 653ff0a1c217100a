# shellcheck shell=sh disable=SC1091
# The unit tests of tests/unit, one shunit2 test for each program: under ASan and UBSan, and what
# UNITS_TSAN of tests/unit/unit.mk names under ThreadSanitizer as well.
. "$(dirname "$0")/common.sh"

# unit PROGRAM: passes if it does, and shows what it printed if not
unit() {
    "$@" >"$work/out" 2>&1 </dev/null
    assertEquals "$(cat "$work/out")" 0 $?
}

# ThreadSanitizer of gcc 12 can't live with all of today's address randomisation.
fixed_addresses() {
    if setarch -R true 2>/dev/null; then setarch -R "$@"; else "$@"; fi
}

suite() {
    for program in "$build"/unit/*; do
        [ -x "$program" ] && [ ! -d "$program" ] || continue
        name=test_$(basename "$program")
        eval "$name() { unit '$program'; }"
        suite_addTest "$name"
    done
    for program in "$build"/unit-tsan/*; do
        [ -x "$program" ] && [ ! -d "$program" ] || continue
        name=test_$(basename "$program")_threads
        eval "$name() { unit fixed_addresses '$program'; }"
        suite_addTest "$name"
    done
    suite_addTest test_all_are_there
}

test_all_are_there() {
    for source in "$root"/tests/unit/*_test.c; do
        assertTrue "$source is built: make units" \
            "[ -x $build/unit/$(basename "$source" _test.c) ]"
    done
}

. shunit2
