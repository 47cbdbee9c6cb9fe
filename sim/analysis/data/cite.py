"""How results are cited: the software, the scenario, and the sources of its numbers by grade."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from sim._version import __version__
from sim.analysis.data.locate import is_scenario_file, locate
from sim.experiment.design.restore import restore_scenario
from sim.experiment.storage.command_text import write_run_command
from sim.experiment.storage.faults import translate_read_errors
from sim.experiment.storage.results import open_results
from sim.experiment.storage.run_key import run_key
from sim.scenario.files.bibliography import SourceEntry, VerificationStatus
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.provenance.bibtex import escape, render_entry, render_source
from sim.scenario.provenance.ledger import build_ledger
from sim.scenario.provenance.software import AUTHORS, RELEASED, TITLE, format_software
from sim.scenario.schema.quantity import Grade

OTHER_FACTS = "facts"
"""The group of sources that ground no number: texts of treaties, dates, events."""
GROUPS = (*(grade.value for grade in Grade), OTHER_FACTS)


@dataclass(frozen=True)
class CitedSource:
    """A work that a scenario rests on.

    Attributes:
        key: its key in the bibliography.
        entry: the work.
        group: the grade of most numbers that it grounds, or that it grounds none.
        uses: how many numbers, or other entries, name it.
    """

    key: str
    entry: SourceEntry
    group: str
    uses: int

    @property
    def is_unchecked(self) -> bool:
        """Whether it was not looked up, and has to be before it is quoted."""
        return self.entry.seen is VerificationStatus.RECALLED


@dataclass(frozen=True)
class RunCitation:
    """What is cited with a run, a sweep or a scenario.

    Attributes:
        key: the name of the results folder, or of that which the scenario would have.
        loaded: the scenario with its bibliography.
        digest: SHA-256 of everything that determines the results.
        engine: SHA-256 of what the engine executes.
        command: the command that simulates the same worlds.
        sources: the works, by group, the most used first.
    """

    key: str
    loaded: LoadedScenario
    digest: str
    engine: str
    command: str
    sources: tuple[CitedSource, ...]

    def render_bibtex(self) -> str:
        """Return the software, the run, and the works of others as entries of BibTeX."""
        scenario = self.loaded.scenario
        year, by = RELEASED[:4], f"{{{AUTHORS}}}"
        software = {"author": by, "title": TITLE, "year": year, "version": __version__}
        title = f"{scenario.title}: simulated worlds of the scenario {self.loaded.name}"
        note = f"digest {self.digest}; engine {self.engine}; simulated by: {self.command}"
        run = {"author": by, "title": escape(title), "year": year, "note": escape(note)}
        return "\n".join(
            [
                render_entry("software", "alliance-sim", software),
                render_entry("misc", self.key, run),
                *(
                    render_source(source.key, source.entry)
                    for source in self.sources
                    if source.entry.seen is not VerificationStatus.OWN
                ),
            ]
        )


def cite(path: Path | LoadedScenario) -> RunCitation:
    """Return how results, or those that a scenario would have, are cited.

    Raises:
        RequestError: there is nothing of that name.
        ScenarioError: the scenario cannot be used.
        ResultsError: the folder cannot be read.
    """
    found = path if isinstance(path, LoadedScenario) else locate(path)
    if isinstance(found, LoadedScenario) or is_scenario_file(found):
        loaded = found if isinstance(found, LoadedScenario) else load_scenario(found)
        key = run_key(loaded)
        command = write_run_command(loaded)
        return _cite_loaded(key.folder_name, loaded, key.digest, key.engine, command)
    results = open_results(found, allow_partial=True)
    manifest = results.manifest
    with translate_read_errors(results.folder):
        name = results.name.removesuffix("-sweep")
        loaded = restore_scenario(manifest, manifest["scenario"], name)
        typed = " ".join(manifest["command"])
    command = write_run_command(loaded) if results.kind == "run" else typed
    question = str(manifest["question"])
    return _cite_loaded(results.folder.name, loaded, question, results.engine, command)


def _cite_loaded(
    key: str, loaded: LoadedScenario, digest: str, engine: str, command: str
) -> RunCitation:
    return RunCitation(key, loaded, digest, engine, command, tuple(_list_sources(loaded)))


def _list_sources(loaded: LoadedScenario) -> list[CitedSource]:
    """Return the works that a scenario names, each in the group of most of its uses."""
    uses = defaultdict[str, Counter[str]](Counter)
    for line in build_ledger(loaded):
        group = line.number.grade.value if line.number else OTHER_FACTS
        for key in line.sources:
            uses[key][group] += 1
    cited = [
        CitedSource(key, loaded.bibliography[key], _find_main_group(counts), counts.total())
        for key, counts in uses.items()
        if key in loaded.bibliography
    ]
    return sorted(cited, key=lambda source: (GROUPS.index(source.group), -source.uses, source.key))


def _find_main_group(counts: Counter[str]) -> str:
    """Return the group of most uses; of several, the firmest."""
    return min(counts, key=lambda group: (-counts[group], GROUPS.index(group)))


def citation_record(citation: RunCitation) -> dict[str, object]:
    """Return a citation as data."""
    return {
        "software": format_software(),
        "scenario": citation.loaded.name,
        "title": citation.loaded.scenario.title,
        "digest": citation.digest,
        "engine": citation.engine,
        "command": citation.command,
        "sources": [
            {
                "key": source.key,
                "grade": source.group,
                "uses": source.uses,
                **source.entry.model_dump(mode="json"),
            }
            for source in citation.sources
        ],
    }
