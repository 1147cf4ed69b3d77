"""How often is critical plannable care displaced under a wave of COVID patients, under each policy?

    import zorgdruk

    scenario = zorgdruk.load("nl-autumn-2021").set("staff.workforce_share", 0.9)
    results = scenario.run(200)
    results.summary()
    results.plot_fan()
"""

from __future__ import annotations

import os

from zorgdruk._errors import Mistake, ProgramError, ScenarioError
from zorgdruk._results import Estimate, Results
from zorgdruk._scenario import Lever, Policy, Scenario, Uncertain
from zorgdruk import _zorgdruk

__all__ = [
    "Estimate",
    "Lever",
    "Mistake",
    "Policy",
    "ProgramError",
    "Results",
    "Scenario",
    "ScenarioError",
    "Uncertain",
    "load",
    "read",
    "scenarios",
]


def load(scenario: str | os.PathLike[str]) -> Scenario:
    """Reads a scenario: a file, or the name of one that the program contains.

    Raises ScenarioError with every mistake, or an OSError when it cannot be read.
    """
    return Scenario(scenario)


def read(folder: str | os.PathLike[str]) -> Results:
    """Reads the results of a run from the folder that `zorgdruk run` or `Results.save` wrote."""
    return Results(_zorgdruk.Results.read(folder))


def scenarios() -> list[str]:
    """Names of the scenarios that the program contains."""
    return _zorgdruk.scenarios()
