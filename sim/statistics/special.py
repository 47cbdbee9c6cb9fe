"""The special functions of SciPy, loaded without the rest of `scipy.special`.

The code of the package also loads numpy's test tools and compilers, for arrays of other libraries:
a seventh of a second in every process. The module of the functions needs numpy only.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_PACKAGE = "scipy.special"


@cache
def special(name: str) -> Any:
    """Return a function of `scipy.special` by its name; the same object as there."""
    return getattr(_load_functions(), name)


def _load_functions() -> ModuleType:
    if _PACKAGE in sys.modules or (spec := find_spec(_PACKAGE)) is None:
        return import_module(_PACKAGE)
    package = ModuleType(_PACKAGE)  # without the package's own code, which runs when it is imported
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[_PACKAGE] = package
    try:
        return import_module(f"{_PACKAGE}._ufuncs")
    finally:
        del sys.modules[_PACKAGE]
