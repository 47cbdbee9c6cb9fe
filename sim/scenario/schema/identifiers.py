"""Patterns of names: codes of actors and treaties, keys of sources, claims, outcomes."""

from __future__ import annotations

CODE_PATTERN = r"^[a-z][a-z0-9_]*$"
SOURCE_KEY_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
CLAIM_ID_PATTERN = r"^A(0[1-9]|[1-3][0-9]|4[0-8])$"
_CODE = "[a-z][a-z0-9_]*"
OUTCOME_PATTERN = (
    f"^({_CODE}|rate:(challenge|resist|climb|war):{_CODE}:{_CODE}|help:{_CODE}:{_CODE}:{_CODE}"
    f"|stress:{_CODE}:{_CODE}@[a-z_]+:{_CODE})$"
)

PATTERN_DESCRIPTIONS = {
    CODE_PATTERN: "a lower-case letter, then lower-case letters, digits or _",
    SOURCE_KEY_PATTERN: "lower-case letters, digits or -",
    CLAIM_ID_PATTERN: "A01 to A48",
    OUTCOME_PATTERN: "a measure, such as war_korea, rate:challenge:korea:dprk, "
    "help:korea:dprk:russia or stress:korea:rok@war:russia",
}
"""What each pattern requires, as messages state it."""
