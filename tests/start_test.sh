#!/bin/sh
# What every process pays that we are loaded into, counted in what does not depend on the machine's
# load, and that large configs lose nothing by being read later.
. "$(dirname "$0")/common.sh"

oneTimeSetUp() {
    : >"$work/empty.c"
    $CC -shared -fPIC -o "$work/libempty.so" "$work/empty.c" || exit 1
    compile_program faults start/faults.c
    compile_program roots -fno-builtin start/roots.c
    compile_program choice -fno-builtin start/choice.c -ldl
    printf '[tgamma]\n' >"$work/one.conf"
    seq 1000 | sed 's/.*/[f&]\nprototype = double f&(double x, int n)/' >"$work/thousand.conf"
}

setUp() { cd "$work" || exit 1; }

# pages CONFIG: that /bin/true touches with us, and does not with an empty library
pages() {
    plain=$(./faults LD_PRELOAD="$work/libempty.so" /bin/true)
    memo=$(./faults LD_PRELOAD="$library" MEMO_CONFIG="$work/$1" /bin/true)
    echo $((memo - plain))
}

# A page costs one to two microseconds, /bin/true half a thousand.
test_pages() {
    : >none.conf
    assertTrue "$(pages none.conf) without a section" "[ $(pages none.conf) -le 32 ]"
    assertTrue "$(pages one.conf) with one section" "[ $(pages one.conf) -le 40 ]"
    assertTrue "$(pages thousand.conf) with a thousand" "[ $(pages thousand.conf) -le 260 ]"
}

# Of the catalogue's choice only what the program refers to takes any.
test_pages_without_a_config() {
    plain=$(./faults LD_PRELOAD="$work/libempty.so" /bin/true)
    memo=$(./faults LD_PRELOAD="$library" /bin/true)
    assertTrue "$((memo - plain))" "[ $((memo - plain)) -le 40 ]"
}

# $HOME is a folder of this suite's in which no config is.
test_choice_of_the_catalogue() {
    same_output "" ./choice
    assertTrue "tgamma: $(stat_of tgamma hits)" "[ $(stat_of tgamma hits) -ge 99000 ]"
    assertEquals "sin" bypassed "$(jq -r '.symbols[] | select(.symbol == "sin") | .mode' stats.json)"
    assertTrue "sin is let go: $(stat_of sin calls)" "[ $(stat_of sin calls) -lt 100000 ]"
    assertTrue "cbrt, by dlsym: $(stat_of cbrt hits)" "[ $(stat_of cbrt hits) -ge 100 ]"
    assertEquals "gmtime_r, which must not be met late" 0 "$(stat_of gmtime_r calls)"
    assertTrue "localtime: $(stat_of localtime hits)" "[ $(stat_of localtime hits) -ge 20 ]"
    assertEquals "never, named" 0 "$(jq '[.symbols[] | select(.symbol == "fabs" or .symbol == "getpwnam")]
        | length' stats.json)"
    assert_sums choice
}

# The table shows what was called, as most of what a program refers to is not.
test_choice_in_a_table() {
    MEMO_STATS=$work/table LD_PRELOAD=$library ./choice >/dev/null
    assertEquals "cbrt localtime sin strftime tgamma" \
        "$(sed 1,2d table | cut -d' ' -f1 | sort | xargs)"
    MEMO_STATS=$work/table.true LD_PRELOAD=$library /bin/true
    assertEquals "nothing that the catalogue thinks worth caching was called" "$(sed 1d table.true)"
}

# A library that is loaded later refers to what the program does not.
test_choice_of_a_late_library() {
    printf '#include <math.h>\ndouble roots(int n) { double s = 0; while (n-- > 0) s += cbrt(n %% 9); return s; }\n' >late.c
    $CC -O1 -fno-builtin -shared -fPIC -o liblate.so late.c -lm
    same_output "" "$python" -c "import ctypes; late = ctypes.CDLL('$work/liblate.so')
late.roots.restype = ctypes.c_double
print(late.roots(5000))"
    assertTrue "hits: $(stat_of cbrt hits)" "[ $(stat_of cbrt hits) -ge 100 ]"
}

# What another library calls by such a name may be anything.
test_choice_of_a_namesake() {
    printf 'static int calls; double cbrt(double x) { return x + ++calls; }\n' >mine.c
    printf '#include <stdio.h>\ndouble cbrt(double);\nint main(void) { double s = 0;
for (int i = 0; i < 3000; i++) s += cbrt(i %% 9); printf("%%g\\n", s); return 0; }\n' >namesake.c
    $CC -O1 -fno-builtin -shared -fPIC -o libmine.so mine.c
    $CC -O1 -fno-builtin -o namesake namesake.c -L. -lmine -Wl,-rpath,"$work"
    same_output "" ./namesake
    assertEquals 0 "$(stat_of cbrt calls)"
}

# Not one for each of the catalogue's entries, whatever their number.
test_relocations() {
    count=$(readelf -rW "$library" | grep -c _RELATIVE)
    assertTrue "$count" "[ $count -lt 900 ]"
    assertEquals "tables that hold addresses" catalogue_records \
        "$(nm "$library" | sed -n 's/.* d \(catalogue_\)/\1/p')"
}

test_no_descriptor_is_kept() {
    plain=$(ls -l /proc/self/fd | awk '{ print $9, $10 }' | grep -vc proc)
    memo=$(LD_PRELOAD="$library" MEMO_CONFIG="$work/thousand.conf" ls -l /proc/self/fd | awk '{ print $9, $10 }' | grep -vc proc)
    assertEquals "$plain" "$memo"
}

# The config of a thousand sections with a mistake in one that is used and in one that is not.
mistaken() {
    {
        printf '[*]\nadaptive = off\n[cbrt]\nprototype = double cbrt(double x)\n'
        printf '[sqrtf]\nprototype = float sqrtf(float *x)\n[unused]\nprototype = int unused(int *x)\n'
        cat thousand.conf
    } >mistaken.conf
    with_memo "$work/mistaken.conf" env "$@" ./roots >out 2>err
    assertEquals "$(./roots)" "$(cat out)"
    assertEquals 95 "$(stat_of cbrt hits)"
    assertEquals "left out" 0 "$(stat_of sqrtf calls)"
}

test_mistakes_in_what_is_used() {
    mistaken
    assertEquals 1 "$(wc -l <err)"
    assertTrue "$(cat err)" "grep -q 'mistaken.conf:6:25: .*float \*x' err"
}

test_all_mistakes_for_who_asks() {
    mistaken MEMO_LOG=info
    assertTrue "$(cat err)" "grep -q 'mistaken.conf:6:25: ' err && grep -q 'mistaken.conf:8:24: ' err"
    "$memoize" check -c mistaken.conf >out 2>&1
    assertEquals 2 $?
    assertTrue "$(cat out)" "grep -q 'mistaken.conf:8:24: ' out"
}

. shunit2
