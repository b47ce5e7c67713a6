"""What `docproc cache` says: where readings and recognised pages are kept, how many there are, and that they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docproc.page_store import ENVIRONMENT_VARIABLE, Holdings, PageStore, default_folder
from docproc.readers.kept import readings

_MEGABYTE = 1_000_000


def shown(folder: Path | None) -> str:
    """Where the stores are and what they hold."""
    place = folder or default_folder()
    if place is None:
        return _off()
    lines = [f"缓存文件夹：{place}"]
    for what, store in _stores(place):
        held = store.holdings()
        lines.append(f"{what}：{_words(held)}（上限 {store.bytes_at_most / _MEGABYTE:.0f} MB，超出后先删最久未用的）")
        if held.damaged:
            lines.append(f"　其中 {held.damaged} 条已损坏：用到时会忽略并重新读取，也可以用 docproc cache clear 清空。")
    return "\n".join(lines) + "\n"


def cleared(folder: Path | None) -> str:
    """Empties the stores, and says what was in them."""
    place = folder or default_folder()
    if place is None:
        return _off()
    lines = [f"已清空缓存：{place}", *(f"{what}：删除 {_words(store.clear())}" for what, store in _stores(place))]
    return "\n".join(lines) + "\n"


def _stores(folder: Path) -> Iterator[tuple[str, PageStore]]:
    yield "识别结果（按页）", PageStore(folder)
    kept = readings(folder)
    if kept is not None:
        yield "读取结果（按文件）", kept


def _words(held: Holdings) -> str:
    return f"{held.records} 条，{held.bytes / _MEGABYTE:.1f} MB"


def _off() -> str:
    return f"没有使用缓存（环境变量 {ENVIRONMENT_VARIABLE}=off）。\n"
