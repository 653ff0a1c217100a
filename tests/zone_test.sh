# Time zones: the time functions keep state, and their answers are what they are without us.
. "$(dirname "$0")/common.sh"
time_limit=300

oneTimeSetUp() {
    for program in transcript ambiguous names first; do compile_program $program zone/$program.c; done
    [ -f /usr/share/zoneinfo/Europe/Paris ] || { echo "tzdata is missing"; exit 1; }
    all_time
    config forced <<'END'
[*]
adaptive = off
[mktime]
force = yes
[localtime]
[strftime]
END
}

all_time() {
    { printf '[*]\nadaptive = off\n'; catalogue_symbols time.conf | sed 's/.*/[&]/'; } |
        config time
}

# same_transcript ZONE SEED STEPS stay|change: with ZONE "-" TZ is not set
same_transcript() {
    zone=$1; shift
    case $zone in -) unset TZ ;; *) export TZ="$zone" ;; esac
    same_output "$work/time.conf" "$work/transcript" "$@"
    unset TZ
    diff "$work/plain.out" "$work/memo.out" | head -6
    assertEquals "lines in $zone" 1 "$(($(wc -l <"$work/memo.out") >= $2))"
    assert_sums "in $zone"
    assertTrue "hits in $zone" "[ $(total_of hits) -gt $(($2 / 100)) ]"
}

testAZoneThatStays() {
    seed=1
    for zone in UTC0 Europe/Paris America/New_York Australia/Lord_Howe Africa/Casablanca \
        'EST5EDT,M3.2.0,M11.1.0' 'CET-1CEST,M3.5.0,M10.5.0/3' '<+0330>-3:30' '' Nowhere/Atall -; do
        same_transcript "$zone" $seed 10000 stay
        seed=$((seed + 1))
    done
}

testAZoneThatChanges() {
    same_transcript Europe/Paris 101 100000 change
    same_transcript UTC0 102 20000 change
    same_transcript - 103 20000 change
}

testAmbiguousHours() {
    same_output "$work/time.conf" "$work/ambiguous" Europe/Paris America/New_York \
        Australia/Lord_Howe 'EST5EDT,M3.2.0,M11.1.0' UTC0 Europe/Paris
    diff "$work/plain.out" "$work/memo.out" | head -6
    assert_sums
}

testGlobalsAfterAChange() {
    same_output "$work/time.conf" "$work/names"
    diff "$work/plain.out" "$work/memo.out" | head -6
}

testTheErrnoOfTheFirstCall() {
    for zone in UTC0 Nowhere/Atall ''; do
        export TZ="$zone"
        same_output "$work/time.conf" "$work/first"
        unset TZ
        diff "$work/plain.out" "$work/memo.out" | head -6
        assertTrue "hits in '$zone'" "[ $(stat_of localtime hits) -ge 8 ]"
    done
}

testAFixedZoneIsCached() {
    for zone in UTC0 '<+0330>-3:30' Etc/UTC; do
        TZ=$zone with_memo "$work/time.conf" "$work/transcript" 7 20000 stay >"$work/out"
        for symbol in mktime localtime localtime_r gmtime gmtime_r timegm strftime; do
            assertTrue "$symbol in $zone" "[ $(stat_of $symbol hits) -gt 100 ]"
            [ $symbol = strftime ] ||
                assertEquals "$symbol in $zone: bypassed" 0 "$(stat_of $symbol bypassed)"
        done
        # one of its four formats names the zone, by a text that tm_zone points to: always called
        assertTrue "strftime in $zone" "[ $(stat_of strftime bypassed) -lt $(
            stat_of strftime hits) ]"
    done
}

testMktimeNeedsAFixedZone() {
    for zone in Europe/Paris Australia/Lord_Howe 'CET-1CEST,M3.5.0,M10.5.0/3'; do
        TZ=$zone with_memo "$work/time.conf" "$work/transcript" 8 5000 stay >"$work/out"
        assertTrue "calls" "[ $(stat_of mktime calls) -gt 100 ]"
        assertEquals "$zone" "$(stat_of mktime calls)" "$(stat_of mktime bypassed)"
        assertEquals "$zone: mode" bypassed \
            "$(jq -r '.symbols[] | select(.symbol == "mktime") | .mode' "$work/stats.json")"
        assertNotEquals "$zone: note" "" \
            "$(jq -r '.symbols[] | select(.symbol == "mktime") | .note' "$work/stats.json")"
        assertTrue "localtime is cached all the same" "[ $(stat_of localtime hits) -gt 100 ]"
    done
}

testMktimeByForce() {
    TZ=Europe/Paris with_memo "$work/forced.conf" "$work/transcript" 9 5000 stay >"$work/out"
    assertTrue "hits" "[ $(stat_of mktime hits) -gt 100 ]"
    assertEquals 0 "$(stat_of mktime bypassed)"
}

. shunit2
