"""The table of measures in the glossary is made of their definitions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree

from tests.docs.pages import GLOSSARY, TOP, text


def test_the_table_is_current(tmp_path: Path) -> None:
    for folder in (".ci", "docs", "scenarios"):
        copytree(TOP / folder, tmp_path / folder)
    script = tmp_path / ".ci" / "measures.py"
    subprocess.run([sys.executable, script], env={"PYTHONPATH": str(TOP)}, check=True)
    renewed = text(tmp_path / "docs" / "glossary.md")
    assert text(GLOSSARY) == renewed, "python .ci/renew.py writes it anew"
