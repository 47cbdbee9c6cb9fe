"""A folder of scenario files that a test can change line by line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sim.errors import Problem, RequestError, ScenarioError
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.quantity import Share, SignedShare, StrictlyPositive
from sim.scenario.schema.rules import Rules
from sim.scenario.schema.rules.answers import AnchorSpec, EraSpec

HERE = Path(__file__).parent

_NUMBERS = {
    "challenge.opening_display": (0.3, 0.2, 0.4),
    "challenge.opening_force": (0.4, 0.3, 0.5),
    "honour.reputation": (1.2, 0.6, 1.8),
    "honour.busy": (0.3, 0.1, 0.9),
}
"""Coefficients that a test takes hold of, or that must fit together; any number does elsewhere."""

_ANYTHING: dict[type | None, tuple[float, float, float]] = {
    Share: (0.1, 0.05, 0.2),
    SignedShare: (0.2, -0.1, 0.4),
    StrictlyPositive: (0.5, 0.25, 1.0),
}


def rules() -> str:
    """Return the coefficients of behaviour as TOML: all that the schema asks for, one a line."""
    groups = [group for group in Rules.model_fields if group != "answers"]
    described = {f"rules.{group}": Rules.model_fields[group].annotation for group in groups}
    tables = described | {f"rules.answers.today.{each}": AnchorSpec for each in CLASSES}
    return "".join(_table(name, numbers) for name, numbers in tables.items())


CLASSES = [name for name, field in EraSpec.model_fields.items() if field.annotation is AnchorSpec]
"""The classes of answers that every era describes."""


def _table(name: str, described: Any) -> str:
    lines = [f"\n[{name}]"]
    for number, field in described.model_fields.items():
        anything = _ANYTHING.get(field.annotation, (0.5, 0.0, 1.0))
        given = _NUMBERS.get(f"{name.removeprefix('rules.')}.{number}", anything)
        lines.append(_number(number, *given))
    return "\n".join(lines) + "\n"


def _number(name: str, value: float, low: float, high: float) -> str:
    whence = 'unit = "any", source = "judgement", grade = "judgement"'
    return f"{name} = {{ value = {value}, low = {low}, high = {high}, {whence} }}"


WHOLE = (HERE / "whole.toml").read_text(encoding="utf-8") + rules()


@dataclass(frozen=True)
class Folder:
    """A folder that holds `whole.toml`, a complete scenario, and its bibliography."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Folder:
        """Return a folder at `path` with the two files written."""
        shutil.copy(HERE / "sources.toml", path)
        folder = cls(path)
        folder.write("whole.toml", WHOLE)
        return folder

    @property
    def whole(self) -> Path:
        """The complete scenario."""
        return self.path / "whole.toml"

    def write(self, name: str, text: str) -> Path:
        """Write a file beside the complete scenario."""
        file = self.path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def with_line(self, old: str, new: str, name: str = "whole.toml") -> Path:
        """Replace the one place where a file says `old` by `new`."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def line(self, part: str, name: str = "whole.toml") -> int:
        """Return the number of the first line that holds `part`."""
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        return 1 + next(number for number, line in enumerate(lines) if part in line)

    def load(self, *settings: str, name: str = "whole.toml") -> LoadedScenario:
        """Load one of the files."""
        return load_scenario(self.path / name, settings)

    def problems(self, *settings: str, name: str = "whole.toml") -> tuple[Problem, ...]:
        """Load a file that cannot be used; return what is wrong with it."""
        with pytest.raises(ScenarioError) as caught:
            self.load(*settings, name=name)
        return caught.value.problems

    def message(self, *settings: str, name: str = "whole.toml") -> str:
        """Load a file that cannot be used; return the message to the user, without the folder."""
        message = "\n".join(str(problem) for problem in self.problems(*settings, name=name))
        return message.replace(f"{self.path}/", "")

    def refusal(self, *settings: str) -> str:
        """Set what cannot be set on the complete scenario; return the message to the user."""
        with pytest.raises(RequestError) as caught:
            self.load(*settings)
        return str(caught.value)
