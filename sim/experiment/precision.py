"""The precision requested for a measure, such as `war_korea +-0.5pp`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

from sim.errors import RequestError
from sim.experiment.engine import MODEL_ENGINE, Engine
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.load import LoadedScenario
from sim.statistics.intervals import Interval
from sim.statistics.ratio import MIN_CASES, worlds_for_cases, worlds_for_half_width

_PRECISION_PATTERN = re.compile(
    r"\s*(?P<measure>\S+)\s*(?:\+-|\+/-|±)\s*(?P<amount>[0-9.eE+-]+)\s*(?P<unit>pp|%)?\s*"
)


@dataclass(frozen=True)
class Precision:
    """The precision requested for a measure.

    Attributes:
        measure: the measure.
        half_width: the largest distance allowed from the value to either end of its interval.
        is_relative: whether `half_width` is a share of the value.
        text: the precision in its written form.
    """

    measure: Measure
    half_width: float
    is_relative: bool
    text: str

    def is_met(self, metric: Metric) -> bool:
        """Whether the interval of a metric is narrow enough."""
        if metric.value is None or metric.low is None or metric.high is None:
            return False
        reach = max(metric.value - metric.low, metric.high - metric.value)
        return reach <= self._allowed(metric.value)

    def worlds_needed(self, metric: Metric, worlds: int) -> int | None:
        """Return about how many worlds would make it precise enough, from so many; None if unknown.

        Where the measure is defined in too few worlds to have an interval, these come first.
        """
        if metric.value is None or metric.low is None or metric.high is None:
            return worlds_for_cases(metric.worlds, worlds, MIN_CASES)
        allowed = self._allowed(metric.value)
        if not allowed:
            return None
        interval = Interval(metric.value, metric.low, metric.high)
        return worlds_for_half_width(interval, worlds, allowed)

    def _allowed(self, value: float) -> float:
        return self.half_width * (abs(value) if self.is_relative else 1)


def parse_precisions(
    texts: Iterable[str], loaded: LoadedScenario, engine: Engine = MODEL_ENGINE
) -> list[Precision]:
    """Parse precisions such as `war_korea +-0.5pp` or `disputes +-10%`.

    Raises:
        RequestError: a text is not of that form, or names no measure of the scenario.
    """
    known = {measure.name: measure for measure in engine.list_measures(loaded.scenario)}
    return [_parse_precision(text, known) for text in texts]


def count_worlds_needed(pairs: Iterable[tuple[Precision, Metric]], worlds: int) -> int | None:
    """Return about how many worlds would meet all precisions, from the metrics of so many worlds.

    None where all are met, or where no number can be said.
    """
    needed = [
        precision.worlds_needed(metric, worlds)
        for precision, metric in pairs
        if not precision.is_met(metric)
    ]
    known = [number for number in needed if number is not None]
    return max(known) if known and len(known) == len(needed) else None


def _parse_precision(text: str, known: dict[str, Measure]) -> Precision:
    match = _PRECISION_PATTERN.fullmatch(text)
    if not match:
        raise RequestError(
            f'--until "{text}": is not of the form "measure +-amount"\n'
            '    for example: --until "war_any +-0.5pp", or --until "disputes +-10%"'
        )
    measure = known.get(match["measure"])
    if measure is None:
        nearest = find_nearest_name(match["measure"], known)
        hint = f"\n    did you mean {nearest!r}?" if nearest else ""
        reason = f"{match['measure']!r} is not a measure of this scenario"
        raise RequestError(f'--until "{text}": {reason}{hint}')
    half_width = _parse_half_width(text, match["amount"])
    _check_unit(text, measure, match["unit"])
    scale = 1 if match["unit"] is None else 100
    plain = f"{measure.name} +-{match['amount']}{match['unit'] or ''}"
    return Precision(measure, half_width / scale, match["unit"] == "%", plain)


def _parse_half_width(text: str, amount: str) -> float:
    try:
        half_width = float(amount)
    except ValueError:
        half_width = float("nan")
    if isnan(half_width) or half_width <= 0:
        raise RequestError(f'--until "{text}": {amount} is not a number above zero')
    return half_width


def _check_unit(text: str, measure: Measure, unit: str | None) -> None:
    if measure.kind is MeasureKind.HAPPENED and unit is None:
        raise RequestError(
            f'--until "{text}": {measure.name} is a share of worlds\n'
            "    allowed: percentage points, such as +-0.5pp, or a share of it, such as +-10%"
        )
    if measure.kind is MeasureKind.AMOUNT and unit == "pp":
        raise RequestError(
            f'--until "{text}": {measure.name} is counted in {measure.unit}\n'
            "    allowed: an amount of these, such as +-0.2, or a share of it, such as +-10%"
        )
