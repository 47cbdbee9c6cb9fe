from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from sim.cli.wording import join_first_names
from sim.output import format_cell, format_exact_number, render_markdown_table
from sim.scenario.files.claims import load_claims
from sim.scenario.provenance.ledger import build_ledger
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder

PACT = Path(__file__).parents[4] / "scenarios" / "pact.toml"
FIGURES = ["value", "low", "high", "unit", "shape", "grade"]
COLUMNS = ["key", *FIGURES, "sources", "claims", "meaning", "note", "file", "line"]


def block(text: str, heading: str) -> list[str]:
    """Return the lines under a heading of the table."""
    lines = [line.rstrip() for line in text.splitlines()]
    start = lines.index(heading) + 1
    return lines[start : lines.index("", start)]


def test_the_table_has_every_number_with_range_unit_grade_sources_and_claims(sim: Sim) -> None:
    result = sim("sources", "whole.toml")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].rstrip() == (
        "Number             Value (range), unit      Grade     Sources, claims"
    )
    assert block(result.stdout, "actors.borduria")[:7] == [
        "capital            Bordun                             atlas",
        "capability         0.1 (0.08 to 0.12)       estimated strength",
        "                   share                              judgement",
        "                                                      A14",
        "nuclear_warheads   40 (20 to 80)            judgement judgement",
        "                   warheads",
        "ideal_point        -0.8 (-1 to -0.6)        estimated votes",
    ]


def test_a_certain_number_has_no_range(sim: Sim) -> None:
    lines = block(sim("sources", "whole.toml").stdout, "actors.aland")
    assert "nuclear_warheads   0                        measured  strength" in lines


def test_a_treaty_is_reported_by_its_name_and_its_numbers_stand_with_it(sim: Sim) -> None:
    assert block(sim("sources", "whole.toml").stdout, "treaties.friendship") == [
        "                   Treaty of Friendship               treaties",
        "ratification       8 (6 to 10)              measured  treaties",
        "                   months",
    ]


def test_the_table_fits_the_screen(sim: Sim) -> None:
    for words in (["whole.toml"], [str(PACT)], [str(PACT), "--claims"]):
        assert max(map(len, sim("sources", *words).stdout.splitlines())) <= 80


def test_csv_has_a_line_for_each_and_all_there_is_to_know(sim: Sim, folder: Folder) -> None:
    result = sim("sources", "whole.toml", "--format", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert list(rows[0]) == COLUMNS
    assert [row["key"] for row in rows] == [line.key for line in build_ledger(folder.load())]
    [row] = [row for row in rows if row["key"] == "actors.borduria.capability"]
    assert list(row.values()) == [
        *("actors.borduria.capability", "0.1", "0.08", "0.12", "share", "triangular"),
        *("estimated", "strength; judgement", "A14"),
        "Share of the world's capabilities (COW CINC): its strength at home.",
        *("", "whole.toml", str(folder.line("value = 0.1"))),
    ]


def test_what_is_no_number_has_no_figures_in_csv(sim: Sim) -> None:
    rows = csv.DictReader(StringIO(sim("sources", "whole.toml", "--format", "csv").stdout))
    [row] = [row for row in rows if row["key"] == "treaties.pact"]
    assert [row[name] for name in FIGURES] == [""] * 6
    assert row["note"].startswith('The text names the strait only: parties = "both"')


def test_json_has_the_same(sim: Sim) -> None:
    result = sim("sources", "whole.toml", "--json")
    records = json.loads(result.stdout)
    assert list(records[0]) == COLUMNS
    [record] = [record for record in records if record["key"] == "actors.borduria.capability"]
    assert (record["value"], record["sources"]) == (0.1, ["strength", "judgement"])
    assert result.stdout == sim("sources", "whole.toml", "--format", "json").stdout


def test_markdown_is_a_page_with_the_sources_written_out(sim: Sim) -> None:
    output = sim("sources", "whole.toml", "--format", "markdown").stdout
    lines = output.splitlines()
    assert lines[0] == "# The strait: the ledger"
    assert "uncertain and drawn anew for each world." in lines[2]
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    tops = ["affinity_range", "actors", "ties", "treaties", "rivalries", "wars", "shocks", "rules"]
    assert headings == [*tops, "Sources"]
    assert f"| {' | '.join(COLUMNS)} |" in lines
    assert "- **judgement** This project: Judgement. Made up, for the tests." in lines
    assert "- **votes** This project (2024): Votes of an invented assembly." in lines
    assert "- **strength** This project: Strength of invented states. Second edition." in lines


def test_a_setting_shows_where_it_is_set(sim: Sim) -> None:
    result = sim("sources", "whole.toml", "--format", "csv", "--set", "rules.honour.reputation=1")
    [row] = [line for line in result.stdout.splitlines() if line.startswith("rules.honour.reput")]
    assert row.startswith("rules.honour.reputation,1,1,1,")
    assert row.endswith(",--set,")


def test_it_can_be_written_to_a_file(sim: Sim, folder: Folder) -> None:
    result = sim("sources", "whole.toml", "--format", "csv", "--out", "ledger.csv")
    assert (result.exit_code, result.stdout) == (0, "ledger.csv\n")
    written = (folder.path / "ledger.csv").read_text(encoding="utf-8")
    assert written == sim("sources", "whole.toml", "--format", "csv").stdout


def test_a_table_in_a_file_is_plain_text(sim: Sim, folder: Folder) -> None:
    sim("sources", "whole.toml", "--out", "ledger.txt")
    lines = (folder.path / "ledger.txt").read_text(encoding="utf-8").splitlines()
    assert "actors.borduria" in lines
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines)


def test_nothing_is_written_over(sim: Sim, folder: Folder) -> None:
    before = folder.whole.read_text(encoding="utf-8")
    result = sim("sources", "whole.toml", "--out", "whole.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--out whole.toml: already exists; name another file\n"
    assert folder.whole.read_text(encoding="utf-8") == before


def test_a_folder_that_is_a_file_is_reported(sim: Sim) -> None:
    Path("nowhere").write_text("a file", encoding="utf-8")
    result = sim("sources", "whole.toml", "--out", "nowhere/ledger.csv")
    assert result.exit_code == 2
    assert result.stderr == "--out nowhere/ledger.csv: cannot be written: File exists\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "csv", "--json"], "--json and --format csv: one format at a time\n"),
        (["--format", "cvs"], "Invalid value for '--format'"),
        (["--set", "worlds"], "--set worlds: is not of the form key.path=value\n"),
    ],
)
def test_what_makes_no_sense_is_reported(sim: Sim, words: list[str], message: str) -> None:
    result = sim("sources", "whole.toml", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_the_claims_come_with_what_they_ground_or_why_they_are_left_out(sim: Sim) -> None:
    output = sim("sources", "whole.toml", "--claims").stdout
    assert [line[1:4] for line in output.splitlines() if line.startswith(" A")] == list(
        load_claims()
    )
    assert " Parameters:" in output
    assert " actors.borduria.capability" in output
    assert "Mechanisms: start" in output
    assert "Left out: The visit is told in the" in output
    assert "Nothing." in output


def test_many_keys_are_counted_on_a_screen_and_complete_elsewhere(sim: Sim) -> None:
    output = " ".join(sim("sources", str(PACT), "--claims").stdout.split())
    assert re.search(r" and \d+ more ", output)
    output = sim("sources", str(PACT), "--claims", "--format", "csv").stdout
    rows = {row["claim"]: row for row in csv.DictReader(StringIO(output))}
    assert list(rows["A11"]) == ["claim", "kind", "says", "grounds", "mechanism", "left_out"]
    assert "treaties.us_rok_1953; " in rows["A11"]["grounds"]
    assert len(rows) == 48


def test_the_claims_are_a_page_too_and_records(sim: Sim) -> None:
    page = sim("sources", "whole.toml", "--claims", "--format", "markdown").stdout.splitlines()
    assert page[0] == "# The strait: the claims of the source article"
    assert len(page) == 2 + 2 + 48
    records = json.loads(sim("sources", "whole.toml", "--claims", "--json").stdout)
    assert records[13]["grounds"] == ["actors.borduria.capability"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.1, "0.1"),
        (5580.0, "5580"),
        (0.00001, "0.00001"),
        (-0.0, "0"),
        (100.0, "100"),
        (-1.82, "-1.82"),
        (1e22, "10000000000000000000000"),
    ],
)
def test_a_number_is_written_with_all_its_digits_and_no_powers(value: float, written: str) -> None:
    assert format_exact_number(value) == written
    assert float(written) == value


def test_a_cell_is_text_on_one_line() -> None:
    assert format_cell("one\ntwo  three") == "one two three"
    assert format_cell(("a", "b")) == "a; b"
    assert (format_cell(None), format_cell(())) == ("", "")


def test_markdown_is_not_broken_by_what_stands_in_a_cell() -> None:
    table = render_markdown_table(["a", "b"], [["x|y", "<z>"]])
    assert table == "| a | b |\n| --- | --- |\n| x\\|y | &lt;z> |\n"


def test_words_are_counted_out() -> None:
    assert join_first_names(["a", "b"], 2) == "a, b"
    assert join_first_names(["a", "b", "c", "d"], 2) == "a, b, and 2 more"
    assert join_first_names([], 2) == ""
