"""Treaties are signed, joined and left in some worlds, and only there does anything change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial

import numpy as np
import pytest

from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.decisions.calls import find_allies
from sim.model.model import AllianceModel
from sim.model.phases.acts import accede, give_notice, sign
from sim.model.recording.history import Columns, History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation, TreatySpec
from tests.model.compare_histories import counted, joined, same, same_history
from tests.worlds import START, act, changed, quarrel, shock, tangle, treaty

WORLDS, MONTHS = 16, 10
STILL = {"mechanisms__treaties_move": False, "mechanisms__governments_change": False}
ACTS = ("signed", "in_force", "replaced", "notice", "left", "acceded")
HELD = treaty("patron", "outsider", obligations=("defence", "consultation"), signed=None)
TANGLE = tangle(months=MONTHS, **STILL)


def test_a_text_signed_on_the_first_day_gives_the_worlds_of_one_dated_to_it() -> None:
    dated = changed(TANGLE, treaties__new=HELD | {"signed": START})
    signed = changed(TANGLE, treaties__new=HELD, shocks__new=act("sign", 1, "new"))
    assert _same_but_for_acts(simulate(signed, 0, WORLDS), simulate(dated, 0, WORLDS))


def test_a_text_that_nobody_signs_is_not_there_to_the_last_bit() -> None:
    held, without = simulate(changed(TANGLE, treaties__new=HELD), 0, WORLDS), _without()
    assert same(_columns_of(held.worlds, without), without.worlds)
    assert same(held.events, without.events)


def test_a_treaty_may_be_signed_after_it_was_said_to_be_never_concluded() -> None:
    never = changed(quarrel(months=6, **STILL), treaties__pact__concluded=False)
    late = changed(never, shocks__late=act("sign", 4, "pact"))
    binding = _binding(simulate(late, 0, 5), "pact")
    assert (binding == [0, 0, 0, 1, 1, 1]).all()


def test_an_act_leaves_what_is_known_of_others() -> None:
    model = AllianceModel(changed(TANGLE, treaties__new=HELD), 0, WORLDS)
    state = model.context.state
    theatre = next(iter(state.rivalries))
    known = {who: find_allies(state, who, theatre) for who in range(len(state.codes))}
    state.begin_month()
    sign(model.context, state.treaties["new"], np.arange(WORLDS))
    parties = state.treaties["new"].parties
    for who, allies in known.items():
        found = find_allies(state, who, theatre)
        assert (found is allies) == (who not in parties), state.codes[who]
    model.close()


def test_who_is_known_of_a_treaty_that_more_worlds_sign_is_as_if_found_anew() -> None:
    model = AllianceModel(changed(TANGLE, treaties__new=HELD), 0, WORLDS)
    state = model.context.state
    theatre = next(iter(state.rivalries))
    state.begin_month()
    sign(model.context, state.treaties["new"], np.arange(3))
    known = [find_allies(state, who, theatre) for who in range(len(state.codes))]
    sign(model.context, state.treaties["new"], np.arange(3, 9))
    assert all(find_allies(state, who, theatre) is allies for who, allies in enumerate(known))
    state.promises.clear()
    state.potential_allies.clear()
    for who, allies in enumerate(known):
        found = find_allies(state, who, theatre)
        assert found.keys() == allies.keys()
        for ally, where in allies.items():
            assert _same(where, found[ally]), (state.codes[ally], state.codes[who])
    model.close()


def _same(where: Mask | None, found: Mask | None) -> bool:
    """Whether two say the same of where something is so, (world,), or that it is so everywhere."""
    if where is None or found is None:
        return where is found
    return np.array_equal(where, found)


# -- acts in some worlds of a block ---------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7])
def test_worlds_that_act_are_the_same_in_blocks_of_any_size(size: int) -> None:
    parts = [_acting(first, min(size, WORLDS - first)) for first in range(0, WORLDS, size)]
    assert same_history(joined(parts), _all_acting())


def test_a_world_in_which_nobody_acts_is_as_if_nobody_could() -> None:
    idle = [world for world in range(WORLDS) if not any(w % 4 == world % 4 for w in (0, 1, 2))]
    acting, without = _all_acting(), _without()
    assert len(idle) == WORLDS // 4
    for name, column in without.worlds.items():
        assert acting.worlds[name][idle].tobytes() == column[idle].tobytes(), name


def test_worlds_that_act_do_what_they_do() -> None:
    history = _all_acting()
    for place, event in enumerate(("signed", "notice", "acceded")):
        acted = counted(history, event) > 0
        assert acted.tolist() == [world % 4 == place for world in range(WORLDS)], event
    assert not same(history.worlds, _without().worlds)


@cache
def _all_acting() -> History:
    return _acting(0, WORLDS)


@cache
def _without() -> History:
    return simulate(TANGLE, 0, WORLDS)


def _acting(first: int, count: int) -> History:
    return simulate(TANGLE, first, count, observe=partial(_act, np.arange(first, first + count)))


def _act(worlds: np.ndarray[tuple[int], np.dtype[np.int64]], month: int, model: object) -> None:
    """Let a quarter of all worlds sign, another leave, and a third let somebody join."""
    assert isinstance(model, AllianceModel)
    if month in (1, 3, 5):
        context, where = model.context, [np.flatnonzero(worlds % 4 == act) for act in range(3)]
        pair = ("backer", "outsider") if month == 1 else ("rival", "backer")
        if where[0].size:
            sign(context, context.state.find_instrument("_".join(pair), _pact(*pair)), where[0])
        treaties, row = context.state.treaties, context.state.codes.index
        give_notice(context, treaties["talks" if month == 1 else "pact"], row("patron"), where[1])
        give_notice(context, treaties["talks"], row("friend"), where[1])
        accede(context, treaties["pact"], row("outsider"), where[2])


def _pact(*parties: str) -> TreatySpec:
    obligations = (Obligation.OFFENCE, Obligation.CONSULTATION)
    return TreatySpec(name="A pact", parties=parties, obligations=obligations, source=("own",))


# -- who is called ---------------------------------------------------------------------------------


def test_an_ally_that_signed_is_called_and_an_onlooker_is_not() -> None:
    scenario = _at_war("friend", "member", month=4)
    for signed, called in ((3, 5), (5, 0)):
        signing = changed(scenario, shocks__sign=act("sign", signed, "new"))
        calls = counted(simulate(signing, 0, 5), "called", towards="friend", subject="new")
        assert calls.sum() == called


@pytest.mark.parametrize(("protects", "called"), [((), 5), (("patron",), 0)])
def test_who_accedes_is_protected_if_the_text_protects_all(
    protects: tuple[str, ...], called: int
) -> None:
    scenario = _at_war("patron", "friend", month=4, protects=protects)
    joining = changed(
        scenario, shocks__sign=act("sign", 1, "new"), shocks__join=act("accede", 2, "new", "member")
    )
    history = simulate(joining, 0, 5)
    assert counted(history, "acceded", actor="member", subject="new", month=2).sum() == 5
    assert counted(history, "called", towards="patron", subject="new").sum() == called


def test_a_party_that_left_is_not_bound_and_the_others_are() -> None:
    scenario = _at_war("patron", "friend", "member", month=4)
    left = changed(
        scenario, shocks__sign=act("sign", 1, "new"), shocks__go=act("leave", 3, "new", "patron")
    )
    history = simulate(left, 0, 5)
    assert counted(history, "left", actor="patron", subject="new", month=3).sum() == 5
    assert counted(history, "called", towards="patron", subject="new").sum() == 0
    assert counted(history, "called", towards="friend", subject="new").sum() == 5


def _at_war(*parties: str, month: int, protects: Iterable[str] = ()) -> Scenario:
    """Return a quarrel in which the rival attacks, and the parties hold an unsigned text."""
    text = treaty(*parties, signed=None, protects=tuple(protects))
    attack = shock("dispute", month, "rival")
    return quarrel(months=5, **STILL, treaties__new=text, shocks__attack=attack)


# -- when it ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("notice", "end"), [(None, 3), (0, 3), (2, 5), (12, 15)])
def test_promises_hold_until_the_months_of_notice_have_passed(notice: int | None, end: int) -> None:
    scenario = quarrel(months=16, **STILL, treaties__pact__notice=notice)
    history = simulate(changed(scenario, shocks__go=act("leave", 3, "pact", "patron")), 0, 3)
    assert (_binding(history, "pact") == [1.0] * (end - 1) + [0.0] * (17 - end)).all()
    assert counted(history, "notice", actor="patron", subject="pact", month=3).tolist() == [1] * 3
    assert counted(history, "left", actor="patron", subject="pact", month=end).tolist() == [1] * 3


def test_a_treaty_that_is_renegotiated_lapses_when_its_heir_enters_into_force() -> None:
    months = {"value": 2, "low": 2, "high": 2, "unit": "months", "source": "judgement"}
    heir = treaty("patron", "member", signed=None, replaces="pact")
    heir["ratification"] = months | {"grade": "judgement"}
    again = act("renegotiate", 3, "heir")
    history = simulate(quarrel(months=6, **STILL, treaties__heir=heir, shocks__again=again), 0, 3)
    assert (_binding(history, "pact") == [1, 1, 1, 1, 0, 0]).all()
    assert (_binding(history, "heir")[:, [1, 4]] == [0, 1]).all()
    for event, month, subject in (("signed", 3, "heir"), ("in_force", 5, "heir")):
        assert counted(history, event, month=month, subject=subject).tolist() == [1] * 3
    assert counted(history, "replaced", month=5, subject="pact").tolist() == [1] * 3


@pytest.mark.parametrize("acting", [sign, give_notice, accede])
def test_what_cannot_be_done_does_nothing(acting: Callable[..., Mask]) -> None:
    context = _opened()
    treaty_, row = context.state.treaties["pact"], context.state.codes.index
    everywhere = np.arange(context.state.count)
    who = {sign: (), give_notice: (row("rival"),), accede: (row("patron"),)}[acting]
    assert not acting(context, treaty_, *who, everywhere).size
    assert not len(context.chronicle.history({}).events["event"])


def test_notice_is_given_once() -> None:
    context = _opened()
    pact, patron = context.state.treaties["pact"], context.state.codes.index("patron")
    everywhere = np.arange(context.state.count)
    assert give_notice(context, pact, patron, everywhere).size == everywhere.size
    assert not give_notice(context, pact, patron, everywhere).size


def test_who_left_may_join_again_and_a_treaty_that_ended_may_be_signed_again() -> None:
    context = _opened()
    state, everywhere = context.state, np.arange(context.state.count)
    patron, rival = (state.codes.index(code) for code in ("patron", "rival"))
    pact = state.treaties["pact"]
    assert accede(context, pact, rival, everywhere).size == state.count
    assert give_notice(context, pact, patron, everywhere).size == state.count
    state.begin_month()
    assert not state.binding_between(pact, patron, rival).any()
    assert accede(context, pact, patron, everywhere).size == state.count
    assert state.binding_between(pact, patron, rival).all()
    for code in ("member", "patron"):
        row = state.codes.index(code)
        assert give_notice(context, pact, row, everywhere).size == state.count
    assert not state.binding["pact"].any()
    assert sign(context, pact, everywhere).size == state.count
    assert not state.binding_between(pact, rival).any()


def _opened() -> PhaseContext:
    model = AllianceModel(quarrel(**STILL), 0, 3)
    model.context.state.begin_month()
    return model.context


def _binding(history: History, code: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return how far a treaty binds, (world, month)."""
    months = int(history.months["month"].max())
    return history.months[f"binding_{code}"].reshape(-1, months)


def _columns_of(table: Columns, history: History) -> Columns:
    return {name: table[name] for name in history.worlds}


def _same_but_for_acts(first: History, second: History) -> bool:
    plain = ~np.isin(first.events["event"].astype(str), ACTS)
    events = {name: column[plain] for name, column in first.events.items()}
    tables = ((first.worlds, second.worlds), (first.months, second.months))
    return all(same(*pair) for pair in tables) and same(events, second.events)
