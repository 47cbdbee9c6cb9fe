"""Renders checks and parts as text, for a terminal and for pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from sim.output import TOO_FEW, render_markdown_table
from sim.validation.check import VERDICTS, Check, ValidationPart

TUNED_LABEL = "calibrated on"
"""The label of a check that the model was calibrated on."""


def format_value(check: Check) -> str:
    """Return the model's value with its interval and unit; empty where there is none."""
    if check.value is None:
        return ""
    text = _format_number(check.value)
    if not isfinite(check.value):
        return text
    if check.low is not None and check.high is not None:
        text += f" ({_format_number(check.low)} to {_format_number(check.high)})"
    return f"{text} {check.unit}".strip()


def format_verdict(check: Check) -> str:
    """Return the verdict, and whether the model was calibrated on the check."""
    return f"{check.verdict}, {TUNED_LABEL}" if check.tuned else check.verdict


def unmet_checks(part: ValidationPart) -> list[Check]:
    """Return the checks that were not met; their diagnoses matter most."""
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
    """Return the number of checks of each part by verdict, as a table in Markdown."""
    head = ("Part", *(verdict.capitalize() for verdict in VERDICTS))
    lines = ((part.title, *(str(part.counts[verdict]) for verdict in VERDICTS)) for part in parts)
    return render_markdown_table(head, lines)


_SUMMARY_SENTENCES = 3
"""Sentences of a summary that a page has room for, the most important first."""


def render_excerpt(parts: Sequence[ValidationPart]) -> str:
    """Return an excerpt for a page: counts, summaries, and all checks folded away."""
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
    """Return a page on a validation: every check, with its remarks."""
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
    shown = "".join(
        f"{table.title}:\n\n{render_markdown_table(table.heading, table.rows)}\n"
        for table in part.shown
    )
    return f"## {part.title}\n\n{summary}\n{shown}{render_checks(part)}\n{notes}"


def _render_unmet(part: ValidationPart) -> str:
    remarked = [check for check in unmet_checks(part) if check.says]
    lines = "".join(f"- **{check.code}, {check.verdict}.** {check.says}\n" for check in remarked)
    return lines + ("\n" if remarked else "")


def _format_sources(check: Check) -> str:
    return f" ({', '.join(f'`{source}`' for source in check.sources)})" if check.sources else ""


def _format_number(value: float) -> str:
    if not isfinite(value):
        return TOO_FEW
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
