#!/usr/bin/env bash
# Counts the instructions that a program takes for one more national world and for one more policy in it, and
# fails when either differs from the stored count by more than 5 %. Counts do not depend on what else the
# machine does. Needs valgrind.
#
#   benches/instructions.sh target/release/zorgdruk            # compares
#   benches/instructions.sh target/release/zorgdruk --store    # stores what was counted
set -euo pipefail
program=$(realpath "$1")
stored=$(dirname "$(realpath "$0")")/instructions.txt
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# Instructions of a run of $1 worlds, with more arguments.
count() {
    local n=$1 log=$place/log
    shift
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$log" \
        "$program" run nl-autumn-2021 --replications "$n" "$@" --no-uncertain --no-figures --threads 1 \
        --quiet --out "$place/run" --force >/dev/null
    sed -n 's/.*I *refs: *//p' "$log" | tr -d ,
}

# What a third world adds, so that reading and reporting hardly count.
third() {
    echo $(($(count 3 "$@") - $(count 2 "$@")))
}

alone=$(third --policy supplement-2021-no-loans)
both=$(third --policy supplement-2021-no-loans --policy supplement-2021-all-clinic-staff)
counted="$(rustc --version | cut -d' ' -f2) $alone $((both - alone))"

if [ "${2:-}" = --store ]; then
    printf '# Compiler, instructions of one more world under one policy, and of one more policy in a world.\n%s\n' \
        "$counted" >"$stored"
fi
read -r compiler world policy <<<"$counted"
read -r before_compiler before_world before_policy <<<"$(grep -v '^#' "$stored")"
printf 'one more world under one policy: %d instructions, stored %d\n' "$world" "$before_world"
printf 'one more policy in a world: %d instructions, stored %d\n' "$policy" "$before_policy"
if [ "$compiler" != "$before_compiler" ]; then
    printf 'not compared: stored with rustc %s, counted with %s\n' "$before_compiler" "$compiler"
    exit 0
fi
for pair in "$world $before_world" "$policy $before_policy"; do
    read -r now before <<<"$pair"
    difference=$((now > before ? now - before : before - now))
    if [ $((20 * difference)) -gt "$before" ]; then
        printf 'they differ by more than 5 %%: find out why, or store the new count (--store)\n' >&2
        exit 1
    fi
done
