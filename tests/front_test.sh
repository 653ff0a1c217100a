#!/bin/sh
# The front: every typed path to the bit, in every floating mode; what a signal may do between any
# two instructions of a hit; threads, forks and clears; and the cost rule at work.
. "$(dirname "$0")/common.sh"

machine=$(uname -m)
time_limit=60

oneTimeSetUp() {
    compile_library step front/step_functions.c
    [ "$machine" = x86_64 ] && compile_program step -I"$root" front/step.c -lstep
    step_config off 4
    step_config off 100
    step_config front 100
}

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
