"""The opening state of a block of worlds: what a scenario says, as arrays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.build import build_institutions
from sim.model.entities.disputes import Disputes
from sim.model.entities.government import Governments
from sim.model.entities.memory import Memory
from sim.model.entities.pairs import build_pairs
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.treaty import Treaty, end_replaced_treaties
from sim.model.geography import great_circle_km, share_arriving
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.model.state import SampledRules, State
from sim.model.theory.anchor import build_anchor
from sim.model.theory.anchors import Anchors
from sim.scenario.schema.actors import PairSpec
from sim.scenario.schema.scenario import Scenario
from sim.scenario.theories.find import find_theory


def opening_state(scenario: Scenario, streams: RandomStreams) -> State:
    """Return the state on the day the scenario opens."""
    rules = SampledRules(scenario, streams)
    codes = list(scenario.actors)
    index = {code: row for row, code in enumerate(codes)}
    specs = scenario.actors.values()
    treaties = {
        code: Treaty(code, spec, scenario, index, streams)
        for code, spec in scenario.treaties.items()
    }
    end_replaced_treaties(treaties)
    borders, stationed = _border_matrix(scenario, index), _stationed_matrix(scenario, index)
    contiguous = np.maximum(borders, _pair_matrix(scenario, index, lambda p: p.sea_neighbours))
    rivalries = {code: Rivalry(code, scenario, index, streams) for code in scenario.rivalries}
    near = np.maximum(contiguous, _pair_matrix(scenario, index, lambda p: p.near_by_sea))
    distance = _distance_matrix(scenario, borders, stationed)
    state = State(
        scenario=scenario,
        streams=streams,
        rules=rules,
        codes=codes,
        names=[spec.name for spec in specs],
        capability=_sample_actors(scenario, "capability", streams),
        nuclear=(_sample_actors(scenario, "nuclear_warheads", streams) > 0).astype(float),
        major_power=np.array([float(spec.major_power) for spec in specs]),
        distance=distance,
        borders=borders,
        contiguous=contiguous,
        own_quarrels=_own_quarrels(scenario, index, contiguous),
        joint_disputes=_pair_matrix(scenario, index, lambda pair: pair.joint_disputes > 0),
        stationed=stationed,
        reach=_reach_matrix(distance, rules.choice.half_distance),
        worth=_sample_worth(scenario, index, streams),
        worth_before=_sample_worth(scenario, index, streams, before=True),
        stationed_before=_stationed_matrix(scenario, index, before=True),
        memory=Memory(_sample_affinity(scenario, streams), rules.memory),
        treaties=treaties,
        rivalries=rivalries,
        disputes=Disputes.together(list(rivalries.values()), streams.count),
        pairs=build_pairs(scenario, near),
        governments=Governments(scenario, _sample_actors(scenario, "polyarchy", streams)),
        institutions=build_institutions(scenario, index, streams),
        anchors=_build_anchors(rules),
        theories={place: find_theory(place, spec) for place, spec in scenario.theories.chosen()},
    )
    _renew_effects(state)
    return state


def renew_rules(state: State) -> None:
    """Let every world go on with coefficients of behaviour of its own, whatever it had before.

    What has happened stays; what is worked out from the coefficients is worked out anew.
    """
    rules = state.rules = SampledRules(state.scenario, state.streams.afterwards)
    state.reach = _reach_matrix(state.distance, rules.choice.half_distance)
    state.anchors = _build_anchors(rules)
    state.memory.adopt_rules(rules.memory)
    state.binding.clear()
    _renew_effects(state)


def _renew_effects(state: State) -> None:
    """Work out what institutions bring about, as with new coefficients."""
    effects, rules = state.institutions.effects, state.rules
    effects.renew_payments(rules.exchange.return_scale)
    effects.renew_blocs(rules.balancing.calming)
    effects.renew_tension(rules.provocation.tension)
    effects.renew_restraint()
    if state.mechanisms.council:
        effects.renew_sanctions(covers=state.mechanisms.political_cover)


def _build_anchors(rules: SampledRules) -> Anchors:
    answers = rules.answers.items()
    return Anchors({name: build_anchor(record, rules.honour) for name, record in answers})


def _sample_actors(scenario: Scenario, name: str, streams: RandomStreams) -> Vector:
    """Return one sampled number of every actor, (actor, world)."""
    return np.stack(
        [
            sample_parameter(getattr(spec, name), f"actors.{code}.{name}", streams)
            for code, spec in scenario.actors.items()
        ]
    )


def _border_matrix(scenario: Scenario, index: dict[str, int]) -> Vector:
    borders = np.zeros((len(index), len(index)))
    for code, spec in scenario.actors.items():
        for other in spec.borders:
            borders[index[code], index[other]] = borders[index[other], index[code]] = 1
    return borders


def _pair_matrix(
    scenario: Scenario, index: dict[str, int], holds: Callable[[PairSpec], bool]
) -> Vector:
    """Return where a fact about a pair holds, (actor, other); the same for both."""
    matrix = np.zeros((len(index), len(index)))
    for pair in scenario.pairs.values():
        first, second = (index[code] for code in pair.between)
        matrix[first, second] = matrix[second, first] = holds(pair)
    return matrix


def _own_quarrels(scenario: Scenario, index: dict[str, int], contiguous: Vector) -> Vector:
    """Return how many kinds of quarrel two actors have, (actor, other), 0 to 3."""
    rivals = _pair_matrix(scenario, index, lambda pair: pair.rivals)
    disputed = _pair_matrix(scenario, index, lambda pair: pair.disputes > 0)
    return contiguous + rivals + disputed


def _stationed_matrix(scenario: Scenario, index: dict[str, int], *, before: bool = False) -> Vector:
    stationed = np.zeros((len(index), len(index)))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            troops = tie.stationed_before if before and tie.stationed_before else tie.stationed
            stationed[index[who], index[other]] = bool(troops and troops.value > 0)
    return stationed


def _distance_matrix(scenario: Scenario, borders: Vector, stationed: Vector) -> Vector:
    """Return km from the nearest place held: the capital, or where troops are stationed."""
    capitals = [spec.capital for spec in scenario.actors.values()]
    separation = np.array([[great_circle_km(a, b) for b in capitals] for a in capitals])
    separation[borders > 0] = 0
    bases = [np.flatnonzero(row).tolist() for row in stationed]
    return np.stack([separation[[home, *abroad]].min(axis=0) for home, abroad in enumerate(bases)])


def _reach_matrix(distance: Vector, half_distance: Vector) -> Vector:
    return np.stack(
        [np.stack([share_arriving(float(km), half_distance) for km in row]) for row in distance]
    )


def _sample_worth(
    scenario: Scenario, index: dict[str, int], streams: RandomStreams, *, before: bool = False
) -> Vector:
    worth = np.zeros((len(index), len(index), streams.count))
    for who, towards in scenario.ties.items():
        for other, tie in towards.items():
            name = "worth_before" if before and tie.worth_before else "worth"
            if number := getattr(tie, name):
                key = f"ties.{who}.{other}.{name}"
                worth[index[who], index[other]] = sample_parameter(number, key, streams)
    return worth


def _sample_affinity(scenario: Scenario, streams: RandomStreams) -> Vector:
    """Return affinity on the opening day, (actor, other, world), 0 to 1 for identical votes."""
    points = _sample_actors(scenario, "ideal_point", streams)
    widest = sample_parameter(scenario.affinity_range, "affinity_range", streams)
    difference: Vector = np.abs(points[:, None] - points[None, :]) / widest
    return 1 - np.minimum(difference, 1)
