"""One world of the market in one month, read by name and in plain numbers."""

from __future__ import annotations

from sim.model.state import State
from tests.model.institutions.month_by_month import InstitutionsCopy


class Reading:
    """World `at` of a block: the state of its institutions before and after a month."""

    def __init__(
        self, before: InstitutionsCopy, now: InstitutionsCopy, state: State, at: int
    ) -> None:
        self._before, self._now, self._state, self.at = before, now, state, at
        self.month = state.month

    # -- reading ------------------------------------------------------------------------------

    def was(self, thing: str, name: str) -> float:
        """Return a number of an institution before the month."""
        return float(getattr(getattr(self._before, thing), name)[self.at])

    def now(self, thing: str, name: str) -> float:
        """Return the same number after the month."""
        return float(getattr(getattr(self._now, thing), name)[self.at])

    def given(self, thing: str, name: str) -> float:
        """Return a number of the description of an institution as the world sampled it."""
        return float(getattr(getattr(self._now, thing).sampled, name)[self.at])

    def more(self, thing: str, name: str) -> bool:
        """Return whether a count or a fact of an institution has grown this month."""
        return self.now(thing, name) > self.was(thing, name)

    def had(self, row: int) -> bool:
        """Return whether a tier had been given before the month."""
        return bool(self._before.arms.transferred[row, self.at])

    def has(self, row: int) -> bool:
        """Return whether a tier has been given by the end of the month."""
        return bool(self._now.arms.transferred[row, self.at])

    @property
    def where(self) -> tuple[int, int]:
        """The world and the month."""
        return self.at, self.month

    def rule(self, group: str, name: str) -> float:
        """Return a coefficient as this world sampled it."""
        return float(getattr(getattr(self._state.rules, group), name)[self.at])

    def drawn(self, what: str, who: str, towards: str = "", about: str = "") -> float:
        """Return this month's draw of a key."""
        return float(self._state.streams.uniform(what, self.month, who, towards, about)[self.at])

    def fond(self, who: str, towards: str) -> float:
        """Return the affinity of two as it stood before the month."""
        rows = (self._state.codes.index(who), self._state.codes.index(towards))
        return float(self._before.affinity[(*rows, self.at)])

    @property
    def at_war(self) -> bool:
        """Whether the war at the front goes on."""
        return bool(self._now.on["front"][self.at])
