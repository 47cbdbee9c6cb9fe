from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.conditioning.conditioning import Conditioning, condition_results
from sim.analysis.conditioning.effects import Effect
from sim.analysis.conditioning.tables import write_conditioning
from sim.errors import RequestError, ScenarioError
from sim.experiment.storage.results import Results
from sim.statistics.intervals import student_interval, wilson_interval
from sim.statistics.weighted import effective_sample_size


def effect(conditioning: Conditioning, name: str) -> Effect:
    [found] = (each for each in conditioning.effects if each.measure.name == name)
    return found


def written(folder: Path, text: str) -> Path:
    file = folder / "happened.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_conditioning_is_a_filter_in_pandas(results: Results) -> None:
    conditioning = condition_results(results, ["soldiers_sent by 6", "not peace by 4"])
    events, worlds = results.frame("events"), results.frame("worlds").set_index("world")
    sent = events["world"][(events["event"] == "troops_sent") & (events["month"] <= 6)]
    peace = events["world"][(events["event"] == "peace") & (events["month"] <= 4)]
    left = worlds[worlds.index.isin(sent) & ~worlds.index.isin(peace)]
    assert conditioning.world_numbers.tolist() == left.index.tolist()
    assert [(step.agree, step.left) for step in conditioning.steps] == [
        (sent.nunique(), sent.nunique()),
        (len(worlds) - peace.nunique(), len(left)),
    ]
    calm, level = effect(conditioning, "calm"), effect(conditioning, "level")
    assert calm.conditional == wilson_interval(left["calm"].sum(), len(left))
    assert calm.overall == wilson_interval(worlds["calm"].sum(), len(worlds))
    assert level.conditional == student_interval(left["level"])
    assert level.overall == student_interval(worlds["level"])
    assert level.difference.value == pytest.approx(left["level"].mean() - worlds["level"].mean())
    assert conditioning.effective == conditioning.left == len(left)


def test_a_measure_of_some_worlds_is_taken_where_it_is_defined(results: Results) -> None:
    conditioning = condition_results(results, ["not peace by 4"])
    worlds = results.frame("worlds")
    left = worlds[conditioning.weights > 0]
    left = left[left["sent"]]
    kept = effect(conditioning, "kept")
    assert kept.conditional == wilson_interval(left["kept"].sum(), len(left))
    assert (kept.worlds, kept.effective) == (len(left), len(left))


def test_what_the_conditions_decide_is_no_finding(results: Results) -> None:
    conditioning = condition_results(results, ["soldiers_sent by 6"])
    assert effect(conditioning, "sent").given
    assert not effect(conditioning, "sent").differs
    assert not effect(conditioning, "calm").given
    assert effect(condition_results(results, ["calm"]), "calm").given


def test_what_a_few_worlds_agree_on_may_be_chance(results: Results) -> None:
    """That calm decides the front shows in many worlds only: in nine, one half agree by chance."""
    front = effect(condition_results(results, ["calm"], every=True), "front")
    assert front.conditional == (0.5, 0.5, 0.5)
    assert front.given
    few = condition_results(results, ["calm", "troops_sent in 1", "challenge >= 4"], every=True)
    assert few.left <= 9
    assert not effect(few, "front").given


def test_what_does_not_depend_on_the_conditions_does_not_differ(results: Results) -> None:
    conditioning = condition_results(results, ["soldiers_sent"])
    assert not effect(conditioning, "calm").differs
    assert effect(conditioning, "level").differs
    shift = effect(conditioning, "level").difference
    assert shift.low < 0.75 < shift.high  # three times a quarter of the assumption's range


def test_only_headlines_are_compared_unless_all_are_wanted(results: Results) -> None:
    names = [each.measure.name for each in condition_results(results, ["calm"]).effects]
    assert names == list(results.scenario.headlines)
    every = condition_results(results, ["calm"], every=True).effects
    assert [each.measure.name for each in every] == list(results.measures)


def test_a_file_without_softness_is_the_same_filter(results: Results, tmp_path: Path) -> None:
    text = "date,event,happened,tolerance\n2024-10-20,troops_sent,yes,0\n2024-10-18,peace,no,0\n"
    soft = condition_results(results, events=written(tmp_path, text), miss=0)
    hard = condition_results(results, ["troops_sent in 5", "not peace by 4"])
    assert soft.weights.tolist() == hard.weights.tolist()
    assert [vars(each) for each in soft.effects] == [vars(each) for each in hard.effects]
    assert [step.left for step in soft.steps] == [step.left for step in hard.steps]


def test_a_file_weights_worlds_by_how_closely_they_match(results: Results, tmp_path: Path) -> None:
    text = "date,event,tolerance,weight\n2024-10-20,troops_sent,2,2\n"
    conditioning = condition_results(results, events=written(tmp_path, text), miss=0.1)
    events = results.frame("events")
    sent = events[events["event"] == "troops_sent"].set_index("world")["month"]
    distance = (sent.reindex(results.worlds) - 5).abs().fillna(np.inf).to_numpy()
    expected = (0.1 + 0.9 * np.exp(-(distance**2) / 8)) ** 2
    assert conditioning.weights.tolist() == pytest.approx((expected / expected.max()).tolist())
    assert conditioning.left == conditioning.worlds
    assert conditioning.effective == pytest.approx(effective_sample_size(expected))
    [step] = conditioning.steps
    assert step.agree == (distance <= 2).sum()
    assert step.effective == conditioning.effective
    assert not effect(conditioning, "sent").given
    assert effect(conditioning, "sent").differs
    best = conditioning.world_numbers[0]
    assert distance[best] == 0


def test_conditions_and_a_file_work_together(results: Results, tmp_path: Path) -> None:
    file = written(tmp_path, "date,event\n2024-10-20,troops_sent\n")
    both = condition_results(results, ["not peace by 4"], file)
    alone = condition_results(results, events=file)
    calm = condition_results(results, ["not peace by 4"])
    assert ((both.weights > 0) == (calm.weights > 0)).all()
    assert both.effective < alone.effective
    assert [step.text for step in both.steps] == ["not peace by 4", "2024-10-20: troops_sent"]


def test_very_many_events_do_not_make_all_weights_vanish(results: Results, tmp_path: Path) -> None:
    text = "date,event,weight\n" + "2024-10-20,nuclear_use,1\n" * 300
    conditioning = condition_results(results, events=written(tmp_path, text), miss=0.01)
    assert conditioning.weights.tolist() == [1.0] * conditioning.worlds


def test_too_few_worlds_come_with_the_number_a_run_would_need(results: Results) -> None:
    conditioning = condition_results(results, ["troops_sent in 5"])
    assert not conditioning.enough
    assert conditioning.worlds_needed == pytest.approx(200 * 1000 / conditioning.left, rel=0.1)
    assert conditioning.worlds_needed >= 200 * 1000 / conditioning.left
    assert condition_results(results, ["soldiers_sent"]).enough


def test_no_world_left_is_explained_condition_by_condition(results: Results) -> None:
    with pytest.raises(RequestError) as refused:
        condition_results(results, ["soldiers_sent", "provocation by 1", "calm"])
    sent = int(results.column("sent").sum())
    assert str(refused.value) == (
        f"no world of 1,000 is left: 'provocation by 1' removes the last {sent}\n"
        "                          agree       left\n"
        f"    soldiers_sent           {sent}        {sent}\n"
        "    provocation by 1          0          0\n"
        "    it occurs in 100 worlds, in months 2 to 3\n"
        "    At most 0.37% of worlds agree (95%): loosen a condition,\n"
        "    or simulate 55,000 worlds or more"
    )


@pytest.mark.parametrize(
    ("on", "lines"),
    [
        (["not challenge"], ["removes all", "it occurs in 1,000 worlds, in months 1 to 1"]),
        (["victory of strait"], ["events recorded here: challenge, peace, provocation, troops"]),
        (["peace of borduria"], ["peace is recorded with subject: strait"]),
        (["level > 99"], ["'level > 99' removes all"]),
        (["sent", "icbm_test in 2", "not sent"], ["'not sent' removes the last"]),
    ],
)
def test_no_world_left_says_what_there_is(
    results: Results, on: list[str], lines: list[str]
) -> None:
    with pytest.raises(RequestError) as refused:
        condition_results(results, on)
    for line in lines:
        assert line in str(refused.value)
    assert max(map(len, str(refused.value).splitlines())) <= 80


def test_problems_of_a_file_are_reported_with_their_lines(results: Results, tmp_path: Path) -> None:
    file = written(tmp_path, "date,event\n2024-10-20,troop_sent\n2024-10-20,level >= 2\n")
    with pytest.raises(ScenarioError) as refused:
        condition_results(results, events=file)
    first, *_, last = str(refused.value).splitlines()
    assert first.startswith(f"{file}:2: event: no table holds 'troop_sent'; did you mean 'troops_")
    assert any(line.startswith(f"{file}:3: event: ") for line in str(refused.value).splitlines())
    assert last


@pytest.mark.parametrize(
    ("on", "miss", "message"),
    [
        ([], 0.05, "nothing to condition on\n    name it with --on or --events"),
        (["calm"], 1.0, "--miss 1: is not possible\n    allowed: 0 to below 1"),
        (["cal"], 0.05, "--on 'cal': no table holds 'cal'; did you mean 'calm'?"),
        (["calm in"], 0.05, "--on 'calm in': nothing follows 'in'"),
    ],
)
def test_what_cannot_be_done_is_refused(
    results: Results, on: list[str], miss: float, message: str
) -> None:
    with pytest.raises(RequestError) as refused:
        condition_results(results, on, miss=miss)
    assert str(refused.value).startswith(message)


def test_tables_are_written_as_a_whole(results: Results, tmp_path: Path) -> None:
    conditioning = condition_results(results, ["soldiers_sent by 6", "not peace by 4"])
    folder = tmp_path / "new" / "tables"
    write_conditioning(folder, conditioning)
    lines = {file.name: file.read_text("utf-8").splitlines() for file in folder.iterdir()}
    assert set(lines) == {"worlds.csv", "conditions.csv", "measures.csv", "assumptions.csv"}
    assert lines["worlds.csv"][:2] == ["world,weight", f"{conditioning.world_numbers[0]},1.0"]
    assert len(lines["worlds.csv"]) == 1 + conditioning.left
    assert lines["conditions.csv"][0] == "text,reading,agree,left,effective"
    assert lines["measures.csv"][0].startswith("measure,label,unit,overall,overall_low,")
    assert len(lines["assumptions.csv"]) == 1 + len(conditioning.assumptions.learnt)
    assert lines["assumptions.csv"][1].startswith('rules.honour.reputation,"Weight of')
    with pytest.raises(RequestError, match=r"^--to .*: already exists; name another folder$"):
        write_conditioning(folder, conditioning)
