"""The table of measures in the glossary, made of their definitions: `python .ci/measures.py`.

The measures are those of a pattern of a scenario: one treaty called `<treaty>`, one rivalry called
`<rivalry>`, and so on. The rows therefore hold for every scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sim.model.measures.registry import Measure, list_measures
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

TOP = Path(__file__).resolve().parents[1]
GLOSSARY = TOP / "docs" / "glossary.md"
PLACE = re.compile(
    r"(?<=<!-- python .ci/measures.py writes the measures from here -->\n)"
    r".*(?=<!-- to here -->)",
    re.DOTALL,
)
_PREFIX = re.compile(r"^(<\w+>|camps): ")
_PLACEHOLDER = re.compile(r"<\w+>")
_PARTS = ("<patron>", "<client>")  # actors that only name the two sides of a patronage


def render_table() -> str:
    """Return the table in Markdown, in the order of the columns."""
    scenario = _pattern(load_scenario(TOP / "scenarios" / "pact.toml").scenario)
    rows = [_row(each) for each in list_measures(scenario) if not each.name.endswith(_PARTS)]
    return "\n".join(("| Measure | Unit | What it says |", "|---|---|---|", *rows))


def renew_measures(file: Path) -> None:
    """Write the table into the glossary."""
    page = file.read_text("utf-8")
    file.write_text(PLACE.sub(lambda _: f"{render_table()}\n", page), "utf-8")


def _pattern(scenario: Scenario) -> Scenario:
    """Return a scenario with one of everything, each named for what it is."""
    actor = next(spec for spec in scenario.actors.values() if spec.programme)
    war = next(iter(scenario.wars.values()))
    patronage = next(iter(scenario.patronages.values()))
    exchange = next(spec for spec in scenario.exchanges.values() if spec.paid)
    treaty = scenario.treaties["pact_2024"]
    names = ("<actor>", *_PARTS)
    sides = dict(zip(("patron", "client"), _PARTS, strict=True))
    tables = {
        "actors": {name: actor.model_copy(update={"name": name}) for name in names},
        "treaties": {"<treaty>": treaty.model_copy(update={"name": "<treaty>", "parties": _PARTS})},
        "exchanges": {
            "<exchange>": exchange.model_copy(
                update={"name": "<exchange>", "supplier": _PARTS[0], "buyer": _PARTS[1]}
            )
        },
        "wars": {"<war>": war.model_copy(update={"rivalry": "<rivalry>"})},
        "provokers": {"<actor>": next(iter(scenario.provokers.values()))},
        "patronages": {"<patronage>": patronage.model_copy(update=sides)},
        **dict(_renamed(scenario, rivalries="rivalry", councils="council", blocs="bloc")),
        **dict(_renamed(scenario, armings="arming")),
    }
    return scenario.model_copy(update=tables)


def _renamed(scenario: Scenario, **tables: str) -> Iterator[tuple[str, object]]:
    for table, kind in tables.items():
        spec = next(iter(getattr(scenario, table).values()))
        yield table, {f"<{kind}>": spec.model_copy(update={"name": f"<{kind}>"})}


def _row(measure: Measure) -> str:
    label = _PLACEHOLDER.sub(r"`\g<0>`", _PREFIX.sub("", measure.label))
    meaning = " ".join(filter(None, (f"{label}.", measure.note)))
    return f"| `{measure.name}` | {measure.unit} | {meaning} |"


if __name__ == "__main__":
    renew_measures(GLOSSARY)
