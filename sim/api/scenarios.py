"""Python API: scenarios, new, check, find, why, sources, cite, schema.

What is listed comes as a frame; what is explained prints as text and shows itself in a notebook.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.data.checked import check_scenario
from sim.analysis.data.cite import RunCitation, citation_record
from sim.analysis.data.cite import cite as find_citation
from sim.analysis.data.frames import Frames
from sim.analysis.data.notebook import render_notebook
from sim.analysis.data.search import Found, search_scenario
from sim.api.inputs import (
    ResultsInput,
    ScenarioInput,
    Settings,
    StrPath,
    as_path,
    as_side,
    list_settings,
    load_input,
)
from sim.errors import RequestError
from sim.experiment.storage.atomic import write_file
from sim.experiment.storage.manifest import count_grades
from sim.scenario.files.catalogue import list_catalogue
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.new import choose_file, draft_new
from sim.scenario.provenance.explain import KeyExplanation, explain_key, explanation_record
from sim.scenario.provenance.ledger import (
    build_claim_coverage,
    build_ledger,
    claim_row,
    ledger_row,
)
from sim.scenario.schema.json_schema import build_json_schema
from sim.scenario.schema.quantity import Quantity


def scenarios(group: str = "") -> pd.DataFrame:
    """List the scenarios by name, as `sim scenarios` does: one row each.

    Columns are `name`, `title`, `question`, `file`, and whether it is `installed`. `group` is a
    folder of scenarios, such as `theory` or `history`.

    Raises:
        RequestError: there is no such folder.
    """
    entries = list_catalogue(group)
    if not entries:
        raise RequestError(
            f"{group}: there are no scenarios in a folder of that name\n"
            "    allowed: theory, history, a folder here, or nothing"
        )
    columns = ["name", "title", "question", "file", "installed"]
    return pd.DataFrame([asdict(entry) for entry in entries])[columns]


def new(name: StrPath, *, base: StrPath = "pact", title: str = "", settings: Settings = ()) -> Path:
    """Write a small scenario file of one's own, as `sim new` does, and return its path.

    `base` is the scenario that it extends, and `settings` are what it changes.

    Raises:
        RequestError: the name is none or taken, or a setting is not valid.
        ScenarioError: the base cannot be used.
    """
    file, named = choose_file(as_path(name, "name")), as_path(base, "base")
    loaded = load_scenario(named, list_settings(settings))
    write_file(file, draft_new(loaded, named, file, title).encode())
    return file


def check(file: ScenarioInput, *, settings: Settings = ()) -> pd.DataFrame:
    """Check that a scenario is valid, as `sim check` does, and count what it consists of.

    One row for each kind: `what` it is, and `count`.

    Raises:
        ScenarioError: it is not valid; the message lists every problem.
        RequestError: a setting is not valid, or its sweep varies what it cannot.
    """
    loaded = load_input(file, settings)
    check_scenario(loaded)
    scenario, tables = loaded.scenario, ("actors", "treaties", "rivalries", "wars", "shocks")
    counts = {name: len(getattr(scenario, name)) for name in tables}
    counts |= asdict(count_grades(scenario))
    counts |= {name: getattr(scenario, name) for name in ("worlds", "months", "seed")}
    return pd.DataFrame(list(counts.items()), columns=["what", "count"])


class FoundFrames:
    """What words stand for: keys that can be changed, and measures that can be looked at."""

    def __init__(self, found: Found) -> None:
        self._found = found

    @property
    def keys(self) -> pd.DataFrame:
        """One row per key: `key`, `value`, its range `low` to `high`, `unit`, `meaning`."""
        columns = ["key", "value", "low", "high", "unit", "meaning"]
        rows = [
            {"key": node.name, **_describe_value(node.value), "meaning": node.meaning}
            for node in self._found.nodes
        ]
        return pd.DataFrame(rows, columns=columns)

    @property
    def measures(self) -> pd.DataFrame:
        """One row per measure: `measure`, `unit`, `label`."""
        rows = [(each.name, each.unit, each.label) for each in self._found.measures]
        return pd.DataFrame(rows, columns=["measure", "unit", "label"])

    def _repr_html_(self) -> str:
        return render_notebook("Keys to change, and measures to look at", self.keys, self.measures)


def find(*words: str, scenario: ScenarioInput = "pact") -> FoundFrames:
    """Find what to change and what to look at, by words, as `sim find` does.

    Raises:
        RequestError: nothing has all these words; the message offers words that are like them.
        ScenarioError: the scenario cannot be used.
    """
    loaded = load_input(scenario)
    return FoundFrames(search_scenario(loaded.scenario, list(words), str(loaded)))


class Explanation:
    """A key of a scenario: `print` it, show it in a notebook, or take its `record`."""

    def __init__(self, explanation: KeyExplanation) -> None:
        self._explanation = explanation

    @property
    def record(self) -> dict[str, Any]:
        """Value, range, meaning, sources, and the layers that set it, as data."""
        return explanation_record(self._explanation)

    def frame(self) -> pd.DataFrame:
        """One row per file or setting that sets the key, the one that decides first."""
        return pd.DataFrame(self.record["layers"], columns=["file", "line", "stood", "gives"])

    def __str__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in self._lines())

    def __repr__(self) -> str:
        return f"<{self._explanation.node.name}>"

    def _repr_html_(self) -> str:
        lines = pd.DataFrame(self._lines(), columns=["what", "it is"])
        return render_notebook(self._explanation.node.name, lines)

    def _lines(self) -> list[tuple[str, str]]:
        record = self.record
        named = ("value", "low", "high", "unit", "grade", "meaning", "decided")
        lines = [(name, str(record[name])) for name in named if record.get(name) is not None]
        return [*lines, ("sources", ", ".join(record["sources"]) or "none")]


def why(file: ScenarioInput, key: str, *, settings: Settings = ()) -> Explanation:
    """Explain the value of a key: who sets it, over what, and its source, as `sim why` does.

    Raises:
        RequestError: there is no such key.
        ScenarioError: the scenario cannot be used.
    """
    return Explanation(explain_key(load_input(file, settings), key))


def sources(file: ScenarioInput, *, claims: bool = False, settings: Settings = ()) -> pd.DataFrame:
    """List the source of every number, as `sim sources` does: one row each.

    With `claims`, one row for each claim of the article and what answers it.

    Raises:
        ScenarioError: the scenario cannot be used.
    """
    loaded: LoadedScenario = load_input(file, settings)
    if claims:
        return pd.DataFrame(list(map(claim_row, build_claim_coverage(loaded.scenario))))
    return pd.DataFrame(list(map(ledger_row, build_ledger(loaded))))


class Citation:
    """How results are cited."""

    def __init__(self, citation: RunCitation) -> None:
        self._citation = citation

    @property
    def record(self) -> dict[str, Any]:
        """Software, scenario, digest, engine, command and sources, as data."""
        return citation_record(self._citation)

    @property
    def bibtex(self) -> str:
        """The software, the run, and the works of others as entries of BibTeX."""
        return self._citation.render_bibtex()

    def frame(self) -> pd.DataFrame:
        """One row per source: `key`, `grade` of its numbers, how many `uses`, and the work."""
        return pd.DataFrame(self.record["sources"])

    def __str__(self) -> str:
        return "\n".join(str(self.record[name]) for name in ("software", "title", "command"))

    def __repr__(self) -> str:
        return f"<{self._citation.key}>"

    def _repr_html_(self) -> str:
        return render_notebook("How to cite", *str(self).splitlines(), self.frame())


def cite(results: ResultsInput) -> Citation:
    """Return how to cite results, as `sim cite` does: software, scenario, and sources by grade.

    Raises:
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read.
    """
    side = results.folder if isinstance(results, Frames) else as_side(results)
    return Citation(find_citation(side))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, as `sim schema` prints it."""
    return build_json_schema()


def _describe_value(value: object) -> dict[str, Any]:
    if isinstance(value, Quantity):
        return {name: getattr(value, name) for name in ("value", "low", "high", "unit")}
    return {"value": value}
