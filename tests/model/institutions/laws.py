"""What must hold of everything arranged from one month to the next, whatever is assumed.

Each law takes how things stood before a month and after it, and the state; it asserts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.entities.exchange import TIERS
from sim.model.state import State
from tests.model.institutions.month_by_month import InstitutionsCopy

Law = Callable[[InstitutionsCopy, InstitutionsCopy, State], None]


def what_is_shipped_left_a_stock(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> None:
    for code, old, new in _exchanges(before, now, state):
        shipped = old.stock + old.output - new.stock
        arrived, lost = (
            new.munitions_delivered - old.munitions_delivered,
            new.munitions_stopped - old.munitions_stopped,
        )
        assert _alike(shipped, arrived + lost), code
        assert _alike(arrived, new.delivered), code
        assert _least(shipped) >= 0, code
        spare = old.output + state.rules.exchange.draw * old.stock
        assert _least(spare - shipped) >= 0, code


def a_share_of_what_is_shipped_is_stopped(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> None:
    for code, old, new in _exchanges(before, now, state):
        supplier = state.institutions.exchanges[code].supplier
        stopped = state.rules.exchange.interdiction * _enforced(state, supplier)
        shipped = old.stock + old.output - new.stock
        assert _alike(new.munitions_stopped - old.munitions_stopped, shipped * stopped), code
        missiles = old.missile_stock + new.sampled.missiles_output - new.missile_stock
        assert _alike(new.missiles_sent - old.missiles_sent, missiles * (1 - stopped)), code
        assert _least(missiles) >= 0, code
        assert _least(new.sampled.missiles_output + old.missile_stock - missiles) >= 0, code


def what_arrives_is_imported(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    for row, code in _armed(state):
        arrived = [
            new.delivered
            for name, _, new in _exchanges(before, now, state)
            if state.institutions.exchanges[name].buyer == row
        ]
        assert _alike(getattr(now, f"{code}_arsenal").imports, np.sum(arrived, axis=0)), code


def an_arsenal_adds_up(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    for row, code in _armed(state):
        old, new = (getattr(moment, f"{code}_arsenal") for moment in (before, now))
        fired, available = new.fired - old.fired, old.stock + old.production + old.imports
        assert _alike(new.stock, available - fired), code
        assert _least(np.minimum(new.use, available) - fired) >= 0, code
        at_peace = ~_fighting(before, state, row)
        assert not fired[at_peace].any(), code


def an_account_adds_up(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    rules = state.rules.exchange
    fade = 0.5 ** (1 / rules.debt_half_life)
    for code, old, new in _exchanges(before, now, state):
        bill, returned = _bill(old, new), new.returned - old.returned
        assert _alike(new.value_delivered - old.value_delivered, bill), code
        if not new.spec.paid:
            assert not (new.returned + new.annual_returns).any(), code
            assert _alike(new.debt, old.debt), code
            continue
        assert _alike(returned, rules.returned * bill), code
        paid = _paid_off(old, new, state)
        assert _alike(new.debt, np.maximum(old.debt * fade + bill - returned - paid, 0)), code
        assert _alike(new.annual_returns, old.annual_returns * 11 / 12 + returned + paid), code


def soldiers_are_at_home_with_the_buyer_or_fallen(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> None:
    for code, old, new in _exchanges(before, now, state):
        on = now.on[new.spec.rivalry]
        sent, fell = new.troops_sent - old.troops_sent, new.troops_fallen - old.troops_fallen
        assert _alike(new.troops_left + new.troops_sent, new.sampled.troops_pool), code
        assert _alike(new.troops_present, (old.troops_present + sent - fell) * on), code
        assert _alike(fell, (old.troops_present + sent) * state.rules.exchange.casualties * on), (
            code
        )
        assert not sent[~on].any(), code
        assert np.array_equal(new.troops_month > 0, new.troops_sent > 0), code


def a_programme_only_grows_and_others_see_no_more_than_there_is(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> None:
    for row in state.institutions.programmes:
        old, new = (getattr(moment, f"{state.codes[row]}_programme") for moment in (before, now))
        assert _least(new.level - old.level) >= 0
        assert _least(new.level - new.seen) >= 0
        assert _least(new.seen - old.seen) >= 0
        assert _within(new.level)


def nothing_is_negative(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    for code, _, new in _exchanges(before, now, state):
        for name in _AMOUNTS:
            assert _least(getattr(new, name)) >= 0, (code, name)
    for _, code in _armed(state):
        for name in ("stock", "production", "use", "imports", "fired"):
            assert _least(getattr(getattr(now, f"{code}_arsenal"), name)) >= 0, (code, name)
    for provoker in state.institutions.provokers.values():
        assert _least(provoker.tension) >= 0
        assert _least(provoker.outstanding) >= 0
        assert all(_least(count) >= 0 for count in provoker.counts.values())


_AMOUNTS = (
    "stock", "missile_stock", "troops_left", "munitions_delivered", "missiles_sent", "troops_sent",
    "munitions_stopped", "delivered", "troops_present", "troops_fallen", "value_delivered",
    "returned", "debt", "annual_returns", "estimate",
)  # fmt: skip


def shares_are_shares(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    for code, exchange in state.institutions.exchanges.items():
        for name in ("reliance", "depletion", "objection"):
            assert _within(getattr(exchange, name)), (code, name)
    for row, _ in _armed(state):
        assert _within(state.institutions.arsenals[row].fired_share)
        assert _within(state.institutions.arsenals[row].need)
    for council in state.institutions.councils.values():
        assert _within(council.cover)
        assert _within(council.strength)
        assert _within(council.enforcement / np.maximum(council.strength, 1e-9))
    for bloc in state.institutions.blocs.values():
        assert _within(bloc.coordination)
        assert _least(bloc.gained) >= 0
    assert _within(state.memory.affinity)


def needs_are_shared_out_among_patrons(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> None:
    patronages = state.institutions.patronages.values()
    for client in {patronage.client for patronage in patronages}:
        patrons = [patronage for patronage in patronages if patronage.client == client]
        assert all(_within(patronage.dependence) for patronage in patrons)
        assert all(_least(patronage.need) >= 0 for patronage in patrons)
        if state.mechanisms.restraint:  # else nobody asks
            assert _within(np.sum([patronage.dependence for patronage in patrons], axis=0))
        needs_before = [getattr(before, patronage.code).need for patronage in patrons]
        assert _alike(
            np.sum([patronage.need for patronage in patrons], axis=0), np.sum(needs_before, axis=0)
        )


def a_council_keeps_count(before: InstitutionsCopy, now: InstitutionsCopy, state: State) -> None:
    for code, council in state.institutions.councils.items():
        old = getattr(before, code)
        drafted = council.drafts - old.drafts
        vetoed, passed = council.vetoes - old.vetoes, council.adopted - old.adopted
        assert set(np.unique(drafted)) <= {0, 1}
        assert ((vetoed + passed) <= drafted).all()
        assert ((vetoed >= 0) & (passed >= 0)).all()
        assert (council.autonomous_sanctions <= council.vetoes).all()
        assert _least(council.strength - old.strength) >= 0


LAWS: dict[str, Law] = {
    law.__name__.replace("_", " "): law
    for law in (
        what_is_shipped_left_a_stock,
        a_share_of_what_is_shipped_is_stopped,
        what_arrives_is_imported,
        an_arsenal_adds_up,
        an_account_adds_up,
        soldiers_are_at_home_with_the_buyer_or_fallen,
        a_programme_only_grows_and_others_see_no_more_than_there_is,
        nothing_is_negative,
        shares_are_shares,
        needs_are_shared_out_among_patrons,
        a_council_keeps_count,
    )
}
"""Every law, by its sentence."""


def _exchanges(
    before: InstitutionsCopy, now: InstitutionsCopy, state: State
) -> Iterator[tuple[str, SimpleNamespace, SimpleNamespace]]:
    for code in state.institutions.exchanges if state.mechanisms.exchange else ():
        yield code, getattr(before, code), getattr(now, code)


def _armed(state: State) -> Iterator[tuple[int, str]]:
    for row in state.institutions.arsenals if state.mechanisms.exchange else ():
        yield row, state.codes[row]


def _bill(old: SimpleNamespace, new: SimpleNamespace) -> Vector:
    """Return the value of what arrived in a month."""
    return (
        (new.munitions_delivered - old.munitions_delivered) * new.sampled.munitions_price
        + (new.missiles_sent - old.missiles_sent) * new.sampled.missile_price
        + (new.troops_sent - old.troops_sent) * new.sampled.troops_price
    )


def _paid_off(old: SimpleNamespace, new: SimpleNamespace, state: State) -> Vector:
    """Return the worth of the technology transferred in a month."""
    newly = new.transferred & ~old.transferred
    values = [getattr(state.rules.technology, f"value_{tier}") for tier in TIERS]
    return np.sum([value * where for value, where in zip(values, newly, strict=True)], axis=0)


def _fighting(before: InstitutionsCopy, state: State, row: int) -> Mask:
    """Return where an actor is a principal of a war that was on before the month or is now."""
    wars = [
        before.on[code] | rivalry.war.on
        for code, rivalry in state.rivalries.items()
        if row in rivalry.rivals
    ]
    return np.any(wars, axis=0)


def _enforced(state: State, target: int) -> Vector:
    """Return how well sanctions against an actor are enforced."""
    enforcement = [np.zeros(state.count)]
    for council in state.institutions.councils.values() if state.mechanisms.council else ():
        if council.target == target:
            enforcement.append(council.enforcement)
    return np.max(enforcement, axis=0)


def _alike(first: Any, second: Any) -> bool:
    """Whether two are the same but for rounding."""
    return np.allclose(first, second, rtol=1e-9, atol=1e-9)


def _least(numbers: Any) -> float:
    """Return the least of some numbers; a rounding error below zero counts as zero."""
    least = float(np.min(numbers))
    return 0.0 if -1e-9 < least < 0 else least


def _within(shares: Any) -> bool:
    """Whether all lie between 0 and 1, but for rounding."""
    return bool(np.all((shares >= -1e-12) & (shares <= 1 + 1e-12)))
