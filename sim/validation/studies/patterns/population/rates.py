"""Rates from which populations are drawn: observed rates with their source, and judgements.

Counts are from the data sets that the bibliography names; each is repeated beside the number that
it becomes in a scenario file.
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
"""Years with a new dispute, of relevant dyads that are not rivals, 1946-2010 (`gml-mid`)."""
OTHER_ONSET_RANGE = (0.0115, 0.0155)
"""1990-2010; and the same distance to the other side, a judgement."""

CONTIGUITY_LOG_ODDS = 0.99
"""Log-odds of initiation among neighbours, given rivalry, 1816-2000 (`gml-mid`, own logit)."""

RIVAL_PAIR_ONSET_YEARS = (24, 17, 8, 6, 4, 20, 14.25, 10, 9, 9, 18, 28)
"""Years with a new dispute of 57, 1954-2010, of twelve pairs (`gml-mid`): variation among rivals.

The seventh is 5 of the 20 years since 1991."""

DEFENCE_PARTNERS = 9.62
"""Mean partners of a state by defence pact (`atop-5`)."""
ANY_PARTNERS = 16.2
"""Mean partners of a state by any obligation (`atop-5`)."""

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
"""About half of all states since 1990, a judgement."""
GARRISON_SHARE = 0.25
"""Defence pacts under which a major power stations troops with its partner, a judgement."""
