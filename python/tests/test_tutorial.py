"""Every block of code of the tutorial runs, in order."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial-python.md"


def test_the_tutorial_runs(tmp_path, monkeypatch):
    for library in ("pandas", "matplotlib", "ema_workbench"):
        pytest.importorskip(library)
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(blocks) >= 7
    assert len(blocks[0].strip().splitlines()) <= 10, "ten lines"
    names: dict = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    assert (tmp_path / "fan.png").stat().st_size > 10_000
