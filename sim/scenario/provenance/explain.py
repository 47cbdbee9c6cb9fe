"""Explanation of a key of a scenario: which layer set its value, over which, on what grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.errors import Problem, RequestError
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.claims import ClaimEntry, load_claims
from sim.scenario.files.layers import Layer, find_effective_layer, merge_layers
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.keys import ScenarioNode, find_children, find_source_node, index_nodes
from sim.scenario.schema.quantity import FrozenModel, Quantity


@dataclass(frozen=True)
class LayerValue:
    """The value of a key after one layer.

    Attributes:
        file: the layer's file, or `--set`.
        line: the line, in a file.
        merged_value: the value once the layer was merged, as TOML has it.
        defined_names: for a table, the names that the layer itself defines.
    """

    file: str
    line: int | None
    merged_value: object
    defined_names: tuple[str, ...]

    @property
    def location(self) -> str:
        """The file, and the line if there is one."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class KeyExplanation:
    """The explanation of one key.

    Attributes:
        node: the key, its value and its meaning.
        children: the nodes directly under the key.
        layer_values: its value after each layer, the last first; empty where the schema's default
            applies.
        source_node: the node that names sources and claims: this one, or the nearest above.
        source_location: the file and line of those sources.
        sources: the sources by key.
        claims: the claims by id.
    """

    node: ScenarioNode
    children: tuple[ScenarioNode, ...]
    layer_values: tuple[LayerValue, ...]
    source_node: ScenarioNode | None
    source_location: str
    sources: dict[str, SourceEntry]
    claims: dict[str, ClaimEntry]

    @property
    def decisive_index(self) -> int:
        """Index of the decisive layer value: the last with a number's value, or the last at all."""
        defines_value = ("value" in layer.defined_names for layer in self.layer_values)
        return next((i for i, it in enumerate(defines_value) if it), 0) if self.number else 0

    @property
    def number(self) -> Quantity | None:
        """The number at the key, if it is one."""
        return self.node.value if isinstance(self.node.value, Quantity) else None


def explain_key(loaded: LoadedScenario, dotted_key: str) -> KeyExplanation:
    """Return the explanation of the key written `dotted_key`.

    Raises:
        RequestError: the scenario has no such key.
    """
    nodes = index_nodes(loaded.scenario)
    key = tuple(part.strip() for part in dotted_key.split("."))
    if key not in nodes:
        raise RequestError(str(_build_unknown_key_problem(nodes, key)))
    source_node = find_source_node(nodes, key)
    cited, claims = (source_node.sources, source_node.claims) if source_node else ((), ())
    return KeyExplanation(
        node=nodes[key],
        children=tuple(find_children(nodes, key)),
        layer_values=tuple(_iter_layer_values(loaded.layers, key))[::-1],
        source_node=source_node,
        source_location=_format_location(loaded.layers, (*source_node.key, "source"))
        if source_node
        else "",
        sources={code: loaded.bibliography[code] for code in cited if code in loaded.bibliography},
        claims={code: load_claims()[code] for code in claims},
    )


def _iter_layer_values(layers: tuple[Layer, ...], key: Key) -> Iterator[LayerValue]:
    for count, layer in enumerate(layers, start=1):
        if layer.defines(key):
            merged = _get_value(merge_layers(list(layers[:count])), key)
            own = _get_value(layer.tree, key)
            names = tuple(own) if isinstance(own, Mapping) else ()
            value_key = (*key, "value") if "value" in names else key
            yield LayerValue(layer.name, layer.find_line(value_key), merged, names)


def _format_location(layers: tuple[Layer, ...], key: Key) -> str:
    """Return the file and line that determine a key, or the nearest key above it."""
    layer = find_effective_layer(list(layers), key)
    return LayerValue(layer.name, layer.find_line(key), None, ()).location if layer else ""


def _get_value(tree: object, key: Key) -> object:
    for part in key:
        tree = tree[part] if isinstance(tree, Mapping) else None
    return tree


def _build_unknown_key_problem(nodes: dict[Key, ScenarioNode], key: Key) -> Problem:
    """Return the problem of an unknown key, with the names known at its first unknown part."""
    known: Key = ()
    while (*known, key[len(known)]) in nodes:
        known = key[: len(known) + 1]
    names = [node.key[-1] for node in find_children(nodes, known)]
    where = f"under {'.'.join(known)}" if known else "at the top"
    allowed = ", ".join(names) if len(names) <= 12 else f"one of {len(names)} {where}"
    return Problem(
        None, None, ".".join(key), "there is no such key", allowed, _suggest_key(nodes, key)
    )


def _suggest_key(nodes: dict[Key, ScenarioNode], key: Key) -> str:
    """Return the key with misspelt parts corrected, or else one that ends with the same part."""
    known: Key = ()
    for part in key:
        names = [node.key[-1] for node in find_children(nodes, known)]
        known += (part if part in names else find_nearest_name(part, names),)
    same_ending = (node.name for node in nodes.values() if node.key[-1] == key[-1])
    return ".".join(known) if known in nodes else next(same_ending, "")


def explanation_record(why: KeyExplanation) -> dict[str, object]:
    """Return the same as data, for programs."""
    part, number = why.node, why.number
    plain = None if number or isinstance(part.value, FrozenModel | dict) else part.value
    figures: dict[str, object] = (
        number.model_dump(exclude={"source", "article", "meaning"}) if number else {}
    )
    return {
        "key": part.name,
        "value": plain,
        **figures,
        "meaning": part.meaning,
        "holds": [child.name for child in why.children] if not number else [],
        "vouched_by": why.source_node.name if why.source_node else None,
        "named": why.source_location,
        "sources": {key: entry.model_dump() for key, entry in why.sources.items()},
        "claims": {claim: entry.says for claim, entry in why.claims.items()},
        "decided": why.layer_values[why.decisive_index].location if why.layer_values else None,
        "layers": [_build_layer_record(layer) for layer in why.layer_values],
    }


def _build_layer_record(layer_value: LayerValue) -> dict[str, object]:
    return {
        "file": layer_value.file,
        "line": layer_value.line,
        "stood": layer_value.merged_value,
        "gives": layer_value.defined_names,
    }
