"""Functions of SciPy, loaded without the rest of its packages.

The code of `scipy.special` also loads numpy's test tools and compilers, for arrays of other
libraries: a seventh of a second in every process. `scipy.optimize` and `scipy.stats` take half a
second each. The modules of the functions need numpy only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SPECIAL = "scipy.special"
_FUNCTIONS = "_ufuncs"
_OPTIMIZE = "scipy.optimize"
_ROOTS = "_zeros"
_ACCURACY = 4 * sys.float_info.epsilon
_MAX_STEPS = 100


@cache
def special(name: str) -> Any:
    """Return a function of `scipy.special` by its name; the same object as there."""
    return getattr(_load_functions(), name)


def find_root(function: Callable[[float], float], low: float, high: float, xtol: float) -> float:
    """Return where a function of opposite signs at two places is zero: Brent's method.

    Brent (1973, Algorithms for Minimization Without Derivatives); `scipy.optimize.brentq`.

    Args:
        function: a continuous function.
        low: the first of the two places between which it changes sign.
        high: the second.
        xtol: how far from the root the place may be.

    Raises:
        ValueError: it has one sign at both.
    """
    brent = getattr(_load_module(_OPTIMIZE, _ROOTS), "_brentq", None)
    if brent is None:
        return float(import_module(_OPTIMIZE).brentq(function, low, high, xtol=xtol))
    return float(brent(function, low, high, xtol, _ACCURACY, _MAX_STEPS, (), False, True))


def t_quantile(degrees: float, tail: float) -> float:
    """Return the upper quantile of Student's t, or of the normal for infinite degrees of freedom.

    Args:
        degrees: degrees of freedom.
        tail: the chance of a larger number.
    """
    return -float(special("stdtrit")(degrees, tail))


def t_tail(degrees: float, value: float) -> float:
    """Return the chance that Student's t, or the normal for infinite degrees, is larger."""
    return float(special("stdtr")(degrees, -value))


def _load_functions() -> ModuleType:
    return _load_module(_SPECIAL, _FUNCTIONS)


@cache
def _load_module(package: str, module: str) -> ModuleType:
    """Return a module of a package, or the package where its version has no such module."""
    if package not in sys.modules and (spec := find_spec(package)) is not None:
        with suppress(ImportError):
            return _load_alone(spec, package, f"{package}.{module}")
    return import_module(package)


def _load_alone(spec: ModuleSpec, package: str, module: str) -> ModuleType:
    """Return the module without running the package's own code."""
    empty = ModuleType(package)
    empty.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[package] = empty
    try:
        return import_module(module)
    finally:
        del sys.modules[package]
