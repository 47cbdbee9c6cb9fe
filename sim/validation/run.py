"""Computes the parts of the validation, in parallel where there are several processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exception

from sim.errors import Problem, RequestError, ScenarioError, SimError
from sim.experiment.blocks import OnProgress
from sim.experiment.execution.workers import count_processors, interruptible, open_executor
from sim.experiment.storage.engine_guard import require_unpatched_engine
from sim.scenario.files.messages import find_nearest_name
from sim.validation.check import ValidationPart


@dataclass(frozen=True)
class ValidationRequest:
    """What every part is to compute.

    Attributes:
        scenarios: the folder of scenarios.
        questions_file: a table of questions for the hindcast; None for that of the folder.
        quick: simulate fewer worlds.
        mapping_file: how questions of the hindcast are answered; None for the file beside them.
    """

    scenarios: Path
    questions_file: Path | None = None
    quick: bool = False
    mapping_file: Path | None = None


@dataclass(frozen=True)
class PartSpec:
    """How a part is computed.

    Attributes:
        name: the name of the part.
        simulates: whether it simulates worlds.
        build: computes it, and reports the number of worlds simulated so far.
    """

    name: str
    simulates: bool
    build: Callable[[ValidationRequest, OnProgress], ValidationPart]


@dataclass(frozen=True)
class FailedPart:
    """A part that could not be computed.

    Attributes:
        name: the name of the part.
        message: what is missing, or the traceback.
        exit_code: the exit code of the command: that of the error, or 1 for a bug.
    """

    name: str
    message: str
    exit_code: int = 1


@dataclass(frozen=True)
class Validation:
    """The result of a validation.

    Attributes:
        parts: the parts computed, in their order.
        failed: the parts that failed.
        worlds: the number of worlds simulated.
    """

    parts: tuple[ValidationPart, ...]
    failed: tuple[FailedPart, ...]
    worlds: int


@dataclass(frozen=True)
class _InvalidFiles:
    """Faults of a file. They stop all parts, so that a user learns of them at once."""

    problems: tuple[Problem, ...]


@dataclass
class _WorldCount:
    """Records the number of worlds simulated so far."""

    worlds: int = field(default=0)

    def __call__(self, worlds: int) -> None:
        self.worlds = worlds


_PartOutcome = tuple[ValidationPart | FailedPart | _InvalidFiles, int]


def _build_published(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:  # noqa: ARG001  simulates no worlds
    from sim.validation.studies.published import run_published  # noqa: PLC0415  loads scipy

    return run_published()


def _build_patterns(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.patterns import run_patterns  # noqa: PLC0415

    return run_patterns(request.scenarios, quick=request.quick, on_progress=on_progress)


def _build_hindcast(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.hindcast import run_hindcast  # noqa: PLC0415

    return run_hindcast(
        request.scenarios,
        request.questions_file,
        request.mapping_file,
        quick=request.quick,
        on_progress=on_progress,
    )


def _build_casebook(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.casebook import run_casebook  # noqa: PLC0415

    return run_casebook(request.scenarios, quick=request.quick, on_progress=on_progress)


def _build_universe(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:  # noqa: ARG001  simulates no worlds
    from sim.validation.studies.universe import run_universe  # noqa: PLC0415  loads scipy

    return run_universe(request.scenarios)


def _build_treaties(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    from sim.validation.studies.treaties import run_treaties  # noqa: PLC0415  loads scipy

    return run_treaties(request.scenarios, quick=request.quick, on_progress=on_progress)


def _build_theories(request: ValidationRequest, on_progress: OnProgress) -> ValidationPart:  # noqa: ARG001  simulates no worlds
    from sim.validation.studies.theories import run_theories  # noqa: PLC0415  loads scipy

    return run_theories(request.scenarios)


PARTS: tuple[PartSpec, ...] = (
    PartSpec("published", simulates=False, build=_build_published),
    PartSpec("patterns", simulates=True, build=_build_patterns),
    PartSpec("hindcast", simulates=True, build=_build_hindcast),
    PartSpec("casebook", simulates=True, build=_build_casebook),
    PartSpec("universe", simulates=False, build=_build_universe),
    PartSpec("treaties", simulates=True, build=_build_treaties),
    PartSpec("theories", simulates=False, build=_build_theories),
)
"""All parts, in the order of the output."""


def select_parts(names: Sequence[str]) -> tuple[PartSpec, ...]:
    """Return the parts of these names, in the order of `PARTS`; all if none is named.

    Raises:
        RequestError: a name is unknown.
    """
    known = [spec.name for spec in PARTS]
    for name in names:
        if name not in known:
            nearest = find_nearest_name(name, known)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            allowed = f"\n    allowed: {', '.join(known)}{hint}"
            raise RequestError(f"--part {name}: is not a part of the validation{allowed}")
    return tuple(spec for spec in PARTS if not names or spec.name in names)


def run_validation(
    specs: Sequence[PartSpec], request: ValidationRequest, on_part_done: Callable[[], None]
) -> Validation:
    """Compute the parts; `on_part_done` is called after each.

    Results do not depend on the number of processors. A part that fails, or lacks something that
    is not installed, does not stop the others.

    Raises:
        ScenarioError: a file cannot be used, such as a table of questions.
        RequestError: a function of the engine was replaced in memory.
    """
    require_unpatched_engine()
    outcomes: dict[str, _PartOutcome] = {}
    with open_executor(min(len(specs), count_processors())) as executor:
        waiting = {executor.submit(_build_part, spec, request): spec.name for spec in specs}
        for future in as_completed(waiting):
            outcomes[waiting[future]] = _require_valid_files(future.result())
            on_part_done()
    ordered = [outcomes[spec.name] for spec in specs]
    return Validation(
        tuple(part for part, _ in ordered if isinstance(part, ValidationPart)),
        tuple(part for part, _ in ordered if isinstance(part, FailedPart)),
        sum(worlds for _, worlds in ordered),
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
    except Exception as error:  # other parts still run
        return FailedPart(spec.name, "".join(format_exception(error))), 0


def _require_valid_files(outcome: _PartOutcome) -> _PartOutcome:
    if isinstance(outcome[0], _InvalidFiles):
        raise ScenarioError(outcome[0].problems)
    return outcome
