"""Renders the result of `sim why`: a key's value, meaning, origin and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.cli.views.explain.sources import format_value_range
from sim.cli.wording import join_first_names
from sim.output import format_exact_number
from sim.scenario.provenance.citation import format_citation
from sim.scenario.provenance.explain import KeyExplanation, LayerValue
from sim.scenario.provenance.keys import ScenarioNode
from sim.scenario.schema.quantity import FrozenModel, Grade, Quantity, Shape

_GRADE_TEXTS = {
    Grade.MEASURED: "measured: counted or measured by the source",
    Grade.ESTIMATED: "estimated: by the source, or derived from its figures",
    Grade.JUDGEMENT: "judgement: this project's own",
}
_SHAPE_TEXTS = {
    Shape.TRIANGULAR: "each draws its own number from the range, most often near the value",
    Shape.UNIFORM: "each draws its own number from the range, all numbers equally likely",
    Shape.LOGUNIFORM: "each draws its own number from the range, all ratios equally likely",
}
_SHOWN_ELSEWHERE = ("source", "article", "note")
"""Parts of a table that have a label of their own."""
_MAX_NAMES = 8
"""Names listed of what a layer gives of a table."""


def render_explanation(why: KeyExplanation) -> RenderableType:
    """Return everything known of a key, for the terminal."""
    rows = Table.grid(padding=(0, 2), expand=True)
    rows.add_column(no_wrap=True)
    rows.add_column(ratio=1, overflow="fold")
    for label, group in groupby(list_explanations(why), key=lambda line: line[0]):
        for count, (_, text) in enumerate(group):
            rows.add_row("" if count else label, text)
    return Group(Text(why.node.name, style="bold"), rows)


def list_explanations(why: KeyExplanation) -> Iterator[tuple[str, str]]:
    """Yield labels and texts that explain a key."""
    yield from _explain_value(why)
    yield "Meaning", why.node.meaning
    yield from _explain_origin(why)
    yield from _explain_sources(why)
    for part in why.children:
        if not why.number and part.key[-1] not in _SHOWN_ELSEWHERE:
            yield "Holds", f"{part.key[-1]}: {format_setting(part.value)}"


def format_setting(value: object) -> str:
    """Return a value as text for a reader."""
    if value is None or value in ("", (), [], {}):
        return "nothing"
    if isinstance(value, Quantity):
        return f"{format_value_range(value)} {value.unit}"
    if _is_table(value):
        return "a table"
    if isinstance(value, tuple | list):
        return ", ".join(map(_format_plain_value, value))
    return _format_plain_value(value)


def _format_plain_value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value.day} {value:%B %Y}"
        case float():
            return format_exact_number(value)
        case _:
            return " ".join(str(value).split())


def _explain_value(why: KeyExplanation) -> Iterator[tuple[str, str]]:
    if number := why.number:
        yield "Value", f"{format_exact_number(number.value)} {number.unit}"
        yield "Range", f"{format_exact_number(number.low)} to {format_exact_number(number.high)}"
        yield "Worlds", "all have this number" if number.is_fixed else _SHAPE_TEXTS[number.shape]
        yield "Grade", _GRADE_TEXTS[number.grade]
    elif not _is_table(why.node.value):
        yield "Value", format_setting(why.node.value)


def _explain_origin(why: KeyExplanation) -> Iterator[tuple[str, str]]:
    if not why.layer_values:
        yield "Set in", "no file: it is the default of the schema"
        return
    for layer, lower in pairwise(why.layer_values[: why.decisive_index + 1]):
        replaced = _format_layer_value(why.node, lower)
        yield "Changed", f"{layer.location}, which sets {_list_given_names(layer)} over {replaced}"
    decisive, *beneath = why.layer_values[why.decisive_index :]
    yield "Set in", f"{decisive.location}{_describe_inheritance(why, decisive, beneath)}"
    for layer in beneath:
        yield "Overrode", f"{layer.location}: {_format_layer_value(why.node, layer)}"


def _describe_inheritance(
    why: KeyExplanation, layer_value: LayerValue, lower_layers: list[LayerValue]
) -> str:
    """Return which parts the decisive layer inherits from lower ones."""
    if not layer_value.defined_names:
        return ""
    if not why.number or "source" in layer_value.defined_names:
        return "" if why.number else f", which sets {_list_given_names(layer_value)}"
    sourced = next(
        (layer.location for layer in lower_layers if "source" in layer.defined_names), ""
    )
    return (
        f", which sets {_list_given_names(layer_value)} and no source of its own: "
        f"source and grade are those of {sourced}"
    )


def _format_layer_value(part: ScenarioNode, layer_value: LayerValue) -> str:
    merged = layer_value.merged_value
    if not isinstance(merged, Mapping):
        return format_setting(merged)
    if isinstance(part.value, Quantity) and {"value", "low", "high"} <= merged.keys():
        value, low, high = (_format_plain_value(merged[end]) for end in ("value", "low", "high"))
        source = format_setting(merged.get("source"))
        return f"{value} ({low} to {high}) {merged.get('unit')}; source: {source}"
    return f"sets {_list_given_names(layer_value)}"


def _list_given_names(layer_value: LayerValue) -> str:
    return join_first_names(layer_value.defined_names, _MAX_NAMES)


def _explain_sources(why: KeyExplanation) -> Iterator[tuple[str, str]]:
    if why.source_node is None and not _is_table(why.node.value):
        yield "Source", "none is required for this key"
    elif why.source_node and why.source_node is not why.node:
        yield "Rests on", f"the source that {why.source_location} gives for {why.source_node.name}"
    for key, entry in why.sources.items():
        yield "Source", f"{key}: {format_citation(entry)}"
    for code, claim in why.claims.items():
        yield "Claim", f"{code}: {claim.says}"
    note = getattr(why.source_node.value, "note", "") if why.source_node else ""
    if note:
        yield "Note", format_setting(note)


def _is_table(value: object) -> bool:
    return isinstance(value, FrozenModel | dict)
