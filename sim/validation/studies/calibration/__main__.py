"""Measure, weigh candidates, and say what would be chosen.

`python -m sim.validation.studies.calibration` takes a minute or two. `--worlds` sets how many
worlds of each ensemble are lived.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path

from sim.errors import SimError
from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.calibration.parameter_sample import Range, Spread, spread
from sim.validation.studies.calibration.targets import Score, Target, chosen, score
from sim.validation.studies.patterns.council import followed, vetoes
from sim.validation.studies.patterns.disputes import begun_by, onset_counts, pair_counts
from sim.validation.studies.patterns.ensembles import NO_TIE, reference_files
from sim.validation.studies.patterns.escalation import funnel
from sim.validation.studies.patterns.honour import kept
from sim.validation.studies.patterns.population.scenario_writer import OTHERS, RIVALS
from sim.validation.studies.patterns.subjects import Subjects, read_subjects

DISPUTES = ("rules.choice.rationality",)
"""Judgement, with a range of a factor of six, in every choice of a crisis."""
COUNCIL = ("rules.council.veto", "rules.council.rivalry", "rules.council.company")
"""What makes a member veto that does not depend on the target."""

PRIOR = {
    "rules.choice.rationality": (0.5, 1.0, 3.0),
    "rules.council.veto": (-4.5, -3.05, -2.0),
    "rules.council.rivalry": (1.5, 3.0, 4.5),
    "rules.council.company": (0.0, 0.8, 1.6),
}
"""Low, value and high of what may move, as they stood before; the files have what was chosen."""

WORLDS = 1024
_FEWEST = 4


def dispute_targets(about: Subjects) -> tuple[Target, ...]:
    """Return what the numbers of disputes are held against."""
    return (
        Target("P1a", "onsets a year, relevant pairs that are no rivals", 0.010, 0.0135, 0.016,
               "reference", partial(onset_counts, kind=OTHERS)),
        Target("P1b", "onsets a year, rivals", 0.15, 0.20, 0.25,
               "reference", partial(onset_counts, kind=RIVALS)),
        Target("P2a", "onsets a year, the pair", 0.30, 0.42, 0.70,
               "baseline", partial(pair_counts, pair=about.pair)),
        Target("P2b", "share of them begun by its challenger", 0.60, 0.75, 0.90,
               "baseline", partial(begun_by, pair=about.pair, actor=about.challenger)),
        Target("P3a", "disputes with force", 0.60, 0.69, 0.78,
               "reference", partial(funnel, stage="forceful")),
        Target("P3b", "disputes that become wars", 0.008, 0.017, 0.044,
               "reference", partial(funnel, stage="war")),
    )  # fmt: skip


def promise_targets() -> tuple[Target, ...]:
    """Return what promises are held against; a range apart is given for the time after 1945."""
    says = "calls under a pact that were due and brought aid"
    return (
        Target("P12a", says, 0.22, 0.41, 0.75, "reference", kept),
        Target("P12b", f"{says}, after 1945", 0.15, 0.22, 0.45, "reference", kept),
    )


def council_targets(about: Subjects) -> tuple[Target, ...]:
    """Return what the numbers of the council are held against."""
    first = partial(vetoes, months=12)
    every = partial(vetoes, months=120)
    return (
        Target("P16a", "drafts vetoed by the buyer without an arms tie", 0.0, 0.045, 0.10,
               "untied", partial(every, member=about.buyer)),
        Target("P16b", "drafts vetoed by the buyer with one", 0.60, 0.83, 1.0,
               "baseline", partial(first, member=about.buyer)),
        Target("P16c", "drafts vetoed by the other member", 0.2, 0.5, 0.7,
               "baseline", partial(every, member=about.other_member)),
        Target("P17a", "measures that coerce", 0.05, 0.11, 0.25,
               "baseline", partial(followed, consequence="coerced")),
        Target("P17b", "measures that constrain", 0.15, 0.24, 0.40,
               "baseline", partial(followed, consequence="constrained")),
    )  # fmt: skip


def dispute_candidates(present: Range) -> Iterator[Mapping[str, Range]]:
    """Yield spreads of how sharply actors choose, from narrow and low to that of the files."""
    low, _, high = present
    for highest, value in product((0.75, 1.0, 1.5, 2.0, high), (0.5, 0.6, 0.75, 1.0)):
        if value <= highest:
            yield {DISPUTES[0]: (low, value, highest)}


def council_candidates(present: Sequence[Range]) -> Iterator[Mapping[str, Range]]:
    """Yield best figures over a grid of the ranges of the files, which stay as they are."""
    grids = [[low + step / 4 * (high - low) for step in range(5)] for low, _, high in present]
    for values in product(*grids):
        spreads = zip(present, values, strict=True)
        yield dict(
            zip(COUNCIL, ((low, value, high) for (low, _, high), value in spreads), strict=True)
        )


def main(words: Sequence[str] | None = None) -> int:
    """Measure and report; return what to exit with."""
    parser = argparse.ArgumentParser(prog="python -m sim.validation.studies.calibration")
    parser.add_argument("--scenarios", type=Path, default=Path("scenarios"))
    parser.add_argument("--worlds", type=int, default=WORLDS, help="rounded up to a power of two")
    asked = parser.parse_args(words)
    try:
        calibrate(asked.scenarios, max(asked.worlds, _FEWEST))
    except SimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def calibrate(scenarios: Path, worlds: int) -> None:
    """Live the worlds and say what would be chosen.

    Raises:
        SimError: a scenario cannot be used.
    """
    about = read_subjects(scenarios)
    lived = ensembles(scenarios, about, worlds)
    _weigh("Disputes", dispute_targets(about), DISPUTES, lived,
           dispute_candidates(PRIOR[DISPUTES[0]]))  # fmt: skip
    _weigh("Promises", promise_targets(), DISPUTES, lived, iter(()))
    _weigh("The council", council_targets(about), COUNCIL, lived,
           council_candidates([PRIOR[key] for key in COUNCIL]))  # fmt: skip


def ensembles(scenarios: Path, about: Subjects, worlds: int) -> dict[str, list[Spread]]:
    """Live ten years of the reference populations and of the world before the treaty."""
    populations = reference_files(scenarios)
    baseline = scenarios / f"{about.baseline}.toml"
    untied = [f"mechanisms.{name}=false" for name in NO_TIE]
    return {
        "reference": [spread(decade(file), DISPUTES, worlds // 2) for file in populations],
        "baseline": [spread(decade(baseline), DISPUTES + COUNCIL, worlds)],
        "untied": [spread(decade(baseline, *untied), DISPUTES + COUNCIL, worlds)],
    }


def decade(file: Path, *settings: str) -> Scenario:
    """Return ten years of a scenario as it was before anything was calibrated."""
    parts = ("low", "value", "high")
    prior = [
        f"{key}.{part}={number}"
        for key, numbers in PRIOR.items()
        for part, number in zip(parts, numbers, strict=True)
    ]
    return load(file, ["months=120", *prior, *settings]).scenario


def _weigh(
    title: str,
    targets: Sequence[Target],
    keys: Sequence[str],
    lived: Mapping[str, Sequence[Spread]],
    candidates: Iterator[Mapping[str, Range]],
) -> None:
    counted = {each.code: [each.counts(s.lived) for s in lived[each.worlds]] for each in targets}
    prior = score({key: PRIOR[key] for key in keys}, targets, lived, counted)
    others = [score(each, targets, lived, counted) for each in candidates]
    ranked = sorted(others, key=lambda each: (len(each.against), each.loss))
    print(f"\n{title}: {', '.join(keys)}")
    print(
        "| low, value, high | " + " | ".join(each.code for each in targets) + " | against | loss |"
    )
    print("|---" * (len(targets) + 3) + "|")
    print(_line("range", [f"{each.low:g} to {each.high:g}" for each in targets], "", ""))
    for said, each in (("prior", prior), *(("", each) for each in ranked[:12])):
        print(_scored(said, each))
    best = chosen(prior, others)
    print("Chosen:", "the prior" if best is prior else _spoken(best.candidate))


def _scored(said: str, each: Score) -> str:
    values = [f"{value:.3f}" for value in each.values]
    words = f"{_spoken(each.candidate)} {said}".strip()
    return _line(words, values, " ".join(each.against) or "none", f"{each.loss:.1f}")


def _line(first: str, cells: Sequence[str], against: str, loss: str) -> str:
    return "| " + " | ".join([first, *cells, against, loss]) + " |"


def _spoken(candidate: Mapping[str, Range]) -> str:
    return "; ".join(f"{low:g}, {value:g}, {high:g}" for low, value, high in candidate.values())


if __name__ == "__main__":
    sys.exit(main())
