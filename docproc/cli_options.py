"""What several commands share: options, JSON going out, the progress line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from docproc.contents import Progress


EXIT_ATTENTION = 1  # at least one thing that a person has to look at


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2026-11-22 的样子。") from None


as_of_option = click.option(
    "--as-of", callback=day, metavar="DATE", help="Day on which periods, expiry and deadlines are judged (YYYY-MM-DD; default today)."
)
script_option = click.option(
    "--script", type=click.Choice(["hans", "hant"]), default="hans", help="Script of what is written: simplified or traditional."
)
mask_option = click.option("--mask", is_flag=True, help="Mask identity-card and mobile numbers in everything that is written or printed.")
json_option = click.option("--json", "json_file", metavar="FILE", help="Write JSON to FILE, or to standard output with «-».")


def _no_cache(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    if value:
        ctx.with_resource(_cache_off())
    return value


@contextmanager
def _cache_off() -> Iterator[None]:
    """For this command and all that it starts."""
    before = os.environ.get("DOCPROC_CACHE")
    os.environ["DOCPROC_CACHE"] = "off"
    try:
        yield
    finally:
        if before is None:
            del os.environ["DOCPROC_CACHE"]
        else:
            os.environ["DOCPROC_CACHE"] = before


cache_option = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_no_cache,
    help="Read everything anew and keep no readings or recognised pages (see: docproc cache --help).",
)


def write_json(data: object, target: str) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if target == "-":
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).write_text(text, encoding="utf-8", errors="backslashreplace")


@contextmanager
def progress_line() -> Iterator[Progress]:
    """A progress line on stderr where that is a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
