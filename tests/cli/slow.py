"""The command `sim` with an engine that takes its time: `python -m tests.cli.slow`.

Processes that it starts import this module too, and so have the same engine.
"""

from __future__ import annotations

from time import sleep

from sim.cli.app import main
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes


def simulate(scenario: Scenario, first: int, count: int) -> History:
    """Take a tenth of a second for a block."""
    sleep(0.1)
    return fakes.simulate(scenario, first, count)


fakes.install(simulate)

if __name__ == "__main__":
    main()
