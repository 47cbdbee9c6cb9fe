"""An oracle of provocations, council, balancing and restraint: one world, plain numbers."""

from __future__ import annotations

from math import exp, log2, sqrt
from typing import Any

from scipy.stats import poisson

from tests.model.institutions.oracle_exchange import ExpectedExchange
from tests.oracle import chance, log_odds

STRATEGIC = ("icbm", "satellite", "nuclear")
MISSILES = ("ballistic", "icbm", "satellite")
SEVERITIES = ("sub_threshold", "ballistic", "icbm", "satellite", "nuclear")


class ExpectedMonth(ExpectedExchange):
    """One world of the market in one month, and the expected outcome."""

    # -- provocations -------------------------------------------------------------------------

    def provocations(self, kind: str) -> int:
        """The expected number of the seller's provocations of one kind."""
        rules = "provocation"
        left = exp(-30.44 / self.rule(rules, "memory_days"))
        moved = self.rule(rules, "exercises") * self.was("ring", "exercising")
        if kind in MISSILES:
            progress = self.was("seller_programme", "level") - self.was(
                "seller_programme", "initial_level"
            )
            sheltered = self.was("board", "cover") - self._first_cover()
            moved += (
                self.rule(rules, "programme") * progress + self.rule(rules, "cover") * sheltered
            )
        rate = self._background() * exp(moved)
        rate += self._outstanding(left) * (1 - left)
        if kind in STRATEGIC and self.was("board", "coerced_until") >= self.month:
            return 0
        draw, mean = self.drawn("provocation", "seller", "", kind), self._share(kind) * rate
        if kind not in STRATEGIC:
            return int(poisson.ppf(draw, mean))
        mean *= self._ready(kind) / self._usually_ready(kind)
        further = 1 - self.rule("provocation", f"spent_{kind}")
        return sum(1 - draw < poisson.sf(n - 1, mean) * further ** (n - 1) for n in range(1, 30))

    def tension(self) -> float:
        """The tension they leave, as a multiple of the baseline."""
        faded = 0.5 ** (1 / self.rule("provocation", "tension_half_life"))
        usual = sum(self._share(kind) * self._severity(kind) for kind in SEVERITIES)
        usual *= self._at_first() / (1 - faded)
        before = usual if self.month == 1 else self.was("seller_provoker", "tension")
        added = sum(self._severity(kind) * self.count(kind) for kind in SEVERITIES)
        return (before * faded + added) / usual

    def count(self, kind: str) -> int:
        """The simulated number of the seller's provocations of one kind."""
        return int(self._now.seller_provoker.counts[kind][self.at])

    def _background(self) -> float:
        """The rate of the opening day, on its way to that of the long run."""
        opening, brings = (self.now("seller_provoker", name) for name in ("rate", "excitation"))
        settled = self.now("seller_provoker", "long_run") * (1 - brings)
        gone = (self.month - 1) / self.rule("provocation", "calming_half_life")
        return settled + (opening - settled) * 0.5**gone

    def _ready(self, kind: str) -> float:
        """How ready a class is after the tests of earlier months."""
        return float(self._before.seller_provoker.readiness[kind][self.at])

    def _usually_ready(self, kind: str) -> float:
        """The readiness at which a month makes good what its tests cost, in the long run."""
        regained = 1 - 0.5 ** (1 / self.rule("provocation", "recovery_half_life"))
        tests = self._share(kind) * self.now("seller_provoker", "long_run")
        left = (1 - self.rule("provocation", f"spent_{kind}")) ** tests
        return regained / (1 - left * (1 - regained))

    def readiness(self, kind: str) -> float:
        """How ready a class is after the month."""
        left = self._ready(kind)
        left *= (1 - self.rule("provocation", f"spent_{kind}")) ** self.count(kind)
        return left + (1 - left) * (1 - 0.5 ** (1 / self.rule("provocation", "recovery_half_life")))

    def _outstanding(self, left: float) -> float:
        """The provocations that earlier ones will still trigger; in equilibrium at first."""
        if self.month > 1:
            return self.was("seller_provoker", "outstanding")
        return self.now("seller_provoker", "excitation") * self._at_first() / (1 - left)

    def _at_first(self) -> float:
        rate, brings = (self.now("seller_provoker", name) for name in ("rate", "excitation"))
        return rate / (1 - brings)

    def _share(self, kind: str) -> float:
        return float(self._now.seller_provoker.shares[kind][self.at])

    def _severity(self, kind: str) -> float:
        return self.rule("provocation", f"severity_{kind}")

    def _first_cover(self) -> float:
        cover = self._before.board.initial_cover
        return 0.0 if cover is None else float(cover[self.at])

    # -- the council --------------------------------------------------------------------------

    def against(self, who: str) -> float:
        """The chance that a member opposes a draft."""
        relies = self.was("arms", "reliance") if who == "buyer" else 0.0
        protects = self.rule("council", "dependence") * relies
        obstructs = self.rule("council", "rupture") * self.rupture(who)
        return chance(self.rule("council", "veto") + protects + obstructs)

    def rupture(self, who: str) -> float:
        """How far a member has broken with the leader, which arms the enemy of the buyer alone."""
        board = self._before.board
        before = board.rupture[board.voters.index(self._state.codes.index(who)), self.at]
        if who == "buyer" and self.at_war:
            return 1.0
        return float(before) * 0.5 ** (1 / self.rule("council", "mending_half_life"))

    def would_veto(self, who: str) -> float:
        """The chance that a member would veto rather than abstain."""
        relies = self.was("arms", "reliance") if who == "buyer" else 0.0
        return self.against(who) * (1 - self.rule("council", "abstains") * (1 - relies))

    def cover(self) -> float:
        """The chance that any member would veto."""
        return 1 - (1 - self.would_veto("buyer")) * (1 - self.would_veto("broker"))

    def drafted(self) -> bool:
        """Whether a draft is tabled, after tests."""
        strategic = any(self.count(kind) for kind in STRATEGIC)
        odds = self.rule("council", "proposal") + self.rule("council", "strategic") * strategic
        odds += self.rule("council", "tests") * self.count("ballistic")
        odds -= self.rule("council", "last_veto") * self.was("board", "last_vetoed")
        tested = strategic or self.count("ballistic") > 0
        return tested and self.drawn("draft", "leader", "", "board") < chance(odds)

    def vetoed(self) -> bool:
        """Whether a draft would be vetoed, given what the other member would do alone."""
        draws = {who: self.drawn("veto", who, "", "board") for who in ("buyer", "broker")}
        alone = {who: draws[who] < self.would_veto(who) for who in draws}
        for who, other in (("buyer", "broker"), ("broker", "buyer")):
            company = self.rule("council", "company") * (1 - self.fond(who, "leader"))
            if draws[who] < chance(log_odds(self.would_veto(who)) + company * alone[other]):
                return True
        return False

    def votes(self) -> float:
        """The votes for a draft: all members but those more likely than not to oppose it."""
        against = sum(self.against(who) > 0.5 for who in ("buyer", "broker"))
        return self.now("board", "other_votes") + 3 - against

    def enforcement(self) -> float:
        """The enforcement of sanctions after the council has met."""
        council: Any = self._now.board
        broker, buyer = (float(share[self.at]) for share in council.enforcer_weights.values())
        (lax,) = (float(share[self.at]) for share in council.laxity.values())
        lost = broker * lax
        lost += buyer * self.rule("council", "defection") * self.was("arms", "reliance")
        restored = self.rule("council", "workaround_gain") * self.now("board", "workaround")
        return self.now("board", "strength") * (1 - lost * (1 - restored))

    # -- balancing and restraint --------------------------------------------------------------

    def threat(self) -> float:
        """The threat the ring perceives, as a multiple of the opening day."""
        able = self.now("seller_programme", "seen") / self.now("seller_programme", "initial_level")
        return sqrt(able * self.tension())

    def exercises(self) -> bool:
        """Whether the ring exercises."""
        odds = self.rule("balancing", "exercise")
        odds += self.rule("balancing", "threat") * (self.threat() - 1)
        return self.drawn("exercise", "leader", "", "ring") < chance(odds)

    def reassures(self) -> bool:
        """Whether the leader reassures the rest."""
        grown = min(max(self.threat() - 1, 0), 1)
        likely = self.rule("balancing", "reassurance") * grown
        return self.drawn("reassure", "leader", "", "ring") < likely

    def moved_to_arms(self, what: str) -> bool:
        """Whether the observed exchange would lead the neighbour to threaten arms, or send them."""
        odds = self.rule("balancing", "arms_tier") * (self.now("arms", "tier_seen") - 1)
        odds += self.rule("balancing", "arms_troops") * self.now("arms", "troops_seen")
        if what == "threaten arms":
            odds += self.rule("balancing", "arms_threat")
        else:
            odds += self.rule("balancing", "arms_act") - self.rule("balancing", "arms_warning")
        return self.drawn(what, "neighbour", "enemy", "answer") < chance(odds)

    def dependence(self) -> dict[str, float]:
        """How far the seller depends on each of its patrons."""
        traded = self.now("arms", "annual_returns") / self.rule("restraint", "trade")
        needs = {
            "broker": self.was("broker_seller", "need"),
            "buyer": self.was("buyer_seller", "need") + traded,
        }
        every = max(sum(needs.values()), 1)
        return {patron: need / every for patron, need in needs.items()}

    def restrains(self, patron: str) -> bool:
        """Whether a patron holds the seller back."""
        (elsewhere,) = (
            dependence for who, dependence in self.dependence().items() if who != patron
        )
        tense = log2(min(max(self.tension(), 1), 4)) / 2
        odds = self.rule("restraint", "willing") + self.rule("restraint", "entrapment") * tense
        odds -= self.rule("restraint", "abandonment") * elsewhere
        return self.drawn("restrain", patron, "seller") < chance(odds)

    def lashes_back(self, patron: str) -> bool:
        """Whether the seller turns from a patron that holds it back."""
        draw = self.drawn("backlash", "seller", patron)
        return self.restrains(patron) and draw < self.rule("restraint", "backlash")
