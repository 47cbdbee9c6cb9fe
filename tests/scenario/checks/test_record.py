"""The record of allies' answers and the facts of pairs fit, or one message says what does not."""

from __future__ import annotations

import pytest

from tests.scenario.folder import CLASSES, Folder

FIRST = "[rules.answers.today.aid_due_two]"
CLASS_NAMES = ", ".join(CLASSES)


def eras(folder: Folder, *, today: str = "", second: str = "") -> None:
    """Give the era `today` its years, and add another of the name `again` if it is given some."""
    text = folder.whole.read_text(encoding="utf-8")
    record = text[text.index(FIRST) :].replace("today", "again") if second else ""
    again = f"\n[rules.answers.again]\n{second}\n{record}" if second else ""
    years = f"[rules.answers.today]\n{today}\n\n{FIRST}"
    folder.write("whole.toml", text.replace(FIRST, years) + again)


def pair(folder: Folder, code: str, *lines: str) -> None:
    """Add a pair to the end of the complete scenario."""
    text = folder.whole.read_text(encoding="utf-8")
    facts = "\n".join([f"[pairs.{code}]", *lines, 'source = "disputes"'])
    folder.write("whole.toml", f"{text}\n{facts}\n")


class TestEras:
    """One era covers the year in which a scenario starts: 2024 here."""

    @pytest.mark.parametrize(
        "years",
        ["", "first_year = 2024", "last_year = 2024", "first_year = 2024\nlast_year = 2024"],
    )
    def test_an_era_includes_its_first_and_its_last_year(self, folder: Folder, years: str) -> None:
        eras(folder, today=years)
        assert folder.load().scenario.rules.answers["today"].covers(2024)

    @pytest.mark.parametrize(
        ("years", "in_words"),
        [
            ("last_year = 2023", "to 2023"),
            ("first_year = 2025", "from 2025"),
            ("first_year = 1946\nlast_year = 2023", "from 1946 to 2023"),
        ],
    )
    def test_a_year_that_no_era_covers_is_reported_with_the_eras_there_are(
        self, folder: Folder, years: str, in_words: str
    ) -> None:
        eras(folder, today=years)
        assert folder.message() == (
            f"whole.toml:{folder.line('[rules.answers.today]')}: rules.answers: "
            "no era covers 2024, the year in which the scenario starts\n"
            f"    allowed: one era that covers it; here today ({in_words})"
        )

    def test_a_year_that_two_eras_cover_is_reported_with_both(self, folder: Folder) -> None:
        eras(folder, second="first_year = 2024")
        assert folder.message() == (
            f"whole.toml:{folder.line('[rules.answers.today]')}: rules.answers: "
            "today and again cover 2024, the year in which the scenario starts\n"
            "    allowed: one era that covers it; here today (every year), again (from 2024)"
        )

    def test_two_eras_that_follow_one_another_fit(self, folder: Folder) -> None:
        eras(folder, today="first_year = 2024", second="last_year = 2023")
        record = folder.load().scenario.rules.answers
        assert [code for code, era in record.items() if era.covers(2024)] == ["today"]
        assert [code for code, era in record.items() if era.covers(2023)] == ["again"]

    def test_a_scenario_that_starts_in_another_year_needs_another_era(self, folder: Folder) -> None:
        eras(folder, today="first_year = 1946")
        misfits = {misfit.key: misfit for misfit in folder.problems("start=1914-07-01")}
        assert misfits["rules.answers"].line == folder.line("[rules.answers.today]")
        assert misfits["rules.answers"].message.startswith("no era covers 1914, the year in which")
        assert misfits["rules.answers"].allowed.endswith("; here today (from 1946)")

    def test_an_era_that_ends_before_it_begins_is_reported_once(self, folder: Folder) -> None:
        eras(folder, today="first_year = 2030\nlast_year = 2029")
        assert folder.message() == (
            f"whole.toml:{folder.line('last_year = 2029')}: rules.answers.today.last_year: "
            "is before first_year\n    allowed: 2030 or later"
        )

    def test_a_record_without_an_era_is_reported(self, folder: Folder) -> None:
        text = folder.whole.read_text(encoding="utf-8")
        folder.write("whole.toml", f"{text[: text.index(FIRST)]}[rules.answers]\n")
        assert folder.message() == (
            f"whole.toml:{folder.line('[rules.answers]')}: rules.answers: "
            "has too few entries: at least 1 needed"
        )

    def test_a_year_is_a_whole_number(self, folder: Folder) -> None:
        eras(folder, today='first_year = "1946"')
        assert folder.message() == (
            f"whole.toml:{folder.line('first_year')}: rules.answers.today.first_year: "
            "should be a whole number (given: '1946')"
        )


class TestClasses:
    """Every class of an era has its anchor."""

    @pytest.mark.parametrize("name", CLASSES)
    def test_a_class_without_an_anchor_is_reported(self, folder: Folder, name: str) -> None:
        text = folder.whole.read_text(encoding="utf-8")
        start = text.index(f"[rules.answers.today.{name}]")
        end = text.find("[rules.answers.", start + 1)
        folder.write("whole.toml", text[:start] + (text[end:] if end > 0 else ""))
        (problem,) = folder.problems()
        assert problem.key == f"rules.answers.today.{name}"
        assert problem.message.startswith("is missing: ")
        assert len(problem.message) > len("is missing: ")
        assert (problem.file, problem.line) == (folder.whole, folder.line("[rules.answers.today."))

    def test_a_misspelt_class_is_reported_with_the_nearest(self, folder: Folder) -> None:
        folder.with_line("[rules.answers.today.neighbour]", "[rules.answers.today.neighbor]")
        missing, misspelt = folder.message().split("whole.toml:")[1:]
        assert missing.endswith(
            ": rules.answers.today.neighbour: is missing: Nothing is promised; a neighbour of a "
            "principal, by land or across up to 150 miles of sea\n"
        )
        assert misspelt == (
            f"{folder.line('today.neighbor]')}: rules.answers.today.neighbor: "
            "unknown key\n"
            f"    allowed: first_year, last_year, {CLASS_NAMES}; did you mean 'neighbour'?"
        )

    @pytest.mark.parametrize("step", ["troops", "materiel"])
    def test_lesser_aid_cannot_be_less_likely_than_more(self, folder: Folder, step: str) -> None:
        before, last = folder.whole.read_text(encoding="utf-8").split(
            "[rules.answers.today.bystander]"
        )
        last = last.replace(
            f"{step} = {{ value = 0.5, low = 0.0", f"{step} = {{ value = 0.5, low = -0.1"
        )
        folder.write("whole.toml", f"{before}[rules.answers.today.bystander]{last}")
        key, line = f"rules.answers.today.bystander.{step}", folder.line("low = -0.1, high = 1.0")
        assert folder.message() == (
            f"whole.toml:{line}: {key}: the range -0.1 to 1 exceeds what is possible\n"
            "    allowed: from 0 upwards"
        )


class TestPairs:
    """A pair is two actors, and has its facts once."""

    def test_what_is_not_given_is_none(self, folder: Folder) -> None:
        pair(folder, "sea", 'between = ["aland", "syldavia"]', "sea_neighbours = true")
        facts = folder.load().scenario.pairs["sea"]
        assert (facts.sea_neighbours, facts.rivals) == (True, False)
        assert (facts.disputes, facts.joint_disputes) == (0, 0)

    def test_an_actor_is_no_pair_with_itself(self, folder: Folder) -> None:
        pair(folder, "sea", 'between = ["aland", "aland"]')
        assert folder.message() == (
            f"whole.toml:{folder.line('[pairs.sea]') + 1}: pairs.sea.between: "
            "names the same actor twice\n"
            "    allowed: two actors"
        )

    @pytest.mark.parametrize("order", ['"aland", "syldavia"', '"syldavia", "aland"'])
    def test_a_pair_is_given_once_in_whichever_order(self, folder: Folder, order: str) -> None:
        pair(folder, "sea", 'between = ["aland", "syldavia"]', "rivals = true")
        pair(folder, "coast", f"between = [{order}]", "disputes = 2")
        at = folder.line("[pairs.coast]") + 1
        assert folder.message() == (
            f"whole.toml:{at}: pairs.coast.between: already has an entry: sea\n"
            "    allowed: one table for every pair"
        )

    def test_a_pair_of_an_unknown_actor_is_reported_with_the_nearest(self, folder: Folder) -> None:
        pair(folder, "sea", 'between = ["aland", "slydavia"]')
        assert folder.message() == (
            f"whole.toml:{folder.line('slydavia')}: pairs.sea.between: "
            "'slydavia' is not a known actor\n"
            "    allowed: aland, borduria, syldavia; did you mean 'syldavia'?"
        )

    @pytest.mark.parametrize(
        ("line", "what"),
        [
            ("disputes = -1", "should be greater than or equal to 0 (given: -1)"),
            ("joint_disputes = 1.5", "should be a whole number (given: 1.5)"),
            ('sea_neighbours = "near"', "should be true or false (given: 'near')"),
            ("rivals = 2", "should be true or false (given: 2)"),
        ],
    )
    def test_a_fact_of_another_kind_is_reported(self, folder: Folder, line: str, what: str) -> None:
        pair(folder, "sea", 'between = ["aland", "syldavia"]', line)
        key = line.partition(" ")[0]
        assert folder.message() == f"whole.toml:{folder.line(line)}: pairs.sea.{key}: {what}"

    def test_a_pair_takes_two(self, folder: Folder) -> None:
        pair(folder, "sea", 'between = ["aland"]')
        assert folder.message() == (
            f"whole.toml:{folder.line('[pairs.sea]') + 1}: pairs.sea.between: "
            "has too few entries: at least 2 needed"
        )

    def test_facts_without_a_source_are_reported(self, folder: Folder) -> None:
        pair(folder, "sea", 'between = ["aland", "syldavia"]')
        text = folder.whole.read_text(encoding="utf-8")
        folder.write("whole.toml", text.removesuffix('source = "disputes"\n'))
        assert folder.message() == (
            f"whole.toml:{folder.line('[pairs.sea]')}: pairs.sea.source: "
            "is missing: Keys of the bibliography"
        )
