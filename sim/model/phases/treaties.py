"""Phase: treaties. Actors conclude treaties and leave them, as often as in the record.

All decide on what binds them when the month begins; of two pacts of the same two the deeper is
concluded. A pact that a world concludes is an instrument of its own, made when the first world of a
block signs it; a world that has not signed it goes on as if it were not there.
"""

from __future__ import annotations

from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.decisions.possible_notices import Notice
from sim.model.decisions.possible_pacts import Pact
from sim.model.entities.pacts import KINDS, class_of
from sim.model.entities.treaty import Treaty
from sim.model.phases.acts import give_notice, sign
from sim.model.state import State
from sim.model.theory.formation import CONSULTATION, DEFENCE, NONAGGRESSION
from sim.scenario.schema.treaties import Obligation, TreatySpec

_NAMES = {
    DEFENCE: "defence pact",
    CONSULTATION: "treaty of consultation",
    NONAGGRESSION: "non-aggression pact",
}
_OBLIGATIONS = {
    DEFENCE: (Obligation.DEFENCE, Obligation.NONAGGRESSION, Obligation.CONSULTATION),
    CONSULTATION: (Obligation.CONSULTATION,),
    NONAGGRESSION: (Obligation.NONAGGRESSION,),
}


def move_treaties(context: PhaseContext) -> None:
    """Let actors conclude treaties and give notice of them."""
    if not context.state.mechanisms.treaties_move:
        return
    signed: dict[tuple[int, int], Mask] = {}
    for move, where in context.treaty_moves.decide():
        if isinstance(move, Notice):
            give_notice(context, move.treaty, move.party, where.nonzero()[0])
        else:  # of two actors one in a month
            actors = move.pair.actors
            earlier = signed.get(actors, context.state.no_world)
            signed[actors] = where | earlier
            sign(context, _instrument(context.state, move), (where & ~earlier).nonzero()[0])


def _instrument(state: State, pact: Pact) -> Treaty:
    """Return the pact of two actors of a class, unsigned where it has not been concluded."""
    code = _code(state, pact, pact.promise)
    return state.treaties.get(code) or state.find_instrument(code, _text(state, pact))


def _code(state: State, pact: Pact, promise: int) -> str:
    first, second = (state.codes[row] for row in pact.pair.actors)
    return f"new_{KINDS[promise]}_{first}_{second}"


def _text(state: State, pact: Pact) -> TreatySpec:
    """Return the text of a pact: its theatres are all, and it replaces a lesser pact of the two."""
    first, second = pact.pair.actors
    return TreatySpec(
        name=f"{state.names[first]}-{state.names[second]} {_NAMES[pact.promise]}",
        parties=(state.codes[first], state.codes[second]),
        obligations=_OBLIGATIONS[pact.promise],
        replaces=_lesser_pact(state, pact),
        source=("pact-record",),
    )


def _lesser_pact(state: State, pact: Pact) -> str:
    """Return the code of the lesser pact of the two alone that is to be replaced; empty if none."""
    codes, scenario = {state.codes[row] for row in pact.pair.actors}, state.scenario
    standing = [
        code
        for code, spec in scenario.treaties.items()
        if set(spec.parties) == codes
        and (spec.ends is None or spec.ends > scenario.start)
        and 0 < class_of(state.treaties[code]) < pact.promise
    ]
    lesser = [_code(state, pact, promise) for promise in KINDS if promise < pact.promise]
    return next(iter([*standing[::-1], *lesser]), "")
