"""Refits the rates of formation from the record, as lines of the scenario files.

`python -m sim.validation.studies.treaties [FOLDER]` prints them. The lines in
`scenarios/parts/rules.toml` are rounded, and a range there may be wider than the interval of the
counts, where the level of the last years differs; the number shipped stands behind each line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.statistics.intervals import Interval
from sim.validation.studies.treaties.common_enemy import enemy_effect
from sim.validation.studies.treaties.ends import effect_of
from sim.validation.studies.treaties.rates import CellRate, count_rate
from sim.validation.studies.treaties.read_record import read_pact_record
from sim.validation.studies.treaties.rule import (
    RULE_CELLS,
    ShippedRule,
    key_of_rate,
    read_shipped_rule,
)

_FIGURES = 2
"""Figures that a number of the scenario files has."""


def refit_lines(scenarios: Path) -> Iterator[str]:
    """Yield a line for every number that the record yields, with the number shipped behind it.

    Raises:
        ScenarioError: the record or the rules cannot be read.
    """
    record, rule = read_pact_record(scenarios), read_shipped_rule(scenarios)
    for cell in RULE_CELLS:
        yield _rate_line(count_rate(record, cell), rule)
    yield _line(
        "rules.leaving.supporters",
        effect_of(record, "supporters_autocracy"),
        "log-odds",
        "by counts alone, without other terms",
        rule.leaving["supporters"],
    )
    for pact_class in ("defence", "consultation"):
        effect = enemy_effect(record, pact_class)
        yield f"# a common enemy, {pact_class}: log of the ratio of rates {_numbers(effect)}"


def _rate_line(counted: CellRate, rule: ShippedRule) -> str:
    note = f"{counted.signed} in {counted.pair_years:,.0f} pair-years"
    return _line(
        key_of_rate(counted.cell),
        counted.rate,
        "probability per year",
        note,
        rule.rates[counted.cell],
    )


def _line(key: str, fitted: Interval, unit: str, note: str, shipped: Interval) -> str:
    return (
        f"{key.rpartition('.')[2]} = {{ {_numbers(fitted)}, "
        f'unit = "{unit}", source = "pact-record", grade = "measured", note = "{note}" }}'
        f"  # shipped: {_numbers(shipped)}"
    )


def _numbers(interval: Interval) -> str:
    return ", ".join(
        f"{name} = {float(f'{value:.{_FIGURES}g}'):g}" for name, value in interval._asdict().items()
    )
