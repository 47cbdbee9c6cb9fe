"""Checks that the engine in memory is the one that its files define.

Results are stored under the fingerprint of the files. If a rule is replaced in memory, its results
would be stored under the fingerprint of another rule.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import ismodule, unwrap
from pathlib import Path
from types import CodeType, ModuleType

from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import ENGINE_PACKAGE

_CodeByName = dict[str, CodeType]


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
    text = Path(module.__file__ or "").read_text("utf-8")
    statements, codes = _read_definitions(text, module.__name__)
    for statement in statements:
        match statement:
            case ast.FunctionDef(name=name):
                yield from _find_changed(name, vars(module).get(name), codes)
            case ast.ClassDef(name=name):
                yield from _find_changed_methods(name, vars(module).get(name), codes)
            case ast.ImportFrom(module=origin, names=names) if origin:
                yield from _find_changed_imports(module, origin, names)


@cache
def _read_definitions(text: str, name: str) -> tuple[list[ast.stmt], _CodeByName]:
    """Return the statements of a module and the code of its functions, by qualified name."""
    tree = ast.parse(text)
    return tree.body, dict(_collect_code(compile(tree, name, "exec", dont_inherit=True)))


def _collect_code(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Yield the qualified name and code of all functions; of equal names, the last one counts."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _collect_code(constant)


def _find_changed(name: str, value: object, codes: _CodeByName) -> Iterator[str]:
    if getattr(_unwrap_function(value), "__code__", None) != codes[name]:
        yield name


def _find_changed_methods(name: str, value: object, codes: _CodeByName) -> Iterator[str]:
    members = vars(value) if isinstance(value, type) else {}
    for qualified in codes:
        owner, _, method = qualified.rpartition(".")
        if owner == name and not method.startswith("<"):
            yield from _find_changed(qualified, members.get(method), codes)


def _find_changed_imports(module: ModuleType, origin: str, names: list[ast.alias]) -> Iterator[str]:
    for alias in names:
        name = alias.asname or alias.name
        if origin.startswith(ENGINE_PACKAGE) and name in vars(module):
            defined = getattr(sys.modules.get(origin), alias.name, vars(module)[name])
            if callable(defined) and vars(module)[name] is not defined:
                yield name


def _unwrap_function(value: object) -> object:
    """Return the plain function behind a property, a cache or another wrapper."""
    for attribute in ("fget", "func", "__func__"):
        value = getattr(value, attribute, None) or value
    return unwrap(value) if callable(value) else value
