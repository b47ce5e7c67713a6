"""Commands about the rules themselves: checklists, regulations, and how well claims are found on labelled texts."""

from __future__ import annotations

from pathlib import Path

import click

from docproc.cli_options import EXIT_ATTENTION, json_option, write_json
from docproc.errors import DocprocError


@click.group()
def checklist() -> None:
    """The rules: their items, citations and schema."""


@checklist.command("list")
def checklist_list() -> None:
    """The checklists there are."""
    from docproc.checklist import known

    for id_, title in known():
        click.echo(f"{id_:<20}{title}")


@checklist.command("show")
@click.argument("id_", metavar="ID")
def checklist_show(id_: str) -> None:
    """All items of a checklist, with their articles.

    \b
    Example:  docproc checklist show tianjin-advanced
    """
    from docproc.checklist import load
    from docproc.render.rules import checklist_text

    click.echo(checklist_text(load(id_)), nl=False)


@checklist.command("explain")
@click.argument("item", metavar="ITEM")
def checklist_explain(item: str) -> None:
    """One item: requirement, article quoted, check, examples, remedy.

    \b
    Example:  docproc checklist explain TJ-6-2c
    """
    from docproc.checklist import find_item
    from docproc.render.rules import item_text

    click.echo(item_text(*find_item(item)), nl=False)


@checklist.command("validate")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def checklist_validate(ctx: click.Context, file: Path) -> None:
    """Check a checklist file of your own, and run its items' examples; each error with its file and line."""
    from docproc.checklist import validate
    from docproc.examples import failing

    if not file.is_file():
        raise DocprocError("path_not_found", path=file)
    errors = validate(file) or failing(file)
    for error in errors:
        click.echo(error, err=True)
    if errors:
        ctx.exit(EXIT_ATTENTION)
    click.echo(f"“{file}”有效。")


@click.group()
def regulation() -> None:
    """Regulations: their articles as data."""


@regulation.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="YAML file to write; default: standard output.")
def regulation_parse(file: Path, out: Path | None) -> None:
    """Parse a regulation as received (Word, PDF or text) into 章, 条, 款, 项, as YAML for checklists/regulations/.

    \b
    Example:  docproc regulation parse 管理办法.docx --out checklists/regulations/shanghai-2026.yaml
    """
    from docproc.regulation import dump, parse_file

    parsed = parse_file(file)
    data = dump(parsed).encode("utf-8", "backslashreplace")
    if out is None:
        click.echo(data, nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    click.echo(f"已写出：{out}（{len(parsed.articles)} 条）。请核对标题、文号、发布日期和有效期。")


@click.command("eval")
@click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.option("--against", type=click.Path(path_type=Path), help="A run saved with --json: shows what was gained and lost since.")
def evaluate_cases(cases: tuple[Path, ...], json_file: str | None, against: Path | None) -> None:
    """Precision, recall and F1 per claim on labelled texts (JSON lines: id, text, claims).

    \b
    Example:  docproc eval tests/cases/own/*.jsonl --against before.json
    """
    from docproc import evaluation
    from docproc.extract import extract_claims

    found = evaluation.evaluate(evaluation.read_cases(cases), extract_claims)
    differences = evaluation.changes(found, evaluation.read_run(against)) if against is not None else []
    if json_file is not None:
        write_json(found.to_json() | {"changes": [evaluation.as_json(change) for change in differences]}, json_file)
    if json_file != "-":
        click.echo(evaluation.table(found, differences), nl=False)
