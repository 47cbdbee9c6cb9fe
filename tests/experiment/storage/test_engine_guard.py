"""No results are stored under the engine's name that another rule produced."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sim.errors import RequestError
from sim.experiment.run import run_scenario
from sim.experiment.storage.engine_guard import find_replaced_functions, require_unpatched_engine
from sim.model.arrays import Vector
from tests.experiment import fakes
from tests.experiment.conftest import Ask

SOURCE = """
from functools import cache, cached_property
from dataclasses import dataclass


def rule(x):
    return [y for y in range(x) if y < 3]


@cache
def slow(x):
    return lambda: x


@dataclass(frozen=True)
class Actor:
    code: str

    def answers(self):
        return self.code

    @property
    def name(self):
        return self.code

    @cached_property
    def known(self):
        return self.code

    @staticmethod
    def draw():
        return 1
"""


@pytest.fixture
def module(tmp_path: Path) -> ModuleType:
    """A module of an engine, loaded from its file."""
    file = tmp_path / "small.py"
    file.write_text(SOURCE)
    spec = spec_from_file_location("small", file)
    assert spec is not None
    assert spec.loader is not None
    loaded = module_from_spec(spec)
    sys.modules["small"] = loaded
    spec.loader.exec_module(loaded)
    del sys.modules["small"]
    return loaded


def test_a_module_as_its_file_defines_it_is_in_order(module: ModuleType) -> None:
    assert list(find_replaced_functions(module)) == []


def test_so_is_every_module_of_the_engine() -> None:
    import sim.model.simulate  # noqa: F401, PLC0415  with all that it needs

    require_unpatched_engine()


@pytest.mark.parametrize("name", ["rule", "slow"])
def test_a_function_that_was_replaced_is_found(module: ModuleType, name: str) -> None:
    setattr(module, name, lambda x: [x])
    assert list(find_replaced_functions(module)) == [name]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("answers", lambda self: 3),
        ("name", property(lambda self: 3)),
        ("known", lambda self: 3),
        ("draw", staticmethod(lambda: 2)),
    ],
)
def test_a_method_that_was_replaced_is_found(module: ModuleType, name: str, other: object) -> None:
    setattr(module.Actor, name, other)
    assert list(find_replaced_functions(module)) == [f"Actor.{name}"]


def test_a_function_that_is_gone_is_found(module: ModuleType) -> None:
    del module.rule
    assert list(find_replaced_functions(module)) == ["rule"]


def always(rules: object, case: object) -> Vector:
    return np.zeros(1)


@pytest.mark.parametrize("place", ["sim.model.theory.honour", "sim.model.decisions.willingness"])
def test_a_rule_of_the_engine_is_found_where_it_is_defined_and_where_it_is_imported(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(f"{place}.willingness", always)
    with pytest.raises(RequestError) as refused:
        require_unpatched_engine()
    assert "willingness is not the one that its file defines" in str(refused.value)


def test_nothing_is_stored_under_the_name_of_another_engine(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.model.decisions.willingness.willingness", always)
    with pytest.raises(RequestError) as refused:
        run_scenario(ask(), tmp_path / "results", fakes.options())
    assert str(refused.value) == (
        "sim.model.decisions.willingness.willingness is not the one that its file defines\n"
        "    results are stored under the engine's name and must come from its files:\n"
        "    change the file instead, or use sim.model without storing results"
    )
    assert not (tmp_path / "results").exists()


def test_nor_is_an_earlier_answer_given_for_it(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_scenario(ask(), tmp_path, fakes.options())
    assert run_scenario(ask(), tmp_path, fakes.options()).reused
    monkeypatch.setattr("sim.model.theory.honour.willingness", always)
    with pytest.raises(RequestError):
        run_scenario(ask(), tmp_path, fakes.options())
