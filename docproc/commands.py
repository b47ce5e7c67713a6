"""What the commands do between parsing and printing: several packages in a row, one file's claims, one file's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from docproc.contents import Progress, contents_of
from docproc.errors import UNPROCESSED, USAGE, DocprocError
from docproc.model import Claim, PackageOutcome, Report, Script, SourcePackage, Stage
from docproc.review import Review, masked, pages_told, review, texts_of, unprocessed

if TYPE_CHECKING:
    from docproc.readers.isolate import Isolation
    from docproc.text.view import View


class Audience(StrEnum):
    """For whom a package is checked."""

    OFFICE = "office"
    ENTERPRISE = "enterprise"


_MOST = 0.5  # of a text: where less of it shows a region, the passages that do are told


@dataclass(slots=True)
class Checked:
    """What checking a row of packages came to: the reports, what was written, messages, the exit status."""

    reports: list[Report] = field(default_factory=list)
    written: dict[int, tuple[Path, ...]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    script: Script = Script.HANS

    @property
    def status(self) -> int:
        """Usage errors first, then the higher of 1 and 3."""
        return USAGE if USAGE in self.statuses else max(self.statuses, default=0)

    def summaries(self) -> Iterator[str]:
        """A readable summary a package."""
        from docproc.render.precheck import precheck_text
        from docproc.render.terminal import summary

        for number, report in enumerate(self.reports):
            written = self.written.get(number, ())
            yield (precheck_text if report.precheck else summary)(report, written, script=self.script)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How packages are to be checked, as `check` takes it."""

    checklist: str | None = None
    as_of: date | None = None
    stage: str = Stage.CITY
    script: str = Script.HANS
    previous: Path | None = None  # the report of the first round
    audience: Audience = Audience.OFFICE
    mask: bool = False


def check_packages(paths: Sequence[Path], wishes: Wishes, *, out: Path | None, progress: Progress) -> Checked:
    """Checks each package; one that cannot be processed does not stop the rest."""
    from docproc.outputs import load_report, load_texts
    from docproc.readers.isolate import Isolation

    result = Checked(script=Script(wishes.script))
    for path in paths:
        if not path.exists():
            raise DocprocError("path_not_found", path=path)
    previous = load_report(wishes.previous) if wishes.previous else None
    first = (previous, load_texts(wishes.previous)) if wishes.previous and previous else None
    checklist = wishes.checklist or (previous.checklist.id if previous and previous.checklist else None)
    with Isolation(progress=pages_told(progress)) as isolation:
        for path, folder in zip(paths, _folders(paths, out), strict=True):
            _check(path, folder, replace(wishes, checklist=checklist), first, result, isolation, progress)
    if wishes.mask:
        from docproc.mask import mask_text

        result.messages = [mask_text(message) for message in result.messages]
    return result


def _check(
    path: Path,
    folder: Path | None,
    wishes: Wishes,
    first: tuple[Report, Mapping[str, str]] | None,
    result: Checked,
    isolation: Isolation,
    progress: Progress,
) -> None:
    """One package into the result. `first`: the report of the first round with its texts."""
    from docproc.mask import mask_report
    from docproc.precheck import precheck

    try:
        done = review(path, wishes.checklist, wishes.as_of, stage=Stage(wishes.stage), progress=progress, isolation=isolation)
        if first is not None:
            done = follow_up(done, *first)
        if wishes.audience is Audience.ENTERPRISE:
            done = replace(done, report=done.report.model_copy(update={"precheck": precheck(done.report)}))
        if wishes.mask:
            done = masked(done)
    except DocprocError as error:
        result.messages.append(f"{path}：{error.text}")
        result.statuses.add(error.status)
        if error.status == UNPROCESSED:
            result.reports.append(mask_report(unprocessed(path, error), {}) if wishes.mask else unprocessed(path, error))
        return
    result.reports.append(done.report)
    if done.report.outcome is not PackageOutcome.PASS:
        result.statuses.add(1)
    if folder is not None:
        from docproc.outputs import write_outputs

        written = write_outputs(done, folder, Script(wishes.script), isolation)
        result.written[len(result.reports) - 1] = written.files
        result.messages.extend(f"{path}：{remark}" for remark in written.remarks)


def follow_up(done: Review, previous: Report, texts: Mapping[str, str]) -> Review:
    """The review with what became of the first round. Raises DocprocError("previous_mismatch").

    Where the first report was masked, the two are compared masked: a number that one of them hides is no change.
    """
    from docproc.mask import mask_text
    from docproc.rounds import second_round

    now, report = texts_of(done), done.report
    if previous.masked:
        now, report = {id_: mask_text(text) for id_, text in now.items()}, masked(done).report
    return replace(done, report=done.report.model_copy(update={"second_round": second_round(previous, report, texts, now)}))


def claims_of_file(path: Path, progress: Progress) -> tuple[Claim, ...]:
    """The claims of one document (or of the parts of a bound one)."""
    return contents_of(_read(path), progress).claims


def normalised_parts(path: Path) -> Iterator[View]:
    """The normalised text of each readable document of a file."""
    from docproc.text.view import view_of

    for file in _read(path).files:
        if file.content.text:
            yield view_of(file.content)
        elif file.content.problems:
            raise DocprocError("unreadable", path=file.path, why="；".join(problem.message for problem in file.content.problems))


def repairs_text(view: View) -> str:
    """A line a repair: what stood there, what it was taken for, why, and how sure that is."""
    certainty = {"exact": "确定", "inferred": "推断"}
    lines = [
        "\t".join(
            (
                f"{repair.start}–{repair.end}",
                f"{repair.old!r} → {repair.new!r}",
                certainty.get(repair.certainty, repair.certainty),
                repair.reason,
            )
        )
        for repair in view.repairs
    ]
    return "\n".join([f"共 {len(lines)} 处修复", *lines, *_script_lines(view)]) + "\n"


def _script_lines(view: View) -> Iterator[str]:
    """What a reader should know of the conversion: scripts, regional words, characters with two readings, what is lost."""
    from docproc.text.regional import regional_passages, regional_words
    from docproc.text.script import passages, two_ways

    names = {Script.HANS: "简体", Script.HANT: "繁体", Script.MIXED: "简繁混用", Script.NONE: "无汉字"}
    stretches = passages(view.source)
    if any(script in (Script.HANT, Script.MIXED) for _, script in stretches):
        yield "文字：" + "；".join(f"{span.start}–{span.end} {names[script]}" for span, script in stretches)
        lines = [
            f"{repair.start}–{repair.end}\t{old} → {new}\t{two_ways(old)}"
            for repair in view.repairs
            for old, new in zip(repair.old, repair.new, strict=False)
            if old != new and repair.parallel and two_ways(old)
        ]
        if lines:
            yield f"一字两写 {len(lines)} 处，请按文意核对"
            yield from lines
    region, words = regional_words(view.source)
    if region:
        yield f"用语疑为{region}：{'、'.join(words)}"
        places = regional_passages(view.source)
        if len({name for _, name in places}) > 1 or sum(span.end - span.start for span, _ in places) < _MOST * len(view.source):
            yield "地区用语所在：" + "；".join(f"{span.start}–{span.end} {name}" for span, name in places)
        otherwise = view.read_otherwise
        if otherwise:
            yield f"检索时按大陆用语理解 {len(otherwise)} 处（正文和引文不改）"
            yield from (f"{each.start}–{each.end}\t{each.old} → {each.new}" for each in otherwise)
    if view.unrepaired:
        yield f"无法还原 {len(view.unrepaired)} 处"
        yield from (f"{each.start}–{each.end}\t{each.text!r}\t{each.reason}" for each in view.unrepaired)


def _read(path: Path) -> SourcePackage:
    from docproc.readers import read_package

    return read_package(path)


def _folders(paths: Sequence[Path], out: Path | None) -> list[Path | None]:
    """Where each package's results go: the folder itself for one package, a folder a package for several."""
    if out is None:
        return [None] * len(paths)
    if len(paths) == 1:
        return [out]
    names: list[str] = []
    for path in paths:
        name = path.stem if path.is_file() else path.name
        names.append(name if name not in names else f"{name}-{len(names) + 1}")
    return [out / name for name in names]
