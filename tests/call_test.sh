# Every kind of call: a miss and a hit are what the direct call is, to the bit.
. "$(dirname "$0")/common.sh"
time_limit=120

oneTimeSetUp() {
    sed 's/^\([^ ]*\) \(.*\)/INTEGER(\1, \2)/' "$programs/call/types.txt" >"$work/types.h"
    compile_library call -I"$work" -ffp-contract=off -fno-optimize-sibling-calls \
        call/scalar.c call/text.c call/output.c call/record.c call/pointer.c call/depend.c \
        call/effect.c call/escape.c call/wide.c call/list.c call/given.c
    compile_program call -I"$work" -frounding-math call/observe.c call/check_scalar.c \
        call/check_text.c call/check_output.c call/check_record.c call/check_pointer.c \
        call/check_depend.c call/check_effect.c call/check_escape.c call/check_wide.c \
        call/check_list.c call/check_given.c call/main.c -lcall
    export CALL_FILE="$work/watched"
    { sed "s|@FILE@|$CALL_FILE|" "$programs/call/call.conf"
      sed 's/^\([^ ]*\) \(.*\)/[turn_\1]\nprototype = \2 turn_\1(\2 a, \2 b)/' \
          "$programs/call/types.txt"; } >"$work/call.conf"
}

# group NAME: runs one group of checks. Its output names each function with the calls and hits that
# the program saw; the report must agree.
group() {
    with_memo "$work/call.conf" "$work/call" "$1" >"$work/$1.out" 2>"$work/$1.err"
    status=$?
    assertEquals "$1: exit status; $(grep -v '^[a-z_0-9]* [0-9]* [0-9]*$' "$work/$1.out" |
        head -12)" 0 $status
    assertEquals "$1: stderr" "" "$(head -c 1000 "$work/$1.err")"
    assert_sums "$1"
    sed -n '/^[a-z_0-9]* [0-9]* [0-9]*$/p' "$work/$1.out" | sort >"$work/seen"
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' "$work/stats.json" | sort |
        grep -F "$(cut -d' ' -f1 "$work/seen" | sed 's/$/ /')" >"$work/reported"
    assertEquals "$1: calls and hits of each function" "$(cat "$work/seen")" \
        "$(grep -v ' 0 0$' "$work/reported")"
}

testByValue() { group scalar; assertTrue "all types" "[ $(wc -l <"$work/seen") -ge 56 ]"; }
testStringsAndArrays() { group text; }
testOutputs() { group output; }
testRecords() { group record; }
testPointers() { group pointer; }
testWideStrings() { group wide; }
testListsOfStrings() { group list; }
testWhatIsGivenAndLeftAlone() { group given; }
testDependencies() { group depend; }
testEffects() { group effect; }

# Groups whose hits the program cannot foresee one by one.
uncounted() {
    with_memo "$work/call.conf" "$work/call" "$1" >"$work/$1.out" 2>"$work/$1.err"
    status=$?
    assertEquals "$1: exit status; $(head -12 "$work/$1.out")" 0 $status
    assertEquals "$1: stderr" "" "$(head -c 1000 "$work/$1.err")"
    assert_sums "$1"
}

# No function here is impure. One that zeroes errno does to 0 what leaving it alone does.
testVerifiedEffects() {
    for group in effect given list wide; do
        MEMO_VERIFY=yes with_memo "$work/call.conf" "$work/call" $group 2>&1 >/dev/null |
            head -c 1000 >"$work/verified"
        assertEquals "$group" "" "$(cat "$work/verified")"
        assertTrue "$group" "[ $(total_of verified) -ge 100 ]"
    done
}

testWholeCalls() {
    uncounted stack
    uncounted content
    uncounted chain
    uncounted report
    uncounted lists
    assertEquals "lists that differ" 6 "$(stat_of club_digest misses)"
}

# Most of them are hits, and some of the others were made twice.
testWhatIsGivenAwayIsFreed() {
    uncounted leaks
    assertEquals 16000 "$(stat_of checked_copy hits)"
}

testStaticBuffers() {
    uncounted static
    assertTrue "hits" "[ $(stat_of static_text hits) -ge 5000 ]"
}

testModes() {
    uncounted mode
    # of 129 errno values, three times each, all kept
    assertEquals 258 "$(stat_of set_errno_kept hits)"
    assertTrue "hits" "[ $(stat_of halve hits) -ge 8 ]"
}

testEscapes() {
    uncounted escape
    # 10,000 longjmps, then 50 keys twice: a call that never returned is a miss
    assertEquals "10050 50" "$(stat_of escape misses) $(stat_of escape hits)"
    assertEquals "500 threads, then a miss and a hit" "501 1" \
        "$(stat_of end_thread misses) $(stat_of end_thread hits)"
    # half of the 200 threads may be cancelled before they get there
    assertTrue "cancelled" "[ $(stat_of wait_forever misses) -ge 51 ]"
    assertEquals 1 "$(stat_of wait_forever hits)"
}

testOutputsOfCallsThatLeave() { uncounted left; }

testExceptions() {
    (cd "$programs" && $CXX -std=c++17 -O2 -g -Wall -Wextra -I. -fPIC -shared call/throwing.cc \
        -o "$work/libthrowing.so" &&
        $CXX -std=c++17 -O2 -g -Wall -Wextra -I. -pthread call/catching.cc -o "$work/catching" \
            -L"$work" -lthrowing -Wl,-rpath,"$work") || { fail "not built"; return; }
    config throwing <<'END'
[throws_below_zero]
prototype = int throws_below_zero(int key)
[throws_writing]
prototype = int throws_writing(int first, out int r[4])
adaptive = off
[_ZN3geo8distanceEdd]
prototype = double _ZN3geo8distanceEdd(double a, double b)
END
    output=$(with_memo "$work/throwing.conf" "$work/catching" 2>&1)
    status=$?
    assertEquals "exit status; $output" 0 $status
    assertEquals "2040 ran" "$output"
    assertEquals "3020 40" \
        "$(stat_of throws_below_zero misses) $(stat_of throws_below_zero hits)"
    assertEquals "3020 40" \
        "$(stat_of _ZN3geo8distanceEdd misses) $(stat_of _ZN3geo8distanceEdd hits)"
}

. shunit2
