# shellcheck shell=sh disable=SC1091
# Configs that are wrong, end to end: the message is exactly the expected one, the good section of
# the same file works, and the program gives what it gives without us. tests/config/README tells
# how to add one.
. "$(dirname "$0")/common.sh"

bad=$root/tests/config/bad
expected_out=

oneTimeSetUp() {
    $CC -O1 -fPIE -pie -o "$work/gamma" "$root/tests/config/gamma.c" -lm
    expected_out=$("$work/gamma" 2>/dev/null </dev/null)
    # A user without privileges reads what root's umask may have closed.
    cp "$library" "$work/libmemo.so"
    chmod 755 "$work/libmemo.so" "$work/gamma"
}

# gamma NAME=VALUE...: runs the program under libmemo and checks all that must not change; what
# libmemo said is then in $work/said
gamma() {
    rm -f "$work/stats.json"
    env "$@" MEMO_STATS="$work/stats.json" LD_PRELOAD="$work/libmemo.so" "$work/gamma" \
        >"$work/out" 2>"$work/err" </dev/null
    assertEquals "exit status, $*" 7 $?
    assertEquals "stdout, $*" "$expected_out" "$(cat "$work/out")"
    assertEquals "the program's stderr, $*" "the program's own line" \
        "$(grep -v '^libmemo: ' "$work/err")"
    grep '^libmemo: ' "$work/err" >"$work/said"
}

# hits COUNT: of tgamma, in the last run
hits() {
    assertEquals "hits" "$1" "$(stat_of tgamma hits)"
}

# says LINE: all that libmemo said in the last run, "" for nothing
says() {
    assertEquals "messages" "$1" "$(cat "$work/said")"
}

# One of tests/config/bad, by its name without .conf.
golden() {
    cd "$bad" || return 1
    [ ! -O "$1.conf" ] || chmod o-w "$1.conf"
    gamma MEMO_CONFIG="$1.conf"
    [ "${MEMO_GOLDEN:-}" != update ] || cp "$work/said" "$1.err"
    assertTrue "$1.err: expected messages" "[ -s $1.err ]"
    difference=$(diff -u "$1.err" "$work/said")
    assertEquals "$1" "" "$difference"
    hits 995
}

suite() {
    for file in "$bad"/*.conf; do
        name=$(basename "$file" .conf)
        test=test_bad_$(echo "$name" | tr -c 'a-zA-Z0-9\n' _)
        eval "$test() { golden '$name'; }"
        suite_addTest "$test"
    done
    for test in enough prototypes_agree_with_headers wrong_prototypes_are_noticed \
        mangle_as_the_compiler mangled_sections missing folder fifo device binary binary_late huge over_a_megabyte \
        world_writable unreadable path_through_a_file empty comments_only variables \
        variables_above_file symbols symbols_wrong search_order search_is_absolute \
        search_by_program no_config disabled megabyte_of_brackets megabyte_of_one_section \
        megabyte_of_sections megabyte_line no_memory; do
        suite_addTest "test_$test"
    done
}

test_enough() {
    count=$(find "$bad" -name '*.conf' | wc -l)
    assertTrue "$count bad configs" "[ $count -ge 45 ]"
    assertEquals "each has its messages" "$count" "$(find "$bad" -name '*.err' -size +0 | wc -l)"
}

# -- the catalogue --------------------------------------------------------------------------------

# headers_agree FILE FLAGS...: every prototype of a config is that of the real header, a pointer to
# what it says takes the function
headers_agree() {
    file=$1; shift
    name=$(basename "$file" .conf)
    "$memoize" check --json -c "$file" >"$work/$name.json"
    "$python" "$root/tests/config/headers.py" "$root/tests/config/headers" "$file" \
        <"$work/$name.json" >"$work/$name.c" 2>"$work/err" &&
        $CC -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-deprecated-declarations "$@" -c \
            -o "$work/$name.o" "$work/$name.c" 2>"$work/err"
}

test_prototypes_agree_with_headers() {
    for file in "$root"/config/catalogue/*.conf "$root"/config/examples/*.conf; do
        [ -f "$file" ] || continue
        headers_agree "$file"
        assertEquals "$(basename "$file"): $(head -20 "$work/err")" 0 $?
        assertEquals "functions of $(basename "$file")" \
            "$(grep -v '^\[\(struct\|union\) ' "$file" | grep -c '^\[[A-Za-z_]')" \
            "$(grep -c ' = ' "$work/$(basename "$file" .conf).c")"
    done
}

# The test of the test: one wrong parameter, a const too many, another result.
test_wrong_prototypes_are_noticed() {
    for line in 'powf: float powf(float x, double y)' 'ilogb: long ilogb(double x)' \
        'frexp: double frexp(double x, out long exponent[1])' 'nan: double nan(out char tag[8])'; do
        printf '[%s]\nprototype = %s\n' "${line%%:*}" "${line#*: }" >"$work/libm.conf"
        headers_agree "$work/libm.conf"
        assertEquals "$line: $(head -3 "$work/err")" 1 $?
        assertTrue "$line: $(head -3 "$work/err")" "grep -q 'error:.*incompatible' $work/err"
    done
}

# -- C++ names ------------------------------------------------------------------------------------

# The symbols of g++'s functions, demangled and mangled by us, are the same again.
test_mangle_as_the_compiler() {
    $CXX -std=c++11 -shared -fPIC -w -o "$work/names.so" "$root/tests/config/names.cc"
    $CC -std=gnu11 -D_GNU_SOURCE -I"$root" -o "$work/mangle" "$root/tests/config/mangle.c" \
        "$root"/config/*.c "$root/config/generate/empty.c"
    nm -D --defined-only "$work/names.so" | sed -n 's/.* [TW] \(_Z\)/\1/p' >"$work/symbols"
    count=$(wc -l <"$work/symbols")
    assertTrue "$count functions" "[ $count -ge 60 ]"
    # The abbreviations of streams stand for typedefs that c++filt spells out.
    c++filt <"$work/symbols" |
        sed 's/std::basic_\([a-z]*\)<char, std::char_traits<char> >/std::\1/g' >"$work/names"
    "$work/mangle" <"$work/names" >"$work/mangled"
    difference=$(diff -u "$work/symbols" "$work/mangled")
    assertEquals "symbols" "" "$difference"
}

# A section by either name, the parameters of the prototype as C++ has them.
test_mangled_sections() {
    printf '%s\n' 'namespace geo { struct point { double x, y; };' \
        'double dist(double a, double b) { return a + b; }' \
        'double norm(const point &p) { return p.x + p.y; }' \
        'void half(double &x) { x /= 2; } }' \
        'int main() { double sum = 0; for (int i = 0; i < 100; i++) { double x = i % 4;' \
        'geo::half(x); geo::point p = {x, 1}; sum += geo::dist(i % 5, 1) + geo::norm(p); }' \
        'return (int)sum; }' >"$work/geo.cc"
    $CXX -O0 -fPIC -shared -o "$work/libgeo.so" "$work/geo.cc"
    sed 's/ { return [^}]*}/;/; s/ { x \/= 2; }/;/' "$work/geo.cc" >"$work/geo_main.cc"
    $CXX -O0 -o "$work/geo" "$work/geo_main.cc" -L"$work" -lgeo -Wl,-rpath,"$work"
    "$work/geo"
    expected=$?
    cat >"$work/geo.conf" <<'END'
[geo::dist(double, double)]
prototype = double dist(double, double)
[geo::norm(const geo::point&)]
prototype = double norm(const struct geo::point &p)
[_ZN3geo4halfERd]
prototype = void half(double &x)
[struct geo::point]
fields = double x, double y
END
    with_memo "$work/geo.conf" "$work/geo" 2>"$work/err"
    assertEquals "exit status" "$expected" $?
    assertEquals "messages" "" "$(cat "$work/err")"
    assertEquals 95 "$(stat_of _ZN3geo4distEdd hits)"
    assertEquals 96 "$(stat_of _ZN3geo4normERKNS_5pointE hits)"
    assertEquals 96 "$(stat_of _ZN3geo4halfERd hits)"
}

# -- files that are not to be read ----------------------------------------------------------------

test_missing() {
    gamma MEMO_CONFIG="$work/missing.conf"
    says "libmemo: $work/missing.conf: there is no such file"
    hits 0
}

test_folder() {
    gamma MEMO_CONFIG="$work"
    says "libmemo: $work: this is a folder: name a file in it"
    hits 0
}

# Opening one of these would block, or do things.
test_fifo() {
    mkfifo "$work/fifo.conf"
    gamma MEMO_CONFIG="$work/fifo.conf"
    says "libmemo: $work/fifo.conf: this is no regular file, so it is not read"
    hits 0
}

test_device() {
    gamma MEMO_CONFIG=/dev/zero
    says "libmemo: /dev/zero: this is no regular file, so it is not read"
}

test_binary() {
    printf '\177ELF\002\001\001\000\000\n[tgamma]\n' >"$work/binary.conf"
    gamma MEMO_CONFIG="$work/binary.conf"
    says "libmemo: $work/binary.conf:1:8: a NUL byte: this is no text, so it is not read"
    hits 0
}

test_binary_late() {
    printf '[tgamma]\n# one\000byte\n' >"$work/late.conf"
    gamma MEMO_CONFIG="$work/late.conf"
    says "libmemo: $work/late.conf:2:6: a NUL byte: this is no text, so it is not read"
    hits 0
}

test_huge() {
    truncate -s 64M "$work/huge.conf"
    gamma MEMO_CONFIG="$work/huge.conf"
    says "libmemo: $work/huge.conf: it is larger than 1 MiB, so it is not read"
    hits 0
}

test_over_a_megabyte() {
    { echo '[tgamma]'; head -c 1048567 /dev/zero | tr '\0' '\n'; } >"$work/size.conf"
    gamma MEMO_CONFIG="$work/size.conf"
    says ""
    hits 995
    echo >>"$work/size.conf"
    gamma MEMO_CONFIG="$work/size.conf"
    says "libmemo: $work/size.conf: it is larger than 1 MiB, so it is not read"
}

test_world_writable() {
    echo '[tgamma]' >"$work/open.conf"
    chmod 666 "$work/open.conf"
    gamma MEMO_CONFIG="$work/open.conf"
    says "libmemo: $work/open.conf: others may write it, so it is not read: chmod o-w"
    hits 0
}

test_unreadable() {
    echo '[tgamma]' >"$work/closed.conf"
    chmod 000 "$work/closed.conf"
    if [ "$(id -u)" -ne 0 ]; then
        gamma MEMO_CONFIG="$work/closed.conf"
        hits 0
    else
        setpriv --reuid=65534 --regid=65534 --clear-groups env LD_PRELOAD="$work/libmemo.so" \
            MEMO_CONFIG="$work/closed.conf" "$work/gamma" >"$work/out" 2>"$work/err" </dev/null
        assertEquals 7 $?
        assertEquals "$expected_out" "$(cat "$work/out")"
        grep '^libmemo: ' "$work/err" >"$work/said"
    fi
    says "libmemo: $work/closed.conf: this user may not read it"
}

test_path_through_a_file() {
    gamma MEMO_CONFIG="$work/gamma/memo.conf"
    says "libmemo: $work/gamma/memo.conf: there is no such file: a part of it is no folder"
}

# -- files that are fine --------------------------------------------------------------------------

test_empty() {
    : >"$work/empty.conf"
    gamma MEMO_CONFIG="$work/empty.conf"
    says ""
    hits 0
}

test_comments_only() {
    gamma MEMO_CONFIG="$root/config/memo.conf"
    says ""
    hits 0
}

# -- the environment ------------------------------------------------------------------------------

test_variables() {
    gamma MEMO_LOG=loud MEMO_SYMBOLS=tgamma
    says "libmemo: MEMO_LOG = loud: write one of: none error warning info debug"
    hits 995
}

test_variables_above_file() {
    printf '[memo]\nstats = stderr\n[tgamma]\n' >"$work/stats.conf"
    gamma MEMO_CONFIG="$work/stats.conf"
    says ""
    hits 995
}

test_symbols() {
    gamma MEMO_SYMBOLS="pow tgamma=2"
    says ""
    assertEquals 2 "$(stat_of tgamma maxsize)"
    printf '[tgamma]\nmaxsize = 3\nenabled = no\n' >"$work/over.conf"
    gamma MEMO_CONFIG="$work/over.conf" MEMO_SYMBOLS=tgamma
    says ""
    assertEquals 3 "$(stat_of tgamma maxsize)"
}

test_symbols_wrong() {
    gamma MEMO_SYMBOLS="tgamma pwo frobnicate exp=x"
    assertEquals "libmemo: MEMO_SYMBOLS: [pwo] is not in the catalogue: did you mean 'pow'?
libmemo: MEMO_SYMBOLS: [frobnicate] is not in the catalogue: it needs a config file with its \
prototype
libmemo: MEMO_SYMBOLS: maxsize = x: write a number from 0 up, as 4096, or unlimited" \
        "$(cat "$work/said")"
    hits 995
}

# put FILE MAXSIZE: a config that shows which one was read
put() {
    mkdir -p "$(dirname "$1")"
    printf '[tgamma]\nmaxsize = %s\n' "$2" >"$1"
}

# reads MAXSIZE NAME=VALUE...
reads() {
    reads_maxsize=$1
    shift
    gamma "$@"
    says ""
    assertEquals "$*" "$reads_maxsize" "$(stat_of tgamma maxsize)"
}

test_search_order() {
    home=$work/home
    put "$home/.config/libmemo/memo.conf" 101
    reads 101 HOME="$home"
    put "$home/.config/libmemo/gamma.conf" 102
    reads 102 HOME="$home"
    put "$home/xdg/libmemo/memo.conf" 103
    reads 103 HOME="$home" XDG_CONFIG_HOME="$home/xdg"
    put "$home/xdg/libmemo/gamma.conf" 104
    reads 104 HOME="$home" XDG_CONFIG_HOME="$home/xdg"
    put "$home/named.conf" 105
    reads 105 HOME="$home" XDG_CONFIG_HOME="$home/xdg" MEMO_CONFIG="$home/named.conf"
    reads 104 HOME="$home" XDG_CONFIG_HOME="$home/xdg" MEMO_CONFIG=
}

# What is relative is no place to look in (XDG Base Directory Specification); nor is the current
# directory.
test_search_is_absolute() {
    home=$work/absolute
    put "$home/.config/libmemo/memo.conf" 201
    put "$home/relative/libmemo/memo.conf" 202
    put "$home/memo.conf" 203
    put "$home/libmemo/memo.conf" 204
    cd "$home" || return 1
    reads 201 HOME="$home" XDG_CONFIG_HOME=relative
    reads 4096 HOME=. XDG_CONFIG_HOME= # the catalogue's choice
}

# Only where there is nothing that says what to cache: neither a file, be it empty or bad, nor symbols.
test_no_config() {
    mkdir "$work/nothing"
    gamma HOME="$work/nothing" XDG_CONFIG_HOME="$work/nothing"
    says ""
    hits_without=$(stat_of tgamma hits)
    assertTrue "hits: $hits_without" "[ $hits_without -gt 0 ]"
    gamma HOME="$work/nothing" MEMO_SYMBOLS=sin
    assertEquals "beside symbols" 0 "$(stat_of tgamma calls)"
    gamma HOME="$work/nothing" MEMO_DISABLE=1
    assertFalse "disabled" "[ -e $work/stats.json ]"
    put "$work/nothing/libmemo/memo.conf" 0
    : >"$work/nothing/libmemo/memo.conf"
    gamma XDG_CONFIG_HOME="$work/nothing"
    assertEquals "beside an empty file" 0 "$(stat_of tgamma calls)"
    printf '[tgamma\n' >"$work/nothing/libmemo/memo.conf"
    gamma XDG_CONFIG_HOME="$work/nothing"
    assertEquals "beside a bad file" 0 "$(stat_of tgamma calls)"
}

test_search_by_program() {
    home=$work/program
    put "$home/.config/libmemo/gamma.conf" 301
    ln -sf "$work/gamma" "$work/renamed"
    reads 301 HOME="$home"
}

test_disabled() {
    put "$work/broken.conf" lots
    gamma MEMO_CONFIG="$work/broken.conf" MEMO_DISABLE=1
    says ""
    assertFalse "a report" "[ -s $work/stats.json ]"
}

# -- a megabyte of anything -----------------------------------------------------------------------

# quick FILE: loads within two seconds of processor time, and says no more than it may
quick() {
    gamma MEMO_CONFIG="$1"
    assertTrue "$(wc -l <"$work/said") lines" "[ $(wc -l <"$work/said") -le 33 ]"
    # shellcheck disable=SC3045
    ( ulimit -t 2; MEMO_CONFIG=$1 LD_PRELOAD=$work/libmemo.so "$work/gamma" ) >/dev/null 2>&1 \
        </dev/null
    assertEquals "within its time" 7 $?
}

test_megabyte_of_brackets() {
    head -c 1048576 /dev/zero | tr '\0' '[' >"$work/brackets.conf"
    quick "$work/brackets.conf"
    says "libmemo: $work/brackets.conf:1:1: the section name has no end: write [NAME]"
}

test_megabyte_of_one_section() {
    yes '[tgamma]' | head -c 1048500 >"$work/sections.conf"
    echo >>"$work/sections.conf"
    quick "$work/sections.conf"
    hits 995
}

test_megabyte_of_sections() {
    { echo '[tgamma]'; seq 100000 160000 | sed 's/.*/[f&]/'; } | head -c 1048000 >"$work/many.conf"
    quick "$work/many.conf"
    hits 995
}

test_megabyte_line() {
    { printf '[tgamma]\n[f]\nprototype = int f('; yes 'double *a,' | tr -d '\n' | head -c 1000000
        echo; } >"$work/line.conf"
    quick "$work/line.conf"
    hits 995
}

# Where the kernel gives no memory for a large config, the program still runs as it would.
test_no_memory() {
    seq 100000 130000 | sed 's/.*/[f&]\nprototype=int f&(int)/' | head -c 1000000 >"$work/good.conf"
    # shellcheck disable=SC3045
    ( ulimit -v 12000; MEMO_CONFIG=$work/good.conf LD_PRELOAD=$work/libmemo.so "$work/gamma" ) \
        >"$work/out" 2>"$work/err" </dev/null
    assertEquals "exit status" 7 $?
    assertEquals "stdout" "$expected_out" "$(cat "$work/out")"
    assertEquals "libmemo: $work/good.conf: no memory for the whole config: the rest of it is left \
out" "$(grep 'whole config' "$work/err")"
}

. shunit2
