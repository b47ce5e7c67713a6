"""Commands about the readings and recognised pages that are kept."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def cache() -> None:
    """Readings of files and recognised pages that are kept, so that nothing is read twice: look at them, delete them.

    They hold words of applicants' papers and are kept in the folder that the environment variable DOCPROC_CACHE names (default: the
    platform's cache folder). DOCPROC_CACHE=off, or --no-cache of check and batch, keeps nothing.
    """


cache_folder_option = click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Another folder than the one in use.")


@cache.command("show")
@cache_folder_option
def cache_show(folder: Path | None) -> None:
    """Where they are kept, how many, how large, and whether any is damaged.

    \b
    Example:  docproc cache show
    """
    from docproc.cache_command import shown

    click.echo(shown(folder), nl=False)


@cache.command("clear")
@cache_folder_option
def cache_clear(folder: Path | None) -> None:
    """Delete all of them.

    \b
    Example:  docproc cache clear
    """
    from docproc.cache_command import cleared

    click.echo(cleared(folder), nl=False)
