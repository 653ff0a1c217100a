# The benchmark still runs: very short rounds, whose figures mean nothing; every row is there.
. "$(dirname "$0")/common.sh"

results=$build/bench/quick

oneTimeSetUp() {
    (cd "$root" && make --no-print-directory O="$build" CC="$CC" bench-programs) >"$work/make" 2>&1 ||
        { cat "$work/make"; exit 1; }
    O=$build "$root/bench/run" --quick >"$work/table" 2>"$work/err"
    echo $? >"$work/status"
}

# row GROUP KEY FIELD: of the results
row() {
    jq -r --arg group "$1" --arg key "$2" \
        ".rows[] | select(.group == \$group and .key == \$key) | .$3" "$results/bench.json"
}

testEverythingIsMeasured() {
    assertEquals "$(tail -5 "$work/err")" 0 "$(cat "$work/status")"
    assertEquals "groups" "$("$root/bench/run" --list)" "$(jq -r '.rows[].group' "$results/bench.json" | uniq)"
    assertEquals "rows without a figure" "plot" \
        "$(jq -r '.rows[] | select(.value == null or .value <= 0) | .key' "$results/bench.json")"
    assertEquals "rows with a bar" 39 "$(grep -c ' [<>]= [0-9.]* .* \(yes\|no\)  ' "$work/table")"
    assertEquals "lines in the picture" 9 "$(grep -c "gnuplot_plot_" "$results/ratio.svg")"
}

testBars() {
    assertEquals "front" "1.6 1.3" "$(row front empty.256 at_most) $(row front empty.256 aim)"
    assertEquals "recipe" 6 "$(row front recipe.64 at_least)"
    assertEquals "cells" 45 "$(jq '[.rows[].cells // [] | .[]] | length' "$results/bench.json")"
    assertEquals "met, and not" "[]" "$(jq -c '[.rows[] | select(.met != (if .value == null then null
        elif .at_most then .value <= .at_most elif .at_least then .value >= .at_least
        else null end)) | .key]' "$results/bench.json")"
}

testTableIsAligned() {
    assertEquals "columns where bars begin" 1 \
        "$(grep -o '^.* [<>]= ' "$work/table" | awk '{ print length }' | uniq | wc -l)"
    assertEquals "one line a row" "$(jq '.rows | length' "$results/bench.json")" "$(grep -c '^  [^ ]' "$work/table")"
}

# The programs call what they say they call: the library saw hits and misses of that very symbol.
testWhatIsCalled() {
    MEMO_STATS=$work/stats.json MEMO_CONFIG=$build/bench/bench.conf LD_PRELOAD=$library \
        "$build/bench/hits" d1 64 2 2000 >"$work/columns"
    assertEquals "us empty recipe if_memo kyoto" \
        "$(head -1 "$work/columns" | tr '\t' ' ')"
    assertEquals "lines" 3 "$(wc -l <"$work/columns")"
    assertEquals "misses" 64 "$(stat_of d1_us misses)"
    assertTrue "calls" "[ $(stat_of d1_us calls) -gt 10000 ]"
}

testNames() {
    O=$build "$root/bench/run" fronts >/dev/null 2>"$work/err"
    assertEquals 2 $?
    assertContains "$(cat "$work/err")" "unknown: fronts; known: noise front"
}

. shunit2
