#!/usr/bin/env bash
# Runs the scripts of `zorgdruk slurm` on a Slurm of one machine, kills a node under two tasks, tells
# another task to end, and compares the merged run with one that was never divided.
#
# Needs root on a disposable Debian machine without Slurm, and a built program: it starts munged,
# slurmctld and slurmd, and ends them again. Takes about ten minutes, in which tasks mostly wait.
#
#   apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge
#   tests/slurm/run.sh                                      ZORGDRUK=path/to/zorgdruk
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(realpath "${ZORGDRUK:-target/release/zorgdruk}")
study=(scenarios/small.toml --replications "${WORLDS:-4000}" --no-figures)
for tool in slurmctld slurmd sbatch scontrol squeue munged; do
    command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin
    command -v "$tool" >/dev/null || { printf 'slurm: %s is missing\n' "$tool" >&2; exit 1; }
done

place=$(mktemp -d)
mkdir -p "$place"/{control,node,log}
export SLURM_CONF="$place/slurm.conf"
cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$place/log/jobs.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=20
KillWait=15
SlurmctldPidFile=$place/control.pid
SlurmdPidFile=$place/node.pid
StateSaveLocation=$place/control
SlurmdSpoolDir=$place/node
SlurmctldLogFile=$place/log/control.log
SlurmdLogFile=$place/log/node.log
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=01:00:00 State=UP
CONF

munge_pid=
stop() {
    for file in "$place/control.pid" "$place/node.pid"; do
        [ -f "$file" ] && kill "$(cat "$file")" 2>/dev/null || true
    done
    [ -n "$munge_pid" ] && kill "$munge_pid" 2>/dev/null || true
    sleep 2
    rm -rf "$place"
}
trap stop EXIT

# The time at which something happens, for the record.
say() {
    printf '%s  %s\n' "$(date +%T)" "$1"
}

if ! munge -n 2>/dev/null | unmunge >/dev/null 2>&1; then
    install -d -o munge -g munge -m 0755 /run/munge
    install -d -o munge -g munge -m 0700 /var/log/munge
    runuser -u munge -- munged --foreground >/dev/null 2>&1 &
    munge_pid=$!
    sleep 2
fi
slurmctld
sleep 3
slurmd -N localhost
sleep 3
sinfo

"$program" run "${study[@]}" --quiet --out "$place/undivided"

out="$place/cluster"
"$program" slurm "${study[@]}" --tasks 4 --threads 1 --time 00:30:00 --out "$out" --submit

# Waits until the command "$@" succeeds.
until_true() {
    until "$@" >/dev/null 2>&1; do sleep 0.5; done
}
has_rows() {
    [ -n "$(find "$out/shards/$1/rows" -type f -size +100k 2>/dev/null)" ]
}
# Ids of the processes of this Slurm, and of no other, that look like $1.
ours() {
    for pid in $(pgrep -f -- "$1" || true); do
        grep -qzxF "SLURM_CONF=$SLURM_CONF" "/proc/$pid/environ" 2>/dev/null && echo "$pid"
    done
    return 0
}

until_true has_rows 1
until_true has_rows 2
say 'the node fails: its daemon, the steps and the programs on it are killed'
kill -KILL "$(cat "$place/node.pid")"
for pid in $(ours 'slurmstepd: \[') $(ours 'run .* --shard'); do
    kill -KILL "$pid" 2>/dev/null || true
done
squeue -r
sleep 25
slurmd -N localhost
say 'the node is back'

until_true has_rows 3
task=$(squeue -h -r -t R -o '%A %K' | awk '$2 == 3 { print $1 }')
say "task 3, job $task, is told to end, as it is before its time limit"
# Slurm says that the job cannot be altered now, when the task has already queued itself again.
scancel --signal=TERM --batch "$task" || true
told_task() {
    grep -q 'continues it' "$out/log/shard-3.log"
}
until_true told_task

finished() {
    [ -f "$out/run/report.html" ] && [ -z "$(squeue -h)" ]
}
seconds=0
until finished; do
    sleep 5
    seconds=$((seconds + 5))
    if [ $((seconds % 60)) -eq 0 ]; then squeue -r; fi
    if [ "$seconds" -gt 1500 ]; then
        printf 'slurm: not finished after %d s\n' "$seconds" >&2
        tail -n 5 "$out"/log/* "$place/log/control.log" >&2
        exit 1
    fi
done
sed -E 's/.*(JobId=[0-9]+).*(JobState=[A-Z_]+).*/\1 \2/' "$place/log/jobs.txt"
diff -r --exclude runtime.json "$place/undivided" "$out/run"
say 'the merged run has the bytes of the undivided one'
