"""The openings of a crisis: who attacks whom, and how; and how a user names one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sim.errors import Problem, RequestError
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.rivalries import Rung, ShockKind, ShockSpec, WarSpec
from sim.scenario.schema.scenario import Scenario

_FORM = "rivalry:attacker@kind, such as korea:dprk@force"


class CrisisKind(StrEnum):
    """How a crisis opens."""

    WAR = "war"
    """The attacker goes to war."""
    FORCE = "force"
    """The attacker opens a dispute by using force, short of war."""
    COUP = "coup"
    """The attacker goes to war and has taken ground before others can answer."""
    HOME_SOIL = "home_soil"
    """In a war under way the defender attacks the home soil of the side that began it."""
    NONE = "none"
    """Nothing happens: what the other openings are compared with."""


@dataclass(frozen=True)
class CrisisOpening:
    """A crisis on a rivalry, opened in month 1.

    Attributes:
        rivalry: the code of the rivalry.
        attacker: the code of the rival that attacks.
        attacked: the code of the other rival.
        kind: how it opens.
    """

    rivalry: str
    attacker: str
    attacked: str
    kind: CrisisKind = CrisisKind.WAR

    def __str__(self) -> str:
        """Return the opening as a user names it."""
        return f"{self.rivalry}:{self.attacker}@{self.kind}"

    def shock(self, scenario: Scenario) -> ShockSpec | None:
        """Return the shock that opens the crisis on the opening day; none if nothing happens."""
        day, war = scenario.start, self.kind in (CrisisKind.WAR, CrisisKind.COUP)
        if self.kind is CrisisKind.NONE:
            return None
        if self.kind is CrisisKind.HOME_SOIL:
            kind = ShockKind.HOME_SOIL_ATTACK
            return ShockSpec(date=day, kind=kind, rivalry=self.rivalry, actor=self.attacked)
        return ShockSpec(
            date=day,
            kind=ShockKind.DISPUTE,
            rivalry=self.rivalry,
            actor=self.attacker,
            rung=Rung.WAR if war else Rung.FORCE,
            fait_accompli=self.kind is CrisisKind.COUP,
        )


def list_openings(scenario: Scenario) -> list[CrisisOpening]:
    """Return the openings that are simulated by default, in the order of the rivalries.

    Each side of a rivalry attacks the other outright. Where a war is under way, the opening is an
    attack on the home soil of the side that began it, beside the same war left alone.
    """
    return [
        opening
        for code, rivalry in scenario.rivalries.items()
        for opening in _list_openings_of(scenario, code, rivalry.between)
    ]


def parse_opening(text: str, scenario: Scenario) -> CrisisOpening:
    """Return the opening that a text such as `korea:dprk@force` names.

    Without a kind it is `war`, or `home_soil` where a war is under way.

    Raises:
        RequestError: the text is malformed, or the scenario allows no such opening; the message
            says what is allowed.
    """
    place, _, kind_name = text.partition("@")
    code, colon, attacker = place.partition(":")
    if not colon or not attacker:
        raise _error(text, f"should be of the form {_FORM}", _list_pairs(scenario))
    _require_known(text, code, "is not a rivalry of this scenario", scenario.rivalries)
    rivals = scenario.rivalries[code].between
    _require_known(text, attacker, f"is not one of the rivals of {code}", rivals)
    war = find_war_under_way(scenario, code)
    default = CrisisKind.HOME_SOIL if war else CrisisKind.WAR
    kind = _parse_kind(text, kind_name) if "@" in text else default
    attacked = rivals[1 - rivals.index(attacker)]
    opening = CrisisOpening(code, attacker, attacked, kind)
    _require_possible(text, opening, war)
    return opening


def require_openings(openings: Iterable[CrisisOpening], scenario: Scenario) -> None:
    """Require that a scenario allows these openings.

    Raises:
        RequestError: it does not allow one of them.
    """
    for opening in openings:
        parse_opening(str(opening), scenario)


def find_war_under_way(scenario: Scenario, rivalry: str) -> WarSpec | None:
    """Return the war that is under way on a rivalry on the opening day, if any."""
    return next((war for war in scenario.wars.values() if war.rivalry == rivalry), None)


def _list_openings_of(
    scenario: Scenario, code: str, between: tuple[str, ...]
) -> list[CrisisOpening]:
    if (war := find_war_under_way(scenario, code)) is None:
        one, other = between
        return [CrisisOpening(code, one, other), CrisisOpening(code, other, one)]
    defender = between[1 - between.index(war.began_by)]
    kinds = (CrisisKind.HOME_SOIL, CrisisKind.NONE)
    return [CrisisOpening(code, defender, war.began_by, kind) for kind in kinds]


def _parse_kind(text: str, name: str) -> CrisisKind:
    _require_known(text, name, "is not a kind of opening", list(CrisisKind))
    return CrisisKind(name)


def _require_possible(text: str, opening: CrisisOpening, war: WarSpec | None) -> None:
    """Require that the opening fits whether there is a war under way, and who began it."""
    kind, pair = opening.kind, f"{opening.rivalry}:{opening.attacker}"
    if kind is CrisisKind.NONE:
        return
    if war is None and kind is CrisisKind.HOME_SOIL:
        message = f"there is no war under way on {opening.rivalry} that could reach home soil"
        raise _error(text, message, f"{pair}@war, {pair}@force, {pair}@coup")
    if war and kind is not CrisisKind.HOME_SOIL:
        message = f"the two are at war already, since {war.since}"
        raise _error(text, message, f"{opening.rivalry}:{_defender(opening, war)}@home_soil")
    if war and opening.attacked != war.began_by:
        message = f"{war.began_by} began the war, which is already fought on {opening.attacked}"
        raise _error(text, message, f"{opening.rivalry}:{opening.attacked}@home_soil")


def _defender(opening: CrisisOpening, war: WarSpec) -> str:
    rivals = (opening.attacker, opening.attacked)
    return rivals[1 - rivals.index(war.began_by)]


def _require_known(text: str, name: str, message: str, known: Iterable[str]) -> None:
    names = list(map(str, known))
    if name not in names:
        raise _error(text, f"{name!r} {message}", ", ".join(names), find_nearest_name(name, names))


def _list_pairs(scenario: Scenario) -> str:
    openings = list_openings(scenario)
    return ", ".join(str(o) for o in openings if o.kind is not CrisisKind.NONE) or "none"


def _error(text: str, message: str, allowed: str, nearest: str = "") -> RequestError:
    return RequestError(str(Problem(None, None, f"--crisis {text}", message, allowed, nearest)))
