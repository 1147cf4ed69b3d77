#!/usr/bin/env python3
"""All engines on all models in one session: processor time per customer, medians over rounds, and
ratios to the textbook loop on the standard heap. Run it by hand, on a quiet machine:

    python3 -m venv peers && peers/bin/pip install simpy==4.1.2 ciw==3.2.7
    cargo bench --bench peers --no-run
    peers/bin/python benches/peers/run.py PROGRAM [ROUNDS]

PROGRAM is what the second command names. Engines that are not installed are left out.
"""

import importlib.metadata
import platform
import statistics
import subprocess
import sys
from pathlib import Path

MODELS = ["mm1", "loss", "ic", "region"]
IN_RUST = ["heap", "calendar"]
IN_PYTHON = ["simpy", "ciw"]
# What a round of an engine takes otherwise outweighs what is compared with it.
ROUNDS_PER_PYTHON_ROUND = 5


def measured(command):
    """Microseconds per customer, mean wait, share lost."""
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    _, _, customers, seconds, wait, lost = output.split()
    return 1e6 * float(seconds) / int(customers), float(wait), float(lost)


def versions():
    found = {"python": platform.python_version()}
    for name in IN_PYTHON:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    found = versions()
    print(", ".join(f"{name} {version}" for name, version in found.items()))
    peers = Path(__file__).parent / "peers.py"
    commands = {engine: [program, engine] for engine in IN_RUST}
    commands |= {
        engine: [sys.executable, str(peers), engine] for engine in IN_PYTHON if engine in found
    }
    print("model    engine    us/customer   to heap   mean wait   share lost")
    for model in MODELS:
        results = {engine: [] for engine in commands if (engine, model) != ("ciw", "region")}
        for turn in range(rounds):
            for engine, all_rounds in results.items():
                if engine in IN_RUST or turn % ROUNDS_PER_PYTHON_ROUND == 0:
                    all_rounds.append(measured([*commands[engine], model]))
        heap = statistics.median(one[0] for one in results["heap"])
        for engine, all_rounds in results.items():
            cost = statistics.median(one[0] for one in all_rounds)
            _, wait, lost = all_rounds[0]
            print(f"{model:8} {engine:8} {cost:12.4f} {cost / heap:9.3f} {wait:11.4f} {lost:12.5f}")


if __name__ == "__main__":
    main()
