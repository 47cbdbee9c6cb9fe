"""Checks and parts in words, for a terminal and for pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from sim.output import render_markdown_table
from sim.validation.check import VERDICTS, Check, ValidationPart

TUNED_LABEL = "calibrated on"
"""What is said of a check that the model was tuned to."""


def format_value(check: Check) -> str:
    """Return what the model gives, with its interval and unit; nothing where it gives nothing."""
    if check.value is None:
        return ""
    said = _format_number(check.value)
    if check.low is not None and check.high is not None:
        said += f" ({_format_number(check.low)} to {_format_number(check.high)})"
    return f"{said} {check.unit}".strip()


def format_verdict(check: Check) -> str:
    """Return how a check fared, and whether the model was calibrated on it."""
    return f"{check.verdict}, {TUNED_LABEL}" if check.tuned else check.verdict


def unmet_checks(part: ValidationPart) -> list[Check]:
    """Return the checks that were not met: what is said of them matters most."""
    return [check for check in part.checks if check.verdict != "met"]


def render_checks(part: ValidationPart) -> str:
    """Return the checks of a part as a table in Markdown."""
    head = ("", "Claim", "Should be", "Is", "Verdict")
    lines = (
        (check.code, check.claim, check.target, format_value(check), format_verdict(check))
        for check in part.checks
    )
    return render_markdown_table(head, lines)


def render_overview(parts: Sequence[ValidationPart]) -> str:
    """Return how many checks of each part fared how, as a table in Markdown."""
    head = ("Part", *(each.capitalize() for each in VERDICTS))
    lines = ((part.title, *(str(part.counts[each]) for each in VERDICTS)) for part in parts)
    return render_markdown_table(head, lines)


_SUMMARY_SENTENCES = 3
"""Sentences of a summary that a page has room for; they come in the order of their weight."""


def render_excerpt(parts: Sequence[ValidationPart]) -> str:
    """Return what a page says of a validation: counts, the gist, and all checks folded away."""
    sentences = "".join(
        f"- **{part.title}.** {' '.join(part.summary[:_SUMMARY_SENTENCES])}\n" for part in parts
    )
    checks = sum(len(part.checks) for part in parts)
    return (
        f"{render_overview(parts)}\n{sentences}\n"
        f"<details>\n<summary>All {checks} checks</summary>\n\n"
        + "".join(
            f"**{part.title}**\n\n{render_checks(part)}\n{_render_unmet(part)}" for part in parts
        )
        + "</details>\n"
    )


def render_validation_page(parts: Sequence[ValidationPart], provenance: str) -> str:
    """Return a page on a validation: every check, and what is said of each."""
    return f"# Validation\n\n{provenance}\n\n{render_overview(parts)}\n" + "\n".join(
        map(_render_section, parts)
    )


def _render_section(part: ValidationPart) -> str:
    summary = "".join(f"{sentence}\n" for sentence in part.summary)
    notes = "".join(
        f"- **{check.code}** {check.says}{_format_sources(check)}\n"
        for check in part.checks
        if check.says
    )
    return f"## {part.title}\n\n{summary}\n{render_checks(part)}\n{notes}"


def _render_unmet(part: ValidationPart) -> str:
    said = [check for check in unmet_checks(part) if check.says]
    return "".join(f"- **{check.code}, {check.verdict}.** {check.says}\n" for check in said) + (
        "\n" if said else ""
    )


def _format_sources(check: Check) -> str:
    return f" ({', '.join(f'`{source}`' for source in check.sources)})" if check.sources else ""


def _format_number(value: float) -> str:
    if not isfinite(value):
        return "not finite"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
