#!/bin/sh
# Which references are rebound, and that the program can't tell: every way of linking, loading and
# reaching a function, each asserted by the statistics and by the program's own answers.
. "$(dirname "$0")/common.sh"
sources=$root/tests/link
flags='-O1 -D_GNU_SOURCE -fno-builtin -Wall -Wextra -I'$sources
linkers='bfd gold lld'

compile() { # OUTPUT ARGS: one line on failure, which the caller's assertion then shows
    output=$1; shift
    # shellcheck disable=SC2086
    $CC $flags -o "$work/$output" "$@" 2>"$work/compile.log" || { cat "$work/compile.log"; fail "compile $output"; }
}

shared() { output=$1; shift; compile "$output" -shared -fPIC -Wl,-soname,"$output" "$@"; }

oneTimeSetUp() {
    shared libpure.so "$sources/pure.c"
    shared libapply.so "$sources/apply.c"
    shared libother.so -DOFFSET=1000 "$sources/pure.c"
    cat >"$work/pure.conf" <<'END'
[*]
adaptive = off
[pure_call]
prototype = double pure_call(double x)
[pure_address]
prototype = double pure_address(double x)
[pure_table]
prototype = double pure_table(double x)
[pure_passed]
prototype = double pure_passed(double x)
[pure_indirect]
prototype = double pure_indirect(double x)
[pow]
prototype = double pow(double x, double y)
END
}

# A stub that leads back to itself would never end.
ulimit -t 120

setUp() { cd "$work" || exit 1; export LD_LIBRARY_PATH="$work"; unset preload_before preload_after; }

# rows SYMBOL: `VERSION LIBRARY CALLS HITS MISSES` per slot, in order of version and library
rows() {
    jq -r --arg symbol "$1" '[.symbols[] | select(.symbol == $symbol)] | sort_by(.version, .library)[] |
        "\(if .version == "" then "-" else .version end) \(.library) \(.calls) \(.hits) \(.misses)"' "$work/stats.json"
}

# run PROGRAM ARGS: plain into plain.out, plain.err; under us into memo.out, memo.err, stats.json
run() {
    "$@" >plain.out 2>plain.err </dev/null; plain_status=$?
    with_memo "$work/pure.conf" "$@" >memo.out 2>memo.err </dev/null; memo_status=$?
    assertEquals "exit status of $* without us" 0 "$plain_status"
    assertEquals "exit status of $*" 0 "$memo_status"
    assertEquals "output of $*" "$(cat plain.out)" "$(cat memo.out)"
    assertTrue "counters of $*" "jq -e 'all(.symbols[]; .calls == .hits + .misses + .bypassed)' stats.json"
}

run_same() { run "$@"; assertEquals "stderr of $*" "$(cat plain.err)" "$(cat memo.err)"; }

# matrix PROGRAM: call, address, table, passed, indirect: 10 calls of 4 values each
matrix() {
    run "$@"
    assertEquals "$*: pages read-only again" "relro 0 of all" "$(grep relro memo.out)"
    assertEquals "$*: runs without us" "10 10 10 10 10" "$(cat plain.err)"
    assertEquals "$*: runs with us" "4 4 4 4 4" "$(cat memo.err)"
    for symbol in call address table passed indirect; do
        assertEquals "$* pure_$symbol" "- libpure.so 10 6 4" "$(rows pure_$symbol)"
    done
}

each_linking() { # FUNCTION: called with a name and the flags
    for linker in $linkers; do for binding in lazy now; do for calls in plt no-plt; do
        set -- "-fuse-ld=$linker" "-Wl,-z,$binding"
        [ $calls = no-plt ] && set -- "$@" -fno-plt
        "$each" "$linker-$binding-$calls" "$@"
    done; done; done
}

program_cell() {
    name=$1; shift
    compile "pie-$name" -pie -fPIE "$@" "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
    compile "exec-$name" -no-pie -fno-pie "$@" "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
    matrix "./pie-$name"
    matrix "./exec-$name"
}

testProgramsOfEveryLinking() { each=program_cell; each_linking; }

client_cell() {
    name=$1; shift
    shared "libclient.so" -DCLIENT "$@" "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
    matrix ./client
}

testLibrariesOfEveryLinking() {
    shared libclient.so -DCLIENT "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
    compile client "$sources/main.c" -L. -lclient
    each=client_cell; each_linking
}

testHashStylesAndPackedRelocations() {
    for extra in -Wl,--hash-style=sysv -Wl,--hash-style=gnu -Wl,-z,pack-relative-relocs -Wl,-z,norelro -Wl,-z,relro,-z,now; do
        for kind in '-pie -fPIE' '-no-pie -fno-pie'; do
            shared libpure.so "$extra" "$sources/pure.c"
            # shellcheck disable=SC2086
            compile program $kind $extra "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
            matrix ./program
        done
    done
    shared libpure.so "$sources/pure.c"
}

testBindNow() {
    compile program "$sources/matrix.c" "$sources/relro.c" -Wl,-z,lazy -L. -lpure -lapply
    export LD_BIND_NOW=1
    matrix ./program
    unset LD_BIND_NOW
}

testLoaderRunAsProgram() {
    compile program "$sources/matrix.c" "$sources/relro.c" -Wl,-z,lazy -L. -lpure -lapply
    loader=$(LC_ALL=C readelf -l program | sed -n 's/.*interpreter: \(.*\)]/\1/p')
    matrix "$loader" ./program
}

testVersionsKeptApart() {
    for kind in '-pie -fPIE' '-no-pie -fno-pie'; do for binding in lazy now; do
        # shellcheck disable=SC2086
        compile versions $kind -Wl,-z,$binding "$sources/versions.c" -lm
        run_same ./versions
        assertEquals "$kind $binding" "GLIBC_2.2.5 libm.so.6 10 9 1
GLIBC_2.29 libm.so.6 27 26 1" "$(rows pow)"
    done; done
}

testCanonicalAddressesStayEqual() {
    for binding in lazy now; do
        shared libcanonical.so -Wl,-z,$binding "$sources/canonical_lib.c" -lm
        for kind in '-pie -fPIE' '-no-pie -fno-pie'; do
            # shellcheck disable=SC2086
            compile canonical $kind -Wl,-z,$binding "$sources/canonical.c" -L. -lcanonical -lm
            run_same ./canonical
            assertEquals 1 "$(cut -d' ' -f2 memo.out)"
            assertEquals "$kind $binding" "GLIBC_2.29 libm.so.6 24 23 1" "$(rows pow)"
        done
    done
}

# with_other ORDER: runs ./interposed with another interposer and us preloaded in that order
with_other() {
    env LD_PRELOAD="$work/libinterposer.so" ./interposed >plain.out
    rm -f stats.json
    env LD_PRELOAD="$1" MEMO_CONFIG="$work/pure.conf" MEMO_STATS="$work/stats.json" ./interposed >memo.out
    assertEquals "answers of $1" "$(cat plain.out)" "$(cat memo.out)"
    assertEquals "$1" "- libinterposer.so 6 3 3" "$(rows pure_call)"
    assertEquals "$1" "- libinterposer.so 12 11 1" "$(rows pow)"
}

testSecondInterposer() {
    shared libinterposer.so "$sources/interposer.c"
    for kind in '-pie -fPIE' '-no-pie -fno-pie'; do for binding in lazy now; do
        # shellcheck disable=SC2086
        compile interposed $kind -Wl,-z,$binding "$sources/interposed.c" -L. -lpure -lm
        with_other "$work/libinterposer.so:$library"
        with_other "$library:$work/libinterposer.so"
    done; done
}

# The plug-in lies in plugins/, what it opens in plugins/inner/: each found only by the RUNPATH of
# the object that asks.
make_plugin() {
    mkdir -p plugins/inner
    shared plugins/inner/libinner.so "$sources/inner.c"
    shared plugins/libplugin.so "$@" -Wl,--enable-new-dtags,-rpath,'$ORIGIN/inner' "$sources/plugin.c" -L. -lpure -lm
    compile host -Wl,--enable-new-dtags,-rpath,'$ORIGIN/plugins' "$sources/host.c"
}

testPluginByRunpath() {
    for binding in lazy now; do
        make_plugin -Wl,-z,$binding
        for how in l n g d; do
            run_same ./host $how libplugin.so libinner.so
            assertEquals "$how" "inner: opened" "$(grep inner: memo.out)"
            assertEquals "$how $binding" "GLIBC_2.29 libm.so.6 12 9 3" "$(rows pow)"
            # the thirteenth, where the plug-in's scope is the program's too
            assertContains "$how $binding" "- libpure.so 12 9 3
- libpure.so 13 10 3" "$(rows pure_call)"
            assertEquals "$how $binding" "- libpure.so 12 9 3" "$(rows pure_table)"
        done
    done
}

# A plug-in opened with RTLD_DEEPBIND sees its own library first, the program another of that name.
testDeepBinding() {
    mkdir -p deep
    shared deep/libplugin.so -Wl,-z,lazy "$sources/plugin.c" -L. -lpure -lm
    for how in l d n dn; do
        LD_PRELOAD=$work/libother.so ./host $how deep/libplugin.so >plain.out 2>&1
        env LD_PRELOAD="$library:$work/libother.so" MEMO_CONFIG="$work/pure.conf" ./host $how deep/libplugin.so >memo.out 2>&1
        assertEquals "$how" "$(cat plain.out)" "$(cat memo.out)"
    done
}

# An interposer of dlsym with a lock of its own, which it must never be asked for twice.
testInterposerOfDlsym() {
    shared liblocking.so "$sources/locking.c" -pthread
    make_plugin -Wl,-z,lazy
    for order in "$library:$work/liblocking.so" "$work/liblocking.so:$library"; do
        LD_PRELOAD=$work/liblocking.so ./host l libplugin.so >plain.out
        assertEquals 0 $?
        rm -f stats.json
        env LD_PRELOAD="$order" MEMO_CONFIG="$work/pure.conf" MEMO_STATS="$work/stats.json" ./host l libplugin.so >memo.out
        assertEquals "$order" 0 $?
        assertEquals "$order" "$(cat plain.out)" "$(cat memo.out)"
        assertEquals "$order" "GLIBC_2.29 libm.so.6 6 3 3" "$(rows pow)"
        assertContains "$order" "$(rows pure_call)" "- libpure.so"
    done
}

testNextIsRelativeToTheCaller() {
    for kind in '-pie -fPIE' '-no-pie -fno-pie'; do
        # shellcheck disable=SC2086
        compile next $kind -rdynamic "$sources/next.c" -Wl,--no-as-needed -lm
        run_same ./next
        assertEquals "its own, found by dlsym" "- next 1 0 1" "$(rows pow)"
    done
}

testProviderClosedAndOpenedAgain() {
    compile reopen "$sources/reopen.c"
    run_same ./reopen ./libpure.so ./libother.so
    assertEquals "- libother.so 50 48 2
- libpure.so 50 48 2" "$(rows pure_call)"
}

testChangedPointersStay() {
    shared libchanged.so "$sources/changed_lib.c" -L. -lpure
    compile changed "$sources/changed.c" -L. -lchanged -lpure
    run_same ./changed
    assertEquals "never referred to" 0 "$(stat_of pure_call calls)"
    assertEquals "- libpure.so 8 6 2" "$(rows pure_address)"
}

testSymbolicProviders() {
    for symbolic in '' -Wl,-Bsymbolic -Wl,-Bsymbolic-functions; do for binding in lazy now; do
        # shellcheck disable=SC2086
        shared libsymbolic.so $symbolic -Wl,-z,$binding "$sources/symbolic.c" -L. -lpure
        for order in '-lsymbolic -lpure' '-lpure -lsymbolic'; do
            # shellcheck disable=SC2086
            compile symbolic "$sources/symbolic_main.c" -Wl,--no-as-needed -L. $order
            run_same ./symbolic
            assertEquals "$symbolic $binding $order" "- libpure.so 9 6 3" "$(rows pure_address)"
        done
    done; done
}

testOpenedByAnEarlierConstructor() {
    shared libplugin.so -Wl,-z,lazy "$sources/plugin.c" -L. -lpure -lm
    shared libearly.so "$sources/early.c"
    compile early "$sources/early_main.c" -L. -learly
    run_same ./early
    assertEquals "GLIBC_2.29 libm.so.6 9 6 3" "$(rows pow)"
    assertEquals "- libpure.so 9 6 3" "$(rows pure_call)"
}

testLibraryFilter() {
    compile program "$sources/matrix.c" "$sources/relro.c" -L. -lpure -lapply
    cat >filter.conf <<'END'
[pure_call]
prototype = double pure_call(double x)
library = libpure.*
[pure_table]
prototype = double pure_table(double x)
library = libfoo*
[pure_passed]
prototype = double pure_passed(double x)
[cbrt]
prototype = double cbrt(double x)
END
    MEMO_LOG=debug with_memo filter.conf ./program >memo.out 2>memo.err
    assertEquals "- libpure.so 10 6 4" "$(rows pure_call)"
    assertEquals 0 "$(stat_of pure_table calls)"
    assertContains "$(cat memo.err)" "pure_call: rebound 1 reference in ./program (1 JUMP_SLOT) to pure_call of libpure.so"
    assertContains "$(cat memo.err)" "pure_passed: rebound 1 reference in ./program (1 GLOB_DAT) to pure_passed of libpure.so"
    assertContains "$(cat memo.err)" "pure_table: not rebound: library = libfoo* does not match provider libpure.so"
    assertContains "$(cat memo.err)" "cbrt: not rebound: no loaded object imports it; a later dlopen may"
}

testPython() {
    cat >python.conf <<'END'
[*]
adaptive = off
[acos]
prototype = double acos(double x)
[sin]
prototype = double sin(double x)
[cbrt]
prototype = double cbrt(double x)
[tanh]
prototype = double tanh(double x)
[erf]
prototype = double erf(double x)
END
    same_output "$work/python.conf" /usr/bin/python3 "$sources/tables.py"
    for symbol in acos sin cbrt tanh erf; do
        assertEquals "$symbol" "GLIBC_2.2.5 libm.so.6 1000 990 10" "$(rows $symbol)"
    done
}

# Without /proc the loader's own rules say what protection a page has.
testWithoutProc() {
    [ "$(id -u)" -eq 0 ] || startSkipping
    rm -rf jail
    mkdir -p jail/tmp
    for binding in lazy now; do
        compile program "$sources/matrix.c" "$sources/relro.c" -Wl,-z,relro,-z,$binding -L. -lpure -lapply
        cp program libpure.so libapply.so "$library" pure.conf "$(command -v env)" jail
        for file in $(ldd ./program "$(command -v env)" | grep -o '/[^ ]*/lib[cm]\.so[^ ]*\|/[^ ]*/ld-[^ ]*' | sort -u); do
            mkdir -p "jail$(dirname "$file")"
            cp "$file" "jail$file"
        done
        rm -f jail/tmp/stats.json
        chroot jail /env LD_LIBRARY_PATH=/ LD_PRELOAD=/libmemo.so MEMO_CONFIG=/pure.conf MEMO_STATS=/tmp/stats.json \
            /program >memo.out 2>memo.err
        assertEquals "4 4 4 4 4" "$(cat memo.err)"
        assertEquals "$binding" "relro 0 of all" "$(grep relro memo.out)"
        cp jail/tmp/stats.json .
        assertEquals "- libpure.so 10 6 4" "$(rows pure_call)"
    done
    endSkipping
}

testExportsAndNeeds() {
    assertEquals "memo_clear_v1 memo_info_v1 memo_original_v1 memo_tick" "$(echo $(nm -D --defined-only "$library" | awk '{ print $3 }'))"
    assertEquals libc.so.6 "$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')"
}

testOpenAndCloseAgainstCallers() {
    seconds=10
    shared libclosed.so -Wl,-z,lazy,-Bsymbolic "$sources/symbolic.c" -L. -lpure
    for kind in '-pie -fPIE -Wl,-z,lazy' '-no-pie -fno-pie -Wl,-z,lazy' '-pie -fPIE -Wl,-z,now'; do
        # shellcheck disable=SC2086
        compile stress $kind "$sources/stress.c" -L. -lpure -pthread
        with_memo "$work/pure.conf" ./stress "$seconds" ./libclosed.so ./libother.so >memo.out 2>memo.err
        assertEquals "$kind" 0 $?
        assertEquals "$kind" "" "$(cat memo.err)"
        assertTrue "$kind" "jq -e 'all(.symbols[]; .calls == .hits + .misses + .bypassed)' stats.json"
        assertEquals "$kind: $(cat memo.out)" "$(sed 's/.*calls \([0-9]*\).*/\1/' memo.out)" "$(stat_of pure_passed calls)"
        for symbol in address table; do # the client's own reference; found by dlsym
            assertTrue "$kind pure_$symbol" "[ $(stat_of pure_$symbol hits) -gt 0 ]"
        done
        assertEquals "$kind" "- libother.so" "$(rows pure_call | cut -d' ' -f1,2)"
        seconds=3
    done
}

. shunit2
