#!/bin/sh
# References given back by a slot that does not pay: calls go straight to the original afterwards,
# and the program can't tell. Tried on the rebinding alone: a library of libmemo.so's own objects
# (link/restoring.c) that gives back at the third call of each stub and reports how many it saw.
. "$(dirname "$0")/common.sh"
sources=$root/tests/link
cpu=$($CC -dumpmachine | cut -d- -f1)
flags="-O1 -fno-builtin -I$sources"
time_limit=60

oneTimeSetUp() {
    # shellcheck disable=SC2086
    {
        compile_library pure $flags "$sources/pure.c"
        compile_library apply $flags "$sources/apply.c"
        compile_library many $flags "$sources/many.c"
        # From an archive the linker takes what restoring.c leads to, and no more.
        find "$build/config" "$build/shim" -name '*.o' -exec ar qc "$work/libmemo.a" {} +
        compile_library restoring $flags -fvisibility=hidden -I"$root" -I"$root/shim" -I"$root/shim/arch/$cpu" \
            -Wl,-z,nodelete,-z,defs "$sources/restoring.c" "$work/libmemo.a"
    }
}

setUp() { cd "$work" || exit 1; export LD_LIBRARY_PATH="$work"; }

# restoring PROGRAM ARGS: plain, then with references given back; $work/entered gets `SYMBOL CALLS`
restoring() {
    timeout $time_limit "$@" >plain.out 2>plain.err; plain_status=$?
    rm -f slots
    timeout $time_limit env RESTORED="$work/slots" LD_PRELOAD="$work/librestoring.so" "$@" >memo.out 2>memo.err
    assertEquals "exit status of $*" $plain_status $?
    assertEquals "output of $*" "$(cat plain.out)" "$(cat memo.out)"
    assertEquals "stderr of $*" "$(cat plain.err)" "$(cat memo.err)"
    sort slots | cut -d' ' -f1,3 >entered
}

# kind_of SYMBOL: how ./matrix refers to it
kind_of() {
    readelf -rW matrix | awk -v symbol="$1" '$5 == symbol { seen[$3 ~ /JUMP_SLO/ ? "call" : "address"] }
        END { print "call" in seen ? ("address" in seen ? "both" : "call") : "address" }'
}

# A function of matrix.c is called ten times. Where the program has it in its PLT alone every call
# goes through there (through the canonical entry too), and the last seven are direct.
matrix_cell() {
    # shellcheck disable=SC2086
    compile_program matrix $flags "$@" "$sources/matrix.c" "$sources/relro.c" -lpure -lapply
    restoring ./matrix
    while read -r symbol calls; do
        case $(kind_of "$symbol") in
        call) assertEquals "$*: $symbol" 3 "$calls" ;;
        address) assertEquals "$*: $symbol" 10 "$calls" ;;
        both) assertTrue "$*: $symbol $calls" "[ $calls -ge 3 ] && [ $calls -lt 10 ]" ;;
        esac
    done <entered
    assertEquals "$*" 5 "$(grep -c pure_ entered)"
    assertEquals "$*: pages read-only again" "relro 0 of all" "$(grep relro memo.out)"
}

testProgramsOfEveryLinking() {
    for linker in bfd gold lld; do for binding in lazy now; do for calls in -fplt -fno-plt; do
        matrix_cell -pie -fPIE -fuse-ld=$linker -Wl,-z,$binding $calls
        matrix_cell -no-pie -fno-pie -fuse-ld=$linker -Wl,-z,$binding $calls
    done; done; done
}

testOtherPages() {
    for extra in -Wl,-z,norelro -Wl,-z,relro,-z,now -Wl,--hash-style=sysv -Wl,-z,pack-relative-relocs -Wl,-Bsymbolic; do
        matrix_cell -pie -fPIE $extra
        matrix_cell -no-pie -fno-pie $extra
    done
}

testCallsAreAmongThem() {
    matrix_cell -pie -fPIE -Wl,-z,now
    assertEquals "pure_call 3" "$(grep pure_call entered)"
    matrix_cell -no-pie -fno-pie -Wl,-z,lazy
    assertEquals 5 "$(grep -c ' 3$' entered)"
}

testLibraries() {
    for binding in lazy now; do
        compile_library client $flags -DCLIENT -Wl,-z,$binding "$sources/matrix.c" "$sources/relro.c" -L"$work" -lpure -lapply
        compile_program client $flags "$sources/main.c" -lclient
        restoring ./client
        assertContains "$binding" "$(cat entered)" "pure_call 3"
        assertContains "$binding" "$(cat entered)" "pure_table 10"
    done
}

# What may be unloaded is given back when a later scan finds it: six calls before, none after.
testLateObjects() {
    mkdir -p inner
    compile_library inner "$sources/inner.c"
    mv libinner.so inner
    compile_program host "$sources/host.c"
    for binding in lazy now; do
        compile_library plugin $flags -Wl,-z,$binding,-rpath,"$work/inner" "$sources/plugin.c" -L"$work" -lpure
        for how in l n g; do
            restoring ./host $how libplugin.so libinner.so
            assertEquals "$binding $how" "pow 6
pure_call 6
pure_indirect 6
pure_table 6" "$(cat entered)"
        done
    done
}

testAddressesStayEqual() {
    compile_library address $flags "$sources/address_lib.c" -L"$work" -lpure
    for kind in '-pie -fPIE' '-no-pie -fno-pie'; do for binding in lazy now; do
        # shellcheck disable=SC2086
        compile_program address $flags $kind -Wl,-z,$binding "$sources/address.c" -lpure
        restoring ./address ./libaddress.so
        assertEquals "1 1
1 1
1" "$(head -3 plain.out)"
        assertContains "$kind $binding: dlsym gives the original" "$(cat entered)" "pure_call 3"
        assertContains "$kind $binding" "$(cat entered)" "pure_table 5"
    done; done
}

# Each of 64 functions is called 80 times at least, 20 of them when all else has ended.
testThreadsSignalsAndForks() {
    compile_library plugin $flags -Wl,-z,now,-z,norelro "$sources/plugin.c" -L"$work" -lpure
    for binding in now lazy; do
        # shellcheck disable=SC2086
        compile_program restored $flags -Wl,-z,$binding "$sources/restored.c" "$sources/relro.c" \
            -Wl,--no-as-needed -lmany -lpure -lm
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            restoring ./restored ./libplugin.so
            assertEquals "$binding: $(cat entered)" 64 "$(awk '/many_/ && $2 >= 3 && $2 < 80' entered | wc -l)"
        done
    done
}

# Clients and providers come and go while their stubs ask to give back at every call.
testOpenAndCloseAgainstCallers() {
    compile_library closed $flags -Wl,-z,lazy,-Bsymbolic "$sources/symbolic.c" -L"$work" -lpure
    compile_library other $flags -DOFFSET=1000 "$sources/pure.c"
    for kind in '-pie -fPIE -Wl,-z,lazy' '-no-pie -fno-pie -Wl,-z,lazy' '-pie -fPIE -Wl,-z,now'; do
        # shellcheck disable=SC2086
        compile_program stress $flags $kind "$sources/stress.c" -lpure
        timeout $time_limit env RESTORED="$work/slots" LD_PRELOAD="$work/librestoring.so" \
            ./stress 3 ./libclosed.so ./libother.so >memo.out 2>memo.err
        assertEquals "$kind: $(cat memo.out memo.err)" 0 $?
        assertContains "$kind" "$(cat memo.out)" "wrong 0"
    done
}

. shunit2
