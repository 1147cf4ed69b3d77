"""zorgdruk with SALib (pip install zorgdruk[salib]): the problem of a scenario, and its evaluation.

    problem = zorgdruk.salib.problem(scenario)
    sample = SALib.sample.sobol.sample(problem, 64)
    values = zorgdruk.salib.evaluate(scenario, sample)
    SALib.analyze.sobol.analyze(problem, values)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zorgdruk._scenario import Scenario


def problem(scenario: Scenario) -> dict[str, Any]:
    """The uncertain figures of a scenario as a problem of SALib, as probabilities from 0 to 1: the value
    at each follows from what the scenario believes about its figure."""
    figures = scenario.uncertain()
    return {
        "num_vars": len(figures),
        "names": [figure.path for figure in figures],
        "bounds": [[0.0, 1.0] for _ in figures],
    }


def evaluate(
    scenario: Scenario,
    sample: np.ndarray,
    estimand: str = "displaced_share",
    policy: str | None = None,
    n: int = 20,
    **options: Any,
) -> np.ndarray:
    """The estimand in each row of a sample, in the same `n` worlds; by default under the baseline."""
    policy = policy or scenario.baseline

    def value(point: np.ndarray) -> float:
        results = scenario.at(point).run(n, [policy], figures=False, uncertain=0, **options)
        return results.estimate(policy, estimand).value

    return np.array([value(point) for point in np.atleast_2d(sample)])
