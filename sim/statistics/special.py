"""The special functions of SciPy, loaded without the rest of `scipy.special`.

The code of the package also loads numpy's test tools and compilers, for arrays of other libraries:
a seventh of a second in every process. The module of the functions needs numpy only.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_PACKAGE = "scipy.special"
_FUNCTIONS = f"{_PACKAGE}._ufuncs"


@cache
def special(name: str) -> Any:
    """Return a function of `scipy.special` by its name; the same object as there."""
    return getattr(_load_functions(), name)


def _load_functions() -> ModuleType:
    """Return the module of the functions, or the package where its version has no such module."""
    if _PACKAGE not in sys.modules and (spec := find_spec(_PACKAGE)) is not None:
        with suppress(ImportError):
            return _load_alone(spec)
    return import_module(_PACKAGE)


def _load_alone(spec: ModuleSpec) -> ModuleType:
    """Return the module without running the package's own code."""
    package = ModuleType(_PACKAGE)
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[_PACKAGE] = package
    try:
        return import_module(_FUNCTIONS)
    finally:
        del sys.modules[_PACKAGE]
