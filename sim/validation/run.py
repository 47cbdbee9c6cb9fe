"""Has the parts of the validation worked out, side by side where there are several processors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exception

from sim.errors import LivingError, RequestError, SimError
from sim.experiment.workers import crew, processors
from sim.scenario.messages import nearest_name
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
    """A part that could not be worked out for a fault of its own.

    Attributes:
        name: of the part.
        trace: what went wrong, and where.
    """

    name: str
    trace: str


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
class _Refused:
    """A part that could not be worked out for a reason a user can mend."""

    message: str
    living: bool


@dataclass
class _Count:
    """Is told how many worlds have been lived, and remembers it."""

    worlds: int = field(default=0)

    def __call__(self, worlds: int) -> None:
        self.worlds = worlds


_Made = tuple[Part | Broken | _Refused, int]


def _published(asked: Asked, told: Told) -> Part:  # noqa: ARG001  lives no worlds
    from sim.validation.published import published  # noqa: PLC0415  takes scipy a while to load

    return published()


PARTS: tuple[Maker, ...] = (Maker("published", lives=False, make=_published),)
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

    Results do not depend on how many processors there are. A part that breaks breaks no other.

    Raises:
        SimError: a part cannot be worked out as asked, such as for a faulty table of questions.
    """
    made: dict[str, _Made] = {}
    with crew(min(len(makers), processors())) as executor:
        waiting = {executor.submit(_make, maker, asked): maker.name for maker in makers}
        for future in as_completed(waiting):
            made[waiting[future]] = future.result()
            _see_that_it_may_go_on(made[waiting[future]][0])
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
        return maker.make(asked, count), count.worlds
    except SimError as error:
        return _Refused(str(error), isinstance(error, LivingError)), 0
    except Exception as error:  # whatever it is, the other parts are none the worse
        return Broken(maker.name, "".join(format_exception(error))), 0


def _see_that_it_may_go_on(made: Part | Broken | _Refused) -> None:
    if isinstance(made, _Refused):
        raise LivingError(made.message) if made.living else RequestError(made.message)
