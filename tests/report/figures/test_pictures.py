"""The network, the camps, the timeline, and pictures of tables that others made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.analysis.landscape import survey_alignments
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.sensitivity import FactorIndex, SensitivityResult
from sim.analysis.sensitivity.tables import sensitivity_rows
from sim.analysis.sensitivity.variance import VarianceSplit
from sim.errors import RequestError
from sim.output import format_cell, render_csv
from sim.report.figures import resimulate
from sim.report.figures.camps import plot_camps
from sim.report.figures.figure import read_number
from sim.report.figures.network import plot_network
from sim.report.figures.options import FigureOptions
from sim.report.figures.reliability import plot_reliability
from sim.report.figures.timeline import plot_timeline
from sim.report.figures.timeline_events import EVENT_KINDS
from sim.report.figures.tornado import plot_tornado
from sim.report.run_view import Run
from sim.statistics.intervals import Interval

Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Writes a CSV of the lines given."""

    def written(*lines: str) -> Path:
        file = tmp_path / "table.csv"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return file

    return written


def refusal(draw: Callable[[], object]) -> str:
    with pytest.raises(RequestError) as caught:
        list(draw())  # type: ignore[call-overload]
    return str(caught.value)


def test_the_network_of_a_run_is_one_picture_of_what_changes(single_run: list[Run]) -> None:
    (figure,) = plot_network(single_run)
    assert figure.name == "network"
    assert len(figure.table) == 3
    ties = {(row["one"], row["other"]): row for row in figure.table}
    bound = ties["Aland", "Borduria"]
    in_force = single_run[0].results.metrics["in_force_pact"].value
    assert bound["commitment_after"] == in_force
    assert 0.05 < read_number(bound, "commitment_before") < 1, "only signed on the opening day"
    assert ties["Borduria", "Syldavia"]["commitment_after"] == 0.0


def test_between_two_runs_only_what_differs_is_drawn_in_black(run_pair: list[Run]) -> None:
    (figure,) = plot_network(run_pair)
    shares = [run.results.metrics["force_strait"].value for run in run_pair]
    ties = {(row["one"], row["other"]): row for row in figure.table}
    tie = ties["Aland", "Syldavia"]
    assert (tie["force_after"], tie["force_before"]) == tuple(shares)
    lines = {row["kind"] for row in figure.spec["layer"][0]["data"]["values"]}
    assert "force more often" in lines, "a third of worlds against a fourth"
    assert figure.title.startswith("From No pact to The strait: ")


def test_actors_of_a_camp_have_a_shape_and_a_colour(single_run: list[Run]) -> None:
    (figure,) = plot_network(single_run)
    nodes = figure.spec["layer"][1]["data"]["values"]
    camps = {node["name"]: node["camp"] for node in nodes}
    assert camps["Aland"] == camps["Borduria"] != camps["Syldavia"]
    assert figure.finding.startswith("On the opening day the two camps are Aland")


def test_the_camps_are_those_of_the_landscape(single_run: list[Run]) -> None:
    opening, end = plot_camps(single_run)
    for figure, month in ((opening, 0), (end, 24)):
        alignments = survey_alignments(single_run[0].scenario, month)
        assert [row["deepest"] for row in figure.table] == [a.deepest / 100 for a in alignments]
        assert [row["basin"] for row in figure.table] == [a.basin for a in alignments]


def test_worlds_are_not_simulated_again_with_another_engine(
    single_run: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.run_view.engine_fingerprint", lambda: "another")
    assert refusal(lambda: plot_network(single_run)) == (
        "The strait: was simulated by another version of the engine; the network simulates its "
        "worlds again and would show others\n    run the scenario again with sim run"
    )


def test_no_more_worlds_are_simulated_again_than_a_figure_can_show(
    single_run: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resimulate, "MAX_RESIMULATED_WORLDS", 10)
    assert "10 worlds, seed 7" in next(plot_camps(single_run)).note


def test_a_timeline_shows_the_events_of_its_world(single_run: list[Run]) -> None:
    (figure,) = plot_timeline(single_run, FigureOptions(world=5))
    shown = [(row["date"], row["lane"], row["kind"], row["event"]) for row in figure.table]
    assert shown == [
        ("Jun 2024", "the Strait", "dispute opens or escalates", "Syldavia challenges Aland"),
        ("Jul 2024", "the Strait", "war", "Syldavia goes to war with Aland"),
        (
            "Oct 2024",
            "Pact of Alby",
            "commitment honoured, aid sent",
            "Borduria honours its commitment to Aland",
        ),
    ]
    assert (
        figure.finding == "3 events in 24 months. War: Jul 2024: Syldavia goes to war with Aland."
    )


def test_a_telling_world_is_chosen_and_the_choice_is_reported(single_run: list[Run]) -> None:
    (figure,) = plot_timeline(single_run)
    first = int(single_run[0].results.column("war_wider").argmax())
    assert figure.table[0]["world"] == first
    assert f"World {first} of 100, seed 7" in figure.note
    assert "the first with a third-party intervention" in figure.note


def test_every_kind_of_event_has_a_shape_of_its_own_so_that_grey_print_loses_nothing() -> None:
    assert len({kind.shape for kind in EVENT_KINDS}) == len(EVENT_KINDS)


def test_a_world_that_is_not_there_is_refused(single_run: list[Run]) -> None:
    result = refusal(lambda: plot_timeline(single_run, FigureOptions(world=100)))
    assert result == "--world 100: there are 100 worlds\n    allowed: 0 to 99"


SOBOL = (
    "measure,key,meaning,low,high,unit,method,first_order,first_order_low,first_order_high,total,"
    "total_low,total_high,points,worlds"
)


def test_a_tornado_has_the_strongest_on_top(single_run: list[Run], table: Table) -> None:
    file = table(
        SOBOL,
        "war_any,rules.join.spread,spread,0,1,share,sobol,.1,0,.2,.15,.1,.25,640,16",
        "war_any,rules.honour.reputation,a name,.6,1.8,utility,sobol,.4,.3,.5,.6,.5,.7,640,16",
    )
    (figure,) = plot_tornado(single_run, FigureOptions(sensitivity=file))
    assert figure.title == "Assumptions that matter most: a new war breaks out somewhere"
    assert [row["total"] for row in figure.table] == [0.6, 0.15]
    drawn = figure.spec["layer"][0]["data"]["values"]
    assert [(bar["moves"], bar["low"], bar["high"], bar["mark"]) for bar in drawn] == [
        (0.6, 0.5, 0.7, 0.4),
        (0.15, 0.1, 0.25, 0.1),
    ]
    assert figure.finding == (
        "Of 2 assumptions the most influential is “a name”: 0.6 (0.5 to 0.7), share of the spread."
    )
    assert figure.note.endswith("640 points of 16 worlds each, seed not recorded.")
    assert drawn[1]["lines"][0].endswith("over the first months of a war: spread"), "its owner"
    assert "rest" not in drawn[0], "an earlier version's table has no ends"


def test_a_tornado_leaves_out_what_may_be_nothing(single_run: list[Run], table: Table) -> None:
    file = table(
        SOBOL,
        "war_any,rules.join.spread,spread,0,1,share,sobol,.1,0,.2,.15,-.1,.25,640,16",
        "war_any,rules.honour.reputation,a name,.6,1.8,utility,sobol,.4,.3,.5,.6,.5,.7,640,16",
    )
    (figure,) = plot_tornado(single_run, FigureOptions(sensitivity=file))
    assert [bar["measure"] for bar in figure.spec["layer"][0]["data"]["values"]] == [
        "rules.honour.reputation"
    ]
    assert len(figure.table) == 2
    assert "Left out: those whose interval holds zero." in figure.note


def test_a_tornado_says_the_seed_that_its_table_reports(
    single_run: list[Run], table: Table
) -> None:
    line = "war_any,rules.join.spread,,0,1,share,sobol,.1,0,.2,.15,.1,.25,640,16,7"
    (figure,) = plot_tornado(single_run, FigureOptions(sensitivity=table(f"{SOBOL},seed", line)))
    assert figure.note.endswith("640 points of 16 worlds each, seed 7.")


def test_a_tornado_draws_what_sim_sensitivity_writes(single_run: list[Run], tmp_path: Path) -> None:
    file = tmp_path / "sensitivity.csv"
    index = FactorIndex(
        "rules.honour.reputation",
        "a name",
        single_run[0].scenario.rules.honour.reputation,
        Interval(-0.1, -0.2, 0.0),
        Interval(0.3, 0.2, 0.4),
        0.05,
        (0.1, 0.4),
    )
    split = VarianceSplit(Interval(0.4, 0.3, 0.5), 250, 4, 90, 1000)
    measure = single_run[0].results.measures["war_any"]
    result = SensitivityResult(measure, Method.MORRIS, split, (index,), 40, 16, 0.9, 36, 7)
    file.write_text(render_csv(sensitivity_rows(result), format_cell=format_cell), "utf-8")
    (figure,) = plot_tornado(single_run, FigureOptions(sensitivity=file))
    assert [(row["mu_star"], row["mu"]) for row in figure.table] == [(0.3, -0.1)]
    [bar] = figure.spec["layer"][0]["data"]["values"]
    assert bar["rest"] == "0.1 where it lies in its lowest third, 0.4 in its highest"


def test_a_tornado_of_two_methods_is_refused(single_run: list[Run], table: Table) -> None:
    rest = "640,16"
    file = table(
        "measure,key,meaning,low,high,unit,method,points,worlds",
        f"war_any,a,,0,1,share,sobol,{rest}",
        f"war_any,b,,0,1,share,guess,{rest}",
    )
    assert refusal(lambda: plot_tornado(single_run, FigureOptions(sensitivity=file))) == (
        f"{file}: method is one of sobol, morris, the same in every row (given: guess, sobol)"
    )


def test_a_few_questions_are_named_one_by_one(single_run: list[Run], table: Table) -> None:
    answers = ("a,0.05,0", "b,0.15,1", "c,0.19,0", "d,0.5,1", "e,1,1")
    (figure,) = plot_reliability(
        single_run, FigureOptions(hindcast=table("question,forecast,outcome", *answers))
    )
    assert [row["question"] for row in figure.table] == ["e", "d", "c", "b", "a"]
    assert figure.title == "4 of 5 questions went the way that was more likely"
    assert "5 questions, Brier score 0.202" in figure.finding
    assert figure.render_svg().startswith("<svg")


def test_many_questions_are_counted_bin_by_bin(single_run: list[Run], table: Table) -> None:
    answers = ("a,0.05,0", "b,0.15,1", "c,0.19,0", "d,0.5,1", "e,1,1")
    lines = [f"{name}{line[1:]}" for name in "vwxyz" for line in answers]
    (figure,) = plot_reliability(
        single_run, FigureOptions(hindcast=table("question,forecast,outcome", *lines))
    )
    shown = [(row["from"], row["questions"], row["observed"]) for row in figure.table]
    assert shown == [(0.0, 15, pytest.approx(1 / 3)), (0.4, 5, 1.0), (0.8, 5, 1.0)]
    assert figure.table[0]["forecast"] == pytest.approx(0.13)
    assert "25 questions, Brier score 0.202" in figure.finding


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("question,forecast", "a,0.5"), ":2: has no column outcome"),
        (
            ("question,forecast,outcome", "a,often,1"),
            ":2: forecast is not a number (given: 'often')",
        ),
        (
            ("question,forecast,outcome", "a,nan,1"),
            ":2: forecast is not a finite number (given: 'nan')",
        ),
        (("question,forecast,outcome",), ": has no rows"),
        (("question,forecast,outcome", "a,5,1"), ": a forecast is 0 to 1, an outcome 0 or 1"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_refused_with_its_line(
    lines: tuple[str, ...], message: str, single_run: list[Run], table: Table
) -> None:
    file = table(*lines)
    assert (
        refusal(lambda: plot_reliability(single_run, FigureOptions(hindcast=file)))
        == f"{file}{message}"
    )


def test_without_a_table_one_is_reported_which_columns_it_should_have(
    single_run: list[Run],
) -> None:
    usual = single_run[0].results.folder / "hindcast.csv"
    assert refusal(lambda: plot_reliability(single_run)) == (
        f"{usual}: there is no such table\n"
        "    columns: question, forecast, outcome; docs/figures.md explains them"
    )
