"""What a batch tells while it goes on, and when it ends."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from docproc.batch import command
from docproc.batch.inbox import Entry
from docproc.batch.progress import Lines, Pace, duration, printable, watching
from docproc.batch.settings import Limits
from docproc.batch.task import Done
from docproc.cli import main
from tests.batch.inboxes import DAY, fill


def entry(name: str, size: int) -> Entry:
    return Entry(name, Path(name), name, size)


def done(status: int = 1, pages: int = 12, problems: tuple[str, ...] = ()) -> Done:
    return Done("made", status, "deficient", pages, 1.5, 0, problems)


def test_the_pace_in_words() -> None:
    moments = iter([0.0, 30.0, 60.0])
    pace = Pace(clock=lambda: next(moments))
    pace.plan(4, 100)
    pace.keep(40)
    pace.finish(20, 12, failed=False)
    assert pace.words() == "2/4 套，12 页，每分钟 2 套，约剩 60 秒，沿用 1 套"
    pace.finish(20, 3, failed=True)
    assert pace.words() == "3/4 套，15 页，每分钟 2 套，约剩 30 秒，沿用 1 套，无法处理 1 套"


@pytest.mark.parametrize(("seconds", "words"), [(0.2, " 1 秒"), (89, " 89 秒"), (600, " 10 分钟"), (7200, " 2.0 小时")])
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_line_a_package_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    with watching(stream) as watch:
        assert isinstance(watch, Lines)
        watch.planned(2, 20)
        watch.finished(entry("甲.zip", 10), done())
        watch.finished(entry("乙\x1b[31m.zip", 10), done(3, 0, ("打不开。",)))
    first, second = stream.getvalue().splitlines()
    assert first.startswith("甲.zip　需补正　12 页　1.5 秒（1/2 套")
    assert second.startswith("乙?[31m.zip　无法处理：打不开。")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    with watching(stream) as watch:
        watch.planned(2, 20)
        watch.finished(entry("甲.zip", 10), done())
        watch.finished(entry("乙.zip", 10), done(3, 0, ("打不开。",)))
    assert "2/2 套" in stream.getvalue()
    assert "乙.zip　无法处理" in stream.getvalue()


def test_names_cannot_steer_the_terminal() -> None:
    assert printable("甲\x1b[2J\u202e乙\ud800") == "甲?[2J?乙?"


def test_time_for_a_package_grows_with_it() -> None:
    limits = Limits(seconds=10.0, seconds_per_megabyte=2.0)
    assert limits.seconds_for(3_000_000) == 16.0


def test_the_command_says_what_came_of_it(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "收件", 2)
    (inbox / "空").mkdir()
    words = ["batch", str(inbox), "--out", str(tmp_path / "结果"), "--as-of", DAY.isoformat(), "--jobs", "0"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 3, result.output
    assert "共 3 套材料" in result.stdout
    assert "ledger.xlsx" in result.stdout
    assert "无法处理 1 套" in result.stderr
    again = CliRunner().invoke(main, words)
    assert "本次处理 0 套，沿用 3 套" in again.stdout


def test_an_unknown_checklist_is_told_at_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["batch", str(fill(tmp_path / "收件", 1)), "--out", str(tmp_path / "结果"), "--checklist", "none"])
    assert result.exit_code == 2
    assert "tianjin-advanced" in result.stderr
    assert not (tmp_path / "结果").exists()


def test_ctrl_c_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", interrupted)
    result = CliRunner().invoke(main, ["batch", str(tmp_path), "--out", str(tmp_path / "结果")])
    assert result.exit_code == 130
    assert "同一条命令" in result.stderr
