# Random prototypes: libraries that implement them, called directly and through libmemo, with random
# and special values; results, outputs and all bytes around them equal. MEMO_ABI_COUNT says how many
# prototypes (aarch64 gets a tenth), MEMO_ABI_SEED which, MEMO_ABI_ROUNDS how many inputs each.
. "$(dirname "$0")/common.sh"
time_limit=120

count=${MEMO_ABI_COUNT:-2000} seed=${MEMO_ABI_SEED:-1} rounds=${MEMO_ABI_ROUNDS:-5}
features=${MEMO_ABI_FEATURES:-all}
abi=$programs/abi emulator=
for clang in clang-14 clang; do command -v $clang >/dev/null && break; done

# compile NAME COMPILER SOURCE...: objects to $work/NAME, two at a time
compile() {
    directory=$work/$1 compiler=$2; shift 2
    printf '%s\n' "$@" | xargs -P 2 -I FILE sh -c '
        $1 -std=gnu11 -D_GNU_SOURCE -O1 -fPIC -fno-strict-aliasing -Wall -Wextra -Werror -Wno-psabi \
            -I"$2" -I"$3" -c -o "$3/$(basename "$4" .c).o" "$4"' sh "$compiler" "$abi" "$directory" FILE
}

# build NAME COMPILER COUNT FEATURES: $work/NAME/abi and its library
build() {
    directory=$work/$1
    "$python" "$abi/generate.py" --count "$3" --seed "$seed" --features "$4" --output "$directory" &&
        compile "$1" "$2" "$directory"/*.c "$abi/original.c" "$abi/walk.c" "$abi/side.c" \
            "$abi/main.c" &&
        (cd "$directory" &&
            $2 -shared -o libabi.so library_*.o original.o walk.o types.o -Wl,-soname,libabi.so &&
            $2 -o abi driver_*.o table.o main.o side.o walk.o types.o -L. -labi -Wl,-rpath,"$directory")
}

# run NAME plain|memo CONFIG: the driver's output to $work/NAME/MODE, what it counted to counts
run() {
    if [ "$2" = plain ]; then
        set -- "$1" $emulator "$work/$1/abi" plain
    elif [ "$emulator" ]; then # not with_memo: the emulator is not to be preloaded into
        export MEMO_CONFIG="$3" MEMO_STATS="$work/stats.json"
        rm -f "$work/stats.json"
        set -- "$1" $emulator -E LD_PRELOAD="$work/cross/libmemo.so" "$work/$1/abi" memo
    else
        set -- "$1" with_memo "$3" "$work/$1/abi" memo
    fi
    run_name=$1; shift
    "$@" "$seed" "$rounds" "$work/$run_name/counts" >"$work/output" 2>"$work/errors"
    run_status=$?
    unset MEMO_CONFIG MEMO_STATS
    return $run_status
}

# prove NAME: the driver's outcomes are the same with libmemo and without, its hits are hits, and the
# report counted each of them
prove() {
    directory=$work/$1
    run "$1" plain
    assertEquals "without libmemo; $(grep '^failed' "$work/output" | head -5)" 0 $?
    mv "$work/output" "$directory/plain"
    run "$1" memo "$directory/abi.conf"
    assertEquals "exit status; $(grep '^failed' "$work/output" | head -12; tail -1 "$work/output")" \
        0 $run_status
    assertEquals "stderr" "" "$(head -5 "$work/errors")"
    assertTrue "outcomes with libmemo and without" "cmp -s $directory/plain $work/output"
    assertEquals "functions" "$(grep -c '^\[f[0-9]' "$directory/abi.conf")" "$(wc -l <"$work/output")"
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' "$work/stats.json" | sort \
        >"$directory/reported"
    assertEquals "calls and hits of each function" "" \
        "$(sort "$directory/counts" | diff - "$directory/reported" | head -12)"
    assertTrue "hits" "[ $(total_of hits) -ge $((rounds * $(wc -l <"$work/output") * 9 / 10)) ]"
    assert_sums
}

testOfGcc() {
    build gcc gcc "$count" "$features" || { fail "not built"; return; }
    prove gcc
}

testOfClang() {
    build clang "$clang" "$count" "$features" || { fail "not built"; return; }
    prove clang
    assertTrue "outcomes of both compilers" "cmp -s $work/gcc/plain $work/clang/plain"
}

# Where x86-64 compilers pass an __int128 at different places no config can say which: such a
# function is left alone, whoever compiled it.
testOfDisputedPlaces() {
    [ "$(uname -m)" = x86_64 ] || { startSkipping; return; }
    config wide <<'END'
[*]
adaptive = off
[wide_split]
prototype = long wide_split(long a, long b, long c, long d, long e, __int128 x, long y)
[wide_uneven]
prototype = long wide_uneven(long a, long b, long c, long d, long e, long f, long s, __int128 x,
    const long y[1])
[wide_even]
prototype = long wide_even(long a, long b, long c, long d, long e, long f, __int128 x,
    const long y[1])
END
    for CC in gcc "$clang"; do
        compile_library wide abi/wide.c
        compile_program wide abi/wide_main.c -lwide
        "$work/wide" >"$work/plain.out"
        with_memo "$work/wide.conf" "$work/wide" >"$work/memo.out" 2>"$work/errors"
        assertEquals "exit status" 0 $?
        assertTrue "$CC: output" "cmp -s $work/plain.out $work/memo.out"
        assertEquals "$CC: hits" 100 "$(stat_of wide_even hits)"
        assertEquals "$CC: alone" "0 0" \
            "$(stat_of wide_split calls) $(stat_of wide_uneven calls)"
        for name in wide_split wide_uneven; do
            assertTrue "$CC: $name is said to be left alone" \
                "grep -q '^libmemo: $name: compilers disagree' $work/errors"
        done
    done
}

# The same under emulation, where memory and registers are another CPU's.
testOfAarch64() {
    make -C "$root" CC=aarch64-linux-gnu-gcc O="$work/cross" library >"$work/make" 2>&1 &&
        build aarch64 aarch64-linux-gnu-gcc $((count / 10)) "$features" ||
        { fail "not built: $(tail -c 500 "$work/make")"; return; }
    emulator="qemu-aarch64 -L /usr/aarch64-linux-gnu"
    prove aarch64
    emulator=
}

# What the generator is to cover, in what it made.
testCoverage() {
    [ "$count" -ge 2000 ] || startSkipping
    for size in $(seq 64); do
        printf 'struct value %d\nstruct result %d\n' "$size" "$size"
    done >"$work/wanted"
    seq -f 'parameters %g' 0 20 >>"$work/wanted"
    cat >>"$work/wanted" <<'END'
value _Bool
value int
value float
value double
value long double
value float _Complex
value double _Complex
value long double _Complex
value __int128
value unsigned __int128
__int128 on the stack
value union
value enum shade
union result
result float
result long double
result float _Complex
result double _Complex
result long double _Complex
result __int128
array in
array out
array inout
text out
text_in in
handle in
addresses out
scratch scratch
strings in value
strings in array
strings out array
strings inout array
reads in value
reads in array
reads inout array
returns pointer address
returns static leads_to
returns static leads_to_text
returns malloc leads_to
returns malloc leads_to_text
returns parameter
writes
partly
counts
dirty
END
    sed 's/: [0-9]*$//' "$work/gcc/coverage" | sort >"$work/covered"
    assertEquals "not covered" "" "$(sort "$work/wanted" | comm -23 - "$work/covered")"
    endSkipping
}

# The test of the test: doubles that the config calls integers are looked for in the wrong
# registers, and that must not pass. No pointers: those would be looked for there, too.
testOfAWrongConfig() {
    build wrong gcc 100 longdouble,complex,struct,structvalue,structresult || { fail "not built"; return; }
    prove wrong
    sed '/_Complex/!s/\([=,(]\) *double \([af][0-9]\)/\1 long \2/g' "$work/wrong/abi.conf" >"$work/wrong.conf"
    run wrong memo "$work/wrong.conf"
    assertEquals "exit status" 1 $run_status
    assertTrue "prototype and seed are named" \
        "grep -q '^failed: .* f[0-9]*(.*; seed $seed, round' $work/output"
}

. shunit2
