"""Renders the explanation of why a defence commitment was honoured or not."""

from __future__ import annotations

from typing import Any

from sim.analysis.stories.phrases import (
    chance_in_words,
    fill_sentence,
    load_phrases,
    named_chance,
    with_article,
)
from sim.analysis.stories.promise import PromiseExplanation
from sim.analysis.stories.render_story import TEXT_WIDTH, choice_record, format_date, wrap_paragraph
from sim.analysis.stories.story import subject_name
from sim.analysis.stories.weights import describe_draw
from sim.model.calendar import first_day

_BAR_WIDTH = 20
"""Characters of the longest bar."""
_CAVEAT = (
    "Shares are Shapley values: each input is moved from the reference case to this one, and its "
    "effect averaged over all orders. They add up to the difference; the draw adds the rest, "
)


def render_promise_text(explanation: PromiseExplanation) -> str:
    """Return the decomposition as plain text that fits 80 columns."""
    longest = max(map(abs, explanation.shares.values()), default=0.0) or 1.0
    lines = [
        _promise_heading(explanation),
        "=" * min(len(_promise_heading(explanation)), TEXT_WIDTH),
        "",
        wrap_paragraph(_outcome_sentence(explanation)),
        "",
    ]
    lines += [
        _text_row("In the reference case", _figure(explanation, explanation.reference_chance))
    ]
    lines += [
        _text_row(f"  {name}", _figure(explanation, share, sign="+"), share / longest)
        for name, share in _sorted_shares(explanation)
    ]
    lines += [
        _text_row("In this case", _figure(explanation, explanation.chance)),
        _text_row(f"  {_settled_by(explanation)}", f"{explanation.draw_effect:+.4f}"),
    ]
    lines += [
        _text_row(_outcome_label(explanation), f"{explanation.happened:.4f}"),
        "",
        wrap_paragraph(_draw_sentence(explanation)),
        "",
    ]
    lines += [
        wrap_paragraph(f"Reference: {explanation.reference}."),
        wrap_paragraph(_caveat(explanation)),
        "",
    ]
    return "\n".join(lines)


def render_promise_markdown(explanation: PromiseExplanation) -> str:
    """Return the decomposition as Markdown."""
    rows = [
        f"| {name} | {_figure(explanation, share, sign='+')} |"
        for name, share in _sorted_shares(explanation)
    ]
    table = [f"| Input | {_words(explanation)['column']} |", "|---|---|"]
    table += [
        f"| *{explanation.reference}* | {_figure(explanation, explanation.reference_chance)} |",
        *rows,
        f"| *this case* | {_figure(explanation, explanation.chance)} |",
    ]
    table += [
        f"| {_settled_by(explanation)} | {explanation.draw_effect:+.4f} |",
        f"| *{_outcome_label(explanation)}* | {explanation.happened:.4f} |",
    ]
    head = [f"# {_promise_heading(explanation)}", "", _outcome_sentence(explanation), ""]
    return "\n".join(
        [*head, *table, "", _draw_sentence(explanation), "", f"*{_caveat(explanation)}*", ""]
    )


def promise_record(explanation: PromiseExplanation) -> dict[str, Any]:
    """Return the decomposition with unrounded figures."""
    return {
        "world": explanation.record.world,
        "month": explanation.choice.month,
        "decision": choice_record(explanation.choice),
        "reference": explanation.reference,
        "reference_chance": explanation.reference_chance,
        "chance": explanation.chance,
        "shares": explanation.shares,
        "drawn": explanation.choice.draw,
        "luck": explanation.draw_effect,
        "happened": explanation.happened,
    }


def _promise_heading(explanation: PromiseExplanation) -> str:
    """Return the heading."""
    words, choice = _words(explanation), explanation.choice
    who, towards = (_actor_name(explanation, code) for code in choice.key[1:3])
    done = words["done"] if choice.level else words["undone"]
    about = subject_name(explanation.record.scenario, choice.key.about)
    what = load_phrases()["instruments"].get(choice.key.about, about)
    return fill_sentence(words["heading"], who=who, done=done, towards=towards, what=what)


def _outcome_sentence(explanation: PromiseExplanation) -> str:
    begins = format_date(first_day(explanation.choice.month, explanation.record.scenario.start))
    aid = load_phrases()["aids"][str(explanation.choice.level)]
    chance, reference = map(chance_in_words, (explanation.chance, explanation.reference_chance))
    return str(_words(explanation)["outcome"]).format(
        world=explanation.record.world, begins=begins, aid=aid, chance=chance, reference=reference
    )


def _outcome_label(explanation: PromiseExplanation) -> str:
    return str(_words(explanation)["sent" if explanation.choice.level else "unsent"])


def _settled_by(explanation: PromiseExplanation) -> str:
    return "decided by hand" if explanation.choice.played else "random draw"


def _draw_sentence(explanation: PromiseExplanation) -> str:
    """Return how the answer was settled: by a draw, or by hand."""
    if explanation.choice.played:
        given = named_chance(explanation.choice.chance)
        return f"Decided by hand; the model gave this answer {given}."
    return (
        f"Random draw: {_figure(explanation, explanation.choice.draw)}; "
        f"{_words(explanation)['below']} {_figure(explanation, explanation.chance)} "
        f"({describe_draw(explanation.choice)})."
    )


def _caveat(explanation: PromiseExplanation) -> str:
    return _CAVEAT + str(_words(explanation)["rest"])


def _words(explanation: PromiseExplanation) -> dict[str, Any]:
    """Return the words for the kind of decision: an answer, a signature or a notice."""
    words: dict[str, Any] = load_phrases()["explained"][explanation.choice.key.what]
    return words


def _figure(explanation: PromiseExplanation, chance: float, sign: str = "") -> str:
    """Return a chance, or a difference of chances, with as many digits as its kind needs."""
    return f"{chance:{sign}.{_words(explanation)['digits']}f}"


def _sorted_shares(explanation: PromiseExplanation) -> list[tuple[str, float]]:
    """Return the label and share of each group of inputs, the largest first."""
    labels = load_phrases()["inputs"]
    shares = sorted(explanation.shares.items(), key=lambda share: -abs(share[1]))
    return [(labels.get(group, group), share) for group, share in shares]


def _text_row(name: str, figure: str, bar_share: float = 0.0) -> str:
    bar = ("+" if bar_share > 0 else "-") * round(abs(bar_share) * _BAR_WIDTH)
    return f"  {name:<49} {figure:>7} {bar}".rstrip()


def _actor_name(explanation: PromiseExplanation, code: str) -> str:
    actors = explanation.record.scenario.actors
    return with_article(actors[code].name) if code in actors else code
