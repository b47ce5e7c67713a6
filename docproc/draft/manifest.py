"""A template's manifest: what the letter is called, which outcomes it fits, what it rests on, which names the template may use.

It stands beside the Word file under the same name (`notice-correction.yaml` beside `notice-correction.docx`), with a sample context by
which an office sees what its own template makes of it. A wrong manifest is refused with its file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from docproc.errors import DocprocError
from docproc.library import item
from docproc.model import PackageOutcome
from docproc.strict_yaml import read_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LegalBasis(_Strict):
    """An act that the letter itself rests on, with the words quoted from it."""

    title: str
    number: str = ""
    article: str
    quote: str

    @property
    def citation(self) -> str:
        return f"《{self.title}》{f'（{self.number}）' if self.number else ''}{self.article}"


class Manifest(_Strict):
    """What is known of a template without opening it."""

    title: str
    purpose: str
    outcomes: tuple[PackageOutcome, ...] = ()  # reports that the letter fits
    default_for: tuple[PackageOutcome, ...] = ()  # reports for which it is drafted where none is named
    basis: LegalBasis | None = None
    rests_on: str = ""  # words that the regulation itself must say, of the level applied for, or the letter has no basis
    needs: tuple[str, ...] = ()  # names that must not be empty
    fields: Mapping[str, str]  # name -> what it holds
    sample: Mapping[str, Any] = {}


def manifest(template: str) -> Manifest:
    """The manifest of a template by its stem (`notice-correction`). Raises DocprocError("template_invalid") with the place."""
    path = item("templates", f"{template}.yaml")
    if not path.is_file():
        raise DocprocError("template_invalid", path=path.name, why="找不到这份模板的说明文件")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Manifest:
    try:
        source = read_yaml(path)
        return Manifest.model_validate(source.data)
    except DocprocError as error:
        raise DocprocError("template_invalid", path=path.name, why=error.text) from error
    except ValidationError as error:
        first = error.errors()[0]
        at = tuple(part for part in first["loc"] if isinstance(part, str | int))
        why = f"第 {source.line(at)} 行 {'.'.join(map(str, at))}：{first['msg']}"
        raise DocprocError("template_invalid", path=path.name, why=why) from error
