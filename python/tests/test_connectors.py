"""The EMA Workbench and SALib as they are on PyPI."""

import numpy as np
import pytest


def test_the_workbench_runs_fifty_experiments(scenario):
    ema = pytest.importorskip("ema_workbench")
    from zorgdruk.ema import model

    made = model(
        scenario,
        levers={"policy.*.lead_days": [1, 3, 5]},
        outcomes=["displaced_share", "covid_without_bed"],
        policies=["framework-2020", "supplement-2021"],
        n=2,
    )
    experiments, outcomes = ema.perform_experiments(made, scenarios=10, policies=5)
    assert len(experiments) == 50 and outcomes["displaced_share"].shape == (50,)
    assert set(experiments["compared_policy"]) <= {"framework-2020", "supplement-2021"}
    assert {"policy_lead_days", "staff_workforce_share"} <= set(experiments.columns)
    row = experiments.iloc[0]
    uncertain = {one.path: row[one.path.replace(".*", "").replace(".", "_")] for one in scenario.uncertain()}
    again = scenario.set({**uncertain, "policy.*.lead_days": row["policy_lead_days"]})
    value = again.run(2, [row["compared_policy"]]).estimate(row["compared_policy"], "displaced_share").value
    assert outcomes["displaced_share"][0] == value


def test_reserved_names_are_not_taken(scenario):
    pytest.importorskip("ema_workbench")
    from zorgdruk.ema import _parameter

    paths = {}
    assert _parameter("policy", [1, 2], paths).name == "policy_"
    assert _parameter("policy.*", [1, 2], paths).name == "policy__"
    assert paths == {"policy_": "policy", "policy__": "policy.*"}


def test_salib_analyzes_a_sample(scenario):
    pytest.importorskip("SALib")
    from SALib.analyze import morris as analyze
    from SALib.sample import morris as sample

    from zorgdruk import salib

    problem = salib.problem(scenario)
    points = sample.sample(problem, 3, seed=1)
    values = salib.evaluate(scenario, points, n=2)
    found = analyze.analyze(problem, points, values)
    assert values.shape == (len(points),) and np.isfinite(found["mu_star"]).all()
    middle = salib.evaluate(scenario, np.full(problem["num_vars"], 0.5), n=2)
    by_hand = scenario.at([0.5] * problem["num_vars"]).run(2, [scenario.baseline])
    assert middle[0] == by_hand.estimate(scenario.baseline, "displaced_share").value
