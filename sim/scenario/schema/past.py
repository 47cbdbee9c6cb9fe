"""The past of a scenario: the months of one world, and the decisions that were taken by hand."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from sim.scenario.schema.quantity import FrozenModel, StrictInt


class RulesAfterwards(StrEnum):
    """With which coefficients of behaviour the worlds go on after the past."""

    OWN = "own"
    """Those of the past world, in every world."""
    UNKNOWN = "unknown"
    """Those that each world draws for itself, since a past does not tell how states decide."""


class MoveSpec(FrozenModel):
    """One decision taken by hand, in every world: it is not drawn, wherever it comes up."""

    month: StrictInt = Field(ge=1)
    """The month in which it is taken, from 1."""
    what: str
    """The decision, such as "challenge", "answer" or "restrain"."""
    who: str
    """The actor that decides."""
    towards: str = ""
    """The actor towards which it decides; empty for decisions that are towards nobody."""
    about: str = ""
    """What it is about, by its code: a rivalry, an exchange, a council, a bloc, an arming, or a
    class of provocations; empty where nothing need be named."""
    level: StrictInt = Field(default=1, ge=0)
    """What is decided: 0 no, 1 yes, or how far, such as 3 for open war."""

    def __str__(self) -> str:
        """Return it as `month 3: rok, challenge, dprk, korea = 1`."""
        names = filter(None, (self.who, self.what, self.towards, self.about))
        return f"month {self.month}: {', '.join(names)} = {self.level}"


class PastSpec(FrozenModel):
    """The months that all worlds share, as those of one world, and the decisions taken by hand."""

    world: StrictInt = Field(ge=0)
    """The number of the world whose past it is."""
    months: StrictInt = Field(ge=0)
    """How many months all worlds share; 0 leaves the sampled numbers of that world alone."""
    rules: RulesAfterwards = RulesAfterwards.OWN
    """With which coefficients of behaviour the worlds go on after those months."""
    moves: tuple[MoveSpec, ...] = ()
    """Decisions taken by hand, in these months or later."""
