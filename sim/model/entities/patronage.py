"""A patron that can restrain a client."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.institutions import PatronageSpec


class Patronage:
    """The leverage of one patron over one client; quantities are vectors (world,).

    Attributes:
        patron, client: rows of the actors.
        weight: effect of restraint on the client at full dependence, in log-odds.
        need: the client's need of the patron, before other patrons are considered.
        dependence: the patron's share in the client's dependence on all patrons, 0 to 1.
        restraining: where the patron restrains the client this month.
        restrained: number of months with restraint so far.
        backlashes: number of times the client turned to another patron because of it.
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
