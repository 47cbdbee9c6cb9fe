"""The table of what differs in choices: findings first, then whose choices, then how many more."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from math import nan
from typing import Any

import pytest
from rich.console import Console

from sim.analysis.choices.effect import ChoiceEffect
from sim.analysis.choices.of_runs import RunChoices
from sim.analysis.comparison.compare import RunPair
from sim.cli.views.start.choices import show_choices
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval
from tests.analysis.choices.test_groups import effect
from tests.worlds import changed, quarrel

NAMES = {f"actors__{code}__name": code.capitalize() for code in ("rival", "member", "patron")}
EFFECTS = [
    effect("challenge", "rival", "member", -0.123),
    effect("war", "rival", "member", -0.3),
    effect("challenge", "member", "rival", 0.02),
    effect("help_war", "patron", "member", 0.25),
    effect("climb", "rival", "member", 0.1, clear=False),
    effect("resist", "rival", "member", 0.001),
    effect("challenge", "rival", "backer", 0.4),
]


def show(*effects: ChoiceEffect, treaty: bool = True, width: int = 80, **options: Any) -> str:
    """Return what is printed of some differences with and without the pact, or of none."""
    with_ = quarrel(**NAMES)
    without: Scenario = changed(with_, treaties__pact__concluded=False) if treaty else with_
    pair = RunPair(0, 1, ("pact",) if treaty else (), "", (), {})
    out = StringIO()
    choices = RunChoices(with_, without, pair, 1000, effects or tuple(EFFECTS))
    show_choices(Console(file=out, width=width), [choices], **options)
    return out.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_findings_stand_first_and_name_the_largest_change() -> None:
    printed = words(show())
    assert printed.startswith("What the treaty does to choices (1,000 paired worlds) Most deterred")
    assert "Most deterred: Rival, challenges to Member -12.3%." in printed
    assert "Most emboldened: Member, challenges to Rival +2.0%." in printed
    assert (
        "Expected to fight for Member, attacked by Rival: Patron with a chance of 125%, without "
        "100%." in printed
    )


def test_each_role_has_its_table_with_the_change_and_whom_it_goes_through() -> None:
    printed = words(show())
    titles = ["Adversary deterred?", "Member emboldened?", "Ally more willing?"]
    assert [printed.index(title) for title in titles] == sorted(map(printed.index, titles))
    assert (
        "Rival challenges Member 1 0.877 -12.3% through Patron 90%, course of events 10%" in printed
    )
    assert "-18.4 to -6.2%" in printed
    assert (
        "Patron fights for Member, attacked by Rival 100% 125% +25.0 pp 12.5 to 37.5 pp" in printed
    )


def test_small_and_unclear_changes_and_those_of_others_are_counted() -> None:
    printed = words(show())
    assert "escalates" not in printed
    assert "resists" not in printed
    assert "Backer" not in printed
    note = "Not shown (--detail): 1 more clear changes, 1 below 0.5%, 1 whose interval includes no"
    assert note in printed


def test_with_detail_every_row_is_there() -> None:
    printed = words(show(detail=True))
    assert "Rival escalates against Member" in printed
    assert "Others" in printed
    assert "Not shown" not in printed


def test_rows_of_a_group_are_capped() -> None:
    many = [effect("challenge", "rival", "member", -0.1 - place / 100) for place in range(7)]
    printed = words(show(*many))
    assert printed.count("Rival challenges Member") == 4
    assert "3 more clear changes" in printed


def test_what_does_not_change_is_a_finding() -> None:
    printed = words(show(*(effect(*who, clear=False) for who in STILL)))
    assert "How often adversaries challenge does not clearly change." in printed
    assert "How often members challenge does not clearly change." in printed
    assert "Whether members are expected to fight for each other does not clearly change" in printed
    assert printed.count("no clear change") == 3


STILL = (
    ("challenge", "rival", "member"),
    ("challenge", "member", "rival"),
    ("help_war", "patron", "member"),
)


def test_an_adversary_may_be_provoked_and_a_member_restrained() -> None:
    printed = words(
        show(effect("challenge", "rival", "member", 0.2), effect("challenge", "member", "rival"))
    )
    assert "Most provoked: Rival, challenges to Member +20.0%." in printed
    assert "Most restrained: Member, challenges to Rival -10.0%." in printed


def test_without_a_treaty_choices_differ() -> None:
    printed = words(show(treaty=False))
    assert printed.startswith("What differs in choices (1,000 paired worlds)")
    assert "Choices A B B against A (95%)" in printed
    assert "Expected help" in printed
    assert "deterred" not in printed


def test_a_change_from_nothing_is_not_a_number() -> None:
    from_nothing = replace(
        effect("war", "rival", "member"), relative=Interval(nan, nan, nan), shares=()
    )
    assert "Rival begins war on Member 1 0.9 n/a" in words(show(from_nothing, detail=True))


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_table_fits_the_terminal(width: int) -> None:
    assert max(map(len, show(width=width, detail=True).splitlines())) <= width


def test_nothing_to_show_is_nothing() -> None:
    out = StringIO()
    show_choices(Console(file=out), [])
    assert out.getvalue() == ""
