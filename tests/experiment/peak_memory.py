"""A run or a sweep that prints its peak of memory.

    python -m tests.experiment.peak_memory FILE OUT WORLDS ENGINE [POINTS]

The fake engine leaves ten megabytes behind for every block, tied up in a circle as a model is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.design.design import build_design
from sim.experiment.engine import MODEL_ENGINE
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.sweep import run_sweep
from sim.model.recording.history import History
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes


class Model:
    """Something that knows itself and is heavy."""

    def __init__(self) -> None:
        self.me = self
        self.state = np.ones(1_250_000)


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Simulate worlds and drop the model."""
    Model()
    return fakes.simulate(scenario, first, count)


def peak() -> int:
    """Return the most memory this process has held, in kilobytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


def main(file: str, out: str, worlds: str, engine: str, points: str = "") -> None:
    """Simulate worlds in blocks of 500, at several points if given; print the peak of memory."""
    loaded = load_scenario(Path(file), [f"worlds={worlds}", "months=6"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "sim.experiment.storage.parquet.ROW_GROUP_SIZE", 1000
        )  # fewer rows wait than a block has
        simulator = fakes.engine(simulate) if engine == "fake" else MODEL_ENGINE
        options = RunOptions(workers=1, block_size=500, engine=simulator)
        if points:
            design = build_design(loaded, (), f"lhs:{points}", ["rules.honour"])
            run_sweep(loaded, design, Path(out), options, ("months",))
        else:
            run_scenario(loaded, Path(out), options)
    print(peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
