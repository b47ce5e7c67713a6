"""The same random texts in every run, and no deadline: the first text of a kind loads what it needs. Recognised pages are kept
for the run, away from the user's own.

Tests marked `program` use a system program as it is (LibreOffice, Chromium). Where it is not installed they are left out of the run,
unless DOCPROC_ALL_PROGRAMS is set, as it is in .ci/run, which installs the programs first. So with `fonts` and the faces that they draw in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from docproc.page_store import ENVIRONMENT_VARIABLE
from tests.faces import missing_fonts

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(autouse=True, scope="session")
def _own_page_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path_factory.mktemp("pages")))
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests whose program is not there."""
    if os.environ.get("DOCPROC_ALL_PROGRAMS"):
        return
    absent = [item for item in items if any(shutil.which(mark.args[0]) is None for mark in item.iter_markers("program"))]
    if missing_fonts():
        absent += [item for item in items if item.get_closest_marker("fonts") is not None]
    if absent:
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]
