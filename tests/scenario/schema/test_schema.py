"""The schema is closed, frozen, and explains itself."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from enum import Enum, EnumType, StrEnum
from typing import Any

import pytest
from pydantic import ValidationError

import sim.scenario
from sim.scenario.schema.quantity import FrozenModel, Quantity
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.theories import TheorySpec
from tests.scenario.folder import WHOLE, Folder

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(sim.scenario.__path__, "sim.scenario.")
]
CLASSES = sorted(
    {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, FrozenModel)
    },
    key=lambda kind: kind.__name__,
)
WORDS = sorted(
    {kind for module in MODULES for kind in vars(module).values() if isinstance(kind, EnumType)}
    - {Enum, StrEnum},
    key=lambda kind: kind.__name__,
)


def test_every_part_of_a_scenario_is_one_of_the_classes() -> None:
    names = {kind.__name__ for kind in CLASSES}
    assert {"Scenario", "ActorSpec", "TreatySpec", "RivalrySpec", "WarSpec", "Quantity"} <= names
    assert {"ShockSpec", "Mechanisms", "Rules", "TieSpec", "LocationSpec", "SourceEntry"} <= names


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_is_described(kind: type[FrozenModel]) -> None:
    assert kind.__doc__
    assert kind.__doc__ != FrozenModel.__doc__ or kind is FrozenModel


@pytest.mark.parametrize("kind", CLASSES)
def test_every_field_is_described_or_its_class_is(kind: type[FrozenModel]) -> None:
    silent = [
        name
        for name, field in kind.model_fields.items()
        if not field.description and not _is_part(field.annotation)
    ]
    assert silent == []


def _is_part(kind: Any) -> bool:
    return (
        isinstance(kind, type) and issubclass(kind, FrozenModel) and not issubclass(kind, Quantity)
    )


@pytest.mark.parametrize("kind", WORDS)
def test_every_list_of_words_is_described(kind: EnumType) -> None:
    assert kind.__doc__


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_is_frozen_and_closed(kind: type[FrozenModel]) -> None:
    assert kind.model_config["frozen"]
    open_ = kind is TheorySpec  # each theory has numbers of its own; loading refuses any others
    assert kind.model_config["extra"] == ("allow" if open_ else "forbid")


def test_nothing_in_a_scenario_can_be_set_anew(folder: Folder) -> None:
    scenario = folder.load().scenario
    for part in _parts(scenario):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, next(iter(type(part).model_fields)), None)
        with pytest.raises(ValidationError, match="frozen"):
            part.anything = None  # type: ignore[attr-defined]


def _parts(part: object) -> Iterator[FrozenModel]:
    if isinstance(part, FrozenModel):
        yield part
        for name in type(part).model_fields:
            yield from _parts(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from _parts(value)


def test_quantities_lists_every_number_once(folder: Folder) -> None:
    listed = list(folder.load().scenario.iter_quantities())
    written = list(_numbers(tomllib.loads(WHOLE)))
    assert len({key for key, _ in listed}) == len(listed)
    assert sorted(key for key, _ in listed) == sorted(written)


def _numbers(tree: dict[str, Any], above: str = "") -> Iterator[str]:
    """Yield the dotted key of every table that is a number with its range."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from [f"{above}{name}"] if "low" in value else ()
            yield from _numbers(value, f"{above}{name}.")


def test_quantities_gives_each_number_under_its_key(folder: Folder) -> None:
    scenario = folder.load().scenario
    numbers = dict(scenario.iter_quantities())
    assert numbers["affinity_range"] is scenario.affinity_range
    assert numbers["actors.aland.capability"] is scenario.actors["aland"].capability
    assert numbers["ties.syldavia.borduria.worth"] is scenario.ties["syldavia"]["borduria"].worth
    assert numbers["wars.crossing.weariness.aland"] is scenario.wars["crossing"].weariness["aland"]
    assert numbers["rules.honour.reputation"] is scenario.rules.honour.reputation


def test_quantities_keeps_the_order_of_the_schema(folder: Folder) -> None:
    tables = [key.partition(".")[0] for key, _ in folder.load().scenario.iter_quantities()]
    order = [name for name in Scenario.model_fields if name in tables]
    assert list(dict.fromkeys(tables)) == order
