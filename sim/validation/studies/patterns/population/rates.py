"""What populations are drawn from: observed rates with their source, and what is judged.

Counts are those of the project's notes on the literature, from the data sets that the bibliography
names; each is said again beside the number it becomes in a file.
"""

from __future__ import annotations

STATE_COUNT = 129
"""States of the world, mean of 1951-2003, as recalled."""

RIVALS_PER_STATE = 2 * 3_594 / 65 / STATE_COUNT
"""Strategic rivals of a state: 3,594 dyad-years in the 65 years 1946-2010 (`tss-rivalries`)."""

RIVAL_ONSET_RATE = 0.200
"""Years with a new dispute, of rivals, 1946-2010 (`gml-mid`, `tss-rivalries`)."""
RIVAL_ONSET_RANGE = (0.182, 0.217)
"""1990-2010; and 1946-2010 with the list of Thompson and Dreyer."""

OTHER_ONSET_RATE = 0.0135
"""Years with a new dispute, of relevant dyads that are no rivals, 1946-2010 (`gml-mid`)."""
OTHER_ONSET_RANGE = (0.0115, 0.0155)
"""1990-2010; and as far to the other side, judged."""

CONTIGUITY_LOG_ODDS = 0.99
"""Log-odds of initiation among neighbours, rivalry held, 1816-2000 (`gml-mid`, own logit)."""

RIVAL_PAIR_ONSET_YEARS = (24, 17, 8, 6, 4, 20, 14.25, 10, 9, 9, 18, 28)
"""Years with a new dispute of 57, 1954-2010, of twelve pairs (`gml-mid`): how far rivals differ.

The seventh is 5 of the 20 years since 1991."""

DEFENCE_PARTNERS = 9.62
"""Partners by a defence pact that a state had then, on average (`atop-5`)."""
ANY_PARTNERS = 16.2
"""Partners by any obligation (`atop-5`)."""

MAJOR_POWER_CAPABILITIES = (0.0382, 0.1236, 0.2341, 0.0247, 0.0972)
"""Shares of the world's capabilities of major powers, 2022 (`cow-nmc-7`)."""
MINOR_STATE_CAPABILITIES = (
    0.0115,
    0.0020,
    0.0059,
    0.0035,
    0.0183,
    0.0078,
    0.0045,
    0.0027,
    0.0019,
    0.0013,
)
"""The same of ten lesser states, 1936 (`axelrod-bennett-1993`, their table 1)."""

NUCLEAR_SHARE_OF_MAJOR_POWERS = 5 / 7
"""Major powers that hold nuclear weapons, as recalled."""
DEMOCRACY_SHARE = 0.5
"""About half of all states since 1990, judged."""
GARRISON_SHARE = 0.25
"""Defence pacts under which a major power keeps troops with its partner, judged."""
