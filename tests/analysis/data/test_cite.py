from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.data.cite import GROUPS, OTHER_FACTS, RunCitation, cite
from sim.experiment.design.design import build_design
from sim.experiment.run import run_scenario
from sim.experiment.sweep import run_sweep
from tests.experiment import fakes
from tests.scenario.folder import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder.at(tmp_path)


@pytest.fixture
def cited(folder: Folder) -> RunCitation:
    loaded = folder.load("worlds=3", "months=1", "rules.honour.reputation=1.1")
    results = run_scenario(loaded, folder.path / "results", fakes.options()).results
    return cite(results.folder)


def test_a_run_is_cited_with_its_digest_and_its_command(cited: RunCitation) -> None:
    assert cited.key == f"whole-{cited.digest[:8]}"
    assert cited.command.startswith("sim run whole --worlds 3 --months 1 --seed ")
    assert cited.command.endswith("--set rules.honour.reputation=1.1")


def test_a_scenario_is_cited_as_its_run_would_be(folder: Folder, cited: RunCitation) -> None:
    planned = cite(folder.path / "whole.toml")
    assert [source.key for source in planned.sources] == [source.key for source in cited.sources]
    assert planned.engine == cited.engine
    assert planned.digest != cited.digest


def test_a_sweep_is_cited_as_it_was_asked_for(folder: Folder) -> None:
    loaded = folder.load("worlds=3", "months=1")
    design = build_design(loaded, ["rules.honour.reputation=0.6,1.2"])
    options = fakes.options(command=("sim", "sweep", "whole.toml"))
    found = cite(run_sweep(loaded, design, folder.path / "out", options).results.folder)
    assert found.command == "sim sweep whole.toml"
    assert found.loaded.name == "whole"


def test_every_work_that_the_scenario_names_is_in_its_group(cited: RunCitation) -> None:
    groups = [GROUPS.index(source.group) for source in cited.sources]
    assert groups == sorted(groups)
    by_key = {source.key: source for source in cited.sources}
    assert by_key["judgement"].group == "judgement"
    assert by_key["atlas"].group == OTHER_FACTS
    assert all(source.uses > 0 for source in cited.sources)


def test_bibtex_has_the_software_the_run_and_the_works_of_others(folder: Folder) -> None:
    sources = folder.path / "sources.toml"
    own, _, others = sources.read_text("utf-8").partition("[atlas]")
    sources.write_text(own + "[atlas]" + others.replace('"own"', '"found"', 1), "utf-8")
    cited = cite(folder.path / "whole.toml")
    text = cited.render_bibtex()
    assert text.startswith("@software{alliance-sim,\n")
    assert f"@misc{{{cited.key},\n" in text
    assert cited.digest in text
    keys = {line.partition("{")[2].rstrip(",") for line in text.splitlines() if line[:1] == "@"}
    assert "judgement" not in keys
    assert "atlas" in keys
