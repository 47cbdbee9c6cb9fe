"""The ledger of a scenario: where every number comes from, and what answers every claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.scenario.files.claims import load_claims
from sim.scenario.files.layers import find_effective_layer
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class LedgerLine:
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
class ClaimCoverage:
    """One claim of the source article, and what in a scenario answers it.

    Attributes:
        claim_id: its id.
        kinds: what it is about.
        statement: what it says, in this project's words.
        grounded_keys: keys of the scenario that name it.
        mechanisms: rules, measures or modules that embody it in any scenario.
        omission_reason: why nothing answers it.
    """

    claim_id: str
    kinds: tuple[str, ...]
    statement: str
    grounded_keys: tuple[str, ...]
    mechanisms: tuple[str, ...]
    omission_reason: str

    @property
    def is_answered(self) -> bool:
        """Whether the claim grounds something, or there is a reason why not."""
        return bool(self.grounded_keys or self.mechanisms or self.omission_reason)


def build_ledger(loaded: LoadedScenario) -> list[LedgerLine]:
    """Return a line for everything that names a source, in the order of the schema."""
    return [
        _build_line(part, loaded) for part in index_nodes(loaded.scenario).values() if part.sources
    ]


def build_claim_coverage(scenario: Scenario) -> list[ClaimCoverage]:
    """Return every claim with what answers it.

    That a scenario as a whole is about a claim grounds nothing.
    """
    keys = defaultdict(list)
    for part in index_nodes(scenario).values():
        for claim in part.claims:
            keys[claim].append(part.name)
    return [
        ClaimCoverage(
            code, entry.kind, entry.says, tuple(keys[code]), entry.mechanism, entry.left_out
        )
        for code, entry in load_claims().items()
    ]


def _build_line(part: ScenarioNode, loaded: LoadedScenario) -> LedgerLine:
    value, (file, line) = part.value, _find_origin(part, loaded)
    return LedgerLine(
        key=part.name,
        number=value if isinstance(value, Quantity) else None,
        meaning=getattr(value, "name", part.meaning),
        note=getattr(value, "note", ""),
        sources=part.sources,
        claims=part.claims,
        file=file,
        line=line,
    )


def _find_origin(part: ScenarioNode, loaded: LoadedScenario) -> tuple[str, int | None]:
    """Return where the number, or for anything else its source, is given."""
    key = (*part.key, "value" if isinstance(part.value, Quantity) else "source")
    layer = find_effective_layer(list(loaded.layers), key)
    return (layer.name, layer.find_line(key)) if layer else ("", None)
