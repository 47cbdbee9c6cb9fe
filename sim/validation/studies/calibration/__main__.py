"""Measure, weight candidates and report the choice.

`python -m sim.validation.studies.calibration` takes a minute or two. `--worlds` sets the number of
worlds of each ensemble.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path

from sim.errors import SimError
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.calibration.parameter_sample import (
    ParameterSample,
    TriangularRange,
    simulate_sample,
)
from sim.validation.studies.calibration.targets import (
    CandidateScore,
    Target,
    choose_candidate,
    score_candidate,
)
from sim.validation.studies.patterns.council import count_measures_followed_by, count_vetoes
from sim.validation.studies.patterns.disputes import (
    count_disputes_begun_by,
    count_onset_years,
    count_pair_onset_years,
)
from sim.validation.studies.patterns.ensembles import (
    EXCHANGE_MECHANISMS,
    find_reference_files,
    remove_wars,
)
from sim.validation.studies.patterns.escalation import count_disputes_reaching
from sim.validation.studies.patterns.honour import count_honoured_calls
from sim.validation.studies.patterns.population.scenario_writer import OTHER_CLASS, RIVAL_CLASS
from sim.validation.studies.patterns.subjects import Subjects, read_subjects

DISPUTE_KEYS = ("rules.choice.rationality",)
"""A judgement with a range of a factor of six, used in every choice of a crisis."""
_COUNCIL_KEYS = ("rules.council.veto", "rules.council.rupture", "rules.council.company")
"""Reasons for a veto that do not depend on the target."""

PRIOR_RANGES = {
    "rules.choice.rationality": (0.5, 1.0, 3.0),
    "rules.council.veto": (-4.5, -3.05, -2.0),
    "rules.council.rupture": (2.0, 4.0, 6.0),
    "rules.council.company": (2.5, 4.7, 6.0),
}
"""Low, value and high of the calibrated numbers before the calibration."""

_DEFAULT_WORLDS = 1024
_MIN_WORLDS = 4


def dispute_targets(subjects: Subjects) -> tuple[Target, ...]:
    """Return the targets of the numbers about disputes."""
    return (
        Target("P1a", "onsets a year, relevant pairs that are not rivals", 0.010, 0.0135, 0.016,
               "reference", partial(count_onset_years, rivalry_class=OTHER_CLASS)),
        Target("P1b", "onsets a year, rivals", 0.15, 0.20, 0.25,
               "reference", partial(count_onset_years, rivalry_class=RIVAL_CLASS)),
        Target("P2a", "onsets a year, the pair", 0.30, 0.42, 0.70,
               "baseline", partial(count_pair_onset_years, pair=subjects.pair)),
        Target("P2b", "share of them begun by its challenger", 0.60, 0.75, 0.90, "baseline",
               partial(count_disputes_begun_by, pair=subjects.pair, actor=subjects.challenger)),
        Target("P3a", "disputes with force", 0.60, 0.69, 0.78,
               "reference", partial(count_disputes_reaching, stage="forceful")),
        Target("P3b", "disputes that become wars", 0.008, 0.017, 0.044,
               "reference", partial(count_disputes_reaching, stage="war")),
    )  # fmt: skip


def promise_targets() -> tuple[Target, ...]:
    """Return the targets of commitments, with a separate range for the time after 1945."""
    description = "calls under a pact where aid was due and given"
    return (
        Target("P12a", description, 0.22, 0.41, 0.75, "reference", count_honoured_calls),
        Target(
            "P12b",
            f"{description}, after 1945",
            0.15,
            0.22,
            0.45,
            "reference",
            count_honoured_calls,
        ),
    )


def council_targets(subjects: Subjects) -> tuple[Target, ...]:
    """Return the targets of the numbers about the council."""
    first = partial(count_vetoes, months=12)
    decade = partial(count_vetoes, months=120)
    return (
        Target("P16a", "drafts vetoed by the buyer without an arms tie", 0.0, 0.045, 0.10,
               "untied", partial(decade, member=subjects.buyer)),
        Target("P16b", "drafts vetoed by the buyer with an arms tie", 0.60, 0.83, 1.0,
               "baseline", partial(first, member=subjects.buyer)),
        Target("P16c", "drafts vetoed by the other member", 0.2, 0.5, 0.7,
               "baseline", partial(first, member=subjects.other_member)),
        Target("P17a", "measures that coerce", 0.05, 0.11, 0.25,
               "baseline", partial(count_measures_followed_by, consequence="coerced")),
        Target("P17b", "measures that constrain", 0.15, 0.24, 0.40,
               "baseline", partial(count_measures_followed_by, consequence="constrained")),
    )  # fmt: skip


def dispute_candidates(current_range: TriangularRange) -> Iterator[Mapping[str, TriangularRange]]:
    """Yield ranges of rationality, from narrow and low to the prior."""
    low, _, high = current_range
    for highest, value in product((0.75, 1.0, 1.5, 2.0, high), (0.5, 0.6, 0.75, 1.0)):
        if value <= highest:
            yield {DISPUTE_KEYS[0]: (low, value, highest)}


def council_candidates(
    current_ranges: Sequence[TriangularRange],
) -> Iterator[Mapping[str, TriangularRange]]:
    """Yield central values over a grid within the prior ranges, which stay the same."""
    grids = [
        [low + step / 4 * (high - low) for step in range(5)] for low, _, high in current_ranges
    ]
    for values in product(*grids):
        spreads = zip(current_ranges, values, strict=True)
        yield dict(
            zip(
                _COUNCIL_KEYS,
                ((low, value, high) for (low, _, high), value in spreads),
                strict=True,
            )
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the calibration; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m sim.validation.studies.calibration")
    parser.add_argument("--scenarios", type=Path, default=Path("scenarios"))
    parser.add_argument(
        "--worlds", type=int, default=_DEFAULT_WORLDS, help="rounded up to a power of two"
    )
    options = parser.parse_args(arguments)
    try:
        calibrate(options.scenarios, max(options.worlds, _MIN_WORLDS))
    except SimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def calibrate(scenarios: Path, worlds: int) -> None:
    """Simulate the worlds and report the choice.

    Raises:
        SimError: a scenario is invalid.
    """
    subjects = read_subjects(scenarios)
    samples = _simulate_samples(scenarios, subjects, worlds)
    _report_candidates("Disputes", dispute_targets(subjects), DISPUTE_KEYS, samples,
           dispute_candidates(PRIOR_RANGES[DISPUTE_KEYS[0]]))  # fmt: skip
    _report_candidates("Promises", promise_targets(), DISPUTE_KEYS, samples, iter(()))
    _report_candidates("The council", council_targets(subjects), _COUNCIL_KEYS, samples,
           council_candidates([PRIOR_RANGES[key] for key in _COUNCIL_KEYS]))  # fmt: skip


def _simulate_samples(
    scenarios: Path, subjects: Subjects, worlds: int
) -> dict[str, list[ParameterSample]]:
    """Simulate ten years of the reference populations and of the scenario without the treaty."""
    populations = find_reference_files(scenarios)
    baseline = scenarios / f"{subjects.baseline}.toml"
    untied = [f"mechanisms.{name}=false" for name in EXCHANGE_MECHANISMS]
    return {
        "reference": [
            simulate_sample(load_decade(file), DISPUTE_KEYS, worlds // 2) for file in populations
        ],
        "baseline": [simulate_sample(load_decade(baseline), DISPUTE_KEYS + _COUNCIL_KEYS, worlds)],
        "untied": [
            simulate_sample(
                remove_wars(load_decade(baseline, *untied)), DISPUTE_KEYS + _COUNCIL_KEYS, worlds
            )
        ],
    }


def load_decade(file: Path, *settings: str) -> Scenario:
    """Return ten years of a scenario with the numbers before the calibration."""
    parts = ("low", "value", "high")
    prior = [
        f"{key}.{part}={number}"
        for key, numbers in PRIOR_RANGES.items()
        for part, number in zip(parts, numbers, strict=True)
    ]
    return load_scenario(file, ["months=120", *prior, *settings]).scenario


def _report_candidates(
    title: str,
    targets: Sequence[Target],
    keys: Sequence[str],
    samples: Mapping[str, Sequence[ParameterSample]],
    candidates: Iterator[Mapping[str, TriangularRange]],
) -> None:
    counts = {
        target.code: [target.count(s.ensemble) for s in samples[target.ensemble]]
        for target in targets
    }
    prior = score_candidate({key: PRIOR_RANGES[key] for key in keys}, targets, samples, counts)
    others = [score_candidate(candidate, targets, samples, counts) for candidate in candidates]
    ranked = sorted(others, key=lambda score: (len(score.missed_targets), score.loss))
    print(f"\n{title}: {', '.join(keys)}")
    print(
        "| low, value, high | "
        + " | ".join(target.code for target in targets)
        + " | missed | loss |"
    )
    print("|---" * (len(targets) + 3) + "|")
    print(_table_row("range", [f"{target.low:g} to {target.high:g}" for target in targets], "", ""))
    for label, score in (("prior", prior), *(("", other) for other in ranked[:12])):
        print(_score_row(label, score))
    best = choose_candidate(prior, others)
    print("Chosen:", "the prior" if best is prior else _format_candidate(best.candidate))


def _score_row(label: str, candidate_score: CandidateScore) -> str:
    values = [f"{value:.3f}" for value in candidate_score.estimates]
    text = f"{_format_candidate(candidate_score.candidate)} {label}".strip()
    return _table_row(
        text,
        values,
        " ".join(candidate_score.missed_targets) or "none",
        f"{candidate_score.loss:.1f}",
    )


def _table_row(label: str, cells: Sequence[str], missed: str, loss: str) -> str:
    return "| " + " | ".join([label, *cells, missed, loss]) + " |"


def _format_candidate(candidate: Mapping[str, TriangularRange]) -> str:
    return "; ".join(f"{low:g}, {value:g}, {high:g}" for low, value, high in candidate.values())


if __name__ == "__main__":
    sys.exit(main())
