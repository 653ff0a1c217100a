#!/bin/sh
# What a program and a user can ask for: memo.h, and the verification of hits.
. "$(dirname "$0")/common.sh"
sources=$root/tests/programs/public

oneTimeSetUp() {
    $CC -O1 -fPIC -shared -o "$work/libimpure.so" "$sources/impure.c" || return 1
    $CC -O1 -Wall -Wextra -Werror -I"$root/shim" -o "$work/knows" "$sources/knows.c" \
        -L"$work" -limpure -Wl,-rpath,"$work" || return 1
    cat >"$work/steady.conf" <<'END'
[steady]
prototype = double steady(double x)
maxsize = 100
END
    cat >"$work/drifting.conf" <<'END'
[drifting]
prototype = double drifting(double x, string unit)
verify = 0.5
END
    sed '/verify/d' "$work/drifting.conf" >"$work/unverified.conf"
}

with_us() {
    cat <<'END'
steady: 1 slot, 5 hits, 5 misses, 5 of 100
cleared 1
steady: 1 slot, 5 hits, 5 misses, 0 of 100
steady: 1 slot, 5 hits, 6 misses, 1 of 100
original answers
steady: 1 slot, 5 hits, 6 misses, 1 of 100
nothing: not cached
END
}

without_us() {
    cat <<'END'
steady: not cached
cleared 0
steady: not cached
steady: not cached
original unknown
steady: not cached
nothing: not cached
END
}

test_a_program_that_knows_us() {
    assertEquals "$(with_us)" "$(with_memo "$work/steady.conf" "$work/knows")"
}

# libmemo.so is not even there, in no library path, and nothing names it.
test_without_us_nothing_changes() {
    assertEquals "$(without_us)" "$(env -u LD_PRELOAD "$work/knows" 2>&1)"
    assertEquals "$(without_us)" "$(env -i "$work/knows" 2>&1)"
    assertEquals "" "$(readelf -dW "$work/knows" | grep libmemo)"
}

# However it was compiled: executables of a fixed address too, where a weak symbol is easily lost.
test_every_kind_of_executable() {
    for how in "$CC -O2 -fPIE -pie" "$CC -O0 -fno-pie -no-pie" "$CC -O2 -fno-pie -no-pie" \
        "$CC -O2 -fno-plt" "$CC -O2 -flto -fno-pie -no-pie" "$CC -O2 -fno-pie -no-pie -fuse-ld=lld" \
        "clang -O2 -fno-pie -no-pie" "clang -O2" "$CC -std=c99 -O1" "$CXX -x c++ -O2" \
        "$CXX -x c++ -O2 -fno-pie -no-pie -std=c++11"; do
        $how -Wall -Wextra -Werror -I"$root/shim" -o "$work/built" "$sources/knows.c" -x none \
            -L"$work" -limpure -Wl,-rpath,"$work"
        assertEquals "$how" 0 $?
        assertEquals "$how" "$(with_us)" "$(with_memo "$work/steady.conf" "$work/built")"
        assertEquals "$how" "$(without_us)" "$("$work/built")"
        rm "$work/built"
    done
}

# What ld.so does not load, or not glibc's.
test_static_executables() {
    for how in "$CC -static" "$CC -static-pie -fPIE" "$CC -static -fno-pie -no-pie" "musl-gcc -static"; do
        command -v "${how%% *}" >/dev/null || continue
        $how -O2 -Wall -Wextra -Werror -I"$root/shim" -o "$work/built" "$sources/knows.c" "$sources/impure.c"
        assertEquals "$how" 0 $?
        assertEquals "$how" "$(without_us)" "$(with_memo "$work/steady.conf" "$work/built")"
        assertEquals "$how" "$(without_us)" "$("$work/built")"
        rm "$work/built"
    done
}

# The header alone, by every standard that it is for, without a word of warning.
test_the_header() {
    for how in "$CC -std=c99" "$CC -std=c17 -fno-pie" "clang -std=c11 -fno-pie" "clang -std=c99" \
        "$CXX -x c++ -std=c++98 -Wno-long-long" "$CXX -x c++ -std=c++20 -fno-pie" "clang++ -x c++ -std=c++17"; do
        echo '#include "memo.h"' >"$work/alone.c"
        assertEquals "$how" "" "$($how -O1 -pedantic -Wall -Wextra -Werror -I"$root/shim" -c \
            -o "$work/alone.o" "$work/alone.c" 2>&1)"
        assertTrue "$how" "[ -s $work/alone.o ]"
        rm -f "$work/alone.o"
    done
}

# Half of the hits are verified; the first that differs is told with its arguments, and from then on
# every answer is the function's own.
test_an_impure_function_is_found() {
    with_memo "$work/drifting.conf" "$work/knows" 5000 >"$work/out" 2>"$work/err"
    assertEquals 0 $?
    assertEquals 1 "$(wc -l <"$work/err")"
    assertTrue "$(cat "$work/err")" "grep -q '^libmemo: drifting(x = [0-6], unit = \"k*m\"): cached [0-9]*, true [0-9]*: not a pure function; it is bypassed from now on$' $work/err"
    assertEquals 1 "$(stat_of drifting different)"
    assertEquals bypassed "$(jq -r '.symbols[0].mode' "$work/stats.json")"
    assertEquals "impure: a verified hit differed" "$(jq -r '.symbols[0].note' "$work/stats.json")"
    assertTrue "it was found early" "[ $(stat_of drifting hits) -lt 1000 ]"
    assert_sums
}

# One hit in a hundred is verified: enough to find, within a thousand hits, a function that never gives
# the same answer twice; from then on the program gets the function's own.
test_an_impure_function_is_found_at_one_percent() {
    printf '[counting]\nprototype = double counting(double x, string unit)\nverify = 0.01\n' \
        >"$work/counting.conf"
    with_memo "$work/counting.conf" "$work/knows" count >"$work/out" 2>"$work/err"
    assertEquals 0 $?
    assertEquals 1 "$(wc -l <"$work/err")"
    assertTrue "$(cat "$work/err")" "grep -q '^libmemo: counting(x = 3, unit = \"m\"): cached 104, true 204: not a pure function; it is bypassed from now on$' $work/err"
    assertEquals 1 "$(stat_of counting verified)"
    assertEquals 1 "$(stat_of counting different)"
    assertTrue "it was found early" "[ $(stat_of counting hits) -le 1000 ]"
    # the call that found it among them
    assertEquals "all answers from then on" $(($(stat_of counting bypassed) + 1)) "$(cat "$work/out")"
}

test_a_pure_one_passes() {
    MEMO_VERIFY=1 with_memo "$work/steady.conf" "$work/knows" >"$work/out" 2>"$work/err"
    assertEquals "" "$(cat "$work/err")"
    assertEquals 5 "$(stat_of steady verified)"
    assertEquals 0 "$(stat_of steady different)"
}

test_memoize_verify() {
    "$memoize" verify -c "$work/unverified.conf" -- "$work/knows" 5000 3 >"$work/out" 2>"$work/err"
    assertEquals 1 $?
    assertTrue "$(cat "$work/err")" "grep -q '^memoize: 1 of [0-9]* verified hits differed: not all is pure$' $work/err"
    # verified on every hit, the program never gets a wrong answer
    assertEquals "$("$work/knows" 5000)" "$(cat "$work/out")"
    "$memoize" verify -c "$work/steady.conf" "$work/knows" >"$work/out" 2>"$work/err"
    assertEquals 0 $?
    assertEquals "memoize: 5 hits verified, all the same" "$(cat "$work/err")"
    "$memoize" verify -c "$work/steady.conf" -- "$work/knows" 10 3 >"$work/out" 2>"$work/err"
    assertEquals 3 $?
    "$memoize" verify --help | grep -q '^Usage: memoize verify'
    assertEquals 0 $?
    "$memoize" verify /nonexistent/program 2>"$work/err"
    assertEquals 127 $?
}

. shunit2
