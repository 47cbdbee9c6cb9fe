from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import sim
from sim.analysis.data.ema_export import tabulate_sweep
from sim.analysis.stories.promise import list_promises
from sim.cli.app import app
from sim.errors import RequestError, ResultsError, ScenarioError
from sim.experiment.execution import scheduler
from tests.analysis import effect_engine, variance_engine
from tests.analysis.conditioning import planted
from tests.analysis.stories.example_worlds import hot_lives
from tests.experiment import fakes
from tests.scenario.folder import Folder

WITHOUT = 'extends = "whole.toml"\ntitle = "No promise"\n[treaties.pact]\nconcluded = false\n'

CHOICES = ["measure_choices", "compare_choices"]
COMMANDS = {command.callback.__name__ for command in app.registered_commands if command.callback}
OTHER_NAMES = {"explore": "explorer", "report": "page", "play": "play_class"}
"""Commands whose names are packages, and their words."""
SHOWN = {
    "quiet",
    "table",
    "detail",
    "choices",
    "short",
    "answer",
    "teacher",
    "json",
    "open_",
    "all_",
    "moves",
    "serve",
    "port",
    "top",
}
"""Options that concern a screen, or that have words of their own."""
FILES = {"out", "to", "html", "page", "form", "stress", "csv"}
"""Options that write what a result writes itself."""
NEVER_FAIL = {"lessons", "results", "schema"}
RENAMED = {"set_": "settings"}
ALONE = {
    "explore": {"measure"},  # it is `measures` there
    "find": {"every"},  # a frame is cut by its reader
    "play": {"check", "forget"},  # what only a terminal does for a class
    "sensitivity": {"theories"},  # sim.compare_theories
    "sweep": {"measure"},  # what its table shows
    "validate": {"force"},
}
"""Options that single commands have alone."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    effect_engine.put(monkeypatch)
    monkeypatch.chdir(tmp_path)
    folder = Folder.at(tmp_path)
    title = 'title = "The strait"'
    folder.with_line(title, f'{title}\nheadlines = ["war", "length"]')
    folder.write("without.toml", WITHOUT)
    return folder


def test_a_run_is_frames_and_is_not_simulated_twice(folder: Folder) -> None:
    result = sim.run("whole.toml", worlds=30, settings=["months=3"])
    assert (len(result.worlds), result.manifest["months"]) == (30, 3)
    (result.folder / "scribble").touch()
    assert sim.run("whole.toml", worlds=30, months=3).folder == result.folder
    assert (result.folder / "scribble").exists()
    sim.run("whole.toml", worlds=30, months=3, force=True)
    assert not (result.folder / "scribble").exists()


def test_worlds_are_added_until_a_measure_is_known(folder: Folder) -> None:
    result = sim.run("whole.toml", until=["war +-9pp"], at_most=2000)
    metric = result.metrics.set_index("measure").loc["war"]
    assert metric["high"] - metric["low"] <= 0.18
    assert sim.run("whole.toml", until="war +-9pp", at_most=2000).folder == result.folder
    with pytest.raises(RequestError, match="which is not given"):
        sim.run("whole.toml", at_most=5)


def test_worlds_are_added_to_the_largest_run(folder: Folder) -> None:
    sim.run("whole.toml", worlds=30)
    result = sim.run("whole.toml", more_worlds=20)
    assert result.worlds["world"].tolist() == list(range(50))
    plain = sim.run("whole.toml", worlds=50, out="plain")
    assert result.worlds.equals(plain.worlds)
    assert result.months.equals(plain.months)
    with pytest.raises(RequestError, match="holds no finished run of this scenario"):
        sim.run("whole.toml", more_worlds=20, seed=8)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"more_worlds": 5, "worlds": 5}, "excludes worlds and until"),
        ({"more_worlds": 5, "until": "war +-1pp"}, "excludes worlds and until"),
        ({"more_worlds": 0}, "more_worlds: must be above zero, and is 0"),
    ],
)
def test_there_is_one_way_at_a_time_to_say_how_many(
    folder: Folder, given: dict[str, object], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        sim.run("whole.toml", **given)  # type: ignore[arg-type]


def test_results_are_repeated(folder: Folder) -> None:
    run = sim.run("whole.toml", worlds=20, months=3)
    result = sim.rerun(run.folder)
    assert (set(result.identical), result.equivalent, result.different) == (
        set(run.manifest["files"]),
        (),
        (),
    )
    assert sim.rerun(str(run.folder / "manifest.json")) == result
    (run.folder / "worlds.parquet").write_bytes(b"")
    with pytest.raises(ResultsError, match=r"is damaged: worlds\.parquet"):
        sim.rerun(run.folder)


def test_very_many_worlds_need_not_store_their_months(folder: Folder) -> None:
    run = sim.run("whole.toml", worlds=5, months=3, tables="worlds")
    assert len(run.worlds) == 5
    with pytest.raises(ResultsError, match="months"):
        _ = run.months
    with pytest.raises(RequestError, match=r"tables 'some': .*\n    allowed: worlds, months, all"):
        sim.run("whole.toml", tables="some")


def test_the_story_of_a_world_is_returned(folder: Folder) -> None:
    story = sim.tell("whole.toml", world=3)
    assert str(story).startswith("World 3 of “The strait”\n")
    assert story._repr_markdown_() == story.page
    assert story.page.startswith("# World 3 of “The strait”\n")
    assert repr(story) == "<World 3 of “The strait”>"
    assert story.record["world"] == 3
    for given, message in (
        ({}, "name one world"),
        ({"world": 100}, "there is no such world"),
        ({"pick": "best"}, "pick 'best': there is no such rule\n    allowed: typical, war,"),
        ({"world": 3, "why": "nobody"}, "no answer to a call matches in world 3"),
    ):
        with pytest.raises(RequestError, match=message):
            sim.tell("whole.toml", **given)


def test_a_world_is_picked_out_of_a_run(folder: Folder) -> None:
    run = sim.run("whole.toml", worlds=20, months=3)
    assert sim.tell(run, pick="typical").record["picked"].startswith("the world nearest")


def test_a_promise_is_explained(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    record = next(
        record for record in map(hot_lives().world_record, range(40)) if list_promises(record)
    )
    monkeypatch.setattr("sim.analysis.stories.tell.resimulate", lambda *_: record)
    choice = list_promises(record)[0]
    event = f"{choice.key.who}@{choice.month}"
    story = sim.tell("whole.toml", world=record.world, why=event, against="record")
    result = story.record
    assert result["month"] == choice.month
    assert sum(result["shares"].values()) == pytest.approx(
        result["chance"] - result["reference_chance"]
    )
    assert str(story) != story.page
    with pytest.raises(RequestError, match="against 'hope': there is no such reference"):
        sim.tell("whole.toml", world=record.world, why=event, against="hope")


def test_a_sweep_is_frames_with_its_design(folder: Folder) -> None:
    vary = ["rules.honour.reputation=0.6,1.2", "treaties.pact.concluded=true,false"]
    result = sim.sweep("whole.toml", vary=vary, worlds=20, also=["events"])
    assert repr(result) == f"<sweep {result.folder}>"
    assert list(result.design)[1:] == ["rules.honour.reputation", "treaties.pact.concluded"]
    assert len(result.worlds) == 4 * 20
    assert len(result.metrics) == 4 * 4
    assert set(result.events["point"]) == set(result.design["point"])
    with pytest.raises(
        ResultsError, match="holds no table of months; run the sweep with --also months"
    ):
        _ = result.months
    assert list(sim.compare(result).differences["with"]) == ["A", "A", "C", "C", "A", "A"]
    point = result.folder / result.design["point"][1]
    against = sim.compare(point, "without.toml")
    assert set(against.inputs["key"]) == {"rules.honour.reputation"}
    with pytest.raises(RequestError, match="is a sweep of 4 points, and one is needed"):
        sim.discover(result, measure="war")
    assert sim.discover(point, measure="war").too_few_worlds


def test_a_sweep_is_exported_point_by_point(folder: Folder) -> None:
    result = sim.sweep("whole.toml", sample="lhs:8", over=["rules.honour.reputation"], worlds=20)
    experiments, outcomes = tabulate_sweep(result)
    assert experiments["rules.honour.reputation"].between(0.6, 1.8).all()
    shares = result.worlds.groupby("point", sort=False)["war"].mean()
    assert outcomes["war"].tolist() == shares.tolist()
    assert sim.export(result, "x.tar.gz").is_file()


def test_a_scenario_is_read_with_what_is_set(folder: Folder) -> None:
    scenario = sim.read_scenario("whole.toml", settings=["rules.honour.reputation=1.3"], seed=3)
    assert scenario.seed == 3
    assert scenario.rules.honour.reputation.value == 1.3


def test_runs_folders_and_files_can_be_compared(folder: Folder) -> None:
    base = sim.run("whole.toml")
    result = sim.compare(base, "without.toml")
    assert set(result.inputs["key"]) == {"treaties.pact.concluded"}
    war = result.differences.set_index("measure").loc["war"]
    assert war[["both", "added", "averted", "neither"]].sum() == 100
    assert list(result.measures["side"]) == ["A", "B"] * 2
    again = sim.compare(base.folder, str(sim.run("without.toml").folder), every=True)
    assert len(again.differences) == 4
    assert result.write("compared") == Path("compared")


def test_choices_are_measured_and_compared(folder: Folder) -> None:
    """By the real model, whatever engine the runs are from."""
    size: dict[str, Any] = {"worlds": 20, "months": 3}
    rates = sim.measure_choices("whole.toml", **size)
    assert set(rates["kind"]) >= {"challenge", "resist", "climb", "war", "help"}
    differing = sim.compare_choices("whole.toml", sim.read_scenario("without.toml"), **size)
    names = ["kind", "rivalry", "actor", "towards"]
    whole = differing[differing["through"] == "all"].set_index(names)["difference"]
    parts = differing[differing["through"] != "all"].groupby(names)["difference"].sum()
    assert len(parts) > 0
    assert list(parts) == pytest.approx(list(whole[parts.index]))
    runs = sim.compare("whole.toml", "without.toml", **size).choices
    assert set(runs[["with", "without"]].iloc[0]) == {"A", "B"}
    assert list(runs["difference"].dropna()) == pytest.approx(
        list(differing["difference"].dropna())
    )


def test_sensitivity_without_an_answer_warns_with_the_reason(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    variance_engine.put(monkeypatch)
    with pytest.warns(UserWarning, match="It is defined only where never, which is so in no world"):
        result = sim.sensitivity("whole.toml", measure="scared", top=1, samples=4, worlds=2)
    assert result.indices == ()
    assert "defined only where never" in result._repr_html_()
    with pytest.raises(RequestError, match=r"scared: .*defined only where never"):
        result.chart()


def test_assumptions_that_matter_are_found(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    variance_engine.put(monkeypatch)
    result = sim.sensitivity("whole.toml", measure="level", top=1, samples=4, worlds=2)
    assert [index.key for index in result.indices] == [variance_engine.STRONG]
    assert result.frame()["key"].tolist() == [variance_engine.STRONG]
    assert variance_engine.STRONG in result._repr_html_()
    assert result.chart().to_dict()["layer"]
    monkeypatch.setattr("sim.analysis.sensitivity.levers.list_measures", variance_engine.measures)
    moved = sim.levers("whole.toml", measure="level", worlds=20)
    assert moved["key"][0] == variance_engine.STRONG
    run = sim.run("whole.toml", worlds=500, settings=['headlines=["level"]'])
    found = sim.discover(run, measure="high")
    [rule, *_] = found.rules
    assert found.frame()["key"][0] == variance_engine.STRONG
    assert variance_engine.STRONG in found._repr_html_()
    assert rule.conditions[0].key == variance_engine.STRONG
    assert sim.export(run, "x.tar.gz").is_file()


def test_worlds_are_conditioned_on_what_has_happened(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.put(monkeypatch)
    run = sim.run("whole.toml", worlds=300, months=12, settings=['headlines=["calm"]'])
    given = sim.condition(run, on="soldiers_sent by 6")
    sent = run.events.query("event == 'troops_sent' and month <= 6")["world"]
    assert given.worlds["world"].tolist() == sorted(sent)
    assert (given.left, given.effective) == (len(sent), len(sent))
    assert given.steps["left"].tolist() == [len(sent)]
    assert f"{len(sent)} of 300 worlds are left" in given._repr_html_()
    assert given.frame().equals(given.measures)
    assert given.measures["measure"].tolist() == ["calm"]
    assert given.assumptions.query("differs")["key"].tolist() == [planted.STRONG]
    assert given.write("given") == Path("given")
    assert sim.condition("whole.toml", on=["calm"], worlds=40, months=12).conditioning.worlds == 40
    with pytest.raises(RequestError, match="nothing to condition on"):
        sim.condition(run)


def test_no_process_is_started_unasked(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    """A script without a guard around it would otherwise be started again by each of them."""
    variance_engine.put(monkeypatch)
    started = fakes.count_pools(monkeypatch)
    monkeypatch.setattr(scheduler, "MIN_SECONDS_SAVED", 0.0)
    many = {"measure": "level", "factors": [variance_engine.STRONG], "samples": 512, "worlds": 16}
    sim.sensitivity("whole.toml", **many)  # type: ignore[arg-type]
    assert set(started) == {1}
    sim.sensitivity("whole.toml", **many, workers=3)  # type: ignore[arg-type]
    assert 3 in started


def test_errors_are_those_of_the_command_line(folder: Folder) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        sim.run("gone.toml")
    with pytest.raises(RequestError, match="there is no scenario and no results folder"):
        sim.load("gone")
    with pytest.raises(ResultsError, match="there is no such folder"):
        sim.load("results/gone")
    with pytest.raises(RequestError, match="too many for one run"):
        sim.run("whole.toml", worlds=10**9)
    with pytest.raises(RequestError, match=r"method 'sobol2'.*\n    allowed: sobol, morris"):
        sim.sensitivity("whole.toml", measure="war", method="sobol2")


def test_the_package_is_there_at_once() -> None:
    story = subprocess.run(
        [sys.executable, "-c", "import sim, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "sim" in story
    assert not {"numpy", "pandas", "pyarrow", "mesa", "pydantic", "sim.analysis"} & set(story)


def test_every_public_name_is_there_and_no_other() -> None:
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    assert dir(sim) == sorted(sim.__all__)
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'lode'"):
        _ = sim.lode


def test_every_command_has_its_word() -> None:
    words = {OTHER_NAMES.get(command, command) for command in COMMANDS}
    assert sorted(words - set(sim.__all__)) == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_word_has_the_options_of_its_command(command: str) -> None:
    """Options that only concern a screen or a file of their own have no place here."""
    known = get_command(app).commands[command]  # type: ignore[attr-defined]
    options = {str(parameter.name) for parameter in known.params}
    word = getattr(sim, OTHER_NAMES.get(command, command))
    parameters = set(inspect.signature(word).parameters)
    own = {"settings", "measures", "out"}
    assert parameters - own <= options
    renamed = {RENAMED.get(option, option) for option in options - parameters}
    assert renamed <= parameters | SHOWN | FILES | ALONE.get(command, set())


@pytest.mark.parametrize(
    "name", [name for name in sim.__all__ if name.islower() and name[0] != "_"]
)
def test_every_word_says_what_can_go_wrong(name: str) -> None:
    assert name in NEVER_FAIL or "Raises:" in (inspect.getdoc(getattr(sim, name)) or "")


def test_a_stress_test_is_frames_and_findings(folder: Folder) -> None:
    result = sim.stress("whole.toml", "without.toml", worlds=20, months=1)
    assert "Who comes to whom" in result._repr_html_()
    assert result.frame().equals(result.cells)
    assert result.findings[0].startswith("The strait against No promise: help differs in")
    keys = ["opening", "outcome", "actor", "side", "level"]
    first, second = (result.cells[result.cells["scenario"] == name] for name in result.names)
    paired = result.differences.set_index(keys)["difference"].to_numpy()
    assert paired == pytest.approx(first.set_index(keys)["value"].to_numpy() - second["value"])
    assert (result.write("crises") / "manifest.json").exists()
    with pytest.raises(RequestError, match="already exists"):
        result.write("crises")


def test_one_crisis_of_one_scenario_can_be_stressed_alone(folder: Folder) -> None:
    crisis = "mountains:borduria@force"
    result = sim.stress("whole.toml", crisis=crisis, only=True, worlds=20, months=1)
    assert set(result.cells["opening"]) == {crisis}
    assert result.differences.empty
    with pytest.raises(RequestError, match="name at least one scenario file"):
        sim.stress()
