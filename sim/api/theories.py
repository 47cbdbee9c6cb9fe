"""Python API: compare_theories.

Arguments are named like the options of the command line. Errors are `sim.errors.SimError`, with a
message that says what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sim.analysis.sensitivity import theory_split as splitting
from sim.api.inputs import StrPath, as_list
from sim.api.runs import read_scenario


def compare_theories(
    file: StrPath,
    *,
    measure: str | Iterable[str],
    draws: int = splitting.DRAWS,
    settings: Iterable[str] = (),
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Split the spread of measures into theory, assumptions and chance.

    As `sim sensitivity --theories` does: the same `draws` of assumptions, with four streams of
    random numbers each, are simulated under every theory of honouring. Columns are `measure`,
    `what`, `name`, `value`, `low`, `high`, `draws`, `streams`. Rows with `what` = `share` are the
    shares of the variance, by part; rows with `mean` are the means, by theory.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: there is no such measure, or the scenario has a past.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    splits = splitting.compare_theories(scenario, as_list(measure), workers=workers, draws=draws)
    return pd.DataFrame([row for split in splits for row in splitting.split_rows(split)])
