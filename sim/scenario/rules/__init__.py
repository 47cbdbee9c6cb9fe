"""The coefficients of behaviour, the same in every scenario; each group serves one decision.

Coefficients act on the log-odds scale unless their unit says otherwise. The equations they enter
are in `docs/model.md` under the same names.
"""

from __future__ import annotations

from sim.scenario.quantity import Frozen
from sim.scenario.rules.alignment import AlignmentRules
from sim.scenario.rules.alliance import HonourRules, JoinRules, MemoryRules
from sim.scenario.rules.balancing import BalancingRules, ProvocationRules, RestraintRules
from sim.scenario.rules.council import CouncilRules
from sim.scenario.rules.crisis import ChallengeRules, ChoiceRules, EscalateRules
from sim.scenario.rules.exchange import ExchangeRules, ObservationRules, TechnologyRules
from sim.scenario.rules.war import SupplyRules, WarRules


class Rules(Frozen):
    """All coefficients of behaviour."""

    choice: ChoiceRules
    challenge: ChallengeRules
    escalate: EscalateRules
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
