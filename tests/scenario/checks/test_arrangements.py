"""What cannot be arranged is refused, by file, line and key, with what would do instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.checks.all_arrangements import NAME, arranged, number
from tests.scenario.folder import Folder

ACTORS = "aland, borduria, syldavia"
SIDES = "aland, syldavia"
CLASSES = "sub_threshold, ballistic, icbm, satellite, nuclear"

MISFITS = [
    # exchanges
    ('supplier = "borduria"', 'supplier = "bordurai"', 'supplier = "bordurai"',
     "exchanges.arms.supplier: 'bordurai' is not a known actor",
     f"{ACTORS}; did you mean 'borduria'?"),
    ('supplier = "borduria"', 'supplier = "syldavia"', 'supplier = "syldavia"',
     "exchanges.arms.supplier: is the buyer itself", ""),
    ('buyer = "syldavia"', 'buyer = "slydavia"', 'buyer = "slydavia"',
     "exchanges.arms.buyer: 'slydavia' is not a known actor",
     f"{ACTORS}; did you mean 'syldavia'?"),
    ('supplier = "borduria"\nbuyer = "syldavia"', 'supplier = "aland"\nbuyer = "borduria"',
     'buyer = "borduria"',
     "exchanges.arms.buyer: is not a principal in the theatre of its war", SIDES),
    ('buyer = "syldavia"', 'buyer = "aland"', 'buyer = "aland"',
     "exchanges.arms.buyer: has no munitions of its own, so its need is unknown",
     "add actors.aland.munitions"),
    ('rivalry = "strait"\nsince', 'rivalry = "straits"\nsince', '"straits"',
     "exchanges.arms.rivalry: 'straits' is not a known rivalry",
     "strait, mountains; did you mean 'strait'?"),
    ("since = 2024-01-01", "since = 2024-06-20", "2024-06-20",
     "exchanges.arms.since: is after the day the scenario opens", "2024-06-19 or earlier"),
    ("objectors.aland", "objectors.alland", "objectors.alland",
     "exchanges.arms.objectors.alland: 'alland' is not a known actor",
     f"{ACTORS}; did you mean 'aland'?"),
    # councils
    ('permanent = ["aland", "syldavia"]', "permanent = []", "permanent = []",
     "councils.board.permanent: has too few entries: at least 1 needed", ""),
    ('proposers = ["aland"]', "proposers = []", "proposers = []",
     "councils.board.proposers: has too few entries: at least 1 needed", ""),
    ('proposers = ["aland"]', 'proposers = ["alandia"]', '"alandia"',
     "councils.board.proposers: 'alandia' is not a known actor",
     f"{ACTORS}; did you mean 'aland'?"),
    ('target = "borduria"', 'target = "nobody"', '"nobody"',
     "councils.board.target: 'nobody' is not a known actor", ACTORS),
    (f"enforcers.syldavia = {number(0.4)}", f"enforcers.syldavia = {number(0.75)}",
     "enforcers.aland",
     "councils.board.enforcers: carry 1.3 of the sanctions between them", "1 or less in all"),
    ("laxity.syldavia", "laxity.borduria", "laxity.borduria",
     "councils.board.laxity: names an actor that is not an enforcer", SIDES),
    ("votes_needed = 4", "votes_needed = 0", "votes_needed = 0",
     "councils.board.votes_needed: should be greater than 0 (given: 0)", ""),
    # provokers
    (f"\n[actors.borduria.programme]\nlevel = {number(0.5)}\ndrift = {number(0.01)}\n", "",
     "[provokers.borduria]",
     "provokers.borduria: has no weapons programme to test", "add actors.borduria.programme"),
    (f"excitation = {number(0.4, 0.2, 0.65)}", f"excitation = {number(0.4, 0.2, 1.0)}",
     "excitation =",
     "provokers.borduria.excitation.high: lets provocations grow without limit", "less than 1"),
    (f"ballistic = {number(0.4)}", f"ballistic = {number(0.6)}", "[provokers.borduria]",
     f"provokers.borduria: has shares of {CLASSES} that add up to 1.2", "1"),
    ("last_icbm = 2023-12-18", "last_icbm = 2124-12-18", "last_icbm =",
     "provokers.borduria.last_icbm: is after the day the scenario opens",
     "2024-06-19 or earlier"),
    ("last_icbm = 2023-12-18", "last_icmb = 2023-12-18", "last_icmb =",
     "provokers.borduria.last_icmb: unknown key", ""),
    ("[provokers.borduria]", "[provokers.bordurie]", "[provokers.bordurie]",
     "provokers.bordurie: 'bordurie' is not a known actor",
     f"{ACTORS}; did you mean 'borduria'?"),
    ('towards = ["syldavia"]', "towards = []", "towards = []",
     "provokers.borduria.towards: has too few entries: at least 1 needed", ""),
    # blocs, patrons, armings
    ('members = ["aland", "syldavia"]', 'members = ["aland"]', 'members = ["aland"]',
     "blocs.ring.members: has too few entries: at least 2 needed", ""),
    ('against = ["borduria"]', 'against = ["borduria", "aland"]', "against = [",
     "blocs.ring.against: names a member: aland", ""),
    ('client = "borduria"', 'client = "aland"', 'client = "aland"',
     "patronages.hold.client: is the patron itself", ""),
    ('exchange = "arms"', 'exchange = "army"', 'exchange = "army"',
     "armings.answer.exchange: 'army' is not a known exchange", "arms; did you mean 'arms'?"),
    ('kind = "arming"\nrivalry = "strait"\nactor = "borduria"',
     'kind = "arming"\nrivalry = "strait"\nactor = "syldavia"', 'actor = "syldavia"',
     "shocks.arms.actor: is not an actor that may arm a rival's enemy", "borduria"),
    ('kind = "arming"\nrivalry = "strait"\nactor = "borduria"',
     'kind = "nuclear_test"\nrivalry = "strait"\nactor = "syldavia"', 'actor = "syldavia"',
     "shocks.arms.actor: is not an actor that tests weapons", "borduria"),
    # switches
    ("memory = true", "council = false", "[mechanisms]",
     "mechanisms.political_cover: needs mechanisms.council, which is switched off",
     "false, or mechanisms.council = true"),
    ("memory = true", "provocation = false", "[mechanisms]",
     "mechanisms.calming_down: needs mechanisms.provocation, which is switched off",
     "false, or mechanisms.provocation = true"),
    ("memory = true", "exchange = false\npayment = false", "[mechanisms]",
     "mechanisms.technology: needs mechanisms.exchange, which is switched off",
     "false, or mechanisms.exchange = true"),
    ("memory = true", "exchange = false\ntechnology = false\npayment = true", "payment = true",
     "mechanisms.payment: needs mechanisms.exchange, which is switched off",
     "false, or mechanisms.exchange = true"),
]  # fmt: skip


@pytest.fixture
def file(folder: Folder) -> Path:
    """A scenario with something of everything arranged."""
    return arranged(folder)


def test_what_is_arranged_well_is_taken(folder: Folder, file: Path) -> None:
    scenario = folder.load(name=NAME).scenario
    assert scenario.exchanges["arms"].supplier == "borduria"
    assert scenario.councils["board"].enforcers["aland"].value == 0.55


@pytest.mark.parametrize(("old", "new", "at", "message", "allowed"), MISFITS)
def test_what_is_not_is_refused_on_its_line_with_what_would_do(
    folder: Folder, file: Path, old: str, new: str, at: str, message: str, allowed: str
) -> None:
    folder.with_line(old, new, NAME)
    line = folder.line(at, NAME)
    hint = f"\n    allowed: {allowed}" if allowed else ""
    assert folder.message(name=NAME).startswith(f"{NAME}:{line}: {message}{hint}")


@pytest.mark.parametrize(
    ("line", "key", "meaning"),
    [
        ('supplier = "borduria"', "exchanges.arms.supplier", "Who delivers arms"),
        ('buyer = "syldavia"', "exchanges.arms.buyer", "Who fights with them"),
        ('rivalry = "strait"\nsince', "exchanges.arms.rivalry", "The theatre of the buyer's war"),
        ('permanent = ["aland", "syldavia"]', "councils.board.permanent", "Who can veto"),
        ('proposers = ["aland"]', "councils.board.proposers", "Who drafts sanctions"),
        (f"excitation = {number(0.4, 0.2, 0.65)}", "provokers.borduria.excitation",
         "Further provocations that each one causes"),
        ('exchange = "arms"', "armings.answer.exchange", "The exchange to which it responds"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_what_it_would_say(
    folder: Folder, file: Path, line: str, key: str, meaning: str
) -> None:
    folder.with_line(line, "since" if line.endswith("since") else "", NAME)
    table = "[" + key.rpartition(".")[0] + "]"
    at = folder.line(table, NAME)
    assert folder.message(name=NAME) == f"{NAME}:{at}: {key}: is missing: {meaning}"


def test_a_theatre_without_two_sides_is_refused(folder: Folder, file: Path) -> None:
    folder.with_line('between = ["borduria", "syldavia"]', 'between = ["syldavia"]')
    line = folder.line('between = ["syldavia"]')
    assert folder.message(name=NAME) == (
        f"whole.toml:{line}: rivalries.mountains.between: has too few entries: at least 2 needed"
    )


def test_all_that_is_ill_arranged_is_told_at_once(folder: Folder, file: Path) -> None:
    folder.with_line('client = "borduria"', 'client = "aland"', NAME)
    folder.with_line('supplier = "borduria"', 'supplier = "syldavia"', NAME)
    folder.with_line("memory = true", "council = false", NAME)
    assert [problem.key for problem in folder.problems(name=NAME)] == [
        "exchanges.arms.supplier",
        "patronages.hold.client",
        "mechanisms.political_cover",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("since = 2024-01-01", "since = 2024-06-19"),
        (f"enforcers.syldavia = {number(0.4)}", f"enforcers.syldavia = {number(0.45)}"),
        (f"excitation = {number(0.4, 0.2, 0.65)}", f"excitation = {number(0.4, 0.2, 0.99)}"),
        (f"ballistic = {number(0.4)}", f"ballistic = {number(0.405)}"),
        ("memory = true", "council = false\npolitical_cover = false"),
        ("memory = true", "exchange = false\ntechnology = false\npayment = false"),
    ],
)
def test_what_just_fits_is_taken(folder: Folder, file: Path, old: str, new: str) -> None:
    folder.with_line(old, new, NAME)
    folder.load(name=NAME)


def test_arms_cannot_be_sent_to_one_who_does_not_fight_the_buyer(
    folder: Folder, file: Path
) -> None:
    folder.with_line('beneficiary = "aland"', 'beneficiary = "borduria"', NAME)
    problem = folder.problems(name=NAME)[0]
    assert problem.key == "armings.answer.beneficiary"
    assert problem.message == "does not fight syldavia in the war of exchanges.arms"
    assert problem.allowed == "aland"


DIVISORS = [
    "supply.restocking", "exchange.debt_half_life", "exchange.debt_scale", "exchange.return_scale",
    "restraint.trade", "provocation.memory_days", "provocation.tension_half_life",
    "provocation.calming_half_life", "provocation.recovery_half_life",
    "council.mending_half_life",
    "memory.half_life", "choice.half_distance", "join.spread",
]  # fmt: skip


def test_a_number_that_others_are_divided_by_cannot_be_nothing(folder: Folder, file: Path) -> None:
    for key in DIVISORS:
        group, name = key.split(".")
        folder.write("nothing.toml", f'extends = "{NAME}"\n[rules.{group}]\n{name} = {number(0)}\n')
        problem = folder.problems(name="nothing.toml")[0]
        assert problem.key == f"rules.{key}"
        assert problem.message == "it is a divisor, so it may not be zero or nearly so"
