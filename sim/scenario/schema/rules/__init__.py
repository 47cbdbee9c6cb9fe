"""The coefficients of behaviour, the same in every scenario; each group serves one decision.

Coefficients act on the log-odds scale unless their unit says otherwise. Their equations are
in `docs/model/` under the same names.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.schema.identifiers import CODE_PATTERN
from sim.scenario.schema.quantity import FrozenModel
from sim.scenario.schema.rules.alignment import AlignmentRules
from sim.scenario.schema.rules.alliance import HonourRules, JoinRules, MemoryRules
from sim.scenario.schema.rules.answers import EraSpec
from sim.scenario.schema.rules.balancing import BalancingRules, ProvocationRules, RestraintRules
from sim.scenario.schema.rules.council import CouncilRules
from sim.scenario.schema.rules.crisis import ChallengeRules, ChoiceRules, EscalateRules
from sim.scenario.schema.rules.exchange import ExchangeRules, ObservationRules, TechnologyRules
from sim.scenario.schema.rules.movement import FormationRules, LeavingRules, SupportersRules
from sim.scenario.schema.rules.war import SupplyRules, WarRules


class Rules(FrozenModel):
    """All coefficients of behaviour."""

    choice: ChoiceRules
    challenge: ChallengeRules
    escalate: EscalateRules
    answers: dict[Annotated[str, Field(pattern=CODE_PATTERN)], EraSpec] = Field(min_length=1)
    """The record of allies' answers, by era; the one that covers the first year is used."""
    honour: HonourRules
    join: JoinRules
    war: WarRules
    memory: MemoryRules
    supply: SupplyRules
    exchange: ExchangeRules
    technology: TechnologyRules
    observation: ObservationRules
    council: CouncilRules
    provocation: ProvocationRules
    balancing: BalancingRules
    restraint: RestraintRules
    alignment: AlignmentRules
    formation: FormationRules
    leaving: LeavingRules
    supporters: SupportersRules
