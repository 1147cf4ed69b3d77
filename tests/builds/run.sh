#!/usr/bin/env bash
# Builds the program without optimization, with it, and for the processor of this machine, and compares
# the rows that they store: the same scenario and seed give the same bytes, whatever the build.
set -euo pipefail
cd "$(dirname "$0")/../.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cargo build --locked
cargo build --locked --release
RUSTFLAGS='-C target-cpu=native' cargo build --locked --release --target-dir target/native
declare -A programs=(
    [debug]=target/debug/zorgdruk
    [release]=target/release/zorgdruk
    [native]=target/native/release/zorgdruk
)

# The rows of $3 worlds of scenario $2 as build $1 stores them, as one hash.
rows() {
    local out=$place/$1-$(basename "$2" .toml)
    "${programs[$1]}" run "$2" --replications "$3" --quiet --no-figures --out "$out" >/dev/null
    (cd "$out/rows" && sha256sum ./*.bin) | sha256sum | cut -d' ' -f1
}

compare() {
    local expected found
    expected=$(rows debug "$1" "$2")
    printf '%s, %s worlds: %s\n' "$1" "$2" "$expected"
    for build in release native; do
        found=$(rows "$build" "$1" "$2")
        if [ "$found" != "$expected" ]; then
            printf 'builds: the %s build stores other rows of %s: %s\n' "$build" "$1" "$found" >&2
            exit 1
        fi
    done
}

compare scenarios/small.toml 130
compare scenarios/nl-autumn-2021.toml 6
compare scenarios/nl-winter-2020.toml 3
echo 'debug, release and native builds store the same rows'
