"""Counts the figures that docs/teaching quotes, in the worlds that `sim explore` shows.

| Name | What it is |
|---|---|
| `worlds` | how many worlds were simulated of each scenario |
| `pact:MEASURE`, `no_pact:MEASURE` | its share of worlds, or its mean |
| `interval:SCENARIO:MEASURE` | the 95% interval of that |
| `change:MEASURE` | with the treaty minus without, in paired worlds |
| `low:NUMBER:MEASURE`, `high:...` | the pact where the number lies in its lowest, highest third |
| `left:CONDITION` | how many worlds of the pact agree with a condition of `sim condition` |
| `given:CONDITION:MEASURE` | the measure in those worlds |

Several conditions are joined by `and`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import sim
from sim.analysis.data.drawn_parameters import draw_quantiles
from sim.output import render_csv
from sim.report.figures.gallery import plot_named
from sim.report.run_view import open_runs
from sim.statistics.rounding import round_interval

WORLDS = 3000
SCENARIOS = ("pact", "no_pact")
KINDS = ("interval", "change", "low", "high", "left", "given")
PICTURES = ("outcomes", "network")
_THIRDS = {"low": (0.0, 1 / 3), "high": (2 / 3, 1.0)}


def is_figure(name: str) -> bool:
    """Return whether a name is that of a figure, and not of a part made of files."""
    return name == "worlds" or name.partition(":")[0] in (*SCENARIOS, *KINDS)


def read_figures(file: Path) -> dict[str, str]:
    """Return the stored figures by name."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["figure"] for row in csv.DictReader(lines)}


def write_figures(file: Path, figures: dict[str, str]) -> None:
    """Store figures by name."""
    rows = [{"name": name, "figure": figure} for name, figure in figures.items()]
    file.write_text(render_csv(rows, ("name", "figure")), "utf-8")


class Counter:
    """The worlds of both scenarios, simulated when asked for."""

    def __init__(self, worlds: int = WORLDS, workers: int = 2) -> None:
        self._worlds, self._workers, self._folder = worlds, workers, mkdtemp()

    @cache  # noqa: B019  one counter is made
    def run(self, scenario: str) -> Any:
        """Return a run of a scenario."""
        return sim.run(scenario, worlds=self._worlds, out=self._folder, workers=self._workers)

    @cached_property
    def differences(self) -> Any:
        """The differences between the two, by measure."""
        comparison = sim.compare(self.run("pact"), self.run("no_pact"), every=True)
        return comparison.differences.set_index("measure")

    def count_all(self, names: Iterable[str]) -> dict[str, str]:
        """Return figures by name."""
        return {name: self.count(name) for name in names}

    def draw(self, folder: Path) -> None:
        """Draw the pictures of the slides into a folder."""
        for figure in plot_named(open_runs([self.run("pact").folder]), PICTURES):
            (folder / f"teaching_{figure.name}.svg").write_text(figure.render_svg(), "utf-8")

    def count(self, name: str) -> str:
        """Return one figure as text."""
        kind, _, rest = name.partition(":")
        if kind == "worlds":
            return f"{self._worlds:,}"
        if kind in SCENARIOS:
            return self._estimate(kind, rest)[0]
        if kind == "interval":
            return self._estimate(*rest.split(":", 1))[1]
        return getattr(self, f"_{kind}")(rest)

    def _estimate(self, scenario: str, measure: str) -> tuple[str, str]:
        row = self.run(scenario).metrics.set_index("measure").loc[measure]
        return _format(row["value"], row["low"], row["high"], _is_share(row["unit"]))

    def _change(self, measure: str) -> str:
        row = self.differences.loc[measure]
        if row["same_in_every_world"]:
            return "no difference in any pair"
        share = _is_share(row["unit"])
        value, interval = _format(row["difference"], row["low"], row["high"], share, sign=True)
        value, interval = value.replace("%", ""), interval.replace("%", "")
        return f"{value}{' pp' if share else ''} ({interval})"

    def _low(self, name: str) -> str:
        return self._third("low", name)

    def _high(self, name: str) -> str:
        return self._third("high", name)

    def _third(self, third: str, name: str) -> str:
        number, measure = name.rsplit(":", 1)
        run = self.run("pact")
        drawn = draw_quantiles(run.scenario.seed, run.worlds["world"].to_numpy(), number)
        low, high = _THIRDS[third]
        chosen = run.worlds[(drawn >= low) & (drawn < high)][measure].astype(float).dropna()
        share = _is_share(run.metrics.set_index("measure").loc[measure]["unit"])
        return _format_mean(float(chosen.mean()), share)

    @cache  # noqa: B019  one counter is made
    def _condition(self, condition: str) -> Any:
        return sim.condition(self.run("pact").folder, on=condition.split(" and "), every=True)

    def _left(self, condition: str) -> str:
        return f"{self._condition(condition).left:,}"

    def _given(self, name: str) -> str:
        condition, measure = name.rsplit(":", 1)
        row = self._condition(condition).measures.set_index("measure").loc[measure]
        share = _is_share(row["unit"])
        low, high = row["conditional_low"], row["conditional_high"]
        return _format(row["conditional"], low, high, share)[0]


def _format_mean(value: float, share: bool) -> str:
    if not share:
        return f"{value:.2g}"
    return f"{100 * value:.0f}%" if value >= 0.095 else f"{100 * value:.1f}%"


def _is_share(unit: str) -> bool:
    return unit == "share of worlds"


def _format(
    value: float, low: float, high: float, share: bool, *, sign: bool = False
) -> tuple[str, str]:
    """Return a value and its interval, with no more digits than the interval supports."""
    scale, suffix = (100, "%") if share else (1, "")
    rounded = round_interval(value * scale, low * scale, high * scale)
    plus = "+" if sign and value > 0 else ""
    return f"{plus}{rounded.value}{suffix}", f"{rounded.low} to {rounded.high}{suffix}"
