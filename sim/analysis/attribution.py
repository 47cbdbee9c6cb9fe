"""Which mechanism makes two scenarios differ: their difference split by switching mechanisms off.

Both scenarios are lived with every subset of the mechanisms at work, the others switched off in
both. What the difference between the two gains by a mechanism, averaged over all orders of
switching, is its share (`sim.analysis.shapley`). What is left where all are off came by other ways.
Worlds are pairs throughout: world 17 has the same luck in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.lived import AS_EVER
from sim.analysis.reading import known_measure
from sim.analysis.shapley import shapley, subsets
from sim.errors import RequestError
from sim.experiment.intervals import CONFIDENCE, Interval
from sim.experiment.limits import check_size
from sim.experiment.results import Results
from sim.experiment.run import Wish, run
from sim.experiment.tables import read_column
from sim.model.measures import Measure, measures
from sim.scenario.load import Loaded, load
from sim.scenario.messages import nearest_name
from sim.scenario.schema import Mechanisms, Scenario

GROUPS = {
    "deterrence": ("deterrence",),
    "emboldenment": ("emboldenment",),
    "exchange": ("exchange", "technology", "payment"),
    "political_cover": ("political_cover",),
    "memory": ("memory",),
}
"""What is switched by default, and the switches that go with each; others stand for themselves."""

MOST = 6
RESAMPLES = 2000
_SEED = 20240619
"""Of the bootstrap, so that the same worlds give the same interval."""

Told = Callable[[int], None]


@dataclass(frozen=True)
class Split:
    """The difference between two scenarios in one measure, mean over worlds.

    Attributes:
        measure: what differs.
        whole: the first scenario less the second, everything at work.
        shares: what each mechanism adds to that.
        other: what is left with all of them switched off.
    """

    measure: Measure
    whole: Interval
    shares: dict[str, Interval]
    other: Interval

    @property
    def differs(self) -> bool:
        """Whether any pair of worlds differs, with whatever at work."""
        every = (self.whole, self.other, *self.shares.values())
        return any(figure != 0 for interval in every for figure in interval)


@dataclass(frozen=True)
class Plan:
    """What has to be lived.

    Attributes:
        sides: the two scenario files.
        settings: what is laid on top of both, such as the number of worlds.
        mechanisms: the names of the mechanisms that are switched.
    """

    sides: tuple[Path, Path]
    settings: tuple[str, ...]
    mechanisms: tuple[str, ...]

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return 2 * 2 ** len(self.mechanisms)

    def loaded(self, side: Path, at_work: Sequence[bool]) -> Loaded:
        """Return one side with some mechanisms at work and the others switched off."""
        off = [
            f"mechanisms.{switch}=false"
            for name, on in zip(self.mechanisms, at_work, strict=True)
            for switch in GROUPS.get(name, (name,))
            if not on
        ]
        return load(side, [*self.settings, *off])

    def whole(self) -> Scenario:
        """Return the first side as it is, having seen to it that all can be lived.

        Raises:
            RequestError: the two cannot be paired, or are too much to live.
            ScenarioError: a file cannot be used.
        """
        one, other = (load(side, self.settings).scenario for side in self.sides)
        for what in ("seed", "worlds", "months", "start"):
            if getattr(one, what) != getattr(other, what):
                raise RequestError(
                    f"{self.sides[0]} and {self.sides[1]}: {what} is {getattr(one, what)} in the "
                    f"one and {getattr(other, what)} in the other\n"
                    f"    worlds are compared in pairs; both need the same {what}"
                )
        check_size(one.worlds * self.runs, one.months)
        return one


def chosen_mechanisms(given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the mechanisms to switch.

    Raises:
        RequestError: one is not known, or there are too many.
    """
    names = tuple(dict.fromkeys(given or GROUPS))
    known = [*Mechanisms.model_fields]
    for name in names:
        if name not in known:
            near = nearest_name(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
            raise RequestError(
                f"--mechanism {name}: is not a mechanism\n    allowed: {', '.join(known)}{hint}"
            )
    if len(names) > MOST:
        raise RequestError(
            f"--mechanism: {len(names)} mechanisms take {2 * 2 ** len(names):,} runs\n"
            f"    allowed: up to {MOST}, which take {2 * 2**MOST}"
        )
    return names


def chosen_measures(scenario: Scenario, given: Sequence[str] | None) -> list[Measure]:
    """Return the measures to split: those asked for, or the headlines taken over all worlds.

    Raises:
        RequestError: one is not known, or is taken over some worlds only.
    """
    known = {measure.name: measure for measure in measures(scenario)}
    if not given:
        return [each for each in known.values() if each.headline and not each.given]
    found = [known_measure(name, known) for name in given]
    for measure in found:
        if measure.given:
            raise RequestError(
                f"--measure {measure.name}: is taken over worlds with {measure.given} only, which "
                f"are not the same in every run\n    name {measure.given}, or another measure"
            )
    return found


def attribute(
    plan: Plan,
    shown: Sequence[Measure],
    out: Path,
    wish: Wish = AS_EVER,
    told: Told = lambda _: None,
) -> Iterator[Split]:
    """Yield the split of every measure; runs that were lived before are read again.

    Args:
        plan: what has to be lived.
        shown: the measures.
        out: where results are kept.
        wish: how worlds are lived.
        told: is told how many worlds have been lived so far.
    """
    folders = list(_lived(plan, out, wish, told))
    for measure in shown:
        values = np.array([read_column(each.table("worlds"), measure.name) for each in folders])
        paired = values.astype(float).reshape(-1, 2, values.shape[1])
        yield split(measure, plan.mechanisms, paired[:, 0] - paired[:, 1])


def split(measure: Measure, mechanisms: Sequence[str], differences: NDArray[Any]) -> Split:
    """Return the split of one measure from the differences, (subset, world)."""
    shares = shapley(differences)
    rows = np.stack([differences[-1], *shares, differences[0]])
    whole, *parts, other = _intervals(rows)
    return Split(measure, whole, dict(zip(mechanisms, parts, strict=True)), other)


def _lived(plan: Plan, out: Path, wish: Wish, told: Told) -> Iterator[Results]:
    """Yield the results of all runs, subset by subset, the first side before the second."""
    done = 0
    for at_work in subsets(len(plan.mechanisms)).tolist():
        for side in plan.sides:
            loaded = plan.loaded(side, at_work)
            answered = run(loaded, out, replace(wish, told=_on_top_of(done, told)))
            done += loaded.scenario.worlds
            told(done)
            yield answered.results


def _on_top_of(done: int, told: Told) -> Told:
    return lambda lived: told(done + lived)


def _intervals(rows: NDArray[Any]) -> list[Interval]:
    """Return the mean of each row with its interval: a bootstrap of whole worlds (Efron 1979)."""
    dice = np.random.default_rng(_SEED)
    worlds = rows.shape[1]
    drawn = np.empty((RESAMPLES, len(rows)))
    for again in range(RESAMPLES):
        drawn[again] = rows[:, dice.integers(worlds, size=worlds)].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return [Interval(*map(float, each)) for each in zip(rows.mean(axis=1), low, high, strict=True)]
