# The catalogue, to the bit: every function of config/catalogue/*.conf directly, as a miss and as a
# hit, with all special and many random inputs, floating ones in all four rounding modes.
# MEMO_EXACT_INPUTS sets how many random inputs each has per mode.
. "$(dirname "$0")/common.sh"
time_limit=300

inputs=${MEMO_EXACT_INPUTS:-20000}
export TZ=UTC0 LC_ALL=C.UTF-8

oneTimeSetUp() {
    { printf '[*]\nadaptive = off\n'; catalogue_symbols | sed 's/.*/[&]/'; } >"$work/all.conf"
    "$memoize" check --json -c "$work/all.conf" >"$work/all.json" || exit 1
    # shellcheck disable=SC2046 # one word a header
    "$python" "$programs/exact/generate.py" $(catalogue_headers) <"$work/all.json" \
        >"$work/driver.c" || exit 1
    # every function is called, none expanded; libraries are kept though all references are weak
    compile_program exact -fno-builtin -fno-inline -frounding-math "$work/driver.c" exact/main.c \
        exact/pick.c exact/long_double.c exact/text.c exact/record.c exact/outcome.c \
        -Wl,--no-as-needed -lz -lcrypt
    # all inputs of a function are kept until they come again, and as long as they take
    { printf '[memo]\nmaxmemory = 2G\n[*]\nadaptive = off\nmaxsize = unlimited\nttl = none\n'
      catalogue_symbols | sed 's/.*/[&]/'; } >"$work/exact.conf"
    compare_all
}

# Eight functions at a time, by two processes: one without us tells the
# other what the answers are. So few keep memory small and all CPUs busy.
compare_all() {
    cat >"$work/compare" <<'END'
cd "$1" || exit
./exact record "$4" $(($4 + 8)) "$3" |
    MEMO_CONFIG=exact.conf MEMO_STATS=stats.$4.json LD_PRELOAD=$2 \
        timeout --foreground "$5" ./exact check "$4" $(($4 + 8)) "$3" >checked.$4 2>errors.$4
echo $? >status.$4
END
    seq 0 8 $(($("$work/exact" count) - 1)) |
        xargs -P "$(nproc)" -I FROM sh "$work/compare" "$work" "$library" "$inputs" FROM \
            "$time_limit"
    cat "$work"/checked.* >"$work/checked"
    cat "$work"/errors.* >"$work/errors"
    cat "$work"/stats.*.json >"$work/stats.json"
}

testTheCatalogueIsCovered() {
    assertEquals "$(catalogue_symbols | sort -u)" \
        "$(grep '^[a-zA-Z_0-9]* [0-9]* [0-9]*$' "$work/checked" | cut -d' ' -f1 | sort)"
    assertEquals "functions that this libc has not" "" "$(grep absent "$work/checked")"
    assertTrue "functions" "[ $(wc -l <"$work/checked") -ge 390 ]"
}

testMissAndHitAreTheCall() {
    assertEquals "exit statuses; $(grep -v '^[a-z_0-9A-Z]* [0-9]* [0-9]*$' "$work/checked" |
        head -30)" 0 "$(sort -u "$work"/status.*)"
    assertEquals "stderr" "" "$(head -c 2000 "$work/errors")"
    assert_sums
}

# Of those that can be stored, each is called twice more: once with errno 0, as when it was stored,
# which is a hit; once with another, which may be made again, since an entry made while errno was 0
# does not say whether the original leaves other values alone. Some call each other, as libz's do.
testTheHitsWereHits() {
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' "$work/stats.json" |
        awk '{ calls[$1] += $2; hits[$1] += $3 } END { for (s in calls) print s, calls[s], hits[s] }' \
        >"$work/reported"
    awk 'NR == FNR { calls[$1] = $2; hits[$1] = $3; next }
         $1 == "failed:" || NF != 3 { next }
         calls[$1] < $2 { print $1 ": " $2 " calls, reported " calls[$1] + 0 }
         hits[$1] < $3 / 2 || hits[$1] < $2 / 30 {
             print $1 ": " $3 / 2 " hits at least, reported " hits[$1] + 0 }' \
        "$work/reported" "$work/checked" >"$work/short"
    assertEquals "" "$(head -20 "$work/short")"
}

testBuffersThatTouch() {
    compile_program touching exact/touching.c
    printf '[getpwnam_r]\nmaxsize = 10\n' >"$work/touching.conf"
    same_output "$work/touching.conf" "$work/touching" root
    # the key knows the buffer's size, and errno: one that was 0 may have been left so
    assertTrue "hits: $(stat_of getpwnam_r hits)" "[ $(stat_of getpwnam_r hits) -ge 190 ]"
}

# The test of the test: it must notice one wrong bit of one outcome.
testOneWrongBitIsNoticed() {
    "$work/exact" record 0 1 50 >"$work/outcomes"
    "$work/exact" check 0 1 50 <"$work/outcomes" >"$work/checked.0"
    assertEquals "$(cat "$work/checked.0")" 0 $?
    # the first byte of the first result: behind two sizes, errno and the flags
    printf '\377' | dd of="$work/outcomes" bs=1 seek=24 conv=notrunc status=none
    "$work/exact" check 0 1 50 <"$work/outcomes" >"$work/checked.0"
    assertEquals 1 $?
    assertTrue "the failure is shown" "grep -q '^failed: ' $work/checked.0"
}

. shunit2
