#!/bin/sh
# Plants one bug at a time in a copy of the committed tree, and tells which tests notice it.
#
#     tests/mutants/run.sh [folder [bug ...]]
#
# Builds in the folder (default: /tmp/zorgdruk-mutants), which can be kept for the next time. Each
# bug is a patch in this folder; its head names the tests that are run. Exit code 1 when a bug is
# noticed by fewer than two tests, where all comparisons with the plain engine count as one; by fewer
# than the `witnesses` of its head, if that tells how many there can be.
#
# Each bug is a build of several minutes. Rows come one by one, so that who breaks off can go on with the
# bugs that are left.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-/tmp/zorgdruk-mutants}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.patch | sed 's#^./##; s#\.patch$##')

mkdir -p "$folder"
rm -rf "$folder/src" "$folder/tests"
root=$(git -C "$here" rev-parse --show-toplevel)
git -C "$root" archive --format=tar HEAD | tar -x -C "$folder"
cd "$folder"
# The archive carries the time of the commit; a build of a planted bug may be younger.
find src tests -type f -exec touch {} +
export CARGO_TARGET_DIR="$folder/target"

# A patch that does not apply is told before anything is built.
for bug; do
    patch -s -p1 --dry-run <"$here/$bug.patch" || { echo "does not apply: $bug" >&2; exit 2; }
done

# Failing tests among those that match the filters.
failing() {
    # shellcheck disable=SC2086
    nice -n 10 cargo test --locked --test it --no-fail-fast -- $1 >"$folder/log" 2>&1 || true
    if ! grep -q '^test result' "$folder/log"; then
        echo "does not build: see $folder/log" >&2
        exit 2
    fi
    sed -n 's/^test \(.*\) \.\.\. FAILED$/\1/p' "$folder/log" | sort
}

weak=0
echo '| planted bug | noticed by |'
echo '|---|---|'
for bug; do
    patch=$here/$bug.patch
    patch -s -p1 <"$patch"
    names=$(failing "$(sed -n 's/^tests: //p' "$patch")")
    patch -s -R -p1 <"$patch"
    witnesses=$(echo "$names" | sed 's/^differential::.*/differential/' | sort -u | grep -c . || true)
    least=$(sed -n 's/^witnesses: //p' "$patch")
    [ "$witnesses" -ge "${least:-2}" ] || weak=1
    echo "| \`$bug\` | $(echo "$names" | tr '\n' ' ' | sed 's/ $//; s/ /, /g') |"
done
exit $weak
