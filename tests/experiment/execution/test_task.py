from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.blocks import Block, Failure
from sim.experiment.engine import simulate_worlds
from sim.experiment.execution.task import (
    BlockFunction,
    BlockResult,
    Output,
    PackingSimulator,
    Simulator,
    Task,
    run_task,
)
from sim.experiment.storage.block_files import BlockFile
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask


def outcome(
    ask: Ask, work: BlockFunction[Output], first: int = 80, size: int = 40
) -> BlockResult[Output] | Failure:
    return run_task(Task("p0", ask().scenario.model_dump_json(), Block(first, size), work))


def failed(ask: Ask, simulate: Simulator) -> Failure:
    failure = outcome(ask, simulate)
    assert isinstance(failure, Failure)
    return failure


def test_a_block_comes_back_packed_with_the_seconds_it_took(ask: Ask, tmp_path: Path) -> None:
    result = outcome(ask, PackingSimulator(fakes.simulate), 3, 4)
    assert isinstance(result, BlockResult)
    file = tmp_path / "block.zip"
    file.write_bytes(result.output)
    (worlds,) = BlockFile(file, Block(3, 4)).read_table("worlds")
    assert worlds["world"].to_pylist() == [3, 4, 5, 6]
    assert result.seconds > 0


def test_a_block_that_raises_comes_back_with_what_and_where(ask: Ask) -> None:
    failure = failed(ask, fakes.fail)
    assert (failure.point, failure.first, failure.last) == ("p0", 80, 119)
    assert str(failure).startswith(
        "worlds 80 to 119 could not be simulated: "
        "ZeroDivisionError: no strength left (fakes.py, line "
    )


def test_its_traceback_names_files_and_no_place_on_the_machine(ask: Ask) -> None:
    lines = failed(ask, fakes.fail).traceback.splitlines()
    assert lines[-1] == "ZeroDivisionError: no strength left"
    files = [line.split('"')[1] for line in lines if line.lstrip().startswith("File ")]
    assert files == ["execution/task.py", "experiment/fakes.py"]


def test_an_error_of_the_scenario_is_told_like_any_other(ask: Ask) -> None:
    def refuse(*_: object) -> History:
        raise ScenarioError([])

    assert str(failed(ask, refuse)).startswith(
        "worlds 80 to 119 could not be simulated: ScenarioError"
    )


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_stop_is_no_failure(ask: Ask, stop: type[BaseException]) -> None:
    def be_stopped(*_: object) -> History:
        raise stop

    with pytest.raises(stop):
        outcome(ask, be_stopped)


def test_the_engine_is_loaded_when_it_is_needed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.put(monkeypatch, fakes.simulate)
    scenario = ask().scenario
    assert simulate_worlds(scenario, 3, 4).worlds["world"].tolist() == [3, 4, 5, 6]


def test_a_worker_reads_the_very_scenario_it_was_handed(ask: Ask) -> None:
    received: list[Scenario] = []

    def look(scenario: Scenario, first: int, count: int) -> History:
        received.append(scenario)
        return fakes.simulate(scenario, first, count)

    scenario = ask("rules.honour.reputation=0.7234567890123457").scenario
    run_task(Task("p0", scenario.model_dump_json(), Block(0, 5), look))
    assert received == [scenario]
