"""Brings up to date what is copied from the package: `python .ci/renew.py`, from the top folder.

The schema of scenario files; the table of measures in the glossary; how the model fares, which
`sim validate` finds and the package and the README report; the picture in the README, with its
table beside it; and the sessions pasted into the README: every `console` block there begins with a
command, and what follows is what that command printed. Nothing else may stand there.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measures import renew_measures

from sim.scenario.schema.json_schema import build_json_schema
from sim.validation.current import read_current_validation
from sim.validation.words import render_excerpt

TOP = Path(__file__).resolve().parents[1]
RECORD = TOP / "sim" / "validation" / "current.json"
VALIDATION = re.compile(
    r"(?<=<!-- python .ci/renew.py writes what sim validate found from here -->\n)"
    r".*(?=<!-- to here -->)",
    re.DOTALL,
)
SESSION = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<said>(?:.*\n)*?)```$", re.MULTILINE)


def renew_schema(file: Path) -> None:
    """Write the schema as `sim schema` prints it."""
    file.write_text(json.dumps(build_json_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")


def renew_validation(file: Path) -> None:
    """Validate, and keep the record of it."""
    with TemporaryDirectory() as desk:
        out = Path(desk, "validation")
        words = ["validate", "--scenarios", str(TOP / "scenarios"), "--out", str(out)]
        subprocess.run(
            [sys.executable, "-m", "sim", *words],
            env=os.environ | {"PYTHONPATH": str(TOP)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        shutil.copy(out / "validation.json", file)


def renew_excerpt(file: Path) -> None:
    """Tell on a page what the record says."""
    found = read_current_validation(RECORD)
    told = render_excerpt([each.part for each in found.parts]) if found else ""
    page = file.read_text("utf-8")
    file.write_text(VALIDATION.sub(lambda _: f"\n{told}\n", page), "utf-8")


def renew_picture(folder: Path) -> None:
    """Draw what the pact provoked and deterred, and keep the picture with its table."""
    with TemporaryDirectory() as desk:
        shutil.copytree(TOP / "scenarios", Path(desk, "scenarios"))
        runs = [_run(f"sim run scenarios/{name}.toml", desk) for name in ("pact", "no_pact")]
        folders = " ".join(said.splitlines()[-1] for said in runs)
        _run(f"sim plot {folders} --figure fourway --format svg --out drawn", desk)
        for name in ("fourway.svg", "fourway.csv"):
            shutil.copy(Path(desk, "drawn", name), folder / name)


def renew_sessions(file: Path) -> None:
    """Run every session of a page again and paste what it prints."""
    page = file.read_text("utf-8")
    file.write_text(SESSION.sub(_session, page), "utf-8")


def _session(old: re.Match[str]) -> str:
    return f"```console\n$ {old['command']}\n{_said(old['command'])}```"


def _said(command: str) -> str:
    """Return what a command prints in a folder with the scenarios and no results yet."""
    with TemporaryDirectory() as desk:
        shutil.copytree(TOP / "scenarios", Path(desk, "scenarios"))
        said = _run(command, desk)
    return "".join(line.rstrip() + "\n" for line in said.splitlines())


def _run(command: str, desk: str) -> str:
    """Return what a command prints in a folder."""
    words = [sys.executable, "-m", *shlex.split(command)]
    widths = os.environ | {"COLUMNS": "80", "PYTHONPATH": str(TOP)}
    done = subprocess.run(words, cwd=desk, env=widths, check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    renew_schema(TOP / "scenarios" / "scenario.schema.json")
    renew_measures(TOP / "docs" / "glossary.md")
    renew_validation(RECORD)
    renew_excerpt(TOP / "README.md")
    renew_picture(TOP / "docs" / "pictures")
    renew_sessions(TOP / "README.md")
