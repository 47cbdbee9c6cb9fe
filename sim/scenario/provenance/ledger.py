"""The ledger of a scenario: the source of every number, and the coverage of every claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.scenario.files.claims import load_claims
from sim.scenario.files.layers import find_effective_layer
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import Quantity
from sim.scenario.schema.scenario import Scenario

_NUMBER_FIELDS = ("value", "low", "high", "unit", "shape", "grade")


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger: a number, or another entry with a source, such as a treaty.

    Attributes:
        key: its dotted key.
        number: the number itself; None for anything else.
        meaning: its meaning or name.
        note: caveats.
        sources: keys of the bibliography.
        claims: claims of the source article that it grounds.
        file: the file, or `--set`, that sets the number, or the sources of another entry.
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
        statement: its content, in this project's words.
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
        """Whether the claim grounds something, or is left out for a reason."""
        return bool(self.grounded_keys or self.mechanisms or self.omission_reason)


def build_ledger(loaded: LoadedScenario) -> list[LedgerLine]:
    """Return a line for every node that names a source, in the order of the schema."""
    return [
        _build_line(node, loaded) for node in index_nodes(loaded.scenario).values() if node.sources
    ]


def build_claim_coverage(scenario: Scenario) -> list[ClaimCoverage]:
    """Return every claim with what answers it.

    The claims listed at the top of a scenario ground nothing by themselves.
    """
    keys = defaultdict(list)
    for node in index_nodes(scenario).values():
        for claim in node.claims:
            keys[claim].append(node.name)
    return [
        ClaimCoverage(
            code, entry.kind, entry.says, tuple(keys[code]), entry.mechanism, entry.left_out
        )
        for code, entry in load_claims().items()
    ]


def _build_line(node: ScenarioNode, loaded: LoadedScenario) -> LedgerLine:
    value, (file, line) = node.value, _find_origin(node, loaded)
    return LedgerLine(
        key=node.name,
        number=value if isinstance(value, Quantity) else None,
        meaning=getattr(value, "name", node.meaning),
        note=getattr(value, "note", ""),
        sources=node.sources,
        claims=node.claims,
        file=file,
        line=line,
    )


def _find_origin(node: ScenarioNode, loaded: LoadedScenario) -> tuple[str, int | None]:
    """Return the file and line that set the number, or the source of another entry."""
    key = (*node.key, "value" if isinstance(node.value, Quantity) else "source")
    layer = find_effective_layer(list(loaded.layers), key)
    return (layer.name, layer.find_line(key)) if layer else ("", None)


def ledger_row(line: LedgerLine) -> dict[str, object]:
    """Return a line by column."""
    return {
        "key": line.key,
        **{name: getattr(line.number, name, None) for name in _NUMBER_FIELDS},
        "sources": line.sources,
        "claims": line.claims,
        "meaning": line.meaning,
        "note": line.note,
        "file": line.file,
        "line": line.line,
    }


def claim_row(claim: ClaimCoverage) -> dict[str, object]:
    """Return what answers a claim, by column."""
    return {
        "claim": claim.claim_id,
        "kind": claim.kinds,
        "says": claim.statement,
        "grounds": claim.grounded_keys,
        "mechanism": claim.mechanisms,
        "left_out": claim.omission_reason,
    }
