"""Python API: what turns an outcome."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sim.analysis.tipping.decision import DecisionTip, find_turning_decision
from sim.analysis.tipping.sentences import describe_decision, describe_tip
from sim.analysis.tipping.target import parse_target
from sim.analysis.tipping.tip import TipPlan, TipResult, find_tipping, select_outcome
from sim.api.runs import StrPath, read_scenario


class Tip:
    """What turns an outcome: `print` it, or take its parts.

    Attributes:
        result: the set of assumptions, or the decision, with everything that was measured.
    """

    def __init__(self, result: TipResult | DecisionTip) -> None:
        self.result = result

    @property
    def findings(self) -> list[str]:
        """What was found, as sentences."""
        if isinstance(self.result, TipResult):
            return list(describe_tip(self.result))
        return list(describe_decision(self.result))

    @property
    def moves(self) -> pd.DataFrame:
        """One row for each assumption of the set: its key, and to what it is set, in its unit."""
        if not isinstance(self.result, TipResult):
            return pd.DataFrame(columns=["key", "set_to", "unit"])
        found = self.result.tipping or self.result.nearest
        rows = [(move.key, move.value, move.number.unit) for move in (found.moves if found else ())]
        return pd.DataFrame(rows, columns=["key", "set_to", "unit"])

    def __str__(self) -> str:
        return "\n".join(self.findings)

    def _repr_html_(self) -> str:
        """Return it for a notebook."""
        from html import escape  # noqa: PLC0415

        sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.findings)
        return f"{sentences}{self.moves.to_html(index=False) if len(self.moves) else ''}"


def tip(
    file: StrPath,
    *,
    outcome: str,
    to: str,
    world: int | None = None,
    candidates: int = 24,
    worlds: int = 400,
    fresh: int = 2000,
    settings: Iterable[str] = (),
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> Tip:
    """Find the smallest change that turns an outcome, as `sim tip` does.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the outcome or the bound is invalid, or the outcome is too rarely defined.
        SimulationError: the simulation of some worlds failed.
        WorkerError: the workers terminated unexpectedly.
    """
    scenario = read_scenario(file, settings=settings, months=months, seed=seed)
    measure = select_outcome(scenario, outcome)
    target = parse_target(to, measure)
    if world is not None:
        return Tip(find_turning_decision(scenario, world, measure, target))
    plan = TipPlan(candidates, worlds, fresh)
    return Tip(find_tipping(scenario, measure, target, plan, workers=workers))
