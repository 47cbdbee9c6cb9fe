"""Has the parts of the validation worked out, side by side where there are several processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exception

from sim.errors import Problem, RequestError, ScenarioError, SimError
from sim.experiment.blocks import OnProgress
from sim.experiment.execution.workers import count_processors, interruptible, open_executor
from sim.experiment.patched import require_unpatched_engine
from sim.scenario.files.messages import find_nearest_name
from sim.validation.check import ValidationPart


@dataclass(frozen=True)
class ValidationRequest:
    """What is asked of every part.

    Attributes:
        scenarios: the folder of scenarios.
        questions_file: a table of questions for the hindcast; None for that of the folder.
        quick: live fewer worlds.
    """

    scenarios: Path
    questions_file: Path | None = None
    quick: bool = False


@dataclass(frozen=True)
class PartSpec:
    """What makes a part.

    Attributes:
        name: of the part.
        simulates: whether it lives worlds, of scenarios in a folder.
        build: works it out; is told how many worlds have been lived so far.
    """

    name: str
    simulates: bool
    build: Callable[[ValidationRequest, OnProgress], ValidationPart]


@dataclass(frozen=True)
class FailedPart:
    """A part that could not be worked out.

    Attributes:
        name: of the part.
        message: what is in the way, or what went wrong and where.
        exit_code: what the command ends with: 1 for a fault of the part, else as its error has it.
    """

    name: str
    message: str
    exit_code: int = 1


@dataclass(frozen=True)
class Validation:
    """What came of it.

    Attributes:
        parts: those worked out, in their order.
        failed: those that were not.
        worlds: how many worlds were lived.
    """

    parts: tuple[ValidationPart, ...]
    failed: tuple[FailedPart, ...]
    worlds: int


@dataclass(frozen=True)
class _InvalidFiles:
    """Faults of a file that stop everything: nobody waits a minute to learn of a slip."""

    problems: tuple[Problem, ...]


@dataclass
class _WorldCount:
    """Is told how many worlds have been lived, and remembers it."""

    worlds: int = field(default=0)

    def __call__(self, worlds: int) -> None:
        self.worlds = worlds


_PartOutcome = tuple[ValidationPart | FailedPart | _InvalidFiles, int]


def _build_published(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:  # noqa: ARG001  lives no worlds
    from sim.validation.studies.published import run_published  # noqa: PLC0415  takes scipy a while to load

    return run_published()


def _build_patterns(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.patterns import run_patterns  # noqa: PLC0415

    return run_patterns(request.scenarios, quick=request.quick, on_progress=on_progress)


def _build_hindcast(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.hindcast import run_hindcast  # noqa: PLC0415

    return run_hindcast(
        request.scenarios, request.questions_file, quick=request.quick, on_progress=on_progress
    )


def _build_casebook(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.casebook import run_casebook  # noqa: PLC0415

    return run_casebook(request.scenarios, quick=request.quick, on_progress=on_progress)


PARTS: tuple[PartSpec, ...] = (
    PartSpec("published", simulates=False, build=_build_published),
    PartSpec("patterns", simulates=True, build=_build_patterns),
    PartSpec("hindcast", simulates=True, build=_build_hindcast),
    PartSpec("casebook", simulates=True, build=_build_casebook),
)
"""All parts, in the order in which they are shown."""


def select_parts(names: Sequence[str]) -> tuple[PartSpec, ...]:
    """Return the parts of these names in their own order; all if none is named.

    Raises:
        RequestError: there is no part of such a name.
    """
    known = [maker.name for maker in PARTS]
    for name in names:
        if name not in known:
            nearest = find_nearest_name(name, known)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            allowed = f"\n    allowed: {', '.join(known)}{hint}"
            raise RequestError(f"--part {name}: is not a part of the validation{allowed}")
    return tuple(maker for maker in PARTS if not names or maker.name in names)


def run_validation(
    specs: Sequence[PartSpec], request: ValidationRequest, on_part_done: Callable[[], None]
) -> Validation:
    """Work out the parts; `on_part_done` is called after each.

    Results do not depend on how many processors there are. A part that breaks, or lacks something
    that is not installed, is no hindrance to others.

    Raises:
        ScenarioError: a file cannot be used, such as a table of questions.
        RequestError: a function of the engine was replaced in memory.
    """
    require_unpatched_engine()
    made: dict[str, _PartOutcome] = {}
    with open_executor(min(len(specs), count_processors())) as executor:
        waiting = {executor.submit(_build_part, maker, request): maker.name for maker in specs}
        for future in as_completed(waiting):
            made[waiting[future]] = _require_valid_files(future.result())
            on_part_done()
    found = [made[maker.name] for maker in specs]
    return Validation(
        tuple(each for each, _ in found if isinstance(each, ValidationPart)),
        tuple(each for each, _ in found if isinstance(each, FailedPart)),
        sum(worlds for _, worlds in found),
    )


def _build_part(spec: PartSpec, request: ValidationRequest) -> _PartOutcome:
    count = _WorldCount()
    try:
        with interruptible():
            return spec.build(request, count), count.worlds
    except ScenarioError as error:
        return _InvalidFiles(error.problems), 0
    except SimError as error:
        return FailedPart(spec.name, str(error), error.exit_code), 0
    except Exception as error:  # whatever it is, the other parts are none the worse
        return FailedPart(spec.name, "".join(format_exception(error))), 0


def _require_valid_files(outcome: _PartOutcome) -> _PartOutcome:
    if isinstance(outcome[0], _InvalidFiles):
        raise ScenarioError(outcome[0].problems)
    return outcome
