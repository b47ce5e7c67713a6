"""Formats that only LibreOffice reads (Word 6 and 95, .odt, Word XML …): converted to .docx by it where it is installed, then read.

Each conversion has its own profile: two processes with one profile silently write nothing. The file that it writes is what counts, not
its exit status. In a reader's child process the isolation's time limit holds and ends both; elsewhere this one's own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree

from docproc.model import Content, Loss, Problem
from docproc.readers.unread import unreadable, with_problem

_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 90
_SUFFIX: Final = {"wps": "doc", "wordml": "xml", "ole": "doc"}
_WORDML: Final = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_AML: Final = "{http://schemas.microsoft.com/aml/2001/core}"
_NOTE: Final = "这份文件经 LibreOffice 转换后读取，版式和编号可能与原件略有出入。如有疑问，请对照原件。"


def read_odt(data: bytes) -> Content:
    """An OpenDocument text."""
    return convert(data, "odt")


def read_fodt(data: bytes) -> Content:
    """An OpenDocument text in one XML file."""
    return convert(data, "fodt")


def read_wordml(data: bytes) -> Content:
    """A Word 2003 XML file. LibreOffice leaves headers, text boxes and pictures out without a word: what is missing is counted."""
    content = convert(data, "wordml")
    losses = tuple(_left_out(data, content.text)) if content.text else ()
    return replace(content, losses=(*content.losses, *losses))


def _left_out(data: bytes, text: str) -> Iterator[Loss]:
    from docproc.readers.unread import Unreadable
    from docproc.readers.word_parts import parse

    try:
        root = parse(data)
    except Unreadable:
        return
    shown = "".join(text.split())
    lines = Counter(filter(None, map(_own_words, root.iter(f"{_WORDML}p"))))
    missing = sum(max(0, count - shown.count(line)) for line, count in lines.items())
    if missing:
        yield Loss("unsupported", f"转换时有 {missing} 段文字没有读出（页眉页脚、文本框等）。请用 Word 另存为 .docx 后再提交。", missing)
    pictures = sum(1 for _ in root.iter(f"{_WORDML}binData"))
    if pictures:
        yield Loss("picture", f"文档中嵌入 {pictures} 幅图片，其中的文字没有读取。请用 Word 另存为 .docx 后再提交。", pictures)


def _own_words(paragraph: etree._Element) -> str:
    """A paragraph's words without blanks, those in its text boxes left out; none of one with a field, which may show something else now,
    or of a comment."""
    if next(paragraph.iter(f"{_WORDML}fldSimple"), None) is not None or next(paragraph.iterancestors(f"{_AML}content"), None) is not None:
        return ""
    words: list[str] = []
    for each in paragraph.iter(f"{_WORDML}t"):
        if next(each.iterancestors(f"{_WORDML}p"), None) is paragraph:
            words += str(each.text or "").split()
    return "".join(words)


def program() -> str | None:
    """Where LibreOffice is, or nothing."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert(data: bytes, file_format: str) -> Content:
    """The content of a file by way of LibreOffice; a loss that says what to do where that is not there or does not manage."""
    office = program()
    if office is None:
        return unreadable(file_format, "unsupported", "安装 LibreOffice 后可以读取")
    with tempfile.TemporaryDirectory(prefix="docproc-") as folder:
        source = Path(folder, f"document.{_SUFFIX.get(file_format, file_format)}")
        source.write_bytes(data)
        written = Path(folder, "out", "document.docx")
        command = [office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore", "--convert-to", "docx"]
        if not _run([*command, "--outdir", str(written.parent), str(source)], folder):
            return unreadable(file_format, "timeout", f"{_SECONDS} 秒")
        if not written.is_file() or not written.stat().st_size:
            return unreadable(file_format, "damaged", "LibreOffice 未能转换")
        from docproc.readers.word import read

        content = read(written.read_bytes())
    return with_problem(replace(content, format=file_format), Problem("converted", _NOTE))


def _run(command: list[str], folder: str) -> bool:
    """Runs the conversion; False where it was stopped for its time. LibreOffice starts processes of its own, which end with it."""
    isolated = os.name == "posix" and os.getpgrp() == os.getpid()  # in a reader's child process, whose group the isolation ends
    process = subprocess.Popen(  # noqa: S603 - a program of the system, on a file of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=not isolated,
    )
    try:
        process.wait(None if isolated else _SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            if os.name == "posix" and not isolated:
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
    return True
