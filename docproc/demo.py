"""Runs the main job on the bundled samples, holds each report against what is expected of it, and says which files to open."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docproc.contents import Progress
from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.model import Outcome, PackageOutcome, Report
from docproc.outputs import write_outputs
from docproc.render.words import word
from docproc.review import review, unprocessed


@dataclass(frozen=True, slots=True)
class Sample:
    """A made-up package with what is expected of it (samples/expected/<id>.yaml)."""

    id: str
    path: Path
    shows: str
    checklist: str
    as_of: date
    outcome: str
    findings: dict[str, str]
    claims: dict[str, Any]


def samples() -> tuple[Sample, ...]:
    """The bundled samples, in the order of their names."""
    import yaml

    folder = shelf("samples")
    return tuple(
        Sample(**{**data, "id": path.stem, "path": folder / data["path"]})
        for path in sorted((folder / "expected").glob("*.yaml"))
        for data in [yaml.safe_load(path.read_text(encoding="utf-8"))]
    )


def differences(sample: Sample, report: Report) -> list[str]:
    """Where a report is not what its sample expects, in Chinese."""
    found = {finding.item: finding.outcome.value for finding in report.findings}
    lines = [
        f"{item}：预期{word('outcomes', wanted)}，实际{word('outcomes', found.get(item, '（无此项）'))}"
        for item, wanted in sample.findings.items()
        if found.get(item) != wanted
    ]
    if report.outcome.value != sample.outcome:
        lines.insert(0, f"结论：预期{word('package_outcomes', sample.outcome)}，实际{word('package_outcomes', report.outcome)}")
    if report.checklist is None or report.checklist.id != sample.checklist:
        lines.insert(0, f"清单：预期{sample.checklist}，实际{report.checklist.id if report.checklist else '无'}")
    return lines


def run(out: Path, progress: Progress) -> str:
    """Checks every sample into a folder of its own under `out`; returns what to tell the user."""
    rows: list[tuple[Sample, Report, list[str]]] = []
    everything = samples()
    for done, sample in enumerate(everything):
        progress(f"审查示例：{sample.id}", done, len(everything))
        try:
            # The samples choose their checklist themselves, as a real package does.
            result = review(sample.path, as_of=sample.as_of)
        except DocprocError as error:
            rows.append((sample, unprocessed(sample.path, error), [error.text]))
            continue
        write_outputs(result, out / sample.id)
        rows.append((sample, result.report, differences(sample, result.report)))
    index = out / "index.html"
    index.write_text(_index(rows), encoding="utf-8")
    return _text(rows, out, index)


def _text(rows: Sequence[tuple[Sample, Report, list[str]]], out: Path, index: Path) -> str:
    lines = [f"已审查 {len(rows)} 套示例材料："]
    for sample, report, differing in rows:
        lines.append(f"  {sample.id}　{word('package_outcomes', report.outcome)}　{sample.shows}")
        lines += [f"      与预期不同：{difference}" for difference in differing]
    agreeing = sum(not differing for _, _, differing in rows)
    letters = [(sample, report) for sample, report, _ in rows if report.outcome is PackageOutcome.DEFICIENT]
    first = max(letters, key=lambda row: _wrong(row[1]), default=rows[0])[0].id
    lines += [
        f"与预期一致的有 {agreeing} 套，共 {len(rows)} 套。",
        "",
        "请打开：",
        f"  {index}　全部示例的目录",
        f"  {out / first / 'notice.docx'}　补正通知书",
        f"  {out / first / 'sheet.docx'}　形式审查表",
        f"  {out / first / 'report.html'}　审查报告",
        "",
        "审查自己的材料：docproc check 材料文件夹或压缩包 --out 审查结果",
    ]
    return "\n".join(lines) + "\n"


def _wrong(report: Report) -> int:
    """How many items a letter names: the sample with most shows most."""
    return sum(finding.outcome in (Outcome.FAIL, Outcome.MISSING) for finding in report.findings)


def _index(rows: Sequence[tuple[Sample, Report, list[str]]]) -> str:
    entries = "\n".join(
        f"<li><a href='{sample.id}/report.html'>{html.escape(report.package.applicant or sample.id)}</a>"
        f"　<b>{word('package_outcomes', report.outcome)}</b>　{html.escape(report.checklist.title if report.checklist else '')}"
        f"<br><small>{html.escape(sample.shows)}</small></li>"
        for sample, report, _ in rows
    )
    style = "body{max-width:50rem;margin:2rem auto;padding:0 1rem;font:16px/1.8 sans-serif}li{margin:.6rem 0}small{color:#667}"
    return (
        f"<!doctype html><html lang='zh-Hans'><meta charset='utf-8'><title>docproc 示例</title><style>{style}</style>"
        f"<h1>示例材料的形式审查</h1><ol>\n{entries}\n</ol></html>\n"
    )
