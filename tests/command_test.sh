# shellcheck shell=sh disable=SC2016,SC1091
# memoize run and memoize check, as they are used: what they start, what they say, how they end.
. "$(dirname "$0")/common.sh"

golden_wish=${MEMO_GOLDEN:-}
unset MEMO_ROOT MEMO_BUILD MEMO_GOLDEN
sources=$root/tests/programs/command

# golden NAME COMMAND...: stdout is what tests/golden/NAME.txt has; paths and versions that differ
# between machines are put aside. MEMO_GOLDEN=update writes the file instead.
golden() {
    golden_file=$root/tests/golden/$1.txt
    shift
    "$@" 2>&1 | sed -e "s|$work|WORK|g" -e 's/GLIBC_[0-9.]*/GLIBC/' >"$work/golden"
    [ "$golden_wish" != update ] || cp "$work/golden" "$golden_file"
    assertTrue "$golden_file" "[ -s $golden_file ]"
    difference=$(diff -u "$golden_file" "$work/golden")
    assertEquals "$*" "" "$difference"
}

# ends STATUS COMMAND...: runs it, output to $work/out and $work/err
ends() {
    ends_status=$1
    shift
    "$@" >"$work/out" 2>"$work/err" </dev/null
    assertEquals "status of $*: $(cat "$work/err")" "$ends_status" $?
}

says() { assertEquals "stderr" "$1" "$(cat "$work/err")"; }

oneTimeSetUp() {
    $CC -O1 -fPIE -pie -o "$work/gamma" "$sources/gamma.c" -lm
    $CC -O1 -static -o "$work/static" "$sources/gamma.c" -lm
    $CC -O1 -shared -fPIC -fsemantic-interposition -o "$work/libshape.so" "$sources/shape.c"
    mkdir "$work/symbolic"
    $CC -O1 -shared -fPIC -Wl,-Bsymbolic -o "$work/symbolic/libshape.so" "$sources/shape.c"
    $CC -O1 -fPIE -pie -Wl,-z,now -o "$work/solid" "$sources/solid.c" -L"$work" -lshape -lm \
        -Wl,-rpath,"$work"
    $CC -O1 -fPIE -pie -Wl,-z,now -o "$work/symbolic/solid" "$sources/solid.c" -L"$work/symbolic" \
        -lshape -lm -Wl,-rpath,"$work/symbolic"
    cat >"$work/shape.conf" <<END
[*]
maxsize = 100

[area]
prototype = double area(double width, double height)

[volume]
prototype = double volume(double width, double height, double)
library = libshape.so
ttl = 90m

[inner]
prototype = double inner(double x)

[tgamma]
maxsize = unlimited     # few arguments
END
}

# -- run ------------------------------------------------------------------------------------------

test_run_passes_the_status_on() {
    ends 0 "$memoize" run true
    ends 7 "$memoize" run -- sh -c 'exit 7'
    ends 143 "$memoize" run sh -c 'kill -TERM $$'
    ends 137 "$memoize" run sh -c 'kill -KILL $$'
}

test_run_127_when_not_found() {
    ends 127 "$memoize" run "$work/no-such-program"
    says "memoize: '$work/no-such-program': No such file or directory"
    ends 127 env PATH=/usr/bin:/bin "$memoize" run no-such-program-anywhere
    ends 127 "$memoize" run ''
}

test_run_126_when_not_executable() {
    echo hello >"$work/text"
    ends 126 "$memoize" run "$work"
    ends 126 "$memoize" run "$work/text"
    says "memoize: '$work/text': Permission denied"
    printf '\177ELF broken' >"$work/broken"
    chmod 755 "$work/broken"
    ends 126 "$memoize" run "$work/broken"
    says "memoize: '$work/broken': Exec format error"
    ends 126 env PATH="$work" "$memoize" run text
}

test_run_125_for_its_own_failures() {
    ends 125 "$memoize" run
    ends 125 "$memoize" run --no-such-option true
    ends 125 "$memoize" run -s '' true
    ends 125 "$memoize" run -s 'a b' true
    ends 125 "$memoize" run -s 'pow=' true
    ends 125 "$memoize" run -c
    mkdir -p "$work/alone/bin"
    cp "$memoize" "$work/alone/bin/memoize"
    [ -e /usr/local/lib/libmemo/libmemo.so ] || ends 125 "$work/alone/bin/memoize" run true
}

test_run_refuses_a_library_path_that_cannot_be_preloaded() {
    mkdir "$work/with blank"
    cp "$memoize" "$library" "$work/with blank/"
    ends 125 "$work/with blank/memoize" run true
    says "memoize: '$work/with blank/libmemo.so' cannot be preloaded: its path has a blank or a colon"
}

test_run_options_end_at_the_program() {
    ends 0 "$memoize" run echo --stats -c
    assertEquals "--stats -c" "$(cat "$work/out")"
}

test_run_keeps_an_existing_preload() {
    libm=$work/libshape.so
    for before in "$libm" "$libm:" "$libm:$work/symbolic/libshape.so"; do
        ends 0 env LD_PRELOAD="$before" "$memoize" run printenv LD_PRELOAD
        assertEquals "$before:$library" "$(cat "$work/out")"
    done
    ends 0 env LD_PRELOAD="$libm $libm" "$memoize" run printenv LD_PRELOAD
    assertEquals "$libm $libm $library" "$(cat "$work/out")"
    ends 0 env LD_PRELOAD= "$memoize" run printenv LD_PRELOAD
    assertEquals "$library" "$(cat "$work/out")"
}

test_run_inside_run_adds_nothing() {
    ends 0 "$memoize" run "$memoize" run printenv LD_PRELOAD
    assertEquals "$library" "$(cat "$work/out")"
}

test_run_makes_paths_absolute() {
    mkdir -p "$work/there"
    cp "$work/shape.conf" "$work/there/own.conf"
    (cd "$work/there" && "$memoize" run -c own.conf --stats=own.json sh -c \
        'cd / && echo "$MEMO_CONFIG $MEMO_STATS"') >"$work/out"
    assertEquals "$work/there/own.conf $work/there/own.json" "$(cat "$work/out")"
}

test_run_symbol_needs_no_config() {
    "$work/gamma" 1000 10 >"$work/plain"
    ends 0 "$memoize" run -s tgamma --stats="$work/stats.json" "$work/gamma" 1000 10
    assertEquals "$(cat "$work/plain")" "$(cat "$work/out")"
    assertEquals 990 "$(stat_of tgamma hits)"
    assertEquals 10 "$(stat_of tgamma misses)"
    rm "$work/stats.json"
    ends 0 "$memoize" run -s exp -s tgamma=3 --stats="$work/stats.json" "$work/gamma" 1000 10
    assertEquals 0 "$(stat_of tgamma hits)"
    assertEquals 3 "$(stat_of tgamma maxsize)"
}

# The catalogue's choice, of which check lists what the program imports.
test_no_config_is_needed() {
    rm -f "$work/stats.json"
    ends 0 "$memoize" run --stats="$work/stats.json" "$work/gamma" 10000 10
    says ""
    assertTrue "hits: $(stat_of tgamma hits)" "[ $(stat_of tgamma hits) -ge 9000 ]"
    ends 0 "$memoize" check "$work/gamma"
    assertContains "$(cat "$work/out")" "Config    no file, the catalogue's choice, 2 functions, 0 errors"
    assertEquals "[strtol] [tgamma]" "$(grep '^\[[^m]' "$work/out" | xargs)"
    assertEquals "will be cached" "$(verdict tgamma "$work/gamma")"
    ends 0 "$memoize" check
    assertContains "$(cat "$work/out")" "All that \`memoize check --catalogue\` marks as maybe"
    assertEquals "" "$(grep '^\[[^m]' "$work/out")"
}

test_run_adds_to_the_symbols_of_the_environment() {
    rm -f "$work/stats.json"
    ends 0 env MEMO_SYMBOLS=tgamma "$memoize" run -s exp --stats="$work/stats.json" \
        "$work/gamma" 100 10
    assertEquals 90 "$(stat_of tgamma hits)"
}

test_run_stats_default_to_stderr() {
    ends 0 "$memoize" run -s tgamma --stats "$work/gamma" 1000 10
    assertContains "$(cat "$work/err")" tgamma
    assertEquals 1 "$(wc -l <"$work/out")"
}

test_run_prints_its_environment() {
    ends 0 "$memoize" run --print-env -c "$work/it's.conf" -s pow -s exp=3 --stats
    eval "$(sed 's/^export /printed_/' "$work/out")"
    # shellcheck disable=SC2154 # by eval
    assertEquals "$library|$work/it's.conf|pow exp=3|stderr" \
        "$printed_LD_PRELOAD|$printed_MEMO_CONFIG|$printed_MEMO_SYMBOLS|$printed_MEMO_STATS"
    assertEquals 4 "$(wc -l <"$work/out")"
}

test_run_names_a_static_program() {
    ends 0 "$memoize" run "$work/static" 10 2
    says "memoize: '$work/static' is statically linked: nothing can be cached; it runs as it is"
    assertEquals "$("$work/static" 10 2)" "$(cat "$work/out")"
    ends 125 "$memoize" run --strict -s tgamma "$work/static" 10 2
    says "memoize: '$work/static' is statically linked: nothing can be cached"
    assertEquals "" "$(cat "$work/out")"
    $CC -O1 -static-pie -o "$work/static-pie" "$sources/gamma.c" -lm
    ends 0 "$memoize" run "$work/static-pie"
    assertContains "$(cat "$work/err")" "is statically linked"
}

test_run_looks_through_scripts() {
    for line in "$work/static" "/usr/bin/env $work/static" "/usr/bin/env -S A=1 $work/static 5"; do
        printf '#!%s\n' "$line" >"$work/script"
        chmod 755 "$work/script"
        ends 0 "$memoize" run "$work/script"
        says "memoize: '$work/script' is run by $work/static, which is statically linked: nothing \
can be cached; it runs as it is"
    done
    printf '#!/bin/sh\nexit 3\n' >"$work/script"
    ends 3 "$memoize" run "$work/script"
    says ""
    printf 'exit 4\n' >"$work/script"
    ends 4 "$memoize" run "$work/script"
    printf '#!%s/nowhere\n' "$work" >"$work/script"
    ends 127 "$memoize" run "$work/script"
}

test_run_names_a_setuid_program() {
    program=$work/setuid
    cp "$work/gamma" "$program"
    if [ "$(id -u)" -eq 0 ]; then
        chown 65534:65534 "$program"
        chmod 4755 "$program"
    else
        program=$(command -v su)
    fi
    if findmnt -n -o OPTIONS -T "$program" 2>/dev/null | grep -q nosuid ||
        grep -q '^NoNewPrivs:.1' /proc/self/status; then
        startSkipping
    fi
    ends 125 "$memoize" run --strict -s tgamma "$program"
    says "memoize: '$program' is setuid, where LD_PRELOAD is ignored: nothing can be cached"
    [ "$(id -u)" -eq 0 ] || return 0
    ends 0 "$memoize" run "$program" 10 2
    assertContains "$(cat "$work/err")" "is setuid"
    chown 0:65534 "$program"
    chmod 2755 "$program"
    ends 0 "$memoize" run "$program" 10 2
    assertContains "$(cat "$work/err")" "is setgid"
}

test_run_leaves_its_own_setuid_program_alone() {
    cp "$work/gamma" "$work/mine"
    chmod 4755 "$work/mine"
    ends 0 "$memoize" run "$work/mine"
    says ""
}

test_run_names_another_libc() {
    $CC -O1 -fPIE -pie -Wl,--dynamic-linker=/lib/ld-uClibc.so.0 -o "$work/uclibc" \
        "$sources/gamma.c" -lm
    ends 125 "$memoize" run --strict -s tgamma "$work/uclibc"
    says "memoize: '$work/uclibc' is not linked with glibc (/lib/ld-uClibc.so.0): nothing can be cached"
}

# musl does load what LD_PRELOAD names; libmemo.so then does nothing.
test_run_keeps_out_of_musl() {
    if ! command -v musl-gcc >/dev/null; then startSkipping; fi
    musl-gcc -O1 -o "$work/musl" "$sources/gamma.c" -lm
    loader=$(readelf -l "$work/musl" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
    ends 0 "$memoize" run -s tgamma "$work/musl" 10 2
    says "memoize: '$work/musl' is linked with musl ($loader): nothing can be cached; it runs as it is"
    assertEquals "$("$work/musl" 10 2)" "$(cat "$work/out")"
    ends 0 "$memoize" run "$memoize" run "$work/musl" 10 2
    ends 125 "$memoize" run --strict -s tgamma "$work/musl"
    # What LD_PRELOAD says outlives the program that it was meant for: a child of musl's still runs.
    assertEquals "$("$work/musl" 10 2 2>&1)" "$(LD_PRELOAD="$library" "$work/musl" 10 2 2>&1)"
}

test_run_knows_the_loader_as_a_program() {
    loader=$(readelf -l "$work/gamma" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
    rm -f "$work/stats.json"
    ends 0 "$memoize" run -s tgamma --stats="$work/stats.json" "$loader" "$work/gamma" 100 10
    says ""
    assertEquals 90 "$(stat_of tgamma hits)"
}

test_run_strict_wants_a_good_config() {
    ends 0 "$memoize" run --strict -s tgamma "$work/gamma"
    ends 0 "$memoize" run --strict "$work/gamma" # the catalogue's choice
    : >"$work/empty.conf"
    ends 125 "$memoize" run --strict -c "$work/empty.conf" "$work/gamma"
    says "memoize: no config names a function to cache"
    printf '[area]\nprototype = double area(double *p)\n' >"$work/bad.conf"
    ends 125 "$memoize" run --strict -c "$work/bad.conf" "$work/gamma"
    assertContains "$(cat "$work/err")" "$work/bad.conf:2:"
    assertEquals "" "$(cat "$work/out")"
    ends 0 "$memoize" run -c "$work/bad.conf" "$work/gamma"
    assertEquals "the library tells it once" 1 "$(grep -c bad.conf:2: "$work/err")"
}

# -- check ----------------------------------------------------------------------------------------

test_check_explains_a_config() {
    golden check-config "$memoize" check -c "$work/shape.conf"
    ends 0 "$memoize" check -c "$work/shape.conf"
}

test_check_explains_every_kind_of_parameter() {
    cat >"$work/kinds.conf" <<'END'
[struct club]
fields = char *name, strings members
[struct slab]
fields = char output[48], char room[200]
[kinds]
prototype = wchar_t *kinds(wstring s, out wchar_t t[n], size_t n, out malloc char *u[1],
                           const short v[n == 2 ? 4 : n == 3 ? n : 0], out slab *w{output},
                           const club *x, scratch unsigned char y[n], handle z)
returns   = malloc
depends   = call:end_of_z
END
    golden check-parameters "$memoize" check -c "$work/kinds.conf"
    "$memoize" check --json -c "$work/kinds.conf" >"$work/out"
    assertEquals "string text value malloc array array array array handle" \
        "$(jq -r '[.sections[].parameters[].passing] | join(" ")' "$work/out")"
}

test_check_explains_a_program() {
    golden check-pie "$memoize" check -c "$work/shape.conf" "$work/solid"
    golden check-symbolic "$memoize" check -c "$work/shape.conf" "$work/symbolic/solid"
    golden check-static "$memoize" check -s tgamma "$work/static"
}

# verdict SYMBOL CHECK-ARGUMENTS...
verdict() {
    verdict_of=$1
    shift
    "$memoize" check --json "$@" 2>"$work/err" |
        jq -r --arg symbol "$verdict_of" '.sections[] | select(.symbol == $symbol) | .verdict'
}

test_check_gawk() {
    conf=$root/scripts/demo.d/gawk.conf
    assertEquals "will be cached" "$(verdict mktime -c "$conf" gawk)"
    assertEquals "will be cached" "$(verdict localtime -c "$conf" gawk)"
    assertContains "$(verdict strftime -c "$conf" gawk)" "will be cached; with %s in the format"
    assertEquals "not imported at start, a later dlopen may; libm.so.6 defines it and calls it \
directly, if at all" "$(verdict tgamma -s tgamma gawk)"
    "$memoize" check --json -c "$conf" gawk >"$work/out"
    assertEquals "libc.so.6" "$(jq -r '[.sections[].imports[].provider | sub(".*/"; "")] |
        unique | join(" ")' "$work/out")"
    assertEquals "section" "$(jq -r '.sections[] | select(.symbol == "mktime") |
        .options.force.origin.kind' "$work/out")"
}

test_check_verdicts() {
    assertEquals "comes from libm.so.6, which library = libx* leaves out" "$(
        printf '[tgamma]\nlibrary = libx*\n' >"$work/verdict.conf"
        verdict tgamma -c "$work/verdict.conf" "$work/gamma"
    )"
    assertEquals "left alone: enabled = no" "$(
        printf '[tgamma]\nenabled = no\n' >"$work/verdict.conf"
        verdict tgamma -c "$work/verdict.conf" "$work/gamma"
    )"
    assertEquals "will be counted, not cached (maxsize = 0)" "$(
        verdict tgamma -s tgamma=0 "$work/gamma"
    )"
    assertEquals "disabled for the whole process" "$(
        printf '[memo]\ndisable = yes\n' >"$work/verdict.conf"
        verdict tgamma -c "$work/verdict.conf" -s tgamma "$work/gamma"
    )"
    assertContains "$(MEMO_DISABLE=1 "$memoize" check)" "Disabled  environment: nothing is cached"
    assertContains "$(verdict mktime -s mktime gawk)" "if the time zone never changes its clock"
    assertEquals "the program is linked with musl (/lib/ld-musl-x86_64.so.1)" "$(
        $CC -O1 -Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1 -o "$work/musl" "$sources/gamma.c" -lm
        verdict tgamma -s tgamma "$work/musl"
    )"
}

test_check_other_machines() {
    cp "$work/gamma" "$work/other"
    printf '\363' | dd of="$work/other" bs=1 seek=18 conv=notrunc 2>/dev/null
    assertEquals "the program is built for RISC-V" "$(verdict tgamma -s tgamma "$work/other")"
    { printf '\177ELF\001\001\001'; head -c 9 /dev/zero; printf '\002\000\003\000\001'
        head -c 31 /dev/zero; } >"$work/other"
    chmod 755 "$work/other"
    assertEquals "the program is a 32-bit program (i386)" "$(verdict tgamma -s tgamma "$work/other")"
}

test_check_a_script_and_a_library() {
    printf '#!/usr/bin/env gawk\n' >"$work/script.awk"
    chmod 755 "$work/script.awk"
    assertEquals "will be cached" \
        "$(verdict localtime -c "$root/scripts/demo.d/gawk.conf" "$work/script.awk")"
    assertEquals "will be cached" "$(verdict area -c "$work/shape.conf" "$work/libshape.so")"
}

test_check_both_versions_of_a_function() {
    cat >"$work/two.c" <<'END'
double old_pow(double, double);
double pow(double, double);
__asm__(".symver old_pow, pow@GLIBC_2.2.5");
int main(int argc, char **argv) { (void)argv; return old_pow(argc, 2) == pow(argc, 2); }
END
    if [ "$(uname -m)" != x86_64 ]; then startSkipping; fi
    $CC -fno-builtin -o "$work/two" "$work/two.c" -lm
    assertEquals "GLIBC_2.2.5 GLIBC_2.29" "$("$memoize" check --json -s pow "$work/two" |
        jq -r '[.sections[0].imports[].version] | sort | join(" ")')"
}

test_check_fails_for_bad_configs() {
    printf '[a]\nprototype = int a(int *p)\nmaxsise = 3\n[tgamma]\n' >"$work/bad.conf"
    ends 2 "$memoize" check -c "$work/bad.conf"
    assertContains "$(cat "$work/err")" "$work/bad.conf:2:"
    assertContains "$(cat "$work/err")" "$work/bad.conf:3:"
    assertContains "the good section is there" "$(cat "$work/out")" "[tgamma]"
    "$memoize" check --json -c "$work/bad.conf" >"$work/out" 2>"$work/err"
    assertEquals 2 $?
    assertEquals "2 3" "$(jq -r '[.errors[].line] | unique | join(" ")' "$work/out")"
    assertEquals "" "$(cat "$work/err")"
    ends 2 "$memoize" check -c "$work/nowhere.conf"
}

test_check_wrong_use() {
    ends 2 "$memoize" check --no-such-option
    ends 2 "$memoize" check one two
    ends 2 "$memoize" check --color=sometimes
    ends 2 "$memoize" check "$work/nowhere"
    says "memoize: '$work/nowhere': No such file or directory"
    ends 2 "$memoize" check "$work/shape.conf"
    says "memoize: '$work/shape.conf': neither an ELF file nor a script"
    ends 2 "$memoize" check "$work"
    ends 2 "$memoize"
    ends 2 "$memoize" no-such-verb
    "$memoize" check >/dev/full 2>"$work/err"
    assertEquals "standard output is full" 2 $?
}

test_check_warns() {
    printf '[f]\nprototype = int f(handle h)\n[g]\nprototype = int g(handle h)\ndepends = none\n' \
        >"$work/handle.conf"
    ends 0 "$memoize" check -c "$work/handle.conf"
    assertEquals 1 "$(grep -c 'takes the handle h' "$work/err")"
    assertContains "$(cat "$work/err")" "$work/handle.conf:1:"
    ends 0 env MEMO_STAT=x "$memoize" check
    says "memoize: warning: no option reads the environment variable MEMO_STAT"
}

test_check_names_every_origin() {
    MEMO_LOG=info "$memoize" check --json -c "$work/shape.conf" -s tgamma=7 >"$work/out"
    origins=$(jq -r '.process.log.origin.kind, (.sections[] | select(.symbol == "tgamma") |
        .options | .maxsize, .prototype, .ttl | .origin.kind), (.sections[] |
        select(.symbol == "area") | .options | .maxsize, .prototype | .origin | .kind, .line)' \
        "$work/out" | xargs)
    assertEquals "environment command catalogue default [*] 2 section 5" "$origins"
}

test_check_reads_broken_files() {
    size=$(wc -c <"$work/solid")
    i=0
    while [ $((i += 1)) -le 150 ]; do
        cp "$work/solid" "$work/broken"
        # One byte in the headers, in the middle, in the section headers; or cut short.
        at=$(awk "BEGIN { srand($i); r = rand(); print int($i % 3 == 0 ? r * 4096 :
            $i % 3 == 1 ? r * $size : $size - r * 2048) }")
        if [ $((i % 10)) -eq 0 ]; then
            head -c "$at" "$work/solid" >"$work/broken"
        else
            printf '\377' | dd of="$work/broken" bs=1 seek="$at" conv=notrunc 2>/dev/null
        fi
        timeout 10 "$memoize" check -c "$work/shape.conf" "$work/broken" >"$work/out" 2>&1
        status=$?
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "byte $at: status $status"
    done
}

test_colour() {
    if ! command -v script >/dev/null; then startSkipping; fi
    coloured() { script -qec "$*" /dev/null | grep -c "$(printf '\033')"; }
    export TERM=xterm
    assertNotEquals "on a terminal" 0 "$(coloured "$memoize" check)"
    assertEquals "NO_COLOR" 0 "$(coloured NO_COLOR=1 "$memoize" check)"
    assertNotEquals "NO_COLOR empty" 0 "$(coloured NO_COLOR= "$memoize" check)"
    assertEquals "dumb" 0 "$(coloured TERM=dumb "$memoize" check)"
    assertEquals "never" 0 "$(coloured "$memoize" check --color=never)"
    assertEquals "no terminal" 0 "$("$memoize" check | grep -c "$(printf '\033')")"
    assertNotEquals "always" 0 "$("$memoize" check --color=always | grep -c "$(printf '\033')")"
}

# -- both -----------------------------------------------------------------------------------------

test_help_and_version() {
    for words in "--help" "run --help" "check --help" "verify --help"; do
        # shellcheck disable=SC2086 # words are wanted
        ends 0 "$memoize" $words
        assertContains "$words" "$(cat "$work/out")" "Usage: memoize"
        assertEquals "$words: lines over 100 columns" "" "$(awk 'length > 100' "$work/out")"
        says ""
    done
    for words in "--version" "run --version" "check --version" "verify --version"; do
        # shellcheck disable=SC2086 # words are wanted
        ends 0 "$memoize" $words
        assertEquals "$words" "memoize (libmemo) 0.1.0" "$(cat "$work/out")"
        says ""
    done
    assertContains "$(head -1 "$root/docs/man/memoize.1")" "libmemo 0.1.0"
}

test_help_names_every_option() {
    for verb in run check; do
        "$memoize" $verb --help | grep -o -e ' --[a-z-]*' | tr -d ' ' | sort -u |
            while read -r option; do
                case $option in --help | --version | --) continue ;; esac
                grep -q -e "$(echo "$option" | sed 's/-/\\\\-/g')" "$root/docs/man/memoize.1" ||
                    echo "$verb $option"
            done >"$work/out"
        assertEquals "in memoize(1)" "" "$(cat "$work/out")"
    done
}

test_manual_has_the_option_table() {
    "$memoize" check --options --json >"$work/options.json"
    jq -r '(.process + .section)[] |
        ".B " + .name + (if .default == "" then "" else " = " + .default end)' \
        "$work/options.json" | sort >"$work/expected"
    sed -n '/^\.SH OPTIONS OF A FUNCTION/,/^\.SH EXAMPLES/p' "$root/docs/man/memo.conf.5" |
        awk 'tagged { print } { tagged = /^\.TP/ }' | sort >"$work/found"
    assertEquals "$(cat "$work/expected")" "$(cat "$work/found")"
    for variable in $(jq -r '.process[].environment | values' "$work/options.json"); do
        assertTrue "$variable" "grep -q $variable $root/docs/man/memo.conf.5"
    done
}

test_install_and_uninstall() {
    place=$work/image
    make -s -C "$root" O="$build" DESTDIR="$place" PREFIX=/opt/memo install >"$work/out" 2>&1
    assertEquals "$(cat "$work/out")" 0 $?
    rm -f "$work/stats.json"
    ends 0 "$place/opt/memo/bin/memoize" run -s tgamma --stats="$work/stats.json" "$work/gamma" 100 10
    assertEquals 90 "$(stat_of tgamma hits)"
    ends 0 "$place/opt/memo/bin/memoize" run printenv LD_PRELOAD
    assertEquals "$place/opt/memo/lib/libmemo/libmemo.so" "$(cat "$work/out")"
    assertTrue "man page" "[ -s $place/opt/memo/share/man/man5/memo.conf.5 ]"
    make -s -C "$root" O="$build" DESTDIR="$place" PREFIX=/opt/memo uninstall >"$work/out" 2>&1
    assertEquals "$(cat "$work/out")" 0 $?
    assertEquals "" "$(find "$place" ! -type d)"
}

. shunit2
