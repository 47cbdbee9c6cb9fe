"""Why a promise was kept or broken, put on paper."""

from __future__ import annotations

from typing import Any

from sim.analysis.stories.layout import WIDTH, choice_record, day, filled
from sim.analysis.stories.phrases import named, odds, phrases, sentence
from sim.analysis.stories.promise import Why
from sim.analysis.stories.weights import luck
from sim.model.calendar import first_day

_BAR = 20
"""Characters of the longest bar."""
_CAVEAT = (
    "Shares are Shapley values: each input is moved from the reference case to this one, and its "
    "effect averaged over all orders. They add up to the difference; luck adds what is left to 1 "
    "for aid of any kind, or to 0 for none."
)


def as_text(why: Why) -> str:
    """Return the split as plain text that fits 80 columns."""
    longest = max(map(abs, why.shares.values())) or 1.0
    lines = [heading(why), "=" * min(len(heading(why)), WIDTH), "", filled(_happened(why)), ""]
    lines += [_row("In the reference case", f"{why.before:.4f}")]
    lines += [_row(f"  {name}", f"{share:+.4f}", share / longest) for name, share in _sorted(why)]
    lines += [_row("Here", f"{why.chance:.4f}"), _row("  luck", f"{why.luck:+.4f}")]
    lines += [_row(_came(why), f"{why.happened:.4f}"), "", filled(_luck(why)), ""]
    lines += [filled(f"Reference: {why.reference}."), filled(_CAVEAT), ""]
    return "\n".join(lines)


def as_page(why: Why) -> str:
    """Return the split as Markdown."""
    rows = [f"| {name} | {share:+.4f} |" for name, share in _sorted(why)]
    table = ["| Input | Chance of any aid |", "|---|---|"]
    table += [f"| *{why.reference}* | {why.before:.4f} |", *rows, f"| *here* | {why.chance:.4f} |"]
    table += [f"| luck | {why.luck:+.4f} |", f"| *{_came(why)}* | {why.happened:.4f} |"]
    head = [f"# {heading(why)}", "", _happened(why), ""]
    return "\n".join([*head, *table, "", _luck(why), "", f"*{_CAVEAT}*", ""])


def as_record(why: Why) -> dict[str, Any]:
    """Return the split in full figures."""
    return {
        "world": why.life.world,
        "month": why.choice.month,
        "decision": choice_record(why.choice),
        "reference": why.reference,
        "reference_chance": why.before,
        "chance": why.chance,
        "shares": why.shares,
        "drawn": why.choice.drawn,
        "luck": why.luck,
        "happened": why.happened,
    }


def heading(why: Why) -> str:
    """Return the heading."""
    who, towards = (_name(why, code) for code in why.choice.occasion[1:3])
    done = "kept its word to" if why.choice.level else "did not come to the aid of"
    return sentence("why {who} {done} {towards}", who=who, done=done, towards=towards)


def _happened(why: Why) -> str:
    begins = day(first_day(why.choice.month, why.life.scenario.start))
    aid = phrases()["aids"][str(why.choice.level)]
    return (
        f"World {why.life.world}, in the month from {begins}: {aid}. The chance of aid of any kind "
        f"was {odds(why.chance)}; in the reference case, {odds(why.before)}."
    )


def _came(why: Why) -> str:
    return "It came to aid" if why.choice.level else "It came to no aid"


def _luck(why: Why) -> str:
    drawn = f"{why.choice.drawn:.4f} was drawn, below {why.chance:.4f} needed"
    return f"Luck: {drawn}, {luck(why.choice)}."


def _sorted(why: Why) -> list[tuple[str, float]]:
    return sorted(why.shares.items(), key=lambda share: -abs(share[1]))


def _row(name: str, figure: str, bar: float = 0.0) -> str:
    drawn = ("+" if bar > 0 else "-") * round(abs(bar) * _BAR)
    return f"  {name:<49} {figure:>7} {drawn}".rstrip()


def _name(why: Why, code: str) -> str:
    return named(why.life.scenario.actors[code].name)
