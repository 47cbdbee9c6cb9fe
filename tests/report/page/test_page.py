"""The page holds everything, fetches nothing, computes its numbers, and is harmed by no text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from math import nan
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.report.figures.aggregates import pair_runs
from sim.report.page import assumptions, headline
from sim.report.page.page import PAGE_FOLDER, render_page
from sim.report.run_view import Run, open_runs
from sim.report.words import format_amount, format_page_cell, format_percent, format_share
from sim.scenario.files.claims import load_claims
from tests.report.conftest import WITHOUT, Simulate
from tests.report.page.html import Page

HOSTILE = "</title><script>document.pwned=1</script>\"'{{7*7}}<img src=x onerror=document.pwned=1>"
MOST_BYTES = 1_500_000


@pytest.fixture(scope="module")
def alone(pact: Path) -> str:
    """The page of one run."""
    return render_page(open_runs([pact]))


@pytest.fixture(scope="module")
def both(pact: Path, no_pact: Path) -> str:
    """The page of two runs."""
    return render_page(open_runs([pact, no_pact]))


def report(*words: object) -> Result:
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(
        app, ["report", *map(str, words)]
    )


def test_the_page_is_small_enough_to_send(both: str) -> None:
    assert 100_000 < len(both.encode()) < MOST_BYTES


def test_nothing_is_fetched_from_anywhere(both: str) -> None:
    page_tags = Page(both)
    links = {
        name: page_tags.all(name) for name in ("href", "src", "srcset", "action", "data", "poster")
    }
    outside = [
        link for links_ in links.values() for link in links_ if not link.startswith(("#", "data:"))
    ]
    assert outside == []
    style = (PAGE_FOLDER / "page.css").read_text()
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_forbids_what_it_does_not_need(both: str) -> None:
    (policy,) = [tag["content"] for tag in Page(both).named("meta") if "http-equiv" in tag]
    (script,) = re.findall(r"<script>(.*?)</script>", both, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{digest}';")
    assert "unsafe-eval" not in policy


def test_every_id_is_there_once_and_every_link_on_the_page_leads_somewhere(both: str) -> None:
    page_tags = Page(both)
    ids = page_tags.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page_tags.all("href") if link.startswith("#")} <= set(ids)
    assert page_tags.headings_skip_no_level()


def test_every_figure_has_its_words_its_small_print_and_its_table(both: str) -> None:
    page_tags = Page(both)
    pictures = [tag for _, tag in page_tags.tags if tag.get("role") == "img"]
    figures = page_tags.named("figure")
    assert [tag["id"] for tag in figures] == [
        "figure-difference-weariness_strait",
        "figure-network",
    ]
    assert all(len(tag["aria-label"]) > 20 for tag in pictures)
    regions = [tag for _, tag in page_tags.tags if tag.get("role") == "region"]
    assert all(tag["tabindex"] == "0" for tag in regions)
    assert both.count("<summary>Table: ") == len(figures)
    assert page_tags.text.count("seed 7") >= len(figures)


def test_the_words_of_the_page_hold_no_number_but_the_level_of_its_intervals() -> None:
    """Whatever else is a number comes from the results, through an expression of the template."""
    template = (PAGE_FOLDER / "page.html").read_text("utf-8")
    words = Page(re.sub(r"{%.*?%}|{{.*?}}", "", template)).text
    assert set(re.findall(r"\d+(?:\.\d+)?", words)) == {"95"}


def test_the_headline_is_counted_anew_from_the_worlds(run_pair: list[Run]) -> None:
    columns = [[run.results.column(name) for run in run_pair] for name in ("war_any", "war_strait")]
    diverging = sum(
        bool(any(ours[world] != theirs[world] for ours, theirs in columns)) for world in range(100)
    )
    (sentence,) = headline.summarise_runs(run_pair, pair_runs(run_pair))
    assert f"In {diverging} of 100 paired worlds ({diverging}%), " in sentence
    assert "on at least one of 2 outcomes" in sentence, "without what needs the pact"


def test_what_needs_the_pact_is_put_in_by_the_rules(run_pair: list[Run], both: str) -> None:
    [(heading, columns)] = headline.build_verdicts(run_pair, pair_runs(run_pair))
    assert heading == "What the treaty changes (100 pairs of worlds with the same random draws)"
    assert [column.title for column in columns] == [
        "What the treaty changes",
        "What the treaty does not change",
        "Put in by the rules, not findings",
    ]
    changes, same, rules = (column.lines for column in columns)
    assert changes == ["nothing"]
    assert same[0] == "Disputes begun: the same in every pair"
    [rule] = rules
    assert rule.endswith("honoured, where invoked (rule: a call needs a treaty that promises aid)")
    text = Page(both).text
    assert all(line in text for line in (*same, rule, "docs/model.md#true-by-construction"))
    assert "honoured, where invoked (differs by construction)" in text


def test_a_run_alone_is_sorted_by_how_often_things_happen(single_run: list[Run]) -> None:
    [(heading, columns)] = headline.build_verdicts(single_run, [])
    assert heading == "What happens in The strait"
    assert [column.title for column in columns] == [
        "In half of worlds or more",
        "In some worlds",
        "In few worlds",
    ]
    assert columns[0].lines == ["nothing"]
    assert columns[1].lines[0].startswith("New war anywhere: 33% (")


def test_the_page_says_what_the_command_line_changed(simulate: Simulate) -> None:
    runs = open_runs([simulate("rules.honour.reputation=1.5")])
    assert runs[0].changed == "rules.honour.reputation 1.5 (was 1.2)"
    text = Page(render_page(runs)).text
    assert "Changed: rules.honour.reputation 1.5 (was 1.2)." in text
    assert "The strait, changed: rules.honour.reputation 1.5 (was 1.2)." in text, "in a figure"


def test_the_table_of_headlines_is_that_of_the_metrics(single_run: list[Run]) -> None:
    rows = {row.name: row.cells for row in headline.build_headline_rows(single_run)}
    disputes = single_run[0].results.metrics["disputes"]
    assert rows["Disputes begun, per world"][0].value == f"{disputes.value:.3g}"
    honoured = single_run[0].results.metrics["honoured_pact"]
    assert honoured.worlds < 100
    assert rows["Aland-Borduria treaty honoured, where invoked"][0].worlds == (
        f"of {honoured.worlds} worlds"
    )


def test_every_number_of_the_scenario_stands_on_the_page_with_its_grounds(
    alone: str, single_run: list[Run]
) -> None:
    text = Page(alone).text
    keys = [key for key, _ in single_run[0].scenario.iter_quantities()]
    assert len(keys) > 100
    assert [key for key in keys if key not in text] == []
    assert "0.1 (0.08 to 0.12) share" in text
    assert all(citation in text for _, citation in assumptions.list_cited_sources(single_run))
    assert "A14" in text


def test_what_is_assumed_differently_is_named_and_nothing_else(
    both: str, run_pair: list[Run]
) -> None:
    (single_run,) = assumptions.list_input_differences(run_pair)
    assert (single_run.key, single_run.values) == ("treaties.pact.concluded", ["yes", "no"])
    assert "treaties.pact.concluded" in Page(both).text


def test_the_page_is_cautious_and_says_how_to_do_it_again(alone: str) -> None:
    text = Page(alone).text
    assert "Conditional frequencies, not forecasts." in text
    assert "sim run whole.toml" in text
    assert "sim report " in text
    assert "Not on this page: Sensitivity: no sensitivity table was given." in text


def test_the_same_runs_make_the_same_page(single_run: list[Run], alone: str) -> None:
    assert render_page(single_run) == alone


def test_texts_of_scenario_files_can_do_no_harm(simulate: Simulate) -> None:
    hostile = (f"title={HOSTILE}", f"question={HOSTILE}", f"actors.aland.name={HOSTILE}")
    pair = open_runs([simulate(*hostile), simulate(*WITHOUT, f"rivalries.strait.name={HOSTILE}")])
    page_tags = Page(render_page(pair))
    assert page_tags.named("img") == []
    assert page_tags.all("onerror") == []
    assert len(page_tags.named("script")) == 1
    assert HOSTILE in page_tags.text
    assert "49" not in " ".join(text for tag, text in page_tags.pieces if tag == "h1")


def test_the_page_is_written_where_it_is_asked_for(pact: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "page.html"
    result = report(pact, "--html", file)
    assert (result.exit_code, result.stdout) == (0, f"{file}\n")
    assert file.read_text("utf-8").startswith("<!doctype html>")


def test_a_page_that_is_there_is_left_alone_unless_forced(pact: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("mine")
    result = report(pact, "--html", file)
    assert (result.exit_code, result.stderr) == (
        2,
        f"{file}: already exists; --force overwrites it\n",
    )
    assert file.read_text() == "mine"
    assert report(pact, "--html", file, "--force").exit_code == 0


def test_a_folder_that_holds_no_results_is_named(tmp_path: Path) -> None:
    result = report(tmp_path / "none", "--html", tmp_path / "page.html")
    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path / 'none'}: there is no such folder\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_every_claim_of_the_article_is_quoted_in_a_few_words() -> None:
    quoted = assumptions.read_quotations()
    assert quoted.keys() == load_claims().keys()
    assert all(0 < len(words.split()) <= 6 for words in quoted.values())


def test_claims_are_quoted_on_the_page_and_found_from_the_numbers_they_ground(alone: str) -> None:
    page_tags = Page(alone)
    assert "A15 badly needed munitions" in page_tags.text
    linked = {link for link in page_tags.all("href") if link.startswith("#claim-")}
    assert {link[1:] for link in linked} & set(page_tags.all("id"))


def test_what_both_runs_say_of_how_much_was_simulated_is_said_once(run_pair: list[Run]) -> None:
    assert headline.describe_runs(run_pair) == [
        "The strait and No pact: 100 worlds of 24 months from 19 June 2024 each."
    ]


def test_one_world_of_one_month_is_counted_as_one(simulate: Simulate) -> None:
    alone = open_runs([simulate("worlds=1", "months=1")])
    assert headline.describe_runs(alone) == ["The strait: 1 world of 1 month from 19 June 2024."]


def test_what_differs_between_strangers_is_said_in_the_order_of_their_names(
    pact: Path, simulate: Simulate
) -> None:
    runs = open_runs([pact, simulate(*WITHOUT, "worlds=50")])
    pairs = pair_runs(runs)
    (reason,) = headline.summarise_runs(runs, pairs)
    [(heading, _)] = headline.build_verdicts(runs, pairs)
    assert heading == "What the treaty changes (worlds not paired)"
    assert reason == (
        "The worlds of No pact and The strait are not paired: they do not have the same worlds: 50 "
        "and 100. Only shares can be compared."
    )


def test_the_contents_lead_to_every_section_in_their_order(both: str) -> None:
    page_tags = Page(both)
    headings = [tag["id"] for tag in page_tags.named("h2") if "id" in tag]
    links = [tag["href"][1:] for tag in page_tags.named("a") if tag["href"][1:] in headings]
    assert links == headings


# -- with `sim compare` -------------------------------------------------------------------------


def compare(*words: object) -> Result:
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(
        app, ["compare", *map(str, words)]
    )


def test_what_is_compared_is_written_as_a_page(pact: Path, no_pact: Path, tmp_path: Path) -> None:
    file = tmp_path / "compared.html"
    result = compare(pact, no_pact, "--html", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == str(file)
    both = tmp_path / "reported.html"
    report(pact, no_pact, "--html", both)
    assert file.read_text("utf-8") == both.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_refused_before_anything_is_simulated(
    pact: Path, no_pact: Path, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text("mine")
    result = compare(pact, no_pact, "--html", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"--html {file}: already exists; name another file\n"
    many = compare(*[tmp_path / f"{name}.toml" for name in "abcde"], "--html", tmp_path / "b.html")
    assert many.stderr == "5 folders are too many for one figure; allowed: up to 4\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00001234, "0.0000123"),
        (-0.000235, "\N{MINUS SIGN}0.000235"),
        (-0.0, "0"),
        (119.0, "119"),
        (12345.6, "12,346"),
        (999.96, "1000"),
    ],
)
def test_amounts_have_three_figures_that_count_and_no_powers_of_ten(
    value: float, text: str
) -> None:
    assert format_amount(value) == text


def test_an_undefined_number_is_words_in_a_sentence_and_an_empty_cell() -> None:
    assert format_amount(nan) == format_share(nan) == format_percent(nan) == "too few to say"
    assert format_page_cell(nan) == ""
