"""An oracle of the exchange: one world of the market, plain numbers, no arrays.

It is written from what the rules say and not from how the engine computes them. Nobody quarrels in
its worlds, so that only institutions change.
"""

from __future__ import annotations

from tests.model.institutions.one_world import Reading
from tests.oracle import chance


class ExpectedExchange(Reading):
    """Deliveries, troops, returns, technology and observation in a month."""

    def need(self) -> float:
        """How much of what it fires the buyer cannot make."""
        production, use = self.now("buyer_arsenal", "production"), self.now("buyer_arsenal", "use")
        return max(use - production, 0) / use if self.at_war else 0.0

    def willing(self, stock: float) -> float:
        """Log-odds that the seller delivers what it could spare."""
        first = self.given("arms", "munitions_stock")
        sanctions = self.now("board", "enforcement") * (1 - self.now("board", "cover"))
        considerations = {
            "need": self.need(),
            "payment": min(
                self.was("arms", "annual_returns") / self.rule("exchange", "return_scale"), 1
            ),
            "depletion": -(1 - min(stock / first, 1)),
            "sanctions": -sanctions,
            "relation": self.fond("seller", "buyer"),
        }
        terms = [self.rule("exchange", name) * value for name, value in considerations.items()]
        return self.rule("exchange", "willing") + sum(terms)

    def shipped(self) -> float:
        """What the seller ships: its offer, or the whole demand."""
        stock, draw = self.was("arms", "stock"), self.rule("exchange", "draw")
        spare = self.given("arms", "munitions_output") + draw * stock
        return min(spare * chance(self.willing(stock)), self.wanted())

    def wanted(self) -> float:
        """What the buyer would import: what it lacks, and a part of what its stores lack."""
        use, production = self.now("buyer_arsenal", "use"), self.now("buyer_arsenal", "production")
        full = self.rule("supply", "reserve") * use
        short = max(full - self.now("buyer_arsenal", "stock"), 0)
        return max(use - production, 0) * self.at_war + short / self.rule("supply", "restocking")

    def stopped(self) -> float:
        """The share that is interdicted."""
        return self.rule("exchange", "interdiction") * self.now("board", "enforcement")

    def missiles(self) -> float:
        """The missiles shipped, with the same willingness after munitions have been shipped."""
        spare = self.rule("exchange", "draw") * self.was("arms", "missile_stock")
        willing = chance(self.willing(self.now("arms", "stock"))) * self.at_war
        return willing * (self.given("arms", "missiles_output") + spare)

    def reliance(self) -> float:
        """How far the buyer's war depends on what arrived."""
        use, production = self.now("buyer_arsenal", "use"), self.now("buyer_arsenal", "production")
        covered = min(self.now("arms", "delivered"), max(use - production, 0))
        return min(covered / production, 1) * self.at_war

    def sends_soldiers(self) -> bool:
        """Whether a contingent is sent, given a treaty that binds the seller to the buyer."""
        odds = self.willing(self.now("arms", "stock")) - self.rule("exchange", "troops")
        spared = self.was("arms", "troops_left") > 0 and self.given("arms", "contingent") > 0
        return spared and self.drawn("troops", "seller", "buyer", "arms") < chance(odds)

    def technology(self, tier: int, debt: float) -> bool:
        """Whether the buyer pays with a tier of technology, given its debt."""
        considerations = {
            "debt": debt / self.rule("exchange", "debt_scale"),
            "need": self.need(),
            "proliferation": -self.rule("technology", f"cost_{tier}"),
            "objection": -self.now("arms", "objection"),
            "after_troops": float(self.now("arms", "troops_sent") > 0),
            "detente": -float(not self.at_war),
        }
        odds = self.rule("technology", "willing")
        odds += sum(self.rule("technology", name) * value for name, value in considerations.items())
        return self.drawn(f"technology {tier}", "buyer", "seller", "arms") < chance(odds)

    def owed(self) -> float:
        """The buyer's debt once the month's deliveries are booked."""
        price, missile = self.given("arms", "munitions_price"), self.given("arms", "missile_price")
        sent = self.now("arms", "troops_sent") - self.was("arms", "troops_sent")
        bill = self.now("arms", "delivered") * price
        bill += self.missiles() * (1 - self.stopped()) * missile
        bill += sent * self.given("arms", "troops_price")
        left = 0.5 ** (1 / self.rule("exchange", "debt_half_life"))
        return self.was("arms", "debt") * left + bill * (1 - self.rule("exchange", "returned"))

    def gained(self, tier: int) -> float:
        """What a tier adds to the programme, as a share of what is missing."""
        streams, about = self._state.streams, f"arms {tier}"
        works = float(streams.uniform("technology works", 0, "seller", about=about)[self.at])
        part = float(streams.uniform("technology gain", 0, "seller", about=about)[self.at])
        if works >= self.rule("technology", "works"):
            return 0.0
        return min(2 * part * self.rule("technology", f"gain_{tier}"), 1)

    # -- what is seen -------------------------------------------------------------------------

    def detected(self, what: str) -> bool:
        """Whether something hidden comes to light."""
        hidden = self.given("arms", "secrecy")
        likely = hidden * self.rule("observation", "detection")
        likely += (1 - hidden) * self.rule("observation", "open_detection")
        return self.drawn(f"detect {what}", "seller", "", "arms") < likely

    def admits(self) -> bool:
        """Whether a denial ends."""
        fought = self.now("arms", "troops_seen") and self.now("arms", "troops_fallen") > 0
        odds = self.rule("observation", "admission") + self.rule("observation", "pride") * fought
        odds -= self.rule("observation", "exposure") * self.now("board", "enforcement")
        return self.drawn("admit", "buyer", "seller", "arms") < chance(odds)
