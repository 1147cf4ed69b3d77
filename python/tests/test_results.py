"""Python, the program and its files say the same."""

import csv
import filecmp
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FAST, N

import zorgdruk

TABLES = ["summary", "comparisons", "weekly", "daily", "replications"]


def program(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "zorgdruk", *arguments], capture_output=True, text=True, **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The same run by the program that the wheel carries."""
    folder = tmp_path_factory.mktemp("run") / "run"
    settings = [word for key, value in FAST.items() for word in ("--set", f"{key}={value}")]
    done = program("run", "small", "--replications", str(N), "--quiet", "--out", str(folder), *settings)
    assert done.returncode == 0, done.stderr
    return folder


def files(folder: Path) -> set[str]:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return found - {"runtime.json", ".lock"}


def test_a_saved_run_is_the_folder_of_the_program(results, folder, tmp_path):
    results.save(tmp_path / "saved")
    assert files(tmp_path / "saved") == files(folder)
    same, other, missing = filecmp.cmpfiles(folder, tmp_path / "saved", sorted(files(folder)), shallow=False)
    assert (other, missing) == ([], []), "the same bytes"
    with pytest.raises(FileExistsError):
        results.save(tmp_path / "saved")
    results.save(tmp_path / "saved", replace=True)


def test_uncertain_worlds_stand_beside_a_run(scenario, tmp_path):
    assert scenario.run(2).uncertain is None, "small has no sets that fit a record"
    both = scenario.run(5, uncertain=4)
    assert (both.n, both.uncertain.n) == (5, 4)
    assert both.replications("dict") == scenario.run(5).replications("dict"), "the same worlds"
    drawn = both.uncertain.replications("dict")
    assert drawn != scenario.run(4).replications("dict"), "with other figures"
    both.save(tmp_path / "saved")
    settings = [word for key, value in FAST.items() for word in ("--set", f"{key}={value}")]
    folder = tmp_path / "run"
    done = program("run", "small", "--replications", "5", "--uncertain", "4", "--quiet", "--out", str(folder), *settings)
    assert done.returncode == 0, done.stderr
    ours, theirs = files(tmp_path / "saved"), {name for name in files(folder) if not name.endswith("runtime.json")}
    assert ours == theirs
    _, other, missing = filecmp.cmpfiles(folder, tmp_path / "saved", sorted(theirs), shallow=False)
    assert (other, missing) == ([], []), "the same bytes"
    assert zorgdruk.read(folder).uncertain.replications("dict") == drawn
    with pytest.raises(ValueError, match="nothing can be drawn"):
        scenario.set("uncertainty", {}).run(2, uncertain=2)


def test_an_own_program_gives_the_same_folder(folder, tmp_path):
    """The program of the checkout that the wheel was built from, where it is there."""
    own = os.environ.get("ZORGDRUK_PROGRAM")
    if own is None:
        pytest.skip("ZORGDRUK_PROGRAM names no program")
    settings = [word for key, value in FAST.items() for word in ("--set", f"{key}={value}")]
    command = [own, "run", "small", "--replications", str(N), "--quiet", "--out", str(tmp_path / "own"), *settings]
    subprocess.run(command, check=True)
    _, other, missing = filecmp.cmpfiles(folder, tmp_path / "own", sorted(files(folder)), shallow=False)
    assert (other, missing) == ([], []), "the same bytes"


@pytest.mark.parametrize("table", TABLES)
def test_frames_have_the_values_of_the_files(results, folder, table):
    with open(folder / f"{table}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = results.table(table, "dict")
    assert list(columns) == list(rows[0])
    for name, values in columns.items():
        number = any(isinstance(value, float) for value in values)
        read = [float(row[name]) if number and row[name] else row[name] for row in rows]
        plain = lambda value: "" if value is None else value if number else str(value)
        assert [plain(int(value) if isinstance(value, bool) else value) for value in values] == read, name


@pytest.mark.parametrize("table", TABLES)
def test_every_library_gets_the_same_frame(results, table):
    plain = results.table(table, "dict")
    arrow, polars, pandas = (results.table(table, name) for name in ("pyarrow", "polars", "pandas"))
    assert arrow.to_pydict() == plain
    assert polars.to_dict(as_series=False) == plain
    assert list(pandas.columns) == list(plain)
    assert pandas["policy"].tolist() == plain["policy"]
    for column in pandas.columns:
        empty = [value is None for value in plain[column]]
        assert pandas[column].isna().tolist() == empty, column


def test_types_are_those_of_their_values(results):
    daily = results.daily()
    assert daily["date"].dtype.kind == "M" and daily["week_start"].dtype.kind == "M"
    assert daily["median"].dtype.kind == "f" and daily["n"].dtype.kind == "i"
    assert results.table("policies")["is_baseline"].dtype.kind == "b"


def test_a_run_can_be_read_again(results, folder):
    again = zorgdruk.read(folder)
    assert (again.n, again.seed, again.policies) == (results.n, results.seed, results.policies)
    assert again.summary("dict") == results.summary("dict")
    with pytest.raises(ValueError, match="copy that one"):
        again.save(folder.parent / "copy")
    with pytest.raises(FileNotFoundError):
        zorgdruk.read(folder.parent / "nothing")


def test_threads_change_nothing_and_seeds_do(scenario, results):
    one = scenario.run(8, threads=1).replications("dict")
    many = scenario.run(8, threads=4, policies=None).replications("dict")
    assert one == many
    assert scenario.run(8, seed=7).replications("dict") != one


def test_policies_can_be_chosen(scenario):
    assert scenario.baseline == "framework-2020"
    some = scenario.run(2, policies=["supplement-2021"])
    assert some.policies == ["framework-2020", "supplement-2021"]
    assert some.baseline == "framework-2020"
    with pytest.raises(ValueError, match="did you mean"):
        scenario.run(2, policies=["suplement-2021"])


def test_worlds_add_up(results):
    days = results.worlds("day")
    assert days["replication"].nunique() == N
    daily = results.daily()
    of_series = daily[daily["series"] == "covid_ic"]
    assert days["covid_ic"].max() == of_series["max"].max()
    assert results.worlds("waits", "dict")["patients"]
    assert set(results.worlds("region-week", "dict")["region"]) < set(results.weekly("dict")["region"])
    with pytest.raises(ValueError, match="region-week"):
        results.worlds("hour")


def test_an_estimate_is_that_of_the_summary(results):
    found = results.estimate("supplement-2021", "displaced_share")
    summary = results.summary()
    rows = summary[(summary["policy"] == "supplement-2021") & (summary["estimand"] == "displaced_share")]
    assert float(f"{found.value:.5e}") == rows["value"].item()
    assert found.n == N and found.status == rows["status"].item()
    with pytest.raises(ValueError, match="no estimand"):
        results.estimate("supplement-2021", "displaced_shares")


def test_results_show_themselves(results):
    html = results._repr_html_()
    assert "<table>" in html and "supplement-2021" in html and str(N) in html
    assert "70 worlds" in repr(results)


def test_the_fan_is_drawn(results):
    import matplotlib

    matplotlib.use("Agg")
    axes = results.plot_fan("occupied_ic")
    assert [one.get_title() for one in axes] == results.policies
    assert len(results.plot_fan(policies=["supplement-2021"])) == 1
    with pytest.raises(ValueError, match="no policy or series"):
        results.plot_fan("covid_icu")


def test_scenarios_survive_other_processes(scenario):
    again = pickle.loads(pickle.dumps(scenario))
    assert again.run(2).replications("dict") == scenario.run(2).replications("dict")
