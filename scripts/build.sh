# shellcheck shell=sh
# Sourced by demo and check: build TARGET... runs make, and shows its output only if it fails.
build() {
    build_log=$(mktemp)
    build_start=$(date +%s)
    printf 'Building ... '
    if make -j"$(nproc)" "$@" >"$build_log" 2>&1 </dev/null; then
        echo "done ($(($(date +%s) - build_start)) s)"
        rm -f "$build_log"
    else
        echo failed
        cat "$build_log" >&2
        rm -f "$build_log"
        return 1
    fi
}
