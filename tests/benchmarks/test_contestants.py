"""What benchmarks compare with is what it should be: the same rule, every phase, one scenario."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.limit import DefenceMonth
from benchmarks.phases import PHASES
from benchmarks.processes import open_process, stored_scenario
from sim.model import model
from tests.worlds import quarrel


def test_every_phase_of_a_month_is_timed_under_a_label() -> None:
    assert [phase.__name__ for phase in model._PHASES] == list(PHASES)


def test_a_process_simulates_a_block_for_each_request() -> None:
    with (
        stored_scenario(quarrel(months=1)) as file,
        open_process("stored worlds", file=file) as process,
    ):
        spent = [process.simulate(worlds) for worlds in (3, 5)]
    assert all(each.used > 0 for each in spent)
    assert spent[1].memory >= spent[0].memory > 20


@pytest.mark.parametrize("succeeded", [False, True])
def test_the_kernel_restates_the_rule(succeeded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers are those of the engine, though nothing is compiled here."""
    compiles_nothing = SimpleNamespace(njit=lambda **_: lambda function: function)
    monkeypatch.setitem(sys.modules, "numba", compiles_nothing)
    monkeypatch.delitem(sys.modules, "benchmarks.kernel", raising=False)
    from benchmarks import kernel  # noqa: PLC0415

    month = DefenceMonth(worlds=6, months=2)
    if succeeded:
        month.state.governments.successor = np.ones_like(month.state.memory.affinity)
    with np.errstate(over="ignore"):  # the generator's arithmetic is modulo 2 ** 64
        answers = month.prepare_kernel(kernel)()
    assert np.array_equal(answers, month.run_engine())
