"""Examples of hypothesis are the same every time, so that the gate never fails by chance."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("model", deadline=None, derandomize=True)
settings.load_profile("model")
