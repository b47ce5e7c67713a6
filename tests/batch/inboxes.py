"""Small inboxes: packages of a few lines of text, quick to read, each with something of its own to find."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from docproc.batch.settings import Settings

DAY = date(2026, 11, 22)
SETTINGS = Settings(DAY)
FIRMS = ("恒岭机床", "子虚阀门", "乌有仪器", "夸父热能", "瑶池电机", "桃源饮片", "蓬莱真空", "镜花玻璃")
DISTRICTS = ("津南区", "西青区", "津南区", "武清区")


def form(number: int) -> str:
    """The words of a small application form."""
    name = f"天津{FIRMS[number % len(FIRMS)]}{number}有限公司"
    return (
        "天津市先进级智能工厂申报书\n"
        f"申报单位：{name}\n"
        f"注册地址：天津市{DISTRICTS[number % len(DISTRICTS)]}示例路{number}号\n"
        "申报级别：先进级\n"
        f"{name}近三年未发生较大及以上安全、环保等事故。\n"
        f"2025年营业收入{12000 + number}万元，职工{300 + number}人。\n"
    )


def fill(inbox: Path, count: int) -> Path:
    """An inbox of `count` packages: folders, single files and archives in turn."""
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"{number + 1:02d}{FIRMS[number % len(FIRMS)]}"
        text = form(number).encode()
        if number % 3 == 0:
            (inbox / name).mkdir()
            (inbox / name / "申报书.txt").write_bytes(text)
        elif number % 3 == 1:
            (inbox / f"{name}.txt").write_bytes(text)
        else:
            with zipfile.ZipFile(inbox / f"{name}.zip", "w") as archive:
                archive.writestr(zipfile.ZipInfo("申报书.txt", (2026, 1, 1, 0, 0, 0)), text)
    return inbox


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder of results with its bytes, but for the run's own journal and lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"journal.jsonl", "lock"}
    }
