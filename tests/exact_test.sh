# The catalogue, to the bit: every function of config/catalogue/*.conf directly, as a miss and as a
# hit, with all special and many random inputs, floating ones in all four rounding modes.
# MEMO_EXACT_INPUTS sets how many random inputs each has per mode.
. "$(dirname "$0")/common.sh"
time_limit=300

inputs=${MEMO_EXACT_INPUTS:-2000}

oneTimeSetUp() {
    "$python" "$programs/exact/generate.py" "$root"/config/catalogue/*.conf >"$work/driver.c" ||
        exit 1
    compile_program exact -fno-builtin -frounding-math "$work/driver.c" exact/main.c exact/pick.c \
        exact/outcome.c
    # the special inputs of one mode and the random ones must all be kept until they come again
    { printf '[memo]\nmaxmemory = 2G\n[*]\nadaptive = off\nmaxsize = %d\n' $((inputs + 2000))
      catalogue_symbols | sed 's/.*/[&]/'; } >"$work/exact.conf"
    export TZ=UTC0
    "$work/exact" record "$work/outcomes" "$inputs" >"$work/recorded" || exit 1
}

testTheCatalogueIsCovered() {
    assertEquals "$(catalogue_symbols | sort -u)" "$(cut -d' ' -f1 "$work/recorded" | sort)"
    assertTrue "functions" "[ $(grep -vc absent "$work/recorded") -ge 60 ]"
}

testMissAndHitAreTheCall() {
    with_memo "$work/exact.conf" "$work/exact" check "$work/outcomes" "$inputs" \
        >"$work/checked" 2>"$work/errors"
    status=$?
    assertEquals "exit status; $(grep -v '^[a-z_0-9A-Z]* [0-9]* [0-9]*$' "$work/checked" |
        head -30)" 0 $status
    assertEquals "stderr" "" "$(head -c 2000 "$work/errors")"
    assert_sums
}

# Of those that can be stored, each is called twice more: once with errno 0, as when it was stored,
# which is a hit; once with another, which may be made again, since an entry made while errno was 0
# does not say whether the original leaves other values alone.
testTheHitsWereHits() {
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' "$work/stats.json" |
        awk '{ calls[$1] += $2; hits[$1] += $3 } END { for (s in calls) print s, calls[s], hits[s] }' \
        >"$work/reported"
    awk 'NR == FNR { calls[$1] = $2; hits[$1] = $3; next }
         $2 == "absent" || $1 == "failed:" || NF != 3 { next }
         calls[$1] != $2 { print $1 ": " $2 " calls, reported " calls[$1] + 0 }
         hits[$1] < $3 / 2 { print $1 ": " $3 / 2 " hits at least, reported " hits[$1] + 0 }' \
        "$work/reported" "$work/checked" >"$work/short"
    assertEquals "" "$(head -20 "$work/short")"
}

# The test of the test: it must notice one wrong bit of one outcome.
testOneWrongBitIsNoticed() {
    cp "$work/outcomes" "$work/tampered"
    printf '\377' | dd of="$work/tampered" bs=1 seek=17 conv=notrunc status=none
    "$work/exact" check "$work/tampered" "$inputs" >"$work/checked.tampered"
    assertEquals 1 $?
    assertTrue "the failure is shown" "grep -q '^failed: ' $work/checked.tampered"
}

. shunit2
