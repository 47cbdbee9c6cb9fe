from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.analysis.sensitivity import levers
from tests.analysis import variance_engine
from tests.cli.conftest import Sim
from tests.docs.pages import TOP

FEW = ("--worlds", "60")


@pytest.fixture
def plant(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> Sim:
    variance_engine.put(monkeypatch)
    monkeypatch.setattr(levers, "list_measures", variance_engine.measures)
    return sim


def screen(sim: Sim, *more: str) -> str:
    output = sim("levers", "whole.toml", *FEW, *more)
    assert output.exit_code == 0, output.stderr
    return output.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_numbers_that_move_a_measure_most_are_shown(plant: Sim) -> None:
    output = screen(plant)
    shown = output.partition("Not one world")[0]
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.index(variance_engine.STRONG) < shown.index(variance_engine.WEAK)
    assert "A level, any" in shown
    assert "2 move a measure, 0 change some worlds but no measure" in flat(shown)
    assert "It cannot see an effect" in flat(shown)


@pytest.mark.parametrize("words", [(), ("pact",), ("pact.toml", "--top", "20")])
def test_of_the_pact_the_table_at_hand_is_shown_and_nothing_simulated(
    sim: Sim, words: tuple[str, ...]
) -> None:
    result = sim("levers", *words)
    assert result.exit_code == 0, result.stderr
    assert (
        "\nrules.war.settles: 0.025 (0.01 to 0.05)\n  How readily a war is settled" in result.stdout
    )
    assert " measures; most: " in flat(result.stdout)
    assert result.stdout.count("\n  Moves ") == 20
    assert "20 of " in result.stdout
    assert "--again simulates it" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_all_of_the_table_at_hand_can_be_shown(sim: Sim) -> None:
    assert sim("levers", "--all").stdout.count("\n  Moves ") > 100


def test_the_numbers_that_move_nothing_are_named(plant: Sim) -> None:
    idle = screen(plant).partition("Not one world differs in any measure")[2]
    assert variance_engine.IDLE in idle
    assert variance_engine.STRONG not in idle


def test_fewer_can_be_shown(plant: Sim) -> None:
    shown = screen(plant, "--top", "1").partition("Not one world")[0]
    assert variance_engine.STRONG in shown
    assert variance_engine.WEAK not in shown
    assert variance_engine.WEAK in screen(plant, "--top", "1", "--all")


def test_measures_can_be_named_or_be_the_headlines(plant: Sim) -> None:
    assert "1 measure," in flat(screen(plant, "--measure", "flat"))
    assert "0 move a measure" in flat(screen(plant, "--measure", "flat"))


def test_a_conditional_measure_is_said_to_be_compared_over_its_worlds(plant: Sim) -> None:
    note = "is compared over these, if both ends have 20 or more."
    assert note in flat(screen(plant, "--measure", "kept"))
    assert note not in flat(screen(plant, "--measure", "level"))


def test_the_table_is_written_on_request(plant: Sim) -> None:
    screen(plant, "--csv", "levers.csv")
    with Path("levers.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    first, last = rows[0], rows[-1]
    assert (first["key"], first["measure"], first["sure"]) == (
        variance_engine.STRONG,
        "level",
        "True",
    )
    assert float(first["difference"]) == pytest.approx(3)
    assert (last["differing_worlds"], last["measure"]) == ("0", "")


def test_the_page_gives_the_reasons(plant: Sim) -> None:
    Path("reference").mkdir()
    note = f'key,reason\n{variance_engine.IDLE},"Waits for a war."\n'
    Path("reference/levers.csv").write_text(note, encoding="utf-8")
    screen(plant, "--to", "levers.md")
    page = Path("levers.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert "| Waits for a war. |" in page
    assert "| no reason is given yet |" in page
    assert page.index(variance_engine.STRONG) < page.index(variance_engine.IDLE)
    screen(plant, "--to", "levers.md")
    assert Path("levers.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--measure", "levl"), "did you mean 'level'?"),
        (("--to", "whole.toml"), "--to whole.toml: is no page of sim levers; name another file"),
        (("--to", "nowhere/levers.md"), "--to nowhere/levers.md: there is no folder nowhere"),
        (("--csv", "whole.toml"), "--csv whole.toml: already exists; name another file"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(
    plant: Sim, words: tuple[str, ...], message: str
) -> None:
    output = plant("levers", "whole.toml", *words)
    assert output.exit_code == 2
    assert message in output.stderr
    assert not output.stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "rules.war.wearines,Why",
            (
                "levers.csv:2: rules.war.wearines: is no number of the scenario\n    allowed: the "
                f"key of a number; did you mean '{variance_engine.IDLE}'?"
            ),
        ),
        (
            f"{variance_engine.IDLE},",
            f"levers.csv:2: {variance_engine.IDLE}: has no reason\n    allowed: a reason",
        ),
        (
            f"{variance_engine.IDLE},Why\n{variance_engine.IDLE},Why",
            (
                f"levers.csv:3: {variance_engine.IDLE}: is given twice\n"
                "    allowed: one line for each number"
            ),
        ),
    ],
)
def test_a_faulty_table_of_reasons_is_reported(plant: Sim, line: str, message: str) -> None:
    Path("reference").mkdir()
    Path("reference/levers.csv").write_text(f"key,reason\n{line}\n", encoding="utf-8")
    output = plant("levers", "whole.toml", "--to", "levers.md")
    assert output.exit_code == 2
    assert message in output.stderr


def test_a_scenario_that_is_not_there_is_reported(sim: Sim) -> None:
    output = sim("levers", "pakt")
    assert output.exit_code == 2
    assert "did you mean 'pact'?" in output.stderr


def test_every_number_that_changes_no_world_of_the_pact_has_its_reason() -> None:
    """On the page of the docs, which `sim levers --to docs/levers.md` writes."""
    page = (TOP / "docs" / "levers.md").read_text("utf-8")
    assert "Numbers that change no measure in any world" in page
    assert "no reason is given yet" not in page
