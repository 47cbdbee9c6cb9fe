"""What must hold of exchanges, councils, provokers, blocs, patrons, and of the switches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.rivalries import ShockKind
from sim.scenario.schema.scenario import Scenario


class Inconsistency(NamedTuple):
    """Something at `key` that does not fit the rest."""

    key: Key
    message: str
    allowed: str = ""


def find_institution_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield what does not fit together in the arrangements of a scenario."""
    yield from _check_exchanges(scenario)
    yield from _check_councils(scenario)
    yield from _check_provokers(scenario)
    yield from _check_blocs(scenario)
    yield from _check_patronages(scenario)
    yield from _check_armings(scenario)
    yield from _check_mechanisms(scenario)


_REQUIRED_MECHANISMS = {
    "technology": "exchange",
    "payment": "exchange",
    "political_cover": "council",
}


def _check_mechanisms(scenario: Scenario) -> Iterator[Inconsistency]:
    on = scenario.mechanisms
    for name, needed in _REQUIRED_MECHANISMS.items():
        if getattr(on, name) and not getattr(on, needed):
            what = f"needs mechanisms.{needed}, which is switched off"
            yield Inconsistency(("mechanisms", name), what, f"false, or mechanisms.{needed} = true")


def _check_exchanges(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, exchange in scenario.exchanges.items():
        key, sides = ("exchanges", code), scenario.rivalries[exchange.rivalry].between
        if exchange.supplier == exchange.buyer:
            yield Inconsistency((*key, "supplier"), "is the buyer itself")
        if exchange.buyer not in sides:
            what = "is not a principal in the theatre of its war"
            yield Inconsistency((*key, "buyer"), what, ", ".join(sides))
        elif scenario.actors[exchange.buyer].munitions is None:
            what = "has no munitions of its own, so its need is unknown"
            yield Inconsistency((*key, "buyer"), what, f"add actors.{exchange.buyer}.munitions")
        if exchange.since > scenario.start:
            what = "is after the day the scenario opens"
            yield Inconsistency((*key, "since"), what, f"{scenario.start} or earlier")


def _check_councils(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, council in scenario.councils.items():
        key = ("councils", code)
        weights = sum(share.value for share in council.enforcers.values())
        if weights > 1:
            what = f"carry {weights:g} of the sanctions between them"
            yield Inconsistency((*key, "enforcers"), what, "1 or less in all")
        if not set(council.laxity) <= set(council.enforcers):
            enforcers = ", ".join(council.enforcers)
            yield Inconsistency((*key, "laxity"), "names one who is not an enforcer", enforcers)


def _check_provokers(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, spec in scenario.provokers.items():
        key = ("provokers", code)
        if scenario.actors[code].programme is None:
            what = "has no weapons programme to test"
            yield Inconsistency(key, what, f"add actors.{code}.programme")
        if spec.excitation.high >= 1:
            what = "lets provocations grow without end"
            yield Inconsistency((*key, "excitation", "high"), what, "less than 1")
        shares = sum(getattr(spec, kind).value for kind in PROVOCATION_CLASSES)
        if abs(shares - 1) > 0.01:
            what = f"has shares of {', '.join(PROVOCATION_CLASSES)} that add up to {shares:g}"
            yield Inconsistency(key, what, "1")


PROVOCATION_CLASSES = ("sub_threshold", "ballistic", "icbm", "satellite", "nuclear")
"""The classes of provocation."""


def _check_blocs(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, bloc in scenario.blocs.items():
        both = set(bloc.members) & set(bloc.against)
        if both:
            yield Inconsistency(("blocs", code, "against"), f"names a member: {', '.join(both)}")


def _check_patronages(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, patronage in scenario.patronages.items():
        if patronage.patron == patronage.client:
            yield Inconsistency(("patronages", code, "client"), "is the patron itself")


def _check_armings(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, arming in scenario.armings.items():
        exchange = scenario.exchanges[arming.exchange]
        enemies = set(scenario.rivalries[exchange.rivalry].between) - {exchange.buyer}
        if arming.beneficiary not in enemies:
            what = f"does not fight {exchange.buyer} in the war of exchanges.{arming.exchange}"
            yield Inconsistency(("armings", code, "beneficiary"), what, ", ".join(enemies))
    for code, shock in scenario.shocks.items():
        actors = [arming.actor for arming in scenario.armings.values()]
        if shock.kind is ShockKind.ARMING and shock.actor not in actors:
            what = "is not one who may arm a rival's enemy"
            allowed = ", ".join(actors) or "add an entry under armings"
            yield Inconsistency(("shocks", code, "actor"), what, allowed)
