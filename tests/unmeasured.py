"""Coverage of the engine is measured in its own tests; elsewhere it runs without.

Before Python 3.12, lines are counted by a trace, with which the months of a simulation take half as
long again; and whoever simulates executes the same lines of the engine. Later Pythons count lines
as they are first executed (`COVERAGE_CORE=sysmon` in the gate), which costs next to nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

_METHODS = ("__init__", "step")


def measure_engine(measured: bool) -> None:
    """Let coverage follow the opening and the months of every model from now on, or not."""
    from sim.model.model import AllianceModel  # noqa: PLC0415  its import is measured

    for name in _METHODS:
        method = getattr(AllianceModel, name)
        plain = getattr(method, "__wrapped__", method)
        setattr(AllianceModel, name, plain if measured else unmeasured(plain))


def unmeasured(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, executed without a trace."""

    @wraps(function)
    def untraced(*arguments: Any, **options: Any) -> Any:
        trace = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*arguments, **options)
        finally:
            sys.settrace(trace)

    return untraced
