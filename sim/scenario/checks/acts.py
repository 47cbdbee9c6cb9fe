"""Consistency of dated acts on treaties: what is signed, left or joined must allow it on that day.

The acts are followed day by day, as they come about in a world in which nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.scenario.calendar import month_of
from sim.scenario.checks.arrangements import Inconsistency
from sim.scenario.schema.rivalries import TREATY_ACTS, ShockKind, ShockSpec
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import TreatySpec


def find_act_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the acts on treaties that could not be done."""
    acts = {code: shock for code, shock in scenario.shocks.items() if shock.kind in TREATY_ACTS}
    standing = {code: _Standing(spec) for code, spec in scenario.treaties.items()}
    for code, act in sorted(acts.items(), key=lambda item: item[1].date):
        if act.treaty not in standing:
            message = "is missing: which treaty is signed, left or joined"
            yield Inconsistency(("shocks", code, "treaty"), message, ", ".join(standing))
        elif problem := _find_problem(act, standing[act.treaty], scenario):
            field, message, allowed = problem
            yield Inconsistency(("shocks", code, field), message, allowed)
        else:
            _follow(act, standing[act.treaty])


class _Standing:
    """How a treaty stands as the acts are followed: since when, until when, and with whom."""

    def __init__(self, spec: TreatySpec) -> None:
        self.spec = spec
        self.since = spec.signed if spec.concluded else None
        self.until = spec.ends
        self.parties = list(spec.parties)

    def on(self, day: date) -> bool:
        """Whether it is signed and has not lapsed on a day."""
        return self.since is not None and self.since <= day and not self.ended(day)

    def ended(self, day: date) -> bool:
        """Whether it has lapsed by a day."""
        return self.until is not None and self.until <= day


def _find_problem(
    act: ShockSpec, treaty: _Standing, scenario: Scenario
) -> tuple[str, str, str] | None:
    """Return the field, the message and what is allowed, if an act could not be done."""
    day = act.date
    if act.kind in (ShockKind.SIGN, ShockKind.RENEGOTIATE):
        return _find_signing_problem(act, treaty)
    if not treaty.on(day):
        return "treaty", f"binds nobody on {day}", _list_standing(scenario, day)
    leaves = act.kind is ShockKind.LEAVE
    may = [code for code in scenario.actors if (code in treaty.parties) is leaves]
    if act.actor not in may:
        missing = f"is missing: who {'leaves' if leaves else 'joins'}"
        unfit = "is no party" if leaves else "is a party already"
        return "actor", unfit if act.actor else missing, ", ".join(may)
    return _find_late_notice(act, treaty, scenario) if leaves else None


def _find_signing_problem(act: ShockSpec, treaty: _Standing) -> tuple[str, str, str] | None:
    if treaty.since is not None and not treaty.ended(act.date):
        since = f"in force already, signed on {treaty.since}"
        later = f"signed on {treaty.since} by the scenario itself"
        return "treaty", f"is {since if treaty.on(act.date) else later}", "a text not yet signed"
    replaced = treaty.spec.replaces
    if act.kind is ShockKind.RENEGOTIATE and not replaced:
        return "treaty", "replaces no treaty, so that nothing is renegotiated", 'kind = "sign"'
    return None


def _find_late_notice(
    act: ShockSpec, treaty: _Standing, scenario: Scenario
) -> tuple[str, str, str] | None:
    """Return the problem of a notice that would end after the last month."""
    given, notice = month_of(act.date, scenario.start), treaty.spec.notice or 0
    if given <= scenario.months < given + notice:
        message = f"is left with {notice} months of notice, which end after the months simulated"
        return "date", message, f"months = {given + notice} or more, or an earlier date"
    return None


def _follow(act: ShockSpec, treaty: _Standing) -> None:
    """Let an act come about; who gave notice is treated as gone, since it cannot give it twice."""
    if act.kind is ShockKind.ACCEDE:
        treaty.parties.append(act.actor)
    elif act.kind is ShockKind.LEAVE:
        treaty.parties.remove(act.actor)
        if len(treaty.parties) < 2:
            treaty.until, treaty.parties = act.date, list(treaty.spec.parties)
    else:
        treaty.since, treaty.until = act.date, None
        treaty.parties = list(treaty.spec.parties)


def _list_standing(scenario: Scenario, day: date) -> str:
    codes = [code for code, spec in scenario.treaties.items() if _Standing(spec).on(day)]
    return ", ".join(codes)
