"""Errors that a user can correct.

    SimError                a message for the user; the command line exits with 2
    ├── ScenarioError       a scenario file cannot be used; carries every problem in it
    ├── RequestError        what is requested cannot be done
    ├── TheoryError         a theory that the scenario names cannot be asked
    ├── ResultsError        a results folder cannot be read or written
    │   └── MissingTableError   it is valid, and does not hold a table that is needed
    ├── WorkerError         a process that simulates worlds was lost; finished blocks are kept
    └── SimulationError     no world could be simulated; the command line exits with 1

Any other exception is a fault of this package and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class SimError(Exception):
    """Base of all errors whose message is for the user.

    Attributes:
        exit_code: the exit code of the command line.
    """

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, order=True)
class Problem:
    """A problem in a scenario: where it is, what is wrong, and what is allowed.

    `key` is the dotted path of the value; `allowed` and `suggestion` may be empty.
    """

    file: Path | None
    line: int | None
    key: str
    message: str
    allowed: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        """Return the problem in one or two lines."""
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        head = ": ".join(part for part in (where, self.key, self.message) if part)
        hints = [f"allowed: {self.allowed}"] if self.allowed else []
        hints += [f"did you mean {self.suggestion!r}?"] if self.suggestion else []
        return head + ("\n    " + "; ".join(hints) if hints else "")


class ScenarioError(SimError):
    """A scenario cannot be used; the message lists every problem in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (str(p.file or ""), p.line or 0, p.key))
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RequestError(SimError):
    """What is requested cannot be done."""


class TheoryError(SimError):
    """A theory that the scenario names fails or returns what it must not.

    The message names its file and line, the theory and its function.
    """

    def __init__(
        self, file: str, line: int | None, function: str, message: str, allowed: str = ""
    ) -> None:
        self.problem = Problem(Path(file), line, function, message, allowed)
        super().__init__(str(self.problem))

    def __reduce__(self) -> tuple[object, ...]:
        """Return what makes it again, as in the process that asked for the worlds."""
        problem = self.problem
        where = str(problem.file), problem.line, problem.key
        return type(self), (*where, problem.message, problem.allowed)


class ResultsError(SimError):
    """A results folder cannot be read or written."""


class MissingTableError(ResultsError):
    """Results are complete, but a table that is needed was not stored."""


class WorkerError(SimError):
    """A process that simulates worlds was lost; finished blocks are kept."""


class SimulationError(SimError):
    """None of the requested worlds could be simulated."""

    exit_code = 1
