"""Brings up to date what is copied from the package: `python .ci/renew.py`, from the top folder.

The schema of scenario files; the table of measures in the glossary; the picture of a month and the
table of state variables; the examples of Python as mypy reads them; the record of `sim validate`,
its overview in the README and all its checks in docs/checks.md; the picture in the README, with its
table beside it; the sessions pasted into the README: every `console` block there begins with a
command, followed by the output of that command and nothing else; and the figures of docs/teaching.
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

from examples import renew_examples
from measures import renew_measures
from month import renew_month
from teaching import renew_teaching
from variables import renew_variables

from sim.scenario.schema.json_schema import build_json_schema
from sim.validation.current import read_current_validation
from sim.validation.words import render_excerpt, render_overview

TOP = Path(__file__).resolve().parents[1]
RECORD = TOP / "sim" / "validation" / "current.json"
VALIDATION = re.compile(
    r"(?<=<!-- python .ci/renew.py writes what sim validate found from here -->\n)"
    r".*(?=<!-- to here -->)",
    re.DOTALL,
)
SESSION = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)


def renew_schema(file: Path) -> None:
    """Write the schema as `sim schema` prints it."""
    file.write_text(json.dumps(build_json_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")


def renew_validation(file: Path) -> None:
    """Run the validation and store its record."""
    with TemporaryDirectory() as desk:
        out = Path(desk, "validation")
        command = ["validate", "--scenarios", str(TOP / "scenarios"), "--out", str(out)]
        subprocess.run(
            [sys.executable, "-m", "sim", *command],
            env=os.environ | {"PYTHONPATH": str(TOP)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        shutil.copy(out / "validation.json", file)


def renew_excerpts(readme: Path, checks: Path) -> None:
    """Write the record's overview into the README and all its checks into their own page."""
    record = read_current_validation(RECORD)
    parts = [entry.part for entry in record.parts] if record else []
    _replace_excerpt(readme, render_overview(parts))
    _replace_excerpt(checks, render_excerpt(parts))


def _replace_excerpt(page: Path, excerpt: str) -> None:
    text = VALIDATION.sub(lambda _: f"\n{excerpt}\n", page.read_text("utf-8"))
    page.write_text(text, "utf-8")


def renew_picture(folder: Path) -> None:
    """Draw what the pact adds and averts, and store the picture with its table."""
    with TemporaryDirectory() as desk:
        shutil.copytree(TOP / "scenarios", Path(desk, "scenarios"))
        outputs = [_run(f"sim run scenarios/{name}.toml", desk) for name in ("pact", "no_pact")]
        results = " ".join(output.splitlines()[-1] for output in outputs)
        _run(f"sim plot {results} --figure fourway --format svg --out drawn", desk)
        for name in ("fourway.svg", "fourway.csv"):
            shutil.copy(Path(desk, "drawn", name), folder / name)


def renew_sessions(file: Path) -> None:
    """Run every session of a page again and paste its output."""
    page = file.read_text("utf-8")
    file.write_text(SESSION.sub(_rerun_session, page), "utf-8")


def _rerun_session(session: re.Match[str]) -> str:
    return f"```console\n$ {session['command']}\n{_capture(session['command'])}```"


def _capture(command: str) -> str:
    """Return the output of a command in a folder with the scenarios and no results yet."""
    with TemporaryDirectory() as desk:
        shutil.copytree(TOP / "scenarios", Path(desk, "scenarios"))
        output = _run(command, desk)
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def _run(command: str, desk: str) -> str:
    """Return the output of a command run in a folder."""
    arguments = [sys.executable, "-m", *shlex.split(command)]
    environment = os.environ | {"COLUMNS": "80", "PYTHONPATH": str(TOP)}
    process = subprocess.run(
        arguments, cwd=desk, env=environment, check=True, capture_output=True, text=True
    )
    return process.stdout


if __name__ == "__main__":
    renew_schema(TOP / "scenarios" / "scenario.schema.json")
    renew_measures(TOP / "docs" / "glossary.md")
    renew_month()
    renew_variables()
    renew_examples()
    renew_validation(RECORD)
    renew_excerpts(TOP / "README.md", TOP / "docs" / "checks.md")
    renew_picture(TOP / "docs" / "pictures")
    renew_sessions(TOP / "README.md")
    renew_teaching()
