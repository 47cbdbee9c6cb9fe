"""Why a key of a scenario has the value it has: who said so, over whom, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.errors import Problem, RequestError
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.claims import ClaimEntry, claims
from sim.scenario.files.layers import Layer, merge, winner
from sim.scenario.files.line_numbers import Key
from sim.scenario.files.messages import nearest_name
from sim.scenario.load import Loaded
from sim.scenario.provenance.keys import Part, children, holder, parts
from sim.scenario.schema.quantity import Quantity


@dataclass(frozen=True)
class Word:
    """What one layer made of a key.

    Attributes:
        file: the layer's file, or `--set`.
        line: the line, in a file.
        stood: what stood there once the layer was laid, as TOML has it.
        given: for a table, the names that the layer itself gave.
    """

    file: str
    line: int | None
    stood: object
    given: tuple[str, ...]

    @property
    def place(self) -> str:
        """The file, and the line if there is one."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Why:
    """Everything there is to know of one key.

    Attributes:
        part: the key, what stands there, and what it means.
        holds: what stands directly under the key.
        words: what each layer made of it, the last word first; none where the schema's own
            value stands.
        vouched: the part that names sources and claims: this one, or what holds it.
        named: where that part's sources are named.
        sources: the sources by key.
        claims: the claims by id.
    """

    part: Part
    holds: tuple[Part, ...]
    words: tuple[Word, ...]
    vouched: Part | None
    named: str
    sources: dict[str, SourceEntry]
    claims: dict[str, ClaimEntry]

    @property
    def decisive(self) -> int:
        """Which of the words decided: the last that gave a number its value, or the last at all."""
        given = ("value" in word.given for word in self.words)
        return next((at for at, gives in enumerate(given) if gives), 0) if self.number else 0

    @property
    def number(self) -> Quantity | None:
        """The number that stands at the key, if it is one."""
        return self.part.value if isinstance(self.part.value, Quantity) else None


def why(loaded: Loaded, name: str) -> Why:
    """Return why the key written `name` has the value it has.

    Raises:
        RequestError: the scenario has no such key.
    """
    every = parts(loaded.scenario)
    key = tuple(part.strip() for part in name.split("."))
    if key not in every:
        raise RequestError(str(_unknown(every, key)))
    vouched = holder(every, key)
    cited, grounded = (vouched.sources, vouched.claims) if vouched else ((), ())
    return Why(
        part=every[key],
        holds=tuple(children(every, key)),
        words=tuple(_words(loaded.layers, key))[::-1],
        vouched=vouched,
        named=_place(loaded.layers, (*vouched.key, "source")) if vouched else "",
        sources={code: loaded.bibliography[code] for code in cited if code in loaded.bibliography},
        claims={code: claims()[code] for code in grounded},
    )


def _words(layers: tuple[Layer, ...], key: Key) -> Iterator[Word]:
    for count, layer in enumerate(layers, start=1):
        if layer.says(key):
            stood, own = _at(merge(list(layers[:count])), key), _at(layer.tree, key)
            given = tuple(own) if isinstance(own, Mapping) else ()
            at = (*key, "value") if "value" in given else key
            yield Word(layer.name, layer.line(at), stood, given)


def _place(layers: tuple[Layer, ...], key: Key) -> str:
    """Return the file, and the line, whose word counts at a key or at what holds it."""
    layer = winner(list(layers), key)
    return Word(layer.name, layer.line(key), None, ()).place if layer else ""


def _at(tree: object, key: Key) -> object:
    for part in key:
        tree = tree[part] if isinstance(tree, Mapping) else None
    return tree


def _unknown(every: dict[Key, Part], key: Key) -> Problem:
    """Return what is wrong with a key, with the names known where it goes astray."""
    known: Key = ()
    while (*known, key[len(known)]) in every:
        known = key[: len(known) + 1]
    beside = [part.key[-1] for part in children(every, known)]
    where = f"under {'.'.join(known)}" if known else "at the top"
    allowed = ", ".join(beside) if len(beside) <= 12 else f"one of {len(beside)} {where}"
    return Problem(None, None, ".".join(key), "there is no such key", allowed, _nearest(every, key))


def _nearest(every: dict[Key, Part], key: Key) -> str:
    """Return the key with each misspelt word mended, or else one that ends with the same word."""
    known: Key = ()
    for word in key:
        names = [part.key[-1] for part in children(every, known)]
        known += (word if word in names else nearest_name(word, names),)
    ends = (part.name for part in every.values() if part.key[-1] == key[-1])
    return ".".join(known) if known in every else next(ends, "")
