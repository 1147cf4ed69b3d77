"""The shards of a run on a Dask cluster, and their merge.

    pip install "dask[distributed]"
    python examples/cluster/dask_shards.py scenarios/small.toml output/dask --shards 4

Without --scheduler a cluster of this machine is started. All machines must see the same folders.
"""

import argparse
import subprocess
from pathlib import Path

from dask.distributed import Client, LocalCluster

# The program was told to end and can be resumed.
TERMINATED = 75


def simulate(options, number):
    """Simulates one shard, or goes on with it; gives its folder."""
    folder = Path(options.out).absolute() / "shards" / str(number)
    command = [
        options.program, "run", str(Path(options.scenario).absolute()),
        "--shard", f"{number}/{options.shards}", "--resume", str(folder),
        "--threads", str(options.threads), "--quiet",
    ]
    if options.replications:
        command += ["--replications", str(options.replications)]
    while (code := subprocess.run(command).returncode) == TERMINATED:
        pass
    if code != 0:
        raise RuntimeError(f"shard {number} ended with exit code {code}")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario")
    parser.add_argument("out")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--replications", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--program", default="zorgdruk")
    parser.add_argument("--scheduler", help="address of a running scheduler")
    options = parser.parse_args()
    cluster = options.scheduler or LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        numbers = range(1, options.shards + 1)
        shards = client.map(lambda number: simulate(options, number), numbers, pure=False)
        folders = client.gather(shards)
    run = Path(options.out) / "run"
    merge = [options.program, "merge", str(run), *map(str, folders), "--force"]
    subprocess.run(merge, check=True)


if __name__ == "__main__":
    main()
