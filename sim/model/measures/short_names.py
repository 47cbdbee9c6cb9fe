"""Short names of what measures are about, for tables."""

from __future__ import annotations

from sim.model.measures.needs import has_aid_obligation
from sim.scenario.commitments import can_bind
from sim.scenario.schema.scenario import Scenario


def shorten_treaty(scenario: Scenario, code: str) -> str:
    """Return a treaty's short name, such as `A-B treaty` of A and B; else its name in full.

    Parties of several words are not joined by a hyphen. The year is added where another treaty in
    the scenario promises aid between the same parties.
    """
    treaty = scenario.treaties[code]
    names = [scenario.actors[party].name for party in treaty.parties]
    if len(names) > 2 or any(set(name) & set("- ") for name in names):
        return treaty.name
    alike = [
        other
        for other_code, other in scenario.treaties.items()
        if set(other.parties) == set(treaty.parties)
        and has_aid_obligation(other)
        and (other is treaty or can_bind(scenario, other_code))
    ]
    year = f" of {treaty.signed.year}" if len(alike) > 1 and treaty.signed else ""
    return f"{'-'.join(names)} treaty{year}"
