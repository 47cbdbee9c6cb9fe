"""Results as an archive that the EMA Workbench reads with its own `load_results`.

The format is that of its `save_results`, version 0.1 (ema_workbench 2.5): a `tar.gz` of
`experiments.csv`, one file per outcome, and `metadata.json`. In a run every world is an experiment
with its parameters as inputs. In a sweep every point is one, with its factors as inputs and shares
and means over its worlds as outcomes.
"""

from __future__ import annotations

import json
import tarfile
from io import BytesIO

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.data.frames import Frames

_FORMAT_VERSION = 0.1
_MODEL_NAME = "sim"

_Outcomes = dict[str, NDArray[np.float64]]


def build_ema_archive(frames: Frames) -> bytes:
    """Return the results as the content of an archive; by convention it is named `.tar.gz`.

    Raises:
        ResultsError: the results cannot be read.
    """
    experiments, outcomes = (tabulate_sweep if frames.kind == "sweep" else _tabulate_run)(frames)
    parts = {
        "experiments.csv": experiments.to_csv(index=False),
        **{_outcome_file(name): _number_lines(values) for name, values in outcomes.items()},
        "metadata.json": json.dumps(_metadata(experiments, outcomes)),
    }
    content = BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, text in parts.items():
            _add_file(archive, name, text.encode())
    return content.getvalue()


def _tabulate_run(frames: Frames) -> tuple[pd.DataFrame, _Outcomes]:
    """Return a row of inputs per world, and its measures; NaN where a measure is not defined."""
    inputs = frames.assumptions.drop(columns="world")
    worlds = frames.worlds
    outcomes = {}
    for measure in frames.measures.itertuples():
        values = worlds[measure.name].to_numpy(dtype=np.float64, na_value=np.nan)
        defined = worlds[measure.given].to_numpy() if measure.given else np.ones(len(worlds), bool)
        outcomes[str(measure.name)] = np.where(defined, values, np.nan)
    return _experiments_frame(inputs, worlds["world"], frames.manifest["name"]), outcomes


def tabulate_sweep(frames: Frames) -> tuple[pd.DataFrame, _Outcomes]:
    """Return a row of factors per point, and shares and means over its worlds."""
    design = frames.design
    metrics = frames.metrics.pivot_table(
        index="point", columns="measure", values="value", dropna=False, sort=False
    ).reindex(design["point"])
    policy = design["scenario"] if "scenario" in design else frames.manifest["name"]
    inputs = design.drop(columns=["point", "scenario"], errors="ignore")
    outcomes = {str(name): metrics[name].to_numpy(dtype=np.float64) for name in metrics}
    return _experiments_frame(inputs, design["point"], policy), outcomes


def _experiments_frame(
    inputs: pd.DataFrame, scenario: pd.Series, policy: str | pd.Series
) -> pd.DataFrame:
    own = pd.DataFrame({"scenario": scenario.to_numpy(), "policy": policy, "model": _MODEL_NAME})
    frame = pd.concat([inputs.reset_index(drop=True), own], axis=1)
    text_columns = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.astype(dict.fromkeys(text_columns, "category"))


def _metadata(experiments: pd.DataFrame, outcomes: _Outcomes) -> dict[str, object]:
    return {
        "version": _FORMAT_VERSION,
        "outcomes": [("ScalarOutcome", name, _outcome_file(name)) for name in outcomes],
        "experiments": {name: kind.name for name, kind in experiments.dtypes.items()},
    }


def _outcome_file(outcome: str) -> str:
    return f"{outcome}.cls"  # the extension that the workbench gives to files of numbers


def _number_lines(values: NDArray[np.float64]) -> str:
    """Return a line for each number; `nan` is written out, since empty lines would be skipped."""
    return "".join(f"{value!r}\n" for value in values.tolist())


def _add_file(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))
