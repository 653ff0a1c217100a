#!/bin/sh
# What every process pays that we are loaded into, counted in what does not depend on the machine's
# load, and that large configs lose nothing by being read later.
. "$(dirname "$0")/common.sh"

oneTimeSetUp() {
    : >"$work/empty.c"
    $CC -shared -fPIC -o "$work/libempty.so" "$work/empty.c" || exit 1
    compile_program faults start/faults.c
    compile_program roots -fno-builtin start/roots.c
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

# Not one for each of the catalogue's entries, whatever their number.
test_relocations() {
    count=$(readelf -rW "$library" | grep -c _RELATIVE)
    assertTrue "$count" "[ $count -lt 900 ]"
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
