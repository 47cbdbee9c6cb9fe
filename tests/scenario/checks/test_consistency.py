"""The parts of a scenario fit together, or the message says what does not."""

from __future__ import annotations

import pytest

from tests.scenario.folder import Folder

BOTH = "must be given for the two rivals and no other actor"
SHARE = '{ value = 0, low = 0, high = 1, unit = "a", source = "judgement", grade = "judgement" }'

HALF = SHARE.replace("value = 0,", "value = 0.5,")
ONSET = "[rivalries.strait.onset]"
OPENING = f"[rivalries.strait.opening]\nthreat = {HALF}\ndisplay = {HALF}\n"

MISFITS = [
    ('parties = ["aland", "borduria"]', 'parties = ["aland", "borduria", "aland"]',
     "treaties.pact.parties", "names a party twice", ""),
    ('protects = ["aland"]', 'protects = ["aland", "syldavia"]',
     "treaties.pact.protects", "names an actor that is not a party", "aland, borduria"),
    ('parties = ["aland", "borduria"]',
     'parties = ["aland", "borduria", "syldavia"]\nsignatories = 2',
     "treaties.pact.signatories", "are fewer than the parties named", "3 or more"),
    ("in_force = 2024-12-04", "in_force = 2024-05-31",
     "treaties.pact.in_force", "is before the day of signing", "2024-06-01 or later"),
    ("ends = 2030-01-01", "ends = 2000-02-08",
     "treaties.friendship.ends", "is before the day of signing", "2000-02-09 or later"),
    ("ends = 2030-01-01", "in_force = 2001-01-01",
     "treaties.friendship.ratification", "cannot be combined with in_force", "one of the two"),
    ('replaces = "friendship"', 'replaces = "pact"',
     "treaties.pact.replaces", "is the treaty itself", ""),
    ('between = ["borduria", "syldavia"]', 'between = ["syldavia", "aland"]',
     "rivalries.mountains.between", "already has a rivalry: strait", ""),
    ('actor = "syldavia"', 'actor = "aland"',
     "shocks.landing.actor", "did not begin the war, which is already fought on its soil",
     "syldavia"),
    ('between = ["borduria", "syldavia"]', 'between = ["syldavia", "syldavia"]',
     "rivalries.mountains.between", "names the same actor twice", ""),
    ("onset.syldavia", "onset.aland",
     "rivalries.mountains.onset", BOTH, "borduria, syldavia"),
    ("stake.syldavia", f"stake.aland = {SHARE}\nstake.syldavia",
     "rivalries.mountains.stake", BOTH, "borduria, syldavia"),
    ('began_by = "syldavia"', 'began_by = "borduria"',
     "wars.crossing.began_by", "is not one of the rivals", "aland, syldavia"),
    ("[wars.crossing.weariness]", f"[wars.crossing.weariness]\nborduria = {SHARE}",
     "wars.crossing.weariness", BOTH, "aland, syldavia"),
    ("since = 2023-03-01", "since = 2024-06-20",
     "wars.crossing.since", "is after the day the scenario opens", "2024-06-19 or earlier"),
    ('side = "aland"', 'side = "borduria"',
     "wars.crossing.support.borduria.side", "is not one of the rivals", "aland, syldavia"),
    ("[wars.crossing.support.borduria]", "[wars.crossing.support.syldavia]",
     "wars.crossing.support.syldavia", "is a principal of the war itself", ""),
    ("date = 2024-08-06", "date = 2024-06-18",
     "shocks.landing.date", "is before the day the scenario opens", "2024-06-19 or later"),
    ('actor = "borduria"', 'actor = "aland"',
     "shocks.march.actor", "is not one of the rivals", "borduria, syldavia"),
    ('actor = "borduria"', "",
     "shocks.march.actor", "is missing: who challenges, or whose soil is attacked",
     "borduria, syldavia"),
    ('actor = "borduria"', 'actor = ""',
     "shocks.march.actor", "is missing: who challenges, or whose soil is attacked",
     "borduria, syldavia"),
    ("date = 2024-08-06", "date = 2024-08-06\nfait_accompli = true",
     "shocks.landing.fait_accompli", "is possible only where a dispute opens at war",
     'kind = "dispute", rung = "war"'),
    (ONSET, f"{OPENING}force = {HALF}\n\n{ONSET}",
     "rivalries.strait.opening", "has shares of threat, display, force that add up to 1.5", "1"),
    ("opening_force = { value = 0.4, low = 0.3, high = 0.5",
     "opening_force = { value = 0.4, low = 0.3, high = 0.7",
     "rules.challenge.opening_force.high",
     "together with opening_display may exceed 1, leaving nothing for opening by a threat",
     "0.6 or less"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "what", "allowed"), MISFITS)
def test_a_misfit_is_reported_with_what_would_fit(
    folder: Folder, old: str, new: str, key: str, what: str, allowed: str
) -> None:
    folder.with_line(old, new)
    misfit = {problem.key: problem for problem in folder.problems()}[key]
    assert (misfit.message, misfit.allowed) == (what, allowed)
    assert misfit.file == folder.whole


def test_a_misfit_is_reported_on_its_line(folder: Folder) -> None:
    folder.with_line("since = 2023-03-01", "since = 2024-06-20")
    assert folder.message() == (
        f"whole.toml:{folder.line('2024-06-20')}: wars.crossing.since: "
        "is after the day the scenario opens\n"
        "    allowed: 2024-06-19 or earlier"
    )


def test_one_rivalry_carries_one_war(folder: Folder) -> None:
    folder.write(
        "child.toml",
        'extends = "whole.toml"\n[wars.second]\nrivalry = "strait"\nbegan_by = "syldavia"\n'
        f'since = 2024-01-01\nfront = {SHARE}\nsource = "disputes"\n'
        f"weariness = {{ aland = {SHARE}, syldavia = {SHARE} }}\n",
    )
    assert folder.message(name="child.toml") == (
        "child.toml:3: wars.second.rivalry: already has a war: crossing"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('protects = ["aland"]', 'protects = ["borduria", "aland"]'),
        ("in_force = 2024-12-04", "in_force = 2024-06-01"),
        ("in_force = 2024-12-04\n", ""),
        ("since = 2023-03-01", "since = 2024-06-19"),
        (ONSET, f"{OPENING}force = {SHARE}\n\n{ONSET}"),
        ("date = 2024-08-06", "date = 2024-06-19"),
        ("opening_force = { value = 0.4, low = 0.3, high = 0.5",
         "opening_force = { value = 0.4, low = 0.3, high = 0.6"),
        ('kind = "dispute"\nrivalry = "mountains"\nactor = "borduria"',
         'kind = "ceasefire"\nrivalry = "mountains"'),
    ],
)  # fmt: skip
def test_what_just_fits_is_no_misfit(folder: Folder, old: str, new: str) -> None:
    folder.with_line(old, new)
    folder.load()


def test_all_misfits_are_reported_at_once_in_the_order_of_the_file(folder: Folder) -> None:
    folder.with_line("ends = 2030-01-01", "ends = 1999-01-01")
    folder.with_line("in_force = 2024-12-04", "in_force = 2024-01-01")
    folder.with_line('side = "aland"', 'side = "borduria"')
    folder.with_line("onset.syldavia", "onset.aland")
    assert [problem.key for problem in folder.problems()] == [
        "treaties.pact.in_force",
        "treaties.friendship.ends",
        "rivalries.mountains.onset",
        "wars.crossing.support.borduria.side",
    ]


def test_misfits_wait_until_every_part_is_well_formed(folder: Folder) -> None:
    folder.with_line("since = 2023-03-01", "since = 2024-06-20")
    folder.with_line("months = 24", "months = 0")
    assert [problem.key for problem in folder.problems()] == ["months"]


def test_openings_that_do_not_add_up_are_reported_on_their_line(folder: Folder) -> None:
    folder.with_line(ONSET, f"{OPENING}force = {HALF}\n\n{ONSET}")
    assert folder.message() == (
        f"whole.toml:{folder.line('[rivalries.strait.opening]')}: rivalries.strait.opening: "
        "has shares of threat, display, force that add up to 1.5\n"
        "    allowed: 1"
    )
