"""Consistency of exchanges, councils, provokers, blocs, patronages, armings and switches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.rivalries import ShockKind
from sim.scenario.schema.scenario import Scenario


class Inconsistency(NamedTuple):
    """An entry at `key` that contradicts the rest of the scenario."""

    key: Key
    message: str
    allowed: str = ""


def find_institution_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the inconsistencies in the institutions of a scenario."""
    yield from _check_exchanges(scenario)
    yield from _check_councils(scenario)
    yield from _check_provokers(scenario)
    yield from _check_blocs(scenario)
    yield from _check_patronages(scenario)
    yield from _check_armings(scenario)
    yield from _check_tests(scenario)
    yield from _check_mechanisms(scenario)


_REQUIRED_MECHANISMS = {
    "technology": "exchange",
    "payment": "exchange",
    "political_cover": "council",
    "calming_down": "provocation",
}


def _check_mechanisms(scenario: Scenario) -> Iterator[Inconsistency]:
    switches = scenario.mechanisms
    for name, needed in _REQUIRED_MECHANISMS.items():
        if getattr(switches, name) and not getattr(switches, needed):
            message = f"needs mechanisms.{needed}, which is switched off"
            yield Inconsistency(
                ("mechanisms", name), message, f"false, or mechanisms.{needed} = true"
            )


def _check_exchanges(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, exchange in scenario.exchanges.items():
        key, sides = ("exchanges", code), scenario.rivalries[exchange.rivalry].between
        if exchange.supplier == exchange.buyer:
            yield Inconsistency((*key, "supplier"), "is the buyer itself")
        if exchange.buyer not in sides:
            message = "is not a principal in the theatre of its war"
            yield Inconsistency((*key, "buyer"), message, ", ".join(sides))
        elif scenario.actors[exchange.buyer].munitions is None:
            message = "has no munitions of its own, so its need is unknown"
            yield Inconsistency((*key, "buyer"), message, f"add actors.{exchange.buyer}.munitions")
        if exchange.since > scenario.start:
            message = "is after the day the scenario opens"
            yield Inconsistency((*key, "since"), message, f"{scenario.start} or earlier")


def _check_councils(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, council in scenario.councils.items():
        key = ("councils", code)
        weights = sum(share.value for share in council.enforcers.values())
        if weights > 1:
            message = f"carry {weights:g} of the sanctions between them"
            yield Inconsistency((*key, "enforcers"), message, "1 or less in all")
        if not set(council.laxity) <= set(council.enforcers):
            enforcers = ", ".join(council.enforcers)
            yield Inconsistency(
                (*key, "laxity"), "names an actor that is not an enforcer", enforcers
            )


def _check_provokers(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, spec in scenario.provokers.items():
        key = ("provokers", code)
        if scenario.actors[code].programme is None:
            message = "has no weapons programme to test"
            yield Inconsistency(key, message, f"add actors.{code}.programme")
        if spec.excitation.high >= 1:
            message = "lets provocations grow without limit"
            yield Inconsistency((*key, "excitation", "high"), message, "less than 1")
        for name in ("last_icbm", "last_satellite", "last_nuclear"):
            last = getattr(spec, name)
            if last is not None and last > scenario.start:
                message = "is after the day the scenario opens"
                yield Inconsistency((*key, name), message, f"{scenario.start} or earlier")
        shares = sum(getattr(spec, kind).value for kind in PROVOCATION_CLASSES)
        if abs(shares - 1) > 0.01:
            message = f"has shares of {', '.join(PROVOCATION_CLASSES)} that add up to {shares:g}"
            yield Inconsistency(key, message, "1")


PROVOCATION_CLASSES = ("sub_threshold", "ballistic", "icbm", "satellite", "nuclear")
"""The classes of provocation."""


def _check_blocs(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, bloc in scenario.blocs.items():
        shared = set(bloc.members) & set(bloc.against)
        if shared:
            yield Inconsistency(("blocs", code, "against"), f"names a member: {', '.join(shared)}")


def _check_patronages(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, patronage in scenario.patronages.items():
        if patronage.patron == patronage.client:
            yield Inconsistency(("patronages", code, "client"), "is the patron itself")


def _check_armings(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, arming in scenario.armings.items():
        exchange = scenario.exchanges[arming.exchange]
        enemies = set(scenario.rivalries[exchange.rivalry].between) - {exchange.buyer}
        if arming.beneficiary not in enemies:
            message = f"does not fight {exchange.buyer} in the war of exchanges.{arming.exchange}"
            yield Inconsistency(("armings", code, "beneficiary"), message, ", ".join(enemies))
    for code, shock in scenario.shocks.items():
        actors = [arming.actor for arming in scenario.armings.values()]
        if shock.kind is ShockKind.ARMING and shock.actor not in actors:
            message = "is not an actor that may arm a rival's enemy"
            allowed = ", ".join(actors) or "add an entry under armings"
            yield Inconsistency(("shocks", code, "actor"), message, allowed)


def _check_tests(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, shock in scenario.shocks.items():
        if shock.kind is ShockKind.NUCLEAR_TEST and shock.actor not in scenario.provokers:
            message = "is not an actor that tests weapons"
            allowed = ", ".join(scenario.provokers) or "add an entry under provokers"
            yield Inconsistency(("shocks", code, "actor"), message, allowed)
