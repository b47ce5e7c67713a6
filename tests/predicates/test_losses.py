"""Which losses forbid the word «missing»."""

from __future__ import annotations

import pytest

from docproc.model import Content, Document, Kind, Loss, Page, SourceFile
from docproc.predicates.case import opened, unread


def form(*losses: Loss) -> Document:
    return Document("d1", SourceFile("申报书.docx", "", Content("docx", "正文", losses=losses)), Kind.FORM)


@pytest.mark.parametrize("code", ["unread_page", "embedded", "encrypted", "unsupported", "damaged", "too_large", "timeout", "crashed"])
def test_what_was_not_read_may_hide_what_is_asked_for(code: str) -> None:
    assert list(unread(form(Loss(code, "没有读取")))) == [()]


@pytest.mark.parametrize("code", ["picture", "chart", "revisions", "hidden_text", "empty"])
def test_what_is_known_or_shows_no_condition_hides_nothing(code: str) -> None:
    assert list(unread(form(Loss(code, "没有读取")))) == []


def test_pages_of_a_part() -> None:
    assert list(unread(form(Loss("unread_page", "没有读取", 2, (2, 5))))) == [(2, 5)]


@pytest.mark.parametrize("code", ["encrypted", "damaged", "empty", "unsupported"])
def test_a_file_that_stayed_shut_is_no_paper_that_was_found(code: str) -> None:
    shut = Document("d1", SourceFile("营业执照.pdf", "", Content("pdf", losses=(Loss(code, "没有读取"),))), Kind.LICENCE)
    assert not opened(shut)
    assert opened(form(Loss(code, "没有读取")))


def test_a_picture_without_text_was_seen() -> None:
    page = Page(number=1, start=0, end=0, width=600, height=800)
    scan = Content("pdf", pages=(page,), losses=(Loss("unread_page", "没有识别", 1, (1,)),))
    assert opened(Document("d1", SourceFile("营业执照.pdf", "", scan), Kind.LICENCE))
