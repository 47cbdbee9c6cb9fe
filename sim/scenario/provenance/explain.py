"""Why a key of a scenario has the value it has: who said so, over whom, and on what grounds."""

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
from sim.scenario.schema.quantity import Quantity


@dataclass(frozen=True)
class LayerValue:
    """What one layer made of a key.

    Attributes:
        file: the layer's file, or `--set`.
        line: the line, in a file.
        merged_value: what stood there once the layer was laid, as TOML has it.
        defined_names: for a table, the names that the layer itself gave.
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
    """Everything there is to know of one key.

    Attributes:
        node: the key, what stands there, and what it means.
        children: what stands directly under the key.
        layer_values: what each layer made of it, the last word first; none where the schema's own
            value stands.
        source_node: the part that names sources and claims: this one, or what holds it.
        source_location: where that part's sources are named.
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
        """Which of the words decided: the last that gave a number its value, or the last at all."""
        given = ("value" in word.defined_names for word in self.layer_values)
        return next((at for at, gives in enumerate(given) if gives), 0) if self.number else 0

    @property
    def number(self) -> Quantity | None:
        """The number that stands at the key, if it is one."""
        return self.node.value if isinstance(self.node.value, Quantity) else None


def explain_key(loaded: LoadedScenario, dotted_key: str) -> KeyExplanation:
    """Return why the key written `dotted_key` has the value it has.

    Raises:
        RequestError: the scenario has no such key.
    """
    every = index_nodes(loaded.scenario)
    key = tuple(part.strip() for part in dotted_key.split("."))
    if key not in every:
        raise RequestError(str(_build_unknown_key_problem(every, key)))
    vouched = find_source_node(every, key)
    cited, grounded = (vouched.sources, vouched.claims) if vouched else ((), ())
    return KeyExplanation(
        node=every[key],
        children=tuple(find_children(every, key)),
        layer_values=tuple(_iter_layer_values(loaded.layers, key))[::-1],
        source_node=vouched,
        source_location=_format_location(loaded.layers, (*vouched.key, "source"))
        if vouched
        else "",
        sources={code: loaded.bibliography[code] for code in cited if code in loaded.bibliography},
        claims={code: load_claims()[code] for code in grounded},
    )


def _iter_layer_values(layers: tuple[Layer, ...], key: Key) -> Iterator[LayerValue]:
    for count, layer in enumerate(layers, start=1):
        if layer.defines(key):
            stood, own = (
                _get_value(merge_layers(list(layers[:count])), key),
                _get_value(layer.tree, key),
            )
            given = tuple(own) if isinstance(own, Mapping) else ()
            at = (*key, "value") if "value" in given else key
            yield LayerValue(layer.name, layer.find_line(at), stood, given)


def _format_location(layers: tuple[Layer, ...], key: Key) -> str:
    """Return the file, and the line, whose word counts at a key or at what holds it."""
    layer = find_effective_layer(list(layers), key)
    return LayerValue(layer.name, layer.find_line(key), None, ()).location if layer else ""


def _get_value(tree: object, key: Key) -> object:
    for part in key:
        tree = tree[part] if isinstance(tree, Mapping) else None
    return tree


def _build_unknown_key_problem(nodes: dict[Key, ScenarioNode], key: Key) -> Problem:
    """Return what is wrong with a key, with the names known where it goes astray."""
    known: Key = ()
    while (*known, key[len(known)]) in nodes:
        known = key[: len(known) + 1]
    beside = [part.key[-1] for part in find_children(nodes, known)]
    where = f"under {'.'.join(known)}" if known else "at the top"
    allowed = ", ".join(beside) if len(beside) <= 12 else f"one of {len(beside)} {where}"
    return Problem(
        None, None, ".".join(key), "there is no such key", allowed, _suggest_key(nodes, key)
    )


def _suggest_key(nodes: dict[Key, ScenarioNode], key: Key) -> str:
    """Return the key with each misspelt word mended, or else one that ends with the same word."""
    known: Key = ()
    for word in key:
        names = [part.key[-1] for part in find_children(nodes, known)]
        known += (word if word in names else find_nearest_name(word, names),)
    ends = (part.name for part in nodes.values() if part.key[-1] == key[-1])
    return ".".join(known) if known in nodes else next(ends, "")
