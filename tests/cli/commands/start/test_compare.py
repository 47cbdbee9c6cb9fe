from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.analysis.choices import of_runs
from sim.model.measures.needs import Need, Rule
from tests.analysis import effect_engine
from tests.cli.conftest import Sim
from tests.experiment import fakes
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
    first, *_, side_a, side_b = result.stdout.splitlines()
    assert first == "What the treaty changes (100 pairs of worlds with the same random draws)"
    assert side_a.startswith("A  The strait: results/whole-")
    assert side_b.startswith("B  No promise: results/without-")
    assert "1 assumption differs: treaties.pact.concluded (yes, no)." in words(result.stdout)
    assert "Left out" not in result.stdout


def test_findings_come_first_then_shares_and_amounts_apart(plant: Sim) -> None:
    many = ("--worlds", "1000", "--workers", "1")
    output = plant("compare", "whole.toml", "without.toml", *many).stdout
    findings, *blocks = output.split("\n\n")
    assert words(findings).startswith(
        "What the treaty changes (1,000 pairs of worlds with the same random draws) "
        "The treaty changes How long a war lasts most: from "
    )
    assert "It also changes War breaks out (+" in words(findings)
    happened, amounts, counted, rest, sides = blocks
    assert happened.startswith("Did it happen? Share of worlds")
    assert amounts.startswith("How much? Mean")
    assert "pp" not in amounts
    assert "War breaks out: of 1,000 pairs, in both worlds in 3" in words(counted)
    assert "added by the treaty in " in words(counted)
    assert rest.startswith("What it rests on")
    assert sides.startswith("A  ")


def test_the_details_are_shown_on_request(plant: Sim) -> None:
    many = ("--worlds", "1000", "--workers", "1", "--detail")
    output = words(plant("compare", "whole.toml", "without.toml", *many).stdout)
    assert "A with, B without: paired worlds" in output
    assert "A has what B lacks: Pact of Alby (pact). Differences are A minus B." in output
    assert (
        "1,000 pairs of worlds: world 0 of A and world 0 of B have the same random draws" in output
    )
    assert "Number of pairs, with its share of all Both Added Averted Neither" in output
    assert "per cent" not in output
    assert "Regret after the sky fell" in output, "all measures"
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
    assert words(output).startswith(
        "What changes from The strait to Alike (100 pairs of worlds with the same random draws) "
        "No pair of worlds differs in any of 3 outcomes."
    )
    assert "The scenarios make the same assumptions." in output
    assert re.search(r"War breaks out (\d+%) \1 same in all pairs", words(output))
    detail = plant("compare", "whole.toml", "alike.toml", "--detail").stdout
    assert "None." in detail
    assert "A was named first and is the baseline. Differences are B minus A." in words(detail)


def test_strangers_are_compared_politely(plant: Sim) -> None:
    result = plant(
        "compare", simulate(plant, "whole.toml"), simulate(plant, "whole.toml", "--seed", "9")
    )
    assert result.exit_code == 0
    assert result.stdout.startswith("What changes from The strait to seed 9 (worlds not paired)\n")
    assert "The worlds are not paired: their seeds differ: 7 and 9." in words(result.stdout)
    assert "run both with the same --worlds and --seed to pair them." in words(result.stdout)
    for word in ("added", "same random draws"):
        assert word not in result.stdout


def test_runs_of_one_scenario_are_called_by_what_was_changed_or_by_their_names(plant: Sim) -> None:
    setting = "rules.honour.reputation=1.75"
    plain, bold = simulate(plant, "whole.toml"), simulate(plant, "whole.toml", "--set", setting)
    output = plant("compare", plain, bold).stdout
    assert output.startswith("What changes from The strait to reputation 1.75 (")
    assert "\nA: The strait. B: reputation 1.75.\n" in output, "too long to head a column"
    simulate(plant, "whole.toml", "--set", setting, "--name", "Bold")
    output = plant("compare", plain, bold).stdout
    assert output.startswith("What changes from The strait to Bold (")
    assert re.search(r"\nDid it happen\? Share of worlds +The strait +Bold +Difference", output)


def test_many_assumptions_are_counted_and_the_first_shown(plant: Sim) -> None:
    settings = (
        "rules.honour.reputation=1.5",
        "rules.honour.delay=0.1",
        "rules.honour.signed_only=0.2",
        "treaties.pact.conditional=false",
    )
    changed = simulate(plant, "whole.toml", *(w for s in settings for w in ("--set", s)))
    output = words(plant("compare", simulate(plant, "whole.toml"), changed).stdout)
    assert "4 assumptions differ: treaties.pact.conditional (yes, no); rules.honour." in output
    assert "; and 1 more. To learn which one matters: sim attribute, or change one" in output


def test_what_only_one_side_can_have_is_no_finding(plant: Sim, folder: Folder) -> None:
    """The engine's war stands in for an outcome that needs the pact."""
    needing = tuple(
        replace(measure, needs=(Need(Rule.CALL, treaty="pact"),))
        if measure.name == "war"
        else measure
        for measure in fakes.MEASURES
    )
    with pytest.MonkeyPatch.context() as patch:
        fakes.put(patch, effect_engine.simulate, lambda _: needing)
        output = plant("compare", "whole.toml", "without.toml", "--worlds", "1000").stdout
    findings, happened, amounts, constructed, *_ = output.split("\n\n")
    assert (
        "By construction, not findings: War breaks out (rule: a call needs a treaty that promises "
        "aid). See docs/model.md#true-by-construction." in words(findings)
    )
    assert "War breaks out" not in happened + amounts
    assert constructed.startswith("By construction")
    assert words(constructed).endswith("by construction")
    assert "of 1,000 pairs" not in output


def test_one_pair_of_worlds_has_no_intervals_and_no_findings(plant: Sim) -> None:
    result = plant("compare", "whole.toml", "without.toml", "--worlds", "1", "--detail")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("What the treaty changes (1 pair of worlds with the same")
    assert "nan" not in result.stdout


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_it_can_be_read_in_a_terminal_of_any_width(plant: Sim, columns: int) -> None:
    result = plant("compare", "whole.toml", "without.toml", columns=columns)
    table = result.stdout.partition("What it rests on")[0]
    assert max(map(len, table.splitlines())) <= columns
    assert "War breaks out" in words(table)
    assert "How long a war lasts, months" in words(table)


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
    assert "What the treaty changes (100 pairs" in output
    assert "What changes from The strait (whole-" in words(output)
    assert "months (24, 24, 25)" in words(output)


def test_the_points_of_a_sweep_are_compared(plant: Sim) -> None:
    words_ = ("sweep", "whole.toml", "--vary", "treaties.pact.concluded=true,false")
    folder = last_line(plant(*words_, "--workers", "1", "--quiet").stdout)
    result = plant("compare", folder)
    assert result.exit_code == 0, result.stderr
    *_, first, second = result.stdout.splitlines()
    assert first.startswith(f"A  concluded True: {folder}/")
    assert "treaties.pact.concluded (yes, no)" in words(result.stdout)
    assert result.stdout.startswith("What the treaty changes (100 pairs")
    points = [line.rpartition(" ")[2] for line in (first, second)]
    assert plant("compare", *points).stdout == result.stdout


def test_more_sides_than_fit_are_shown_one_table_after_the_other(plant: Sim) -> None:
    words_ = ("--vary", "months=3:8:6", "--worlds", "9", "--workers", "1", "--quiet")
    folder = last_line(plant("sweep", "whole.toml", *words_).stdout)
    output = plant("compare", folder, "--detail").stdout
    assert max(map(len, output.partition("What it rests on")[0].splitlines())) <= 80
    rows = [line.split() for line in output.splitlines()]
    assert [cells[1:] for cells in rows if cells[:1] == ["months"] and cells[1:]] == [
        ["3", "4", "5", "6"],
        ["7", "8"],
    ]
    side_by_side = output.partition("Side by side")[2].splitlines()
    shares = [line.count("%") for line in side_by_side if line.startswith(" War breaks out")]
    assert shares[:2] == [4, 2]


def test_a_unit_is_said_once(plant: Sim) -> None:
    result = plant(
        "compare",
        "whole.toml",
        simulate(plant, "whole.toml", "--set", "rules.honour.reputation=1.23456789"),
        "--detail",
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
    result = plant("compare", "whole.toml", "without.toml", "--to", "compared")
    assert last_line(result.stdout) == "compared"
    assert len(list(Path("compared").iterdir())) == 6


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["whole.toml"], "compare needs at least two scenarios or results folders"),
        (["gone", "whole.toml"], "gone: there is no scenario and no results folder"),
        (["whole.toml", "whol.toml"], "whol.toml: there is no such file"),
        (["scenario", "whole.toml"], "scenario: is not a results folder"),
        (["whole.toml", "without.toml", "--to", "scenario"], "--to scenario: already exists"),
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
    result = plant("compare", *few, "--choices", "--to", "compared")
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
