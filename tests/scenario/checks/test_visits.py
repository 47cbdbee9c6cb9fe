"""A visit needs a guest and a host, and has no place; each mistake is one message."""

from __future__ import annotations

import pytest

from tests.scenario.checks.all_arrangements import NAME, arranged
from tests.scenario.folder import Folder

HOSTS = "borduria, syldavia"
VISIT = '[shocks.visit]\ndate = 2024-07-19\nkind = "visit"\n'
MISTAKES = [
    ('actor = "aland"\ntowards = "aland"', "towards: is the visitor itself", HOSTS),
    ('actor = "aland"', "towards: is missing: who is visited", HOSTS),
    ('towards = "aland"', "actor: is missing: who pays the visit", ""),
    ('actor = "aland"\ntowards = "syldava"', "towards: 'syldava' is not a known actor", ""),
    ('actor = "aland"\ntowards = "syldavia"\nrivalry = "strait"',
     "rivalry: has no bearing on an event of kind visit", "omit it"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "message", "allowed"), MISTAKES)
def test_a_visit_that_cannot_be_paid_is_refused_with_what_would_do(
    folder: Folder, lines: str, message: str, allowed: str
) -> None:
    told = _message(folder, VISIT + lines)
    assert f": shocks.visit.{message}" in told
    assert f"allowed: {allowed}" in told


def test_an_event_that_is_no_visit_has_no_host(folder: Folder) -> None:
    talks = 'date = 2024-07-19\nkind = "talks"\nrivalry = "strait"\ntowards = "aland"'
    told = _message(folder, f"[shocks.talks]\n{talks}")
    assert ": shocks.talks.towards: has no bearing on an event of kind talks\n" in told


def _message(folder: Folder, table: str) -> str:
    """Return what is said of the arranged scenario with a table more."""
    file = arranged(folder)
    file.write_text(f"{file.read_text()}\n{table}\n")
    return folder.message(name=NAME)
