"""zorgdruk as a model of the EMA Workbench (pip install zorgdruk[ema])."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ema_workbench import CategoricalParameter, Model, RealParameter, ScalarOutcome

from zorgdruk._scenario import Scenario

RESERVED = frozenset({"model", "policy", "scenario", "name", "output"})
"""Names that the workbench has a use for itself."""


def model(
    scenario: Scenario,
    levers: Mapping[str, Any] | None = None,
    uncertainties: Mapping[str, Any] | None = None,
    outcomes: Iterable[str] = ("displaced_share",),
    policies: Iterable[str] = (),
    n: int = 20,
    seed: int | None = None,
    threads: int | None = None,
    name: str = "zorgdruk",
) -> Model:
    """A model of the workbench: one experiment simulates `n` worlds, the same in all experiments.

    `levers` and `uncertainties` name dotted paths, each with a tuple (low, high) or a list of choices;
    uncertainties are by default those of the scenario, with its ranges. `outcomes` are keys of
    estimands. With one policy in `policies` all experiments are under that one, with several the
    categorical lever `compared_policy` says under which; by default it is the baseline.

    Names of parameters are paths with underscores: `policy.*.lead_days` is `policy_lead_days`.
    """
    if uncertainties is None:
        uncertainties = {one.path: one.values or (one.low, one.high) for one in scenario.uncertain()}
    policies = list(policies) or [scenario.baseline]
    paths: dict[str, str] = {}
    made = Model(name, function=_Experiment(scenario, paths, policies[0], list(outcomes), n, seed, threads))
    made.uncertainties = [_parameter(path, of, paths) for path, of in uncertainties.items()]
    made.levers = [_parameter(path, of, paths) for path, of in (levers or {}).items()]
    if len(policies) > 1:
        made.levers = [*made.levers, CategoricalParameter("compared_policy", policies)]
    made.outcomes = [ScalarOutcome(key) for key in outcomes]
    return made


class _Experiment:
    """What the workbench calls, also in other processes."""

    def __init__(self, scenario, paths, policy, outcomes, n, seed, threads) -> None:
        self.scenario, self.paths, self.policy, self.outcomes = scenario, paths, policy, outcomes
        self.options = {"n": n, "seed": seed, "threads": threads, "figures": False, "uncertain": 0}

    def __call__(self, compared_policy: str | None = None, **parameters: Any) -> dict[str, float]:
        policy = compared_policy or self.policy
        changed = self.scenario.set({self.paths[name]: value for name, value in parameters.items()})
        results = changed.run(policies=[policy], **self.options)
        return {key: results.estimate(policy, key).value for key in self.outcomes}


def _parameter(path: str, of: Any, paths: dict[str, str]) -> Any:
    name = identifier(path)
    while name in paths or name in RESERVED:
        name += "_"
    paths[name] = path
    if isinstance(of, tuple):
        return RealParameter(name, *of)
    return CategoricalParameter(name, list(of))


def identifier(path: str) -> str:
    """A dotted path as a name in Python."""
    return re.sub(r"\W+", "_", path).strip("_")
