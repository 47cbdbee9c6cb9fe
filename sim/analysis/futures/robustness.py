"""How policies do over many futures: robustness and regret, in one table.

A future is one level of every uncertainty. Measures of robustness differ in how much risk they
accept (McPhail and others 2018, Earth's Future 6:169): the mean accepts most, the worst case and
the largest regret least. Regret is what a policy loses in a future against the best policy there
(Savage 1951, Journal of the American Statistical Association 46:55). The share of futures in which
an outcome is good enough is the domain criterion (Starr 1963).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from sim.errors import RequestError
from sim.statistics.arrays import FloatArray

Better = Literal["low", "high"]
"""Whether a low or a high value of an outcome is the better one."""
_REGRET_QUANTILE = 0.9


def tabulate_robustness(
    experiments: pd.DataFrame,
    outcomes: Mapping[str, FloatArray],
    better: Mapping[str, Better],
    good_enough: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return a row per policy and outcome, from what `perform_experiments` returns.

    Columns are `policy`, `outcome`, `better`, the number of `futures`, `mean`, `sd`, `best` and
    `worst` over futures, `regret_mean`, `regret_90` (its ninth decile), `regret_max`,
    `share_best` (of futures in which no policy does better) and `share_good` (in which it is good
    enough; NaN without a threshold). A future counts where every policy has a value.

    Args:
        experiments: one row per experiment, with columns `scenario`, the future, and `policy`.
        outcomes: values of each outcome, (experiment,).
        better: which end of each outcome is the better one.
        good_enough: for some outcomes, the value from which on they are good enough.

    Raises:
        RequestError: an outcome is unknown, or a policy was not tried in every future.
    """
    rows: list[dict[str, object]] = []
    for name, end in better.items():
        table = _pivot(experiments, outcomes, name)
        threshold = (good_enough or {}).get(name)
        rows += _list_rows(table, name, _check_end(name, end), threshold)
    return pd.DataFrame(rows)


def _pivot(
    experiments: pd.DataFrame, outcomes: Mapping[str, FloatArray], name: str
) -> pd.DataFrame:
    """Return an outcome, a row per future and a column per policy, where all policies have it."""
    if name not in outcomes:
        raise RequestError(f"{name}: is no outcome\n    allowed: {', '.join(outcomes)}")
    values = experiments[["scenario", "policy"]].astype(str).assign(value=outcomes[name])
    table = values.pivot_table(
        index="scenario", columns="policy", values="value", sort=False, dropna=False
    )
    tried = values.groupby(["scenario", "policy"]).size().unstack()
    if tried.isna().any(axis=None):
        raise RequestError(
            f"{name}: not every policy was tried in every future\n"
            "    perform the experiments with combine='factorial'"
        )
    return table.dropna()


def _list_rows(
    table: pd.DataFrame, name: str, end: Better, threshold: float | None
) -> list[dict[str, object]]:
    sign = 1.0 if end == "low" else -1.0
    losses = sign * table.to_numpy(dtype=np.float64)  # (future, policy), the lower the better
    regret = losses - losses.min(axis=1, keepdims=True)
    return [
        {
            "policy": policy,
            "outcome": name,
            "better": end,
            "futures": len(table),
            **_summarise(sign, losses[:, place], regret[:, place], threshold),
        }
        for place, policy in enumerate(table.columns)
    ]


def _summarise(
    sign: float, losses: FloatArray, regret: FloatArray, threshold: float | None
) -> dict[str, float]:
    if not len(losses):
        return {}
    return {
        "mean": sign * losses.mean(),
        "sd": losses.std(ddof=1) if len(losses) > 1 else np.nan,
        "best": sign * losses.min(),
        "worst": sign * losses.max(),
        "regret_mean": regret.mean(),
        "regret_90": float(np.quantile(regret, _REGRET_QUANTILE)),
        "regret_max": regret.max(),
        "share_best": (regret == 0).mean(),
        "share_good": np.nan if threshold is None else (losses <= sign * threshold).mean(),
    }


def _check_end(name: str, end: str) -> Better:
    if end not in ("low", "high"):
        raise RequestError(f"better: {name} is {end!r}\n    allowed: low, high")
    return "low" if end == "low" else "high"
