"""Worlds simulated by a real Dask scheduler and two worker processes on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from sim.errors import RequestError, WorkerError
from sim.experiment.design.design import build_design
from sim.experiment.execution import cluster
from sim.experiment.execution.cluster import connect_cluster
from sim.experiment.layout import RUN_FILES, SWEEP_FILES
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.checkpoint import checkpoint_path
from sim.experiment.storage.run_key import run_key
from sim.experiment.sweep import run_sweep
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.experiment import fakes
from tests.experiment.conftest import Ask

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def greet(line: socket.socket) -> None:
    """Greet the first to connect as a service for terminals does."""
    with line.accept()[0] as connection:
        connection.sendall(b"SSH-2.0-sshd\r\n")


def start(module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(what: Callable[[], bool]) -> None:
    started = monotonic()
    while not what():
        assert monotonic() - started < PATIENCE
        sleep(0.05)


@dataclass
class Machines:
    """A scheduler, and workers that it has been given."""

    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def schedule(self) -> None:
        words = ("--host", "127.0.0.1", "--port", str(self.port))
        self.processes.append(start("dask_scheduler", *words))
        wait_for(self._listens)

    def work(self, workers: int) -> None:
        for _ in range(workers):
            words = (self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
            self.processes.append(start("dask_worker", *words))
        wait_for(lambda: self._workers() >= workers)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _workers(self) -> int:
        with ExitStack() as stack:
            try:
                return stack.enter_context(connect_cluster(self.address)).workers
            except RequestError:
                return 0


@pytest.fixture
def machines() -> Iterator[Machines]:
    """A scheduler with two workers, ended with the test whatever happens."""
    machines = Machines()
    try:
        machines.schedule()
        machines.work(2)
        yield machines
    finally:
        machines.end()


def dawdle(scenario: Scenario, first: int, count: int) -> History:
    """Take a fifth of a second for a block."""
    sleep(0.2)
    return fakes.simulate(scenario, first, count)


@pytest.mark.slow
def test_the_real_engine_leaves_the_same_bytes(
    ask: Ask, tmp_path: Path, machines: Machines
) -> None:
    loaded = ask("worlds=24", "months=6")
    plain = run_scenario(loaded, tmp_path / "plain", RunOptions(workers=1)).results
    other = run_scenario(
        loaded, tmp_path / "other", RunOptions(scheduler=machines.address, block_size=7)
    ).results
    for name in RUN_FILES:
        assert (other.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name

    design = build_design(loaded, ["mechanisms.memory=true,false"])
    plain = run_sweep(loaded, design, tmp_path / "plain", RunOptions(workers=1)).results
    other = run_sweep(
        loaded, design, tmp_path / "other", RunOptions(scheduler=machines.address)
    ).results
    for name in SWEEP_FILES:
        assert (other.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(
    ask: Ask, tmp_path: Path, machines: Machines
) -> None:
    loaded = ask("worlds=60")

    def kill_at_ten(simulated: int) -> None:
        if simulated >= 10:
            machines.processes[1].kill()

    options = fakes.options(
        dawdle, scheduler=machines.address, block_size=5, on_progress=kill_at_ten
    )
    results = run_scenario(loaded, tmp_path / "out", options).results
    plain = run_scenario(loaded, tmp_path / "plain", fakes.options(block_size=60)).results
    for name in RUN_FILES:
        assert (results.folder / name).read_bytes() == (plain.folder / name).read_bytes(), name


@pytest.mark.slow
def test_a_scheduler_that_is_killed_is_reported_and_the_same_command_continues(
    ask: Ask, tmp_path: Path, machines: Machines
) -> None:
    loaded, out = ask("worlds=60"), tmp_path / "out"
    blocks = checkpoint_path(out / run_key(loaded).folder_name) / "blocks"

    def kill_at_ten(simulated: int) -> None:
        if simulated >= 10:
            machines.processes[0].kill()

    options = fakes.options(
        dawdle, scheduler=machines.address, block_size=5, on_progress=kill_at_ten
    )
    with pytest.raises(WorkerError) as lost:
        run_scenario(loaded, out, options)
    assert str(lost.value) == (
        f"--scheduler {machines.address}: the cluster went away\n"
        "    finished blocks are saved; the same command continues from there"
    )
    before = {file.name for file in blocks.rglob("*.zip")}
    assert 2 <= len(before) < 12

    progress = list[int]()
    run_scenario(loaded, out, fakes.options(block_size=5, on_progress=progress.append))
    assert progress[0] == 5 * len(before)
    plain = run_scenario(loaded, tmp_path / "plain", fakes.options(block_size=60)).results
    for name in RUN_FILES:
        file = out / plain.folder.name / name
        assert file.read_bytes() == (plain.folder / name).read_bytes(), name


class TestUnreachable:
    """One message, soon, whatever is wrong with the address."""

    def refusal(self, ask: Ask, tmp_path: Path, address: str) -> str:
        with pytest.raises(RequestError) as error:
            run_scenario(ask(), tmp_path / "out", RunOptions(scheduler=address))
        assert list((tmp_path / "out").iterdir()) == []
        return str(error.value)

    @pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "nonsense", "ftp://cluster:1", ""])
    def test_nobody_is_there(self, ask: Ask, tmp_path: Path, address: str) -> None:
        address = address.format(free_port())
        assert self.refusal(ask, tmp_path, address) == (
            f"--scheduler {address}: no Dask scheduler answers there\n"
            "    allowed: an address such as tcp://127.0.0.1:8786; `dask scheduler` prints its own"
        )

    def test_somebody_else_is_there(
        self, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cluster, "TIMEOUT_SECONDS", 0.2)
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            line.listen()
            address = f"tcp://127.0.0.1:{line.getsockname()[1]}"
            assert "no Dask scheduler answers there" in self.refusal(ask, tmp_path, address)

    def test_a_service_that_greets_in_words_is_there(self, ask: Ask, tmp_path: Path) -> None:
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            line.listen()
            address = f"tcp://127.0.0.1:{line.getsockname()[1]}"
            greeting = Thread(target=greet, args=(line,))
            greeting.start()
            assert "no Dask scheduler answers there" in self.refusal(ask, tmp_path, address)
            greeting.join()

    def test_certificates_are_not_supported(self, ask: Ask, tmp_path: Path) -> None:
        address = "tls://127.0.0.1:1"
        assert self.refusal(ask, tmp_path, address) == (
            f"--scheduler {address}: connections with certificates are not supported\n"
            "    allowed: an address that begins with tcp://"
        )

    @pytest.mark.slow
    def test_a_scheduler_without_workers(
        self, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        machines = Machines()
        try:
            machines.schedule()
            monkeypatch.setattr(cluster, "TIMEOUT_SECONDS", 2.0)
            assert self.refusal(ask, tmp_path, machines.address) == (
                f"--scheduler {machines.address}: the scheduler has no workers\n"
                f"    start some with: dask worker {machines.address}"
            )
        finally:
            machines.end()

    @pytest.mark.slow
    def test_workers_with_another_version(
        self, ask: Ask, tmp_path: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cluster, "_local_fingerprint", lambda: "another")
        message = self.refusal(ask, tmp_path, machines.address)
        assert "another version of this package is installed at tcp://127.0.0.1:" in message
        assert message.endswith("\n    results would differ; install the same version everywhere")
