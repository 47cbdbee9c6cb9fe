"""Renders a lesson: for students without the answer, with it, or for teachers with everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.lessons.answer import Answer, Finding
from sim.analysis.lessons.differences import OutcomeDifference
from sim.analysis.lessons.lesson import Lesson
from sim.analysis.lessons.outcomes import OutcomeFamily
from sim.cli.output import open_console, print_paragraphs
from sim.cli.wording import CAVEATS
from sim.output import format_count
from sim.scenario.files.lookup import name_scenario
from sim.scenario.provenance.citation import format_citation
from sim.scenario.schema.lesson import Turn

_VERDICTS = {Turn.MORE: "More", Turn.LESS: "Less", Turn.SAME: "No difference"}


def show_lessons(lessons: Iterable[Lesson]) -> None:
    """Print the name and the question of every lesson."""
    console = open_console()
    console.print("\nLessons", style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Name", no_wrap=True)
    table.add_column("Question", ratio=1)
    for lesson in lessons:
        table.add_row(name_scenario(lesson.loaded.file), lesson.scenario.question)
    console.print(table)
    print_paragraphs(console, ("sim lesson NAME shows one; --answer adds what is found.",))


def show_task(lesson: Lesson) -> None:
    """Print what a student needs before the answer."""
    console = open_console()
    title = f"{lesson.scenario.title}, compared with {lesson.base.scenario.title}"
    console.print(f"\n{title}", style="bold", soft_wrap=True)
    for heading, lines in _list_task(lesson):
        _show_section(console, heading, lines)
    _show_commands(console, lesson)


def show_answer(answer: Answer) -> None:
    """Print what was found, in words."""
    console = open_console()
    pairs = format_count(answer.worlds, "pair of worlds", "pairs of worlds")
    _show_section(
        console, f"Answer ({pairs}; pp: percentage points)", map(_describe_finding, answer.findings)
    )
    _show_section(console, "Reading", _list_reading(answer.lesson))


def show_teacher_notes(answer: Answer) -> None:
    """Print the answer with intervals, what the text says, the trap and the sources."""
    console = open_console()
    pairs = format_count(answer.worlds, "pair of worlds", "pairs of worlds")
    console.print(f"\nFor teachers: the answer in {pairs}", style="bold", soft_wrap=True)
    console.print(_build_table(answer))
    print_paragraphs(console, _list_disagreements(answer))
    _show_section(console, "Trap", (answer.lesson.spec.trap,))
    _show_section(console, "Sources", _list_sources(answer.lesson))
    _show_section(console, "How sure", CAVEATS)


def describe_size(difference: OutcomeDifference) -> str:
    """Return the two values and the difference, such as "17%, rather than 0.3% (+16 pp)"."""
    with_, without = (format_value(difference, x) for x in (difference.with_, difference.without))
    if difference.identical:
        return f"{with_} in both, the same in every pair"
    return f"{with_}, rather than {without} ({format_change(difference)})"


def format_value(difference: OutcomeDifference, value: float) -> str:
    """Return a value of an outcome: a percentage, or three digits."""
    if not isfinite(value):
        return "n/a"
    if not difference.is_share:
        return f"{value:.3g}"
    return f"{100 * value:.0f}%" if value >= 0.095 or value == 0 else f"{100 * value:.1f}%"


def format_change(difference: OutcomeDifference) -> str:
    """Return the size of a difference: points of a share, per cent of a rate, or the amount."""
    change = difference.change.value
    if not isfinite(change):
        return "n/a"
    if difference.is_share:
        return f"{_format_points(change)} pp"
    if difference.outcome.family is OutcomeFamily.RATE and isfinite(difference.relative):
        return f"{100 * difference.relative:+.1f}%"
    return f"{change:+.2g}"


def _list_task(lesson: Lesson) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Question", (lesson.scenario.question,)
    yield "What is assumed", (lesson.scenario.description,)
    yield "Predict first", (lesson.spec.predict,)
    looks = (f"{lesson.label(outcome)}: {outcome.name}" for outcome in lesson.outcomes)
    yield "Where to look", tuple(looks)
    yield "Theory", (lesson.spec.theory,)


def _show_commands(console: Console, lesson: Lesson) -> None:
    """Print what to run, each command on a line of its own, so that it can be copied."""
    files = f"{name_scenario(lesson.loaded.file)} {name_scenario(lesson.base.file)}"
    answer = f"sim lesson {name_scenario(lesson.loaded.file)} --answer"
    console.print("\nRun, and then compare with the answer", style="bold")
    for command in (f"sim compare {files} --all", *_list_crises(lesson, files), answer):
        console.print(f"  {command}", soft_wrap=True)


def _list_crises(lesson: Lesson, files: str) -> Iterator[str]:
    crises = [o.opening for o in lesson.outcomes if o.family is OutcomeFamily.STRESS]
    if crises:
        options = " ".join(f"--crisis {crisis}" for crisis in dict.fromkeys(crises))
        yield f"sim stress {files} {options} --only"


def _list_reading(lesson: Lesson) -> tuple[str, ...]:
    return (lesson.spec.reading,) if lesson.spec.reading else ()


def _list_sources(lesson: Lesson) -> Iterator[str]:
    for key in lesson.spec.source:
        yield format_citation(lesson.loaded.bibliography[key])


def _describe_finding(finding: Finding) -> str:
    difference = finding.difference
    return f"{_VERDICTS[difference.turn]}. {finding.label}: {describe_size(difference)}."


def _list_disagreements(answer: Answer) -> Iterator[str]:
    for finding in answer.findings:
        if not finding.agrees:
            found = _VERDICTS[finding.difference.turn].lower()
            yield f"The text expects {finding.expected}, and here it is {found}: {finding.label}."


def _build_table(answer: Answer) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Outcome", ratio=1, overflow="fold")
    for heading in ("Here", "Base", "Difference (95%)"):
        table.add_column(heading, justify="right", no_wrap=True)
    for finding in answer.findings:
        difference = finding.difference
        values = (format_value(difference, x) for x in (difference.with_, difference.without))
        name = f"{finding.label}\n{_VERDICTS[difference.turn].lower()}"
        table.add_row(name, *values, f"{format_change(difference)}\n{_format_ends(difference)}")
    return table


def _format_ends(difference: OutcomeDifference) -> str:
    """Return the ends of the interval, in the unit of the size."""
    low, high = difference.change.low, difference.change.high
    if difference.identical:
        return "the same"
    if difference.is_share:
        return f"{_format_points(low)} to {_format_points(high)}"
    if difference.outcome.family is OutcomeFamily.RATE and isfinite(difference.relative):
        return f"{100 * low / difference.without:+.1f} to {100 * high / difference.without:+.1f}"
    return f"{low:+.2g} to {high:+.2g}"


def _format_points(share: float) -> str:
    """Return a difference of shares in percentage points, with a decimal where it is small."""
    points = 100 * share + 0.0
    return f"{points:+.0f}" if abs(points) >= 9.5 else f"{points:+.1f}"


def _show_section(console: Console, heading: str, lines: Iterable[str]) -> None:
    paragraphs = tuple(lines)
    if paragraphs:
        console.print(f"\n{heading}", style="bold", soft_wrap=True)
        print_paragraphs(console, paragraphs)
