"""A package handed in again, against the report of its first round."""

from __future__ import annotations

from collections.abc import Mapping

from docproc.errors import DocprocError
from docproc.model import Report, SecondRound
from docproc.model.rounds import DocumentState
from docproc.rounds.changes import Asked, silent_changes
from docproc.rounds.documents import pairs
from docproc.rounds.items import new_problems, noticed

__all__ = ["second_round"]
_MOST_CHANGES = 60


def second_round(previous: Report, report: Report, texts_before: Mapping[str, str], texts_now: Mapping[str, str]) -> SecondRound:
    """What became of the first round. `texts_*` are the source texts by document id; without them only claims are compared.

    Raises DocprocError("previous_mismatch") where the two were checked by different checklists.
    """
    then, now = previous.checklist, report.checklist
    if then is None or now is None or then.id != now.id:
        ids = [entry.id if entry else "未判定" for entry in (then, now)]
        raise DocprocError("previous_mismatch", before=ids[0], now=ids[1])
    documents = pairs(previous, report, texts_before, texts_now)
    entries = noticed(previous, report)
    asked = Asked.of(previous, report, {entry.item for entry in entries})
    changes, left_out = silent_changes(previous, report, documents, asked, texts_before, texts_now, _MOST_CHANGES)
    return SecondRound(
        previous_as_of=then.as_of,
        previous_sha256=previous.package.sha256,
        previous_outcome=previous.outcome,
        notes=tuple(_notes(previous, report, bool(texts_before))),
        documents=tuple(pair.model_copy(update={"asked": pair.state is DocumentState.UNCHANGED or asked.pair(pair)}) for pair in documents),
        noticed=entries,
        new=new_problems(previous, report, documents),
        changes=changes,
        changes_left_out=left_out,
    )


def _notes(previous: Report, report: Report, with_texts: bool) -> list[str]:
    notes = []
    if previous.package.applicant != report.package.applicant:
        names = [entry.package.applicant or "未见" for entry in (previous, report)]
        notes.append(f"前次的申报单位是“{names[0]}”，本次是“{names[1]}”，请确认是同一单位。")
    if not with_texts:
        notes.append("前次报告旁没有原文（text 文件夹），只比对了提取的要点，没有逐句比对。")
    if previous.made_by.checklist != report.made_by.checklist:
        notes.append("两次审查所用的清单内容不同，新出现的问题可能由清单的改动引起。")
    return notes
