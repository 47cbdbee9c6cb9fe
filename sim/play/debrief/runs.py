"""Runs that a debrief rests on, stored with all others so that they are simulated only once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.analysis.comparison.compare import RunPair, compare_runs
from sim.analysis.comparison.findings import PairFindings, find_findings, standardised_size
from sim.analysis.comparison.sentences import (
    format_change,
    format_change_interval,
    write_construction,
    write_findings,
)
from sim.analysis.data.resolve import ProgressFactory, skip_progress
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure
from sim.scenario.load import LoadedScenario

RESULTS = Path("results")
_DEFAULT_OPTIONS = RunOptions()
_LEAST_SIZE = 0.01
"""Standard deviations between worlds below which a difference is too small to report: pairs that
share most of their months can show differences that nobody would notice."""


@dataclass(frozen=True)
class Simulation:
    """Where runs are stored, and how they are simulated.

    Attributes:
        out: the folder of all results.
        options: options of the runs.
        open_progress: called with a number of worlds; yields what reports progress.
    """

    out: Path = RESULTS
    options: RunOptions = _DEFAULT_OPTIONS
    open_progress: ProgressFactory = skip_progress

    def run(self, loaded: LoadedScenario) -> Results:
        """Return the results of a scenario, which is simulated unless it was before.

        Raises:
            ResultsError: the folder cannot be read or written.
            SimulationError: no world could be simulated.
        """
        with self.open_progress(loaded.scenario.worlds) as on_progress:
            options = replace(self.options, on_progress=on_progress)
            return run_scenario(loaded, self.out, options).results.require_readable()


@dataclass(frozen=True)
class Effect:
    """What differs between two runs.

    Attributes:
        sentences: the findings, at most three sentences.
        construction: what differs by construction or by a changed line; may be empty.
        rows: the headline measures that moved: name, change and interval.
        pairs: number of pairs of worlds.
    """

    sentences: tuple[str, ...]
    construction: str
    rows: tuple[tuple[str, str, str], ...]
    pairs: int


def find_effect(base: Results, other: Results, decided: Collection[str] = frozenset()) -> Effect:
    """Return what differs between two runs of the same worlds.

    Args:
        base: the run that is compared with.
        other: the other run.
        decided: names of the measures that were decided by hand on one side, and are no finding.
    """
    comparison = compare_runs([base.folder, other.folder])
    pair: RunPair = comparison.pairs[0]
    by_hand = [each.measure for each in pair.differences if each.measure.name in decided]
    left = tuple(each for each in pair.differences if each.measure.name not in decided)
    findings = _drop_tiny(find_findings(comparison, replace(pair, differences=left)))
    return Effect(
        tuple(write_findings(findings)),
        _write_by_hand(by_hand) or write_construction(findings),
        tuple(_list_moved(findings)),
        len(base.worlds),
    )


def _drop_tiny(findings: PairFindings) -> PairFindings:
    """Return findings in which what moved by next to nothing is not said to have moved."""
    sizes = [
        (found, standardised_size(found, findings.with_, findings.without))
        for found in findings.moved
    ]
    moved = tuple(found for found, size in sizes if size >= _LEAST_SIZE)
    tiny = tuple(found for found, size in sizes if size < _LEAST_SIZE)
    return replace(findings, moved=moved, unclear=(*findings.unclear, *tiny))


def _write_by_hand(measures: Sequence[Measure]) -> str:
    """Return what was decided by the changed line itself, in a sentence; empty without any."""
    if not measures:
        return ""
    named = ", ".join(measure.phrase for measure in measures)
    return f"By the changed line itself, not a finding: {named}."


def _list_moved(findings: PairFindings) -> list[tuple[str, str, str]]:
    return [
        (found.measure.short, format_change(found), format_change_interval(found))
        for found in findings.moved
    ]
