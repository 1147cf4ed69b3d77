#!/usr/bin/env bash
# Kills runs at random moments and takes away their space, resumes them, and compares what comes out
# with an undisturbed run. Needs a built program; for full disks of their own it needs root, and
# otherwise limits the size of files.
#
#   tests/faults/run.sh [KILLS [FULL_DISKS [SEED]]]        ZORGDRUK=path/to/zorgdruk
set -euo pipefail
cd "$(dirname "$0")/../.."

kills=${1:-200}
full_disks=${2:-20}
RANDOM=${3:-1}
program=${ZORGDRUK:-target/release/zorgdruk}
# Three chunks of worlds that take little time, so that faults hit every part of a run.
study=(scenarios/small.toml --replications 150 --threads 2 --quiet --no-figures
    --set study.burn_in_weeks=1 --set study.window_weeks=2 --set study.follow_up_weeks=7)
# Faults in one run before it may end.
at_once=10

place=$(mktemp -d)
trap 'umount "$place/disk" 2>/dev/null || true; rm -rf "$place"' EXIT

# Stops when the folder $1 differs from the undisturbed run.
compare() {
    if ! diff -rq --exclude runtime.json "$place/undisturbed" "$1"; then
        printf 'faults: %s differs from the undisturbed run\n' "$1" >&2
        exit 1
    fi
}

resume() {
    "$program" run "${study[@]}" --resume "$1"
}

"$program" run "${study[@]}" --out "$place/undisturbed"
start=$(date +%s%N)
"$program" run "${study[@]}" --out "$place/timed"
milliseconds=$((($(date +%s%N) - start) / 1000000))
compare "$place/timed"
printf 'an undisturbed run takes %d ms\n' "$milliseconds"

# Up to $at_once kills per run, each after a random part of the time of a run.
hits=0
late=0
runs=0
while [ "$hits" -lt "$kills" ]; do
    run="$place/killed"
    rm -rf "$run"
    for ((i = 0; i < at_once && hits < kills; i++)); do
        "$program" run "${study[@]}" --resume "$run" >/dev/null 2>&1 &
        pid=$!
        wait_ms=$(((RANDOM * 32768 + RANDOM) % milliseconds))
        sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
        kill -KILL "$pid" 2>/dev/null || true
        code=0
        wait "$pid" 2>/dev/null || code=$?
        # A kill that comes after the end is none.
        if [ "$code" -ne 137 ]; then
            late=$((late + 1))
            # How long a run takes changes with what else the machine does.
            milliseconds=$((milliseconds * 2 / 3 + 20))
            break
        fi
        hits=$((hits + 1))
        milliseconds=$((milliseconds * 21 / 20 + 1))
        # Sometimes the machine fails with the program: the end of a journal is torn.
        if [ $((RANDOM % 3)) -eq 0 ]; then
            for part in "$run"/rows/*.part; do
                [ -f "$part" ] && truncate -s -$((RANDOM % 400 + 1)) "$part" 2>/dev/null || true
            done
        fi
    done
    resume "$run"
    compare "$run"
    runs=$((runs + 1))
done
printf '%d kills (and %d that came too late) in %d runs: every run ended with the same bytes\n' \
    "$hits" "$late" "$runs"

# Each fault is a disk that is full after a random number of bytes; then there is space again.
size=$(du -sk "$place/undisturbed" | cut -f1)
mkdir "$place/disk"
has_disks=yes
mount -t tmpfs -o size=1m tmpfs "$place/disk" 2>/dev/null && umount "$place/disk" || has_disks=no
refused=0
for ((i = 0; i < full_disks; i++)); do
    space=$((RANDOM % (size * 11 / 10) + 1))
    code=0
    if [ "$has_disks" = yes ]; then
        mount -t tmpfs -o "size=${space}k" tmpfs "$place/disk"
        run="$place/disk/run"
        resume "$run" >/dev/null 2>&1 || code=$?
        mount -o "remount,size=$((size * 3))k" "$place/disk"
    else
        run="$place/limited"
        rm -rf "$run"
        (trap '' XFSZ; ulimit -f $((space / 8 + 1)); resume "$run") >/dev/null 2>&1 || code=$?
    fi
    # Nothing but "cannot be written", unless everything found its place.
    case $code in
    0) ;;
    4) refused=$((refused + 1)) ;;
    *)
        printf 'faults: exit code %d without space\n' "$code" >&2
        exit 1
        ;;
    esac
    resume "$run"
    compare "$run"
    [ "$has_disks" = no ] || umount "$place/disk"
done
printf '%d full disks (of their own: %s), %d of them before the end: every run ended with the same bytes\n' \
    "$full_disks" "$has_disks" "$refused"
