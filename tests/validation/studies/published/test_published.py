"""Published results come out of the model's own rules: one test for each, with its citation.

The figures stand here again, apart from those in the package, so that neither can be changed to
please the other. Where a tolerance is named it is half of the last digit printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from math import isnan
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from sim.model.theory import contest, crisis, joining, landscape
from sim.model.theory.contest import side_preference, win_chance
from sim.model.theory.quantal_response import logistic
from sim.scenario.files.bibliography import read_bibliography
from sim.validation.check import ValidationPart
from sim.validation.studies.published import PROCEDURES, evaluate_result, run_published
from sim.validation.studies.published.alignments import (
    StableAlignment,
    europe_alignments,
    great_power_alignments,
    unix_alignments,
)
from sim.validation.studies.published.bargaining import bargaining_range, solve_ultimatum
from sim.validation.studies.published.cascade import simulate_cascade
from sim.validation.studies.published.comparison import (
    FigureComparison,
    PublishedResult,
    ResultSpec,
)
from sim.validation.studies.published.examples import read_results
from sim.validation.studies.published.expected_utility import (
    emissions_example,
    risk_exponents,
)
from sim.validation.studies.published.games import (
    critical_resistance,
    solve_three_moves,
    solve_two_moves,
)
from sim.validation.studies.published.networks import count_networks
from sim.validation.studies.published.selection import attack_chances
from tests.docs.pages import TOP, text
from tests.model.opening_chances import Eve
from tests.worlds import SCENARIOS, quarrel


def computed(result: PublishedResult, label: str) -> float:
    """The model's figure of a result."""
    (figure,) = [figure for figure in result.comparisons if figure.label == label]
    assert not isinstance(figure.computed, str)
    return figure.computed


# -- result by result -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("winning", "cost", "highest", "demand", "war"),
    [(0.5, 0.1, 0.4, 0.65, 0.375), (0.7, 0.1, 0.4, 0.85, 0.375), (0.5, 0.4, 0.4, 0.5, 0.0),
     (0.3, 0.0, 0.4, 0.5, 0.5)],
)  # fmt: skip
def test_t1_the_risk_of_an_ultimatum_does_not_depend_on_who_is_stronger(
    winning: float, cost: float, highest: float, demand: float, war: float
) -> None:
    """Fearon (1995), International Organization 49: 379-414; algebra of this project."""
    assert solve_ultimatum(winning, cost, highest) == pytest.approx((demand, war), abs=3e-4)


def test_t1_what_both_prefer_to_war_is_a_range() -> None:
    """Fearon (1995): from p less one's own cost to p plus the other's."""
    assert bargaining_range(0.5, 0.1, 0.15) == pytest.approx((0.40, 0.65))


def test_t2_the_first_round_of_the_emissions_example() -> None:
    """Scholz, Calbert and Smith (2011), with the six digits of a replication."""
    result = evaluate_result("T2")
    assert computed(result, "median position") == 7.0
    assert computed(result, "mean position") == pytest.approx(7.389956, abs=5e-7)
    votes = [
        computed(result, f"votes for {pair}") for pair in ("7 over 4", "10 over 4", "7 over 10")
    ]
    assert votes == pytest.approx([9.05, 8.8, 0.25])
    assert risk_exponents(emissions_example()) == pytest.approx(
        [1.405653, 0.754196, 0.508864, 1.405653, 1.046524, 1.046524, 1.964898, 0.5, 2.0, 1.112125],
        abs=5e-7,
    )
    assert computed(result, "chance of 10 over 4") == pytest.approx(0.011859, abs=5e-7)
    own = [
        figure.computed
        for figure in result.comparisons
        if figure.label.endswith("what the first expects")
    ]
    assert own == pytest.approx([-0.114831, -0.654994, -0.832017, -0.472514, 0.605993], abs=5e-7)


def test_t3_choosing_sides_is_worth_what_entry_moves_times_the_stake() -> None:
    """Altfeld and Bueno de Mesquita (1979), International Studies Quarterly 23: 87-112."""
    first, second, stake, nothing = (np.asarray(figure) for figure in (0.7, 0.6, 1.0, 0.0))
    assert side_preference(first, second, stake, nothing) == pytest.approx(0.30)
    assert side_preference(first, 1 - first, stake, nothing) == 0


@pytest.mark.parametrize(
    ("rationality", "challenge", "resist", "war"),
    [(1, 0.543700, 0.549834, 0.298945), (5, 0.381558, 0.731059, 0.278941),
     (10, 0.038718, 0.880797, 0.034103)],
)  # fmt: skip
def test_t4_the_game_of_two_moves(
    rationality: float, challenge: float, resist: float, war: float
) -> None:
    """Signorino (1999), American Political Science Review 93: 279-297; logit."""
    moves = solve_two_moves(rationality)
    assert moves[:2] == pytest.approx((challenge, resist), abs=5e-7)
    assert moves.challenge * moves.resist == pytest.approx(war, abs=5e-7)


@pytest.mark.parametrize(
    ("rationality", "chances"),
    [(1, (0.481375, 0.721149, 0.549834)), (2, (0.367835, 0.858468, 0.598688))],
)
def test_t4_the_game_of_three_moves(rationality: float, chances: tuple[float, ...]) -> None:
    """Signorino (1999), where the challenger may back down; logit."""
    assert solve_three_moves(rationality) == pytest.approx(chances, abs=5e-7)


def test_t6_thresholds_of_credible_threats() -> None:
    """Zagare and Kilgour (2000); thresholds derived by this project."""
    assert critical_resistance(if_unresisted=1.0, if_resisted=0.2, status_quo=0.6) == pytest.approx(
        0.5
    )
    assert critical_resistance(if_unresisted=1.0, if_resisted=0.0, status_quo=0.6) == pytest.approx(
        0.4
    )
    assert critical_resistance(
        if_unresisted=1.0, if_resisted=-0.6, status_quo=0.0
    ) == pytest.approx(0.625)
    regions = [
        figure.computed
        for figure in evaluate_result("T6").comparisons
        if isinstance(figure.computed, str)
    ]
    assert regions == ["deterred", "separating", "attack", "bluff"]


def test_t7_those_attacked_have_the_less_reliable_allies() -> None:
    """Smith (1995), International Studies Quarterly 39: 405-425; the sign."""
    reliability = np.linspace(0, 1, 101)
    attacked = attack_chances(
        reliability, strengths=(1.0, 1.0, 0.5), stake=0.5, cost=0.2, rationality=1.0
    )
    assert (np.diff(attacked) < 0).all()
    assert np.average(reliability, weights=attacked) < reliability.mean()


def test_t7_holds_for_the_challenges_of_actors_in_their_worlds() -> None:
    """Smith (1995), on the rules as actors use them: worlds differ in all that is uncertain."""
    eve = Eve(quarrel(), worlds=4000)
    rivalry, side = eve._side("rival", "feud")
    expectations = eve.context.expectations
    expected = expectations.expect(expectations.everywhere(rivalry), side, side)
    reliability, attacked = expected.defender.allies, logistic(eve.challenge("rival"))
    assert reliability.std() > 0.05
    assert np.average(reliability, weights=attacked) < reliability.mean() - 0.002


def test_t8_five_great_powers() -> None:
    """Axelrod and Bennett (1993), British Journal of Political Science 23: 211-233."""
    assert [alignment.energy for alignment in great_power_alignments()] == [
        -936.13,
        -933.96,
        -923.82,
        -890.40,
    ]
    assert great_power_alignments()[0].camp == {"Britain", "Soviet Union"}


def test_t9_makers_of_unix_machines() -> None:
    """Axelrod and Bennett (1993): two alignments, energy and basin alike."""
    assert [alignment[1:] for alignment in unix_alignments()] == [(-3828.90, 128), (-3828.90, 128)]


def test_t11_europe_before_the_war_as_reconstructed() -> None:
    """Axelrod and Bennett (1993) on reconstructed propensities: camps of four years."""
    allies = {"Britain", "France", "Czechoslovakia", "Denmark", "Soviet Union", "Yugoslavia",
              "Greece"}  # fmt: skip
    assert [len(europe_alignments(year)) for year in range(1936, 1940)] == [2, 2, 1, 1]
    assert europe_alignments(1936)[0] == StableAlignment(frozenset(allies), -2042.04, 45_066)
    assert europe_alignments(1939)[0].camp == allies | {"Poland"}


@pytest.mark.parametrize(
    ("countries", "defence", "counted"),
    [(3, 1, (8, 1, 0, 0)), (4, 1, (64, 7, 0, 0)), (5, 1, (1024, 23, 0, 0)),
     (4, 2, (64, 41, 10, 1))],
)  # fmt: skip
def test_t12_no_network_of_equals_is_war_stable(
    countries: int, defence: float, counted: tuple[int, ...]
) -> None:
    """Jackson and Nei (2015), Proceedings of the National Academy of Sciences 112: 15277-15284."""
    assert count_networks(np.ones(countries), defence) == counted


def test_t15_the_critical_risk() -> None:
    """Powell (1990), after Ellsberg: victory 1, yielding 0, disaster -9."""
    assert critical_resistance(
        if_unresisted=1.0, if_resisted=-9.0, status_quo=0.0
    ) == pytest.approx(0.10)
    assert isnan(
        critical_resistance(if_unresisted=1.0, if_resisted=0.5, status_quo=0.0)
    )  # no risk is too high


def test_t16_one_threshold_decides_between_all_and_one() -> None:
    """Granovetter (1978), American Journal of Sociology 83: 1420-1443."""
    thresholds = np.arange(100, dtype=np.float64) - 0.5
    assert simulate_cascade(thresholds) == pytest.approx(100)
    thresholds[1] += 1
    assert simulate_cascade(thresholds) == pytest.approx(1)


def test_t17_the_probabilistic_condorcet_election() -> None:
    """KTAB: support .170 against 1.975 and so on; the distribution in the end."""
    final_chances = [
        computed(evaluate_result("T17"), f"{name} in the end")
        for name in ("first", "second", "third")
    ]
    assert final_chances == pytest.approx((0.0054, 0.7502, 0.2444), abs=2e-4)
    assert win_chance(np.asarray(1.975), np.asarray(0.170)) == pytest.approx(0.9209, abs=3e-4)


# -- the part -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def part() -> ValidationPart:
    """All published results, computed once."""
    return run_published()


@pytest.fixture
def checks(part: ValidationPart) -> dict[str, str]:
    """The verdict on each result."""
    return {check.code: check.verdict for check in part.checks}


def test_every_result_is_tested_or_left_out(checks: dict[str, str]) -> None:
    assert list(checks) == [f"T{number}" for number in range(1, 18) if number != 10]
    assert {code for code, verdict in checks.items() if verdict == "left out"} == {
        "T5", "T13", "T14"
    }  # fmt: skip


def test_every_tested_result_is_reproduced(checks: dict[str, str]) -> None:
    assert set(checks.values()) == {"met", "left out"}


def test_a_result_left_out_has_a_reason(part: ValidationPart) -> None:
    for check in part.checks:
        assert check.verdict != "left out" or (len(check.says) > 80 and check.value is None)


def test_every_tested_result_has_a_procedure() -> None:
    tested = [code for code, spec in read_results().items() if not spec.left_out]
    assert tested == list(PROCEDURES)
    assert all(spec.figures or spec.left_out for spec in read_results().values())


def test_every_source_is_in_the_bibliography(part: ValidationPart) -> None:
    known = read_bibliography(SCENARIOS / "parts" / "sources.toml")
    assert [c.code for c in part.checks if not set(c.sources) <= set(known)] == []
    assert all(check.sources for check in part.checks)


def test_the_table_has_a_row_for_every_figure(part: ValidationPart) -> None:
    rows = part.tables["published"]
    assert f"with {len(rows)} of {len(rows)} figures" in part.summary[0]
    for check in part.checks:
        figures = [row for row in rows if row["code"] == check.code]
        assert check.value == (len(figures) or None)


def test_no_name_in_the_examples_is_also_in_the_code() -> None:
    """Published examples name states; their names are data like those of any scenario."""
    from importlib.resources import files  # noqa: PLC0415

    folder = files("sim.validation.studies.published")
    code = "".join(f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".py"))
    for name in ("Britain", "Germany", "Soviet", "Netherlands", "Belgium"):
        assert name not in code


def test_the_page_documents_every_result_and_every_rule() -> None:
    """docs/validation.md has a row for each, or says that it is left out."""
    page = text(TOP / "docs" / "validation.md")
    section = page.split("## Published results")[1].split("\n## ")[0]
    assert [code for code in read_results() if not re.search(rf"\b{code}\b", section)] == []
    assert [name for _, name in BROKEN if f"`{name}`" not in section] == []


# -- rules that go wrong are noticed --------------------------------------------------------


BROKEN = {
    (contest, "expected_move_value"): {"T1", "T2", "T4", "T6", "T15"},
    (contest, "contest_value"): {"T1", "T2", "T4"},
    (contest, "challenge_value"): {"T4"},
    (contest, "side_preference"): {"T3"},
    (contest, "win_chance"): {"T7", "T12", "T17"},
    (crisis, "challenge_considerations"): {"T4", "T7"},
    (crisis, "contest_considerations"): {"T4"},
    (joining, "contagion_log_odds"): {"T16"},
    (landscape, "build_landscape"): {"T8", "T9", "T11"},
}
"""Rules of the engine, and the published results that each of them gives."""


def upside_down(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule with its arguments exchanged, or its result negated."""
    if rule is landscape.build_landscape:
        return lambda propensity, size: rule(-propensity, size)
    if rule is contest.expected_move_value:
        return lambda resisted, passed, met: rule(resisted, met, passed)
    if rule is contest.win_chance:
        return lambda own, other: rule(other, own)
    return lambda *given: opposite(rule(*given))


def opposite(result: Any) -> Any:
    return {key: -value for key, value in result.items()} if isinstance(result, dict) else -result


def holders(name: str, rule: object) -> list[ModuleType]:
    """The modules of the package that call a rule by its name."""
    loaded = [module for key, module in sys.modules.items() if key.startswith("sim.")]
    return [module for module in loaded if vars(module).get(name) is rule]


@pytest.mark.parametrize(("place", "codes"), BROKEN.items(), ids=[name for _, name in BROKEN])
def test_a_rule_turned_upside_down_is_noticed(
    place: tuple[ModuleType, str], codes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = getattr(*place)
    wrong = upside_down(rule)
    for module in holders(place[1], rule):
        monkeypatch.setattr(module, place[1], wrong)
    assert all(evaluate_result(code).check.verdict == "missed" for code in codes)


@pytest.mark.parametrize("place", BROKEN, ids=[name for _, name in BROKEN])
def test_every_such_rule_is_used_in_the_simulation(place: tuple[ModuleType, str]) -> None:
    import sim.model.model  # noqa: F401, PLC0415

    used = [module.__name__ for module in holders(place[1], getattr(*place))]
    engine = [name for name in used if name.startswith("sim.model") and ".theory." not in name]
    within = {
        "expected_move_value": contest.challenge_value,
        "contest_value": contest.challenge_value,
    }
    caller = within.get(place[1])
    assert engine or (caller and place[1] in caller.__code__.co_names)


def test_a_figure_that_is_off_is_reported_with_both_figures() -> None:
    spec = ResultSpec(code="T99", claim="c", target="t", sources=(), engine_functions="r")
    figures = FigureComparison("a", 1.0, 1.2, 0.1), FigureComparison("b", "x", "x")
    check = PublishedResult(spec, figures).check
    assert (check.verdict, check.value) == ("missed", 1)
    assert check.says == "Tests r. a: published 1, computed 1.2."


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_never_agrees(wrong: float) -> None:
    assert not FigureComparison("a", 1.0, wrong, 1e9).agrees
    assert not FigureComparison("a", "x", "y").agrees
