"""Scenarios: what is simulated, and how it is changed."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from zorgdruk import _program, _zorgdruk
from zorgdruk._results import Results


class Policy(NamedTuple):
    """A policy of a scenario."""

    key: str
    label: str
    description: str


class Uncertain(NamedTuple):
    """A figure that is not known exactly: its range, and its values where they are listed."""

    path: str
    low: float
    high: float
    values: list[float] | None


class Lever(NamedTuple):
    """A value of a scenario that can be set."""

    path: str
    value: Any
    minimum: Any
    maximum: Any
    choices: list[str]
    unit: str
    meaning: str
    source: str
    belief: Any
    sentences: list[str]


class Scenario:
    """A scenario that was read and checked. It never changes: `set` gives another one."""

    def __init__(self, path: str | os.PathLike[str], settings: Iterable[str] = ()) -> None:
        self._path = os.fspath(path)
        self._settings = list(settings)
        self._study = _zorgdruk.Study(self._path, self._settings)

    def __reduce__(self) -> tuple:
        return Scenario, (self._path, self._settings)

    def set(self, path: str | Mapping[str, Any], value: Any = None) -> Scenario:
        """The same scenario with a value at a dotted path, or with all those of a mapping.

        `levers()` lists what can be set. Raises ScenarioError when the value is not allowed.
        """
        changes = path if isinstance(path, Mapping) else {path: value}
        return self._with([f"{key}={_written(value)}" for key, value in changes.items()])

    def _with(self, settings: list[str]) -> Scenario:
        changed = object.__new__(Scenario)
        changed._path, changed._settings = self._path, self._settings + settings
        changed._study = self._study.with_settings(settings)
        return changed

    @property
    def key(self) -> str:
        """Key of the scenario."""
        return self._study.named()[0]

    @property
    def title(self) -> str:
        """Title in reports."""
        return self._study.named()[1]

    @property
    def policies(self) -> list[Policy]:
        """The policies that it compares."""
        return [Policy(*policy) for policy in self._study.asked()[0]]

    @property
    def baseline(self) -> str:
        """Key of the policy with which the others are compared."""
        policies, baseline, _, _ = self._study.asked()
        return policies[baseline][0]

    @property
    def seed(self) -> int:
        """The master seed by default."""
        return self._study.asked()[3]

    def levers(self) -> list[Lever]:
        """Every value that can be set."""
        return [Lever(**lever) for lever in json.loads(self._study.levers())]

    def uncertain(self) -> list[Uncertain]:
        """The figures that are not known exactly."""
        return [Uncertain(*figure) for figure in self._study.uncertain()]

    def at(self, point: Iterable[float]) -> Scenario:
        """The same scenario with each uncertain figure at its quantile: a probability for each, in the
        order of `uncertain()`."""
        point = [float(u) for u in point]
        if len(point) != len(self.uncertain()):
            raise ValueError(f"{len(point)} probabilities for {len(self.uncertain())} uncertain figures")
        return self._with(self._study.settings_at(point))

    def remarks(self) -> list[str]:
        """What in the scenario has no effect."""
        return self._study.remarks()

    def run(
        self,
        n: int | None = None,
        policies: Iterable[str] | None = None,
        threads: int | None = None,
        seed: int | None = None,
        *,
        figures: bool = True,
        uncertain: int | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Results:
        """Simulates `n` possible worlds under each policy, all policies in the same worlds.

        What is not given is as the scenario says: all policies, its own number of worlds and seed. The
        baseline is simulated in any case. Results do not depend on the number of threads. Other threads of
        Python go on meanwhile, Ctrl-C stops the run, and `progress` is called now and then with the number
        of worlds that are done and the number of all. `figures` says whether `save` draws figures.
        Beside these worlds, `uncertain` more are simulated in which all that is uncertain is drawn: by default
        as many as the program simulates, which is none without sets that fit a record.
        """
        if n is not None and n < 1:
            raise ValueError(f"n is {n}; allowed: 1 or more")
        keys = [policies] if isinstance(policies, str) else list(policies or [])
        return Results(self._study.run(n, keys, threads or 0, seed, figures, uncertain, progress))

    def sweep(
        self,
        grid: Mapping[str, Iterable[Any]],
        n: int | None = None,
        policies: Iterable[str] = (),
        frame: str = "pandas",
        **options: Any,
    ) -> Any:
        """Simulates every combination of the values in `grid`, all in the same worlds.

        A table with a row for each point, policy and estimand. Further options are those of
        `zorgdruk sweep`, such as `seed=7` and `threads=2`.
        """
        values = lambda of: ",".join(_written(value) for value in of)
        chosen = [word for path, of in grid.items() for word in ("--set-grid", f"{path}={values(of)}")]
        command = self._command("sweep", policy=policies, replications=n, **options)
        return _program.table(command + chosen, frame)

    def select(self, estimand: str = "displaced", **options: Any) -> dict:
        """Selects the best policy in an estimand, in as few worlds as that takes; see `zorgdruk select`."""
        return _program.as_json(self._command("select", estimand=estimand, **options))

    def tornado(self, estimand: str = "displaced_share", frame: str = "pandas", **options: Any) -> Any:
        """Each uncertain figure low and high, all others as they are."""
        return self._sensitivity("tornado", estimand, frame, options)

    def morris(self, estimand: str = "displaced_share", frame: str = "pandas", **options: Any) -> Any:
        """Screens the uncertain figures by elementary effects; `rows=20` sets the number of base points."""
        return self._sensitivity("morris", estimand, frame, options)

    def sobol(self, estimand: str = "displaced_share", frame: str = "pandas", **options: Any) -> Any:
        """Shares of variance of the uncertain figures; `rows=256` sets the number of rows of the design."""
        return self._sensitivity("sobol", estimand, frame, options)

    def _sensitivity(self, method: str, estimand: str, frame: str, options: dict) -> Any:
        command = self._command("sensitivity", method=method, estimand=estimand, **options)
        return _program.table(command, frame)

    def _command(self, name: str, **options: Any) -> list[str]:
        words = [name, self._path, *(word for text in self._settings for word in ("--set", text))]
        for key, value in options.items():
            option = "--" + key.replace("_", "-")
            if value is True:
                words.append(option)
            elif isinstance(value, (list, tuple)):
                words += [word for one in value for word in (option, str(one))]
            elif value is not None and value is not False:
                words += [option, str(value)]
        return words

    def __repr__(self) -> str:
        changed = f", {len(self._settings)} settings" if self._settings else ""
        return f"<zorgdruk scenario {self.key}: {len(self.policies)} policies{changed}>"


def _written(value: Any) -> str:
    """A value as it stands in a scenario file; a text as it is given."""
    if isinstance(value, (str, datetime.date)):
        return str(value)
    if isinstance(value, Mapping):
        pairs = (f"{key} = {_quoted(one)}" for key, one in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "tolist"):
        return _written(value.tolist())
    if isinstance(value, Iterable):
        return "[" + ", ".join(_quoted(one) for one in value) + "]"
    if isinstance(value, float) and value.is_integer():
        # What must be whole may be a number of either kind in Python.
        return str(int(value))
    return repr(value)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else _written(value)
