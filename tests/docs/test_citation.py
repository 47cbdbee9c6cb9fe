"""How to cite the project, and under which version."""

from __future__ import annotations

import re

import sim
from sim.scenario.provenance import software
from tests.docs.pages import TOP, text

CITATION = text(TOP / "CITATION.cff")
CHANGELOG = text(TOP / "CHANGELOG.md")
_LINE = re.compile(r"(?:  )*(?:- )?(?:[a-z][a-z-]*: \S.*|[a-z][a-z-]*:|\S.*)")


def fields() -> dict[str, str]:
    """Return the citation's fields that stand on one line."""
    lines = re.findall(r"^([a-z-]+): (\S.*)$", CITATION, re.MULTILINE)
    return {key: value.strip('"') for key, value in lines}


def test_the_citation_says_what_the_format_asks_for() -> None:
    assert fields()["cff-version"] == "1.2.0"
    assert {"message", "title", "type", "version", "license"} <= fields().keys()
    assert "authors:\n  - name: The alliance-sim authors\n" in CITATION


def test_the_citation_is_plain_yaml() -> None:
    assert "\t" not in CITATION
    assert all(_LINE.fullmatch(line) for line in CITATION.splitlines())
    plain = [value for value in fields().values() if f'"{value}"' not in CITATION]
    assert not any(": " in value or " #" in value for value in plain)


def test_the_command_cites_the_same() -> None:
    assert fields()["title"] == software.TITLE
    assert fields()["date-released"] == software.RELEASED
    assert f"- name: {software.AUTHORS}\n" in CITATION


def test_citation_package_and_changelog_name_the_same_version() -> None:
    assert fields()["version"] == sim.__version__
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", CHANGELOG, re.MULTILINE)
    assert "## [Unreleased]" in CHANGELOG or released[0] == sim.__version__
