"""Consistency between the parts of a scenario, each of which is well formed by itself."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.checks.acts import find_act_inconsistencies
from sim.scenario.checks.arrangements import Inconsistency, find_institution_inconsistencies
from sim.scenario.checks.past import find_past_inconsistencies
from sim.scenario.checks.record import find_record_inconsistencies
from sim.scenario.checks.successions import find_succession_inconsistencies
from sim.scenario.checks.visits import find_visit_inconsistencies
from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.rivalries import (
    PLACELESS,
    TREATY_ACTS,
    OpeningSpec,
    Rung,
    ShockKind,
    ShockSpec,
    WarSpec,
)
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import TreatySpec


def find_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the inconsistencies of a scenario whose every part is well formed."""
    yield from _check_treaties(scenario)
    yield from _check_rivalries(scenario)
    yield from _check_wars(scenario)
    yield from _check_shocks(scenario)
    yield from _check_rules(scenario)
    yield from _check_logarithms(scenario)
    yield from find_record_inconsistencies(scenario)
    yield from find_institution_inconsistencies(scenario)
    yield from find_act_inconsistencies(scenario)
    yield from find_visit_inconsistencies(scenario)
    yield from find_succession_inconsistencies(scenario)
    yield from find_past_inconsistencies(scenario)


_LARGEST_LOGARITHM = 100.0
"""The largest coefficient of a log-odds or a log rate: one to e^100 is certainty in any use."""


def _check_logarithms(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield coefficients so large that a chance or a rate could not be computed from them."""
    for key, quantity in scenario.iter_quantities():
        largest = max(-quantity.low, quantity.high)
        if quantity.unit.startswith("log") and largest > _LARGEST_LOGARITHM:
            message = f"reaches {largest:g}, beyond what a logarithm can mean here"
            allowed = f"from {-_LARGEST_LOGARITHM:g} to {_LARGEST_LOGARITHM:g}"
            yield Inconsistency(tuple(key.split(".")), message, allowed)


def _check_treaties(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, treaty in scenario.treaties.items():
        key = ("treaties", code)
        yield from _check_parties(key, treaty)
        yield from _check_days(key, treaty)
        if treaty.replaces == code:
            yield Inconsistency((*key, "replaces"), "is the treaty itself")


def _check_parties(key: Key, treaty: TreatySpec) -> Iterator[Inconsistency]:
    named, different = len(treaty.parties), len(set(treaty.parties))
    if different == 1:
        yield Inconsistency((*key, "parties"), "is a treaty of an actor with itself", "two or more")
    elif different < named:
        yield Inconsistency((*key, "parties"), "names a party twice")
    if treaty.signatories and treaty.signatories < named:
        yield Inconsistency(
            (*key, "signatories"), "are fewer than the parties named", f"{named} or more"
        )
    if not set(treaty.protects) <= set(treaty.parties):
        yield Inconsistency(
            (*key, "protects"), "names an actor that is not a party", ", ".join(treaty.parties)
        )


def _check_days(key: Key, treaty: TreatySpec) -> Iterator[Inconsistency]:
    for field, day in (("in_force", treaty.in_force), ("ends", treaty.ends)):
        if day and treaty.signed is None:
            yield Inconsistency((*key, field), "needs the day of signing", "add signed")
        elif day and treaty.signed and day < treaty.signed:
            yield Inconsistency(
                (*key, field), "is before the day of signing", f"{treaty.signed} or later"
            )
    if treaty.in_force and treaty.ratification:
        yield Inconsistency(
            (*key, "ratification"), "cannot be combined with in_force", "one of the two"
        )


def _check_rivalries(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[frozenset[str], str] = {}
    for code, rivalry in scenario.rivalries.items():
        key = ("rivalries", code)
        pair = frozenset(rivalry.between)
        if pair in seen:
            yield Inconsistency((*key, "between"), f"already has a rivalry: {seen[pair]}")
        seen.setdefault(pair, code)
        rivals = ", ".join(rivalry.between)
        if rivalry.between[0] == rivalry.between[1]:
            yield Inconsistency((*key, "between"), "names the same actor twice")
        for field in ("onset", "stake"):
            if set(getattr(rivalry, field)) != set(rivalry.between):
                yield Inconsistency(
                    (*key, field), "must be given for the two rivals and no other actor", rivals
                )
        if rivalry.opening is not None:
            yield from _check_opening((*key, "opening"), rivalry.opening)


_ROUNDING = 0.002
"""How far shares that were rounded may be from adding up to 1."""


def _check_opening(key: Key, opening: OpeningSpec) -> Iterator[Inconsistency]:
    shares = {name: getattr(opening, name).value for name in OpeningSpec.model_fields}
    if abs(sum(shares.values()) - 1) > _ROUNDING:
        what = f"has shares of {', '.join(shares)} that add up to {sum(shares.values()):g}"
        yield Inconsistency(key, what, "1")


def _check_wars(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[str, str] = {}
    for code, war in scenario.wars.items():
        key = ("wars", code)
        sides = scenario.rivalries[war.rivalry].between
        rivals = ", ".join(sides)
        if war.began_by not in sides:
            yield Inconsistency((*key, "began_by"), "is not one of the rivals", rivals)
        if set(war.weariness) != set(sides):
            message = "must be given for the two rivals and no other actor"
            yield Inconsistency((*key, "weariness"), message, rivals)
        if war.since > scenario.start:
            message = "is after the day the scenario opens"
            yield Inconsistency((*key, "since"), message, f"{scenario.start} or earlier")
        if war.rivalry in seen:
            yield Inconsistency((*key, "rivalry"), f"already has a war: {seen[war.rivalry]}")
        seen[war.rivalry] = code
        yield from _check_support((*key, "support"), war, sides)


def _check_support(key: Key, war: WarSpec, sides: tuple[str, ...]) -> Iterator[Inconsistency]:
    for helper, support in war.support.items():
        if support.side not in sides:
            message = "is not one of the rivals"
            yield Inconsistency((*key, helper, "side"), message, ", ".join(sides))
        if helper in sides:
            yield Inconsistency((*key, helper), "is a principal of the war itself")


_MISSING_ACTOR = "is missing: who challenges, or whose soil is attacked"


_KINDS_WITH_RIVAL = (ShockKind.DISPUTE, ShockKind.HOME_SOIL_ATTACK)


def _check_shocks(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, shock in scenario.shocks.items():
        key = ("shocks", code)
        yield from _check_place(key, shock, scenario)
        sides = scenario.rivalries[shock.rivalry].between if shock.rivalry else ()
        if shock.date < scenario.start:
            yield Inconsistency(
                (*key, "date"), "is before the day the scenario opens", f"{scenario.start} or later"
            )
        if shock.fait_accompli and (shock.kind, shock.rung) != (ShockKind.DISPUTE, Rung.WAR):
            message = "is possible only where a dispute opens at war"
            yield Inconsistency((*key, "fait_accompli"), message, 'kind = "dispute", rung = "war"')
        if shock.kind in _KINDS_WITH_RIVAL and sides and shock.actor not in sides:
            message = "is not one of the rivals" if shock.actor else _MISSING_ACTOR
            yield Inconsistency((*key, "actor"), message, ", ".join(sides))
        elif shock.kind is ShockKind.HOME_SOIL_ATTACK:
            yield from _check_home_soil_attack((*key, "actor"), shock, scenario)


def _check_place(key: Key, shock: ShockSpec, scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield where an event has no rivalry although it needs one, or a treaty that it does not."""
    if shock.kind not in PLACELESS and not shock.rivalry:
        message = "is missing: where it happens"
        yield Inconsistency((*key, "rivalry"), message, ", ".join(scenario.rivalries))
    useless = {"rivalry": shock.kind in PLACELESS, "treaty": shock.kind not in TREATY_ACTS}
    for field, unused in useless.items():
        if unused and getattr(shock, field):
            message = f"has no bearing on an event of kind {shock.kind.value}"
            yield Inconsistency((*key, field), message, "omit it")


def _check_home_soil_attack(
    key: Key, shock: ShockSpec, scenario: Scenario
) -> Iterator[Inconsistency]:
    """Yield attacks on the home soil of a side that did not begin the war under way."""
    for war in scenario.wars.values():
        if war.rivalry == shock.rivalry and war.began_by != shock.actor:
            message = "did not begin the war, which is already fought on its soil"
            yield Inconsistency(key, message, war.began_by)


def _check_rules(scenario: Scenario) -> Iterator[Inconsistency]:
    opening = scenario.rules.challenge
    if opening.opening_display.high + opening.opening_force.high > 1:
        yield Inconsistency(
            ("rules", "challenge", "opening_force", "high"),
            "together with opening_display may exceed 1, leaving nothing for opening by a threat",
            f"{1 - opening.opening_display.high:g} or less",
        )
