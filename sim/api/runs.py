"""The words of the command line for Python, as far as they have worlds lived.

Arguments have the names of the options; paths may be text, and what can be given several times is
a list, or one text alone. Errors are `sim.errors.SimError` and
say what would be right. Processes are not started unless `workers` asks for them, for in a script
that needs `if __name__ == "__main__":` around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.analysis.data.frames import Frames, load
from sim.analysis.data.resolve import RunSettings
from sim.errors import RequestError
from sim.experiment.design.design import build_design
from sim.experiment.rerun import RerunComparison as Rerun
from sim.experiment.rerun import rerun_results as live_again
from sim.experiment.run import RunOptions, RunOutcome, extend_finished_run
from sim.experiment.run import run_scenario as answer
from sim.experiment.run_until import DEFAULT_MAX_WORLDS, parse_precisions, run_until
from sim.experiment.sweep import run_sweep as answer_sweep
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

StrPath = str | Path
RESULTS_FOLDER = Path("results")


def read_scenario(
    file: StrPath,
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
    terms = RunSettings(worlds, months, seed)
    return load_scenario(Path(file), [*as_list(settings), *terms.as_assignments()]).scenario


def run(
    file: StrPath,
    *,
    settings: Iterable[str] = (),
    worlds: int | None = None,
    more_worlds: int | None = None,
    until: Iterable[str] = (),
    at_most: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    out: StrPath = RESULTS_FOLDER,
    force: bool = False,
) -> Frames:
    """Live a scenario's worlds, or read them if that was done before, as `sim run` does.

    Of three ways to say how many, one at a time. `worlds` is their number, as a rule the
    scenario's. `more_worlds` adds so many to the finished run of the scenario that has most, and
    lives only these. `until` adds worlds until 95 % intervals are narrow enough, such as
    `["war_any +-0.5pp", "disputes +-10%"]` (percentage points, or a part of the value; of an amount
    also its own unit), and ends at `at_most` worlds anyhow.

    Worlds that could not be lived are missing: see `status` and `failures` in `Frames.manifest`.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: more is asked than one run may do, or there is nothing to add worlds to.
        ResultsError: the folder cannot be written, or holds something else.
        LivingError: no world could be lived.
        WorkerError: the workers are gone; what they had finished is kept.
    """
    _check_world_counts(worlds, more_worlds, until, at_most)
    loaded = load_scenario(
        Path(file), [*as_list(settings), *RunSettings(worlds, months, seed).as_assignments()]
    )
    wish = RunOptions(workers=workers, scheduler=scheduler, force=force)
    wanted = parse_precisions(as_list(until), loaded)
    if wanted:
        most = at_most or max(DEFAULT_MAX_WORLDS, loaded.scenario.worlds)
        return _load_frames(run_until(loaded, wanted, Path(out), wish, most))
    if more_worlds is not None:
        larger, before = extend_finished_run(loaded, more_worlds, Path(out))
        return _load_frames(answer(larger, Path(out), wish, finished_runs=[before]))
    return _load_frames(answer(loaded, Path(out), wish))


def sweep(
    file: StrPath,
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
    out: StrPath = RESULTS_FOLDER,
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
    given = [*as_list(settings), *RunSettings(worlds, months, seed).as_assignments()]
    loaded = load_scenario(Path(file), given)
    asked = build_design(loaded, as_list(vary), sample, as_list(over), given)
    wish = RunOptions(workers=workers, scheduler=scheduler, force=force)
    return _load_frames(answer_sweep(loaded, asked, Path(out), wish, as_list(also)))


def rerun(manifest: StrPath, *, workers: int = 1, scheduler: str | None = None) -> Rerun:
    """Live a finished run or sweep once more, exactly, and compare the tables, as `sim rerun` does.

    `manifest` is its results folder, or the manifest in it. Nothing new is kept. What comes back
    names the tables that are the `same` to the last byte, those that are `alike` but written
    otherwise, those that are `other`, and the `versions` that differ.

    Raises:
        ResultsError: the folder is not complete, damaged, or was lived by another engine.
        LivingError: no world could be lived.
        WorkerError: the workers are gone.
    """
    return live_again(Path(manifest), RunOptions(workers=workers, scheduler=scheduler))


def as_list(values: Iterable[str]) -> list[str]:
    """Return texts as a list; one alone is not taken letter by letter."""
    return [values] if isinstance(values, str) else list(values)


def _check_world_counts(
    worlds: int | None, more_worlds: int | None, until: Iterable[str], at_most: int | None
) -> None:
    given = {"worlds": worlds, "more_worlds": more_worlds, "at_most": at_most}
    for name, number in given.items():
        if number is not None and number < 1:
            raise RequestError(f"{name}: is a number above zero, and {number} is none")
    if more_worlds and (worlds or until):
        raise RequestError("more_worlds: adds to a run, and goes with neither worlds nor until")
    if at_most and not until:
        raise RequestError("at_most: says where until ends, and there is no until")


def _load_frames(outcome: RunOutcome) -> Frames:
    return load(outcome.results.folder, partial=True)
