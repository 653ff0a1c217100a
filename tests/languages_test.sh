# The crypt, mktime, localtime and maths of perl and Python themselves: 100,000 mixed calls of each
# give what they give without us.
. "$(dirname "$0")/common.sh"
time_limit=300
scripts=$programs/scripts

oneTimeSetUp() {
    [ -f /usr/share/zoneinfo/Europe/Paris ] || { echo "tzdata is missing"; exit 1; }
    { printf '[*]\nadaptive = off\n'; catalogue_symbols | sed 's/.*/[&]/'; crypt_section; } \
        >"$work/catalogue.conf"
    # perl calls tzset before each of these, which then finds nothing cached
    sed 's/^\[\(mktime\|localtime_r\)\]$/&\ndepends = env:TZ, file:\/etc\/localtime/' \
        "$work/catalogue.conf" >"$work/steady.conf"
}

# Both interpreters use crypt_r. Of the struct that it works in, callers see this.
crypt_section() {
    cat <<END
[crypt_r]
prototype = char *crypt_r(string phrase, string setting, out char output[384])
returns   = output
library   = libcrypt.so*
END
}

interpreter() {
    case $1 in perl) echo perl "$scripts/mixed.pl" ;; *) echo "$python" "$scripts/mixed.py" ;; esac
}

# mixed LANGUAGE CONFIG ZONE...
mixed() {
    language=$1 using=$2
    shift 2
    export TZ="$1"
    shift
    # shellcheck disable=SC2046 # a program and its script
    same_output "$work/$using.conf" $(interpreter $language) 100000 "$@"
    unset TZ
    diff -a "$work/plain.out" "$work/memo.out" | head -4
    assertTrue "lines" "[ $(wc -l <"$work/memo.out") -ge 100000 ]"
    assert_sums "$language"
}

# hits LEAST SYMBOL...
hits() {
    least=$1; shift
    for symbol; do
        assertTrue "hits of $symbol in $language: $(stat_of "$symbol" hits)" \
            "[ $(stat_of "$symbol" hits) -ge $least ]"
    done
}

maths="sin cos exp log tan asin acos sinh cosh tanh log10 cbrt erf erfc expm1 log1p log2 asinh acosh
       atanh atan2 pow fmod"

testPerl() {
    mixed perl steady UTC0
    # shellcheck disable=SC2086
    hits 200 $maths crypt_r tgamma hypot remainder mktime localtime_r
    mixed perl catalogue Europe/Paris
    hits 200 sin pow crypt_r
}

testPython() {
    mixed python catalogue UTC0
    # shellcheck disable=SC2086
    hits 200 $maths crypt_r frexp modf ldexp nextafter mktime localtime_r
    mixed python catalogue Europe/Paris
    hits 200 sin pow crypt_r localtime_r
}

testZonesThatChange() {
    for language in perl python; do
        mixed $language catalogue Europe/Paris UTC0 America/New_York XYZ3 UTC0
        assertTrue "zones" "[ $(grep -ac '^zone' "$work/memo.out") -eq 4 ]"
        hits 200 sin crypt_r
    done
    hits 100 mktime
}

# These tests can fail: a section that says too little of what decides an answer gives wrong ones.
testWrongAnswersShow() {
    for wrong in crypt_r mktime localtime_r atan2; do
        remove='/^\['$wrong'\]$/,/^\[/ { /^\['$wrong'\]$/d; /^\[/!d; }'
        { sed "$remove" "$work/steady.conf"; wrong_section $wrong; } >"$work/wrong.conf"
        for language in perl python; do
            # shellcheck disable=SC2046
            set -- $(interpreter $language) 20000 XYZ3
            TZ=UTC0 "$@" >"$work/plain.out"
            TZ=UTC0 with_memo "$work/wrong.conf" "$@" >"$work/memo.out"
            assertFalse "$language: $wrong" "cmp -s $work/plain.out $work/memo.out"
        done
    done
}

wrong_section() {
    case $1 in
    crypt_r) crypt_section | sed 's/string setting/const unsigned char setting[1]/' ;;
    mktime) printf '[mktime]\ndepends = none\nforce = yes\n' ;;
    localtime_r) printf '[localtime_r]\ndepends = none\nforce = yes\n' ;;
    atan2) printf '[atan2]\nprototype = double atan2(double y)\n' ;;
    esac
}

. shunit2
