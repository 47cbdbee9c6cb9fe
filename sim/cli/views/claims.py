"""The claims of the source article as they are shown, each with what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table

from sim.cli.output import Record, as_markdown, counted_out
from sim.scenario.load import Loaded
from sim.scenario.provenance.ledger import Grounds, grounds

_KEYS = 4
"""How many keys a claim is shown with on a screen; the other forms have all of them."""


@dataclass(frozen=True)
class ClaimsView:
    """The claims of the source article, as a scenario answers them."""

    loaded: Loaded

    def records(self) -> list[Record]:
        """Return a record for each claim."""
        return [_record(claim) for claim in grounds(self.loaded.scenario)]

    def table(self) -> RenderableType:
        """Return them for a screen."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_lines=True)
        table.add_column("Claim", no_wrap=True)
        table.add_column("What it says", ratio=1)
        table.add_column("What answers it", ratio=1, overflow="fold")
        for claim in grounds(self.loaded.scenario):
            table.add_row(claim.claim, claim.says, _answer(claim))
        return table

    def page(self) -> str:
        """Return them as a page in Markdown."""
        title = f"# {self.loaded.scenario.title}: the claims of the source article"
        return f"{title}\n\n{as_markdown(self.records())}"


def _record(claim: Grounds) -> Record:
    return {
        "claim": claim.claim,
        "kind": claim.kind,
        "says": claim.says,
        "grounds": claim.grounds,
        "mechanism": claim.mechanism,
        "left_out": claim.left_out,
    }


def _answer(claim: Grounds) -> str:
    said = (
        ("It grounds", counted_out(claim.grounds, _KEYS)),
        ("Embodied in", counted_out(claim.mechanism, _KEYS)),
        ("Left out.", claim.left_out),
    )
    return "\n".join(f"{label} {text}" for label, text in said if text) or "Nothing here."
