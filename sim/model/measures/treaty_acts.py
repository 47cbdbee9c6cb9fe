"""Measures of treaties concluded and left, and of supporters that change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from sim.model.measures.measure import Measure, event_measure
from sim.model.measures.needs import Need, Rule, has_aid_obligation
from sim.model.measures.short_names import shorten_treaty
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:  # a measure is described without loading the model
    from numpy.typing import NDArray

    from sim.model.measures.snapshot import Snapshot

_KINDS = {
    "defence": "a further defence pact",
    "consultation": "a further treaty of consultation",
    "nonaggression": "a further non-aggression pact",
}
_NOTICE = "A party has given notice, whether or not its promises have ended yet."


def treaty_act_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    for kind, label in _KINDS.items():
        yield event_measure(
            f"new_{kind}",
            f"{label} is concluded",
            _concluded(kind),
            note="By decision of the actors: a text that the scenario names does not count.",
        )
    yield event_measure(
        "pact_left",
        "a party leaves a defence pact",
        lambda worlds: worlds.any_left,
        note=_NOTICE,
    )
    for code, treaty in scenario.treaties.items():
        if has_aid_obligation(treaty):
            yield event_measure(
                f"left_{code}",
                f"{treaty.name}: a party leaves",
                _left(code),
                short=f"{shorten_treaty(scenario, code)} left by a party",
                needs=(Need(Rule.TREATY, treaty=code),),
                note=_NOTICE,
            )
    yield from _supporters_measures(scenario)


def _supporters_measures(scenario: Scenario) -> Iterator[Measure]:
    line = scenario.rules.supporters.autocracy.value
    yield event_measure(
        "new_supporters",
        "an autocrat comes to rest on new supporters",
        lambda worlds: worlds.any_new_supporters,
        note="In any autocracy: below `rules.supporters.autocracy` in polyarchy.",
    )
    for index, (code, actor) in enumerate(scenario.actors.items()):
        if actor.polyarchy.value < line:
            yield event_measure(
                f"new_supporters_{code}",
                f"{actor.name}: its leadership rests on new supporters",
                _changed(index),
                short=f"new supporters ({actor.name})",
            )


def _concluded(kind: str) -> Callable[[Snapshot], NDArray[Any]]:
    return lambda worlds: worlds.concluded(kind)


def _left(code: str) -> Callable[[Snapshot], NDArray[Any]]:
    return lambda worlds: worlds.left(code)


def _changed(actor: int) -> Callable[[Snapshot], NDArray[Any]]:
    return lambda worlds: worlds.state.governments.changed_in(actor)
