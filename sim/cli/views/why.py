"""What is shown of one key: its value, its meaning, who said so, over whom, on what grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.cli.output import Record, counted_out, figure
from sim.cli.views.sources import ranged
from sim.scenario.provenance.citation import written_out
from sim.scenario.provenance.explain import Why, Word
from sim.scenario.provenance.keys import Part
from sim.scenario.schema.quantity import Frozen, Grade, Quantity, Shape

_GRADES = {
    Grade.MEASURED: "measured: counted or measured by the source",
    Grade.ESTIMATED: "estimated: by the source, or derived from its figures",
    Grade.JUDGEMENT: "judgement: this project's own",
}
_SHAPES = {
    Shape.TRIANGULAR: "each draws its own number from the range, most of them near the value",
    Shape.UNIFORM: "each draws its own number from the range, every number alike",
    Shape.LOGUNIFORM: "each draws its own number from the range, every ratio alike",
}
_TOLD = ("source", "article", "note")
"""What a table holds that is told under names of its own."""
_NAMES = 8
"""How many names a layer is shown to give of a table."""


def table(why: Why) -> RenderableType:
    """Return everything there is to know of a key, for a screen."""
    rows = Table.grid(padding=(0, 2), expand=True)
    rows.add_column(no_wrap=True)
    rows.add_column(ratio=1, overflow="fold")
    for label, group in groupby(answers(why), key=lambda answer: answer[0]):
        for count, (_, text) in enumerate(group):
            rows.add_row("" if count else label, text)
    return Group(Text(why.part.name, style="bold"), rows)


def answers(why: Why) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a key, each under the name of what it answers."""
    yield from _value(why)
    yield "Meaning", why.part.meaning
    yield from _origin(why)
    yield from _grounds(why)
    for part in why.holds:
        if not why.number and part.key[-1] not in _TOLD:
            yield "Holds", f"{part.key[-1]}: {shown(part.value)}"


def record(why: Why) -> Record:
    """Return the same for a program."""
    part, number = why.part, why.number
    plain = None if number or _is_table(part.value) else part.value
    figures: Record = number.model_dump(exclude={"source", "article", "meaning"}) if number else {}
    return {
        "key": part.name,
        "value": plain,
        **figures,
        "meaning": part.meaning,
        "holds": [held.name for held in why.holds] if not number else [],
        "vouched_by": why.vouched.name if why.vouched else None,
        "named": why.named,
        "sources": {key: entry.model_dump() for key, entry in why.sources.items()},
        "claims": {claim: entry.says for claim, entry in why.claims.items()},
        "decided": why.words[why.decisive].place if why.words else None,
        "layers": [_layer(word) for word in why.words],
    }


def shown(value: object) -> str:
    """Return a value as people read it."""
    if value is None or value in ("", (), [], {}):
        return "nothing"
    if isinstance(value, Quantity):
        return f"{ranged(value)} {value.unit}"
    if _is_table(value):
        return "a table"
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    return _plain(value)


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value.day} {value:%B %Y}"
        case float():
            return figure(value)
        case _:
            return " ".join(str(value).split())


def _value(why: Why) -> Iterator[tuple[str, str]]:
    if number := why.number:
        yield "Value", f"{figure(number.value)} {number.unit}"
        yield "Range", f"{figure(number.low)} to {figure(number.high)}"
        yield "Worlds", "all have this number" if number.certain else _SHAPES[number.shape]
        yield "Grade", _GRADES[number.grade]
    elif not _is_table(why.part.value):
        yield "Value", shown(why.part.value)


def _origin(why: Why) -> Iterator[tuple[str, str]]:
    if not why.words:
        yield "Set in", "no file: it is what the schema takes where nothing is said"
        return
    for word, under in pairwise(why.words[: why.decisive + 1]):
        over = _stood(why.part, under)
        yield "Changed", f"{word.place}, which gives {_given(word)} over {over}"
    decisive, *beneath = why.words[why.decisive :]
    yield "Set in", f"{decisive.place}{_borrowed(why, decisive, beneath)}"
    for word in beneath:
        yield "Overrode", f"{word.place}: {_stood(why.part, word)}"


def _borrowed(why: Why, word: Word, beneath: list[Word]) -> str:
    """Return what the layer that decided left to those beneath it."""
    if not word.given:
        return ""
    if not why.number or "source" in word.given:
        return "" if why.number else f", which gives {_given(word)}"
    whence = next((other.place for other in beneath if "source" in other.given), "")
    return (
        f", which gives {_given(word)} and no source of its own: "
        f"source and grade speak for {whence}"
    )


def _stood(part: Part, word: Word) -> str:
    stood = word.stood
    if not isinstance(stood, Mapping):
        return shown(stood)
    if isinstance(part.value, Quantity) and {"value", "low", "high"} <= stood.keys():
        value, low, high = (_plain(stood[end]) for end in ("value", "low", "high"))
        return (
            f"{value} ({low} to {high}) {stood.get('unit')}; source: {shown(stood.get('source'))}"
        )
    return f"gives {_given(word)}"


def _given(word: Word) -> str:
    return counted_out(word.given, _NAMES)


def _grounds(why: Why) -> Iterator[tuple[str, str]]:
    if why.vouched is None and not _is_table(why.part.value):
        yield "Source", "none is asked for here"
    elif why.vouched and why.vouched is not why.part:
        yield "Rests on", f"what {why.named} names for {why.vouched.name}"
    for key, entry in why.sources.items():
        yield "Source", f"{key}: {written_out(entry)}"
    for claim, said in why.claims.items():
        yield "Claim", f"{claim}: {said.says}"
    note = getattr(why.vouched.value, "note", "") if why.vouched else ""
    if note:
        yield "Note", shown(note)


def _layer(word: Word) -> Record:
    return {"file": word.file, "line": word.line, "stood": word.stood, "gives": word.given}


def _is_table(value: object) -> bool:
    return isinstance(value, Frozen | dict)
