"""The pre-check on a terminal: what to do in which order, and what was not checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docproc.library import item, load_yaml
from docproc.model import PreCheck, Report, Script, Step, Urgency
from docproc.render.rounds import place_words
from docproc.render.terminal import say_files, say_package
from docproc.render.voice import Voice, own
from docproc.text.outgoing import as_written

_STYLES = {Urgency.CONDITION: "bold red", Urgency.HAND_IN: "yellow", Urgency.MEND: "red", Urgency.ADD: "yellow", Urgency.CLARIFY: "magenta"}
_LONGEST_QUOTE = 48


def precheck_words() -> Mapping[str, Any]:
    """The sentences of the pre-check (templates/precheck.yaml)."""
    data: Mapping[str, Any] = load_yaml(item("templates", "precheck.yaml"))
    return data


def heading(found: PreCheck) -> str:
    """How much there is to do, never what will come of it."""
    said = precheck_words()
    return str(said["some"]).format(count=len(found.steps)) if found.steps else str(said["none"])


def precheck_text(
    report: Report,
    written: Sequence[Path] = (),
    *,
    width: int | None = None,
    colour: bool | None = None,
    script: Script = Script.HANS,
) -> str:
    """The pre-check of one report as text."""
    said = precheck_words()
    report = as_written(report, script)
    found = report.precheck or PreCheck()
    voice = Voice.about(report, width=width, colour=colour, script=script)
    voice.say(str(said["title"]), "bold")
    say_package(voice, report)
    voice.say(f"\n{heading(found)}", "bold")
    last: Urgency | None = None
    for step in found.steps:
        if step.urgency is not last:
            voice.say(f"\n{said['urgencies'][step.urgency]}", _STYLES[step.urgency])
            last = step.urgency
        _say(voice, step, said)
    voice.say("\n这里没有核对的：")
    for line in found.not_checked:
        voice.say(f"· {line}", indent=2)
    voice.say(str(said["closing"]), "bold")
    say_files(voice, written)
    voice.say("")
    return voice.text


def _say(voice: Voice, step: Step, said: Mapping[str, Any]) -> None:
    voice.say(f"  {step.number}. {step.title}（{'、'.join(step.items)}）", "bold")
    for problem in step.problems:
        voice.say(problem, indent=6)
    for place in step.places[:2]:
        quote = " ".join((place.quote or "").split())
        quote = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
        if not any(quote and quote in problem for problem in step.problems):
            voice.say(f"→ {place_words(place)}" + (f"：{own(f'“{quote}”')}" if quote else ""), indent=6)
    if step.look_in:
        voice.say(f"{said['look_in']}：{'、'.join(own(path) for path in step.look_in)}", indent=6)
    for how in step.how:
        voice.say(f"怎样改：{how}", indent=6)
    if step.example:
        voice.say(f"{said['example']}：{step.example}", indent=6)
