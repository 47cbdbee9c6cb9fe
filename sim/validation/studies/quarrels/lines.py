"""The numbers of a scenario's rivalries, as lines of TOML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.scenario.load import load_scenario
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.rivalries import RivalrySpec
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval
from sim.validation.studies.patterns.subjects import read_subjects
from sim.validation.studies.quarrels.estimates import (
    FittedRecord,
    QuarrelEstimate,
    estimate_pairs,
    fit_record,
)
from sim.validation.studies.quarrels.record import RUNGS, DisputeRecord, read_disputes
from sim.validation.studies.quarrels.shrinkage import FittedPrior

_SOURCES = '["gml-mid", "own-derivation"]'
_REACHED = ("Ended at a threat:", "Reached a display, no more:", "Reached force:")


def render_rivalries(scenarios: Path) -> Iterator[str]:
    """Yield the lines of all rivalries of the baseline scenario.

    Raises:
        ScenarioError: a scenario or the record is invalid.
        KeyError: the record has no dispute of a rivalry.
    """
    scenario = load_scenario(scenarios / f"{read_subjects(scenarios).baseline}.toml").scenario
    fitted = fit_record(read_disputes(scenarios, list(scenario.actors)))
    yield from _render_fits(fitted)
    estimates = _estimate_rivalries(fitted, scenario)
    for (code, spec), estimate in zip(scenario.rivalries.items(), estimates, strict=True):
        yield ""
        yield from _render_rivalry(code, spec, estimate, fitted.record)


def _estimate_rivalries(fitted: FittedRecord, scenario: Scenario) -> list[QuarrelEstimate]:
    """Estimate each rivalry of a scenario, in its order, under the scenario's chance to climb."""
    rules = scenario.rules.escalate
    pairs = [spec.between for spec in scenario.rivalries.values()]
    return estimate_pairs(fitted, pairs, rules.climb.value, rules.dies.value)


def _render_fits(fitted: FittedRecord) -> Iterator[str]:
    named = (
        ("disputes a year", fitted.totals),
        ("who begins", fitted.who),
        ("resisted or not", fitted.resisted),
        ("highest rung", fitted.highest),
    )
    for name, prior in named:
        yield f"# {name}: {_describe_prior(prior)}"


def _describe_prior(prior: FittedPrior) -> str:
    numbers = ", ".join(f"{number:.2f}" for number in prior.parameters)
    weight = prior.weight
    return f"weight {weight.value:.2f} ({weight.low:.2f} to {weight.high:.2f}), prior {numbers}"


def _render_rivalry(
    code: str, spec: RivalrySpec, estimate: QuarrelEstimate, record: DisputeRecord
) -> Iterator[str]:
    yield f"[rivalries.{code}]"
    row = record.find_pair(spec.between)
    replies = zip(record.reciprocated[row], record.begun[row].sum(axis=1), strict=True)
    counted = [f"{own:g} of {all_of:g}" if all_of else "none" for own, all_of in replies]
    note = _note_by_period("Resisted", counted, record, row)
    shares = estimate.resisted, spec.reciprocation, "share of challenges", note
    yield _render_number("reciprocation", *shares)
    yield from _render_opening(spec, estimate, record)
    yield ""
    yield f"[rivalries.{code}.onset]"
    yield from _render_onset(spec, estimate, record)


def _render_onset(
    spec: RivalrySpec, estimate: QuarrelEstimate, record: DisputeRecord
) -> Iterator[str]:
    row = record.find_pair(spec.between)
    for actor in spec.between:
        begun = record.begun[row, :, estimate.pair.index(actor)]
        note = _note_by_period("Begun", [f"{count:g}" for count in begun], record, row)
        chance, before = estimate.yearly_chance(actor), spec.onset[actor]
        yield _render_number(actor, chance, before, "probability per year", note, places=3)


def _render_opening(
    spec: RivalrySpec, estimate: QuarrelEstimate, record: DisputeRecord
) -> Iterator[str]:
    counts = record.highest[record.find_pair(spec.between), 1]
    values = _rounded_to_one([estimate.opening[rung].value for rung in RUNGS])
    for rung, name, count, value in zip(RUNGS, _REACHED, counts, values, strict=True):
        _, low, high = estimate.opening[rung]
        shown = Interval(value, min(low, value), max(high, value))
        note = f"{name} {count:g} of {counts.sum():g} in {_years(record, 1)}."
        note = note if counts.any() else f"None counted in {_years(record, 1)}: as in all pairs."
        template = getattr(spec.opening, rung) if spec.opening else None
        yield _render_number(f"opening.{rung}", shown, template, "share of challenges", note)


def _note_by_period(label: str, counted: Sequence[str], record: DisputeRecord, row: int) -> str:
    """Return what was counted in each period in which both actors existed, the later one first."""
    parts = [
        f"{counted[period]} in {_years(record, period)}"
        for period in (1, 0)
        if record.years[row, period]
    ]
    return f"{label}: {', '.join(parts)}."


def _years(record: DisputeRecord, period: int) -> str:
    first, last = record.periods[period]
    return f"{first}-{last}"


def _rounded_to_one(shares: Sequence[float]) -> list[float]:
    """Return shares rounded to two places, the largest so that they add up to 1."""
    rounded = [round(share, 2) for share in shares]
    largest = max(range(len(rounded)), key=rounded.__getitem__)
    rounded[largest] = round(rounded[largest] + 1 - sum(rounded), 2)
    return rounded


def _render_number(
    key: str,
    interval: Interval,
    before: Quantity | None,
    unit: str,
    note: str,
    places: int = 2,
) -> str:
    """Return a number with its provenance; it grounds the claims that it grounded before."""
    value, low, high = (f"{number:.{places}f}" for number in interval)
    claims = ", ".join(f'"{claim}"' for claim in before.article) if before else ""
    article = f"article = [{claims}], " if claims else ""
    return (
        f'{key} = {{ value = {value}, low = {low}, high = {high}, unit = "{unit}", '
        f'source = {_SOURCES}, grade = "estimated", {article}note = "{note}" }}'
    )
