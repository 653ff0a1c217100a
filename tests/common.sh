# Sourced by every suite. Gives $root, $build, $library (libmemo.so), $memoize and $work, a
# directory of the suite's own that is removed at its end.
root=${MEMO_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}
build=${MEMO_BUILD:-$root/build}
library=$build/libmemo.so
memoize=$build/memoize
: "${CC:=gcc}"
work=$(mktemp -d "${TMPDIR:-/tmp}/memo-test.XXXXXX")
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
unset MEMO_CONFIG MEMO_STATS MEMO_LOG MEMO_DISABLE MEMO_SYMBOLS XDG_CONFIG_HOME
export HOME="$work" LC_ALL=C

# with_memo CONFIG PROGRAM ARGS: runs a program under the library; statistics to $work/stats.json
with_memo() {
    rm -f "$work/stats.json"
    MEMO_CONFIG=$1; shift
    env MEMO_CONFIG="$MEMO_CONFIG" MEMO_STATS="$work/stats.json" LD_PRELOAD="$library" "$@"
}

# stat SYMBOL FIELD: one figure of the last report, summed over the symbol's slots
stat_of() {
    jq -s --arg symbol "$1" "[.[].symbols[] | select(.symbol == \$symbol) | .$2] | add // 0" \
        "$work/stats.json"
}

# same_output CONFIG PROGRAM ARGS: stdout, stderr and exit status equal with and without us
same_output() {
    same_config=$1; shift
    "$@" >"$work/plain.out" 2>"$work/plain.err" </dev/null; plain_status=$?
    with_memo "$same_config" "$@" >"$work/memo.out" 2>"$work/memo.err" </dev/null; memo_status=$?
    assertEquals "exit status of $*" "$plain_status" "$memo_status"
    assertTrue "stdout of $*" "cmp -s $work/plain.out $work/memo.out"
    assertTrue "stderr of $*: $(head -c 300 "$work/memo.err")" "cmp -s $work/plain.err $work/memo.err"
}
