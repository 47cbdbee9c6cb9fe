"""`sim validate`: what it prints, what it leaves, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim import extras
from sim.cli.app import app
from sim.experiment.blocks import OnProgress
from sim.validation import run
from sim.validation.check import Check, TableRow, ValidationPart
from sim.validation.run import PartSpec, ValidationRequest

SCORES: list[TableRow] = [
    {"question": "one", "forecast": 0.9, "outcome": 1},
    {"question": "two", "forecast": 0.2, "outcome": 0},
    {"question": "three", "forecast": None, "outcome": 1},
]


def fake(name: str) -> Callable[[ValidationRequest, OnProgress], ValidationPart]:
    def make(request: ValidationRequest, result: OnProgress) -> ValidationPart:
        result(40 if request.quick else 400)
        checks = (
            Check(code="H1", claim="It comes.", target="yes", value=0.9, verdict="met"),
            Check(code="H2", claim="It goes.", target="no", value=0.8, verdict="missed",
                  says="It stays too long.", tuned=True),
        )  # fmt: skip
        return ValidationPart(name=name, title="What came", summary=("One of two.",), checks=checks,
                    tables={name: SCORES})  # fmt: skip

    return make


def broken(request: ValidationRequest, result: OnProgress) -> ValidationPart:
    raise ValueError("a part that broke")


@pytest.fixture
def sim(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """The command, with a part of two checks, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "count_processors", lambda: 1)
    _parts(monkeypatch, PartSpec("hindcast", simulates=False, build=fake("hindcast")))
    env = {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
    return lambda *words: CliRunner(env=env).invoke(app, ["validate", *words])


def _parts(monkeypatch: pytest.MonkeyPatch, *makers: PartSpec) -> None:
    monkeypatch.setattr(run, "PARTS", makers)


def test_a_miss_is_a_finding_and_no_failure(sim: Callable[..., Result]) -> None:
    result = sim()
    assert result.exit_code == 0, result.stderr
    words = " ".join(result.stdout.split())
    assert "What came" in words
    assert "H2, missed: It stays too long." in words
    assert "calibrated" in words
    assert "One of two." in words
    assert "400 simulated worlds." in words
    assert result.stdout.splitlines()[-1] == "results/validation"


def test_the_folder_has_tables_record_and_figures(sim: Callable[..., Result]) -> None:
    sim("--out", "v")
    names = {file.name for file in Path("v").iterdir()}
    assert names == {"checks.csv", "hindcast.csv", "reliability_hindcast.png", "validation.json",
                     "validation.md"}  # fmt: skip
    assert Path("v/reliability_hindcast.png").read_bytes().startswith(b"\x89PNG")
    provenance = json.loads(Path("v/validation.json").read_text("utf-8"))["made"]
    assert (provenance["worlds"], provenance["quick"], provenance["seed"]) == (400, False, None)


def test_quick_is_passed_on_and_reported(sim: Callable[..., Result]) -> None:
    output = " ".join(sim("--quick").stdout.split())
    assert "40 simulated worlds. With fewer worlds (--quick), more checks stay undecided." in output


def test_without_the_packages_for_figures_it_says_so_and_continues(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "REPORT_MODULES", ("no_such_package",))
    result = sim("--out", "v")
    assert result.exit_code == 0
    assert "No figures were drawn: this needs what every installation should have" in result.stdout
    assert not list(Path("v").glob("*.png"))


def test_a_part_that_breaks_fails_when_the_others_are_reported(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _parts(
        monkeypatch,
        PartSpec("bad", simulates=False, build=broken),
        PartSpec("good", simulates=False, build=fake("good")),
    )
    result = sim("--out", "v")
    assert result.exit_code == 1
    assert "The part bad failed: Traceback" in result.stderr
    assert "a part that broke" in result.stderr
    assert "What came" in result.stdout
    assert Path("v/good.csv").is_file()


def test_where_every_part_breaks_nothing_is_left(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _parts(monkeypatch, PartSpec("bad", simulates=False, build=broken))
    result = sim("--out", "v")
    assert (result.exit_code, result.stdout, Path("v").exists()) == (1, "", False)


def test_worlds_are_simulated_of_scenarios_that_are_there(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _parts(monkeypatch, PartSpec("patterns", simulates=True, build=fake("patterns")))
    result = sim("--scenarios", "nowhere", "--out", "v")
    assert result.exit_code == 2
    assert "pact.toml" in result.stderr
    assert (result.stdout, Path("v").exists()) == ("", False)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--part", "hindcost"],
         ("--part hindcost: is not a part of the validation\n"
          "    allowed: hindcast; did you mean 'hindcast'?\n")),
        (["--questions", "gone.csv"], "--questions gone.csv: there is no such file\n"),
        (["--mapping", "gone.toml"], "--mapping gone.toml: there is no such file\n"),
        (["--out", "."], "--out .: already exists, and is no validation; name another\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_reported(
    sim: Callable[..., Result], words: list[str], message: str
) -> None:
    result = sim(*words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_questions_are_for_the_hindcast(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _parts(monkeypatch, PartSpec("published", simulates=False, build=fake("published")))
    result = sim("--questions", "q.csv")
    assert (result.exit_code, result.stderr) == (
        2, "--questions: only the part hindcast scores questions\n"
    )  # fmt: skip


def test_a_misspelt_mapping_is_reported_with_the_nearest_name(sim: Callable[..., Result]) -> None:
    Path("my_mapping.toml").write_text("")
    result = sim("--mapping", "my_maping.toml")
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        (
            "--mapping my_maping.toml: there is no such file\n"
            "    allowed: my_mapping.toml; did you mean 'my_mapping.toml'?\n"
        ),
    )


def test_a_mapping_is_for_the_hindcast(
    sim: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _parts(monkeypatch, PartSpec("published", simulates=False, build=fake("published")))
    result = sim("--mapping", "q.toml")
    assert (result.exit_code, result.stderr) == (
        2, "--mapping: only the part hindcast scores questions\n"
    )  # fmt: skip


def test_it_is_not_written_over_unless_so_asked(sim: Callable[..., Result]) -> None:
    assert sim().exit_code == 0
    again = sim()
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == ("--out results/validation: already exists; --force replaces it\n")
    assert sim("--force").exit_code == 0
