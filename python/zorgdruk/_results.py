"""Results of a run: tables, estimates, and a figure."""

from __future__ import annotations

import os
from html import escape
from typing import Any, NamedTuple

from zorgdruk import _frames, _zorgdruk


class Estimate(NamedTuple):
    """An estimate with the interval that shows the error of simulating finitely many worlds.

    Value and ends are NaN where they cannot be computed; `status` says why.
    """

    value: float
    low: float
    high: float
    n: int
    status: str


class Results:
    """The results of a run. Each table comes as a frame of pandas, polars or pyarrow, or as a dict."""

    def __init__(self, results: _zorgdruk.Results) -> None:
        self._results = results

    def table(self, name: str, frame: str = "pandas") -> Any:
        """A table by the name of its file without the extension, such as `best` or `streams`."""
        columns = self._results.table(name)
        if columns is None:
            raise ValueError(f"there is no table {name!r}; docs/output.md lists all")
        return _frames.frame([_frames.Column(*column) for column in columns], frame)

    def summary(self, frame: str = "pandas") -> Any:
        """Every estimand under every policy, with interval and status."""
        return self.table("summary", frame)

    def comparisons(self, frame: str = "pandas") -> Any:
        """Every policy against the baseline, in the same worlds."""
        return self.table("comparisons", frame)

    def weekly(self, frame: str = "pandas") -> Any:
        """Every region and week of the window."""
        return self.table("weekly", frame)

    def daily(self, frame: str = "pandas") -> Any:
        """National series by day, as their spread over worlds."""
        return self.table("daily", frame)

    def replications(self, frame: str = "pandas") -> Any:
        """Every measure of every world."""
        return self.table("replications", frame)

    def worlds(self, grain: str = "day", frame: str = "pandas") -> Any:
        """The worlds themselves, by `day`, by `region-week`, or as `waits`; many rows."""
        names = {"day": "worlds_day", "region-week": "worlds_region_week", "waits": "worlds_waits"}
        if grain not in names:
            raise ValueError(f"there is no grain {grain!r}; allowed: {', '.join(names)}")
        return self.table(names[grain], frame)

    def estimate(self, policy: str, estimand: str) -> Estimate:
        """The estimate of an estimand under a policy."""
        found = self._results.estimate(policy, estimand)
        if found is None:
            raise ValueError(f"there is no policy {policy!r} or no estimand {estimand!r}")
        return Estimate(*found)

    @property
    def uncertain(self) -> Results | None:
        """The worlds beside the run in which all that is uncertain is drawn too, as results of their own;
        None when it has none."""
        found = self._results.uncertain()
        return None if found is None else Results(found)

    @property
    def scenario(self) -> str:
        """Key of the scenario."""
        return self._results.described()[0]

    @property
    def title(self) -> str:
        """Title of the scenario."""
        return self._results.described()[1]

    @property
    def seed(self) -> int:
        """Master seed."""
        return self._results.described()[2]

    @property
    def n(self) -> int:
        """Number of worlds."""
        return self._results.described()[3]

    @property
    def policies(self) -> list[str]:
        """Keys of the policies, in their order."""
        return self._results.described()[4]

    @property
    def baseline(self) -> str:
        """Key of the policy with which the others are compared."""
        return self.policies[self._results.described()[5]]

    def save(self, folder: str | os.PathLike[str], replace: bool = False) -> None:
        """Writes the folder that `zorgdruk run` writes of this run, byte for byte; only `runtime.json`,
        which says how long a run took, is not there. An earlier run is replaced only when asked for."""
        self._results.save(folder, replace)

    def plot_fan(self, series: str = "covid_ic", policies: list[str] | None = None, axes: Any = None) -> Any:
        """Draws where the worlds lie day by day: the middle world, and the bands with 50, 80 and 95 % of
        the worlds, in a panel for each policy. Needs matplotlib; gives the list of axes."""
        import matplotlib.pyplot as plt

        daily = self.daily("dict")
        keys = [policies] if isinstance(policies, str) else policies or self.policies
        unknown = [key for key in keys if key not in self.policies]
        if unknown or series not in daily["series"]:
            raise ValueError(f"there is no policy or series {', '.join(unknown) or series!r}")
        if axes is None:
            size = (8, 2.4 * len(keys))
            _, grid = plt.subplots(len(keys), sharex=True, sharey=True, squeeze=False, figsize=size, layout="constrained")
            axes = list(grid[:, 0])
        panels = axes if isinstance(axes, list) else [axes]
        for panel, key in zip(panels, keys, strict=True):
            rows = [n for n, one in enumerate(daily["series"]) if one == series and daily["policy"][n] == key]
            of = lambda name: [daily[name][n] for n in rows]
            for level in (95, 80, 50):
                low, high = of(f"pred{level}_low"), of(f"pred{level}_high")
                panel.fill_between(of("date"), low, high, color="tab:blue", alpha=0.25, linewidth=0)
            panel.plot(of("date"), of("median"), color="black")
            panel.set(title=key, ylabel=series.replace("_", " "))
        return panels

    def __repr__(self) -> str:
        return f"<zorgdruk results of {self.scenario}: {self.n} worlds, {len(self.policies)} policies>"

    def _repr_html_(self) -> str:
        summary = self.summary("dict")
        rows = zip(*(summary[name] for name in ("estimand", "policy", "value", "low", "high", "unit")))
        shown = [row[1:] for row in rows if row[0] == "displaced_share"]
        text = lambda value: "" if value is None else f"{value:.3g}" if isinstance(value, float) else escape(value)
        body = "".join("<tr>" + "".join(f"<td>{text(field)}</td>" for field in row) + "</tr>" for row in shown)
        head = "".join(f"<th>{name}</th>" for name in ("policy", "displaced", "low", "high", "unit"))
        title = f"{escape(self.title)}: {self.n} worlds, seed {self.seed}"
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
