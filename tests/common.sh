# Sourced by every suite. Gives $root, $build, $library (libmemo.so), $memoize, $programs and $work,
# a directory of the suite's own that is removed at its end.
root=${MEMO_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}
build=${MEMO_BUILD:-$root/build}
library=$build/libmemo.so
memoize=$build/memoize
programs=$root/tests/programs
python=/usr/bin/python3 # Debian's own, whatever else PATH offers
: "${CC:=gcc}" "${CXX:=g++}"
umask 022
work=$(mktemp -d "${TMPDIR:-/tmp}/memo-test.XXXXXX")
chmod 755 "$work"
# shunit2 calls this when a suite ends, however it does; a trap of our own would be replaced by its.
oneTimeTearDown() { rm -rf "$work"; }
unset MEMO_CONFIG MEMO_STATS MEMO_LOG MEMO_DISABLE MEMO_SYMBOLS XDG_CONFIG_HOME TZ
export HOME="$work" LC_ALL=C

# with_memo CONFIG PROGRAM ARGS: runs a program under the library; statistics to $work/stats.json.
# A suite that sets time_limit gives each program so many seconds.
with_memo() {
    rm -f "$work/stats.json"
    MEMO_CONFIG=$1; shift
    ${time_limit:+timeout --foreground "$time_limit"} env MEMO_CONFIG="$MEMO_CONFIG" MEMO_STATS="$work/stats.json" LD_PRELOAD="$library" "$@"
}

# stat SYMBOL FIELD: one figure of the last report, summed over the symbol's slots
stat_of() {
    jq -s --arg symbol "$1" "[.[].symbols[] | select(.symbol == \$symbol) | .$2] | add // 0" \
        "$work/stats.json"
}

# total_of FIELD: one figure of the last report, summed over all slots of all processes
total_of() {
    jq -s "[.[].symbols[] | .$1] | add // 0" "$work/stats.json"
}

# same_output CONFIG PROGRAM ARGS: stdout, stderr and exit status equal with and without us
same_output() {
    same_config=$1; shift
    ${time_limit:+timeout --foreground "$time_limit"} "$@" >"$work/plain.out" 2>"$work/plain.err" </dev/null; plain_status=$?
    with_memo "$same_config" "$@" >"$work/memo.out" 2>"$work/memo.err" </dev/null; memo_status=$?
    assertEquals "exit status of $*" "$plain_status" "$memo_status"
    assertTrue "stdout of $*" "cmp -s $work/plain.out $work/memo.out"
    assertTrue "stderr of $*: $(head -c 300 "$work/memo.err")" "cmp -s $work/plain.err $work/memo.err"
}

# config NAME: standard input becomes $work/NAME.conf
config() {
    cat >"$work/$1.conf"
}

# catalogue_symbols [FILE...]: the names of all sections of config/catalogue/*.conf, or of FILEs there
catalogue_symbols() {
    [ $# -gt 0 ] || set -- "$root"/config/catalogue/*.conf
    for catalogue_file in "$@"; do
        case $catalogue_file in /*) ;; *) catalogue_file=$root/config/catalogue/$catalogue_file ;; esac
        sed -n 's/^\[\([A-Za-z_][A-Za-z0-9_]*\)\].*/\1/p' "$catalogue_file"
    done
}

# catalogue_headers [FILE...]: where the functions of config/catalogue/*.conf, or of FILEs, are declared
catalogue_headers() {
    [ $# -gt 0 ] || set -- "$root"/config/catalogue/*.conf
    for catalogue_file in "$@"; do
        sed -n "s/^$(basename "$catalogue_file") //p" "$root/tests/config/headers"
    done | xargs -n 1 | grep "[.]h$" | sort -u
}

compile_flags="-std=gnu11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -I$programs -I$root/tests/unit"

# compile_library NAME SOURCES AND FLAGS: $work/libNAME.so, from paths below tests/programs. Calls
# within it go through its PLT, clang's too. Exits the suite when it fails: there is nothing to test.
compile_library() {
    compile_name=$1; shift
    # shellcheck disable=SC2086 # flags are words
    (cd "$programs" && $CC $compile_flags -fPIC -fsemantic-interposition -shared -pthread -Wl,-soname,"lib$compile_name.so" \
        -o "$work/lib$compile_name.so" "$@" -lm) || { echo "lib$compile_name.so: not built"; exit 1; }
}

# compile_program NAME SOURCES AND FLAGS: $work/NAME, which finds libraries of $work at run time
compile_program() {
    compile_name=$1; shift
    # shellcheck disable=SC2086
    (cd "$programs" && $CC $compile_flags -pthread -o "$work/$compile_name" "$@" \
        -L"$work" -Wl,-rpath,"$work" -lm) || { echo "$compile_name: not built"; exit 1; }
}

# skip REASON: the rest of this test can't be run here. It doesn't count as passed, and is named.
skip() {
    echo "skipped: $1"
    startSkipping
}

# is_root: some tests need to change owners or roots
is_root() {
    [ "$(id -u)" -eq 0 ]
}

# assert_sums MESSAGE: in every row of the last report, calls = hits + misses + bypassed
assert_sums() {
    assertEquals "${1:-calls = hits + misses + bypassed}" "[]" "$(jq -cs \
        '[.[].symbols[] | select(.calls != .hits + .misses + .bypassed)]' "$work/stats.json")"
}
