#!/usr/bin/env bash
# Counts the instructions of drawing one national world, of one run under a policy, and of 200 000 steps of the
# event calendar, and fails when one differs from the stored count by more than 5 %. Counts do not depend on
# what else the machine does. Needs valgrind.
#
#   cargo build --bench instructions           # the build of the tests, which the stored counts are of
#   benches/instructions.sh BINARY             # compares
#   benches/instructions.sh BINARY --store     # stores what was counted
set -euo pipefail
binary=$1
stored=$(dirname "$(realpath "$0")")/instructions.txt
compiler=$(rustc --version | cut -d' ' -f2)

count() {
    valgrind --tool=callgrind --toggle-collect='*counted*' --callgrind-out-file=/dev/null "$binary" "$1" 2>&1 |
        sed -n 's/.*Collected : //p'
}

if [ "${2:-}" = --store ]; then
    printf '# Compiler, part and instructions.\n' >"$stored"
    for part in world supplement-2021 calendar; do
        printf '%s %s %s\n' "$compiler" "$part" "$(count "$part")" | tee -a "$stored"
    done
    exit
fi
failed=0
while read -r of part before; do
    [ "$of" != '#' ] || continue
    now=$(count "$part")
    printf '%s: %d instructions, stored %d\n' "$part" "$now" "$before"
    if [ "$compiler" != "$of" ]; then
        printf 'not compared: stored with rustc %s, counted with %s\n' "$of" "$compiler"
        continue
    fi
    difference=$((now > before ? now - before : before - now))
    if [ $((20 * difference)) -gt "$before" ]; then
        printf 'it differs by more than 5 %%: find out why, or store the new count (--store)\n' >&2
        failed=1
    fi
done <"$stored"
exit "$failed"
