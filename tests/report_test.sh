# The report: it arrives however a program ends, is what DESIGN says, and is in nobody's way.
. "$(dirname "$0")/common.sh"

oneTimeSetUp() {
    compile_library counted report/counted.c
    compile_program ending report/ending.c -lcounted
    config twice <<'END'
[twice]
prototype = long twice(long key)
adaptive = off
END
    config strlen <<'END'
[strlen]
prototype = size_t strlen(const char *s)
adaptive = off
END
}

# ends HOW [ARGUMENT]: runs ending; its output is none and its status 7
ends() {
    with_memo "$work/twice.conf" "$work/ending" "$@" >"$work/out" 2>"$work/err" </dev/null
    assertEquals "$1: exit status" 7 $?
    assertEquals "$1: stdout" "" "$(cat "$work/out")"
    assertEquals "$1: stderr" "" "$(cat "$work/err")"
}

# reports: what arrived, one line per process: PROGRAM CALLS HITS MISSES, sorted
reports() {
    jq -r '"\(.program) \([.symbols[] | .calls] | add // 0) \([.symbols[] | .hits] | add // 0) \([
        .symbols[] | .misses] | add // 0)"' "$work/stats.json" | sort
}

testEveryWayOut() {
    for how in return exit _exit _Exit quick_exit thread close-all close-stderr spawn; do
        ends $how
        case $how in spawn) count=2 ;; *) count=1 ;; esac
        assertEquals "$how" "$(yes 'ending 10 6 4' | head -$count)" "$(reports)"
    done
    ends chdir /
    assertEquals "chdir" "ending 10 6 4" "$(reports)"
    ends redirect "$work/redirected"
    assertEquals "redirect" "ending 10 6 4" "$(reports)"
}

testCallsAtTheEnd() {
    ends atexit
    assertEquals "atexit" "ending 15 11 4" "$(reports)"
    ends destructor
    assertEquals "destructor: one report" 1 "$(wc -l <"$work/stats.json")"
}

testExecReportsBothImages() {
    for how in execv execve execl execlp execle execvp fexecve; do
        ends $how
        assertEquals "$how" "ending 10 6 4
ending 10 6 4" "$(reports)"
        assertEquals "$how: one process" 1 "$(jq .pid "$work/stats.json" | sort -u | wc -l)"
    done
}

testExecThatFails() {
    ends failed-exec
    # one report or two, but no call in both
    assertEquals 15 "$(stat_of twice calls)"
}

testAbort() {
    with_memo "$work/twice.conf" "$work/ending" abort >"$work/out" 2>&1 </dev/null
    assertEquals 134 $?
    assertEquals "" "$(grep -v '^Aborted' "$work/out")" # the shell's word
}

testForkedChildrenReport() {
    ends fork
    assertEquals "the parent, the child that made calls, not the idle one" "ending 10 6 4
ending 3 3 0" "$(reports)"
}

testVforkedChildrenDoNot() {
    ends vfork
    assertEquals "the parent with its children's calls, and the image that one became" \
        "ending 10 6 4
ending 12 8 4" "$(reports)"
}

testOwnPath() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$work/%n-%p-100%%.json" LD_PRELOAD="$library" \
        "$work/ending" return </dev/null &
    wait $!
    assertEquals "$(cat "$work/ending-$!-100%.json" | jq -r .program)" ending
    assertEquals $! "$(jq .pid "$work/ending-$!-100%.json")"
}

testReportsAreAppended() {
    rm -f "$work/appended.json"
    for process in 1 2 3 4 5 6 7 8 9 10; do
        MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$work/appended.json" LD_PRELOAD="$library" \
            "$work/ending" return </dev/null &
    done
    wait
    assertEquals 10 "$(wc -l <"$work/appended.json")"
    assertEquals 10 "$(jq -s 'map(.pid) | unique | length' "$work/appended.json")"
}

testJsonIsWhatDesignSays() {
    ends return
    assertEquals 1 "$(wc -l <"$work/stats.json")"
    assertEquals '["pid","program","saved_ns","symbols","wall_ns"]' \
        "$(jq -c 'keys' "$work/stats.json")"
    for field in symbol version library mode calls hits misses bypassed evictions currsize maxsize \
        bytes original_ns hit_ns saved_ns note; do
        assertEquals "$field" true "$(jq ".symbols[0] | has(\"$field\")" "$work/stats.json")"
    done
    assertEquals '{"symbol":"twice","version":"","library":"libcounted.so","mode":"caching"}' \
        "$(jq -c '.symbols[0] | {symbol, version, library, mode}' "$work/stats.json")"
    assertEquals '{"calls":10,"hits":6,"misses":4,"bypassed":0,"evictions":0,"currsize":4}' \
        "$(jq -c '.symbols[0] | {calls, hits, misses, bypassed, evictions, currsize}' \
            "$work/stats.json")"
    assertEquals '["number","number","number","number","string"]' \
        "$(jq -c '.symbols[0] | [.bytes, .original_ns, .hit_ns, .saved_ns, .note] | map(type)' \
            "$work/stats.json")"
    assertTrue "wall time" "[ $(jq .wall_ns "$work/stats.json") -gt 0 ]"
    assertTrue "bytes" "[ $(stat_of twice bytes) -gt 0 ]"
    assertEquals 4096 "$(stat_of twice maxsize)"
    assert_sums
}

testVersions() {
    config pow <<'END'
[strlen]
prototype = size_t strlen(const char *s)
END
    with_memo "$work/pow.conf" sort </dev/null
    assertTrue "version: $(jq -c . "$work/stats.json" | head -c 300)" \
        "jq -e '.symbols[0].version | startswith(\"GLIBC_\")' $work/stats.json"
    assertEquals libc.so.6 "$(jq -r '.symbols[0].library' "$work/stats.json")"
}

testTableLinesUp() {
    config table <<'END'
[twice]
prototype = long twice(long key)
maxsize = unlimited
[strlen]
prototype = size_t strlen(const char *s)
[close]
prototype = int close(int descriptor)
force = yes
END
    MEMO_CONFIG="$work/table.conf" MEMO_STATS="$work/table" LD_PRELOAD="$library" \
        "$work/ending" close-stderr
    assertEquals "$(cat "$work/table")" "" "$("$python" "$programs/report/aligned.py" <"$work/table")"
    assertTrue "row" "grep -q '^twice .* 10 .* 6 ' $work/table"
}

# on_stderr HOW [ARGUMENT]: as ends, with MEMO_STATS=stderr: the table is all there is on stderr
on_stderr() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS=stderr LD_PRELOAD="$library" "$work/ending" "$@" \
        >"$work/out" 2>"$work/err" </dev/null
    assertEquals "$1: exit status" 7 $?
    assertEquals "$1: stdout" "" "$(cat "$work/out")"
    assertEquals "$1: $(cat "$work/err")" "" "$("$python" "$programs/report/aligned.py" <"$work/err")"
}

testStderr() {
    for how in return exit _exit quick_exit close-stderr; do
        on_stderr $how
    done
    on_stderr redirect "$work/redirected"
    assertEquals "the program's own file" mine "$(cat "$work/redirected")"
}

testStderrOfExec() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS=stderr LD_PRELOAD="$library" \
        "$work/ending" execv 2>"$work/err" </dev/null
    assertEquals 2 "$(grep -c '^twice .* 10 .* 6 ' "$work/err")"
}

testNothingInForeignFiles() {
    for destination in stderr "$work/reused.json"; do
        rm -f "$work/foreign" "$work/reused.json"
        MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$destination" LD_PRELOAD="$library" \
            "$work/ending" reuse-all "$work/foreign" >"$work/out" 2>"$work/err" </dev/null
        assertEquals "$destination: exit status" 7 $?
        assertEquals "$destination: the program's own file" "" "$(cat "$work/foreign")"
    done
}

testStderrClosedFromTheStart() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS=stderr LD_PRELOAD="$library" \
        "$work/ending" redirect "$work/foreign" 2>&- </dev/null
    assertEquals 7 $?
    assertEquals mine "$(cat "$work/foreign")"
}

testNoDescriptorIsKept() {
    cat >"$work/list" <<'END'
ls -l /proc/self/fd | awk 'NR > 1 { print $9 }' | sort -n | tr '\n' ' '
END
    for destination in "$work/kept.json" ""; do
        assertEquals "MEMO_STATS=$destination" "$(sh "$work/list")" \
            "$(MEMO_CONFIG="$work/strlen.conf" MEMO_STATS="$destination" LD_PRELOAD="$library" \
                sh "$work/list")"
    done
}

testDebianPrograms() {
    seq 1 500 >"$work/numbers"
    with_memo "$work/strlen.conf" sort -R "$work/numbers" >"$work/out"
    assertEquals 500 "$(wc -l <"$work/out")"
    assertTrue "sort" "[ $(stat_of strlen calls) -gt 0 ]"
    with_memo "$work/strlen.conf" ls -lR /etc/default >"$work/out"
    assertTrue "ls" "[ $(stat_of strlen calls) -gt 0 ]"
    with_memo "$work/strlen.conf" dash -c 'for i in 1 2 3; do HOME=$i; echo "$HOME"; done; exit 5' \
        >"$work/out"
    assertEquals "dash: exit status" 5 $?
    assertEquals "1 2 3" "$(tr '\n' ' ' <"$work/out" | sed 's/ $//')"
    assertTrue "dash" "[ $(stat_of strlen calls) -gt 0 ]"
    assertEquals dash "$(jq -r .program "$work/stats.json")"
    assert_sums
}

testDebianProgramsOnStderr() {
    for command in 'sort /dev/null' 'ls /' 'dash -c :'; do
        MEMO_CONFIG="$work/strlen.conf" MEMO_STATS=stderr LD_PRELOAD="$library" $command \
            >"$work/out" 2>"$work/err"
        assertTrue "$command: $(cat "$work/err")" "grep -q '^strlen  *GLIBC_' $work/err"
        assertFalse "stdout of $command" "grep -q strlen $work/out"
    done
}

testNamesThatNeedEscapes() {
    odd="$work/odd directory"
    mkdir "$odd"
    program=$(printf 'pro"gram\\ \t\303\251\377')
    # shellcheck disable=SC2086
    (cd "$programs" && $CC $compile_flags -fPIC -shared -Wl,-soname,'li"b\name.so' \
        -o "$odd/li\"b\\name.so" report/counted.c &&
        $CC $compile_flags -pthread -o "$odd/$program" report/ending.c "$odd/li\"b\\name.so" \
            -Wl,-rpath,"$odd") || { fail "not built"; return; }
    with_memo "$work/twice.conf" "$odd/$program" return
    assertEquals 7 $?
    assertEquals "$(printf 'pro"gram\\ \t\303\251\357\277\275')" \
        "$(jq -r .program "$work/stats.json")"
    assertEquals 'li"b\name.so' "$(jq -r '.symbols[0].library' "$work/stats.json")"
    "$python" -c 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))' \
        "$work/stats.json"
    assertEquals "strict UTF-8 JSON" 0 $?
}

# nowhere DESTINATION: one warning on stderr, and the program is as ever
nowhere() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$1" LD_PRELOAD="$library" "$work/ending" return \
        >"$work/out" 2>"$work/err" </dev/null
    assertEquals "$1: exit status" 7 $?
    assertEquals "$1: stdout" "" "$(cat "$work/out")"
    assertEquals "$1: one line, $(cat "$work/err")" 1 "$(wc -l <"$work/err")"
    assertTrue "$1: prefix" "grep -q '^libmemo: ' $work/err"
}

testPathsThatCannotBeWritten() {
    nowhere /nonexistent/directory/stats.json
    nowhere "$work"
    nowhere "$work/twice.conf/below.json"
    nowhere "/proc/version/x.json"
    nowhere "$work/$(printf '%0300d' 1).json"
}

testAFifoDoesNotHang() {
    mkfifo "$work/fifo.json"
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$work/fifo.json" LD_PRELOAD="$library" \
        timeout 10 "$work/ending" return >"$work/out" 2>"$work/err" </dev/null
    assertEquals 7 $?
}

testAFullDevice() {
    [ -c /dev/full ] || startSkipping
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS=/dev/full LD_PRELOAD="$library" \
        timeout 10 "$work/ending" return >"$work/out" 2>"$work/err" </dev/null
    assertEquals 7 $?
    assertEquals "" "$(cat "$work/out")"
}

# RLIMIT_FSIZE of 0: a write would be answered by SIGXFSZ, which ends the program
testFileSizeLimit() {
    MEMO_CONFIG="$work/twice.conf" MEMO_STATS="$work/limited.json" LD_PRELOAD="$library" \
        "$work/ending" file-size >"$work/out" 2>"$work/err" </dev/null
    assertEquals 7 $?
}

# broken_pipe DESTINATION CONFIG: stderr is a pipe that nobody reads any more
broken_pipe() {
    rm -f "$work/status"
    (sleep 0.2; MEMO_CONFIG="$2" MEMO_STATS="$1" LD_PRELOAD="$library" \
        "$work/ending" return </dev/null; echo $? >"$work/status") 2>&1 | true
    while [ ! -s "$work/status" ]; do sleep 0.1; done
    assertEquals "$1" 7 "$(cat "$work/status")"
}

# Nor does SIGPIPE end a program because of the report, or of a warning.
testBrokenPipe() {
    broken_pipe stderr "$work/twice.conf"
    broken_pipe /nonexistent/stats.json "$work/twice.conf"
    config wrong <<'END'
[twice]
prototype = long twice(long
END
    broken_pipe "$work/broken.json" "$work/wrong.conf"
}

testNoStatsNoFile() {
    mkdir "$work/empty"
    (cd "$work/empty" && MEMO_CONFIG="$work/twice.conf" LD_PRELOAD="$library" \
        "$work/ending" return >../out 2>../err </dev/null)
    assertEquals "" "$(ls -A "$work/empty"; cat "$work/out" "$work/err")"
}

. shunit2
