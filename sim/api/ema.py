"""Python API: ema_model, ema_evaluator, robustness. For the EMA Workbench.

The workbench (Kwakkel 2017, Environmental Modelling and Software 96:239) samples policies and
futures and performs the experiments. Here is the model that it experiments on. It is an extra:
`pip install "alliance-sim[ema]"`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.analysis.futures.experiment import Experiment
from sim.analysis.futures.levers import Choice, LeverSpec, choose_levers, list_uncertainties
from sim.analysis.futures.robustness import Better, tabulate_robustness
from sim.api.inputs import ScenarioInput, Settings, as_list, load_input
from sim.errors import RequestError
from sim.experiment.headlines import select_shown_measures
from sim.extras import check_installed
from sim.scenario.checks.past import refuse_past
from sim.statistics.arrays import FloatArray

if TYPE_CHECKING:
    from ema_workbench import Model
    from ema_workbench.em_framework.evaluators import SequentialEvaluator


def ema_model(
    file: ScenarioInput,
    *,
    levers: Sequence[str] | Mapping[str, LeverSpec] | None = None,
    outcomes: Iterable[str] = (),
    uncertainties: Iterable[str] = (),
    settings: Settings = (),
    worlds: int = 100,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    name: str = "alliances",
) -> Model:
    """Return a scenario as a model of the EMA Workbench, for `perform_experiments`.

    An experiment simulates `worlds` worlds in memory. Its outcomes are shares of worlds, or means;
    NaN where no world defines a measure. World k has the same random draws in all experiments.

    Args:
        file: the scenario.
        levers: keys that a decision-maker chooses; or by key a list of levels, or a range such as
            `"0.2:0.8"`. By default those that the scenario names in `[levers]`.
        outcomes: names of measures; by default those of the scenario's short table.
        uncertainties: keys, or groups such as `rules.honour`, that experiments sample over their
            ranges; by default all uncertain numbers that are no levers. Others differ by world.
        settings: what overrides the scenario in all experiments.
        worlds: worlds of each experiment.
        months: months simulated.
        seed: the random seed.
        workers: processes of `ema_evaluator`.
        name: the name of the model, of letters and digits.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: a lever, an outcome or an uncertainty is unknown, or the workbench is not
            installed.
    """
    check_installed("ema", "ema_workbench")
    with _without_warnings():
        from ema_workbench import Model, RealParameter, ScalarOutcome  # noqa: PLC0415  an extra

    loaded = load_input(file, settings, worlds, months, seed)
    refuse_past(loaded.scenario, "an experiment")
    if not name.isalnum():
        raise RequestError(f"name {name!r}: is no name of a model\n    allowed: letters and digits")
    chosen = choose_levers(loaded, _as_levers(levers))
    unknown = list_uncertainties(loaded, chosen, as_list(uncertainties, "uncertainties"))
    measures = tuple(select_shown_measures(loaded, as_list(outcomes, "outcomes")))
    model = Model(name, function=Experiment(loaded.scenario, measures, worlds, workers))
    model.levers = [_build_lever(choice) for choice in chosen]
    model.uncertainties = [RealParameter(key, it.low, it.high) for key, it in unknown.items()]
    model.outcomes = [ScalarOutcome(measure.name) for measure in measures]
    return model


def ema_evaluator(model: Model) -> SequentialEvaluator:
    """Return the evaluator that simulates many experiments at once, with the same outcomes.

    It goes into `perform_experiments(model, 100, policies, evaluator=ema_evaluator(model))`. Those
    that differ in numbers only are worlds of one block, so that they take a small part of the time.

    Raises:
        RequestError: the model is not from `ema_model`, or the workbench is not installed.
    """
    check_installed("ema", "ema_workbench")
    with _without_warnings():
        from ema_workbench.em_framework.evaluators import SequentialEvaluator  # noqa: PLC0415

    if not isinstance(getattr(model, "function", None), Experiment):
        raise RequestError("model: is none that ema_model returned")

    class Evaluator(SequentialEvaluator):  # type: ignore[misc]
        """Simulates all experiments at once, then lets the workbench ask for each."""

        def evaluate_experiments(
            self,
            scenarios: Iterable[Mapping[str, Any]],
            policies: Iterable[Mapping[str, Any]],
            callback: Any,
            combine: str = "factorial",
        ) -> None:
            """Perform the experiments; `callback` takes each with its outcomes."""
            futures, chosen = list(scenarios), list(policies)
            if combine == "factorial":
                pairs = product(futures, chosen)
                model.function.prepare({**future, **policy} for future, policy in pairs)
            super().evaluate_experiments(futures, chosen, callback, combine)

    return Evaluator(model)


def robustness(
    experiments: pd.DataFrame,
    outcomes: Mapping[str, FloatArray],
    *,
    better: Mapping[str, Better],
    good_enough: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return how policies do over futures, from what `perform_experiments` returns.

    One row per policy and outcome: mean, spread, best and worst over futures; mean, ninth decile
    and largest regret; the shares of futures in which the policy is best, and is good enough.

    Args:
        experiments: the experiments, a row each.
        outcomes: the values of each outcome, (experiment,).
        better: for each outcome of interest, whether `low` or `high` is the better.
        good_enough: for some of them, the value from which on it is good enough.

    Raises:
        RequestError: an outcome is unknown, or a policy was not tried in every future.
    """
    return tabulate_robustness(experiments, outcomes, better, good_enough)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Hide what the workbench says of the packages that it can do without, as it is loaded."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* not installed", module="ema_workbench")
        yield


def _as_levers(
    levers: Sequence[str] | Mapping[str, LeverSpec] | None,
) -> Sequence[str] | Mapping[str, LeverSpec] | None:
    return levers if levers is None or isinstance(levers, Mapping) else as_list(levers, "levers")


def _build_lever(choice: Choice) -> Any:
    """Return a lever as a parameter of the workbench."""
    from ema_workbench import BooleanParameter, CategoricalParameter, RealParameter  # noqa: PLC0415

    if choice.is_range:
        low, high = choice.levels
        return RealParameter(choice.key, low, high)
    if set(choice.levels) == {True, False}:
        return BooleanParameter(choice.key)
    return CategoricalParameter(choice.key, choice.levels)
