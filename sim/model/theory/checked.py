"""A theory is asked, and what it returns is checked before anything rests on it."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.errors import TheoryError
from sim.model.arrays import Terms, Vector
from sim.model.theory.cases import Case
from sim.model.theory.protocol import Numbers
from sim.scenario.theories.code import find_line
from sim.scenario.theories.find import FoundTheory
from sim.scenario.theories.names import suggest_name


def ask(found: FoundTheory, choice: str, numbers: Numbers, case: Case) -> Terms:
    """Return the terms of a choice, in log-odds, (place,) each, in the order of their declaration.

    Args:
        found: the theory.
        choice: the name of the function that is asked, such as "honour".
        numbers: its own numbers.
        case: what it is asked about.

    Raises:
        TheoryError: the theory fails, or returns something other than its terms.
    """
    try:
        returned = getattr(found.theory, choice)(numbers, case)
    except Exception as error:
        raise TheoryError(
            found.file, find_line(found.file, error), _function(found, choice), _explain(error)
        ) from error
    return _checked(found, choice, returned, case.size)


def _checked(found: FoundTheory, choice: str, returned: Any, size: int) -> Terms:
    function, declared = _function(found, choice), found.theory.terms
    line = find_function_line(found, choice)
    problem = ""
    if not isinstance(returned, dict):
        problem = f"returns {type(returned).__name__}, not a dictionary of terms"
    elif missing := [name for name in declared if name not in returned]:
        others = [name for name in returned if name not in declared] or returned
        near = suggest_name(missing[0], map(str, others), "it returns")
        problem = f"returns no term {missing[0]!r}, which `terms` declares{near}"
    elif more := [name for name in returned if name not in declared]:
        near = suggest_name(str(more[0]), declared, "it declares")
        problem = f"returns the term {more[0]!r}, which `terms` does not declare{near}"
    if problem:
        raise TheoryError(found.file, line, function, problem)
    return {name: _vector(found, choice, line, name, returned[name], size) for name in declared}


def _vector(
    found: FoundTheory, choice: str, line: int | None, name: str, value: Any, size: int
) -> Vector:
    term = np.asarray(value)
    if term.shape not in ((), (size,)) or term.dtype.kind not in "bif":
        what = f"of shape {term.shape} and type {term.dtype}"
        message = f"the term {name!r} is {what}, not one number for each of the {size} places"
        raise TheoryError(found.file, line, _function(found, choice), message)
    if not np.isfinite(term).all():
        message = f"the term {name!r} is not a finite number everywhere"
        raise TheoryError(found.file, line, _function(found, choice), message)
    return np.broadcast_to(term.astype(np.float64), (size,))


def find_function_line(found: FoundTheory, choice: str) -> int | None:
    """Return the line on which a function of a theory begins."""
    code = getattr(getattr(found.theory, choice), "__code__", None)
    return code.co_firstlineno if code else None


def _function(found: FoundTheory, choice: str) -> str:
    return f"{found.name}.{choice}"


def _explain(error: Exception) -> str:
    """Return what went wrong; the names of facts and numbers explain themselves."""
    return str(error) if isinstance(error, AttributeError) else f"{type(error).__name__}: {error}"


def ask_bound(found: FoundTheory, choice: str, numbers: Numbers, case: Case) -> Vector:
    """Return the most that the log-odds of a choice can be, (place,), as a theory says.

    Raises:
        TheoryError: the theory fails, or returns something other than one number for each place.
    """
    try:
        returned = found.theory.at_most(choice, numbers, case)
    except Exception as error:
        line = find_line(found.file, error)
        raise TheoryError(found.file, line, _function(found, "at_most"), _explain(error)) from error
    line = find_function_line(found, "at_most")
    return _vector(found, "at_most", line, choice, returned, case.size)
