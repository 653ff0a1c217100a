# Stress: every answer right, no hang, no crash, and counters that add up to what the program itself
# counted. MEMO_STRESS_SECONDS says how long each kind lasts.
. "$(dirname "$0")/common.sh"

seconds=${MEMO_STRESS_SECONDS:-10}
time_limit=$((seconds + 120))

oneTimeSetUp() {
    compile_library work stress/work.c -fno-optimize-sibling-calls
    compile_program stress stress/main.c stress/slots.c stress/signals.c stress/forks.c \
        stress/limits.c stress/lost.c -lwork
    stress_config 64M stress
    stress_config 64k small
}

# stress_config MAXMEMORY NAME
stress_config() {
    printf '[memo]\nmaxmemory = %s\n[*]\nadaptive = off\nmaxsize = 2000\n' "$1" >"$work/$2.conf"
    for slot in 0 1 2 3 4 5 6 7; do
        printf '[work_%d]\nprototype = uint64_t work_%d(uint64_t key)\ndepends = call:clear_%d\n' \
            $slot $slot $slot
    done >>"$work/$2.conf"
    cat >>"$work/$2.conf" <<'END'
[plain]
prototype = uint64_t plain(uint64_t key)
[depth]
prototype = uint64_t depth(uint64_t n)
[digest]
prototype = uint64_t digest(const unsigned char bytes[n], uint32_t n)
[expand]
prototype = void expand(uint64_t seed, out uint64_t values[n], uint32_t n)
END
}

# stress CONFIG KIND SECONDS: the parent's report has as many calls as the program counted
stress() {
    with_memo "$work/$1.conf" "$work/stress" "$2" "$3" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    assertEquals "$2: status; $(head -c 1000 "$work/err")" 0 $status
    assertEquals "$2: stderr" "" "$(head -c 1000 "$work/err")"
    assert_sums "$2"
    tail -1 "$work/stats.json" >"$work/last.json"
    while read -r symbol calls; do
        assertEquals "$2: calls of $symbol" "$calls" "$(jq --arg symbol "$symbol" \
            '[.symbols[] | select(.symbol == $symbol) | .calls] | add' "$work/last.json")"
    done <"$work/out"
}

# hits_of SYMBOL: of the process that ended last
hits_of() {
    jq --arg symbol "$1" '[.symbols[] | select(.symbol == $symbol) | .hits] | add // 0' \
        "$work/last.json"
}

testSlotsThatAreCleared() {
    stress stress slots "$seconds"
    assertEquals "slots" 8 "$(grep -c '^work_' "$work/out")"
    assertTrue "hits" "[ $(hits_of work_3) -gt 1000 ]"
    assertTrue "evictions" "[ $(stat_of work_3 evictions) -gt 0 ]"
    assertTrue "currsize" "[ $(stat_of work_3 currsize) -le 2000 ]"
}

testSignalHandlers() {
    stress stress signals "$seconds"
    assertTrue "hits" "[ $(hits_of plain) -gt 1000 ]"
}

testForksOfAThreadedParent() {
    stress stress forks "$seconds"
    assertTrue "hits" "[ $(hits_of plain) -gt 1000 ]"
    # each child that did not exec reports once, an exec'ing one twice, a vforked one as its new self
    assertTrue "reports: $(wc -l <"$work/stats.json")" "[ $(wc -l <"$work/stats.json") -gt 1000 ]"
}

testThreadsByTheThousand() {
    stress stress threads "$seconds"
}

testLittleMemory() {
    stress small memory $((seconds / 2))
    assertTrue "bytes: $(total_of bytes)" "[ $(total_of bytes) -le 65536 ]"
    stress_config 1M medium
    stress medium memory $((seconds / 2))
    assertTrue "bytes: $(total_of bytes)" "[ $(total_of bytes) -le 1048576 ]"
    for symbol in plain digest expand; do
        assertTrue "hits of $symbol" "[ $(hits_of $symbol) -gt 100 ]"
    done
}

testMemoryThatAnotherHasTaken() {
    stress_config 4M late
    stress late late 0
    assertTrue "hits: $(hits_of expand)" "[ $(hits_of expand) -ge 1900 ]"
    assertTrue "bytes: $(total_of bytes)" "[ $(total_of bytes) -le 4194304 ]"
    assertTrue "the other: $(stat_of digest currsize)" "[ $(stat_of digest currsize) -ge 300 ]"
}

# Where whoever holds a lock may vanish: nothing hangs, and what is lost is at most the caching.
testLostOwners() {
    for kind in cancel jumps; do
        stress stress $kind $((seconds / 3 + 1))
        assertTrue "$kind: calls" "[ $(stat_of plain calls) -gt 1000 ]"
    done
}

testDeepRecursion() {
    (ulimit -s 8192 && "$work/stress" depth 0) || { startSkipping; }
    (ulimit -s 8192 && with_memo "$work/stress.conf" "$work/stress" depth 0) >"$work/out" 2>&1
    assertEquals "$(head -c 500 "$work/out")" 0 $?
}

testSmallStacks() {
    stress stress stacks 0
    assertTrue "hits" "[ $(hits_of plain) -gt 100 ]"
}

. shunit2
