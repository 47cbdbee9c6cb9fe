"""`sim new`: a small file of one's own, which is valid at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.scenario.load import load_scenario

New = Callable[..., Result]


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> New:
    """The command `sim new`, in this process and an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    return lambda *words: runner.invoke(app, ["new", *words])


def test_a_small_file_is_written_that_is_valid_at_once(new: New) -> None:
    result = new("mine", "--from", "pact")
    assert (result.exit_code, result.stdout) == (0, "mine.toml\n"), result.stderr
    assert result.stderr == "Next: sim run mine, then sim compare pact mine\n"
    text = Path("mine.toml").read_text("utf-8")
    assert len(text.splitlines()) <= 15
    assert max(map(len, text.splitlines())) <= 100
    mine, pact = load_scenario(Path("mine")).scenario, load_scenario(Path("pact")).scenario
    assert mine.title == "Mine"
    assert mine.rules == pact.rules
    assert mine.treaties == pact.treaties


@pytest.mark.parametrize("base", ["pact", "theory/umbrella"])
def test_each_example_in_it_is_one_change_that_is_valid(new: New, base: str) -> None:
    new("mine", "--from", base)
    file = Path("mine.toml")
    lines = file.read_text("utf-8").splitlines()
    examples = [line for line in lines if line.startswith("# ") and " = " in line]
    assert len(examples) == 2
    pact = load_scenario(Path(base)).scenario
    for example in examples:
        text = "\n".join(lines).replace(example, example.removeprefix("# "))
        file.write_text(text, "utf-8")
        scenario = load_scenario(file).scenario
        assert (scenario.rules != pact.rules) != (scenario.treaties != pact.treaties)


def test_what_is_set_stands_in_it(new: New) -> None:
    settings = ("rules.honour.reputation=1.2", "treaties.pact_2024.conditional=false")
    words = [word for setting in settings for word in ("--set", setting)]
    result = new("mine", "--from", "no_pact", "--title", "Mine, too", *words)
    assert result.exit_code == 0, result.stderr
    text = Path("mine.toml").read_text("utf-8")
    assert "\nrules.honour.reputation = { value = 1.2, low = 1.2, high = 1.2 }\n" in text
    assert "\ntreaties.pact_2024.conditional = false\n" in text
    scenario = load_scenario(Path("mine")).scenario
    assert scenario.title == "Mine, too"
    assert scenario.rules.honour.reputation.value == 1.2
    assert not scenario.treaties["pact_2024"].concluded


def test_lists_words_and_dates_are_written_as_a_file_has_them(new: New) -> None:
    words = ("--set", 'headlines=["war_any"]', "--set", "start=2024-06-01", "--set", "months=12")
    assert new("mine", *words).exit_code == 0
    scenario = load_scenario(Path("mine")).scenario
    assert (scenario.headlines, scenario.months) == (("war_any",), 12)
    assert str(scenario.start) == "2024-06-01"


def test_it_extends_one_of_ones_own_and_one_elsewhere(new: New) -> None:
    Path("deep").mkdir()
    new("deep/first")
    new("second", "--from", "deep/first")
    new("deep/third", "--from", "first")
    assert 'extends = "deep/first"' in Path("second.toml").read_text("utf-8")
    assert load_scenario(Path("second")).scenario.months == 36
    assert not Path("deep/third.toml").exists()
    new("deep/fourth", "--from", "second.toml")
    assert 'extends = "../second.toml"' in Path("deep/fourth.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a b", "a b: cannot be the name of a scenario\n    allowed: letters, digits, _ and -\n"),
        ("gone/other", "gone/other.toml: there is no folder gone\n"),
        ("mine", "mine: is taken by mine.toml\n    choose another name\n"),
    ],
)
def test_a_name_that_cannot_be_taken_writes_nothing(new: New, name: str, message: str) -> None:
    Path("mine.toml").write_text("title = 'Mine'\n", "utf-8")
    result = new(name)
    assert (result.exit_code, result.stderr) == (2, message)
    assert [file.name for file in Path().iterdir()] == ["mine.toml"]
    assert Path("mine.toml").read_text("utf-8") == "title = 'Mine'\n"


def test_the_name_of_an_installed_scenario_is_taken(new: New) -> None:
    result = new("no_pact.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("no_pact.toml: is taken by ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "pakt"), "pakt: there is no scenario of that name\n"),
        (("--set", "rules.honour.reputation=7"), "--set rules.honour.reputation=7: 7 is outside"),
    ],
)
def test_what_cannot_be_extended_or_set_writes_nothing(
    new: New, words: tuple[str, ...], message: str
) -> None:
    result = new("mine", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)
    assert list(Path().iterdir()) == []
