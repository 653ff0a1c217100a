# config/examples: each file is a config without a mistake, says of every function what its header
# says, and gives programs that call the functions what they would have without us; that also of files
# of the catalogue whose functions hand out lists and wide text. The drivers print all that a caller
# can see, of each call three times: the lines must be the same.
. "$(dirname "$0")/common.sh"
time_limit=120
examples=$root/config/examples
drivers=$programs/examples
inputs=${MEMO_EXAMPLE_INPUTS:-60}

# path_of FILE: among the examples, or else in the catalogue
path_of() {
    path=$examples/$1.conf
    [ -e "$path" ] || path=$root/config/catalogue/$1.conf
    echo "$path"
}

# example NAME FILE...: $work/NAME.conf from those files, always caching
example() {
    example_name=$1; shift
    { printf '[*]\nadaptive = off\n'
      for example_file in "$@"; do cat "$(path_of "$example_file")"; done; } >"$work/$example_name.conf"
}

# sections FILE...: the functions that they describe
sections() {
    for sections_file in "$@"; do
        sed -n 's/^\[\([A-Za-z_][A-Za-z0-9_]*\)\].*/\1/p' "$(path_of "$sections_file")"
    done | sort
}

# same_lines CONFIG PROGRAM ARGS: stdout, stderr and status equal; shows the first lines that differ
same_lines() {
    lines_config=$1; shift
    same_output "$work/$lines_config.conf" "$@"
    assertEquals "$1" "" "$(diff "$work/plain.out" "$work/memo.out" | cut -c1-200 | head -8)"
    assertTrue "$1: lines" "[ $(wc -l <"$work/plain.out") -gt 1 ]"
    assert_sums "$1"
}

# assert_all_hit FILE... [-PATTERN]: every function that they describe, but those of the pattern
assert_all_hit() {
    except='^$'
    for hit_file in "$@"; do case $hit_file in -*) except=${hit_file#-} ;; esac; done
    sections $(printf '%s\n' "$@" | grep -v '^-') | grep -Ev "$except" >"$work/wanted"
    jq -r '.symbols[] | select(.hits > 0) | .symbol' "$work/stats.json" | sort -u >"$work/hit"
    assertEquals "$*: never hit" "" "$(comm -23 "$work/wanted" "$work/hit" | head -20)"
}

testEveryExampleIsAccepted() {
    for file in "$examples"/*.conf; do
        name=$(basename "$file" .conf)
        env -u MEMO_ROOT -u MEMO_BUILD "$memoize" check -c "$file" >"$work/checked" \
            2>"$work/errors"
        assertEquals "$name: exit status; $(head -5 "$work/errors")" 0 $?
        assertEquals "$name" "0 errors, 0 warnings" \
            "$(sed -n '1s/.*functions\{0,1\}, //p' "$work/checked")"
        assertEquals "$name: stderr" "" "$(cat "$work/errors")"
    done
}

# --- what the headers say --------------------------------------------------------------------------

# declared CONFIG HEADER...: whether a file that compares the prototypes with the headers compiles
declared() {
    "$python" "$drivers/header.py" "$@" >"$work/declared.c" || return
    # shellcheck disable=SC2086 # flags are words
    $CC $compile_flags -Werror -c -o "$work/declared.o" "$work/declared.c" 2>"$work/errors"
}

testPrototypesAreTheHeaders() {
    while read -r name headers; do
        # shellcheck disable=SC2086
        declared "$examples/$name.conf" $headers
        assertEquals "$name: $(grep -m3 error "$work/errors")" 0 $?
    done <<'END'
gsl gsl/gsl_sf.h
erfa erfa.h
cmark cmark.h
hunspell hunspell/hunspell.h
idn2 idn2.h
psl libpsl.h
crypt crypt.h
END
}

# The test of the test: one type, one parameter, one field too many.
testAWrongPrototypeIsNoticed() {
    for change in 's/double eraEpj(double dj1/double eraEpj(float dj1/' \
        's/out double ri\[1\]/out float ri[1]/' 's/int n, const eraLDBODY/long n, const eraLDBODY/' \
        's/fields = double bm,/fields = int one, double bm,/'; do
        sed "$change" "$examples/erfa.conf" >"$work/wrong.conf"
        cmp -s "$examples/erfa.conf" "$work/wrong.conf" && fail "no such line: $change"
        declared "$work/wrong.conf" erfa.h
        assertNotEquals "$change" 0 $?
    done
}

# --- what programs see -----------------------------------------------------------------------------

# compile_driver NAME LIBRARIES: $work/NAME from its source and note.c
compile_driver() {
    driver=$1; shift
    compile_program "$driver" "examples/$driver.c" examples/note.c "$@"
}

# generated NAME HEADER EXCEPT SOURCES AND LIBRARIES: $work/NAME, which calls all of NAME.conf
generated() {
    driver=$1
    "$python" "$drivers/drive.py" "$examples/$1.conf" "$2" "$3" >"$work/$1.c" || return
    shift 3
    compile_program "$driver" "$work/$driver.c" examples/drive.c examples/note.c examples/pick.c "$@"
}

# For some arguments (NaN, large ones) the loops of those left out never end.
testSpecialFunctions() {
    example gsl gsl
    generated gsl gsl/gsl_sf.h '_mathieu_|_hyperg_U' examples/drive_gsl.c -lgsl -lgslcblas
    same_lines gsl "$work/gsl" "$inputs"
    assertTrue "errors are reported" "grep -q '^handler: ' $work/memo.out"
    assert_all_hit gsl '-_mathieu_|_hyperg_U'
}

testAstronomy() {
    example erfa erfa
    generated erfa erfa.h '^$' -lerfa
    same_lines erfa "$work/erfa" "$inputs"
    assert_all_hit erfa
}

testNamesOfHosts() {
    example names idn2 psl
    compile_driver names -lidn2 -lpsl
    same_lines names "$work/names"
    assert_all_hit idn2 psl
}

testTexts() {
    example texts cmark hunspell
    compile_driver texts -lcmark -lhunspell
    same_lines texts "$work/texts" /usr/share/hunspell/en_US.aff /usr/share/hunspell/en_US.dic
    assert_all_hit cmark hunspell
    # 15 words in 5 states of the dictionary, of which one call in three meets another errno
    assertEquals 225 "$(stat_of Hunspell_spell calls)"
    assertTrue "hits" "[ $(stat_of Hunspell_spell hits) -ge 75 ]"
}

testLibc() {
    compile_driver libc -lcrypt
    { printf 'root:x:0:\nadm:x:4:root\ndaemon:x:1:\nmany:x:7001:'
      seq -f 'user%.0f' -s, 20
      printf 'one:x:7002:a\nnone:x:7003:\n'; } >"$work/group"
    for group in wide network groups crypt; do
        example "$group" "$group"
        same_lines "$group" "$work/libc" "$group" "$work/group"
        assert_all_hit "$group"
    done
}

# What a function with _r leaves behind for no result is no address of anything: nothing of it is
# followed, whatever the rest of the file has.
testLongListsOfMembers() {
    is_root || { startSkipping; return; }
    compile_driver libc -lcrypt
    example groups groups
    { seq 20 4000 | sed 's/.*/group&:x:&:one,two,three,four,five/'
      printf 'root:x:0:\nmany:x:7001:'; seq -f 'user%.0f' -s, 12; } >"$work/group"
    same_lines groups "$work/libc" groups "$work/group"
}

# --- Debian's own programs -------------------------------------------------------------------------

testCommandsForNames() {
    example names idn2 psl
    words='example.com www.example.co.uk b%C3%BCcher.example a.kawasaki.jp -bad- x..y'
    # shellcheck disable=SC2086
    set -- $words $words $words
    same_lines names idn2 --quiet -- www.example.com example.org www.example.com example.org
    assertTrue "idn2" "[ $(total_of hits) -ge 2 ]"
    same_lines names psl --print-reg-domain "$@"
    assertTrue "psl" "[ $(total_of hits) -ge 6 ]"
    same_lines names psl --is-public-suffix "$@"
}

# These call by C++ or piece by piece what the examples describe in one: nothing is cached, nothing
# is changed.
testCommandsForTexts() {
    example texts cmark hunspell
    same_output "$work/texts.conf" cmark --smart "$root/README.md"
    assertTrue "cmark" "grep -q '<h1>' $work/memo.out"
    printf 'Hello wolrd, this sentense has erors.\n' >"$work/words"
    LC_ALL=C.UTF-8 same_output "$work/texts.conf" hunspell -d en_US -l "$work/words"
    assertEquals "wolrd sentense erors" "$(xargs <"$work/memo.out")"
    LC_ALL=C.UTF-8 same_output "$work/texts.conf" hunspell -d en_US -a "$work/words"
}

. shunit2
