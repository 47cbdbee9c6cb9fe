"""How names are written: codes of actors and treaties, keys of sources, claims of the article."""

from __future__ import annotations

CODE = r"^[a-z][a-z0-9_]*$"
SOURCE = r"^[a-z0-9][a-z0-9-]*$"
CLAIM = r"^A(0[1-9]|[1-3][0-9]|4[0-8])$"

IN_WORDS = {
    CODE: "a lower-case letter, then lower-case letters, digits or _",
    SOURCE: "lower-case letters, digits or -",
    CLAIM: "A01 to A48",
}
"""What each pattern asks for, as a message says it."""
