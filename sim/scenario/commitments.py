"""What the dated acts of a scenario make of its treaties: which are signed, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.calendar import month_of
from sim.scenario.schema.rivalries import ShockKind, ShockSpec
from sim.scenario.schema.scenario import Scenario

_SIGNINGS = {ShockKind.SIGN, ShockKind.RENEGOTIATE}


def is_signed(scenario: Scenario, code: str) -> bool:
    """Whether a treaty is signed, by the day that its text gives or by a dated event."""
    treaty = scenario.treaties[code]
    by_day = treaty.concluded and treaty.signed is not None
    return by_day or any(act.kind in _SIGNINGS for act in _acts_on(scenario, code))


def can_bind(scenario: Scenario, code: str) -> bool:
    """Whether a treaty is signed and has not lapsed by the opening day, or is signed afterwards."""
    ends, acts = scenario.treaties[code].ends, _acts_on(scenario, code)
    in_time = ends is None or ends > scenario.start or any(act.kind in _SIGNINGS for act in acts)
    return is_signed(scenario, code) and in_time


def list_parties(scenario: Scenario, code: str) -> tuple[str, ...]:
    """Return the parties that a treaty names, and those that a dated event lets accede."""
    acts = _acts_on(scenario, code)
    joined = (act.actor for act in acts if act.kind is ShockKind.ACCEDE)
    return tuple(dict.fromkeys((*scenario.treaties[code].parties, *joined)))


def list_last_parties(scenario: Scenario, code: str) -> tuple[str, ...]:
    """Return the parties in the last month, if nothing but dated events moves them.

    Of a treaty that ends altogether it is the last parties.
    """
    left = {act.actor for act in _acts_on(scenario, code) if _takes_effect(act, scenario)}
    parties = list_parties(scenario, code)
    staying = tuple(party for party in parties if party not in left)
    return staying if len(staying) > 1 else parties


def _acts_on(scenario: Scenario, code: str) -> Iterator[ShockSpec]:
    return (act for act in scenario.shocks.values() if act.treaty == code)


def _takes_effect(act: ShockSpec, scenario: Scenario) -> bool:
    """Whether a party's notice runs out within the months simulated."""
    if act.kind is not ShockKind.LEAVE:
        return False
    notice = scenario.treaties[act.treaty].notice or 0
    return month_of(act.date, scenario.start) + notice <= scenario.months
