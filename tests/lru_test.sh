# Exact LRU: the same hits, misses and currsize as Python's functools.lru_cache.
. "$(dirname "$0")/common.sh"

oneTimeSetUp() {
    compile_library lru lru/library.c -fno-optimize-sibling-calls
    compile_program replay lru/replay.c -llru
    compile_program twins lru/twins.c -llru
    mkdir "$work/traces"
    "$python" "$programs/lru/traces.py" "$work/traces" || exit 1
    "$python" "$programs/lru/recursion.py" >"$work/recursion" || exit 1
}

# Writes $work/lru.conf: lru_config MAXSIZE SYMBOL PROTOTYPE [OPTION LINES]
lru_config() {
    printf '[*]\nadaptive = off\nmaxsize = %s\n[%s]\nprototype = %s\n%s\n' "$1" "$2" "$3" "$4" \
        >"$work/lru.conf"
}

# figures SYMBOL: hits misses currsize of the last run
figures() {
    echo "$(stat_of "$1" hits) $(stat_of "$1" misses) $(stat_of "$1" currsize)"
}

check_traces() {
    while read -r trace maxsize hits misses currsize; do
        lru_config "$maxsize" scramble 'unsigned long scramble(unsigned long key)'
        output=$(with_memo "$work/lru.conf" "$work/replay" "$work/traces/$trace.trace" 2>&1)
        assertEquals "$trace, maxsize $maxsize" \
            "100000 calls, $misses ran, 0 wrong" "$output"
        assertEquals "$trace, maxsize $maxsize: hits misses currsize" \
            "$hits $misses $currsize" "$(figures scramble)"
        assertEquals "$trace, maxsize $maxsize: evictions" \
            "$([ "$maxsize" = 0 ] && echo 0 || echo $((misses - currsize)))" \
            "$(stat_of scramble evictions)"
        assert_sums "$trace, maxsize $maxsize"
    done
}

testUniform() { grep '^uniform ' "$work/traces/expected" >"$work/part"; check_traces <"$work/part"; }
testZipf() { grep '^zipf ' "$work/traces/expected" >"$work/part"; check_traces <"$work/part"; }
testLoop() { grep '^loop' "$work/traces/expected" >"$work/part"; check_traces <"$work/part"; }
testScan() { grep '^scan ' "$work/traces/expected" >"$work/part"; check_traces <"$work/part"; }

testAllTracesWereThere() {
    assertEquals 28 "$(wc -l <"$work/traces/expected")"
}

check_recursion() {
    grep "^$1 " "$work/recursion" >"$work/part"
    assertEquals "cases of $1" 7 "$(wc -l <"$work/part")"
    while read -r name maxsize hits misses currsize result; do
        lru_config "$maxsize" "$name" "$2"
        assertEquals "$name, maxsize $maxsize: result" "$result" \
            "$(with_memo "$work/lru.conf" "$work/twins" "$name" 2>&1)"
        assertEquals "$name, maxsize $maxsize: hits misses currsize" \
            "$hits $misses $currsize" "$(figures "$name")"
    done <"$work/part"
}

testRecursion() { check_recursion fibonacci 'unsigned long fibonacci(unsigned n)'; }
testDeepRecursion() { check_recursion collatz 'unsigned long collatz(unsigned long n)'; }
testMissThatFillsItsOwnKey() { check_recursion refill 'unsigned long refill(unsigned long key)'; }

# twin CASE: runs one case of twins.c, which checks every result
twin() {
    assertEquals "results of $1" "" "$(with_memo "$work/lru.conf" "$work/twins" "$1" 2>&1)"
}

testEqualIsByBits() {
    config lru <<'END'
[bits_of_double]
prototype = uint64_t bits_of_double(double x)
[bits_of_float]
prototype = uint32_t bits_of_float(float x)
END
    twin bits
    assertEquals "20 10 10" "$(figures bits_of_double)"
    assertEquals "20 10 10" "$(figures bits_of_float)"
}

testArgumentsAreKeptApart() {
    config lru <<'END'
[pair]
prototype = unsigned long pair(unsigned a, unsigned b)
[join]
prototype = unsigned long join(const char *left, const char *right)
END
    twin tuples
    assertEquals "3 3 3" "$(figures pair)"
    assertEquals "10 10 10" "$(figures join)"
}

testErrorsAreNotCached() {
    lru_config 100 failing 'int failing(int error)'
    twin errors
    assertEquals "9 15 3" "$(figures failing)"
}

testErrorsAreKept() {
    lru_config 100 failing 'int failing(int error)' 'errors = keep'
    twin errors
    assertEquals "18 6 6" "$(figures failing)"
}

testCallersThatDoNotWiden() {
    lru_config 2 narrow 'unsigned long narrow(uint16_t key)'
    twin narrow
    assertEquals "2 4 2" "$(figures narrow)"
}

testUseAfterAnotherErrno() {
    lru_config 2 scramble 'unsigned long scramble(unsigned long key)'
    twin errno
    assertEquals "3 4 2" "$(figures scramble)"
}

# With threads: who finds the lock's owner without a core goes on without the cache.
figures_or_bypassed() {
    echo "$(($(stat_of "$1" "$2") + $(stat_of "$1" bypassed))) $(stat_of "$1" currsize)"
}

testThreadsFillTheirOwnKeys() {
    lru_config 100 pair 'unsigned long pair(unsigned a, unsigned b)'
    for attempt in 1 2 3 4 5; do
        twin threads
        assertEquals "attempt $attempt" "50 5" "$(figures_or_bypassed pair hits)"
        assertEquals "attempt $attempt" 5 "$(stat_of pair misses)"
    done
}

testThreadsMissTheSameKeyAtOnce() {
    lru_config 100 meeting 'long meeting(long key)'
    for attempt in 1 2 3 4 5; do
        twin simultaneous
        assertEquals "attempt $attempt" "55 11" "$(figures_or_bypassed meeting misses)"
        assertEquals "attempt $attempt" 0 "$(stat_of meeting hits)"
    done
}

testSlowFunctionInTwoEntries() {
    lru_config 2 slow 'long slow(long key)'
    twin slow
    assertEquals 55 "$(stat_of slow calls)"
    assertEquals 2 "$(stat_of slow currsize)"
    assert_sums
}

testClear() {
    lru_config 1000 generation 'unsigned long generation(unsigned long key)' \
        'depends = call:bump_generation'
    twin clear
    assertEquals "400 401 1" "$(figures generation)"
}

testDefaultSize() {
    config lru <<'END'
[scramble]
prototype = unsigned long scramble(unsigned long key)
adaptive = off
END
    twin default
    assertEquals 4096 "$(stat_of scramble maxsize)"
    assertEquals "0 5000 4096" "$(figures scramble)"
    assertEquals 904 "$(stat_of scramble evictions)"
}

. shunit2
