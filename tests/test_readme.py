"""What the README shows works as it is written there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

import docproc
from docproc.cli import main

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md", "checklists/README.md")
COMMANDS = sorted(
    {
        (name, line.split("#")[0].strip())
        for name in READMES
        for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
        for line in block.splitlines()
        if line.startswith("docproc ")
    }
)


def test_the_readmes_show_commands() -> None:
    assert len(COMMANDS) > 5


@pytest.mark.parametrize(("readme", "line"), COMMANDS)
def test_every_command_shown_is_one(readme: str, line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group):
        name = words.pop(0)
        assert name in command.commands, f"{readme}: {line}"
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_are_targets(target: str) -> None:
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_python_shown() -> None:
    assert docproc.normalise("天 津 市，２０２４年").text == "天津市，2024年"
    (claim,) = docproc.extract_claims("近三年未发生较大及以上安全、环保等事故。")
    assert (claim.name, claim.value, claim.qualifiers["severity"], claim.qualifiers["years"]) == ("accident.record", "none", "larger", 3)


@pytest.mark.parametrize(
    "name", ["README.md", "docs/tour.md", "docs/why.md", "docs/glossary.md", "checklists/README.md", "samples/README.md"]
)
def test_every_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
