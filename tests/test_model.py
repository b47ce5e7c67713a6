"""The nouns can all be had from docproc.model, and a reader has them without pydantic."""

from __future__ import annotations

import subprocess
import sys

import pytest

import docproc.model


@pytest.mark.parametrize("name", docproc.model.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(docproc.model, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(docproc.model, "Nothing")


def test_a_reading_child_loads_no_pydantic() -> None:
    code = "import docproc.readers.worker, docproc.readers.pdf, docproc.readers.word, sys; print('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
