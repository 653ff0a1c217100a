# The catalogue, to the bit: every function of config/catalogue/*.conf directly, as a miss and as a
# hit, with all special and many random inputs, floating ones in all four rounding modes.
# MEMO_EXACT_INPUTS sets how many random inputs each has per mode.
. "$(dirname "$0")/common.sh"
time_limit=300

inputs=${MEMO_EXACT_INPUTS:-20000}
export TZ=UTC0 LC_ALL=C.UTF-8

oneTimeSetUp() {
    make_driver all
    compare all
    # a locale with a decimal comma, an order of words and names of months of its own
    mkdir "$work/locale"
    localedef -i de_DE -f UTF-8 "$work/locale/de_DE.UTF-8" || exit 1
    make_driver text text.conf time.conf
    LOCPATH=$work/locale LC_ALL=de_DE.UTF-8 compare text
}

# make_driver NAME [FILE...]: $work/NAME, a program that calls all functions of the catalogue, or of
# FILEs of it, and $work/NAME.conf, in which all inputs of a function are kept until they come again
make_driver() {
    driver=$1; shift
    { printf '[memo]\nmaxmemory = 2G\n[*]\nadaptive = off\nmaxsize = unlimited\nttl = none\n'
      catalogue_symbols "$@" | sed 's/.*/[&]/'; } >"$work/$driver.conf"
    "$memoize" check --json -c "$work/$driver.conf" >"$work/$driver.json" || exit 1
    # shellcheck disable=SC2046 # one word a header
    "$python" "$programs/exact/generate.py" $(catalogue_headers "$@") <"$work/$driver.json" \
        >"$work/$driver.c" || exit 1
    # every function is called, none expanded; libraries are kept though all references are weak
    compile_program "$driver" -fno-builtin -fno-inline -frounding-math "$work/$driver.c" exact/main.c \
        exact/pick.c exact/long_double.c exact/text.c exact/record.c exact/outcome.c \
        -Wl,--no-as-needed -lz -lcrypt
}

# compare NAME: eight functions at a time, by two processes: one without us tells the other what the
# answers are. So few keep memory small and all CPUs busy.
compare() {
    mkdir "$work/in-$1"
    cat >"$work/compare" <<'END'
"$1" record "$5" $(($5 + 8)) "$3" |
    MEMO_CONFIG=$1.conf MEMO_STATS=stats.$5.json LD_PRELOAD=$2 \
        timeout --foreground "$4" "$1" check "$5" $(($5 + 8)) "$3" >checked.$5 2>errors.$5
echo $? >status.$5
END
    (cd "$work/in-$1" && seq 0 8 $(($("$work/$1" count) - 1)) | xargs -P "$(nproc)" -I FROM \
        sh "$work/compare" "$work/$1" "$library" "$inputs" "$time_limit" FROM
     cat checked.* >"$work/$1.checked"
     cat errors.* >"$work/$1.errors"
     cat stats.*.json >"$work/$1.stats.json"
     sort -u status.* >"$work/$1.status")
}

# are_the_calls NAME: what compare() found
are_the_calls() {
    assertEquals "exit statuses; $(grep -v '^[a-z_0-9A-Z]* [0-9]* [0-9]*$' "$work/$1.checked" |
        head -30)" 0 "$(cat "$work/$1.status")"
    assertEquals "stderr" "" "$(head -c 2000 "$work/$1.errors")"
    cp "$work/$1.stats.json" "$work/stats.json"
    assert_sums
}

# Of those that can be stored, each is called twice more: once with errno 0, as when it was stored,
# which is a hit; once with another, which may be made again, since an entry made while errno was 0
# does not say whether the original leaves other values alone. Some call each other, as libz's do.
had_hits() {
    jq -r '.symbols[] | "\(.symbol) \(.calls) \(.hits)"' "$work/$1.stats.json" |
        awk '{ calls[$1] += $2; hits[$1] += $3 } END { for (s in calls) print s, calls[s], hits[s] }' \
        >"$work/reported"
    awk 'NR == FNR { calls[$1] = $2; hits[$1] = $3; next }
         $1 == "failed:" || NF != 3 { next }
         calls[$1] < $2 { print $1 ": " $2 " calls, reported " calls[$1] + 0 }
         hits[$1] < $3 / 2 || hits[$1] < $2 / 100 {
             print $1 ": " $3 / 2 " hits at least, reported " hits[$1] + 0 }' \
        "$work/reported" "$work/$1.checked" >"$work/short"
    assertEquals "" "$(head -20 "$work/short")"
}

testTheCatalogueIsCovered() {
    assertEquals "$(catalogue_symbols | sort -u)" \
        "$(grep '^[a-zA-Z_0-9]* [0-9]* [0-9]*$' "$work/all.checked" | cut -d' ' -f1 | sort)"
    assertEquals "functions that this libc has not" "" "$(grep absent "$work/all.checked")"
    assertTrue "functions" "[ $(wc -l <"$work/all.checked") -ge 390 ]"
}

testMissAndHitAreTheCall() { are_the_calls all; }
testTheHitsWereHits() { had_hits all; }

testInAnotherLocale() {
    assertEquals , "$(LOCPATH=$work/locale LC_ALL=de_DE.UTF-8 locale decimal_point)"
    are_the_calls text
    had_hits text
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
    "$work/all" record 0 1 50 >"$work/outcomes"
    "$work/all" check 0 1 50 <"$work/outcomes" >"$work/checked.0"
    assertEquals "$(cat "$work/checked.0")" 0 $?
    # the first byte of the first result: behind two sizes, errno and the flags
    printf '\377' | dd of="$work/outcomes" bs=1 seek=24 conv=notrunc status=none
    "$work/all" check 0 1 50 <"$work/outcomes" >"$work/checked.0"
    assertEquals 1 $?
    assertTrue "the failure is shown" "grep -q '^failed: ' $work/checked.0"
}

. shunit2
