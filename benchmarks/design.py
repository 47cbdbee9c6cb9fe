"""A Sobol design as an analyst would ask for it, and what it takes beside living worlds."""

from __future__ import annotations

from tempfile import TemporaryFile
from time import perf_counter

import numpy as np

from benchmarks.scenarios import pact
from benchmarks.table import Table, verdict
from sim.analysis.data.drawn_parameters import uncertain
from sim.analysis.sensitivity.ensemble import at_points
from sim.analysis.sensitivity.indices import design as designed
from sim.analysis.sensitivity.indices import indices
from sim.analysis.sensitivity.methods import Method
from sim.model.measures.registry import measures

FACTORS, SAMPLES, WORLDS = 20, 512, 16


def design(*, quick: bool) -> Table:
    """Return what a design of 20 factors takes on two processors."""
    scenario, samples = pact(), 16 if quick else SAMPLES
    factors = list(uncertain(scenario))[:FACTORS]
    measure = next(each for each in measures(scenario) if each.name.startswith("munitions_"))
    clock = [perf_counter()]
    points = designed(Method.SOBOL, factors, samples, scenario.seed)
    clock.append(perf_counter())
    where = dict(zip(factors, points.T, strict=True))
    values = at_points(scenario, measure, where, WORLDS, lambda _: None, 2)
    clock.append(perf_counter())
    with TemporaryFile() as file:
        np.save(file, values)
    indices(Method.SOBOL, factors, points, values.mean(axis=1), scenario.seed)
    clock.append(perf_counter())
    sampling, living, rest = np.diff(clock)
    table = Table(
        "A Sobol design",
        ("What", "By the clock", "Target"),
        f"{FACTORS} factors, {samples} base samples, {len(points):,} points of {WORLDS} worlds: "
        f"{len(points) * WORLDS:,} worlds of {scenario.months} months, two workers.",
    )
    whole = clock[-1] - clock[0]
    target = "" if quick else f"180 s: {verdict(whole, 180)}"
    share = (sampling + rest) / whole
    table.add("all", f"{whole:.1f} s", target)
    table.add("living", f"{living:.1f} s", "")
    table.add("sampling", f"{sampling:.2f} s", "")
    table.add("keeping and indices", f"{rest:.2f} s", "")
    table.add("overheads", f"{share:.1%}", "" if quick else f"15 %: {verdict(share, 0.15)}")
    return table
