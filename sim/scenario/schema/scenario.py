"""A scenario: all inputs of the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from sim.scenario.schema.actors import ActorSpec, PairSpec, TieSpec
from sim.scenario.schema.exchanges import ExchangeSpec
from sim.scenario.schema.identifiers import CODE_PATTERN
from sim.scenario.schema.institutions import (
    ArmingSpec,
    BlocSpec,
    CouncilSpec,
    PatronageSpec,
    ProvokerSpec,
)
from sim.scenario.schema.lesson import LessonSpec
from sim.scenario.schema.past import PastSpec
from sim.scenario.schema.quantity import ClaimId, Date, FrozenModel, Quantity, StrictInt
from sim.scenario.schema.rivalries import RivalrySpec, ShockSpec, WarSpec
from sim.scenario.schema.rules import Rules
from sim.scenario.schema.sweep import SweepSpec
from sim.scenario.schema.theories import Theories
from sim.scenario.schema.treaties import TreatySpec

_EntryCode = Annotated[str, Field(pattern=CODE_PATTERN)]


class Mechanisms(FrozenModel):
    """Which mechanisms are active; switching one off changes only what lies downstream of it."""

    deterrence: bool = True
    """A challenger anticipates help for its target."""
    emboldenment: bool = True
    """A challenger anticipates help for itself."""
    moral_hazard: bool = True
    """Allies bound even to a partner that begins embolden beyond strength; needs `emboldenment`."""
    advice: bool = True
    """Allies advise a target to settle, less so where they have a quarrel of their own."""
    misjudgement: bool = True
    """Each observer misjudges each ally, for good unless it sees the ally answer."""
    mutual_defence: bool = True
    """Allies answer when called."""
    chain_ganging: bool = True
    """An ally's entry calls the allies of those it attacks."""
    joining: bool = True
    """Actors may enter a war without a commitment."""
    memory: bool = True
    """Commitments honoured or not change trust and affinity."""
    exchange: bool = True
    """Arms and soldiers are delivered, and goods returned."""
    soldiers_gate: bool = True
    """Soldiers are sent only under a treaty that promises aid; off, a supplier needs none."""
    output: bool = True
    """Munitions output grows while an actor fights or supplies a war; idle without `exchange`."""
    technology: bool = True
    """Technology is part of the return; needs `exchange`."""
    payment: bool = True
    """A partner's payments make an ally more willing; needs `exchange`."""
    council: bool = True
    """A council proposes, vetoes, enforces."""
    political_cover: bool = True
    """Vetoes shelter the sanctioned actor; needs `council`."""
    provocation: bool = True
    """Actors provoke below the level of a dispute."""
    calming_down: bool = True
    """Provocations relax to their long-run rate, and a tested class pauses; needs `provocation`."""
    balancing: bool = True
    """The opposing bloc exercises, coordinates, reassures and may arm a rival's enemy."""
    restraint: bool = True
    """Patrons restrain their clients."""
    governments_change: bool = True
    """The supporters that keep an autocrat in power may change."""
    treaties_move: bool = True
    """Actors conclude treaties and leave them, as often as in the record."""


class Scenario(FrozenModel):
    """One complete scenario: its own lines and those of all files it extends."""

    title: str
    """A short name for tables."""
    description: str = ""
    """The assumptions, in a few sentences."""
    question: str = ""
    """A question for a seminar."""
    article: tuple[ClaimId, ...] = ()
    """Claims of the source article with which the scenario deals."""
    start: Date
    """The day the scenario opens; each month begins on that day of a calendar month."""
    months: StrictInt = Field(gt=0, le=600)
    """How many months are simulated."""
    worlds: StrictInt = Field(gt=0)
    """How many worlds are simulated."""
    seed: StrictInt = Field(ge=0, lt=2**63)
    """Seed of the random draws: same seed, same worlds."""
    headlines: tuple[str, ...] = ("war_any", "war_wider", "disputes", "nuclear_use")
    """Measures that the short table shows."""
    affinity_range: Quantity
    """Distance in UN votes at which two actors have nothing in common."""
    actors: dict[_EntryCode, ActorSpec] = Field(min_length=1)
    """The actors, by a short code."""
    ties: dict[_EntryCode, dict[_EntryCode, TieSpec]] = {}
    """What one actor has at stake in another: who, then towards whom."""
    pairs: dict[_EntryCode, PairSpec] = {}
    """Neighbours by sea, strategic rivals, and past disputes, pair by pair."""
    treaties: dict[_EntryCode, TreatySpec] = {}
    """What was promised."""
    rivalries: dict[_EntryCode, RivalrySpec] = {}
    """Who quarrels with whom."""
    wars: dict[_EntryCode, WarSpec] = {}
    """Wars under way when the scenario opens."""
    exchanges: dict[_EntryCode, ExchangeSpec] = {}
    """Who supplies whose war, and the return."""
    councils: dict[_EntryCode, CouncilSpec] = {}
    """Councils that can sanction an actor."""
    provokers: dict[_EntryCode, ProvokerSpec] = {}
    """Who provokes below the level of a dispute, by the actor's code."""
    blocs: dict[_EntryCode, BlocSpec] = {}
    """Who balances together against whom."""
    patronages: dict[_EntryCode, PatronageSpec] = {}
    """Who can restrain whom."""
    armings: dict[_EntryCode, ArmingSpec] = {}
    """Who may arm an enemy of its rival's partner."""
    shocks: dict[_EntryCode, ShockSpec] = {}
    """Dated events that the scenario assumes."""
    mechanisms: Mechanisms = Mechanisms()
    """Which mechanisms are active."""
    rules: Rules
    """The coefficients of behaviour."""
    theories: Theories = Theories()
    """The theory of each place where theories differ; the package's own rules by default."""
    sweep: SweepSpec = SweepSpec()
    """What `sim sweep` varies; `sim run` ignores it."""
    lesson: LessonSpec | None = None
    """What the file teaches; `sim lesson` shows it, and it affects no result."""
    past: PastSpec | None = None
    """The past that all worlds share, such as a game that was played; without it each world has
    its own from the first month."""

    def iter_quantities(self) -> Iterator[tuple[str, Quantity]]:
        """Yield every number with its dotted key, in the order of the file."""
        yield from _iter_quantities(self, "")


def _iter_quantities(part: object, key: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(part, Quantity):
        yield key, part
    elif isinstance(part, FrozenModel):
        for name, value in part:  # the numbers of a theory are no fields of the schema
            yield from _iter_quantities(value, f"{key}.{name}" if key else name)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from _iter_quantities(value, f"{key}.{name}")
