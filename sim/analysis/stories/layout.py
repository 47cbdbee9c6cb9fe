"""What all that is put on paper shares: width, dates, the caveat, a decision in full figures."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import Any

from sim.analysis.stories.phrases import odds
from sim.analysis.stories.replay import Choice
from sim.analysis.stories.weights import weights

WIDTH = 80
CAVEAT = (
    "One history of many, under the assumptions of this scenario; not a forecast. The chances are "
    "the model's; what was drawn is this world's luck."
)


def filled(text: str, first: str = "", rest: str = "") -> str:
    """Return a paragraph that fits the page."""
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def day(when: date) -> str:
    """Return a date as it is written out."""
    return f"{when.day} {when:%B %Y}"


def choice_record(choice: Choice) -> dict[str, Any]:
    """Return a decision in full figures, its weightiest considerations first."""
    return {
        **choice.occasion._asdict(),
        "chances": list(choice.chances),
        "chance_in_words": odds(choice.chances[0]),
        "drawn": choice.drawn,
        "level": choice.level,
        "weighed_most": [weight._asdict() for weight in weights(choice)],
        "terms": choice.terms,
    }
