"""The ledger of a scenario: where every number comes from, and what answers every claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.scenario.files.claims import claims
from sim.scenario.files.layers import winner
from sim.scenario.load import Loaded
from sim.scenario.provenance.keys import Part, parts
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Line:
    """One line of the ledger: a number, or something else that rests on a source, as a treaty.

    Attributes:
        key: where it stands in the scenario.
        number: the number itself; None for anything else.
        meaning: what it says, or what it is called.
        note: what to be careful about.
        sources: keys of the bibliography.
        claims: claims of the source article that it grounds.
        file: the file, or `--set`, that gives the number, or the sources of anything else.
        line: the line, in a file.
    """

    key: str
    number: Quantity | None
    meaning: str
    note: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    file: str
    line: int | None


@dataclass(frozen=True)
class Grounds:
    """One claim of the source article, and what in a scenario answers it.

    Attributes:
        claim: its id.
        kind: what it is about.
        says: what it says, in this project's words.
        grounds: keys of the scenario that name it.
        mechanism: rules, measures or modules that embody it in any scenario.
        left_out: why nothing answers it.
    """

    claim: str
    kind: tuple[str, ...]
    says: str
    grounds: tuple[str, ...]
    mechanism: tuple[str, ...]
    left_out: str

    @property
    def answered(self) -> bool:
        """Whether the claim grounds something, or there is a reason why not."""
        return bool(self.grounds or self.mechanism or self.left_out)


def ledger(loaded: Loaded) -> list[Line]:
    """Return a line for everything that names a source, in the order of the schema."""
    return [_line(part, loaded) for part in parts(loaded.scenario).values() if part.sources]


def grounds(scenario: Scenario) -> list[Grounds]:
    """Return every claim with what answers it.

    That a scenario as a whole is about a claim grounds nothing.
    """
    keys = defaultdict(list)
    for part in parts(scenario).values():
        for claim in part.claims:
            keys[claim].append(part.name)
    return [
        Grounds(code, entry.kind, entry.says, tuple(keys[code]), entry.mechanism, entry.left_out)
        for code, entry in claims().items()
    ]


def _line(part: Part, loaded: Loaded) -> Line:
    value, (file, line) = part.value, _place(part, loaded)
    return Line(
        key=part.name,
        number=value if isinstance(value, Quantity) else None,
        meaning=getattr(value, "name", part.meaning),
        note=getattr(value, "note", ""),
        sources=part.sources,
        claims=part.claims,
        file=file,
        line=line,
    )


def _place(part: Part, loaded: Loaded) -> tuple[str, int | None]:
    """Return where the number, or for anything else its source, is given."""
    key = (*part.key, "value" if isinstance(part.value, Quantity) else "source")
    layer = winner(list(loaded.layers), key)
    return (layer.name, layer.line(key)) if layer else ("", None)
