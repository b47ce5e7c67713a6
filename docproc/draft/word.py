"""Renders a Word template strictly and deterministically.

docxtpl fills the template that an office may edit in Word; names it does not know are errors and told with their place, every value is
escaped, and the finished file's zip entries carry a fixed time, so that the same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docproc.errors import DocprocError
from docproc.library import item
from docproc.model import Script
from docproc.render.settled import settled_zip
from docproc.text.outgoing import finish

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment, Template

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TEXT_NODE = re.compile(r">([^<]+)<")
_UNKNOWN = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
# Characters that XML 1.0 does not allow (a quote from a broken file may hold them), and marks that turn the direction of what follows.
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(template: str, context: Mapping[str, Any], script: Script) -> bytes:
    """The filled template as the bytes of a .docx file.

    Raises DocprocError("template_invalid") where the template names something the context does not hold, or is no Word file.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    from docproc.draft import signature

    path = item("templates", template)
    try:
        document = DocxTemplate(str(path))
        _own_elements(document)
        document.render(dict(context), jinja_env=_environment())
        signature.place(document.docx)
    except (TemplateError, PackageNotFoundError, OSError, KeyError, ValueError, TypeError) as error:
        raise DocprocError("template_invalid", path=path.name, why=_why(path, error)) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return settle(buffer.getvalue(), script)


def unknown_fields(template: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """The names that a template uses and nobody fills, each with its place; empty where all is well."""
    from docxtpl import DocxTemplate

    path = item("templates", template)
    used = DocxTemplate(str(path)).get_undeclared_template_variables(jinja_env=_environment())
    return tuple(_told(path, name) for name in sorted(used - set(known)))


def _own_elements(document: DocxTemplate) -> None:
    """Has docxtpl put in a body of python-docx's own elements.

    It puts in one of plain lxml, and python-docx sees its own there only once nobody holds a plain one any more; whatever looks at other
    threads' frames at that moment (Dask's profiler, a debugger) does hold them.
    """
    from docx.oxml import parse_xml
    from lxml import etree

    put_in = document.map_tree
    document.map_tree = lambda tree: put_in(parse_xml(etree.tostring(tree)))


@cache
def _environment() -> Environment:
    """Strict, escaping, and without a way from a template to the machine: a template may come from anywhere.

    With a memory: docxtpl hands in the same parts of the same template for each letter, and compiling them takes longer than filling them.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    class Remembering(SandboxedEnvironment):
        def __init__(self) -> None:
            super().__init__(undefined=StrictUndefined, autoescape=True)
            self._compiled = lru_cache(maxsize=256)(super().from_string)

        def from_string(self, source: Any, *others: Any, **named: Any) -> Template:
            return self._compiled(source, *others, **named)

    return Remembering()


def clean(text: str) -> str:
    """A text of the source as it can stand in a Word paragraph: on one line, without what XML forbids or what turns the writing."""
    return " ".join(_STEERING.sub("", _NOT_PRINTED.sub(" ", text)).split())


def settle(data: bytes, script: Script, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """Takes the shields off the text parts (converting to traditional on request) and fixes order and times of the zip entries.

    `changes` rewrite parts by their name.
    """

    def settled(name: str, content: bytes) -> bytes:
        if _TEXT_PARTS.fullmatch(name):
            # Only text nodes: font names in attributes must stay as they are.
            content = _TEXT_NODE.sub(lambda node: f">{finish(node.group(1), script)}<", content.decode("utf-8")).encode("utf-8")
        return changes[name](content) if changes and name in changes else content

    return settled_zip(data, settled)


def paragraphs(data: bytes) -> list[str]:
    """Every paragraph of a written file's body, tables included, in order: what a reader of the file sees."""
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]


def _why(path: Path, error: Exception) -> str:
    found = _UNKNOWN.search(str(error))
    if found:
        return _told(path, found[1] or found[2])
    if not path.is_file():
        return "找不到这个文件"
    written = " ".join(re.sub("<[^>]*>", "", str(line)) for line in getattr(error, "docx_context", ()))
    return f"{error}" + (f"，在“{clean(written)[:60]}”一带" if written else "")


def _told(path: Path, name: str) -> str:
    place = next((f"{where}“{text[:40]}”" for where, text in _tagged(path) if re.search(rf"\b{re.escape(name)}\b", text)), "")
    return f"{place}用了没有的字段“{name}”" if place else f"用了没有的字段“{name}”"


def _tagged(path: Path) -> Iterator[tuple[str, str]]:
    """The paragraphs of a template with a tag in them, and where each stands."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(path))
    parts = [("正文", document.element.body)]
    for section in document.sections:
        parts += [("页眉", section.first_page_header._element), ("页眉", section.header._element), ("页脚", section.footer._element)]
    for where, part in parts:
        for number, paragraph in enumerate(part.iter(qn("w:p")), start=1):
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
            if "{{" in text or "{%" in text:
                yield f"{where}第{number}段", text
