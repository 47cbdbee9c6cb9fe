"""Patterns of names: codes of actors and treaties, keys of sources, claims of the article."""

from __future__ import annotations

CODE_PATTERN = r"^[a-z][a-z0-9_]*$"
SOURCE_KEY_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
CLAIM_ID_PATTERN = r"^A(0[1-9]|[1-3][0-9]|4[0-8])$"

PATTERN_DESCRIPTIONS = {
    CODE_PATTERN: "a lower-case letter, then lower-case letters, digits or _",
    SOURCE_KEY_PATTERN: "lower-case letters, digits or -",
    CLAIM_ID_PATTERN: "A01 to A48",
}
"""What each pattern requires, as messages state it."""
