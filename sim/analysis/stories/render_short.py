"""Renders a short story as plain text, as Markdown or as a record for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.analysis.stories.render_story import wrap_paragraph
from sim.analysis.stories.short_story import ShortLine, ShortStory

SHORT_CAVEAT = "One simulated history of many, not a forecast."
_OTHERWISE = "Had this one draw gone otherwise, all others kept:"


def render_short_text(story: ShortStory, selection: str = "") -> str:
    """Return half a page of plain text that fits 80 columns; `selection` says why this world."""
    blocks = [
        wrap_paragraph(story.title, other_indent="  "),
        *([wrap_paragraph(selection, "  ", "  ")] if selection else []),
        *(
            wrap_paragraph(f"{line.when}  {line_words(line)}", "  ", " " * 12)
            for line in story.lines
        ),
        *(wrap_paragraph(text, other_indent="  ") for text in _closing(story)),
    ]
    return "\n".join([*blocks, ""])


def render_short_markdown(story: ShortStory, selection: str = "") -> str:
    """Return the short story as Markdown."""
    head = [f"# {story.title}", "", *([selection, ""] if selection else [])]
    lines = [f"- **{line.when}** {line_words(line)}" for line in story.lines]
    closing = [part for text in _closing(story) for part in ("", text)]
    return "\n".join([*head, *lines, *closing, ""])


def short_record(story: ShortStory) -> dict[str, Any]:
    """Return the short story as a record."""
    return asdict(story) | {"otherwise": story.otherwise}


def line_words(line: ShortLine) -> str:
    """Return a turning point with its chance and main reason in brackets."""
    return f"{line.text.rstrip('.')} ({line.why})." if line.why else line.text


def _closing(story: ShortStory) -> list[str]:
    """Return what follows the turning points: those left out, routine, the turned draw."""
    left_out = f"{story.left_out} lesser turning points are left out." if story.left_out else ""
    turned = f"{_OTHERWISE} {story.otherwise}" if story.otherwise else ""
    return [part for part in (left_out, story.routine, turned, SHORT_CAVEAT) if part]
