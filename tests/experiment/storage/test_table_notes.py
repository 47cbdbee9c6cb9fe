from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiment.blocks import Block
from sim.experiment.design.design import build_design
from sim.experiment.run import run_scenario
from sim.experiment.storage.block_files import FinishedRun
from sim.experiment.storage.column_notes import ColumnNote, note_tables
from sim.experiment.storage.results import Results
from sim.experiment.storage.table_notes import COLUMNS_KEY, TableNotes
from sim.experiment.sweep import run_sweep
from sim.model.measures.registry import Measure, list_measures
from sim.model.simulate import simulate
from tests.experiment import fakes
from tests.experiment.conftest import Ask
from tests.worlds import real


@pytest.fixture
def run(ask: Ask, tmp_path: Path) -> Results:
    return run_scenario(ask("worlds=20", "months=2"), tmp_path / "out", fakes.options()).results


def metadata(results: Results) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = pq.read_schema(results.table_path("worlds")).metadata
    return found


NOTES = TableNotes({"seed": "7"}, {"war": ColumnNote("share", "a war")})
OLD = pa.schema([pa.field("war", pa.bool_(), metadata={"unit": "old"})], {"pandas": "{}"})


def test_a_table_says_what_it_was_simulated_from(run: Results) -> None:
    about = {key.decode(): text.decode() for key, text in metadata(run).items()}
    assert about["sim.scenario"] == run.name
    assert about["sim.seed"] == str(run.scenario.seed)
    assert about["sim.engine"] == run.engine
    assert about["sim.digest"] == run.manifest["question"]
    assert about["sim.command"].startswith(f"sim run {run.name} --worlds 20 --months 2 --seed ")


@pytest.mark.parametrize("measure", fakes.MEASURES, ids=lambda measure: measure.name)
def test_every_measure_has_its_unit_and_its_label(run: Results, measure: Measure) -> None:
    file = run.table_path("worlds")
    field = pq.read_schema(file).field(measure.name)
    assert field.metadata[b"unit"].decode() == measure.unit
    assert field.metadata[b"label"].decode() == measure.label
    columns = json.loads(pq.read_metadata(file).metadata[COLUMNS_KEY.encode()])
    assert columns[measure.name] == {"unit": measure.unit, "label": measure.label}


def test_the_same_request_leaves_the_same_bytes_whatever_was_typed(
    ask: Ask, run: Results, tmp_path: Path
) -> None:
    options = fakes.options(command=("sim", "run", "--workers", "2"), label="mine", block_size=7)
    other = run_scenario(ask("worlds=20", "months=2"), tmp_path / "other", options).results
    for name in run.manifest["files"]:
        assert (run.folder / name).read_bytes() == (other.folder / name).read_bytes()


def test_worlds_added_to_a_run_leave_no_trace(ask: Ask, run: Results, tmp_path: Path) -> None:
    larger, finished = ask("worlds=30", "months=2"), FinishedRun(run.folder, Block(0, 20))
    at_once = run_scenario(larger, tmp_path / "once", fakes.options()).results
    added = run_scenario(
        larger, tmp_path / "added", fakes.options(), finished_runs=[finished]
    ).results
    for name in at_once.manifest["files"]:
        assert (at_once.folder / name).read_bytes() == (added.folder / name).read_bytes()


def test_notes_of_before_are_replaced() -> None:
    schema = NOTES.annotate(OLD)
    assert schema.metadata == {b"sim.seed": b"7"}
    assert schema.field("war").metadata == {b"unit": b"share", b"label": b"a war"}
    assert TableNotes().annotate(OLD).metadata is None
    assert TableNotes().annotate(OLD).field("war").metadata is None


def test_the_tables_of_a_sweep_say_it_too(ask: Ask, tmp_path: Path) -> None:
    loaded = ask("worlds=3", "months=2")
    design = build_design(loaded, ["rules.honour.reputation=0.6,1.2"])
    sweep = run_sweep(loaded, design, tmp_path, fakes.options()).results
    for name in ("design", "worlds"):
        command = pq.read_schema(sweep.table_path(name)).metadata[b"sim.command"].decode()
        assert command.endswith("--vary rules.honour.reputation=0.6,1.2")
    number = dict(loaded.scenario.iter_quantities())["rules.honour.reputation"]
    field = pq.read_schema(sweep.table_path("design")).field("rules.honour.reputation")
    assert field.metadata[b"unit"].decode() == number.unit


def test_every_column_of_the_model_has_its_note() -> None:
    scenario = real("pact").model_copy(update={"months": 1})
    history = simulate(scenario, 0, 1)
    notes = note_tables(list_measures(scenario), scenario)
    for table in ("worlds", "months", "events"):
        assert [name for name in getattr(history, table) if name not in notes[table]] == []
    assert notes["months"]["debt_arms_2023"].unit == "billion USD"
