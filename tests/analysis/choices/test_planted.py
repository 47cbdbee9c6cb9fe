"""A planted promise: what direct counts find in many pairs, expected rates find in a thousand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.analysis.choices.choice import MONTHS_A_YEAR, Choice, ChoiceKind
from sim.analysis.choices.compare import compare_choices
from sim.analysis.choices.measure import measure_choices
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Vector
from tests.analysis.choices.direct_counts import count_in_blocks
from tests.analysis.choices.planted import kept_promise
from tests.worlds import START, quarrel, real, rivalry

PAIRS = 1000
CLEAR = 4.0
"""Standard errors beyond which a difference is no chance, among some dozens."""
Differences = dict[Choice, tuple[float, float]]
"""The mean difference of each choice within pairs, and its standard error."""


def differences(
    kept: dict[Choice, Vector], broken: dict[Choice, Vector], least: float = 0.0
) -> Differences:
    """Return kept minus broken; `least` is the smallest standard deviation that is believed."""
    found = {}
    for choice, with_ in kept.items():
        values = with_ - broken[choice]
        spread = max(values.std(), least)
        found[choice] = float(values.mean()), float(spread / np.sqrt(len(values)))
    return found


def planted(
    scenario: Scenario, treaty: str, counted: int, kept: float = 0.99, pairs: int = PAIRS
) -> tuple[Differences, Differences]:
    """Return the differences in `counted` pairs of direct counts, and in `pairs` of expected rates.

    They are those between a promise that is kept with some chance where due and one that never is.
    """
    counts, rates = [], []
    for chance in (kept, 0.0):
        with kept_promise(treaty, chance):
            counts.append(count_in_blocks(scenario, counted))
            rates.append(measure_choices(scenario, pairs, workers=1).values)
    expected = {choice: kept for choice, kept in rates[0].items() if choice.kind.is_rate}
    one_draw = MONTHS_A_YEAR / scenario.months / np.sqrt(counted)
    direct = differences(counts[0], counts[1], least=one_draw)
    return direct, differences(expected, rates[1])


def disagreeing(direct: Differences, expected: Differences) -> Iterator[str]:
    """Yield the choices of which the two do not agree in size, or not in sign."""
    for choice, (size, error) in direct.items():
        other, spread = expected[choice]
        if abs(size - other) > CLEAR * np.hypot(error, spread):
            yield f"{choice}: {size:.4f} in direct counts, {other:.4f} expected"
        if abs(size) > CLEAR * error and np.sign(size) != np.sign(other):
            yield f"{choice}: the sign differs"


def test_a_thousand_pairs_find_what_six_thousand_direct_counts_find() -> None:
    direct, expected = planted(quarrel(treaties__pact__signed=START), "pact", 6000)
    assert len(direct) == 8
    assert list(disagreeing(direct, expected)) == []
    size, error = expected[Choice(ChoiceKind.CHALLENGE, "feud", "rival", "member")]
    assert size < -CLEAR * error, "the promise deters the rival"
    found = [choice for choice, (size, error) in direct.items() if abs(size) > CLEAR * error]
    assert found, "direct counts find something too"
    assert all(abs(expected[choice][0]) > 2 * expected[choice][1] for choice in found)


def test_where_disputes_are_rare_expected_rates_need_a_fifth_of_the_pairs() -> None:
    rare = rivalry("rival", "member", onset=(0.1, 0.1))
    scenario = quarrel(treaties__pact__signed=START, rivalries__feud=rare)
    direct, expected = planted(scenario, "pact", PAIRS, kept=0.5)
    for pair in (("rival", "member"), ("member", "rival")):
        challenge = Choice(ChoiceKind.CHALLENGE, "feud", *pair)
        assert expected[challenge][1] ** 2 < direct[challenge][1] ** 2 / 5


@pytest.mark.slow
def test_an_effect_of_one_per_cent_shows_in_a_thousand_pairs_of_the_pact() -> None:
    """But for the rivals at war, which are seldom free to challenge each other."""
    pairs = 300  # whose intervals are wider by the root of the ratio
    wide = 2 * 0.01 * np.sqrt(PAIRS / pairs)
    for effect in compare_choices(real("pact"), real("no_pact"), pairs):
        if effect.kind is ChoiceKind.CHALLENGE and effect.choice.rivalry != "ukraine":
            assert effect.relative.high - effect.relative.low < wide


@pytest.mark.slow
def test_few_pairs_find_for_every_side_of_the_pact_what_twice_as_many_counts_find() -> None:
    """With 40,000 pairs counted, once, none disagreed with a thousand either."""
    direct, expected = planted(real("pact"), "pact_2024", 800, pairs=400)
    assert len(direct) == 4 * 24
    assert list(disagreeing(direct, expected)) == []
