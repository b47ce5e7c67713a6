"""What `docproc cache` says: where recognised pages are kept, how many there are, and that they are gone."""

from __future__ import annotations

from pathlib import Path

from docproc.page_store import BYTES_AT_MOST, ENVIRONMENT_VARIABLE, PageStore, default_folder

_MEGABYTE = 1_000_000


def shown(folder: Path | None) -> str:
    """Where the store is and what it holds."""
    store = _store(folder)
    if store is None:
        return _off()
    held = store.holdings()
    return (
        f"识别结果缓存：{store.folder}\n共 {held.records} 条，{held.bytes / _MEGABYTE:.1f} MB"
        f"（上限 {BYTES_AT_MOST / _MEGABYTE:.0f} MB，超出后先删最久未用的）\n"
    )


def cleared(folder: Path | None) -> str:
    """Empties the store, and says what was in it."""
    store = _store(folder)
    if store is None:
        return _off()
    gone = store.clear()
    return f"已清空识别结果缓存：{store.folder}\n删除 {gone.records} 条，{gone.bytes / _MEGABYTE:.1f} MB\n"


def _store(folder: Path | None) -> PageStore | None:
    folder = folder or default_folder()
    return None if folder is None else PageStore(folder)


def _off() -> str:
    return f"没有使用缓存（环境变量 {ENVIRONMENT_VARIABLE}=off）。\n"
