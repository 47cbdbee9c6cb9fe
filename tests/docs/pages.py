"""The project's pages and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
README = TOP / "README.md"
MODEL = [TOP / "docs" / "model.md", *sorted((TOP / "docs" / "model").glob("*.md"))]
SCHEDULE = TOP / "docs" / "model" / "schedule.md"
GLOSSARY = TOP / "docs" / "glossary.md"
RESULTS = TOP / "results" / "README.md"

_FOLDERS = (".ci", "docs", "scenarios", "sim", "tests")
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE)


def files() -> Iterator[Path]:
    """Yield every file of the project, and no other file in its folder."""
    for folder in _FOLDERS:
        for file in sorted((TOP / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
    for file in sorted(TOP.iterdir()):
        if file.is_file() and not file.name.startswith(".coverage"):  # what a measured run leaves
            yield file
    yield RESULTS


def pages() -> list[Path]:
    """Return every Markdown page."""
    return [file for file in files() if file.suffix == ".md"]


def text(file: Path) -> str:
    """Return the text of a file."""
    return file.read_text("utf-8")


def blocks(file: Path, language: str) -> list[str]:
    """Return the fenced blocks of a language, without their fences."""
    fences = _FENCE.finditer(text(file))
    return [fence["body"] for fence in fences if fence["language"] == language]


def prose(file: Path) -> str:
    """Return a page without its fenced blocks."""
    return _FENCE.sub("", text(file))


def in_code_style(*files: Path) -> set[str]:
    """Return the words of some pages that stand in code style."""
    return {word for file in files for word in re.findall(r"`([^`\n]+)`", prose(file))}


def name(file: Path) -> str:
    """Return a file's place in the project, for the names of tests."""
    return file.relative_to(TOP).as_posix()
