"""What must hold between the parts of a scenario, beyond each part being well formed."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.checks.arrangements import Inconsistency, find_institution_inconsistencies
from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.rivalries import ShockKind, ShockSpec, WarSpec
from sim.scenario.schema.scenario import Scenario


def find_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield what does not fit together in a scenario whose every part is well formed."""
    yield from _check_treaties(scenario)
    yield from _check_rivalries(scenario)
    yield from _check_wars(scenario)
    yield from _check_shocks(scenario)
    yield from _check_rules(scenario)
    yield from find_institution_inconsistencies(scenario)


def _check_treaties(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, treaty in scenario.treaties.items():
        key = ("treaties", code)
        if len(set(treaty.parties)) < len(treaty.parties):
            yield Inconsistency((*key, "parties"), "names a party twice")
        if not set(treaty.protects) <= set(treaty.parties):
            yield Inconsistency(
                (*key, "protects"), "names someone who is not a party", ", ".join(treaty.parties)
            )
        if treaty.in_force and treaty.in_force < treaty.signed:
            yield Inconsistency(
                (*key, "in_force"), "is before the day of signing", f"{treaty.signed} or later"
            )
        if treaty.ends and treaty.ends < treaty.signed:
            yield Inconsistency(
                (*key, "ends"), "is before the day of signing", f"{treaty.signed} or later"
            )
        if treaty.replaces == code:
            yield Inconsistency((*key, "replaces"), "is the treaty itself")
        if treaty.in_force and treaty.ratification:
            yield Inconsistency(
                (*key, "ratification"), "cannot stand beside in_force", "one of the two"
            )


def _check_rivalries(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[frozenset[str], str] = {}
    for code, rivalry in scenario.rivalries.items():
        key = ("rivalries", code)
        pair = frozenset(rivalry.between)
        if pair in seen:
            yield Inconsistency((*key, "between"), f"has a rivalry already: {seen[pair]}")
        seen.setdefault(pair, code)
        rivals = ", ".join(rivalry.between)
        if rivalry.between[0] == rivalry.between[1]:
            yield Inconsistency((*key, "between"), "names the same actor twice")
        for field in ("onset", "stake"):
            if set(getattr(rivalry, field)) != set(rivalry.between):
                yield Inconsistency(
                    (*key, field), "must be given for both rivals and no one else", rivals
                )


def _check_wars(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[str, str] = {}
    for code, war in scenario.wars.items():
        key = ("wars", code)
        sides = scenario.rivalries[war.rivalry].between
        rivals = ", ".join(sides)
        if war.began_by not in sides:
            yield Inconsistency((*key, "began_by"), "is not one of the rivals", rivals)
        if set(war.weariness) != set(sides):
            what = "must be given for both rivals and no one else"
            yield Inconsistency((*key, "weariness"), what, rivals)
        if war.since > scenario.start:
            what = "is after the day the scenario opens"
            yield Inconsistency((*key, "since"), what, f"{scenario.start} or earlier")
        if war.rivalry in seen:
            yield Inconsistency((*key, "rivalry"), f"has a war already: {seen[war.rivalry]}")
        seen[war.rivalry] = code
        yield from _check_support((*key, "support"), war, sides)


def _check_support(key: Key, war: WarSpec, sides: tuple[str, ...]) -> Iterator[Inconsistency]:
    for helper, support in war.support.items():
        if support.side not in sides:
            what = "is not one of the rivals"
            yield Inconsistency((*key, helper, "side"), what, ", ".join(sides))
        if helper in sides:
            yield Inconsistency((*key, helper), "is a principal of the war itself")


_MISSING_ACTOR = "is missing: who challenges, or whose soil is attacked"


_KINDS_WITH_RIVAL = (ShockKind.DISPUTE, ShockKind.HOME_SOIL_ATTACK)


def _check_shocks(scenario: Scenario) -> Iterator[Inconsistency]:
    for code, shock in scenario.shocks.items():
        key = ("shocks", code)
        sides = scenario.rivalries[shock.rivalry].between
        if shock.date < scenario.start:
            yield Inconsistency(
                (*key, "date"), "is before the day the scenario opens", f"{scenario.start} or later"
            )
        if shock.kind in _KINDS_WITH_RIVAL and shock.actor not in sides:
            what = "is not one of the rivals" if shock.actor else _MISSING_ACTOR
            yield Inconsistency((*key, "actor"), what, ", ".join(sides))
        elif shock.kind is ShockKind.HOME_SOIL_ATTACK:
            yield from _check_home_soil_attack((*key, "actor"), shock, scenario)


def _check_home_soil_attack(
    key: Key, shock: ShockSpec, scenario: Scenario
) -> Iterator[Inconsistency]:
    """A war under way can be carried home to the side that began it, and to no other."""
    for war in scenario.wars.values():
        if war.rivalry == shock.rivalry and war.began_by != shock.actor:
            what = "did not begin the war, which is fought on its soil already"
            yield Inconsistency(key, what, war.began_by)


def _check_rules(scenario: Scenario) -> Iterator[Inconsistency]:
    opening = scenario.rules.challenge
    if opening.opening_display.high + opening.opening_force.high > 1:
        yield Inconsistency(
            ("rules", "challenge", "opening_force", "high"),
            "together with opening_display may pass 1, with nothing left for opening by a threat",
            f"{1 - opening.opening_display.high:g} or less",
        )
    if scenario.rules.honour.cut_troops.high > scenario.rules.honour.cut_war.low:
        yield Inconsistency(
            ("rules", "honour", "cut_war", "low"),
            "may fall below cut_troops: open war cannot ask for less than deniable troops",
            f"{scenario.rules.honour.cut_troops.high:g} or more",
        )
