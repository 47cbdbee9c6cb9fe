"""The name that a user gives a run, stored in its manifest; it affects no result."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from sim.errors import RequestError, ResultsError
from sim.experiment.storage.atomic import fsync
from sim.experiment.storage.manifest import MANIFEST_FILE, Manifest, write_manifest
from sim.scenario.characters import find_control_characters

_MAX_LENGTH = 60


def check_label(label: str, option: str = "--name") -> str:
    """Return the name of a run without spaces at its ends.

    Raises:
        RequestError: it is empty, too long for a heading, or not printable.
    """
    text = label.strip()
    for _, message in find_control_characters({option: text}):
        raise RequestError(f"{option}: {message}\n    allowed: printable text in one line")
    if not 0 < len(text) <= _MAX_LENGTH:
        found = f"has {len(text)} characters" if text else "is empty"
        raise RequestError(f"{option}: {found}\n    allowed: 1 to {_MAX_LENGTH} characters")
    return text


def store_label(folder: Path, manifest: Manifest, label: str) -> Manifest:
    """Return a manifest with another name of its run, once it is stored in its folder.

    Raises:
        ResultsError: the folder cannot be written to; nothing was changed.
    """
    renamed = manifest | {"label": label}
    draft = folder.parent / f".{folder.name}.{token_hex(4)}.{MANIFEST_FILE}"
    try:
        write_manifest(draft, renamed)
        fsync(draft)
        os.replace(draft, folder / MANIFEST_FILE)
    except OSError as error:
        raise ResultsError(f"{folder}: cannot be named: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return renamed
