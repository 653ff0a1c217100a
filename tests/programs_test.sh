# Programs that we did not write, and surroundings that we did not choose: all as without us.
. "$(dirname "$0")/common.sh"
time_limit=120

scripts=$programs/scripts

oneTimeSetUp() {
    { printf '[*]\nadaptive = off\n'; catalogue_symbols | sed 's/.*/[&]/'; } >"$work/all.conf"
    config strings <<'END'
[*]
adaptive = off
[strlen]
prototype = size_t strlen(const char *s)
[strcmp]
prototype = int strcmp(const char *a, const char *b)
[memcmp]
prototype = int memcmp(const unsigned char a[n], const unsigned char b[n], size_t n)
[strcoll]
prototype = int strcoll(const char *a, const char *b)
depends = locale
[toupper]
prototype = int toupper(int c)
depends = locale
[tolower]
prototype = int tolower(int c)
depends = locale
END
    export TZ=Europe/Paris
    compile_program surroundings -fno-builtin host/surroundings.c
    compile_library interposer host/interposer.c
    compile_program secure -fno-builtin host/secure.c
    compile_program parallel -fno-builtin host/parallel.c
    compile_program parallel-address -fno-builtin -fsanitize=address,undefined host/parallel.c
}

testTheConfigIsLarge() {
    assertTrue "sections" "[ $(grep -c '^\[[a-z]' "$work/all.conf") -ge 30 ]"
}

# as_without_us FUNCTIONS PROGRAM ARGS: the same output, and hits in so many functions at least
as_without_us() {
    least=$1; shift
    same_output "$work/all.conf" "$@"
    diff -a "$work/plain.out" "$work/memo.out" | head -5
    assert_sums "$1"
    with_hits=$(jq -s '[.[].symbols[] | select(.hits > 0)] | length' "$work/stats.json")
    assertTrue "$1: hits in $with_hits functions, of $least" "[ $with_hits -ge $least ]"
    assertTrue "$1: lines of output" "[ $(wc -l <"$work/plain.out") -ge 300 ]"
}

testGawk() { as_without_us 8 gawk -f "$scripts/work.awk"; }
testMawk() { as_without_us 8 mawk -f "$scripts/work.awk"; }
testPerl() { as_without_us 12 perl "$scripts/work.pl"; }
testPython() { as_without_us 30 "$python" "$scripts/work.py"; }
testLua() { as_without_us 12 lua5.4 "$scripts/work.lua"; }
testSqlite() { as_without_us 15 sqlite3 -init /dev/null :memory: ".read $scripts/work.sql"; }

# Without any config, where measuring decides.
testNoConfig() {
    for zone in Europe/Paris UTC0; do
        export TZ=$zone
        for command in "gawk -f $scripts/work.awk" "mawk -f $scripts/work.awk" "perl $scripts/work.pl" \
            "$python $scripts/work.py" "lua5.4 $scripts/work.lua" "ls -lR /etc" "bc -l $scripts/work.bc"; do
            # shellcheck disable=SC2086 # words
            same_output "" $command
            assert_sums "$command"
        done
    done
    export TZ=Europe/Paris
    same_output "" sqlite3 -init /dev/null :memory: ".read $scripts/work.sql"
    assertTrue "hits" "[ $(total_of hits) -gt 1000 ]"
    same_output "" bash -c 'for i in {1..400}; do
        case $i in 100) TZ=Asia/Tokyo ;; 200) export TZ=EST5EDT ;; 300) unset TZ ;; esac
        printf "%(%c %Z)T\n" $((1600000000 + i % 40 * 86400)); done; exit 9'
}

testFixedZone() {
    export TZ=UTC0
    as_without_us 9 gawk -f "$scripts/work.awk"
    as_without_us 12 perl "$scripts/work.pl"
    as_without_us 30 "$python" "$scripts/work.py"
    export TZ=Europe/Paris
}

testOtherZones() {
    for zone in unset America/New_York :UTC Nowhere/Invalid EST5EDT,M3.2.0,M11.1.0; do
        if [ $zone = unset ]; then unset TZ; else export TZ=$zone; fi
        as_without_us 8 gawk -f "$scripts/work.awk"
        as_without_us 8 mawk -f "$scripts/work.awk"
        as_without_us 12 perl "$scripts/work.pl"
        as_without_us 12 lua5.4 "$scripts/work.lua"
        as_without_us 15 sqlite3 -init /dev/null :memory: ".read $scripts/work.sql"
    done
    export TZ=Europe/Paris
}

# What a system is run with, each of which prints dates of files.
testSystemPrograms() {
    mkdir "$work/tree"
    for day in 1 2 3 4 5 1 2 3 4 5; do
        touch -d "2023-10-2$day 02:30" "$work/tree/$day"
    done
    for program in "ls -lA --full-time" "stat" "find" "tar -cf -" "du -a --time"; do
        # shellcheck disable=SC2086 # an option is a word of its own
        same_output "$work/all.conf" $program "$work/tree" /nonexistent
    done
    same_output "$work/all.conf" find "$work/tree" -type f -printf '%p %t %Tc %T+\n'
    assertTrue "hits in find" "[ $(total_of hits) -gt 0 ]"
    # The spring gap, an hour that occurs twice, a day that is none
    printf '%s\n' '2023-03-26 02:30' '2023-10-29 02:30' '2023-02-30' 'last monday 2020-02-02' \
        'TZ="Asia/Tokyo" 2020-01-01 12:00' '2023-10-29 02:30' >"$work/dates"
    same_output "$work/all.conf" date -f "$work/dates" '+%c %Z %s'
    # bash calls tzset before each date, and has setenv and getenv of its own
    same_output "$work/all.conf" bash -c 'for i in {1..400}; do
        case $i in 100) TZ=Asia/Tokyo ;; 200) export TZ=EST5EDT ;; 300) unset TZ ;; esac
        printf "%(%c %Z)T\n" $((1600000000 + i % 40 * 86400)); done; exit 9'
}

testProgramsWithoutSuchFunctions() {
    same_output "$work/all.conf" bc -l "$scripts/work.bc"
    same_output "$work/all.conf" dash -c 'for i in 1 2 3; do echo $i; done; exit 4'
    same_output "$work/all.conf" ls -l --time-style=full-iso /etc /usr/share/zoneinfo/Europe
    same_output "$work/all.conf" sh -c 'kill -SEGV $$'
    same_output "$work/all.conf" true
}

# The functions that libmemo.so itself is made of.
testStringFunctions() {
    seq 1 3000 | sed 's/.*/line & of it/' >"$work/lines"
    for config in strings; do
        same_output "$work/$config.conf" sort -r "$work/lines"
        same_output "$work/$config.conf" ls -lR /etc
        assertTrue "hits in ls" "[ $(total_of hits) -gt 0 ]"
        same_output "$work/$config.conf" gawk -f "$scripts/work.awk"
        assertTrue "hits in gawk" "[ $(total_of hits) -gt 0 ]"
        same_output "$work/$config.conf" perl "$scripts/work.pl"
        same_output "$work/$config.conf" "$python" "$scripts/work.py"
        same_output "$work/$config.conf" sqlite3 -init /dev/null :memory: ".read $scripts/work.sql"
        assertTrue "hits in sqlite3" "[ $(total_of hits) -gt 0 ]"
        same_output "$work/$config.conf" bc -l "$scripts/work.bc"
        assert_sums
    done
}

testDisabled() {
    gawk -f "$scripts/work.awk" >"$work/plain.out" 2>"$work/plain.err"
    MEMO_DISABLE=1 with_memo "$work/all.conf" gawk -f "$scripts/work.awk" >"$work/memo.out" \
        2>"$work/memo.err"
    assertEquals 3 $?
    assertTrue "cmp -s $work/plain.out $work/memo.out"
    assertTrue "cmp -s $work/plain.err $work/memo.err"
    assertEquals "calls" 0 "$([ ! -f "$work/stats.json" ] && echo 0 || total_of calls)"
}

# preloaded LIST: the work of gawk under those libraries, compared with the interposer alone
preloaded() {
    MEMO_CONFIG="$work/all.conf" MEMO_STATS="$work/stats.json" LD_PRELOAD="$1" \
        gawk -f "$scripts/work.awk" >"$work/memo.out" 2>"$work/memo.err"
    assertEquals "$1" 3 $?
    assertTrue "stdout with $1" "cmp -s $work/plain.out $work/memo.out"
    assertTrue "stderr with $1" "cmp -s $work/plain.err $work/memo.err"
}

testAnotherPreload() {
    LD_PRELOAD="$work/libinterposer.so" gawk -f "$scripts/work.awk" >"$work/plain.out" \
        2>"$work/plain.err"
    assertTrue "the interposer works" "grep -q interposed $work/plain.err"
    for list in "$work/libinterposer.so $library" "$library $work/libinterposer.so" \
        "$library:$work/libinterposer.so:$library"; do
        rm -f "$work/stats.json"
        preloaded "$list"
        assertTrue "hits of pow" "[ $(stat_of pow hits) -gt 0 ]"
    done
}

# Allocators, a clock, a filter of system calls: each in front of us and behind us.
testPackagedPreloads() {
    libraries=/usr/lib/$($CC -print-multiarch)
    export FAKETIME='2020-01-01 00:00:00' FAKETIME_DONT_FAKE_MONOTONIC=1
    for name in libjemalloc.so.2 libmimalloc.so.2.0 libtcmalloc_minimal.so.4 libeatmydata.so \
        faketime/libfaketime.so.1 faketime/libfaketimeMT.so.1; do
        other=$libraries/$name
        assertTrue "$other is installed" "[ -f $other ]"
        LD_PRELOAD="$other" gawk -f "$scripts/work.awk" >"$work/plain.out" 2>"$work/plain.err"
        for list in "$other $library" "$library $other"; do
            rm -f "$work/stats.json"
            preloaded "$list"
            assertTrue "hits with $list" "[ $(stat_of pow hits) -gt 0 ]"
            assert_sums "$list"
            assertEquals "$list" "$("$work/parallel")" \
                "$(MEMO_CONFIG="$work/all.conf" LD_PRELOAD="$list" "$work/parallel" 2>&1)"
            case $name in faketime/*)
                assertEquals "$list" "2020-01-01 00:00:00 CET" "$(MEMO_CONFIG="$work/all.conf" \
                    LD_PRELOAD="$list" date '+%F %T %Z')" ;;
            esac
        done
    done
    unset FAKETIME FAKETIME_DONT_FAKE_MONOTONIC
}

# ASan wants to come first in the list of objects, unless told otherwise.
testSanitizedProgram() {
    same_output "$work/all.conf" "$work/parallel"
    assertEquals "exit status" 7 $plain_status
    cp "$work/plain.out" "$work/parallel.out"
    export ASAN_OPTIONS=verify_asan_link_order=0
    same_output "$work/all.conf" "$work/parallel-address"
    assertEquals "exit status" 7 $plain_status
    assertTrue "stdout" "cmp -s $work/parallel.out $work/memo.out"
    assertTrue "hits" "[ $(total_of hits) -gt 10000 ]"
    assert_sums
    unset ASAN_OPTIONS
}

# redirected REDIRECTIONS: what can be seen of gawk that starts with some of 0, 1, 2 closed
redirected() {
    rm -f "$work/stats.json"
    for variant in plain memo; do
        if [ $variant = memo ]; then
            environment="MEMO_CONFIG=$work/all.conf MEMO_STATS=$work/stats.json LD_PRELOAD=$library"
        else
            environment=
        fi
        : >"$work/$variant.out"; : >"$work/$variant.err"
        sh -c "exec env $environment gawk -f $scripts/work.awk <$work/lines \
            >$work/$variant.out 2>$work/$variant.err $1"
        echo "status $?" >"$work/$variant.status"
    done
    for part in out err status; do
        assertTrue "$part with $1" "cmp -s $work/plain.$part $work/memo.$part"
    done
    assertTrue "hits with $1" "[ $(total_of hits) -gt 0 ]"
}

testClosedStandardStreams() {
    seq 1 10 >"$work/lines"
    for closed in '<&-' '>&-' '2>&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
        redirected "$closed"
    done
}

# A warning of ours has nowhere to go, and must not end in a file that got descriptor 2.
testWarningsWithStderrClosed() {
    printf '[pow]\nno_such_option = 1\n' >"$work/wrong.conf"
    for stats in "$work/stats.json" /nonexistent/stats.json stderr; do
        : >"$work/victim"
        MEMO_CONFIG="$work/wrong.conf" MEMO_STATS="$stats" LD_PRELOAD="$library" \
            gawk -v file="$work/victim" \
            'BEGIN { print "mine" > file; close("/dev/stderr"); print 2 ^ 0.5 >> file }' 2>&-
        assertEquals "$stats" "mine
1.41421" "$(cat "$work/victim")"
    done
}

testLittleAddressSpace() {
    for kilobytes in 8000 10000 12000 16000 24000 32000 64000 128000; do
        (ulimit -v $kilobytes && gawk -f "$scripts/work.awk") >"$work/plain.out" 2>"$work/plain.err"
        [ $? -eq 3 ] || continue
        # what we need ourselves is room for the library and its slots
        (ulimit -v $((kilobytes + 8000)) && with_memo "$work/all.conf" gawk -f "$scripts/work.awk") \
            >"$work/memo.out" 2>"$work/memo.err"
        assertEquals "ulimit -v $kilobytes" 3 $?
        assertTrue "stdout with $kilobytes" "cmp -s $work/plain.out $work/memo.out"
        assertTrue "stderr with $kilobytes: $(head -c 300 "$work/memo.err")" \
            "cmp -s $work/plain.err $work/memo.err"
    done
}

testFewDescriptors() {
    for count in 4 5 8; do
        (ulimit -n $count && exec gawk -f "$scripts/work.awk") >"$work/plain.out" 2>"$work/plain.err"
        assertEquals "ulimit -n $count" 3 $?
        (ulimit -n $count && exec env MEMO_CONFIG="$work/all.conf" MEMO_STATS="$work/few.json" \
            LD_PRELOAD="$library" gawk -f "$scripts/work.awk") >"$work/memo.out" 2>"$work/memo.err"
        assertEquals "ulimit -n $count with us" 3 $?
        assertTrue "stdout with $count" "cmp -s $work/plain.out $work/memo.out"
        assertTrue "stderr with $count" "cmp -s $work/plain.err $work/memo.err"
    done
}

testSmallStack() {
    for kilobytes in 80 128 256 1024; do
        (ulimit -s $kilobytes && exec gawk -f "$scripts/work.awk") >"$work/plain.out" 2>&1 || {
            [ $? -eq 3 ] || continue; }
        (ulimit -s $kilobytes && exec env MEMO_CONFIG="$work/all.conf" LD_PRELOAD="$library" \
            gawk -f "$scripts/work.awk") >"$work/memo.out" 2>&1
        assertEquals "ulimit -s $kilobytes" 3 $?
        assertTrue "output with $kilobytes" "cmp -s $work/plain.out $work/memo.out"
    done
}

# surroundings HOW: the digest is that of a run without us and without limits. No statistics: those
# need a file, or the program's leave to open one.
surroundings() {
    MEMO_CONFIG="$work/all.conf" LD_PRELOAD="$library" timeout 60 "$work/surroundings" "$1" \
        >"$work/memo.out" 2>"$work/memo.err"
    assertEquals "$1" 6 $?
    assertEquals "$1" "$("$work/surroundings" plain)" "$(cat "$work/memo.out" "$work/memo.err")"
}

testSurroundings() {
    same_output "$work/all.conf" "$work/surroundings" plain
    assertTrue "hits" "[ $(stat_of pow hits) -gt 10000 ]"
    surroundings address-space
    surroundings descriptors
}

# Where system calls of ours would fail, and where they would end the program.
testSandboxes() {
    "$work/surroundings" refused >/dev/null
    [ $? -eq 6 ] || startSkipping
    surroundings refused
    surroundings killed
}

# jail PROGRAM...: $work/jail, a root with those programs, their libraries and libmemo.so
jail() {
    rm -rf "$work/jail"
    mkdir -p "$work/jail/tmp"
    chmod 777 "$work/jail/tmp"
    for file in "$@"; do
        for needed in "$file" $(ldd "$file" | grep -o '/[^ ]*'); do
            mkdir -p "$work/jail$(dirname "$needed")"
            cp -L "$needed" "$work/jail$needed"
        done
    done
    cp "$library" "$work/jail/libmemo.so"
    cp "$work/all.conf" "$work/jail/all.conf"
    cp "$scripts/work.awk" "$work/jail/work.awk"
}

testRootWithoutProc() {
    is_root || startSkipping
    jail "$(realpath "$(command -v gawk)")"
    gawk=$(realpath "$(command -v gawk)")
    chroot "$work/jail" "$gawk" -f /work.awk >"$work/plain.out" 2>"$work/plain.err"
    assertEquals 3 $?
    MEMO_CONFIG=/all.conf MEMO_STATS=/tmp/stats.json LD_PRELOAD=/libmemo.so \
        chroot "$work/jail" "$gawk" -f /work.awk >"$work/memo.out" 2>"$work/memo.err"
    assertEquals 3 $?
    # chroot itself, outside, has no /libmemo.so: ld.so's line about that is not ours
    grep -v 'ERROR: ld.so: object' "$work/memo.err" >"$work/memo.lines"
    assertTrue "stdout" "cmp -s $work/plain.out $work/memo.out"
    assertTrue "stderr: $(head -3 "$work/memo.lines")" "cmp -s $work/plain.err $work/memo.lines"
}

# What ld.so does not preload is not there.
testSetuidProgram() {
    is_root || startSkipping
    cp "$work/secure" "$work/setuid"
    chown 65534 "$work/setuid" && chmod 4755 "$work/setuid"
    "$work/setuid" >"$work/plain.out"
    status=$?
    assertEquals "exit status" 8 $status
    grep -q '^secure 1' "$work/plain.out" || startSkipping # mounted nosuid
    same_output "$work/all.conf" "$work/setuid"
    assertFalse "no report" "[ -f $work/stats.json ]"
}

# A library that is setuid itself, in a system directory, is preloaded into setuid programs: then
# nothing of the environment may be read or obeyed.
testSetuidProgramWithTheLibrary() {
    is_root || startSkipping
    jail "$work/secure"
    directory=$(dirname "$(ldd "$work/secure" | grep -o '/[^ ]*libc\.so[^ ]*')")
    cp "$library" "$work/jail$directory/libmemo.so"
    chmod 4755 "$work/jail$directory/libmemo.so"
    cp "$work/secure" "$work/jail/setuid"
    chown 65534 "$work/jail/setuid" && chmod 4755 "$work/jail/setuid"
    mkdir -m 777 "$work/jail/reports"
    chroot "$work/jail" /setuid >"$work/plain.out"
    assertEquals "exit status" 8 $?
    grep -q '^secure 1' "$work/plain.out" || startSkipping # mounted nosuid
    for how in /all.conf /nonexistent.conf; do
        MEMO_CONFIG=$how MEMO_STATS=/reports/stats.json MEMO_LOG=debug LD_PRELOAD=libmemo.so \
            chroot "$work/jail" /setuid mapped >"$work/memo.out" 2>"$work/memo.err"
        assertEquals "exit status" 8 $?
        # of chroot itself, for which there is no libmemo.so
        assertEquals "stderr" "" "$(grep -v 'ERROR: ld.so: object' "$work/memo.err")"
        assertEquals "files" "" "$(ls "$work/jail/reports")"
    done
    assertEquals "stdout" "$(cat "$work/plain.out")
libmemo mapped" "$(cat "$work/memo.out")"
}

. shunit2
