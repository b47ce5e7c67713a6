"""The same random texts in every run, and no deadline: the first text of a kind loads what it needs."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
