"""Draws the picture of a month from the phases of the model: `python .ci/month.py`.

Which steps there are, and in which order, is read from `sim/model/model.py`. Here each phase has
its label and its colour; a phase without them cannot be drawn.
"""

from __future__ import annotations

from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

from sim.model import model

TOP = Path(__file__).resolve().parents[1]
PICTURE = TOP / "docs" / "pictures" / "month.svg"
_X, _Y, _RADIUS, _LABELS_AT = 480.0, 320.0, 212.0, 244.0
_GAP = 90 / 7 - 10
"""Degrees between an arc and the middle between two steps."""
_GROUPS = {
    "The month opens": "#4f6272",
    "Quarrel and war": "#a8432c",
    "Arms for technology": "#9a6b12",
    "Response": "#24716e",
    "Memory": "#67478a",
}


class Step(NamedTuple):
    """A step of the month: the group that colours it, and its label in two lines."""

    group: str
    title: str
    does: str


FIRST = Step("The month opens", "Treaties", "enter into force or lapse")
LAST = Step("Memory", "The chronicle", "records the month")
STEPS = {
    "change_governments": Step("The month opens", "Governments", "change their supporters"),
    "move_treaties": Step("The month opens", "Treaties", "are signed and left"),
    "apply_shocks": Step("The month opens", "Shocks", "of the scenario occur"),
    "run_provocations": Step("The month opens", "Provocations", "below the level of a dispute"),
    "run_councils": Step("The month opens", "The council", "drafts, vetoes, enforces"),
    "run_disputes": Step("Quarrel and war", "Disputes", "open, climb, end"),
    "answer_calls": Step("Quarrel and war", "Allies", "are called and answer"),
    "join_wars": Step("Quarrel and war", "Onlookers", "help or enter"),
    "wage_wars": Step("Quarrel and war", "Wars", "continue for a month"),
    "run_exchanges": Step("Arms for technology", "The exchange", "delivers and pays"),
    "disclose_exchanges": Step("Arms for technology", "Others", "observe it"),
    "run_balancing": Step("Response", "The opposing bloc", "balances"),
    "restrain_clients": Step("Response", "Patrons", "restrain their clients"),
    "update_memory": Step("Memory", "Actors", "update their memory"),
}
"""Each phase, by the name of its function."""


def list_steps() -> list[Step]:
    """Return the steps of a month in order.

    Raises:
        KeyError: a phase of the model has no label here.
    """
    return [FIRST, *(STEPS[phase.__name__] for phase in model._PHASES), LAST]


def render_month() -> str:
    """Return the picture as SVG."""
    steps = list_steps()
    return "\n".join(
        [*_draw_head(steps), *_draw_arcs(steps), *_draw_steps(steps), *_draw_key(), ""]
    )


def _draw_head(steps: list[Step]) -> list[str]:
    told = "; ".join(f"{at} {it.title} {it.does}" for at, it in enumerate(steps, start=1))
    fonts = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
    return [
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 640" role="img" '
            f'aria-labelledby="title description" font-family="{fonts}">'
        ),
        '<title id="title">One month of the model</title>',
        f'<desc id="description">{told}.</desc>',
        '<rect width="960" height="640" rx="14" fill="#fcfbf8"/>',
    ]


def _draw_arcs(steps: list[Step]) -> list[str]:
    """Return an arc for each group, from its first step to its last."""
    arcs, half = [], 180 / len(steps)
    for group, colour in _GROUPS.items():
        places = [at for at, step in enumerate(steps) if step.group == group]
        first, last = 2 * half * places[0] + _GAP, 2 * half * (places[-1] + 1) - _GAP
        (x, y), (to_x, to_y) = _place(first, _RADIUS), _place(last, _RADIUS)
        arcs.append(
            f'<path d="M{x:.1f} {y:.1f}A212 212 0 0 1 {to_x:.1f} {to_y:.1f}" fill="none" '
            f'stroke="{colour}" stroke-width="5" stroke-linecap="round" opacity="0.35"/>'
        )
    return arcs


def _draw_steps(steps: list[Step]) -> list[str]:
    lines = []
    for at, step in enumerate(steps):
        angle, colour = 360 / len(steps) * (at + 0.5), _GROUPS[step.group]
        x, y = _place(angle, _RADIUS)
        label_x, base = _place(angle, _LABELS_AT)
        label_y = base - 3 - 14 * cos(radians(angle))
        side = f'text-anchor="{"start" if angle < 180 else "end"}"'
        lines += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="17" fill="{colour}"/>',
            (
                f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" font-size="15" '
                f'font-weight="600" fill="#fff">{at + 1}</text>'
            ),
            (
                f'<text x="{label_x:.1f}" y="{label_y:.1f}" {side} font-size="17" '
                f'font-weight="600" fill="{colour}">{step.title}</text>'
            ),
            (
                f'<text x="{label_x:.1f}" y="{label_y + 20:.1f}" {side} font-size="15" '
                f'fill="#3a3a3a">{step.does}</text>'
            ),
        ]
    return lines


def _draw_key() -> list[str]:
    middle = 'text-anchor="middle"'
    keys = [
        f'<rect x="404" y="{318 + 24 * at}" width="12" height="12" rx="3" fill="{colour}"/>'
        f'<text x="424" y="{329 + 24 * at}" font-size="15" fill="#333">{group}</text>'
        for at, (group, colour) in enumerate(_GROUPS.items())
    ]
    return [
        (
            f'<text x="480" y="246" {middle} font-size="30" font-weight="600" fill="#222">'
            "One month</text>"
        ),
        (
            f'<text x="480" y="272" {middle} font-size="14.5" fill="#555">'
            "In each step all decide on the same</text>"
        ),
        (
            f'<text x="480" y="291" {middle} font-size="14.5" fill="#555">'
            "state; then it changes.</text>"
        ),
        *keys,
        (
            '<path d="M475 100L486 108L475 116" fill="none" stroke="#777" stroke-width="3" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        ),
        f'<text x="480" y="88" {middle} font-size="13" fill="#666">next month</text>',
        "</svg>",
    ]


def _place(angle: float, radius: float) -> tuple[float, float]:
    """Return the point at so many degrees from the top, clockwise."""
    return _X + radius * sin(radians(angle)), _Y - radius * cos(radians(angle))


def renew_month(file: Path = PICTURE) -> None:
    """Draw the picture anew."""
    file.write_text(render_month(), "utf-8")


if __name__ == "__main__":
    renew_month()
