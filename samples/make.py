"""Builds the samples: `python samples/make.py [ID…]` writes samples/packages/. Only building needs the fonts (README.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from bundle import write_folder, write_zip
from drawing import register_fonts
from papers.audit import audit, audits
from papers.blocks import Block, Break, Paper, Space, Text, table
from papers.facts import Case, case_of
from papers.form import form
from papers.licence import licence
from papers.maturity import maturity
from papers.short import short
from pdf import Look, print_papers
from word import print_paper

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "packages"
# Windows leaves this beside pictures; it is no document.
THUMBS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)


def paper(case: Case, what: str, firms: Mapping[str, Any]) -> Paper:
    """The paper that a line of `files` names: kind, and the year or wording."""
    kind, _, more = what.partition(" ")
    own = case.of(f"{kind} {more}" if kind == "audit" else kind)
    if "firm" in own:  # another firm's paper
        case = case_of(case.id, {"firm": own["firm"], "city": case.city, "level": case.level}, firms)
    case = case.with_values(**(own.get("values") or {}))
    match kind:
        case "form":
            made = form(case)
        case "licence":
            made = licence(case)
        case "audit":
            made = audit(case, int(more))
        case "audits":
            made = audits(case)
        case "maturity":
            made = maturity(case)
        case _:
            made = short(case, kind, more)
    return made.without_stamps() if own.get("unsealed") else made


def traditional() -> Callable[[str], str]:
    """Simplified to traditional, one character for one."""
    from opencc import OpenCC

    return OpenCC("s2t").convert


def catalogue(names: list[str], case: Case) -> Paper:
    """The first pages of a bound file: a cover and what it holds."""
    rows = [["序号", "材料名称"], *([str(number), name] for number, name in enumerate(names, 1))]
    found: list[Block] = [Space(60), Text(f"{case.values['city']}{case.values['level_name']}智能工厂", "cover"), Text("申报材料", "cover")]
    found += [Space(30), Text(case.values["name"], "centre"), Text("二〇二六年十月", "centre"), Break()]
    found += [Text("目录", "title"), table([list(row) for row in rows], [24, 134])]
    return Paper("annex", tuple(found))


def build(sample_id: str, sample: Mapping[str, Any], firms: Mapping[str, Any]) -> None:
    """Writes one package."""
    case = case_of(sample_id, sample, firms)
    show = traditional() if sample.get("traditional") else str
    look = Look(**(sample.get("look") or {}))
    if sample["pack"] == "bound":
        papers = [paper(case, what, firms) for what in sample["files"].values()]
        data = print_papers([catalogue(list(sample["files"]), case), *papers], look, show, case.values["name"])
        (PACKAGES / f"{sample_id}.pdf").write_bytes(data)
        return
    files: dict[str, bytes] = {}
    for name, what in sample["files"].items():
        if what == "thumbs":
            files[name] = THUMBS
            continue
        made = paper(case, what, firms)
        word = name.endswith(".docx")
        files[show(name)] = print_paper(made, show, case.of("word")) if word else print_papers([made], look, show, Path(name).stem)
    if sample["pack"] == "folder":
        write_folder(PACKAGES / sample_id, files)
    else:
        write_zip(PACKAGES / f"{sample_id}.zip", files, gbk=sample["pack"] == "gbk-zip")


def main(wanted: list[str]) -> None:
    """Builds the samples named, or all."""
    register_fonts()
    PACKAGES.mkdir(exist_ok=True)
    firms: dict[str, Any] = {}
    for path in sorted((HERE / "firms").glob("*.yaml")):
        firms |= yaml.safe_load(path.read_text(encoding="utf-8"))
    samples = yaml.safe_load((HERE / "samples.yaml").read_text(encoding="utf-8"))
    for sample_id in wanted or samples:
        build(sample_id, samples[sample_id], firms)
        print(sample_id)


if __name__ == "__main__":
    main(sys.argv[1:])
