"""A patron that can restrain a client."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import PatronageSpec


class Patronage:
    """One patron's hold over one client; quantities are vectors (world,).

    Attributes:
        patron, client: rows of the actors.
        weight: how far full dependence lets the patron move the client, in log-odds.
        need: what the client needs of the patron, before others are reckoned in.
        dependence: its share of all the client's patrons, 0 to 1.
        restraining: where it restrains this month; `restrained` in how many months so far.
        backlashes: how often the client turned to another patron for it.
    """

    def __init__(
        self, code: str, spec: PatronageSpec, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code = code
        self.patron, self.client = index[spec.patron], index[spec.client]
        self.weight = sample_parameter(spec.weight, f"patronages.{code}.weight", streams)
        self.need = sample_parameter(spec.dependence, f"patronages.{code}.dependence", streams)
        self.dependence = self.need.copy()
        self.restraining: Mask = np.zeros(streams.count, dtype=bool)
        self.restrained: Counts = np.zeros(streams.count, dtype=np.int64)
        self.backlashes: Counts = np.zeros(streams.count, dtype=np.int64)
