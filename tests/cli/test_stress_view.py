"""What `sim stress` prints of crises in which allies do come."""

from __future__ import annotations

import pytest

from sim.analysis.stress.matrix import StressMatrix
from sim.analysis.stress.openings import list_openings
from sim.analysis.stress.simulate import simulate_matrices
from sim.cli.views.start.stress import show_stress
from tests.worlds import EAGER, tangle, treaty

WITHOUT = {"treaties__pact": treaty("patron", "member", concluded=False), "title": "No pact"}
NO_LEAGUE = {
    "treaties__league": treaty("rival", "backer", concluded=False),
    "title": "No league",
}


@pytest.fixture(scope="module")
def matrices() -> list[StressMatrix]:
    scenarios = tangle(**EAGER), tangle(**EAGER | WITHOUT), tangle(**EAGER | NO_LEAGUE)
    return simulate_matrices(scenarios, list_openings(scenarios[0]), 200, months=6)


@pytest.fixture(params=[60, 80])
def columns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    for name, value in {"COLUMNS": str(request.param), "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    return int(request.param)


def printed(capsys: pytest.CaptureFixture[str], columns: int) -> str:
    """Return what was printed, which fits the terminal and cuts nothing off."""
    output = capsys.readouterr().out
    assert max(map(len, output.splitlines())) <= columns
    assert "…" not in output
    return output


def row(output: str, crisis: str, place: int = 0) -> list[str]:
    """Return the cells of the line of a crisis: by default that of the first table that has it."""
    lines = [line for line in output.splitlines() if line.startswith(f"{crisis} ")]
    return lines[place].removeprefix(crisis).split()


def test_help_has_the_letter_of_its_commonest_level_and_brackets_for_the_attacker(
    matrices: list[StressMatrix], capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    show_stress(matrices[:1])
    cells = " ".join(row(printed(capsys, columns), "rival > member"))
    for ally, side, pattern in (("patron", "attacked", "{}"), ("backer", "attacker", "({})")):
        shares = {
            level[0]: matrices[0].aid("feud:rival@war", ally, side, level).value
            for level in ("materiel", "troops", "war")
        }
        percent = f"{100 * sum(shares.values()):.0f}{max(shares, key=lambda level: shares[level])}"
        assert pattern.format(percent) in cells


def test_differences_are_signed_points_and_marked_where_built_in(
    matrices: list[StressMatrix], capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    show_stress(matrices)
    output = printed(capsys, columns)
    assert "Who comes to whom: The quarrel minus No pact" in output
    assert any(cell.startswith("+") for cell in output.split("minus No pact")[1].split())
    assert "c: by construction" in " ".join(output.split())
    built_in = output.split("minus No league")[1]
    assert any(cell.endswith(("c", "c)")) for cell in built_in.split() if cell[-2:-1].isdigit())


def test_detail_tells_levels_and_intervals_apart(
    matrices: list[StressMatrix], capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    show_stress(matrices, detail=True)
    output = " ".join(printed(capsys, columns).split())
    for words in ("Any aid", "Troops", "by construction", "pp", "What differs"):
        assert words in output


def test_a_war_left_alone_is_all_that_can_be_shown(
    matrices: list[StressMatrix], capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = matrices[0].scenario
    (alone,) = [o for o in matrices[0].openings if str(o) == "siege:outsider@none"]
    show_stress(simulate_matrices([scenario], [alone], 20, months=1))
    assert "(0 crises opened in month 1" in capsys.readouterr().out


def test_where_nothing_differs_that_is_said(
    matrices: list[StressMatrix], capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    show_stress([matrices[0], matrices[0]], detail=True)
    output = " ".join(printed(capsys, columns).split())
    crises = len(matrices[0].openings)
    assert output.count("No difference has an interval that excludes zero.") == crises
    assert "help differs in 0 of 7 crises" in output
