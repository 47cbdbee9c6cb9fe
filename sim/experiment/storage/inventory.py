"""What a folder of results holds: finished runs, sweeps and stress tests, and unfinished ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.manifest import PARTIAL, Manifest, read_manifest

_CHECKPOINTS = ".*.part"
"""How the folders of unfinished results are named; see `checkpoint`."""


@dataclass(frozen=True)
class StoredResults:
    """A results folder at a glance.

    Attributes:
        folder: the folder, also of results that are not finished yet.
        kind: `run`, `sweep` or `stress`; empty where nothing is finished.
        title: the name that the user gave, or the title of the scenario.
        changed: what the command line changed, as `key value (was value)`.
        worlds: the number of worlds; of a sweep, at each point.
        months: the number of months.
        created: when it was written; None where it is not finished.
        state: what is wrong or missing, in words; empty for complete results of this engine.
    """

    folder: Path
    kind: str = ""
    title: str = ""
    changed: tuple[str, ...] = ()
    worlds: int = 0
    months: int = 0
    created: datetime | None = None
    state: str = field(default="")


def list_stored_results(folder: Path) -> list[StoredResults]:
    """Return what a folder holds: unfinished results first, then the newest."""
    if not folder.is_dir():
        return []
    unfinished = [_read_checkpoint(path) for path in sorted(folder.glob(_CHECKPOINTS))]
    finished = list(_read_folders(folder))
    return unfinished + sorted(finished, key=_sort_key, reverse=True)


def stored_rows(stored: Iterable[StoredResults]) -> list[dict[str, object]]:
    """Return a record for each results folder."""
    return [
        {
            "folder": each.folder.as_posix(),
            "kind": each.kind,
            "title": each.title,
            "changed": list(each.changed),
            "worlds": each.worlds,
            "months": each.months,
            "created": each.created.isoformat() if each.created else None,
            "state": each.state or "complete",
        }
        for each in stored
    ]


def _sort_key(stored: StoredResults) -> float:
    return stored.created.timestamp() if stored.created else 0.0


def _read_folders(folder: Path) -> Iterator[StoredResults]:
    for path in sorted(folder.iterdir()):
        manifest = None if path.name.startswith(".") else read_manifest(path)
        if manifest is not None and "kind" in manifest:
            yield _describe(path, manifest)


def _describe(path: Path, manifest: Manifest) -> StoredResults:
    return StoredResults(
        path,
        kind=str(manifest["kind"]),
        title=_find_title(manifest),
        changed=tuple(_format_change(change) for change in manifest.get("changes") or ()),
        worlds=int(manifest.get("worlds") or 0),
        months=int(manifest.get("months") or 0),
        created=_parse_time(manifest.get("created")),
        state=_find_state(manifest),
    )


def _find_title(manifest: Manifest) -> str:
    """Return the name that the user gave, or the titles of the scenarios."""
    several = manifest.get("scenarios") or {}
    scenarios = [manifest["scenario"]] if "scenario" in manifest else several.values()
    titles = " and ".join(str(scenario.get("title", "")) for scenario in scenarios)
    return str(manifest.get("label") or titles or manifest.get("name") or "")


def _format_change(change: dict[str, Any]) -> str:
    before = change.get("before")
    return f"{change.get('key')} {change.get('value')}" + (f" (was {before})" if before else "")


def _find_state(manifest: Manifest) -> str:
    if manifest.get("status") == PARTIAL:
        missing = sum(each["last"] - each["first"] + 1 for each in manifest.get("failures", ()))
        return f"incomplete: {missing:,} worlds are missing; the same command tries them again"
    if manifest.get("engine") not in (None, engine_fingerprint()):
        return "by another version of the engine"
    return ""


def _parse_time(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _read_checkpoint(path: Path) -> StoredResults:
    """Return an unfinished run; a block's file is named after its first world and their number."""
    name = path.name.removeprefix(".").removesuffix(".part")
    sizes = [file.stem.rpartition("-")[2] for file in path.glob("blocks/*/*.zip")]
    worlds = sum(int(size) for size in sizes if size.isdigit())
    state = f"unfinished: {worlds:,} worlds are simulated; the same command continues"
    return StoredResults(path.with_name(name), worlds=worlds, state=state)
