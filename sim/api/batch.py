"""Python API: batch, many points in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pandas as pd

from sim.analysis.data.batch import simulate_batch
from sim.api.inputs import ScenarioInput, Settings, as_list, list_settings, load_input
from sim.errors import RequestError
from sim.experiment.headlines import select_shown_measures
from sim.scenario.edit import edit_scenario

Point = Mapping[str, object]
"""A level for each key."""
Points = Mapping[str, object] | Iterable[Point]
"""Points one by one; or for each key its levels, of which all combinations are simulated."""


def batch(
    file: ScenarioInput,
    points: Points = ({},),
    *,
    measures: Iterable[str] = (),
    settings: Settings = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Simulate a scenario at many points in memory: one row per point and world; nothing is stored.

    Columns are `point`, from 0; one per key that some point sets; `world`; then one per measure,
    NaN in worlds that do not define it. Worlds of one number have the same draws at every point.

    Args:
        file: the scenario.
        points: dictionaries by dotted key, such as `[{"rules.honour.reputation": 0.6}]`; or one
            with lists, such as `{"rules.honour.reputation": [0.6, 1.2]}`, for all combinations.
        measures: names of measures; by default those of the scenario's short table.
        settings: what all points have in common.
        worlds: worlds at each point; by default as many as the scenario has.
        months: months simulated.
        seed: the random seed.
        workers: number of processes.

    Raises:
        ScenarioError: the scenario cannot be used, or a point is no valid scenario.
        RequestError: a measure or a key is unknown, or that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
    """
    loaded = load_input(file, settings, worlds, months, seed)
    listed = list_points(points)
    selected = select_shown_measures(loaded, as_list(measures, "measures"))
    scenarios = [edit_scenario(loaded.scenario, list_settings(point)) for point in listed]
    simulated = simulate_batch(scenarios, selected, workers)
    keys = dict.fromkeys(key for point in listed for key in point)
    frames = [
        pd.DataFrame(
            {
                "point": place,
                **keys,
                **_as_cells(point),
                "world": np.arange(scenario.worlds),
                **columns,
            }
        )
        for place, (point, scenario, columns) in enumerate(
            zip(listed, scenarios, simulated, strict=True)
        )
    ]
    return pd.concat(frames, ignore_index=True)


def list_points(points: Points) -> list[dict[str, object]]:
    """Return points one by one; of a single dictionary, all combinations of its levels.

    Raises:
        RequestError: there is none, or something among them is no dictionary.
    """
    if isinstance(points, Mapping):
        levels = [
            level if isinstance(level, list | tuple) else [level] for level in points.values()
        ]
        return [dict(zip(points, chosen, strict=True)) for chosen in product(*levels)]
    listed = list(points)
    for point in listed:
        if not isinstance(point, Mapping):
            raise RequestError(
                f"points: {point!r} is no dictionary\n"
                '    allowed: dictionaries such as {"rules.honour.reputation": 0.6}'
            )
    if not listed:
        raise RequestError("points: name at least one")
    return [dict(point) for point in listed]


def _as_cells(point: Point) -> dict[str, object]:
    """Return the levels of a point as cells; a list or a table as its text."""
    return {
        key: str(level) if isinstance(level, list | tuple | Mapping) else level
        for key, level in point.items()
    }
