from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.choices import of_runs
from tests.analysis import effect_engine
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder

WITHOUT = 'extends = "whole.toml"\ntitle = "No promise"\n[treaties.pact]\nconcluded = false\n'


@pytest.fixture
def plant(sim: Sim, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Sim:
    """The command, with an engine in which the treaty does something known.

    Choices are those of the real model, and take their time: they are shown where asked for.
    """
    effect_engine.put(monkeypatch)
    monkeypatch.setattr(of_runs, "MAX_WORLDS", 0)
    folder.write("without.toml", WITHOUT)
    return sim


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def simulate(sim: Sim, *words: str) -> str:
    return last_line(sim("run", *words, "--quiet", "--workers", "1").stdout)


def words(text: str) -> str:
    return " ".join(text.split())


def row(text: str, label: str) -> list[str]:
    """Return the first line of a table that begins with a label, without it."""
    [first, *_] = [line for line in text.splitlines() if line.strip().startswith(label)]
    return first.strip().removeprefix(label).split()


def test_folders_are_compared(plant: Sim) -> None:
    result = plant("compare", simulate(plant, "whole.toml"), simulate(plant, "without.toml"))
    assert result.exit_code == 0, result.stderr
    first, second, *_ = result.stdout.splitlines()
    assert first.startswith("A  The strait: results/whole-")
    assert second.startswith("B  No promise: results/without-")
    assert row(result.stdout, "treaties.pact.concluded") == ["yes", "no"]
    assert "A has what B lacks: Pact of Alby (pact). Differences are A minus B." in words(
        result.stdout
    )
    assert "Left out" not in result.stdout


def test_what_happened_in_pairs_is_reported_in_words(plant: Sim) -> None:
    many = ("--worlds", "1000", "--workers", "1")
    output = words(plant("compare", "whole.toml", "without.toml", *many).stdout)
    assert "A with, B without: paired worlds" in output
    assert (
        "1,000 pairs of worlds: world 0 of A and world 0 of B have the same random draws" in output
    )
    assert "Of 1,000 pairs of worlds, War breaks out: in both in 3" in output
    assert "(added), only with B in " in output
    assert (
        "Added by the treaty: it happened only in the world of A. Averted: only in that of B."
        in output
    )


def test_scenario_files_are_simulated_once_and_with_the_terms_of_the_first(plant: Sim) -> None:
    first = plant("compare", "whole.toml", "without.toml", "--worlds", "40", "--seed", "3")
    assert first.exit_code == 0, first.stderr
    assert len(list(Path("results").iterdir())) == 2
    again = plant("compare", "whole.toml", "without.toml", "--worlds", "40", "--seed", "3")
    assert again.stdout == first.stdout
    assert len(list(Path("results").iterdir())) == 2


def test_a_scenario_file_takes_worlds_and_seed_from_a_folder_before_it(plant: Sim) -> None:
    folder = simulate(plant, "whole.toml", "--worlds", "30", "--seed", "5")
    output = words(plant("compare", folder, "without.toml").stdout)
    assert "30 pairs of worlds" in output


def test_without_a_difference_it_says_so(plant: Sim, folder: Folder) -> None:
    folder.write("alike.toml", 'extends = "whole.toml"\ntitle = "Alike"\n')
    output = plant("compare", "whole.toml", "alike.toml").stdout
    assert "None." in output
    assert "B against A: paired worlds" in output
    assert "A was named first and is the baseline. Differences are B minus A." in words(output)
    assert "War breaks out the same in" in words(output)
    assert "Of 100 pairs" not in output


def test_strangers_are_compared_politely(plant: Sim) -> None:
    result = plant(
        "compare", simulate(plant, "whole.toml"), simulate(plant, "whole.toml", "--seed", "9")
    )
    assert result.exit_code == 0
    assert "B against A: unrelated runs" in result.stdout
    assert "The worlds are not paired: their seeds differ: 7 and 9." in words(result.stdout)
    assert "run both with the same --worlds and --seed to pair them." in words(result.stdout)
    for word in ("Added", "Fewer worlds"):
        assert word not in result.stdout


def test_another_engine_is_named_among_what_differs(
    plant: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_run = simulate(plant, "whole.toml")
    monkeypatch.setattr("sim.experiment.storage.run_key.engine_fingerprint", lambda: "another")
    second_run = simulate(plant, "without.toml")
    assert "The model has changed between these runs" in words(
        plant("compare", first_run, second_run).stdout
    )


def test_three_are_compared_with_the_first(plant: Sim) -> None:
    third_run = simulate(plant, "whole.toml", "--months", "25")
    output = plant("compare", "whole.toml", "without.toml", third_run).stdout
    assert "A with, B without: paired worlds" in output
    assert "C against A: paired worlds" in output
    assert row(output, "months") == ["24", "24", "25"]


def test_the_points_of_a_sweep_are_compared(plant: Sim) -> None:
    words_ = ("sweep", "whole.toml", "--vary", "treaties.pact.concluded=true,false")
    folder = last_line(plant(*words_, "--workers", "1", "--quiet").stdout)
    result = plant("compare", folder)
    assert result.exit_code == 0, result.stderr
    first, second, *_ = result.stdout.splitlines()
    assert first.startswith(f"A  The strait: {folder}/")
    assert row(result.stdout, "treaties.pact.concluded") == ["yes", "no"]
    assert "A with, B without: paired worlds" in result.stdout
    points = [line.rpartition(" ")[2] for line in (first, second)]
    assert plant("compare", *points).stdout == result.stdout


def test_more_sides_than_fit_are_shown_one_table_after_the_other(plant: Sim) -> None:
    words_ = ("--vary", "months=3:8:6", "--worlds", "9", "--workers", "1", "--quiet")
    folder = last_line(plant("sweep", "whole.toml", *words_).stdout)
    output = plant("compare", folder).stdout
    assert max(map(len, output.splitlines())) <= 80
    rows = [line.split() for line in output.splitlines()]
    assert [cells[1:] for cells in rows if cells[:1] == ["months"]] == [
        ["3", "4", "5", "6"],
        ["7", "8"],
    ]
    shares = [line.count("%") for line in output.splitlines() if line.startswith(" War breaks out")]
    assert shares[:2] == [4, 2]


def test_a_unit_is_said_once(plant: Sim) -> None:
    result = plant(
        "compare",
        "whole.toml",
        simulate(plant, "whole.toml", "--set", "rules.honour.reputation=1.23456789"),
    )
    assert row(result.stdout, "rules.honour.reputation") == ["1.2", "1.23457"]
    assert words(result.stdout).count("(any)") == 1


def test_a_page_is_of_runs_only_and_that_is_said_before_anything_is_worked_out(plant: Sim) -> None:
    words_ = ("--vary", "months=3,4", "--worlds", "9", "--workers", "1", "--quiet")
    folder = last_line(plant("sweep", "whole.toml", *words_).stdout)
    result = plant("compare", folder, "--html", "page.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"--html: shows runs only, and {folder} belongs to a sweep\n"
        "    leave the option out, or run the scenario with --set\n"
    )


def test_a_sweep_of_too_many_points_is_refused_with_what_to_do(plant: Sim) -> None:
    words_ = ("--vary", "months=1:13:13", "--worlds", "2", "--workers", "1", "--quiet")
    folder = last_line(plant("sweep", "whole.toml", *words_).stdout)
    refused = plant("compare", folder)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(
        f"{folder}: has 13 points, and at most 12 are compared side by"
    )


def test_all_measures_on_request(plant: Sim) -> None:
    output = plant("compare", "whole.toml", "without.toml", "--all").stdout
    assert "Regret after the sky fell" in output
    assert "n/a" in output


def test_it_can_be_read_at_eighty_columns(plant: Sim) -> None:
    result = plant("compare", "whole.toml", "without.toml", "--all")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.output


def test_tables_are_written_on_request(plant: Sim) -> None:
    result = plant("compare", "whole.toml", "without.toml", "--out", "compared")
    assert last_line(result.stdout) == "compared"
    assert len(list(Path("compared").iterdir())) == 6


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["whole.toml"], "a comparison needs two results folders or more"),
        (["gone", "whole.toml"], "gone: there is no such folder"),
        (["whole.toml", "whol.toml"], "whol.toml: there is no such file"),
        (["scenario", "whole.toml"], "scenario: is not a results folder"),
        (["whole.toml", "without.toml", "--out", "scenario"], "--out scenario: already exists"),
        (["whole.toml", "whole.toml", "--worlds", "0"], "Invalid value for '--worlds'"),
    ],
)
def test_what_makes_no_sense_is_reported(plant: Sim, words: list[str], message: str) -> None:
    Path("scenario").mkdir()
    result = plant("compare", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_terms_have_no_say_over_results_that_are_there(plant: Sim) -> None:
    folder = simulate(plant, "whole.toml")
    result = plant("compare", folder, folder, "--worlds", "5")
    assert result.exit_code == 2
    assert result.stderr.startswith("--worlds 5: does not apply to finished results\n")


@pytest.mark.parametrize("name", ["worlds.parquet", "manifest.json", "metrics.csv"])
def test_a_truncated_folder_is_reported_in_one_line(plant: Sim, name: str) -> None:
    first_run, second_run = simulate(plant, "whole.toml"), simulate(plant, "without.toml")
    file = Path(second_run, name)
    file.write_bytes(file.read_bytes()[:-30])
    result = plant("compare", first_run, second_run)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{second_run}: ")
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_choices_are_compared_where_asked_for(plant: Sim) -> None:
    few = ("whole.toml", "without.toml", "--worlds", "30", "--months", "4")
    assert "choices (" not in plant("compare", *few).stdout
    result = plant("compare", *few, "--choices", "--out", "compared")
    assert result.exit_code == 0, result.stderr
    assert "What the treaty does to choices (30 paired worlds)" in result.stdout
    table = Path("compared/choices.csv").read_text("utf-8").splitlines()
    assert table[0].startswith("with,without,pairs,kind,rivalry,actor,towards,through,ally,")
    assert "A,B,30,challenge," in table[1]


def test_choices_are_compared_unasked_where_worlds_are_few(
    plant: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_runs, "MAX_WORLDS", 30)
    few = ("whole.toml", "without.toml", "--months", "2")
    assert "choices (30" in plant("compare", *few, "--worlds", "30").stdout
    assert "choices (" not in plant("compare", *few, "--worlds", "31").stdout
    assert "choices (" not in plant("compare", *few, "--worlds", "30", "--no-choices").stdout


def test_choices_of_unpaired_worlds_are_refused(plant: Sim) -> None:
    sides = [
        simulate(plant, name, "--seed", seed)
        for name, seed in (("whole.toml", "1"), ("without.toml", "2"))
    ]
    result = plant("compare", *sides, "--choices")
    assert result.exit_code == 2
    assert result.stderr.startswith("--choices: the worlds are not paired: their seeds differ")
    assert "run both with the same --worlds and --seed" in result.stderr
    assert plant("compare", *sides).exit_code == 0
