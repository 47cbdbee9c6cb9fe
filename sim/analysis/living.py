"""The words of the command line for Python, as far as they have worlds lived.

Arguments have the names of the options; paths may be text. Errors are `sim.errors.SimError` and
say what would be right. Processes are not started unless `workers` asks for them, for in a script
that needs `if __name__ == "__main__":` around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.analysis.lived import Terms
from sim.analysis.load import Frames, load
from sim.errors import RequestError
from sim.experiment.points import design
from sim.experiment.run import Answer, Wish
from sim.experiment.run import run as answer
from sim.experiment.sweep import sweep as answer_sweep
from sim.experiment.until import AT_MOST, precisions, run_until
from sim.scenario.load import load as load_scenario
from sim.scenario.schema import Scenario

Place = str | Path
RESULTS = Path("results")


def read_scenario(
    file: Place,
    *,
    settings: Iterable[str] = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
) -> Scenario:
    """Read a scenario with all that it extends, as `sim check` does.

    `settings` are laid on top, such as `rules.honour.reputation=1.2`, as with `--set`.

    Raises:
        ScenarioError: anything in the files is wrong; the message lists all of it.
        RequestError: a setting makes no sense.
    """
    terms = Terms(worlds, months, seed)
    return load_scenario(Path(file), [*settings, *terms.settings()]).scenario


def run(
    file: Place,
    *,
    settings: Iterable[str] = (),
    worlds: int | None = None,
    until: Iterable[str] = (),
    at_most: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    out: Place = RESULTS,
    force: bool = False,
) -> Frames:
    """Live a scenario's worlds, or read them if that was done before, as `sim run` does.

    `until` adds worlds until measures are known so well, such as `["war_any +-0.5pp"]`, and ends
    at `at_most` worlds anyhow. Worlds that could not be lived are missing: see `Frames.manifest`.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: more is asked than one run may do.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    loaded = load_scenario(Path(file), [*settings, *Terms(worlds, months, seed).settings()])
    wish = Wish(workers=workers, scheduler=scheduler, force=force)
    wanted = precisions(until, loaded)
    if wanted:
        most = at_most or max(AT_MOST, loaded.scenario.worlds)
        return _frames(run_until(loaded, wanted, Path(out), wish, most))
    if at_most:
        raise RequestError("at_most: says where until ends, and there is no until")
    return _frames(answer(loaded, Path(out), wish))


def sweep(
    file: Place,
    *,
    vary: Iterable[str] = (),
    sample: str | None = None,
    over: Iterable[str] = (),
    also: Iterable[str] = (),
    settings: Iterable[str] = (),
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    out: Place = RESULTS,
    force: bool = False,
) -> Frames:
    """Live a scenario at many points, or read them if that was done before, as `sim sweep` does.

    `vary` holds factors such as `rules.honour.reputation=0.2:1.2:5`, `sample` is such as `lhs:100`,
    over all uncertain numbers or those named in `over`; `also` keeps `months` and `events`.

    Raises:
        ScenarioError: a scenario cannot be used.
        RequestError: a factor makes no sense, or more is asked than one sweep may do.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    given = [*settings, *Terms(worlds, months, seed).settings()]
    loaded = load_scenario(Path(file), given)
    asked = design(loaded, tuple(vary), sample, tuple(over), given)
    wish = Wish(workers=workers, scheduler=scheduler, force=force)
    return _frames(answer_sweep(loaded, asked, Path(out), wish, tuple(also)))


def _frames(answered: Answer) -> Frames:
    return load(answered.results.folder, partial=True)
