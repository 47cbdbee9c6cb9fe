"""A Sobol design of the usual size, and its overhead beside the simulation of worlds."""

from __future__ import annotations

from tempfile import TemporaryFile
from time import perf_counter

import numpy as np

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from sim.analysis.data.drawn_parameters import uncertain_parameters
from sim.analysis.sensitivity.ensemble import simulate_points
from sim.analysis.sensitivity.indices import estimate_indices, sample_unit_points
from sim.analysis.sensitivity.methods import Method
from sim.model.measures.registry import list_measures

FACTOR_COUNT, BASE_SAMPLES, WORLDS_PER_POINT = 20, 512, 16


def design(*, quick: bool) -> BenchmarkTable:
    """Return the time of a design of 20 factors on two processors."""
    scenario, samples = load_pact(), 16 if quick else BASE_SAMPLES
    factors = list(uncertain_parameters(scenario))[:FACTOR_COUNT]
    measures = list_measures(scenario)
    measure = next(measure for measure in measures if measure.name.startswith("munitions_"))
    clock = [perf_counter()]
    points = sample_unit_points(Method.SOBOL, factors, samples, scenario.seed)
    clock.append(perf_counter())
    positions = dict(zip(factors, points.T, strict=True))
    simulated = simulate_points(
        scenario, measure, positions, WORLDS_PER_POINT, lambda _: None, workers=2
    )
    values = simulated.values
    clock.append(perf_counter())
    with TemporaryFile() as file:
        np.save(file, values)
    estimate_indices(Method.SOBOL, factors, points, values.mean(axis=1), scenario.seed)
    clock.append(perf_counter())
    sampling, simulation, rest = np.diff(clock)
    table = BenchmarkTable(
        "A Sobol design",
        ("What", "Wall clock", "Target"),
        f"{FACTOR_COUNT} factors, {samples} base samples, {len(points):,} points of "
        f"{WORLDS_PER_POINT} worlds: "
        f"{len(points) * WORLDS_PER_POINT:,} worlds of {scenario.months} months, two workers.",
    )
    total = clock[-1] - clock[0]
    target = "" if quick else f"180 s: {verdict(total, 180)}"
    share = (sampling + rest) / total
    table.add_row("all", f"{total:.1f} s", target)
    table.add_row("simulation", f"{simulation:.1f} s", "")
    table.add_row("sampling", f"{sampling:.2f} s", "")
    table.add_row("storage and indices", f"{rest:.2f} s", "")
    table.add_row("overhead", f"{share:.1%}", "" if quick else f"15%: {verdict(share, 0.15)}")
    return table
