"""Heavy libraries are loaded only where they are used: `docproc --help` must answer at once."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "spacy",
    "numpy",
    "pypdfium2",
    "pdfplumber",
    "docx",
    "docxtpl",
    "lxml",
    "opencc",
    "pydantic",
    "rich",
    "yaml",
    "jinja2",
    "chinese_calendar",
    "pypinyin",
    "openpyxl",
)


def loaded_by(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter holds after running this code."""
    program = f"{code}\nimport sys\nprint(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split("\n")[-2].split())


def invoking(*arguments: str) -> str:
    """A program that runs the command line with these arguments."""
    return (
        f"from click.testing import CliRunner\nfrom docproc.cli import main\nassert CliRunner().invoke(main, {arguments!r}).exit_code == 0"
    )


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded_by(invoking("--help")) == set()


def test_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import docproc") == set()


def test_reading_the_rules_needs_no_nlp_and_no_readers() -> None:
    assert not loaded_by(invoking("checklist", "list")) & {"spacy", "pypdfium2", "pdfplumber", "docx", "docxtpl"}
