"""Small lessons: files that extend the pact, in an empty folder."""

from __future__ import annotations

from pathlib import Path

from tests.worlds import SCENARIOS

LESSON = """
[lesson]
base = "base"
predict = "How often?"
theory = "Allies come. Or they do not."
source = "snyder-1984"
reading = "Less."
trap = "That it never happens."

[lesson.look_at]
{look_at}
"""
"""What a lesson consists of."""

SHORT = "months = 4\nworlds = 40\n"


def write_pair(folder: Path, look_at: str, *, lines: str = "", base_lines: str = "") -> Path:
    """Write `lesson.toml` and `base.toml`, both as the pact but for `lines`; return the lesson."""
    extends = f'extends = "{(SCENARIOS / "pact.toml").as_posix()}"\n'
    (folder / "base.toml").write_text(extends + SHORT + base_lines, "utf-8")
    file = folder / "lesson.toml"
    file.write_text(extends + SHORT + lines + LESSON.format(look_at=look_at), "utf-8")
    return file
