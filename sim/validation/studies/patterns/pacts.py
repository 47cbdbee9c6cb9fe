"""P8 to P11: what pacts do to those who hold them, and to those who face them.

P8 looks at one set of worlds as an observer would, who cannot remove a pact. The others compare
worlds with the same luck in which pacts stand or do not, bind whoever began, or are worth more.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.scenario.schema.scenario import Scenario
from sim.statistics.regression import logit
from sim.validation.studies.patterns.alliances import (
    allies,
    directed,
    neighbours,
    with_outside_pact,
)
from sim.validation.studies.patterns.episodes import between, disputes
from sim.validation.studies.patterns.estimation import DRAWS, Estimate, columns
from sim.validation.studies.patterns.population.scenario_writer import RIVALS
from sim.validation.studies.patterns.simulated import Lived, Numbers

CAUSES = (
    "constant",
    "target's pact",
    "challenger's pact",
    "allied",
    "rivals",
    "border",
    "power",
)
"""Columns of `causes`, in order; the second is the one that P8 is about."""
PACT = CAUSES.index("target's pact")

Observed = Callable[[Numbers, Numbers, Numbers], float]
"""From years with a challenge, what is known, and years of every directed pair, to a figure."""
_SEED = 2003


# -- as an observer sees it (P8) --------------------------------------------------------------


def causes(scenario: Scenario) -> Numbers:
    """Return what is known of every directed pair, (pair, cause), in the order of `directed`."""
    known, near = allies(scenario), neighbours(scenario)
    size = {code: actor.capability.value for code, actor in scenario.actors.items()}
    hot = {
        rivalry.between for code, rivalry in scenario.rivalries.items() if code.startswith(RIVALS)
    }
    rows = [
        (
            1,
            bool(known[target] - {challenger}),
            bool(known[challenger] - {target}),
            target in known[challenger],
            (challenger, target) in hot or (target, challenger) in hot,
            target in near[challenger],
            size[challenger] / (size[challenger] + size[target]),
        )
        for challenger, target in directed(scenario)
    ]
    return np.array(rows, dtype=np.float64)


def begun_years(lived: Lived) -> Numbers:
    """Return the years in which each directed pair's first challenged the second, (world, pair)."""
    found = disputes(lived)[["world", "challenger", "target", "year"]].drop_duplicates()
    places = {pair: place for place, pair in enumerate(directed(lived.scenario))}
    pairs = zip(found["challenger"].astype(str), found["target"].astype(str), strict=True)
    at = np.array([places[pair] for pair in pairs], dtype=np.int64)
    counts = np.zeros((lived.count, len(places)))
    np.add.at(counts, (found["world"].to_numpy(), at), 1)
    return counts


def over_pairs(figure: Observed, begun: Numbers, known: Numbers, years: Numbers) -> Estimate:
    """Return what an observer finds, drawing pairs anew, both directions of one together.

    It hangs on who happens to be allied far more than on luck, so worlds drawn anew would make it
    look much surer than it is. All arguments have one entry a directed pair, in the order of
    `directed`, where the two directions of a pair follow one another.
    """
    chance, pairs = np.random.default_rng(_SEED), len(begun) // 2
    drawn = chance.multinomial(pairs, np.full(pairs, 1 / pairs), size=DRAWS)
    figures = [figure(begun * each, known, years * each) for each in np.repeat(drawn, 2, axis=1)]
    return Estimate(figure(begun, known, years), np.array(figures))


def raw_ratio(sums: Numbers, known: Numbers, years: Numbers) -> float:
    """Return how often targets with a pact are challenged, as a multiple of those without."""
    held = known[:, PACT] > 0
    with_, without = (sums[each].sum() / years[each].sum() for each in (held, ~held))
    return float(with_ / without) if without else float("nan")


def rivalry_held(sums: Numbers, known: Numbers, years: Numbers) -> float:
    """Return the log-odds that a target's pact adds to a challenge, all other causes held."""
    return float(logit(known, sums, years)[PACT])


# -- the same worlds, with and without (P9, P10, P11) -----------------------------------------


def challenges(lived: Lived, pairs: set[tuple[str, str]]) -> Numbers:
    """Return challenges within some directed pairs, (world,)."""
    return lived.counted(between(disputes(lived), pairs))


def compared(one: Lived, other: Lived, *, holds: int) -> Numbers:
    """Return challenges in one and in the other, (world, 2), by or of holders of the first's pacts.

    `holds` is 0 for challenges by a holder, 1 for challenges of one, both without those between
    allies.
    """
    pairs = with_outside_pact(one.scenario, holds=holds)
    return columns(challenges(one, pairs), challenges(other, pairs))


def change(sums: Numbers) -> float:
    """Return by what share the first exceeds the second."""
    return float(sums[0] / sums[1] - 1) if sums[1] else float("nan")


def resisted(one: Lived, other: Lived) -> Numbers:
    """Return challenges of holders resisted, and all, in one and in the other, (world, 4)."""
    pairs = with_outside_pact(one.scenario, holds=1)
    counts = []
    for lived in (one, other):
        found = between(disputes(lived), pairs)
        counts += [lived.counted(found[found["resisted"]]), lived.counted(found)]
    return columns(*counts)


def difference(sums: Numbers) -> float:
    """Return the first share less the second."""
    return _share(sums[:2]) - _share(sums[2:])


def wars_given_disputes(one: Lived, other: Lived) -> Numbers:
    """Return disputes of holders with outsiders that become wars, and all, in both, (world, 4)."""
    pairs = with_outside_pact(one.scenario, holds=1) | with_outside_pact(one.scenario, holds=0)
    counts = []
    for lived in (one, other):
        found = between(disputes(lived), pairs)
        counts += [lived.counted(found[found["war"]]), lived.counted(found)]
    return columns(*counts)


def times(sums: Numbers) -> float:
    """Return the first share as a multiple of the second."""
    return _share(sums[:2]) / _share(sums[2:]) if sums[2] else float("nan")


def _share(sums: Numbers) -> float:
    return float(sums[0] / sums[1]) if sums[1] else float("nan")
