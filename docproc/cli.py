"""The command line: each command parses, calls one function, prints. Heavy imports happen inside the commands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from docproc import __version__
from docproc.cli_cache import cache
from docproc.cli_options import as_of_option, cache_option, day, json_option, mask_option, progress_line, script_option, write_json
from docproc.cli_rules import checklist, evaluate_cases, regulation
from docproc.errors import DocprocError


class Command(click.Group):
    """Shows a DocprocError as one clear Chinese sentence on stderr and leaves with its status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DocprocError as error:
            click.echo(error.text, err=True)
            ctx.exit(error.status)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="docproc")
def main() -> None:
    """Formal review (形式审查) of application packages: read them, check them against the regulation, draft the notice.

    \b
    Try:  docproc demo
          docproc check 申报材料.zip --out 审查结果
    """


@main.command()
@click.argument("packages", nargs=-1, required=True, metavar="PACKAGE...", type=click.Path(path_type=Path))
@click.option("--checklist", metavar="ID", help="Checklist to use; default: chosen from the package itself (see: docproc checklist list).")
@as_of_option
@click.option(
    "--stage",
    type=click.Choice(["district", "city"]),
    default="city",
    help="Who checks; at the district the recommendation items do not apply.",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="REPORT",
    help="report.json of the first round: what it noticed is followed up, what changed unasked is shown (one package only).",
)
@click.option(
    "--audience",
    type=click.Choice(["office", "enterprise"]),
    default="office",
    help="For whom: the reviewing office, or the enterprise before it hands in (what to mend first, where, how; no letters).",
)
@script_option
@mask_option
@cache_option
@json_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for report.json, report.html, the review sheet, the notice and the source texts.",
)
@click.pass_context
def check(
    ctx: click.Context,
    packages: tuple[Path, ...],
    checklist: str | None,
    as_of: date | None,
    stage: str,
    previous: Path | None,
    audience: str,
    script: str,
    mask: bool,
    json_file: str | None,
    out: Path | None,
) -> None:
    """Check packages (folders, archives or single documents) and print a readable summary.

    \b
    Example:  docproc check 申报材料.zip --checklist tianjin-advanced --as-of 2026-11-22 --out 审查结果
    Exit:     0 all pass · 1 some deficient, ineligible or to review · 2 wrong usage · 3 a package could not be processed
    """
    from docproc.commands import Audience, Wishes, check_packages

    if previous and len(packages) > 1:
        raise click.UsageError("--previous 只能用于一套材料。")
    wishes = Wishes(checklist, as_of, stage, script, previous, Audience(audience), mask)
    with progress_line() as progress:
        result = check_packages(packages, wishes, out=out, progress=progress)
    if json_file:
        reports = [report.to_json() for report in result.reports]
        write_json(reports[0] if len(packages) == 1 and reports else reports, json_file)
    if json_file != "-":
        for summary in result.summaries():
            click.echo(summary, nl=False)
    for message in result.messages:
        click.echo(message, err=True)
    ctx.exit(result.status)


@main.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Results: a folder a package, and the ledger.")
@click.option("--checklist", metavar="ID", help="Checklist for every package; default: chosen from each package itself.")
@as_of_option
@click.option("--stage", type=click.Choice(["district", "city"]), default="city", help="Who checks, as for check.")
@script_option
@mask_option
@click.option(
    "--jobs",
    type=click.IntRange(0, 512),
    metavar="N",
    help="Worker processes; 0: none but this one. Default: one a core, as memory allows.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Run on a Dask cluster (tcp://host:8786) instead; needs the extra «cluster».")
@click.option(
    "--resume/--fresh",
    default=True,
    help="Keep results of the same files, rules and program (default), or do all anew.",
)
@click.option("--retry", is_flag=True, help="Do packages again that could not be processed before.")
@click.option("--memory", type=click.IntRange(100), metavar="MB", help="Replace a worker that holds more than this after a package.")
@cache_option
@click.option("--time-limit", "minutes", type=click.FloatRange(0, min_open=True), metavar="MINUTES", help="Give a package up after this.")
@click.pass_context
def batch(
    ctx: click.Context,
    inbox: Path,
    out: Path,
    checklist: str | None,
    as_of: date | None,
    stage: str,
    script: str,
    mask: bool,
    jobs: int | None,
    scheduler: str | None,
    resume: bool,
    retry: bool,
    memory: int | None,
    minutes: float | None,
) -> None:
    """Check every package of INBOX (each folder, archive or file in it is one) and write a ledger.

    \b
    Run it again after an interruption, or when packages were added or changed: what is done already is kept.
    Example:  docproc batch 收件 --out 结果 --jobs 4
    Exit:     as for check; 130 when it was interrupted
    """
    from docproc.batch.command import Asked
    from docproc.batch.command import batch as run_batch

    answer = run_batch(Asked(inbox, out, checklist, as_of, stage, script, mask, jobs, scheduler, not resume, retry, memory, minutes))
    for line in answer.lines:
        click.echo(line)
    for remark in answer.remarks:
        click.echo(remark, err=True)
    ctx.exit(answer.status)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def extract(file: Path, json_file: str | None) -> None:
    """The claims of one document, each with the words that say so.

    \b
    Example:  docproc extract 申报书.docx --json -
    """
    from docproc.commands import claims_of_file
    from docproc.render.terminal import claims_text

    with progress_line() as progress:
        claims = claims_of_file(file, progress)
    if json_file:
        write_json([claim.model_dump(mode="json") for claim in claims], json_file)
    if json_file != "-":
        click.echo(claims_text(claims), nl=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "script",
    type=click.Choice(["hans", "hant"]),
    default="hans",
    help="Script to print: simplified (the normal form) or traditional.",
)
@click.option("--explain", is_flag=True, help="List each repair with its place, its reason and how sure it is.")
def normalise(file: Path, script: str, explain: bool) -> None:
    """A document's repaired, normalised text.

    \b
    Example:  docproc normalise 管理办法.txt --explain
    """
    from docproc.commands import normalised_parts, repairs_text

    for view in normalised_parts(file):
        if explain:
            click.echo(repairs_text(view), nl=False)
        elif script == "hant":
            from docproc.text.outgoing import traditional

            click.echo(traditional(view))
        else:
            click.echo(view.shown)


@main.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; default: beside the report, named after the notice."
)
@script_option
@click.option(
    "--kind",
    type=click.Choice(["correction", "passed", "ineligible", "rectification", "receipt"]),
    help="Kind of notice; default: from the report's outcome.",
)
@click.option("--number", default="", metavar="文号", help="Document number; left blank by default.")
@click.option("--agency", default="", metavar="NAME", help="Issuing authority; left blank by default.")
@click.option("--date", "issued", callback=day, metavar="DATE", help="Date of issue (YYYY-MM-DD); left blank by default.")
@click.option(
    "--due-in",
    type=click.IntRange(1, 250),
    metavar="N",
    help="Deadline in N working days from the date of issue; blank by default: no rule gives a number.",
)
@click.option("--received", callback=day, metavar="DATE", help="Day on which the materials came in; left blank by default.")
@click.option("--contact", default="", metavar="NAME", help="Whom to ask; left blank by default.")
@click.option("--phone", default="", metavar="NUMBER", help="The contact's telephone number; left blank by default.")
@mask_option
def notice(
    report: Path,
    out: Path | None,
    script: str,
    kind: str | None,
    number: str,
    agency: str,
    issued: date | None,
    due_in: int | None,
    received: date | None,
    contact: str,
    phone: str,
    mask: bool,
) -> None:
    """Draft a letter from a report.json. A person decides, signs and seals.

    \b
    correction     补正通知书          for a deficient report
    passed         形式审查通过通知书  for one that passes
    ineligible     不符合申报条件告知书
    rectification  限期整改通知书      where the regulation provides for it
    receipt        回执                the slip that comes back with one of these

    \b
    Example:  docproc notice 审查结果/report.json --agency 某市工业和信息化局 --date 2026-11-25 --due-in 10
    """
    from docproc.draft import Office
    from docproc.mask import mask_report
    from docproc.model import Script
    from docproc.outputs import load_report, load_texts, write_notice
    from docproc.render.voice import Voice, own

    if due_in and not issued:
        raise click.UsageError("用 --due-in 计算补正期限时，请同时用 --date 给出发文日期。")
    loaded = load_report(report)
    written, remarks = write_notice(
        mask_report(loaded, load_texts(report)) if mask else loaded,
        report.parent if out is None else out,
        script=Script(script),
        kind=kind,
        office=Office(agency, number, issued, due_in, received, contact, phone),
    )
    voice = Voice.about(loaded, width=None, colour=False, script=Script(script))
    for remark in remarks:
        click.echo(voice.words(remark), err=True)
    click.echo(voice.words(f"已写出：{own(written)}"))


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out/demo"), show_default=True, help="Folder for the results."
)
def demo(out: Path) -> None:
    """Run the main job on the bundled samples and say which files to open."""
    from docproc.demo import run

    with progress_line() as progress:
        text = run(out, progress)
    click.echo(text, nl=False)


for group in (checklist, regulation, evaluate_cases, cache):
    main.add_command(group)


if __name__ == "__main__":
    main()
