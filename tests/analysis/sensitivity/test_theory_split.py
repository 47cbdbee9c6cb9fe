"""The spread is split into theory, assumptions and chance, and theories share all their draws."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.sensitivity import theory_split
from sim.analysis.sensitivity.theory_split import (
    PARTS,
    TheorySplit,
    apply_theory,
    compare_theories,
    count_theory_worlds,
    split_by_theory,
    theory_names,
)
from sim.errors import RequestError
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.load import load_scenario
from sim.statistics.ratio import PartlyDefined
from tests.worlds import SCENARIOS

LEVEL = Measure("level", "any", "A level", MeasureKind.AMOUNT)
PACT = load_scenario(SCENARIOS / "pact.toml", ["months=3"]).scenario


def planted(theory: float, assumptions: float, draws: int = 2000, streams: int = 4) -> TheorySplit:
    """Split a spread that two theories, assumptions and chance make up in known shares."""
    generator = np.random.default_rng(3)
    chance = 1 - theory - assumptions
    shared = np.sqrt(assumptions) * generator.normal(size=(draws, 1))
    noise = np.sqrt(chance) * generator.normal(size=(draws, streams))
    columns = {
        name: PartlyDefined(values, np.ones(values.shape, dtype=bool))
        for name, values in (
            ("one", shared + noise - np.sqrt(theory)),
            ("other", shared + noise + np.sqrt(theory)),
        )
    }
    return split_by_theory(LEVEL, columns)


@pytest.mark.parametrize(("theory", "assumptions"), [(0.3, 0.2), (0.05, 0.6), (0.8, 0.1)])
def test_planted_shares_are_found(theory: float, assumptions: float) -> None:
    shares = planted(theory, assumptions).shares
    expected = dict(zip(PARTS, (theory, assumptions, 1 - theory - assumptions), strict=True))
    for name, share in expected.items():
        assert shares[name].value == pytest.approx(share, abs=0.03)
        assert shares[name].low - 0.02 < share < shares[name].high + 0.02
    assert sum(part.value for part in shares.values()) == pytest.approx(1)


def test_theories_that_agree_account_for_nothing() -> None:
    split = planted(0.0, 0.5)
    assert split.shares["theory"] == (0, 0, 0)
    assert split.means["one"] == split.means["other"]


def test_noise_between_theories_is_taken_off() -> None:
    generator = np.random.default_rng(5)
    columns = {
        str(name): PartlyDefined(generator.normal(size=(50, 4)), np.ones((50, 4), dtype=bool))
        for name in range(6)
    }
    raw = np.var([column.values.mean() for column in columns.values()])
    split = split_by_theory(LEVEL, columns)
    assert split.shares["theory"].value < raw / 2
    assert split.shares["theory"].low == 0


def test_a_measure_may_be_defined_in_some_worlds_only() -> None:
    generator = np.random.default_rng(6)
    defined = generator.random((500, 4)) < 0.5
    columns = {
        name: PartlyDefined(np.where(defined, generator.normal(size=(500, 4)) + mean, 99), defined)
        for name, mean in (("one", 0.0), ("other", 2.0))
    }
    split = split_by_theory(LEVEL, columns)
    assert split.shares["theory"].value == pytest.approx(0.5, abs=0.05)
    assert split.defined_worlds == 2 * int(defined.sum())


def test_what_hardly_ever_differs_is_not_split() -> None:
    values = np.zeros((20, 4))
    values[:3, 0] = 1
    columns = {"one": PartlyDefined(values, np.ones(values.shape, dtype=bool))}
    split = split_by_theory(LEVEL, columns)
    assert not split.is_known
    assert (split.differing_worlds, split.worlds) == (3, 80)
    assert split.worlds_needed > 500


def test_a_theory_comes_with_the_numbers_that_it_declares() -> None:
    under = apply_theory(PACT, "audience_costs").theories.honour
    assert under is not None
    assert under.numbers["violation"].value == 1.4
    assert apply_theory(PACT, "record").theories.honour is None
    assert theory_names()[0] == "record"
    assert count_theory_worlds() == 6000


def test_worlds_of_different_theories_are_paired(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("record", "pure_interest")
    monkeypatch.setattr(theory_split, "theory_names", lambda: names)
    simulated: list[int] = []
    split, vetoes = compare_theories(
        PACT,
        ["provocations_dprk", "vetoes_security_council"],
        simulated.append,
        workers=1,
        draws=10,
        streams=2,
    )
    assert (split.worlds, simulated[-1]) == (40, 40)
    assert split.means["record"] == split.means["pure_interest"]
    assert split.shares["theory"].value == 0
    assert vetoes.measure.name == "vetoes_security_council"


def test_a_measure_must_be_named_and_exist() -> None:
    with pytest.raises(RequestError, match="no measure is named"):
        compare_theories(PACT, [])
    with pytest.raises(RequestError, match="war_kora"):
        compare_theories(PACT, ["war_kora"])
