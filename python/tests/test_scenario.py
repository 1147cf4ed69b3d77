"""Scenarios, their mistakes, runs that are stopped, and commands of the program."""

import signal
import subprocess
import sys
import time

import pytest

import zorgdruk


def test_the_package_contains_its_scenarios():
    assert {"nl-autumn-2021", "small"} <= set(zorgdruk.scenarios())
    scenario = zorgdruk.load("nl-autumn-2021")
    assert scenario.key == "nl-autumn-2021" and scenario.baseline in [one.key for one in scenario.policies]


def test_setting_gives_another_scenario(scenario):
    changed = scenario.set("staff.workforce_share", 0.8)
    lever = lambda of: next(one for one in of.levers() if one.path == "staff.workforce_share")
    assert lever(changed).value == 0.8 and lever(scenario).value != 0.8
    several = scenario.set({"policy.*.lead_days": 2.0, "policy.supplement-2021.framework_from": "never"})
    assert {one.value for one in several.levers() if one.path.endswith(".lead_days")} == {2}
    assert changed.set("study.window_weeks", 3).run(1).n == 1


def test_values_are_written_as_in_a_file():
    small = zorgdruk.load("small")
    stay = {"gamma": {"mean_days": 10, "shape": 2.2}}
    for path, value in {"run.replications": 40.0, "covid.ic_stay": stay, "policies": ["framework-2020"]}.items():
        assert small.set(path, value).key == "small", path
    for path, value in {"run.replications": True, "covid.ic_stay": [1, 2], "policies": ("no-such-policy",)}.items():
        with pytest.raises(zorgdruk.ScenarioError):
            small.set(path, value)


def test_a_mistake_says_where_it_is_and_what_is_allowed(scenario, tmp_path):
    with pytest.raises(zorgdruk.ScenarioError) as caught:
        scenario.set("staff.workforce_share", 40)
    (mistake,) = caught.value.mistakes
    assert mistake.key == "staff.workforce_share" and mistake.line is None and "40" in mistake.file
    assert mistake.allowed and mistake.allowed in str(caught.value)
    subprocess.run([sys.executable, "-m", "zorgdruk", "init", str(tmp_path)], check=True, capture_output=True)
    file = tmp_path / "scenarios" / "wrong.toml"
    file.write_text('extends = "small.toml"\nkey = "wrong"\n\n[staff]\nworkforce_share = 40\n')
    with pytest.raises(ValueError) as caught:
        zorgdruk.load(file)
    places = {one.key: (one.file, one.line, one.column) for one in caught.value.mistakes}
    assert places["staff.workforce_share"] == ("wrong.toml", 5, 19)


def test_files_that_cannot_be_read_are_told_as_such(tmp_path):
    with pytest.raises(FileNotFoundError):
        zorgdruk.load("no-such-scenario")
    with pytest.raises(OSError):
        zorgdruk.load(tmp_path)
    with pytest.raises(ValueError, match="1 or more"):
        zorgdruk.load("small").run(0)


def test_progress_is_told_and_its_exceptions_stop_the_run(scenario):
    seen = []
    scenario.run(30, progress=lambda done, n: seen.append((done, n)))
    assert seen[-1] == (30, 30) and all(n == 30 for _, n in seen)

    def impatient(done, n):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        zorgdruk.load("small").run(100_000, progress=impatient)


def test_ctrl_c_stops_a_run_within_a_second():
    code = "import zorgdruk; print('here', flush=True); zorgdruk.load('nl-autumn-2021').run(100_000)"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "here\n"
    time.sleep(2)
    asked = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert time.monotonic() - asked < 1.5, "a second, and half a one for a busy machine"


def test_a_sweep_has_a_row_for_every_point(scenario):
    table = scenario.sweep({"staff.workforce_share": [0.8, 0.9]}, n=4, policies=["supplement-2021"], seed=3)
    assert sorted(table["staff.workforce_share"].unique()) == [0.8, 0.9]
    assert table["n"].unique().tolist() == [4]
    assert table["value"].dtype.kind == "f" and table["point"].dtype.kind == "i"
    runs = {share: scenario.set("staff.workforce_share", share).run(1, ["supplement-2021"], seed=3) for share in (0.8, 0.9)}
    keys = {share: run.summary("dict")["run"][0] for share, run in runs.items()}
    assert keys == dict(zip(table["staff.workforce_share"], table["run"])), "each point is a run"
    with pytest.raises(zorgdruk.ProgramError, match="workforce_share"):
        scenario.sweep({"staff.workforce_shares": [0.8]}, n=4)


def test_policies_are_selected_and_figures_screened(scenario):
    chosen = scenario.select(max_replications=64, indifference=5)
    assert chosen["estimand"] == "displaced" and chosen["worlds"] <= 64
    effects = scenario.morris(rows=2, seed=1, frame="dict")
    paths = {one.path for one in scenario.uncertain()}
    assert set(effects["figure"]) == paths
    assert set(scenario.sobol(rows=4, frame="polars")["figure"]) >= paths


def test_the_program_says_its_version_and_its_mistakes():
    run = lambda *words: subprocess.run([sys.executable, "-m", "zorgdruk", *words], capture_output=True, text=True)
    assert run("--version").stdout.startswith("zorgdruk ")
    assert run("run", "small", "--replications", "-1").returncode == 2
    assert run("check", "small", "--set", "staff.workforce_share=40").returncode == 3
