"""In every world, a month of war goes as the oracle computes: front, weariness, and end."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from sim.model.model import AllianceModel
from sim.model.phases.war import wage_wars
from sim.scenario.schema.scenario import Scenario
from tests import oracle
from tests.model import oracle_aid
from tests.model.one_world import World
from tests.worlds import number, quarrel, war

WORLDS, MONTHS = 40, 24


class Month(NamedTuple):
    """The state of a war in one world after a month."""

    on: bool
    front: float
    weariness: tuple[float, float]
    home_soil: bool
    nuclear_use: bool


def at_war(**changes: Any) -> Scenario:
    """Return the quarrel at war on day one, with aid of every level and a fast front."""
    support = {
        "patron": {"side": "member", "aid": "war", "source": "disputes"},
        "friend": {"side": "member", "aid": "materiel", "source": "disputes"},
        "backer": {"side": "rival", "aid": "troops", "source": "disputes"},
    }
    hasty = {
        "rules__war__front_noise": number(0.15, 0.1, 0.2),
        "rules__war__home_soil": 0.1,
        "actors__patron__nuclear_warheads": 9,
        "wars__feud": war("feud", "rival", "member", support=support),
    }
    return quarrel(**hasty | changes)


@pytest.mark.parametrize("borders", [("member",), ()], ids=["neighbours", "apart"])
@pytest.mark.parametrize("nuclear", [0.0005, 0.05])
def test_every_month_of_a_war_is_what_the_oracle_says(
    nuclear: float, borders: tuple[str, ...]
) -> None:
    scenario = at_war(rules__war__nuclear_use=nuclear, actors__rival__borders=borders)
    block = _opened(scenario, WORLDS)
    for _ in range(MONTHS):
        block.context.state.begin_month()
        expected = [_expected(block, at) for at in range(WORLDS)]
        wage_wars(block.context)
        for at, month in enumerate(expected):
            assert _flat(_simulated(block, at)) == pytest.approx(_flat(month)), (at, month)
    assert not block.context.state.rivalries["feud"].war.on.all()
    assert block.context.nuclear_use.any() == (nuclear > 0.01)


def test_wars_end_by_victory_and_by_agreement_and_reach_home_soil() -> None:
    block = _opened(at_war(), 200)
    for _ in range(MONTHS):
        block.context.state.begin_month()
        wage_wars(block.context)
    assert {*block.history().events["event"]} >= {"victory", "peace", "home_soil"}


def _opened(scenario: Scenario, worlds: int) -> AllianceModel:
    block = AllianceModel(scenario, 0, worlds)
    block.close()
    return block


def _simulated(block: AllianceModel, at: int) -> Month:
    war = block.context.state.rivalries["feud"].war
    first, second = war.weariness[:, at].tolist()
    facts = bool(war.home_soil[at]), bool(block.context.nuclear_use[at])
    return Month(bool(war.on[at]), float(war.front[at]), (first, second), *facts)


def _flat(month: Month) -> list[float]:
    """Return the month in numbers; where the war is over, without front and weariness."""
    rest = [month.front, *month.weariness, month.home_soil] if month.on else []
    return [month.on, month.nuclear_use, *rest]


def _expected(block: AllianceModel, at: int) -> Month:
    """Return the expected state of one world after another month of war."""
    before, world = _simulated(block, at), World(block.context.state, at)
    if not before.on:
        return before
    rules = world.rules("war")
    front = _front(world, before.front, rules)
    first, second = _weariness(world, before.weariness, rules["weariness"])
    one, other = (oracle_aid.strength(world, "feud", side) for side in (0, 1))
    odds = oracle.settle(rules, (first, second), front, (one, other))
    peace = _draw(world, "settle") < oracle.chance(odds)
    carried = world.of("borders", "rival", "member") and rules["home_soil"]
    home_soil = before.home_soil or _draw(world, "home soil") < carried
    nuclear_use = before.nuclear_use or any(_uses(world, who, rules) for who in world.codes)
    return Month(abs(front) < 1 and not peace, front, (first, second), home_soil, nuclear_use)


def _front(world: World, before: float, rules: dict[str, float]) -> float:
    fortune = world.streams.normal("fortune", world.month, "feud")[world.at] * rules["front_noise"]
    began, struck = (oracle_aid.strength(world, "feud", side) for side in (0, 1))
    return oracle.front_after(before, began, struck, rules["front_speed"], fortune)


def _weariness(world: World, before: tuple[float, float], month: float) -> tuple[float, float]:
    first, second = (oracle_aid.strength(world, "feud", side) for side in (0, 1))
    losses, of_loss = world.rules("supply")["losses"], world.rules("supply")["weariness_of_loss"]
    return (
        oracle.weariness_after(before[0], first, second, month, losses, of_loss),
        oracle.weariness_after(before[1], second, first, month, losses, of_loss),
    )


def _uses(world: World, who: str, rules: dict[str, float]) -> bool:
    able = world.of("nuclear", who) > 0 and world.fights("feud", who)
    draw = world.streams.uniform("nuclear use", world.month, who, about="feud")[world.at]
    return able and bool(draw < rules["nuclear_use"])


def _draw(world: World, decision: str) -> float:
    return float(world.streams.uniform(decision, world.month, "feud")[world.at])
