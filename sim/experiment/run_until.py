"""Precision on demand: worlds are added until the intervals asked for are narrow enough.

Looks are taken after 1, 2, 4, 8 ... times the worlds of the scenario, whatever is seen, and the
intervals at each allow for all the looks there might have been (`sim.statistics.intervals`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import isnan
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import RequestError
from sim.experiment.execution.scheduler import Lot, Toll, labour
from sim.experiment.limits import check_size
from sim.experiment.run import Answer, Wish, answered, see_that_some_lived
from sim.experiment.storage.checkpoint import Keep
from sim.experiment.storage.fingerprint import question
from sim.experiment.storage.manifest import Making
from sim.experiment.storage.metrics import Metric, summed_up
from sim.experiment.storage.writer import record
from sim.model.measures.registry import Kind, Measure, measures
from sim.scenario.files.messages import nearest_name
from sim.scenario.load import Loaded
from sim.statistics.intervals import at_look

AT_MOST = 100_000
"""Worlds at which it ends unless told otherwise, narrow enough or not."""
_FORM = re.compile(
    r"\s*(?P<measure>\S+)\s*(?:\+-|\+/-|±)\s*(?P<amount>[0-9.eE+-]+)\s*(?P<unit>pp|%)?\s*"
)


@dataclass(frozen=True)
class Precision:
    """How precisely a measure is to be known.

    Attributes:
        measure: the measure.
        within: how far the interval may reach to either side of the value.
        relative: whether `within` is a part of the value itself.
        text: the same as it was written.
    """

    measure: Measure
    within: float
    relative: bool
    text: str

    def met(self, metric: Metric) -> bool:
        """Whether an interval is narrow enough."""
        if metric.value is None or metric.low is None or metric.high is None:
            return False
        reach = max(metric.value - metric.low, metric.high - metric.value)
        return reach <= self.within * (abs(metric.value) if self.relative else 1)


@dataclass
class Looks:
    """What was seen at each look, for the manifest."""

    precisions: Sequence[Precision]
    first: int
    at_most: int
    seen: list[dict[str, object]] = field(default_factory=list)
    reached: bool = False

    def take(self, keep: Keep, point: str, worlds: int) -> bool:
        """Look at worlds that were lived, and say whether all is known well enough."""
        asked = [precision.measure for precision in self.precisions]
        names = {name for measure in asked for name in (measure.name, measure.given) if name}
        columns = _columns(keep, point, sorted(names))
        metrics = summed_up(asked, columns.__getitem__, at_look(len(self.seen) + 1))
        pairs = zip(self.precisions, metrics, strict=True)
        self.reached = all(precision.met(metric) for precision, metric in pairs)
        self.seen.append({"worlds": worlds, "metrics": [asdict(metric) for metric in metrics]})
        return self.reached

    def told(self) -> dict[str, object]:
        """Return everything as data."""
        return {
            "wanted": [precision.text for precision in self.precisions],
            "first": self.first,
            "at_most": self.at_most,
            "reached": self.reached,
            "looks": self.seen,
        }


def precisions(texts: Iterable[str], loaded: Loaded) -> list[Precision]:
    """Read what is wanted, such as `war_korea +-0.5pp` or `disputes +-10%`.

    Raises:
        RequestError: it is not of that form, or names no measure of the scenario.
    """
    known = {measure.name: measure for measure in measures(loaded.scenario)}
    return [_precision(text, known) for text in texts]


def run_until(
    loaded: Loaded, wanted: Sequence[Precision], out: Path, wish: Wish, at_most: int = AT_MOST
) -> Answer:
    """Live worlds, the scenario's number to begin with, until all that is wanted is known.

    Raises:
        RequestError: more is asked than one run may do.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    first = loaded.scenario.worlds
    check_size(max(first, at_most), loaded.scenario.months)
    looks = Looks(wanted, first, at_most)
    asked = question(loaded, "until", *sorted(one.text for one in wanted), str(at_most))

    def make(keep: Keep, folder: Path, standing: bool) -> Toll:
        begun, toll = Making(wish.words), Toll()
        pace = wish.pace(loaded.scenario.months)
        for worlds in schedule(first, at_most):
            lot = Lot(asked.point, loaded.scenario.model_dump_json, worlds)
            toll = labour([lot], keep, wish.hands, wish.told, pace)
            see_that_some_lived(toll.failures, any_lived=bool(keep.done(asked.point)))
            if toll.failures or looks.take(keep, asked.point, worlds):
                break
        record(
            asked,
            replace(loaded, scenario=loaded.scenario.model_copy(update={"worlds": worlds})),
            folder,
            keep,
            replace(begun, failures=toll.failures),
            intervals=at_look(max(len(looks.seen), 1)),
            replace=standing,
            until=looks.told(),
        )
        return toll

    return answered(asked, out, wish, make)


def schedule(first: int, at_most: int) -> Iterator[int]:
    """Yield after how many worlds a look is taken: doubled each time, `at_most` at last."""
    worlds = first
    while worlds < at_most:
        yield worlds
        worlds *= 2
    yield max(first, at_most)


def said(until: dict[str, object]) -> str:
    """Return in a line how it ended, given what the manifest says."""
    looks = until["looks"]
    assert isinstance(looks, list)
    worlds, times = looks[-1]["worlds"] if looks else 0, len(looks)
    wanted = until["wanted"]
    assert isinstance(wanted, list)
    sure = "known to" if until["reached"] else "not yet known to"
    return (
        f"After {worlds:,} worlds {sure} {', '.join(wanted)}; "
        f"the intervals allow for {times} {'look' if times == 1 else 'looks'}."
    )


def _columns(keep: Keep, point: str, names: list[str]) -> dict[str, NDArray[np.generic]]:
    parts = [table.select(names) for piece in keep.done(point) for table in piece.tables("worlds")]
    return {name: np.concatenate([part[name].to_numpy() for part in parts]) for name in names}


def _precision(text: str, known: dict[str, Measure]) -> Precision:
    found = _FORM.fullmatch(text)
    if not found:
        raise RequestError(
            f'--until "{text}": is not of the form "measure +-amount"\n'
            '    for example: --until "war_any +-0.5pp", or --until "disputes +-10%"'
        )
    measure = known.get(found["measure"])
    if measure is None:
        nearest = nearest_name(found["measure"], known)
        hint = f"\n    did you mean {nearest!r}?" if nearest else ""
        what = f"{found['measure']!r} is not a measure of this scenario"
        raise RequestError(f'--until "{text}": {what}{hint}')
    within = _within(text, found["amount"])
    _check_unit(text, measure, found["unit"])
    scale = 1 if found["unit"] is None else 100
    plain = f"{measure.name} +-{found['amount']}{found['unit'] or ''}"
    return Precision(measure, within / scale, found["unit"] == "%", plain)


def _within(text: str, amount: str) -> float:
    try:
        within = float(amount)
    except ValueError:
        within = float("nan")
    if isnan(within) or within <= 0:
        raise RequestError(f'--until "{text}": {amount} is not a number above zero')
    return within


def _check_unit(text: str, measure: Measure, unit: str | None) -> None:
    if measure.kind is Kind.HAPPENED and unit is None:
        raise RequestError(
            f'--until "{text}": {measure.name} is a share of worlds\n'
            "    allowed: percentage points, such as +-0.5pp, or a part of it, such as +-10%"
        )
    if measure.kind is Kind.AMOUNT and unit == "pp":
        raise RequestError(
            f'--until "{text}": {measure.name} is counted in {measure.unit}\n'
            "    allowed: an amount of these, such as +-0.2, or a part of it, such as +-10%"
        )
