#!/usr/bin/env bash
# Looks for files that make zorgdruk panic: run.sh [SECONDS [TARGET...]]. Needs cargo-fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-20}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(scenario observed rows manifest)
# Libraries of instrumented code are a matter of nightly compilers; without them a stable one will do.
export RUSTC_BOOTSTRAP=1

for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    found=fuzz/corpus/$target
    mkdir -p "$found"
    seeds=("tests/fuzz/seeds/$target")
    [ "$target" != scenario ] || seeds+=(scenarios scenarios/policies tests/fixtures)
    cargo fuzz run -s none "$target" "$found" "${seeds[@]}" -- \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1
done
