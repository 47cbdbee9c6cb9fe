"""Has the parts of the validation worked out, side by side where there are several processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exception

from sim.errors import Problem, RequestError, ScenarioError, SimError
from sim.experiment.execution.workers import breakable, crew, processors
from sim.experiment.patched import require_unpatched_engine
from sim.scenario.files.messages import nearest_name
from sim.validation.check import Part

Told = Callable[[int], None]


@dataclass(frozen=True)
class Asked:
    """What is asked of every part.

    Attributes:
        scenarios: the folder of scenarios.
        questions: a table of questions for the hindcast; None for that of the folder.
        quick: live fewer worlds.
    """

    scenarios: Path
    questions: Path | None = None
    quick: bool = False


@dataclass(frozen=True)
class Maker:
    """What makes a part.

    Attributes:
        name: of the part.
        lives: whether it lives worlds, of scenarios in a folder.
        make: works it out; is told how many worlds have been lived so far.
    """

    name: str
    lives: bool
    make: Callable[[Asked, Told], Part]


@dataclass(frozen=True)
class Broken:
    """A part that could not be worked out.

    Attributes:
        name: of the part.
        says: what is in the way, or what went wrong and where.
        exit_code: what the command ends with: 1 for a fault of the part, else as its error has it.
    """

    name: str
    says: str
    exit_code: int = 1


@dataclass(frozen=True)
class Validation:
    """What came of it.

    Attributes:
        parts: those worked out, in their order.
        broken: those that were not.
        worlds: how many worlds were lived.
    """

    parts: tuple[Part, ...]
    broken: tuple[Broken, ...]
    worlds: int


@dataclass(frozen=True)
class _Faulty:
    """Faults of a file that stop everything: nobody waits a minute to learn of a slip."""

    problems: tuple[Problem, ...]


@dataclass
class _Count:
    """Is told how many worlds have been lived, and remembers it."""

    worlds: int = field(default=0)

    def __call__(self, worlds: int) -> None:
        self.worlds = worlds


_Made = tuple[Part | Broken | _Faulty, int]


def _published(asked: Asked, told: Told) -> Part:  # noqa: ARG001  lives no worlds
    from sim.validation.studies.published import published  # noqa: PLC0415  takes scipy a while to load

    return published()


def _patterns(asked: Asked, told: Told) -> Part:
    from sim.validation.studies.patterns import patterns  # noqa: PLC0415

    return patterns(asked.scenarios, quick=asked.quick, told=told)


def _hindcast(asked: Asked, told: Told) -> Part:
    from sim.validation.studies.hindcast import hindcast  # noqa: PLC0415

    return hindcast(asked.scenarios, asked.questions, quick=asked.quick, told=told)


def _casebook(asked: Asked, told: Told) -> Part:
    from sim.validation.studies.casebook import casebook  # noqa: PLC0415

    return casebook(asked.scenarios, quick=asked.quick, told=told)


PARTS: tuple[Maker, ...] = (
    Maker("published", lives=False, make=_published),
    Maker("patterns", lives=True, make=_patterns),
    Maker("hindcast", lives=True, make=_hindcast),
    Maker("casebook", lives=True, make=_casebook),
)
"""All parts, in the order in which they are shown."""


def chosen(names: Sequence[str]) -> tuple[Maker, ...]:
    """Return the parts of these names in their own order; all if none is named.

    Raises:
        RequestError: there is no part of such a name.
    """
    known = [maker.name for maker in PARTS]
    for name in names:
        if name not in known:
            nearest = nearest_name(name, known)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            allowed = f"\n    allowed: {', '.join(known)}{hint}"
            raise RequestError(f"--part {name}: is not a part of the validation{allowed}")
    return tuple(maker for maker in PARTS if not names or maker.name in names)


def validate(makers: Sequence[Maker], asked: Asked, done: Callable[[], None]) -> Validation:
    """Work out the parts; `done` is called after each.

    Results do not depend on how many processors there are. A part that breaks, or lacks something
    that is not installed, is no hindrance to others.

    Raises:
        ScenarioError: a file cannot be used, such as a table of questions.
        RequestError: a function of the engine was replaced in memory.
    """
    require_unpatched_engine()
    made: dict[str, _Made] = {}
    with crew(min(len(makers), processors())) as executor:
        waiting = {executor.submit(_make, maker, asked): maker.name for maker in makers}
        for future in as_completed(waiting):
            made[waiting[future]] = _usable(future.result())
            done()
    found = [made[maker.name] for maker in makers]
    return Validation(
        tuple(each for each, _ in found if isinstance(each, Part)),
        tuple(each for each, _ in found if isinstance(each, Broken)),
        sum(worlds for _, worlds in found),
    )


def _make(maker: Maker, asked: Asked) -> _Made:
    count = _Count()
    try:
        with breakable():
            return maker.make(asked, count), count.worlds
    except ScenarioError as error:
        return _Faulty(error.problems), 0
    except SimError as error:
        return Broken(maker.name, str(error), error.exit_code), 0
    except Exception as error:  # whatever it is, the other parts are none the worse
        return Broken(maker.name, "".join(format_exception(error))), 0


def _usable(made: _Made) -> _Made:
    if isinstance(made[0], _Faulty):
        raise ScenarioError(made[0].problems)
    return made
