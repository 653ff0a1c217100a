# Processes made by fork, vfork and posix_spawn: working caches, right counters, a parent that never
# notices.
. "$(dirname "$0")/common.sh"
time_limit=60

oneTimeSetUp() {
    compile_library lru lru/library.c -fno-optimize-sibling-calls
    compile_program children fork/children.c -llru
    config fork <<'END'
[*]
adaptive = off
maxsize = 4096
[scramble]
prototype = unsigned long scramble(unsigned long key)
END
}

# children CASE: no output, status 0
children() {
    with_memo "$work/fork.conf" "$work/children" "$1" >"$work/out" 2>&1 </dev/null
    status=$?
    assertEquals "$1: $(head -c 1000 "$work/out")" 0 $status
    assertEquals "$1: output" "" "$(head -c 1000 "$work/out")"
    assert_sums "$1"
}

# rows: CALLS HITS MISSES CURRSIZE of each process that reported, in the order of their ends
rows() {
    jq -r '.symbols[] | select(.symbol == "scramble") |
        "\(.calls) \(.hits) \(.misses) \(.currsize)"' "$work/stats.json"
}

testAChildInheritsEntriesAndCountsFromZero() {
    children inherits
    assertEquals "250 200 50 150
200 100 100 100" "$(rows)"
}

testGenerations() {
    children generations
    expected=$(for depth in 10 9 8 7 6 5 4 3 2 1; do
        echo "$((depth * 10)) $((depth * 10 - 10)) 10 $((depth * 10))"; done)
    assertEquals "$expected" "$(rows)"
}

testForkFromAThreadedParent() {
    children threaded
    # children leave by _exit and report; their misses at least are those keys that no parent has
    assertEquals 201 "$(wc -l <"$work/stats.json")"
    assertEquals 200 "$(rows | awk '$1 == 6101' | wc -l)"
}

testVfork() {
    children vfork
    # 100 images that one child in three became: 2 calls each; and the parent with all its children
    assertEquals 101 "$(wc -l <"$work/stats.json")"
    assertEquals 100 "$(rows | grep -c '^2 1 1 1$')"
    assertEquals "600 599 1 1" "$(rows | tail -1)"
}

testSpawn() {
    children spawn
    assertEquals 30 "$(rows | grep -c '^2 1 1 1$')"
    assertEquals "30 29 1 1" "$(rows | tail -1)"
}

testAtforkHandlers() {
    children handlers
    assertEquals 101 "$(wc -l <"$work/stats.json")"
    assertEquals "calls of the parent's handlers" 400 "$(rows | tail -1 | cut -d' ' -f1)"
}

. shunit2
