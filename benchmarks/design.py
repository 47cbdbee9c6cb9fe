"""A Sobol design as an analyst would ask for it, and what it takes beside living worlds."""

from __future__ import annotations

from tempfile import TemporaryFile
from time import perf_counter

import numpy as np

from benchmarks.scenarios import load_pact
from benchmarks.table import BenchmarkTable, verdict
from sim.analysis.data.drawn_parameters import uncertain_parameters
from sim.analysis.sensitivity.ensemble import simulate_points
from sim.analysis.sensitivity.indices import estimate_indices
from sim.analysis.sensitivity.indices import sample_unit_points as designed
from sim.analysis.sensitivity.methods import Method
from sim.model.measures.registry import list_measures

FACTOR_COUNT, BASE_SAMPLES, WORLDS_PER_POINT = 20, 512, 16


def design(*, quick: bool) -> BenchmarkTable:
    """Return what a design of 20 factors takes on two processors."""
    scenario, samples = load_pact(), 16 if quick else BASE_SAMPLES
    factors = list(uncertain_parameters(scenario))[:FACTOR_COUNT]
    measure = next(each for each in list_measures(scenario) if each.name.startswith("munitions_"))
    clock = [perf_counter()]
    points = designed(Method.SOBOL, factors, samples, scenario.seed)
    clock.append(perf_counter())
    where = dict(zip(factors, points.T, strict=True))
    values = simulate_points(scenario, measure, where, WORLDS_PER_POINT, lambda _: None, 2)
    clock.append(perf_counter())
    with TemporaryFile() as file:
        np.save(file, values)
    estimate_indices(Method.SOBOL, factors, points, values.mean(axis=1), scenario.seed)
    clock.append(perf_counter())
    sampling, living, rest = np.diff(clock)
    table = BenchmarkTable(
        "A Sobol design",
        ("What", "By the clock", "Target"),
        f"{FACTOR_COUNT} factors, {samples} base samples, {len(points):,} points of {WORLDS_PER_POINT} worlds: "
        f"{len(points) * WORLDS_PER_POINT:,} worlds of {scenario.months} months, two workers.",
    )
    whole = clock[-1] - clock[0]
    target = "" if quick else f"180 s: {verdict(whole, 180)}"
    share = (sampling + rest) / whole
    table.add_row("all", f"{whole:.1f} s", target)
    table.add_row("living", f"{living:.1f} s", "")
    table.add_row("sampling", f"{sampling:.2f} s", "")
    table.add_row("keeping and indices", f"{rest:.2f} s", "")
    table.add_row("overheads", f"{share:.1%}", "" if quick else f"15 %: {verdict(share, 0.15)}")
    return table
