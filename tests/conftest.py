"""The same random texts in every run, and no deadline: the first text of a kind loads what it needs. Recognised pages are kept
for the run, away from the user's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from docproc.page_store import ENVIRONMENT_VARIABLE

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(autouse=True, scope="session")
def _own_page_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path_factory.mktemp("pages")))
        yield
