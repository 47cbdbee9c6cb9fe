"""The EMA Workbench experiments on the model, with its own functions."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import RequestError
from tests.api.conftest import WITHOUT
from tests.scenario.folder import Folder

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", ".* not installed", module="ema_workbench")
    from ema_workbench import Policy, Scenario, perform_experiments

PROMISE, NUMBER, OTHER = "treaties.pact.concluded", "rules.honour.reputation", "rules.honour.busy"
OUTCOMES = ["war_any", "disputes", "honoured_pact"]
POLICIES = [Policy(name, **{PROMISE: name == "pact"}) for name in ("pact", "none")]
FUTURES = [
    Scenario(str(at), **{NUMBER: number, OTHER: 0.5}) for at, number in enumerate([0.6, 1.1, 1.8])
]


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Work in a folder with two small scenarios."""
    folder = Folder.at(tmp_path_factory.mktemp("ema"))
    folder.write("without.toml", WITHOUT)
    folder.write("choice.toml", f'extends = "whole.toml"\n[levers]\n"{PROMISE}" = [true, false]\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.path)
        yield


def model(**more: Any) -> Any:
    """Return a small model with one lever and two uncertainties."""
    given: dict[str, Any] = {
        "outcomes": OUTCOMES,
        "uncertainties": [NUMBER, OTHER],
        "worlds": 15,
        "months": 2,
    }
    return sim.ema_model("choice", **given | more)


@pytest.fixture(scope="module")
def performed(_folder: None) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return experiments performed many at once."""
    small = model()
    return perform_experiments(small, FUTURES, POLICIES, evaluator=sim.ema_evaluator(small))


def test_levers_and_uncertainties_are_told_apart() -> None:
    small = model()
    assert [each.name for each in small.levers] == [PROMISE]
    assert [each.name for each in small.uncertainties] == [NUMBER, OTHER]
    assert [each.name for each in small.outcomes] == OUTCOMES
    ranged = sim.ema_model("whole", levers=[NUMBER], uncertainties=[OTHER])
    assert (ranged.levers[NUMBER].lower_bound, ranged.levers[NUMBER].upper_bound) == (0.6, 1.8)
    several = sim.ema_model("whole", levers={NUMBER: [0.7, 1.2, 1.5]})
    assert [it.value for it in several.levers[NUMBER].categories] == [0.7, 1.2, 1.5]
    assert len(several.uncertainties) > 100


def test_experiments_have_the_same_outcomes_one_by_one(
    performed: tuple[pd.DataFrame, dict[str, Any]],
) -> None:
    experiments, outcomes = perform_experiments(model(), FUTURES, POLICIES)
    assert experiments.equals(performed[0])
    for name in OUTCOMES:
        assert np.array_equal(outcomes[name], performed[1][name], equal_nan=True)


def test_an_experiment_is_a_point_of_a_sweep(
    performed: tuple[pd.DataFrame, dict[str, Any]],
) -> None:
    experiments, outcomes = performed
    points = [
        {PROMISE: row[0], NUMBER: row[1], OTHER: 0.5}
        for row in zip(experiments[PROMISE].tolist(), experiments[NUMBER], strict=True)
    ]
    worlds = sim.batch("whole", points, measures=OUTCOMES, worlds=15, months=2)
    means = worlds.groupby("point")[OUTCOMES].mean()
    for name in OUTCOMES:
        assert np.allclose(outcomes[name], means[name], equal_nan=True)


def test_the_workbench_samples_and_the_table_compares() -> None:
    small = model(worlds=5, months=1)
    found = perform_experiments(small, 3, POLICIES, evaluator=sim.ema_evaluator(small))
    table = sim.robustness(*found, better={"war_any": "low", "disputes": "low"})
    assert table[["policy", "outcome", "futures"]].to_numpy().tolist() == [
        [policy, outcome, 3] for outcome in ("war_any", "disputes") for policy in ("pact", "none")
    ]


def test_a_model_goes_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(model().function)) == model().function


def test_a_level_outside_its_range_is_refused() -> None:
    with pytest.raises(RequestError, match=f"{NUMBER}: 9 is outside its range\n    allowed: from"):
        model().function(**{NUMBER: 9})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"outcomes": ["wor_any"]}, "'wor_any' is not a measure"),
        ({"name": "the pact"}, "name 'the pact': is no name of a model"),
        ({"levers": ["months"]}, "lever months: its levels are not known"),
        ({"uncertainties": ["x"]}, "uncertainties: x is no number with a range"),
    ],
)
def test_what_is_no_model_is_said(given: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        model(**given)
    with pytest.raises(RequestError, match="model: is none that ema_model returned"):
        sim.ema_evaluator("pact")
