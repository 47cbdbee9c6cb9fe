from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.storage import run_key as run_key_module
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.run_key import canonical_json, compute_point_id, run_key
from tests.experiment.conftest import Ask
from tests.model.past.forks import fork
from tests.scenario.folder import Folder
from tests.worlds import quarrel


def test_the_folder_is_named_after_scenario_and_key(ask: Ask) -> None:
    key = run_key(ask())
    name, _, digits = key.folder_name.rpartition("-")
    assert name == "whole"
    assert digits == key.digest[:8]
    assert set(digits) <= set("0123456789abcdef")


def test_the_same_file_has_the_same_key(ask: Ask) -> None:
    assert run_key(ask()) == run_key(ask())


@pytest.mark.parametrize(
    "setting",
    [
        "worlds=101",
        "months=25",
        "seed=8",
        "start=2024-06-20",
        "mechanisms.memory=false",
        "rules.honour.reputation=1.3",
        "rules.honour.reputation.value=1.3",
        'rules.honour.reputation.shape="uniform"',
    ],
)
def test_what_determines_the_results_changes_the_key(ask: Ask, setting: str) -> None:
    assert run_key(ask(setting)).digest != run_key(ask()).digest


@pytest.mark.parametrize(
    "setting",
    [
        'title="Another title"',
        'description="More words"',
        'question="Which question?"',
        'article=["A02"]',
        'headlines=["war_any"]',
        'rules.honour.reputation.meaning="What is lost"',
        'rules.honour.reputation.note="Derived otherwise"',
        'rules.honour.reputation.source="votes"',
        'rules.honour.reputation.grade="measured"',
    ],
)
def test_descriptive_texts_leave_the_key_unchanged(ask: Ask, setting: str) -> None:
    assert run_key(ask(setting)).digest == run_key(ask()).digest


def test_a_code_that_reads_like_a_text_still_counts(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    text = (tmp_path / "whole.toml").read_text(encoding="utf-8")
    folder.write("note.toml", text.replace("syldavia", "note"))
    assert '"note":{' in canonical_json(folder.load(name="note.toml").scenario)


def test_the_order_of_tables_in_the_file_does_not_matter(ask: Ask) -> None:
    scenario = ask().scenario
    turned = scenario.model_copy(update={"actors": dict(reversed(scenario.actors.items()))})
    assert canonical_json(turned) == canonical_json(scenario)


def test_another_engine_gives_another_key(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run_key(ask())
    monkeypatch.setattr(run_key_module, "engine_fingerprint", lambda: "another")
    after = run_key(ask())
    assert before.digest != after.digest
    assert (before.engine, after.engine) == (engine_fingerprint(), "another")


def test_a_scenario_without_a_past_has_the_id_it_had_before_there_were_any() -> None:
    plain = quarrel()
    assert '"past"' not in canonical_json(plain)
    assert compute_point_id(plain) != compute_point_id(fork(plain, 3))
    assert compute_point_id(fork(plain, 3)) != compute_point_id(fork(plain, 4))
