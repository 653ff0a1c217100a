#!/bin/sh
# The front: every typed path to the bit, in every floating mode; what a signal may do between any
# two instructions of a hit; threads, forks and clears; and the cost rule at work.
. "$(dirname "$0")/common.sh"

machine=$(uname -m)
time_limit=60

oneTimeSetUp() {
    compile_library step front/step_functions.c
    [ "$machine" = x86_64 ] && compile_program step -I"$root" front/step.c -lstep
    "$python" "$programs/front/generate.py" "$work" || exit 1
    compile_library paths -I"$work" -ffp-contract=off "$work/paths.c" front/shapes.c
    compile_program paths -I"$work" -frounding-math front/main.c front/shape_calls.c "$work/table.c" -lpaths
    shapes_config >>"$work/paths.conf"
    for adaptive in off front; do
        { printf '[*]\nadaptive = %s\n' $adaptive; cat "$work/paths.conf"; } >"$work/paths-$adaptive.conf"
    done
    mxcsr_library
    compile_program replay front/replay.c -lstep
    compile_program storm -I"$root" front/storm.c -lstep
    compile_program modes -I"$root" front/modes.c -lstep
    modes_config
    mkdir "$work/traces"
    "$python" "$programs/front/traces.py" "$work/traces" || exit 1
    step_config off 4
    step_config off 100
    step_config front 100
    step_config on 1000
}

# libmemo.so as on a machine without AVX-512: the floating mode is read from MXCSR
mxcsr_library() {
    [ "$machine" = x86_64 ] || return
    printf '#include <cpuid.h>\n#undef bit_AVX512F\n#define bit_AVX512F 0\n#include "%s"\n' \
        "$root/shim/arch/x86_64/front.c" >"$work/mxcsr.c"
    # shellcheck disable=SC2046
    $CC -std=gnu11 -O2 -D_GNU_SOURCE -fPIC -fvisibility=hidden -I"$root" -I"$root/shim" -I"$root/shim/arch/x86_64" \
        -shared -Wl,--version-script="$root/shim/exports.map" -Wl,-z,now,-z,nodelete,-z,defs -o "$work/libmxcsr.so" \
        "$work/mxcsr.c" "$build/catalogue.o" $(find "$build/config" "$build/shim" -name generate -prune -o -name '*.o' ! -path "*/x86_64/front.o" -print) || exit 1
}

shapes_config() {
    for type in uint64_t int8_t uint16_t int32_t double float; do
        printf '[text_%s]\nprototype = %s text_%s(const char *text)\n' $type $type $type
    done
    cat <<'EOF'
[out_two]
prototype = void out_two(double x, out double first[1], out double second[1])
[out_two_floats]
prototype = void out_two_floats(float x, out float first[1], out float second[1])
[out_int]
prototype = double out_int(double x, out int exponent[1])
[out_int_float]
prototype = float out_int_float(float x, out int exponent[1])
[out_real]
prototype = double out_real(double x, out double whole[1])
[out_after_two]
prototype = double out_after_two(double x, double y, out int quotient[1])
[out_real_after_two]
prototype = double out_real_after_two(double x, double y, out double quotient[1])
[out_of_int]
prototype = int out_of_int(int x, out double real[1])
[out_of_int_float]
prototype = void out_of_int_float(int16_t x, out float real[1])
EOF
}

# paths_of CONFIG MESSAGE [WRAPPER]: every answer right, and hits of each function
paths_of() {
    output=$(with_memo "$work/$1.conf" ${3:-} "$work/paths" 2>&1)
    assertEquals "$2: $output" 0 $?
    assertTrue "$2: $output" "[ $(echo "$output" | sed -n 's/ compared.*//p') -gt 200000 ]"
    assert_sums "$2"
    assertEquals "$2: functions without a hit" "" "$(jq -r \
        '.symbols[] | select(.hits * 25 < .calls) | .symbol' "$work/stats.json" | sort | tr '\n' ' ')"
}

testPathsAndTable() { paths_of paths-off "front and table"; }
# No table behind it: all hits are the front's.
testPathsAlone() { paths_of paths-front "front alone"; }
testPathsByMxcsr() {
    [ "$machine" = x86_64 ] || { skip "MXCSR: x86-64 only"; return; }
    library=$work/libmxcsr.so
    paths_of paths-off "MXCSR, front and table"
    paths_of paths-front "MXCSR, front alone"
    library=$build/libmemo.so
}
testPathsUnderValgrind() {
    command -v valgrind >/dev/null || { skip "valgrind is not installed"; return; }
    paths_of paths-front valgrind "valgrind --tool=none -q"
}

# As functools.lru_cache: the front's hits are uses of the table, in their order.
testExactOrder() {
    while read -r trace maxsize hits misses currsize; do
        step_config off "$maxsize"
        output=$(with_memo "$work/step-off-$maxsize.conf" "$work/replay" "$work/traces/$trace.trace" 2>&1)
        for function in typed vector outputs text flat; do
            assertEquals "$trace, maxsize $maxsize: $function ran" "step_$function $misses" \
                "$(echo "$output" | grep "step_$function ")"
            assertEquals "$trace, maxsize $maxsize, $function: hits misses currsize" "$hits $misses $currsize" \
                "$(jq -r ".symbols[] | select(.symbol == \"step_$function\") | \"\(.hits) \(.misses) \(.currsize)\"" "$work/stats.json")"
        done
    done <"$work/traces/expected"
    assertEquals "traces" 22 "$(wc -l <"$work/traces/expected")"
}

modes_config() {
    config modes <<'EOF'
[step_bumped]
prototype = uint64_t step_bumped(uint64_t key)
depends = call:step_bump, call:step_counting
adaptive = off
[step_counting]
prototype = uint64_t step_counting(uint64_t key)
[step_environment]
prototype = uint64_t step_environment(uint64_t key)
depends = env:STEP_VALUE
adaptive = off
[step_aged]
prototype = uint64_t step_aged(uint64_t key)
ttl = 40ms
adaptive = off
[step_cheap]
prototype = uint64_t step_cheap(uint64_t key)
[step_slow]
prototype = uint64_t step_slow(uint64_t key)
[step_brief]
prototype = uint64_t step_brief(uint64_t key)
[step_wide]
prototype = void step_wide(uint64_t key, out uint64_t value[8])
EOF
}

# modes KIND: every answer right
modes() {
    output=$(with_memo "$work/modes.conf" "$work/modes" "$1" 2>&1)
    assertEquals "$1: $output" 0 $?
}

# field SYMBOL NAME: one text of the last report
field() { jq -r ".symbols[] | select(.symbol == \"$1\") | .$2" "$work/stats.json"; }

testDependenciesAreSeen() {
    modes bumped
    assertEquals "15000 3000" "$(stat_of step_bumped hits) $(stat_of step_bumped misses)"
    modes counting
    modes environment
    assertEquals "15000 3000" "$(stat_of step_environment hits) $(stat_of step_environment misses)"
    modes aged
}

# Let go: no further call enters the stub, so the references are the original's again.
testReleasedSlotsCostNothing() {
    modes cheap
    assertEquals bypassed "$(field step_cheap mode)"
    assertTrue "note: $(field step_cheap note)" "[ -n \"$(field step_cheap note | grep 'let go for good$')\" ]"
    assertTrue "calls: $(stat_of step_cheap calls)" "[ $(stat_of step_cheap calls) -lt 200000 ]"
    # a call of the other thread may have waited for the lock meanwhile
    assertTrue "currsize" "[ $(stat_of step_cheap currsize) -le 1 ]"
    assertTrue "lost: $(stat_of step_cheap saved_ns)" "[ $(stat_of step_cheap saved_ns) -gt -20000000 ]"
}

testSlowOriginalsAreProbedAgain() {
    modes unique
    assertNotEquals caching "$(field step_slow mode)"
    [ "$(field step_slow mode)" = probing ] || assertTrue "note: $(field step_slow note)" "[ -n \"$(field step_slow note | grep '^does not pay' | grep -v good)\" ]"
    modes pays
    assertEquals "caching " "$(field step_slow mode) $(field step_slow note)"
    assertTrue "saved: $(stat_of step_slow saved_ns)" "[ $(stat_of step_slow saved_ns) -gt 1000000 ]"
    modes back
    assertEquals caching "$(field step_slow mode)"
    assertTrue "hits: $(stat_of step_slow hits)" "[ $(stat_of step_slow hits) -gt 200000 ]"
}

# trials CASE: the same, and there was one
trials() {
    export MEMO_LOG=debug
    modes "$1"
    unset MEMO_LOG
    assertContains "$1" "$output" ": on trial"
}

testTrialsThatNobodyCanMake() {
    trials wide
    assertEquals caching "$(field step_wide mode)"
    assertTrue "seen: $(stat_of step_wide calls)" "[ $(stat_of step_wide calls) -gt 190000 ]"
}

# Afterwards the typed path answers again: by the table a hit takes a fifth of what the original does.
testTrialsThatAreLate() {
    trials seldom
    assertEquals caching "$(field step_brief mode)"
    assertEquals "$(jq -c '.symbols[] | select(.symbol == "step_brief") | [.hit_ns, .original_ns]' "$work/stats.json")" \
        true "$(jq '.symbols[] | select(.symbol == "step_brief") | .hit_ns * 10 < .original_ns' "$work/stats.json")"
}

testTrialsThatAreLeft() {
    trials left
    assertTrue "calls: $(stat_of step_brief calls)" "[ $(stat_of step_brief calls) -lt 330000 ]"
}

# What one thread's calls took is not taken for a later one's.
testTrialsOfThreadsThatEnd() {
    for attempt in 1 2 3; do
        trials tasks
        assertEquals "attempt $attempt: $(field step_brief note)" caching "$(field step_brief mode)"
        assertTrue "hits: $(stat_of step_brief hits)" "[ $(stat_of step_brief hits) -gt 120000 ]"
    done
}

# storm KIND CONFIG [exact]: every answer right, and the report counts the calls that were made
storm() {
    output=$(with_memo "$work/step-$2.conf" "$work/storm" "$1" ${3:-} 2>&1)
    assertEquals "$1, $2: $output" 0 $?
    assert_sums "$1, $2"
    tail -1 "$work/stats.json" >"$work/last.json"
    [ $# -gt 2 ] || return 0
    echo "$output" >"$work/counted"
    while read -r symbol calls; do
        assertEquals "$1, $2: calls of $symbol" "$calls" \
            "$(jq ".symbols[] | select(.symbol == \"$symbol\") | .calls" "$work/last.json")"
        assertTrue "$1, $2: hits of $symbol of $calls" "[ $calls -eq 0 ] || [ $(jq \
            ".symbols[] | select(.symbol == \"$symbol\") | .hits" "$work/last.json") -gt $((calls / 4)) ]"
    done <"$work/counted"
}

storms() {
    storm "$1" off-100 exact
    storm "$1" front-100 exact
    storm "$1" on-1000
}

testSignalStorms() { storms signals; }
testThreadsThatComeAndGo() { storms threads; }
testClearsAreSeenByTheNextCall() { storms clears; }
testClearsInTheMiddle() { storms hammers; }
testTextsAtTheEndOfAPage() { storms edges; }
testForks() { storms forks; }
testJumpsOutOfHandlers() { for at in off-100 front-100 on-1000; do storm jumps $at; done; }
testPhases() { for at in off-100 front-100 on-1000; do storm phases $at; done; }

# step_config ADAPTIVE MAXSIZE
step_config() {
    config "step-$1-$2" <<EOF
[*]
adaptive = $1
maxsize = $2
[step_typed]
prototype = uint64_t step_typed(uint64_t key)
[step_vector]
prototype = double step_vector(double key)
[step_outputs]
prototype = void step_outputs(double key, out double first[1], out double second[1])
[step_text]
prototype = uint64_t step_text(const char *key)
[step_flat]
prototype = uint64_t step_flat(const uint64_t key[1])
EOF
}

# step ADAPTIVE MAXSIZE ATTACKS: each on each kind of front
step() {
    [ "$machine" = x86_64 ] || { skip "single steps: x86-64 only"; return; }
    for attack in $3; do
        for kind in typed vector outputs text flat; do
            output=$(with_memo "$work/step-$1-$2.conf" "$work/step" $kind "$attack" "$2" 60 2>&1)
            assertEquals "$1, maxsize $2, $kind, $attack: $output" 0 $?
            assertTrue "$attack, $kind: $output" "[ $(echo "$output" | sed 's/.* \([0-9]*\) tried.*/\1/') -ge 40 ]"
        done
    done
}

testSignalsBetweenInstructions() { step off 100 "hit same first newgrow grow clear"; }
testSignalsThatEvictTheLineBeingHit() { step off 4 "evict flood"; step off 100 "evict flood"; }
testSignalsInFrontsAlone() { step front 100 "hit same first newgrow grow clear"; }
testJumpsOutOfFronts() { step off 100 jump; step front 100 jump; }
testForksInFronts() { step off 100 fork; }

. shunit2
