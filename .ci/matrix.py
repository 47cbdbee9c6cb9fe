"""Writes scenarios/matrix.csv and scenarios/matrix.md: `python .ci/matrix.py`, in some minutes.

Every scenario is compared with the pact, and every lesson with its base, in paired worlds. The
table holds what was found, the page shows it. `--render` writes the page alone, from the table as
it is.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.analysis.lessons.differences import OutcomeDifference, compare_outcome
from sim.analysis.lessons.lesson import Lesson, list_lessons, open_lesson
from sim.analysis.lessons.outcomes import Outcome, label_outcome, list_known_measures, parse_outcome
from sim.analysis.lessons.worlds import DEFAULT_WORLDS, STRESS_WORLDS, ScenarioWorlds, Simulation
from sim.cli.views.start.lesson import format_change
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.run_key import canonical_json
from sim.output import render_csv, render_markdown_table
from sim.scenario.load import load_scenario
from sim.scenario.schema.lesson import Turn
from sim.statistics.intervals import Interval

TOP = Path(__file__).resolve().parents[1]
SCENARIOS = TOP / "scenarios"
TABLE = SCENARIOS / "matrix.csv"
PAGE = SCENARIOS / "matrix.md"
PACT = SCENARIOS / "pact.toml"
BLOCKS = {
    "Wars, and who intervenes in them": (
        "war_any",
        "war_korea",
        "war_wider",
        "entered_russia",
        "entered_dprk",
        "entered_usa",
        "entered_china",
        "peace_ukraine",
    ),
    "Choices and expected help, from the chances themselves": (
        "rate:challenge:korea:dprk",
        "rate:challenge:korea:rok",
        "rate:war:korea:dprk",
        "help:korea:dprk:russia",
        "help:korea:rok:usa",
        "help:ukraine:russia:dprk",
    ),
    "The exchange, the Council and the opposing bloc": (
        "munitions_arms_2023",
        "technology_arms_2023",
        "programme_dprk",
        "vetoes_security_council",
        "exercises_pacific",
        "tension_dprk",
    ),
}
"""The outcomes of the matrix, in which every scenario is compared with the pact."""
COLUMNS = (
    *("scenario", "base", "outcome", "expected", "found", "share"),
    *("with", "without", "difference", "low", "high", "identical"),
)
MARK = "<!-- python .ci/matrix.py writes this page. Stamp: {stamp} -->"

HOW_TO_READ = f"""\
Each cell is the difference from the pact in {DEFAULT_WORLDS:,} pairs of worlds: percentage \
points (pp) of a share or a chance, per cent of a rate, otherwise the amount; *same* where the \
interval holds 0 or the difference is below half a point, or half a per cent. Of so many cells a \
few show a difference by chance alone. [matrix.csv](matrix.csv) has the values and intervals. \
Conditional frequencies, not forecasts."""
ABOUT_LESSONS = f"""\
Each lesson is compared with its base; its question asks about the outcome in bold. Crises \
(`stress:`) are opened in {STRESS_WORLDS} pairs of worlds. `sim lesson NAME` explains each."""

Row = dict[str, str]


def stamp_of_scenarios() -> str:
    """Return a digest of the scenarios alone."""
    return sha256("\n".join(_describe_scenarios()).encode()).hexdigest()[:16]


def find_rows(results: Path) -> Iterator[dict[str, object]]:
    """Yield what is found: each scenario against the pact, and each lesson against its base."""

    @cache
    def worlds(file: Path) -> ScenarioWorlds:
        return ScenarioWorlds(file, Simulation(DEFAULT_WORLDS, results))

    for file in list_lessons(SCENARIOS):
        print(_name(file), file=sys.stderr, flush=True)
        lesson = open_lesson(file)
        for base, outcome, expected in _list_comparisons(lesson):
            difference = compare_outcome(outcome, worlds(file), worlds(base))
            yield _row(_name(file), _name(base), difference, expected)


def render_page(rows: Iterable[Row], marks: str) -> str:
    """Return the page in Markdown."""
    found = list(rows)
    parts = (
        "# What moves, scenario by scenario",
        MARK.format(stamp=marks),
        HOW_TO_READ,
        *_summarise(found),
        *(part for block in BLOCKS for part in _render_block(block, found)),
        "## The lessons: what their texts say, and what is found",
        ABOUT_LESSONS,
        _render_lessons(found).strip(),
    )
    return "\n\n".join(parts) + "\n"


def read_rows(file: Path) -> list[Row]:
    """Return the rows of the table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(arguments: list[str]) -> None:
    """Write the table, unless only the page is wanted, and the page."""
    if "--render" not in arguments:
        with TemporaryDirectory() as desk:
            rows = list(find_rows(Path(desk)))
        TABLE.write_text(render_csv(rows, COLUMNS), "utf-8")
        marks = f"engine {engine_fingerprint()[:16]}, scenarios {stamp_of_scenarios()}"
    else:
        marks = read_marks()
    PAGE.write_text(render_page(read_rows(TABLE), marks), "utf-8")


def read_marks() -> str:
    """Return the digests that the page holds."""
    return PAGE.read_text("utf-8").partition("Stamp: ")[2].partition(" -->")[0]


def _describe_scenarios() -> Iterator[str]:
    for file in list_lessons(SCENARIOS):
        lesson = open_lesson(file)
        yield f"{_name(file)} {_name(lesson.base.file)} {lesson.spec.look_at}"
        yield canonical_json(lesson.scenario)


def _list_comparisons(lesson: Lesson) -> Iterator[tuple[Path, Outcome, Turn | None]]:
    for outcome, expected in zip(lesson.outcomes, lesson.spec.look_at.values(), strict=True):
        yield lesson.base.file, outcome, expected
    if lesson.loaded.file.parent == SCENARIOS and lesson.loaded.file != PACT:
        for name in (name for block in BLOCKS.values() for name in block):
            if lesson.base.file != PACT or name not in lesson.spec.look_at:
                yield PACT, parse_outcome(name), None


def _row(
    scenario: str, base: str, difference: OutcomeDifference, expected: Turn | None
) -> dict[str, object]:
    return {
        "scenario": scenario,
        "base": base,
        "outcome": difference.outcome.name,
        "expected": expected or "",
        "found": difference.turn,
        "share": difference.is_share,
        "with": difference.with_,
        "without": difference.without,
        "difference": difference.change.value,
        "low": difference.change.low,
        "high": difference.change.high,
        "identical": difference.identical,
    }


def _summarise(rows: list[Row]) -> Iterator[str]:
    """Yield how many scenarios move the outcome that their question asks about."""
    firsts = {row["scenario"]: row for row in reversed(rows) if row["expected"]}
    for what, of_theory in (("scenarios of 2024", False), ("invented scenarios", True)):
        chosen = [row for name, row in firsts.items() if ("/" in name) == of_theory]
        same = sorted(row["scenario"] for row in chosen if row["found"] == Turn.SAME)
        names = f": {', '.join(same)}" if same else ""
        if chosen:
            yield (
                f"Of {len(chosen)} {what}, **{len(chosen) - len(same)}** move the outcome that "
                f"their question asks about; {len(same)} teach that it does not differ{names}."
            )


def _render_block(heading: str, rows: list[Row]) -> Iterator[str]:
    outcomes = BLOCKS[heading]
    cells = {(row["scenario"], row["outcome"]): row for row in rows if row["base"] == "pact"}
    names = dict.fromkeys(name for name, _ in cells)
    yield f"## {heading}"
    body = [
        [f"[{name}]({name}.toml)", *(_render_cell(cells.get((name, o))) for o in outcomes)]
        for name in names
        if all((name, outcome) in cells for outcome in outcomes)
    ]
    labels = _labels()
    yield render_markdown_table(["Against the pact", *(labels[o] for o in outcomes)], body).strip()


def _render_lessons(rows: list[Row]) -> str:
    seen: set[str] = set()
    body = []
    for row in rows:
        if row["expected"]:
            first = row["scenario"] not in seen
            seen.add(row["scenario"])
            name = f"[{row['scenario']}]({row['scenario']}.toml)" if first else ""
            outcome = f"**`{row['outcome']}`**" if first else f"`{row['outcome']}`"
            body.append([name, row["base"], outcome, row["expected"], _render_cell(row)])
    return render_markdown_table(("Lesson", "Base", "Outcome", "Expected", "Found"), body)


def _render_cell(row: Mapping[str, str] | None) -> str:
    if row is None:
        return ""
    return "same" if row["found"] == Turn.SAME else format_change(read_difference(row))


def read_difference(row: Mapping[str, str]) -> OutcomeDifference:
    """Return a row of the table as a difference."""
    number = {name: float(row[name] or "nan") for name in COLUMNS[6:11]}
    return OutcomeDifference(
        parse_outcome(row["outcome"]),
        row["share"] == "True",
        "",
        number["with"],
        number["without"],
        Interval(number["difference"], number["low"], number["high"]),
        row["identical"] == "True",
    )


@cache
def _labels() -> dict[str, str]:
    """Return the outcomes of the matrix in words."""
    scenario = load_scenario(PACT).scenario
    measures = list_known_measures(scenario)
    outcomes = [parse_outcome(name) for block in BLOCKS.values() for name in block]
    return {each.name: label_outcome(each, scenario, measures) for each in outcomes}


def _name(file: Path) -> str:
    return file.relative_to(SCENARIOS).with_suffix("").as_posix()


if __name__ == "__main__":
    main(sys.argv[1:])
