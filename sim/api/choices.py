"""Python API: measure_choices, compare_choices.

Arguments are named like the options of the command line. Errors are `sim.errors.SimError`, with a
message that says what is allowed.
"""

from __future__ import annotations

import pandas as pd

from sim.analysis.choices import compare as comparing
from sim.analysis.choices import measure as measuring
from sim.analysis.choices.tables import choice_rows
from sim.api.inputs import ScenarioInput
from sim.api.runs import read_scenario


def measure_choices(
    scenario: ScenarioInput,
    *,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Return the expected rate of every choice: one row each, with its 95% interval.

    Columns are `kind`, `rivalry`, `actor`, `towards`, `value`, `low`, `high`. Rates are numbers a
    year, of `challenge`, `resist`, `climb` and `war`; `help` and `help_war` are the chances that
    the ally `actor` sends any aid to, or goes to war for, the partner `towards` if its rival
    attacks it.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: that is more than one run may simulate.
    """
    read = read_scenario(scenario, worlds=worlds, months=months, seed=seed)
    return pd.DataFrame(measuring.measure_choices(read, workers=workers).rows())


def compare_choices(
    with_: ScenarioInput,
    without: ScenarioInput,
    *,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Return how every choice differs between two scenarios in paired worlds.

    A row whose column `through` is `all` is a whole difference, *with* minus *without*, with its
    95% interval and the relative change; the rows after it are the parts that go through each ally
    or other cause.

    Raises:
        ScenarioError: a scenario cannot be used.
        RequestError: the worlds are no pairs, or more than one run may simulate.
    """
    first = read_scenario(with_, worlds=worlds, months=months, seed=seed)
    chosen = first.seed if seed is None else seed
    second = read_scenario(without, worlds=first.worlds, months=months, seed=chosen)
    effects = comparing.compare_choices(first, second, workers=workers)
    return pd.DataFrame(choice_rows(effects))
