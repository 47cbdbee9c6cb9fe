"""Renders `sim sources --claims`: the claims of the source article, each with its answer."""

from __future__ import annotations

from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table

from sim.cli.output import OutputRecord
from sim.cli.wording import join_first_names
from sim.output import render_markdown_table
from sim.scenario.load import LoadedScenario
from sim.scenario.provenance.ledger import ClaimCoverage, build_claim_coverage, claim_row

_MAX_KEYS = 4
"""Keys shown for a claim on the terminal; the other formats have all of them."""


@dataclass(frozen=True)
class ClaimsView:
    """The claims of the source article, and how a scenario answers them."""

    loaded: LoadedScenario

    def build_records(self) -> list[OutputRecord]:
        """Return a record for each claim."""
        return [claim_row(claim) for claim in build_claim_coverage(self.loaded.scenario)]

    def render_table(self) -> RenderableType:
        """Return them for the terminal."""
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
        records = self.build_records()
        table = render_markdown_table(list(records[0]), (record.values() for record in records))
        return f"{title}\n\n{table}"


def _describe_grounds(claim: ClaimCoverage) -> str:
    grounds = (
        ("Parameters:", join_first_names(claim.grounded_keys, _MAX_KEYS)),
        ("Mechanisms:", join_first_names(claim.mechanisms, _MAX_KEYS)),
        ("Left out:", claim.omission_reason),
    )
    return "\n".join(f"{label} {text}" for label, text in grounds if text) or "Nothing."
