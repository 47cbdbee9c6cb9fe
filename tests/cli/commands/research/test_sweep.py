from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import Result

from sim.experiment.storage.results import Results, open_run_results, open_sweep_results
from sim.model.recording.history import History
from sim.scenario.schema.scenario import Scenario
from tests.cli.conftest import Sim
from tests.experiment import fakes
from tests.scenario.folder import Folder

VARY = ("--vary", "rules.honour.reputation=0.6,1.8", "--vary", "mechanisms.memory=true,false")


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def folder_of(result: Result) -> Path:
    assert result.exit_code == 0, result.stderr
    return Path(last_line(result.stdout))


class TestSweep:
    """`sim sweep`."""

    def open_results(self, result: Result) -> Results:
        return open_sweep_results(folder_of(result))

    def test_the_last_line_is_the_path_of_the_folder(self, sim: Sim) -> None:
        result = sim("sweep", "whole.toml", *VARY)
        assert self.open_results(result).folder.name.startswith("whole-sweep-")

    def test_a_few_points_are_listed_with_their_values(self, sim: Sim) -> None:
        output = sim("sweep", "whole.toml", *VARY).stdout
        lines = [line.split() for line in output.splitlines()]
        assert "The strait: 4 points, 2 factors" in output
        assert ["reputation", "memory", "war", "never", "length", "point"] in lines
        assert [line[:2] for line in lines if line[:1] in (["0.6"], ["1.8"])] == [
            ["0.6", "True"],
            ["0.6", "False"],
            ["1.8", "True"],
            ["1.8", "False"],
        ]
        assert "At each point 100 simulated worlds, 24 months from" in output

    def test_measures_can_be_named_conditional_ones_too(self, sim: Sim) -> None:
        measures = ("--measure", "regret", "--measure", "length")
        lines = [
            line.split()
            for line in sim("sweep", "whole.toml", *VARY, *measures).stdout.splitlines()
        ]
        assert ["reputation", "memory", "regret", "length", "point"] in lines
        assert [line[2] for line in lines if line[:1] in (["0.6"], ["1.8"])] == ["n/a"] * 4
        refused = sim("sweep", "whole.toml", *VARY, "--measure", "lenght")
        assert refused.exit_code == 2
        assert "did you mean 'length'?" in refused.stderr

    def test_of_many_points_the_least_and_the_most_are_shown(self, sim: Sim) -> None:
        output = sim("sweep", "whole.toml", "--sample", "lhs:30", "--workers", "1").stdout
        assert "30 points" in output
        assert ["Outcome", "Minimum", "Maximum", "Points"] in [
            line.split() for line in output.splitlines()
        ]

    def test_it_can_be_read_at_eighty_columns(self, sim: Sim) -> None:
        for words in (VARY, ("--sample", "lhs:3")):
            result = sim("sweep", "whole.toml", *words)
            assert max(map(len, result.stdout.splitlines())) <= 80
            assert "\x1b" not in result.output

    def test_options_are_heeded(self, sim: Sim) -> None:
        words = ("--worlds", "20", "--months", "3", "--seed", "5", "--also", "months", "--quiet")
        result = sim("sweep", "whole.toml", *VARY, *words)
        manifest = self.open_results(result).manifest
        assert result.stdout == f"{folder_of(result)}\n"
        assert (manifest["worlds"], manifest["months"], manifest["seed"]) == (20, 3, 5)
        assert manifest["files"]["months.parquet"]["rows"] == 4 * 20 * 3
        assert "events.parquet" not in manifest["files"]

    def test_a_scenario_may_say_what_is_varied(self, sim: Sim, folder: Folder) -> None:
        text = '[sweep]\nsample = "lhs:3"\nover = ["rules.honour"]\n[sweep.vary]\nmonths = [3, 4]\n'
        folder.write("wide.toml", f'extends = "whole.toml"\n{text}')
        assert self.open_results(sim("sweep", "wide.toml")).manifest["points"] == 6
        assert sim("check", "wide.toml").exit_code == 0

    def test_what_makes_no_sense_in_it_is_reported_with_its_line(
        self, sim: Sim, folder: Folder
    ) -> None:
        folder.write("wide.toml", 'extends = "whole.toml"\n[sweep]\nvari = {}\n')
        result = sim("sweep", "wide.toml")
        assert result.exit_code == 2
        assert result.stderr.startswith("wide.toml:3: sweep.vari: unknown key")
        assert "did you mean 'vary'?" in result.stderr

    def test_an_unknown_factor_is_refused(self, sim: Sim) -> None:
        result = sim("sweep", "whole.toml", "--vary", "rules.honour.reputaton=1")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "did you mean 'rules.honour.reputation'?" in result.stderr
        assert not Path("results").exists()

    def test_a_name_that_leads_nowhere_is_refused_before_anything_is_simulated(
        self, sim: Sim, folder: Folder
    ) -> None:
        message = "--vary wars.crossing.rivalry: 'strat' is not a known rivalry\n"
        result = sim("sweep", "whole.toml", "--vary", "wars.crossing.rivalry=strait,strat")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(message)
        assert not Path("results").exists()
        folder.write(
            "wide.toml",
            'extends = "whole.toml"\n[sweep.vary]\n"wars.crossing.rivalry" = ["strat"]\n',
        )
        result = sim("check", "wide.toml")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(message)

    def test_points_that_fail_are_listed(self, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(scenario: Scenario, first: int, count: int) -> History:
            if not scenario.mechanisms.memory:
                fakes.refuse(scenario, first, count)
            return fakes.simulate(scenario, first, count)

        fakes.put(monkeypatch, fail)
        result = sim("sweep", "whole.toml", *VARY)
        assert result.exit_code == 1
        lines = result.stderr.splitlines()
        assert lines[0] == "200 worlds could not be simulated; the results lack them:"
        assert len(lines) == 4
        assert ": worlds 0 to 99 could not be simulated: ZeroDivisionError" in lines[1]
        assert open_sweep_results(Path(last_line(result.stdout)), allow_partial=True).is_partial


class TestMoreWorlds:
    """`sim run --more-worlds`."""

    def test_only_the_new_worlds_are_simulated(
        self, sim: Sim, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sim("run", "whole.toml", "--worlds", "100")
        plain = open_run_results(
            folder_of(sim("run", "whole.toml", "--worlds", "160", "--out", "plain"))
        )
        simulated = list[int]()

        def note(*block: object) -> object:
            simulated.append(int(str(block[1])))
            return fakes.simulate(*block)  # type: ignore[arg-type]

        fakes.put(monkeypatch, note)  # type: ignore[arg-type]
        open_results = open_run_results(folder_of(sim("run", "whole.toml", "--more-worlds", "60")))
        assert simulated == [100]
        for name in plain.manifest["files"]:
            file = open_results.folder / name
            assert file.read_bytes() == (plain.folder / name).read_bytes(), name

    def test_it_goes_on_from_the_largest(self, sim: Sim) -> None:
        sim("run", "whole.toml")
        for worlds in (110, 120):
            result = sim("run", "whole.toml", "--more-worlds", "10")
            assert open_run_results(folder_of(result)).manifest["worlds"] == worlds

    def test_brackets_in_a_name_are_part_of_it(self, sim: Sim, folder: Folder) -> None:
        folder.whole.rename(folder.path / "whole [1].toml")
        sim("run", "whole [1].toml")
        result = sim("run", "whole [1].toml", "--more-worlds", "10")
        assert open_run_results(folder_of(result)).manifest["worlds"] == 110

    def test_too_many_are_told_of_the_option_that_asked_for_them(self, sim: Sim) -> None:
        sim("run", "whole.toml")
        result = sim("run", "whole.toml", "--more-worlds", "1e9")
        assert result.exit_code == 2
        assert result.stderr.startswith(
            "--more-worlds 1,000,000,000: too many for one run that has 100 already\n    allowed: "
        )

    @pytest.mark.parametrize("words", [(), ("--seed", "1"), ("--months", "3")])
    def test_there_must_be_something_to_extend(self, sim: Sim, words: tuple[str, ...]) -> None:
        if words:
            sim("run", "whole.toml")
        result = sim("run", "whole.toml", "--more-worlds", "10", *words)
        assert result.exit_code == 2
        assert result.stderr == (
            "--more-worlds: results holds no finished run of this scenario with these months, "
            "this seed and this engine\n    leave the option out to start one\n"
        )

    def test_it_says_by_itself_how_many(self, sim: Sim) -> None:
        result = sim("run", "whole.toml", "--more-worlds", "10", "--worlds", "20")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            "--worlds and --more-worlds: one at a time; the second adds to a run\n"
        )


class TestUntil:
    """`sim run --until`."""

    def test_it_says_how_it_ended(self, sim: Sim) -> None:
        result = sim("run", "whole.toml", "--until", "war +-5pp")
        looks = open_run_results(folder_of(result)).manifest["until"]["looks"]
        assert result.stdout.startswith(
            f"After {looks[-1]['worlds']:,} worlds known to war +-5pp; the intervals allow for "
            f"{len(looks)} looks."
        )
        assert f"{looks[-1]['worlds']:,} simulated worlds, 24 months from" in result.stdout

    def test_what_was_not_reached_is_reported_by_the_exit_code(self, sim: Sim) -> None:
        result = sim("run", "whole.toml", "--until", "war +-0.1pp", "--at-most", "300")
        assert result.exit_code == 1
        assert result.stdout.startswith("After 300 worlds not yet known to war +-0.1pp; ")

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("--until", "wax +-1pp"), "'wax' is not a measure of this scenario"),
            (("--at-most", "3"), "--at-most: limits --until, and there is no --until"),
            (
                ("--until", "war +-1pp", "--more-worlds", "3"),
                "--more-worlds and --until: one at a time; --until adds worlds itself",
            ),
            (
                ("--until", "war +-1pp", "--at-most", "2000000"),
                "--worlds 2000000: 2,000,000 worlds of 24 months are too many",
            ),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, sim: Sim, words: tuple[str, ...], message: str
    ) -> None:
        result = sim("run", "whole.toml", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


class TestRerun:
    """`sim rerun`."""

    @pytest.mark.parametrize("words", [("run",), ("sweep", *VARY)], ids=["run", "sweep"])
    def test_the_same_is_reported(self, sim: Sim, words: tuple[str, ...]) -> None:
        folder = folder_of(sim(words[0], "whole.toml", *words[1:]))
        result = sim("rerun", str(folder / "manifest.json"))
        expected = f"{folder}: simulated again, and identical to the last byte\n"
        assert (result.exit_code, result.stdout) == (0, expected)

    def test_a_difference_is_reported(self, sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = folder_of(sim("run", "whole.toml"))

        def other(*block: object) -> object:
            history = fakes.simulate(*block)  # type: ignore[arg-type]
            history.worlds["length"][0] += 1
            return history

        fakes.put(monkeypatch, other)  # type: ignore[arg-type]
        result = sim("rerun", str(folder))
        assert result.exit_code == 1
        assert result.stdout.splitlines()[0] == f"{folder}: simulated again, and not the same"
        assert "    worlds.parquet: differs" in result.stdout
        assert "    months.parquet: identical" in result.stdout


def test_few_worlds_stay_with_one_process_and_it_says_so(sim: Sim) -> None:
    result = sim("run", "whole.toml", "--workers", "2")
    assert result.stdout.startswith(
        "One process simulated these worlds sooner than others could have started.\n"
    )


def test_a_scheduler_that_is_not_there_is_reported(sim: Sim) -> None:
    pytest.importorskip("distributed")
    result = sim("run", "whole.toml", "--scheduler", "nonsense")
    assert result.exit_code == 2
    assert result.stderr.startswith("--scheduler nonsense: no Dask scheduler answers there\n")
