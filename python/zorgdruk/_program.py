"""Commands of the program that the wheel carries, for what has no results in memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from zorgdruk import _frames
from zorgdruk._errors import ProgramError


def said(arguments: list[str]) -> str:
    """What a command prints. Ctrl-C ends it too."""
    command = [sys.executable, "-m", "zorgdruk", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise ProgramError(done.stderr.strip())
    return done.stdout


def as_json(arguments: list[str]) -> Any:
    """What a command prints with `--json`."""
    return json.loads(said([*arguments, "--json", "--quiet"]))


def table(arguments: list[str], frame: str) -> Any:
    """The table that a command writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.jsonl")
        said([*arguments, "--quiet", "--out", path])
        return _frames.frame(_frames.of_lines(path), frame)
