"""Checks that the engine in memory is the one that its files define.

Results are stored under the fingerprint of the files. If a rule is replaced in memory, its results
would be stored under the fingerprint of another rule. What a file defines is read from its compiled
form, which Python keeps beside it and renews when the file changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dis import get_instructions
from functools import cache
from importlib.abc import InspectLoader
from inspect import CO_OPTIMIZED, ismodule, unwrap
from itertools import pairwise
from types import CodeType, ModuleType
from typing import NamedTuple

from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import ENGINE_PACKAGE


class _Import(NamedTuple):
    """A name that a module takes from another, under the name that it has there, or its own."""

    origin: str
    name: str
    own_name: str


def require_unpatched_engine(modules: Mapping[str, ModuleType] = sys.modules) -> None:
    """Require that every function of the engine is the one that its file defines.

    Raises:
        RequestError: a function of a loaded module was replaced; the message names it.
    """
    engine = [module for name, module in modules.items() if name.startswith(f"{ENGINE_PACKAGE}.")]
    for module in filter(ismodule, engine):
        for name in find_replaced_functions(module):
            raise RequestError(
                f"{module.__name__}.{name} is not the one that its file defines\n"
                "    results are stored under the engine's name and must come from its files:\n"
                "    change the file instead, or use sim.model without storing results"
            )


def find_replaced_functions(module: ModuleType) -> Iterator[str]:
    """Yield the names of functions that the module's file defines or imports otherwise."""
    code = _read_code(module)
    for name, defined in _list_defined(code).items():
        if defined.co_flags & CO_OPTIMIZED:
            yield from _find_changed(name, vars(module).get(name), defined)
        else:
            yield from _find_changed_methods(name, vars(module).get(name), defined)
    for imported in _list_imports(code):
        yield from _find_changed_import(module, imported)


def _read_code(module: ModuleType) -> CodeType:
    """Return the code of a module by its file."""
    loader = module.__spec__.loader if module.__spec__ else None
    code = loader.get_code(module.__name__) if isinstance(loader, InspectLoader) else None
    assert code is not None  # a module that was loaded from a file has code
    return code


def _list_defined(code: CodeType) -> dict[str, CodeType]:
    """Return the code of the functions and classes that some code defines, by their names.

    Of equal names, the last one counts.
    """
    defined = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return {each.co_name: each for each in defined if not each.co_name.startswith("<")}


@cache
def _list_imports(code: CodeType) -> list[_Import]:
    """Return what a module takes from others."""
    origin, imports = "", []
    for instruction, following in pairwise(get_instructions(code)):
        if instruction.opname == "IMPORT_NAME":
            origin = instruction.argval
        elif instruction.opname == "IMPORT_FROM":  # what follows stores it under its own name
            imports.append(_Import(origin, instruction.argval, following.argval))
    return imports


def _find_changed(name: str, value: object, defined: CodeType) -> Iterator[str]:
    if getattr(_unwrap_function(value), "__code__", None) != defined:
        yield name


def _find_changed_methods(name: str, value: object, defined: CodeType) -> Iterator[str]:
    members = vars(value) if isinstance(value, type) else {}
    for method, code in _list_defined(defined).items():
        yield from _find_changed(f"{name}.{method}", members.get(method), code)


def _find_changed_import(module: ModuleType, imported: _Import) -> Iterator[str]:
    if imported.origin.startswith(ENGINE_PACKAGE) and imported.own_name in vars(module):
        value = vars(module)[imported.own_name]
        defined = getattr(sys.modules.get(imported.origin), imported.name, value)
        if callable(defined) and value is not defined:
            yield imported.own_name


def _unwrap_function(value: object) -> object:
    """Return the plain function behind a property, a cache or another wrapper."""
    for attribute in ("fget", "func", "__func__"):
        value = getattr(value, attribute, None) or value
    return unwrap(value) if callable(value) else value
