# No stale answer: whatever an answer depends on is changed in every way there is, between calls and
# during them.
. "$(dirname "$0")/common.sh"
time_limit=300

oneTimeSetUp() {
    [ -f /usr/share/zoneinfo/Europe/Paris ] || { echo "tzdata is missing"; exit 1; }
    compile_library state fresh/state.c
    for program in mixed race watched moved quiet; do
        compile_program $program fresh/$program.c fresh/files.c -lstate
    done
    compile_program age fresh/age.c -lstate -rdynamic
    fresh_config >"$work/fresh.conf"
}

fresh_config() {
    cat <<END
[*]
adaptive = off
[fresh_setting]
prototype = long fresh_setting(int key)
depends = env:FRESH_A, env:FRESH_B
[fresh_place]
prototype = long fresh_place(int key)
depends = locale
[fresh_rounded]
prototype = double fresh_rounded(double x)
[fresh_count]
prototype = long fresh_count(int key)
depends = call:fresh_count_set
[fresh_file]
prototype = long fresh_file(int key)
depends = file:$work/watched.file
[fresh_age]
prototype = long fresh_age(int key)
ttl = 50ms
[fresh_long_age]
prototype = long fresh_long_age(int key)
ttl = 60s
[localtime]
[mktime]
[ctime]
END
}

# Half a million steps, seven calls to a change. Each answer is what it is without us.
testChangesBetweenCalls() {
    for seed in 1 2 3 4 5; do
        same_output "$work/fresh.conf" "$work/mixed" $seed 100000
        diff "$work/plain.out" "$work/memo.out" | head -4
        assert_sums
        for symbol in fresh_setting fresh_place fresh_rounded fresh_count localtime mktime ctime; do
            assertTrue "hits of $symbol" "[ $(stat_of $symbol hits) -gt 100 ]"
        done
    done
}

# That test can fail: without a dependency the same calls give stale answers.
testStaleAnswersShow() {
    for dependency in 'env:FRESH_A, ' ', env:FRESH_B' 'locale' 'call:fresh_count_set'; do
        sed "s/^depends = $dependency\$/depends = none/; s/$dependency//" "$work/fresh.conf" >"$work/stale.conf"
        "$work/mixed" 1 20000 >"$work/plain.out"
        with_memo "$work/stale.conf" "$work/mixed" 1 20000 >"$work/memo.out" 2>"$work/memo.err"
        assertEquals "$(cat "$work/memo.err")" "" "$(cat "$work/memo.err")"
        assertFalse "without $dependency" "cmp -s $work/plain.out $work/memo.out"
    done
}

# race KIND SYMBOL: a quarter of the tries; all right, with hits, and with calls under way meanwhile
race() {
    with_memo "$work/fresh.conf" "$work/race" "$1" 25000 >"$work/out" 2>"$work/err"
    assertEquals "$1: $(head -3 "$work/out" "$work/err")" 0 $?
    assertTrue "$1: $(cat "$work/out")" "grep -q '^[0-9]* checked, 0 wrong$' $work/out"
    assertTrue "$1: $(cat "$work/out")" "[ $(sed 's/ .*//' "$work/out") -gt 100000 ]"
    assertTrue "$1: hits" "[ $(stat_of "$2" hits) -gt 25000 ]"
    assertTrue "$1: misses" "[ $(stat_of "$2" misses) -gt 25000 ]"
    assert_sums "$1"
    unstored=$((unstored + $(stat_of "$2" unstored)))
}

testChangesDuringCalls() {
    unstored=0
    race setting fresh_setting
    race written fresh_setting
    race count fresh_count
    race zone mktime
    assertTrue "calls that a change overtook: $unstored" "[ $unstored -gt 10 ]"
}

testAWatchedFile() {
    mkdir "$work/without"
    "$work/watched" "$work/without/file" >"$work/plain.out" &
    with_memo "$work/fresh.conf" "$work/watched" "$work/watched.file" >"$work/memo.out"
    assertEquals 0 $?
    wait $!
    assertEquals "$(cat "$work/plain.out")" "$(cat "$work/memo.out")"
    assertTrue "steps" "[ $(wc -l <"$work/memo.out") -ge 11 ]"
    assertTrue "hits" "[ $(stat_of fresh_file hits) -ge 50 ]"
}

# By a bind mount, by another file of that name, by a link; the device and number of the file may
# be all that tells.
testTheSystemsZone() {
    "$work/moved" try || { skip "no mount namespace may be made"; return; }
    "$work/moved" >"$work/plain.out" &
    with_memo "$work/fresh.conf" "$work/moved" >"$work/memo.out"
    assertEquals 0 $?
    wait $!
    assertEquals "$(cat "$work/plain.out")" "$(cat "$work/memo.out")"
    assertTrue "steps" "[ $(wc -l <"$work/memo.out") -ge 13 ]"
    assertTrue "answers differ" "[ $(sed 's/^[^:]*://' "$work/memo.out" | sort -u | wc -l) -ge 9 ]"
    assertTrue "hits of localtime" "[ $(stat_of localtime hits) -ge 40 ]"
    assertTrue "hits of mktime" "[ $(stat_of mktime hits) -ge 20 ]"
}

# age FUNCTION HOW: no entry early, none more than 10 ms late
age() {
    with_memo "$work/fresh.conf" "$work/age" "$@" >"$work/out"
    assertEquals "$*: $(cat "$work/out")" 0 $?
    assertTrue "$*: $(cat "$work/out")" "grep -q ', 0 early, 0 late$' $work/out"
    assert_sums "$*"
}

# 50 ms, in real time.
testEntriesAge() {
    age fresh_age real 6
    assertTrue "hits" "[ $(stat_of fresh_age hits) -gt 10000 ]"
    assertTrue "misses" "[ $(stat_of fresh_age misses) -gt 1000 ]"
}

# A minute, by a clock that jumps.
testEntriesAgeByTheMonotonicClock() {
    "$work/age" fresh_long_age jumps >/dev/null
    [ $? -ne 77 ] || { skip "no time namespace may be made"; return; }
    age fresh_long_age jumps
    assertTrue "hits" "[ $(stat_of fresh_long_age hits) -ge 500 ]"
    assertTrue "misses" "[ $(stat_of fresh_long_age misses) -ge 2000 ]"
}

testHitsMakeNoSystemCall() {
    echo A >"$work/watched.file"
    TZ=Europe/Paris with_memo "$work/fresh.conf" "$work/quiet" "$work/watched.file" >"$work/out"
    status=$?
    [ $status -ne 77 ] || { skip "no seccomp"; return; }
    assertEquals "0, 70000 hits" "$status, $(cat "$work/out")"
    "$work/quiet" "$work/watched.file" >"$work/out"
    assertNotEquals "without us the kernel ends it" 0 $?
}

. shunit2
