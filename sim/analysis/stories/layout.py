"""What all that is put on paper shares: width, dates, the caveat, a decision in full figures."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import Any

from sim.analysis.stories.phrases import chance_in_words
from sim.analysis.stories.replay import Choice
from sim.analysis.stories.weights import weigh_terms

TEXT_WIDTH = 80
STORY_CAVEAT = (
    "One history of many, under the assumptions of this scenario; not a forecast. The chances are "
    "the model's; what was drawn is this world's luck."
)


def wrap_paragraph(text: str, first_indent: str = "", other_indent: str = "") -> str:
    """Return a paragraph that fits the page."""
    return fill(text, TEXT_WIDTH, initial_indent=first_indent, subsequent_indent=other_indent)


def format_date(day: date) -> str:
    """Return a date as it is written out."""
    return f"{day.day} {day:%B %Y}"


def choice_record(choice: Choice) -> dict[str, Any]:
    """Return a decision in full figures, its weightiest considerations first."""
    return {
        **choice.key._asdict(),
        "chances": list(choice.chances),
        "chance_in_words": chance_in_words(choice.chances[0]),
        "drawn": choice.draw,
        "level": choice.level,
        "weighed_most": [weight._asdict() for weight in weigh_terms(choice)],
        "terms": choice.terms,
    }
