"""An actor that tests and provokes below the level of a dispute, over a block of worlds."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.model.arrays import Counts, Vector, total
from sim.model.calendar import DAYS_PER_MONTH
from sim.model.randomness.parameters import SampledGroup, sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.schema.institutions import ProvokerSpec

STRATEGIC_CLASSES = ("icbm", "satellite", "nuclear")
"""Classes that may lead to a draft in a council, and that pause after a test."""

MISSILE_CLASSES = ("ballistic", "icbm", "satellite")
"""Classes whose number depends on a weapons programme."""

_TENSION_LIMIT = 4.0
"""Tension has an effect up to this multiple of that of the long run, and down to its inverse."""


class Provoker:
    """Provocations of one actor; quantities are vectors (world,).

    The process is self-exciting: each provocation leads to `excitation` more over the following
    weeks (a Hawkes process in monthly steps). Its background relaxes from the rate of the opening
    day to that of the long run, and a test leaves its strategic class less ready for the next.

    Attributes:
        index: row of the actor.
        targets: rows of the actors it provokes.
        outstanding: expected provocations still to follow from earlier ones.
        counts: provocations of the last month, by class.
        totals: provocations since the scenario opened, by class.
        tension: decayed severity of recent provocations.
        baseline_tension: tension at the rate of the opening day.
        long_run_tension: tension at the rate of the long run, as in the record of disputes.
        readiness: share of its rate that each strategic class keeps after earlier tests, 0 to 1.
        rate: background of provocations on the opening day.
        long_run: the rate to which that relaxes.
        excitation: further provocations that each leads to.
        shares: share of each class.
        share_table: the same of all classes, (class, world).
        last_tests: day of the last test of each strategic class before the scenario opens.
        assumed_test: whether the scenario assumes a nuclear test this month.
    """

    def __init__(
        self, code: str, spec: ProvokerSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        key = f"provokers.{code}"
        self.code, self.index = code, index[code]
        self.targets = tuple(index[who] for who in spec.towards)
        self.rate = sample_parameter(spec.rate, f"{key}.rate", streams)
        self.long_run = sample_parameter(spec.long_run, f"{key}.long_run", streams)
        self.excitation = sample_parameter(spec.excitation, f"{key}.excitation", streams)
        shares = [
            sample_parameter(getattr(spec, name), f"{key}.{name}", streams)
            for name in PROVOCATION_CLASSES
        ]
        self.share_table = np.array(shares) / total(shares)
        self.shares = dict(zip(PROVOCATION_CLASSES, self.share_table, strict=True))
        self.outstanding: Vector = np.zeros(streams.count)
        self.counts = {
            name: np.zeros(streams.count, dtype=np.int64) for name in PROVOCATION_CLASSES
        }
        self.totals: dict[str, Counts] = {name: count.copy() for name, count in self.counts.items()}
        self.tension: Vector = np.ones(streams.count)
        self.baseline_tension: Vector = np.ones(streams.count)
        self.long_run_tension: Vector = np.ones(streams.count)
        self.last_tests = {name: getattr(spec, f"last_{name}") for name in STRATEGIC_CLASSES}
        self.readiness: dict[str, Vector] = {
            name: np.ones(streams.count) for name in STRATEGIC_CLASSES
        }
        self.assumed_test = False

    @property
    def baseline_rate(self) -> Vector:
        """Provocations a month at the rate of the opening day, echoes included."""
        return self.rate / (1 - self.excitation)

    def start_in_equilibrium(
        self, severity: dict[str, Vector], excitation_decay: Vector, tension_decay: Vector
    ) -> None:
        """Start the process in the equilibrium of the opening day's rate.

        Args:
            severity: tension added by one provocation, by class.
            excitation_decay: share of excitation left after a month.
            tension_decay: share of tension left after a month.
        """
        mean_severity = total(severity[name] * share for name, share in self.shares.items())
        self.outstanding = self.excitation * self.baseline_rate / (1 - excitation_decay)
        self.baseline_tension = mean_severity * self.baseline_rate / (1 - tension_decay)
        self.long_run_tension = self.baseline_tension.copy()
        self.tension = self.baseline_tension.copy()

    def start_calming(self, rules: SampledGroup, opens: date) -> None:
        """Set the tension of the long run, and what earlier tests left of each class's readiness.

        Args:
            rules: `rules.provocation`.
            opens: the day the scenario opens.
        """
        ratio = np.divide(
            self.long_run,
            self.baseline_rate,
            out=np.ones_like(self.rate),
            where=self.baseline_rate > 0,
        )
        self.long_run_tension = self.baseline_tension * ratio
        for name, last in self.last_tests.items():
            if last is not None:
                months = (opens - last).days / DAYS_PER_MONTH
                left = 0.5 ** (months / rules.recovery_half_life)
                self.readiness[name] = 1 - getattr(rules, f"spent_{name}") * left

    def background_rate(self, relaxed: Vector) -> Vector:
        """Return provocations a month that no earlier one explains, (world,).

        Args:
            relaxed: share of the way from the opening day's rate to that of the long run, 0 to 1.
        """
        return self.rate + relaxed * (self.long_run * (1 - self.excitation) - self.rate)

    def usual_readiness(self, name: str, spent: Vector, recovery: Vector) -> Vector:
        """Return the mean readiness of a class at the rate of the long run, to which shares refer.

        Args:
            name: the class.
            spent: share of readiness that a test costs.
            recovery: share of what is missing that a month makes good.
        """
        tests = self.shares[name] * self.long_run
        return recovery / (1 - (1 - recovery) * (1 - spent) ** tests)

    def recover(self, spent: dict[str, Vector], recovery: Vector) -> None:
        """Let the tests of the month cost readiness and a month make good a share of it."""
        left = {
            name: readiness * (1 - spent[name]) ** self.counts[name]
            for name, readiness in self.readiness.items()
        }
        self.readiness = {name: part + recovery * (1 - part) for name, part in left.items()}

    def record_provocations(
        self,
        counts: dict[str, Counts],
        severity: dict[str, Vector],
        excitation_decay: Vector,
        tension_decay: Vector,
    ) -> None:
        """Record the provocations of a month; other arguments as in `start_in_equilibrium`."""
        self.counts = counts
        number = total(count.astype(float) for count in counts.values())
        self.outstanding = self.outstanding * excitation_decay + self.excitation * number
        added = total(severity[name] * count for name, count in counts.items())
        self.tension = self.tension * tension_decay + added
        for name, count in counts.items():
            self.totals[name] = self.totals[name] + count

    @property
    def total_provocations(self) -> Counts:
        """Provocations of all classes since the scenario opened, (world,)."""
        count: Counts = np.add.reduce(list(self.totals.values()))
        return count

    @property
    def relative_tension(self) -> Vector:
        """Tension as a multiple of that on the opening day."""
        return self.tension / np.maximum(self.baseline_tension, 1e-9)

    @property
    def unusual_tension(self) -> Vector:
        """Tension as a multiple of that of the long run."""
        return self.tension / np.maximum(self.long_run_tension, 1e-9)

    @property
    def heard_tension(self) -> Vector:
        """How often that of the long run has doubled, as far as it has an effect, (world,)."""
        return np.log2(np.clip(self.unusual_tension, 1 / _TENSION_LIMIT, _TENSION_LIMIT))
