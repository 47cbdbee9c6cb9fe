"""Checks and parts in words, for a terminal and for pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from sim.validation.check import VERDICTS, Check, Part

TUNED = "calibrated on"
"""What is said of a check that the model was tuned to."""


def figure(check: Check) -> str:
    """Return what the model gives, with its interval and unit; nothing where it gives nothing."""
    if check.value is None:
        return ""
    said = _number(check.value)
    if check.low is not None and check.high is not None:
        said += f" ({_number(check.low)} to {_number(check.high)})"
    return f"{said} {check.unit}".strip()


def verdict(check: Check) -> str:
    """Return how a check fared, and whether the model was calibrated on it."""
    return f"{check.verdict}, {TUNED}" if check.tuned else check.verdict


def diagnosed(part: Part) -> list[Check]:
    """Return the checks that were not met: what is said of them matters most."""
    return [check for check in part.checks if check.verdict != "met"]


def as_markdown(part: Part) -> str:
    """Return the checks of a part as a table in Markdown."""
    head = ("", "Claim", "Should be", "Is", "Verdict")
    lines = (
        (check.code, check.claim, check.target, figure(check), verdict(check))
        for check in part.checks
    )
    return _table(head, lines)


def overview(parts: Sequence[Part]) -> str:
    """Return how many checks of each part fared how, as a table in Markdown."""
    head = ("Part", *(each.capitalize() for each in VERDICTS))
    lines = ((part.title, *(str(part.counts[each]) for each in VERDICTS)) for part in parts)
    return _table(head, lines)


GIST = 3
"""Sentences of a summary that a page has room for; they come in the order of their weight."""


def excerpt(parts: Sequence[Part]) -> str:
    """Return what a page says of a validation: counts, the gist, and all checks folded away."""
    sentences = "".join(f"- **{part.title}.** {' '.join(part.summary[:GIST])}\n" for part in parts)
    checks = sum(len(part.checks) for part in parts)
    return (
        f"{overview(parts)}\n{sentences}\n"
        f"<details>\n<summary>All {checks} checks</summary>\n\n"
        + "".join(f"**{part.title}**\n\n{as_markdown(part)}\n{_missed(part)}" for part in parts)
        + "</details>\n"
    )


def page(parts: Sequence[Part], made: str) -> str:
    """Return a page on a validation: every check, and what is said of each."""
    return f"# Validation\n\n{made}\n\n{overview(parts)}\n" + "\n".join(map(_section, parts))


def _section(part: Part) -> str:
    summary = "".join(f"{sentence}\n" for sentence in part.summary)
    notes = "".join(
        f"- **{check.code}** {check.says}{_sources(check)}\n" for check in part.checks if check.says
    )
    return f"## {part.title}\n\n{summary}\n{as_markdown(part)}\n{notes}"


def _missed(part: Part) -> str:
    said = [check for check in diagnosed(part) if check.says]
    return "".join(f"- **{check.code}, {check.verdict}.** {check.says}\n" for check in said) + (
        "\n" if said else ""
    )


def _sources(check: Check) -> str:
    return f" ({', '.join(f'`{source}`' for source in check.sources)})" if check.sources else ""


def _table(head: Sequence[str], lines: Iterator[Sequence[str]]) -> str:
    rows = (head, ["---"] * len(head), *([_cell(cell) for cell in line] for line in lines))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _number(value: float) -> str:
    if not isfinite(value):
        return "not finite"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
