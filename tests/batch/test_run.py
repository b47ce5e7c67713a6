"""A batch as a whole: results as `check` gives them, bad packages named, second runs that touch only what changed."""

from __future__ import annotations

import errno
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from docproc.batch.inbox import Entry, entries
from docproc.batch.record import Record, read_record
from docproc.batch.run import Result, run, unfinished_day
from docproc.batch.settings import Settings
from docproc.batch.store import Journal, Store, opened
from docproc.batch.task import Done
from docproc.cli import main
from docproc.errors import DocprocError
from tests.batch.inboxes import DAY, SETTINGS, fill, form, tree
from tests.test_startup import loaded_by


class Seen:
    """A watch that remembers what it was told."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.kept_names: list[str] = []

    def planned(self, packages: int, size: int) -> None:
        self.total = packages

    def kept(self, entry: Entry, record: Record) -> None:
        self.kept_names.append(entry.name)

    def finished(self, entry: Entry, done: Done) -> None:
        self.order.append(entry.name)


def go(inbox: Path, out: Path, settings: Settings = SETTINGS, **more: bool) -> tuple[Result, Seen]:
    seen = Seen()
    return run(inbox, out, settings, jobs=0, watch=seen, **more), seen


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished batch of three good packages, one that tells no checklist, an empty and a damaged one: `inbox` and `out`."""
    home = tmp_path_factory.mktemp("batch")
    inbox = fill(home / "inbox", 3)
    (inbox / "不明.txt").write_text("这里没有说申报什么。", encoding="utf-8")
    (inbox / "空").mkdir()
    (inbox / "坏.zip").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    (inbox / "Thumbs.db").write_bytes(b"noise")
    go(inbox, home / "out")
    return home


def test_a_folder_a_package_and_the_ledger(done: Path) -> None:
    names = {path.name for path in (done / "out").iterdir()}
    packages = {"01恒岭机床", "02子虚阀门", "03乌有仪器", "不明", "空", "坏"}
    assert names == packages | {"ledger.xlsx", "ledger.json", "ledger.csv", "ledger-findings.csv", ".docproc"}


def test_the_same_files_as_check(done: Path, tmp_path: Path) -> None:
    package = done / "inbox" / "01恒岭机床"
    CliRunner().invoke(main, ["check", str(package), "--as-of", DAY.isoformat(), "--out", str(tmp_path / "one")])
    batch = {name: data for name, data in tree(done / "out" / "01恒岭机床").items() if name != ".docproc.json"}
    assert batch == tree(tmp_path / "one")


def test_bad_packages_are_named_and_stop_nobody(done: Path) -> None:
    ledger = json.loads((done / "out" / "ledger.json").read_text(encoding="utf-8"))
    outcomes = {row["package"]: (row["outcome"], bool(row["findings"]), len(row["problems"])) for row in ledger["packages"]}
    assert outcomes["空"] == ("review", False, 1)
    assert outcomes["不明.txt"] == ("review", False, 1)
    assert outcomes["01恒岭机床"][1]
    report = json.loads((done / "out" / "不明" / "report.json").read_text(encoding="utf-8"))
    assert report["package"]["problems"][0]["code"] == "checklist_undetermined"
    assert report["documents"]


def test_the_status_is_the_worst_of_all(done: Path) -> None:
    result, seen = go(done / "inbox", done / "out")
    assert (result.status, result.packages, result.done, result.kept) == (3, 6, 0, 6)
    assert {name for name, _ in result.failed} == {"空", "坏.zip"}
    assert seen.order == []


def test_a_second_run_changes_nothing(done: Path, tmp_path: Path) -> None:
    before = tree(done / "out")
    go(done / "inbox", done / "out")
    assert tree(done / "out") == before


def test_a_second_run_loads_nothing_that_only_work_needs(done: Path) -> None:
    """What a second run over an inbox costs is its own start: the libraries of workers are the larger part of that."""
    words = ("batch", str(done / "inbox"), "--out", str(done / "out"), "--as-of", DAY.isoformat())
    program = (
        f"from click.testing import CliRunner\nfrom docproc.cli import main\nassert CliRunner().invoke(main, {words!r}).exit_code == 3"
    )
    assert not loaded_by(program) & {"pydantic", "spacy", "numpy", "openpyxl", "jinja2", "lxml"}


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 3)
    go(inbox, tmp_path / "out")
    (inbox / "02子虚阀门.txt").write_text(form(1).replace("未发生", "曾发生"), encoding="utf-8")
    (inbox / "补交.txt").write_text(form(7), encoding="utf-8")
    result, seen = go(inbox, tmp_path / "out")
    assert sorted(seen.order) == ["02子虚阀门.txt", "补交.txt"]
    assert result.kept == 2
    fresh, _ = go(inbox, tmp_path / "fresh")
    assert fresh.outcomes == result.outcomes
    assert tree(tmp_path / "fresh") == tree(tmp_path / "out")


def test_another_day_is_another_result(done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(done / "out", out)
    record = read_record(out / "01恒岭机床")
    result, _ = go(done / "inbox", out, Settings(DAY, stage="district"))
    assert result.kept == 0
    changed = read_record(out / "01恒岭机床")
    assert record is not None
    assert changed is not None
    assert changed.key != record.key


def test_failed_packages_are_tried_again_on_request(done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(done / "out", out)
    _, seen = go(done / "inbox", out, retry=True)
    assert sorted(seen.order) == ["坏.zip", "空"]


def test_everything_is_done_anew_on_request(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 2)
    go(inbox, tmp_path / "out")
    result, _ = go(inbox, tmp_path / "out", fresh=True)
    assert (result.done, result.kept) == (2, 0)


def test_large_packages_go_first(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number, length in enumerate((1, 40, 10)):
        (inbox / f"{number}.txt").write_text(form(number) + "补充说明。\n" * length, encoding="utf-8")
    _, seen = go(inbox, tmp_path / "out")
    assert seen.order == ["1.txt", "2.txt", "0.txt"]


def test_results_of_packages_that_are_gone_stay_and_are_told(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 2)
    go(inbox, tmp_path / "out")
    (inbox / "02子虚阀门.txt").unlink()
    result, _ = go(inbox, tmp_path / "out")
    assert result.left == ["02子虚阀门"]
    assert (tmp_path / "out" / "02子虚阀门" / "report.json").is_file()
    assert len(json.loads((tmp_path / "out" / "ledger.json").read_text(encoding="utf-8"))["packages"]) == 1


def test_two_batches_cannot_write_into_one_folder(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 1)
    with opened(tmp_path / "out"), pytest.raises(DocprocError) as caught:
        go(inbox, tmp_path / "out")
    assert caught.value.code == "out_in_use"


def test_a_crash_in_the_program_costs_one_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docproc.batch import job

    real = job.review

    def stumbling(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "02子虚阀门.txt":
            raise ZeroDivisionError("机密内容")
        return real(path, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "review", stumbling)
    result, _ = go(fill(tmp_path / "inbox", 3), tmp_path / "out")
    ((name, why),) = result.failed
    assert name == "02子虚阀门.txt"
    assert "ZeroDivisionError" in why
    assert "机密" not in why
    assert result.packages == 3


def test_a_full_disk_stops_the_batch_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docproc import outputs

    def full(path: Path, data: bytes) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "_write", full)
    with pytest.raises(DocprocError) as caught:
        go(fill(tmp_path / "inbox", 1), tmp_path / "out")
    assert caught.value.code == "output_failed"


def test_an_unfinished_run_keeps_its_day(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 1)
    assert unfinished_day(tmp_path / "out") is None
    with opened(tmp_path / "out") as store:
        store.save_run({"settings": SETTINGS.to_json(), "finished": False})
    assert unfinished_day(tmp_path / "out") == DAY.isoformat()
    go(inbox, tmp_path / "out")
    assert unfinished_day(tmp_path / "out") is None


def test_folders_have_names_of_their_own(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "甲").mkdir()
    for name in ("甲.zip", "甲.rar", "乙.zip", "ledger.json.zip", ".hidden", "A.txt", "a.zip"):
        (inbox / name).write_bytes(b"x")
    folders = {entry.name: entry.folder for entry in entries(inbox, tmp_path / "out")}
    assert folders == {
        "甲": "甲",
        "甲.zip": "甲.zip",
        "甲.rar": "甲.rar",
        "乙.zip": "乙",
        "ledger.json.zip": "ledger.json（2）",
        ".hidden": ".hidden",
        "A.txt": "A.txt",
        "a.zip": "a.zip",
    }


def test_out_may_lie_in_the_inbox_but_not_be_it(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 1)
    go(inbox, inbox / "结果")
    result, _ = go(inbox, inbox / "结果")
    assert (result.packages, result.kept) == (1, 1)
    with pytest.raises(DocprocError) as caught:
        go(inbox, inbox)
    assert caught.value.code == "inbox_is_out"


@pytest.mark.parametrize(("name", "code"), [("没有", "path_not_found"), ("文件.txt", "inbox_no_folder"), ("空", "inbox_empty")])
def test_what_is_no_inbox(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "文件.txt").write_text("x", encoding="utf-8")
    (tmp_path / "空").mkdir()
    with pytest.raises(DocprocError) as caught:
        go(tmp_path / name, tmp_path / "out")
    assert caught.value.code == code


def test_a_link_out_of_the_inbox_is_not_followed(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 1)
    (tmp_path / "secret.txt").write_text(form(5), encoding="utf-8")
    (inbox / "外.txt").symlink_to(tmp_path / "secret.txt")
    result, _ = go(inbox, tmp_path / "out")
    assert [name for name, _ in result.failed] == ["外.txt"]
    report = (tmp_path / "out" / "外" / "report.json").read_text(encoding="utf-8")
    assert "瑶池" not in report


def test_a_masked_batch_shows_no_number_of_a_person(tmp_path: Path) -> None:
    """Not in the folders, the records, the ledger in any form, nor on the screen; a package's folder alone keeps its name."""
    mobile, identity = "13800138000", "11010519491231002X"
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    # as long as what is compared across packages has to be
    story = f"本项目由范某（手机{mobile}，身份证号{identity}）负责，建设数控车间、立体仓储、能源管理平台和质量追溯系统，均按期完成。"
    for name in ("甲", f"乙{mobile}"):
        (inbox / f"{name}.txt").write_text(form(1) + f"联系电话：{mobile}，身份证号：{identity}\n{story}\n", encoding="utf-8")
    (inbox / f"空{mobile}").mkdir()
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["batch", str(inbox), "--out", str(out), "--as-of", DAY.isoformat(), "--jobs", "0", "--mask"])
    assert result.exit_code == 3
    assert "138****8000" in result.output
    secret = re.compile(f"{mobile}|{identity}|{identity[6:14]}".encode())
    assert not secret.search(result.output.encode())
    for path in (path for path in out.rglob("*") if path.is_file() and path.name != "journal.jsonl"):
        content = path.read_bytes()
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        shown = content.replace(f"乙{mobile}".encode(), b"").replace(quote(f"乙{mobile}").encode(), b"")  # the folder's own name, in links
        shown = shown.replace(f"空{mobile}".encode(), b"").replace(quote(f"空{mobile}").encode(), b"")
        assert not secret.search(shown), path
    ledger = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    assert {row["package"] for row in ledger["packages"]} == {"甲.txt", "乙138****8000.txt", "空138****8000"}
    plain, _ = go(inbox, out)
    assert plain.kept == 0


def test_nothing_of_somebody_elses_gives_way(tmp_path: Path) -> None:
    """OUT may be a folder in use for other things, even the one that holds the inbox: only a batch's own results are replaced."""
    for name in ("in", "甲", "乙"):
        inbox = tmp_path / name / "inbox"
        inbox.mkdir(parents=True)
    for taken, name in ((tmp_path / "in", "inbox.txt"), (tmp_path / "甲", "甲.txt"), (tmp_path / "乙", "乙.txt")):
        (taken / "inbox" / name).write_text(form(1), encoding="utf-8")
    (tmp_path / "甲" / "甲").mkdir()
    (tmp_path / "甲" / "甲" / "原件.txt").write_text("原件", encoding="utf-8")
    (tmp_path / "乙" / "ledger.xlsx").write_bytes(b"another ledger")
    for home in ("in", "甲", "乙"):
        with pytest.raises(DocprocError) as caught:
            go(tmp_path / home / "inbox", tmp_path / home)
        assert caught.value.code == "out_taken"
    assert (tmp_path / "甲" / "甲" / "原件.txt").read_text(encoding="utf-8") == "原件"
    assert (tmp_path / "乙" / "ledger.xlsx").read_bytes() == b"another ledger"
    assert (tmp_path / "in" / "inbox" / "inbox.txt").is_file()


def test_results_may_lie_in_the_inbox_but_not_in_a_package(tmp_path: Path) -> None:
    inbox = fill(tmp_path / "inbox", 2)
    result, _ = go(inbox, inbox / "结果")
    assert result.packages == 2
    again, _ = go(inbox, inbox / "结果")
    assert (again.packages, again.kept) == (2, 2)
    with pytest.raises(DocprocError) as caught:
        go(inbox, inbox / "01恒岭机床" / "结果")
    assert caught.value.code == "out_in_package"
    assert not (inbox / "01恒岭机床" / "结果").exists()


@pytest.mark.parametrize("refused", ["note", "save_run", "commit", "save_ledger_key"])
def test_a_full_disk_is_told_and_the_same_command_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    inbox = fill(tmp_path / "inbox", 2)
    owner = Journal if refused == "note" else Store

    def full(*arguments: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(owner, refused, full)
        with pytest.raises(DocprocError) as caught:
            go(inbox, tmp_path / "out")
    assert caught.value.code == "output_failed"
    assert "磁盘已满" in caught.value.text
    go(inbox, tmp_path / "out")
    go(inbox, tmp_path / "fresh")
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")
