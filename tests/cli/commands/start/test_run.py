from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import Result

from sim.cli.group import INTERRUPTED_MESSAGE
from sim.cli.views.start.run import nest_measures
from sim.errors import ResultsError
from sim.experiment.storage.results import open_run_results
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.cli.conftest import Sim
from tests.experiment import fakes
from tests.scenario.folder import Folder


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_the_last_line_is_the_path_of_the_folder(sim: Sim) -> None:
    result = sim("run", "whole.toml")
    assert result.exit_code == 0
    path = Path(last_line(result.stdout))
    assert path.parent == Path("results")
    assert path.name.startswith("whole-")
    assert open_run_results(path).manifest["worlds"] == 100


def test_quiet_is_that_line_alone(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--quiet")
    assert result.stdout == f"{last_line(result.stdout)}\n"
    assert result.stderr == ""
    assert Path(last_line(result.stdout)).is_dir()


def test_a_long_path_is_not_broken(sim: Sim, tmp_path: Path) -> None:
    out = tmp_path / ("long" * 30) / ("path" * 30)
    result = sim("run", "whole.toml", "--out", str(out))
    assert Path(last_line(result.stdout)).parent == out


def test_the_table_says_what_happened_how_often_and_how_surely(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--worlds", "400")
    metrics = {
        metric.measure: metric
        for metric in open_run_results(Path(last_line(result.stdout))).metrics.values()
    }
    [war] = [line for line in result.stdout.splitlines() if "War breaks out" in line]
    value, low, high = (
        round(100 * x) for x in (metrics["war"].value, metrics["war"].low, metrics["war"].high) if x
    )
    assert war.split() == f"War breaks out {value}% {low} to {high}%".split()
    assert "Did it happen?" in result.stdout
    assert "95% interval" in result.stdout
    assert "The sky falls" in result.stdout
    assert "Regret" not in result.stdout, "it is no headline"


def test_it_says_what_it_rests_on(sim: Sim) -> None:
    output = " ".join(sim("run", "whole.toml", "--worlds", "1200", "--seed", "3").stdout.split())
    assert "The strait: 1,200 simulated worlds, 24 months from 19 June 2024, seed 3" in output
    assert " judged (sim sources); " in output
    assert "uncertain and drawn anew for each world." in output
    assert "Conditional frequencies, not forecasts." in output


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_it_can_be_read_in_a_terminal_of_any_width(
    sim: Sim, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    label = "A war of many words breaks out on the strait between the two"
    labelled = Measure("war", "share of worlds", label, MeasureKind.HAPPENED)
    fakes.put(monkeypatch, fakes.simulate, lambda _: (labelled,))
    words = ("run", "whole.toml", "--set", 'headlines=["war"]', "--out", "r")
    result = sim(*words, columns=columns)
    assert max(map(len, result.stdout.splitlines())) <= columns
    assert "\x1b" not in result.output
    assert label in " ".join(result.stdout.split()).replace(" 39% 30 to 49%", "")


def test_what_happened_and_how_much_stand_apart_with_conditions_indented(sim: Sim) -> None:
    output = sim("run", "whole.toml").stdout
    happened, _, amounts = output.partition("How much?")
    assert "  War breaks out" in happened
    assert "How long a war lasts" not in happened
    assert "Share of worlds" in happened
    assert "  How long a war lasts, months (" in amounts
    assert "Mean" in amounts


def test_a_conditional_outcome_stands_below_its_condition() -> None:
    measures = [
        Measure("honoured", "share", "pact honoured", MeasureKind.HAPPENED, given="invoked"),
        Measure("other", "share", "other", MeasureKind.HAPPENED, given="not shown"),
        Measure("invoked", "share", "pact invoked", MeasureKind.HAPPENED),
    ]
    assert [(label, depth) for _, label, depth in nest_measures(measures)] == [
        ("Other", 0),
        ("Pact invoked", 0),
        ("honoured", 1),
    ]


def test_what_was_changed_is_said_with_what_it_was(sim: Sim) -> None:
    settings = ("--set", "rules.honour.reputation=1.5", "--set", "treaties.pact.conditional=false")
    lines = sim("run", "whole.toml", *settings, "--worlds", "30").stdout.splitlines()
    place = next(index for index, line in enumerate(lines) if line.startswith("Changed: "))
    assert " ".join(lines[place : place + 2]).startswith(
        "Changed: rules.honour.reputation 1.5 (was 1.2); treaties.pact.conditional false (was true)"
    )
    assert "Changed" not in sim("run", "whole.toml", "--worlds", "30", "--months", "9").stdout


def test_a_name_heads_the_table_and_is_stored(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--name", " High reputation ")
    assert "High reputation: 100 simulated worlds" in result.stdout
    folder = Path(last_line(result.stdout))
    assert open_run_results(folder).manifest["label"] == "High reputation"
    assert open_run_results(folder).title == "High reputation"


def test_saved_results_can_be_named_later_and_keep_their_tables(sim: Sim) -> None:
    folder = Path(last_line(sim("run", "whole.toml", "--quiet").stdout))
    worlds = (folder / "worlds.parquet").read_bytes()
    assert open_run_results(folder).title == "The strait"
    renamed = sim("run", "whole.toml", "--name", "Mine")
    assert last_line(renamed.stdout) == str(folder)
    assert "Mine: 100 simulated worlds" in renamed.stdout
    assert open_run_results(folder).label == "Mine"
    assert "Mine: 100 simulated worlds" in sim("run", "whole.toml").stdout, "it stays"
    assert (folder / "worlds.parquet").read_bytes() == worlds
    assert [path.name for path in Path("results").iterdir()] == [folder.name]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (" ", "--name: is empty\n    allowed: 1 to 60 characters\n"),
        ("n" * 61, "--name: has 61 characters\n    allowed: 1 to 60 characters\n"),
    ],
)
def test_a_name_that_heads_no_table_is_refused(sim: Sim, name: str, message: str) -> None:
    result = sim("run", "whole.toml", "--name", name)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
    assert not Path("results").exists()


def test_a_name_that_cannot_be_printed_is_refused(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--name", "one\x1btwo")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--name: ")
    assert result.stderr.endswith("    allowed: printable text\n")


def test_a_name_of_two_lines_becomes_one(sim: Sim) -> None:
    folder = last_line(sim("run", "whole.toml", "--name", "one\ntwo", "--quiet").stdout)
    assert open_run_results(Path(folder)).label == "one two"


def test_a_named_run_is_repeated_to_the_byte(sim: Sim) -> None:
    folder = last_line(sim("run", "whole.toml", "--name", "Mine", "--quiet").stdout)
    result = sim("rerun", folder)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("label", ["War [for all] breaks out", "War " + "of a long name " * 9])
def test_labels_are_shown_as_they_are(
    sim: Sim, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    labelled = Measure("war", "share of worlds", label, MeasureKind.HAPPENED)
    fakes.put(monkeypatch, fakes.simulate, lambda _: (labelled,))
    output = sim("run", "whole.toml", "--set", 'headlines=["war"]').stdout
    table = output.partition("What it rests on")[0]
    for word in label.split():
        assert word in table


def test_the_table_keeps_the_order_of_the_headlines(sim: Sim) -> None:
    output = sim("run", "whole.toml", "--set", 'headlines=["never", "war"]').stdout
    assert output.index("The sky falls") < output.index("War breaks out")
    assert "How long" not in output


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_headline_that_is_no_measure_is_refused(sim: Sim, command: str) -> None:
    result = sim(command, "whole.toml", "--set", 'headlines=["lenght"]')
    assert result.exit_code == 2
    assert result.stderr == (
        "--set headlines: 'lenght' is not a measure of this scenario\n"
        "    allowed: one of 4, such as war, never, length, regret; did you mean 'length'?\n"
    )
    assert not Path("results").exists()


def test_options_are_settings(sim: Sim) -> None:
    words = ("run", "whole.toml", "--worlds", "30", "--months", "5", "--seed", "11", "--quiet")
    manifest = open_run_results(Path(last_line(sim(*words).stdout))).manifest
    assert (manifest["worlds"], manifest["months"], manifest["seed"]) == (30, 5, 11)
    assert manifest["settings"] == {"worlds": 30, "months": 5, "seed": 11}
    assert manifest["command"] == ["sim", *words]


def test_an_option_counts_more_than_a_setting(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--set", "worlds=40", "--worlds", "30", "--quiet")
    assert open_run_results(Path(last_line(result.stdout))).manifest["worlds"] == 30


def test_the_same_run_is_simulated_once_and_says_so(sim: Sim) -> None:
    first, second = sim("run", "whole.toml"), sim("run", "whole.toml")
    assert "Saved results" not in first.stdout
    note, _, rest = second.stdout.partition("\n")
    assert note.startswith("Saved results of ")
    assert note.endswith("; --force simulates again.")
    assert rest == first.stdout


def test_force_simulates_the_worlds_again(sim: Sim) -> None:
    folder = Path(last_line(sim("run", "whole.toml", "--quiet").stdout))
    (folder / "scribble").touch()
    again = sim("run", "whole.toml", "--force")
    assert "Saved results" not in again.stdout
    assert last_line(again.stdout) == str(folder)
    assert not (folder / "scribble").exists()


def test_something_else_in_its_place_is_refused(sim: Sim) -> None:
    folder = Path(last_line(sim("run", "whole.toml", "--quiet").stdout))
    (folder / "manifest.json").write_text("{}")
    result = sim("run", "whole.toml")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"{folder}: is not complete\n    it was left unchanged; --force replaces it\n"
    )


def test_too_many_worlds_are_refused(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--worlds", "2000000")
    assert result.exit_code == 2
    assert result.stderr.startswith("--worlds 2000000: 2,000,000 worlds of 24 months are too many")


def test_a_place_that_cannot_be_written_to_is_refused(sim: Sim, folder: Folder) -> None:
    folder.write("file", "")
    result = sim("run", "whole.toml", "--out", "file/results")
    assert result.exit_code == 2
    assert result.stderr == (
        "--out file/results: cannot be written to: Not a directory\n"
        "    choose a folder of your own with --out\n"
    )


def test_if_no_world_can_be_simulated_it_is_reported(
    sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.put(monkeypatch, fakes.refuse)
    result = sim("run", "whole.toml", "--worlds", "50")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("worlds 0 to 49 could not be simulated: ZeroDivisionError: ")
    assert list(Path("results").iterdir()) == []


class TestSomeWorldsCannotBeLived:
    """The rest is there, what is missing is listed, and the same command tries it again."""

    @pytest.fixture
    def result(self, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> Result:
        fakes.put(monkeypatch, fakes.fail)
        return sim("run", "whole.toml", "--worlds", "150")

    def test_the_table_is_shown_and_the_rest_listed(self, result: Result) -> None:
        assert result.exit_code == 1
        assert "The strait: 100 simulated worlds" in result.stdout, "not 150"
        assert any(line.startswith("  War breaks out") for line in result.stdout.splitlines())
        lines = result.stderr.splitlines()
        assert lines[0] == "50 worlds could not be simulated; the results lack them:"
        assert lines[1].startswith(
            "    worlds 100 to 149 could not be simulated: ZeroDivisionError: "
        )
        assert lines[2].endswith("the same command simulates these worlds again")

    def test_the_manifest_says_so(self, result: Result) -> None:
        folder = Path(last_line(result.stdout))
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        [failure] = manifest["failures"]
        assert manifest["status"] == "partial"
        assert manifest["files"]["worlds.parquet"]["rows"] == 100
        assert (failure["first"], failure["last"]) == (100, 149)
        assert "fakes.py" in failure["traceback"]

    def test_it_is_not_taken_for_complete(self, result: Result) -> None:
        folder = Path(last_line(result.stdout))
        with pytest.raises(ResultsError, match="is not complete: 50 worlds could not be simulated"):
            open_run_results(folder)

    def test_the_same_command_lives_only_what_is_missing(
        self, result: Result, sim: Sim, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        simulated = list[int]()

        def note(scenario: Scenario, first: int, count: int) -> History:
            simulated.extend(range(first, first + count))
            return fakes.simulate(scenario, first, count)

        fakes.put(monkeypatch, note)
        again = sim("run", "whole.toml", "--worlds", "150")
        assert (again.exit_code, again.stderr) == (0, "")
        assert simulated == list(range(100, 150))
        folder = Path(last_line(again.stdout))
        assert open_run_results(folder).manifest["files"]["worlds.parquet"]["rows"] == 150
        assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_being_stopped_keeps_what_was_simulated(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.put(monkeypatch, fakes.interrupt)
    result = sim("run", "whole.toml", "--worlds", "3000", "--workers", "1")
    assert result.exit_code == 130
    assert result.stderr == f"{INTERRUPTED_MESSAGE}\n"
    [unfinished] = Path("results").iterdir()
    assert unfinished.name.endswith(".part")


def test_the_manifest_is_json_that_others_can_read(sim: Sim) -> None:
    folder = Path(last_line(sim("run", "whole.toml", "--quiet").stdout))
    json.loads((folder / "manifest.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
