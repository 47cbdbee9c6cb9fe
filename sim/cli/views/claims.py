"""The claims of the source article as they are shown, each with what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table

from sim.cli.output import OutputRecord, format_markdown_table, join_first_names
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.ledger import ClaimCoverage, build_claim_coverage

_MAX_KEYS = 4
"""How many keys a claim is shown with on a screen; the other forms have all of them."""


@dataclass(frozen=True)
class ClaimsView:
    """The claims of the source article, as a scenario answers them."""

    loaded: LoadedScenario

    def build_records(self) -> list[OutputRecord]:
        """Return a record for each claim."""
        return [_build_record(claim) for claim in build_claim_coverage(self.loaded.scenario)]

    def render_table(self) -> RenderableType:
        """Return them for a screen."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_lines=True)
        table.add_column("Claim", no_wrap=True)
        table.add_column("What it says", ratio=1)
        table.add_column("What answers it", ratio=1, overflow="fold")
        for claim in build_claim_coverage(self.loaded.scenario):
            table.add_row(claim.claim_id, claim.statement, _describe_grounds(claim))
        return table

    def render_markdown(self) -> str:
        """Return them as a page in Markdown."""
        title = f"# {self.loaded.scenario.title}: the claims of the source article"
        return f"{title}\n\n{format_markdown_table(self.build_records())}"


def _build_record(claim: ClaimCoverage) -> OutputRecord:
    return {
        "claim": claim.claim_id,
        "kind": claim.kinds,
        "says": claim.statement,
        "grounds": claim.grounded_keys,
        "mechanism": claim.mechanisms,
        "left_out": claim.omission_reason,
    }


def _describe_grounds(claim: ClaimCoverage) -> str:
    said = (
        ("It grounds", join_first_names(claim.grounded_keys, _MAX_KEYS)),
        ("Embodied in", join_first_names(claim.mechanisms, _MAX_KEYS)),
        ("Left out.", claim.omission_reason),
    )
    return "\n".join(f"{label} {text}" for label, text in said if text) or "Nothing here."
