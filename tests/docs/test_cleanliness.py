"""Nothing in the project depends on the machine it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import files, name, text

# Written so that this file does not hold what it looks for.
_PLACES = r"/[w]ork/|/[h]ome/\w|/[U]sers/\w|/[r]oot/|/[o]pt/|/[t]mp/|[C]:\\\\"
_HOSTS = r"[p]ypi\.|[p]ythonhosted|[i]ndex-url|[a]rtifactory|[t]rusted-host"
FOREIGN = re.compile(f"{_PLACES}|{_HOSTS}")


def foreign(content: str) -> list[str]:
    """Return what in a text belongs to one machine or one package host."""
    return FOREIGN.findall(content)


def test_no_file_names_a_place_on_a_machine_or_a_package_host() -> None:
    matches = {name(file): foreign(text(file)) for file in files()}
    assert {file: places for file, places in matches.items() if places} == {}


@pytest.mark.parametrize(
    "content", ["see /~home/me/x", "at /~work/x", "--ind~ex-url y", "from py~pi.z"]
)
def test_such_a_name_would_be_noticed(content: str) -> None:
    assert foreign(content) == []
    assert len(foreign(content.replace("~", ""))) == 1


def test_no_file_is_large() -> None:
    assert [name(file) for file in files() if file.stat().st_size > 1_500_000] == []


def test_the_files_looked_at_are_those_of_the_project() -> None:
    names = {name(file) for file in files()}
    expected = {"README.md", ".ci/run", "sim/__init__.py", "scenarios/pact.toml", "LICENSE"}
    assert expected <= names
    assert Path("results/README.md").as_posix() in names
