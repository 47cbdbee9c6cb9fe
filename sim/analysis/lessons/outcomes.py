"""The outcomes that a lesson looks at: what each name refers to, and how it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sim.analysis.choices.choice import ChoiceKind
from sim.analysis.stress.openings import CrisisKind, CrisisOpening, parse_opening
from sim.errors import RequestError
from sim.model.measures.registry import Measure, list_measures
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario


class OutcomeFamily(StrEnum):
    """Where an outcome comes from."""

    MEASURE = "measure"
    """A measure of each world."""
    RATE = "rate"
    """The expected number of a choice a year."""
    HELP = "help"
    """The chance that an ally sends any aid, as the attacker expects it."""
    STRESS = "stress"
    """The share of worlds in which an ally sends any aid to the attacked side of a crisis."""


@dataclass(frozen=True)
class Outcome:
    """An outcome as a lesson names it.

    Attributes:
        name: the name, such as `help:korea:dprk:russia`.
        family: where it comes from.
        parts: what follows the family, from colon to colon; for a measure, its name.
    """

    name: str
    family: OutcomeFamily
    parts: tuple[str, ...]

    @property
    def opening(self) -> str:
        """The opening of a crisis, as `korea:rok@war`."""
        return ":".join(self.parts[:2])


class OutcomeError(ValueError):
    """A scenario does not have an outcome.

    Attributes:
        message: what is wrong.
        allowed: what is allowed, or empty.
        nearest: the nearest name, or empty.
    """

    def __init__(self, message: str, allowed: str = "", nearest: str = "") -> None:
        super().__init__(message)
        self.message, self.allowed, self.nearest = message, allowed, nearest


def parse_outcome(name: str) -> Outcome:
    """Return the outcome of a name that the schema allows."""
    family, _, rest = name.partition(":")
    if not rest:
        return Outcome(name, OutcomeFamily.MEASURE, (name,))
    return Outcome(name, OutcomeFamily(family), tuple(rest.split(":")))


def list_known_measures(scenario: Scenario) -> dict[str, Measure]:
    """Return the measures of a scenario by name."""
    return {measure.name: measure for measure in list_measures(scenario)}


def require_outcome(outcome: Outcome, scenario: Scenario, measures: Mapping[str, Measure]) -> None:
    """Require that a scenario has an outcome.

    Raises:
        OutcomeError: it has not.
    """
    if outcome.family is OutcomeFamily.MEASURE:
        allowed = f"one of {len(measures)}, such as {', '.join(list(measures)[:4])}"
        return _require(outcome.name, measures, "is not a measure of this scenario", allowed)
    if outcome.family is OutcomeFamily.STRESS:
        return _require_opening(outcome, scenario)
    rivalry, actor = outcome.parts[-2:] if _is_rate(outcome) else outcome.parts[:2]
    _require(rivalry, scenario.rivalries, "is not a known rivalry")
    rivals = scenario.rivalries[rivalry].between
    _require(actor, rivals, f"is not one of the rivals of {rivalry}")
    if not _is_rate(outcome):
        _require_ally(outcome.parts[2], scenario, rivals)
    return None


def label_outcome(outcome: Outcome, scenario: Scenario, measures: Mapping[str, Measure]) -> str:
    """Return an outcome in words, such as "Russia would aid DPRK if South Korea attacked"."""
    match outcome.family:
        case OutcomeFamily.MEASURE:
            return measures[outcome.name].short
        case OutcomeFamily.RATE:
            return _label_rate(outcome, scenario)
        case OutcomeFamily.HELP:
            rivalry, partner, ally = outcome.parts
            who, other = (
                _name(scenario, partner),
                _name(scenario, _rival(scenario, rivalry, partner)),
            )
            return f"{_name(scenario, ally)} would aid {who} if {other} attacked"
        case OutcomeFamily.STRESS:
            return _label_stress(outcome, scenario)


_RATES = {
    ChoiceKind.CHALLENGE: "{actor} challenges {other}",
    ChoiceKind.RESIST: "{actor} resists a challenge of {other}",
    ChoiceKind.CLIMB: "{actor} escalates against {other}",
    ChoiceKind.WAR: "{actor} goes to war with {other}",
}
_CRISES = {
    CrisisKind.WAR: "if {attacker} attacks",
    CrisisKind.FORCE: "if {attacker} uses force",
    CrisisKind.COUP: "if {attacker} attacks by surprise",
    CrisisKind.HOME_SOIL: "if {attacker} carries the war onto its soil",
    CrisisKind.NONE: "if nothing happens",
}


def _label_rate(outcome: Outcome, scenario: Scenario) -> str:
    kind, rivalry, actor = outcome.parts
    other = _rival(scenario, rivalry, actor)
    names = {"actor": _name(scenario, actor), "other": _name(scenario, other)}
    return _RATES[ChoiceKind(kind)].format(**names)


def _label_stress(outcome: Outcome, scenario: Scenario) -> str:
    opening = parse_opening(outcome.opening, scenario)
    when = _CRISES[opening.kind].format(attacker=_name(scenario, opening.attacker))
    ally, attacked = _name(scenario, outcome.parts[2]), _name(scenario, opening.attacked)
    return f"{ally} aids {attacked} {when}"


def _is_rate(outcome: Outcome) -> bool:
    return outcome.family is OutcomeFamily.RATE


def _rival(scenario: Scenario, rivalry: str, actor: str) -> str:
    between = scenario.rivalries[rivalry].between
    return between[1 - between.index(actor)]


def _name(scenario: Scenario, actor: str) -> str:
    return scenario.actors[actor].name


def _require_opening(outcome: Outcome, scenario: Scenario) -> None:
    try:
        opening: CrisisOpening = parse_opening(outcome.opening, scenario)
    except RequestError as error:
        message, _, hint = str(error).removeprefix("--crisis ").partition("\n    allowed: ")
        raise OutcomeError(message, hint) from None
    _require_ally(outcome.parts[2], scenario, (opening.attacker, opening.attacked))


def _require_ally(ally: str, scenario: Scenario, rivals: Iterable[str]) -> None:
    others = [code for code in scenario.actors if code not in rivals]
    _require(ally, others, "is not an actor beside the two")


def _require(name: str, known: Iterable[str], message: str, allowed: str = "") -> None:
    names = list(known)
    if name not in names:
        nearest = find_nearest_name(name, names)
        raise OutcomeError(f"{name!r} {message}", allowed or ", ".join(names), nearest)
