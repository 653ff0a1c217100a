#!/bin/sh
# AArch64: the library cross-built, and what the other suites ask of it, asked of it under qemu-user:
# the calling convention, every kind of call, libm and time, exact LRU, linking, processes, unwinding.
# (Random prototypes: abi_test.sh.)
# On an AArch64 machine those suites themselves do this, and this one has nothing to do.
. "$(dirname "$0")/common.sh"
if [ "$(uname -m)" = aarch64 ]; then
    echo "Ran 0 tests."
    exit 0
fi
time_limit=60
machine=aarch64-linux-gnu
CC=${MEMO_CROSS_CC:-$machine-gcc} CXX=${MEMO_CROSS_CXX:-$machine-g++}
export QEMU_CPU=max,pauth-impdef=on # signing return addresses by the architected cipher takes qemu 2 us
emulator="timeout --foreground $time_limit qemu-aarch64 -L /usr/$machine"

oneTimeSetUp() {
    mkdir -p "$build/aarch64" 2>/dev/null && [ -w "$build/aarch64" ] && cross=$build/aarch64
    env -u MAKEFLAGS -u MAKELEVEL make -C "$root" -s -j"$(nproc)" CC="$CC" O="${cross:=$work/build}" \
        library || { echo "libmemo.so: not built for AArch64"; exit 1; }
    library=$cross/libmemo.so
    compile_library lru lru/library.c -fno-optimize-sibling-calls
}

setUp() { cd "$work" || exit 1; }
tearDown() { cd / || exit 1; }

plainly() {
    # shellcheck disable=SC2086 # words
    $emulator "$@"
}

with_memo() {
    rm -f "$work/stats.json"
    memo_config=$1; shift
    plainly -E LD_PRELOAD="$library" -E MEMO_CONFIG="$memo_config" -E MEMO_STATS="$work/stats.json" "$@"
}

# succeeds CONFIG PROGRAM ARGS: status 0, nothing on stderr, right sums
succeeds() {
    with_memo "$@" >"$work/out" 2>"$work/err"
    status=$?
    shift
    assertEquals "$*: $(grep -v '^[a-z_0-9A-Z]* [0-9]* [0-9]*$' "$work/out" | head -12)" 0 $status
    assertEquals "$*: stderr" "" "$(head -c 1000 "$work/err")"
    assert_sums "$*"
}

# figures SYMBOL FIELD...: sums of the last report
figures() {
    figures_of=$1; shift
    for figure in "$@"; do stat_of "$figures_of" "$figure"; done | xargs
}

# --- the calling convention ----------------------------------------------------------------------

compile_machine() {
    [ -e libmachine.so ] || {
        compile_library machine aarch64/seen.S aarch64/wide.c
        compile_program machine -Wl,-z,now -I"$root/shim" -I"$root/shim/arch/aarch64" aarch64/main.c aarch64/calling.S \
            "$root/shim/arch/aarch64/stub.S" -lmachine
    }
    config machine <<'END'
[*]
adaptive = off
[seen]
prototype = int seen(const int v[n], int n, long c, long d, long e, long f, long g, long h, long i, long j)
[struct wide]
fields = uint64_t n[5]
[spread]
prototype = void spread(struct wide wide, out unsigned char out[64])
[lanes]
prototype = double lanes(double x)
END
}

testRegisters() {
    compile_machine
    succeeds machine.conf ./machine registers
    assertEquals "1 1 1" "$(figures seen hits misses bypassed)"
}

testTheStubsAlone() {
    compile_machine
    assertEquals "" "$(plainly ./machine enter 2>&1)"
    assertEquals "" "$(plainly ./machine call 2>&1)"
}

testArgumentsByAddress() {
    compile_machine
    succeeds machine.conf ./machine wide
    assertEquals "1000 1000" "$(figures spread hits misses)"
}

testOtherConventionsAreLeftAlone() {
    compile_machine
    MEMO_LOG=debug with_memo machine.conf ./machine variant 2>err
    assertEquals 0 $?
    assertEquals 0 "$(stat_of lanes calls)"
    assertContains "$(cat err)" "lanes: not rebound: it has a calling convention of its own"
}

# --- typed paths: without libmemo around them, and with ------------------------------------------

compile_paths() {
    [ -e paths ] || compile_program paths -mbranch-protection=standard -Wl,-z,now -I"$root" -I"$root/shim" \
        -I"$root/shim/arch/aarch64" aarch64/paths.c aarch64/paths_signals.c aarch64/calling.S \
        "$root/shim/arch/aarch64/stub.S" "$root/shim/arch/aarch64/paths.S" \
        "$root/shim/arch/aarch64/front.c" "$root/shim/arch/hashes.c" "$root"/shim/cache/front*.c
}

# `max` looks at landing pads, and may tag memory: no text is read beyond its end there
testTypedPaths() {
    compile_paths
    assertEquals "96 paths" "$(plainly ./paths hits 2>&1 | tail -5)"
    assertEquals "98 paths" "$(QEMU_CPU=neoverse-n1 plainly ./paths hits 2>&1 | tail -5)"
}

# The emulator looks for signals between any two instructions (by the first name before qemu 8.1).
testTypedPathsAndSignals() {
    compile_paths
    QEMU_SINGLESTEP=1 QEMU_ONE_INSN_PER_TB=1 plainly ./paths signals >out 2>&1
    assertEquals "$(head -c 1000 out)" 0 $?
}

# typed CPU CASE CONFIG CALLS HITS LEAST PATTERN: of functions that fit the pattern, each was called and
# answered so often, as the report says, too, and by a typed path so often at least
typed() {
    QEMU_CPU=$1 succeeds "$3" ./shapes "$2"
    assertEquals "$1, $2" "" "$(awk -v c="$4" -v h="$5" -v least="$6" \
        '$1 ~ /'"$7"'/ && ($2 != c || $3 != h || $4 < least)' out)"
    assertEquals "$1, $2: reported" "$(cut -d' ' -f1-3 out | sort)" \
        "$(jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' stats.json | sort)"
}

testTypedFronts() {
    compile_library shapes aarch64/shapes.c
    compile_program shapes aarch64/shapes_main.c aarch64/calling.S -lshapes
    plainly ./shapes config >shapes.conf
    sed 's/^adaptive = off/&\nmaxsize = 2/' shapes.conf >evictions.conf
    assertEquals 34 "$(grep -c '^\[shape_' shapes.conf)"
    typed neoverse-n1 all shapes.conf 56 48 36 .
    typed neoverse-n1 evictions evictions.conf 40 30 20 .
    typed max all shapes.conf 56 48 36 '^shape_[^tr]'
}

# --- what the suites call, exact, lru, link and fork ask -----------------------------------------

testCalls() {
    sed 's/^\([^ ]*\) \(.*\)/INTEGER(\1, \2)/' "$programs/call/types.txt" >types.h
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
          "$programs/call/types.txt"; } >call.conf
    for group in scalar text output record pointer depend effect wide list given; do
        succeeds "$work/call.conf" ./call $group
        grep '^[a-z_0-9]* [0-9]* [0-9]*$' out | grep -v ' 0 0$' | sort >seen
        jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' stats.json | sort |
            grep -F "$(cut -d' ' -f1 seen | sed 's/$/ /')" >reported
        assertEquals "$group: calls and hits of each function" "$(cat seen)" "$(grep -v ' 0 0$' reported)"
    done
    for group in stack content chain static lists leaks report mode; do succeeds "$work/call.conf" ./call $group; done
    assertEquals 258 "$(stat_of set_errno_kept hits)"
    succeeds "$work/call.conf" ./call escape
    assertEquals "10050 50" "$(figures escape misses hits)"
    assertEquals "501 1" "$(figures end_thread misses hits)"
}

testCatalogue() {
    all=$(cd "$root/config/catalogue" && echo *.conf | sed 's/checksums.conf//') # no such libraries
    # shellcheck disable=SC2046,SC2086 # words
    {
        { printf '[memo]\nmaxmemory = 2G\n[*]\nadaptive = off\nmaxsize = unlimited\nttl = none\n'
          catalogue_symbols $all | sed 's/.*/[&]/'; } >exact.conf
        "$memoize" check --json -c exact.conf >exact.json
        "$python" "$programs/exact/generate.py" $(catalogue_headers $all) <exact.json >driver.c ||
            { fail "not generated"; return; }
        compile_program exact -fno-builtin -fno-inline -frounding-math "$work/driver.c" exact/main.c \
            exact/pick.c exact/long_double.c exact/text.c exact/record.c exact/outcome.c
    }
    export TZ=UTC0
    brief=$emulator
    emulator="timeout --foreground 300 qemu-aarch64 -L /usr/$machine"
    mkfifo outcomes
    plainly ./exact record 0 1000 200 400 >outcomes &
    succeeds exact.conf ./exact check 0 1000 200 400 <outcomes
    wait $!
    emulator=$brief
    unset TZ
    assertEquals "$(catalogue_symbols $all | sort -u)" "$(cut -d' ' -f1 out | sort)"
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' stats.json |
        awk '{ calls[$1] += $2; hits[$1] += $3 } END { for (s in calls) print s, calls[s], hits[s] }' >reported
    assertEquals "calls and hits" "" "$(awk 'NR == FNR { calls[$1] = $2; hits[$1] = $3; next }
        NF == 3 && $2 != "absent" && (calls[$1] != $2 || hits[$1] < $3 / 2)' reported out | head -5)"
    assertTrue "functions" "[ $(wc -l <reported) -ge 60 ]"
}

testTraces() {
    compile_program replay lru/replay.c -llru
    mkdir -p traces
    "$python" "$programs/lru/traces.py" traces
    grep -E '^(uniform|zipf|scan) (1|7|100|1000|unlimited) |^loop' traces/expected >some
    assertTrue "traces" "[ $(wc -l <some) -ge 8 ]"
    while read -r trace maxsize hits misses currsize; do
        printf '[*]\nadaptive = off\nmaxsize = %s\n[scramble]\nprototype = %s\n' "$maxsize" \
            'unsigned long scramble(unsigned long key)' >lru.conf
        output=$(with_memo lru.conf ./replay "traces/$trace.trace" 2>&1 </dev/null)
        assertEquals "$trace, $maxsize" "100000 calls, $misses ran, 0 wrong" "$output"
        assertEquals "$trace, $maxsize" "$hits $misses $currsize" "$(figures scramble hits misses currsize)"
    done <some
}

testProcesses() {
    compile_program children fork/children.c -llru
    printf '[*]\nadaptive = off\n[scramble]\nprototype = unsigned long scramble(unsigned long key)\n' >fork.conf
    for case in inherits generations handlers; do succeeds fork.conf ./children $case; done
    assertEquals 101 "$(wc -l <stats.json)"
    succeeds fork.conf ./children threaded
    assertEquals 200 "$(jq -r '.symbols[] | select(.symbol == "scramble" and .calls == 6101) | .calls' \
        stats.json | wc -l)"
}

testExceptions() {
    (cd "$programs" && $CXX -std=c++17 -O2 -Wall -Wextra -I. -fPIC -shared call/throwing.cc \
        -o "$work/libthrowing.so" &&
        $CXX -std=c++17 -O2 -Wall -Wextra -I. -pthread call/catching.cc -o "$work/catching" \
            -L"$work" -lthrowing -Wl,-rpath,"$work") || { fail "not built"; return; }
    config throwing <<'END'
[throws_below_zero]
prototype = int throws_below_zero(int key)
[throws_writing]
prototype = int throws_writing(int first, out int r[4])
[_ZN3geo8distanceEdd]
prototype = double _ZN3geo8distanceEdd(double a, double b)
END
    assertEquals "2040 ran" "$(with_memo throwing.conf ./catching 2>&1)"
    assertEquals "3020 40" "$(figures throws_below_zero misses hits)"
    assertEquals "3020 40" "$(figures _ZN3geo8distanceEdd misses hits)"
}

# --- linking -------------------------------------------------------------------------------------

link_flags='-O1 -D_GNU_SOURCE -fno-builtin -Wall -Wextra'
links() { # OUTPUT ARGS
    links_output=$1; shift
    # shellcheck disable=SC2086
    (cd "$root/tests/link" && $CC $link_flags -o "$work/$links_output" "$@" -L"$work" -Wl,-rpath,"$work" \
        -Wl,-rpath-link,"$work") || fail "$links_output: not built"
}

link_libraries() {
    links libpure.so -shared -fPIC -Wl,-soname,libpure.so pure.c
    links libapply.so -shared -fPIC -Wl,-soname,libapply.so apply.c
    { printf '[*]\nadaptive = off\n'
      for symbol in pure_call pure_address pure_table pure_passed pure_indirect; do
          printf '[%s]\nprototype = double %s(double x)\n' $symbol $symbol
      done
      printf '[pow]\nprototype = double pow(double x, double y)\n'; } >pure.conf
}

# call, address, table, passed, indirect: 10 calls of 4 values each
testPrograms() {
    link_libraries
    for kind in '-pie -fPIE' '-no-pie -fno-pie'; do for binding in lazy now; do for calls in -fplt -fno-plt; do
        # shellcheck disable=SC2086
        links matrix $kind -Wl,-z,$binding $calls matrix.c relro.c -lpure -lapply
        with_memo pure.conf ./matrix >out 2>err
        assertEquals "$kind $binding $calls" "4 4 4 4 4" "$(cat err)"
        assertEquals "$kind $binding $calls: pages read-only again" "relro 0 of all" "$(grep relro out)"
        for symbol in pure_call pure_address pure_table pure_passed pure_indirect; do
            assertEquals "$kind $binding $calls $symbol" "10 6 4" "$(figures $symbol calls hits misses)"
        done
    done; done; done
}

testVersions() {
    link_libraries
    sed 's/GLIBC_2\.2\.5/GLIBC_2.17/' "$root/tests/link/versions.c" >versions.c
    for binding in lazy now; do
        links versions -Wl,-z,$binding "$work/versions.c" -lm
        assertEquals "$(plainly ./versions)" "$(with_memo pure.conf ./versions)"
        assertEquals "GLIBC_2.17 10 9, GLIBC_2.29 27 26" "$(jq -r '[.symbols[] | select(.symbol == "pow") |
            "\(.version) \(.calls) \(.hits)"] | sort | join(", ")' stats.json)"
    done
}

# dlsym asks on behalf of its caller, who is found by the return address: RTLD_DEFAULT, RTLD_NEXT
# and each object's own RUNPATH must mean what they mean without us.
testSymbolsLookedUp() {
    link_libraries
    mkdir -p plugins/inner
    links plugins/inner/libinner.so -shared -fPIC -Wl,-soname,libinner.so inner.c
    for binding in lazy now; do
        links plugins/libplugin.so -shared -fPIC -Wl,-soname,libplugin.so -Wl,-z,$binding \
            -Wl,--enable-new-dtags,-rpath,'$ORIGIN/inner' plugin.c -lpure -lm
        links host -Wl,--enable-new-dtags,-rpath,'$ORIGIN/plugins' host.c
        for how in l n g d; do
            assertEquals "$how" "$(plainly ./host $how libplugin.so libinner.so)" \
                "$(with_memo pure.conf ./host $how libplugin.so libinner.so)"
            assertEquals "$how $binding" "12 9 3" "$(figures pow calls hits misses)"
            assertEquals "$how $binding" "12 9 3" "$(figures pure_table calls hits misses)"
        done
    done
    links next -rdynamic next.c -Wl,--no-as-needed -lm
    assertEquals "$(plainly ./next)" "$(with_memo pure.conf ./next)"
    assertEquals "1 0 1" "$(figures pow calls hits misses)"
}

testTheObject() {
    assertEquals memo_tick "$(readelf -W --dyn-syms "$library" |
        awk '$7 != "UND" && $5 == "GLOBAL" { print $8 }')"
    assertEquals libc.so.6 "$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' |
        grep -v '^ld-linux')"
    assertEquals "no executable stack" RW "$(readelf -lW "$library" | awk '$1 == "GNU_STACK" { print $7 }')"
    assertEquals "stubs are landing pads of 16 bytes" "4096" "$("$machine-objdump" -d "$library" \
        --disassemble=arch_stubs | grep -c '[0-9a-f]*0:.*bti[[:space:]]c$')"
}

. shunit2
