"""Makes docs/performance.md and docs/performance.svg from a saved run:  python -m benchmarks.page [FILE]"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUN = Path(__file__).parent / "runs" / "latest.json"
PROSE = Path(__file__).parent / "performance-prose.md"
PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"

_UNRULED, _RULED = 15.0, 6.0  # times as fast as pdfplumber


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else RUN
    run = json.loads(source.read_text(encoding="utf-8"))
    PAGE.write_text(page(run), encoding="utf-8")
    PLOT.write_text(plot(run["growth"]), encoding="utf-8")
    print(f"written: {PAGE}, {PLOT}")


def page(run: dict[str, Any]) -> str:
    """The page as Markdown. The same run gives the same page."""
    made = run["machine"]
    size = "quick form" if run["quick"] else "full form"
    parts = [
        "# How fast, and how much memory",
        "",
        "Made by `python -m benchmarks.page` from a saved run ([benchmarks/runs/latest.json](../benchmarks/runs/latest.json)) of",
        "`python -m benchmarks.whole`; not written by hand. Absolute times are this machine's: quote ratios, which are taken in one run.",
        "",
        f"Run of {run['date']} ({size}, {run['seconds']} s): {made['processor']}, {made['cores']} cores, Python {made['python']}. "
        f"Processes that wanted a core: {run['load_before']} before, {run['load_after']} after"
        + (" (the machine was busy with other work: times on the clock are longer than they would be)." if _busy(run) else "."),
        "",
        *_goals(run),
        *_reading(run),
        *_scans(run),
        *_texts(run),
        *_package(run),
        *_inbox(run),
        *_growth(run),
        PROSE.read_text(encoding="utf-8"),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _busy(run: dict[str, Any]) -> bool:
    return max(run["load_before"], run["load_after"]) > 3.0 * run["machine"]["cores"] / 2


def _goals(run: dict[str, Any]) -> Iterator[str]:
    """What was to be reached, and what this run came to."""
    warm = run["package"]["warm"]
    inbox = run["inbox"]
    one, two, second = (inbox[name] for name in ("text, 1 at work", "text, 2 at work", "text, second run"))
    pdfs = [row for row in run["reading"] if row["what"] == "PDF"]
    rows: list[tuple[str, float | None, str, bool]] = [
        ("Text package of 120 pages, warm, processor seconds (reading and reviewing)", warm["reading"] + warm["reviewing"], "≤ 2.5", True),
        ("Unruled pages: docproc / PDFium alone, the worst maker", _worst(pdfs, False), "≤ 3", True),
        ("Ruled pages: docproc / PDFium alone, the worst maker", _worst(pdfs, True), "≤ 7", True),
        ("Unruled pages: pdfplumber / docproc, the worst maker within reach", _least(pdfs, False, _UNRULED), f"≥ {_UNRULED:g}", False),
        ("Ruled pages: pdfplumber / docproc, the worst maker", _least(pdfs, True, _RULED), f"≥ {_RULED:g}", False),
        ("One worker's time / two workers' (idle machine)", one["seconds"] / two["seconds"], "≥ 1.6", False),
        ("Largest worker of text packages, MB", two["worker_megabytes"], "≤ 400", True),
        ("Second run / first", second["seconds"] / two["seconds"], "≤ 0.05", True),
        ("`docproc --help`, processor seconds", run["start"]["docproc --help"], "≤ 0.2", True),
        ("Scanned page: docproc / engine alone", _of_engine(run["scans"]["seconds"]), "≤ 1.1", True),
    ]
    yield from ("| Goal | wanted | this run | |", "| --- | --- | --- | --- |")
    for words, value, wanted, below in rows:
        bound = float(wanted.split()[1])
        met = "" if value is None else "met" if (value <= bound if below else value >= bound) else "**not met**"
        yield f"| {words} | {wanted} | {'not measured' if value is None else _number(value)} | {met} |"
    mixed = inbox.get("text, bad ones among them, 2 at work")
    if mixed is not None:
        every, bad = inbox["text"], inbox["bad"]
        words = f"{every} packages, {bad} of them empty, cut short, damaged, exploding or endless: in the ledger; bad ones named"
        met = "met" if (mixed["listed"], mixed["named"]) == (every, bad) else "**not met**"
        yield f"| {words} | {every}; {bad} | {mixed['listed']}; {mixed['named']} | {met} |"
    yield ""


def _worst(rows: Sequence[dict[str, Any]], ruled: bool) -> float | None:
    ratios = [row["seconds"]["docproc"] / row["seconds"]["PDFium alone (the limit)"] for row in rows if row["ruled"] is ruled]
    return max(ratios, default=None)


def _least(rows: Sequence[dict[str, Any]], ruled: bool, wanted: float) -> float | None:
    """How many times as long pdfplumber takes, where PDFium alone leaves room for what is wanted; without such a maker, of all."""
    measured = [row for row in rows if row["ruled"] is ruled and "pdfplumber" in row["seconds"]]
    reachable = [row for row in measured if _room(row) >= wanted]
    return min((row["seconds"]["pdfplumber"] / row["seconds"]["docproc"] for row in reachable or measured), default=None)


def _room(row: dict[str, Any]) -> float:
    """How many times as long as PDFium alone pdfplumber takes on a maker's file: what no reader by PDFium can pass."""
    return float(row["seconds"]["pdfplumber"] / row["seconds"]["PDFium alone (the limit)"])


def _beyond(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Says on which files PDFium alone is too slow for the figure wanted of docproc."""
    measured = [row for row in rows if "pdfplumber" in row["seconds"] and not row["ruled"]]
    told = [f"{row['maker']}, prose: {_number(_room(row))} times" for row in measured if _room(row) < _UNRULED]
    if told:
        yield from (f"Out of reach of {_UNRULED:g} times pdfplumber, since PDFium alone is no faster ({'; '.join(told)}).", "")


def _of_engine(seconds: dict[str, float]) -> float | None:
    alone = seconds.get("RapidOCR alone (the limit)")
    return seconds["docproc"] / alone if alone else None


def _reading(run: dict[str, Any]) -> Iterator[str]:
    pdfs = [row for row in run["reading"] if row["what"] == "PDF"]
    names = list(dict.fromkeys(name for row in pdfs for name in row["seconds"]))
    yield from ("## Reading", "", "Pages a second of one core; in brackets the time as a multiple of docproc's.", "")
    yield "| PDF by | " + " | ".join(names) + " |"
    yield "| --- |" + " --- |" * len(names)
    for row in pdfs:
        cells = [_rate(row["pages"], row["seconds"].get(name), row["seconds"]["docproc"]) for name in names]
        yield f"| {row['maker']}, {'tables' if row['ruled'] else 'prose'} | " + " | ".join(cells) + " |"
    yield ""
    yield from _beyond(pdfs)
    word = next(row for row in run["reading"] if row["what"] == "Word")
    own = word["seconds"]["docproc"]
    others = ", ".join(f"{name} {_number(taken / own)} times as long" for name, taken in word["seconds"].items() if name != "docproc")
    yield (f"Word, {word['characters']:,} characters with tables: {word['characters'] / own:,.0f} characters a second; {others}.")
    yield from ("docproc also finds tables, boxes of all characters, losses and seals; PDFium alone gives bare text.", "")


def _rate(amount: int, seconds: float | None, own: float) -> str:
    return "–" if seconds is None else f"{amount / seconds:,.0f}" + ("" if seconds == own else f" ({_number(seconds / own)})")


def _scans(run: dict[str, Any]) -> Iterator[str]:
    yield from ("## Scans", "")
    seconds, pages = run["scans"]["seconds"], run["scans"]["pages"]
    listed = "; ".join(f"{name}: {taken / pages:.2f} s a page" for name, taken in seconds.items())
    yield from (f"One A4 page at 200 dpi, one thread, page store off. {listed}.", "")


def _texts(run: dict[str, Any]) -> Iterator[str]:
    yield from ("## Text", "", "Million characters a second of one core.", "")
    names = ["normalise", "OpenCC t2s alone", "ftfy"]
    yield from ("| Text | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names))
    for kind, row in run["texts"].items():
        if kind != "extraction":
            rates = [f"{row['characters'] / row['seconds'][name] / 1e6:.2f}" for name in names]
            yield f"| {kind} | " + " | ".join(rates) + " |"
    found = run["texts"]["extraction"]
    rate = found["characters"] / found["seconds"]["extract"]
    yield from ("", f"Finding what a text claims: {rate:,.0f} characters a second ({found['characters']:,} characters of prose).", "")


def _package(run: dict[str, Any]) -> Iterator[str]:
    yield from (
        "## One package",
        "",
        "Form of 120 pages with a table a page, and a licence. Processor seconds, the reader's process included.",
        "",
    )
    yield from ("| | reading | reviewing | writing all papers | on the clock |", "| --- | --- | --- | --- | --- |")
    for name in ("cold", "warm"):
        row = run["package"][name]
        yield f"| {name} | " + " | ".join(f"{row[part]:.2f}" for part in ("reading", "reviewing", "writing", "clock")) + " |"
    yield from ("", f"Largest memory of the process: {run['package']['memory_megabytes']} MB.", "")


def _inbox(run: dict[str, Any]) -> Iterator[str]:
    inbox = run["inbox"]
    yield from ("## An inbox", "")
    yield f"{inbox['text']} text packages (a form of 12 pages in PDF, a licence; in one run {inbox['bad']} bad ones among them);"
    yield f"{inbox['scanned']} scanned forms of one page."
    yield from ("", "| | seconds | packages a minute | load before | largest worker | driver |", "| --- | --- | --- | --- | --- | --- |")
    for name, row in inbox.items():
        if isinstance(row, dict):
            rate = f"{60 * row['listed'] / row['seconds']:.1f}"
            memory = f"{row['worker_megabytes']} MB | {_megabytes(row.get('driver_megabytes'))}"
            yield f"| {name} | {row['seconds']:.1f} | {rate} | {row['load']} | {memory} |"
    yield ""


def _growth(run: dict[str, Any]) -> Iterator[str]:
    yield from ("## Growth", "", "![seconds and memory over the number of packages](performance.svg)", "")
    yield from (
        "| packages | seconds | milliseconds a package | largest worker | driver | load before |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    for row in run["growth"]:
        each = 1000 * row["seconds"] / row["packages"]
        memory = f"{row['worker_megabytes']} MB | {_megabytes(row.get('driver_megabytes'))}"
        yield f"| {row['packages']} | {row['seconds']:.1f} | {each:.0f} | {memory} | {row['load']} |"
    yield ""


def _megabytes(value: int | None) -> str:
    return "–" if value is None else f"{value} MB"


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


# --- the plot ---------------------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 360, 70, 70, 40, 50


def plot(rows: Sequence[dict[str, Any]]) -> str:
    """Seconds (left) and the largest worker's megabytes (right) over the number of packages; both axes of the first on a log scale."""
    from math import log10

    counts = [row["packages"] for row in rows]
    seconds = [row["seconds"] for row in rows]
    memory = [row["worker_megabytes"] for row in rows]
    low, high = log10(min(counts)), log10(max(max(counts), min(counts) * 10))
    floor, roof = int(log10(min(seconds))), int(log10(max(seconds))) + 1
    most = max(400, *memory)

    def x(count: float) -> float:
        return _LEFT + (log10(count) - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)

    def y(share: float) -> float:
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    def second(value: float) -> float:
        return y((log10(value) - floor) / (roof - floor))

    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_WIDTH / 2}" y="20" text-anchor="middle" font-size="14">docproc batch, two workers: time and memory</text>',
    ]
    for power in range(floor, roof + 1):
        at = second(10**power)
        marks.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}" stroke="#e3e6ea"/>')
        marks.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#1f5fa8">{10**power:g} s</text>')
    for megabytes in (0, 100, 200, 300, 400):
        marks.append(f'<text x="{_WIDTH - _RIGHT + 8}" y="{y(megabytes / most) + 4:.1f}" fill="#b3561b">{megabytes} MB</text>')
    for count in counts:
        marks.append(f'<path d="M{x(count):.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#f0f2f4"/>')
        marks.append(f'<text x="{x(count):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{count}</text>')
    marks.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 12}" text-anchor="middle">packages (12 pages each)</text>')
    marks += _line([(x(count), second(value)) for count, value in zip(counts, seconds, strict=True)], "#1f5fa8")
    marks += _line([(x(count), y(value / most)) for count, value in zip(counts, memory, strict=True)], "#b3561b", dashed=True)
    marks.append(f'<text x="{_LEFT + 10}" y="{_TOP + 4}" fill="#1f5fa8">— seconds</text>')
    marks.append(f'<text x="{_LEFT + 90}" y="{_TOP + 4}" fill="#b3561b">- - largest worker</text>')
    return "\n".join([*marks, "</svg>"]) + "\n"


def _line(points: Sequence[tuple[float, float]], colour: str, *, dashed: bool = False) -> Iterator[str]:
    path = " ".join(f"{'L' if number else 'M'}{px:.1f} {py:.1f}" for number, (px, py) in enumerate(points))
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
    for px, py in points:
        yield f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="{colour}"/>'


if __name__ == "__main__":
    main()
