"""The exchange restated for one world of the market, in plain numbers without arrays.

Written from the rules in the documentation and not from the engine's code. No rivals are in dispute
in these worlds, so that only institutions change.
"""

from __future__ import annotations

from tests.model.arrangements.one_world import Reading
from tests.oracle import chance


class OracleExchange(Reading):
    """Deliveries, troops, returns, technology and observation in a month."""

    def need(self) -> float:
        """The share of the munitions it fires that the buyer cannot produce."""
        output, fired = self.now("buyer_arsenal", "production"), self.now("buyer_arsenal", "use")
        return max(fired - output, 0) / fired if self.at_war else 0.0

    def willing(self, stock: float) -> float:
        """Log-odds that the seller delivers what it could spare."""
        first = self.now("arms", "_munitions_stock")
        sanctions = self.now("board", "enforcement") * (1 - self.now("board", "cover"))
        weighed = {
            "need": self.need(),
            "payment": min(
                self.was("arms", "annual_returns") / self.rule("exchange", "return_scale"), 1
            ),
            "depletion": -(1 - min(stock / first, 1)),
            "sanctions": -sanctions,
            "relation": self.affinity("seller", "buyer"),
        }
        terms = [self.rule("exchange", name) * value for name, value in weighed.items()]
        return self.rule("exchange", "willing") + sum(terms)

    def shipped(self) -> float:
        """What the seller ships: its offer, or the whole demand."""
        stock, draw = self.was("arms", "stock"), self.rule("exchange", "draw")
        spare = self.now("arms", "_munitions_output") + draw * stock
        return min(spare * chance(self.willing(stock)), self.wanted())

    def wanted(self) -> float:
        """The buyer's demand: its deficit, and a part of what its stores lack."""
        use, output = self.now("buyer_arsenal", "use"), self.now("buyer_arsenal", "production")
        full = self.rule("supply", "reserve") * use
        short = max(full - self.now("buyer_arsenal", "stock"), 0)
        return max(use - output, 0) * self.at_war + short / self.rule("supply", "restocking")

    def stopped(self) -> float:
        """The share that is interdicted."""
        return self.rule("exchange", "interdiction") * self.now("board", "enforcement")

    def missiles(self) -> float:
        """The missiles shipped, with the same willingness after munitions have been shipped."""
        spare = self.rule("exchange", "draw") * self.was("arms", "missile_stock")
        willing = chance(self.willing(self.now("arms", "stock"))) * self.at_war
        return willing * (self.now("arms", "_missiles_output") + spare)

    def reliance(self) -> float:
        """How far the buyer's war depends on deliveries."""
        use, output = self.now("buyer_arsenal", "use"), self.now("buyer_arsenal", "production")
        covered = min(self.now("arms", "delivered"), max(use - output, 0))
        return min(covered / output, 1) * self.at_war

    def sends_soldiers(self) -> bool:
        """Whether a contingent is sent, given a treaty that binds the seller to the buyer."""
        odds = self.willing(self.now("arms", "stock")) - self.rule("exchange", "troops")
        spared = self.was("arms", "troops_left") > 0 and self.now("arms", "_contingent") > 0
        return spared and self.draw("troops", "seller", "buyer", "arms") < chance(odds)

    def technology(self, tier: int, debt: float) -> bool:
        """Whether the buyer pays with a tier of technology, given its debt."""
        weighed = {
            "debt": debt / self.rule("exchange", "debt_scale"),
            "need": self.need(),
            "proliferation": -self.rule("technology", f"cost_{tier}"),
            "objection": -self.now("arms", "objection"),
            "detente": -float(not self.at_war),
        }
        odds = self.rule("technology", "willing")
        odds += sum(self.rule("technology", name) * value for name, value in weighed.items())
        return self.draw(f"technology {tier}", "buyer", "seller", "arms") < chance(odds)

    def debt(self) -> float:
        """The buyer's debt once the month's deliveries are booked."""
        price, missile = self.now("arms", "_munitions_price"), self.now("arms", "_missile_price")
        sent = self.now("arms", "troops_sent") - self.was("arms", "troops_sent")
        bill = self.now("arms", "delivered") * price
        bill += self.missiles() * (1 - self.stopped()) * missile
        bill += sent * self.now("arms", "_troops_price")
        left = 0.5 ** (1 / self.rule("exchange", "debt_half_life"))
        return self.was("arms", "debt") * left + bill * (1 - self.rule("exchange", "returned"))

    def gained(self, tier: int) -> float:
        """The gain of the programme by a tier, as a share of what is missing."""
        streams, about = self._state.streams, f"arms {tier}"
        works = float(streams.uniform("technology works", 0, "seller", about=about)[self.at])
        gain_draw = float(streams.uniform("technology gain", 0, "seller", about=about)[self.at])
        if works >= self.rule("technology", "works"):
            return 0.0
        return min(2 * gain_draw * self.rule("technology", f"gain_{tier}"), 1)

    # -- observation --------------------------------------------------------------------------

    def detected(self, what: str) -> bool:
        """Whether a hidden part of the exchange is detected."""
        secrecy = self.now("arms", "_secrecy")
        likelihood = secrecy * self.rule("observation", "detection")
        likelihood += (1 - secrecy) * self.rule("observation", "open_detection")
        return self.draw(f"detect {what}", "seller", "", "arms") < likelihood

    def admits(self) -> bool:
        """Whether a denial ends."""
        fought = self.now("arms", "troops_seen") and self.now("arms", "troops_fallen") > 0
        odds = self.rule("observation", "admission") + self.rule("observation", "pride") * fought
        odds -= self.rule("observation", "exposure") * self.now("board", "enforcement")
        return self.draw("admit", "buyer", "seller", "arms") < chance(odds)
