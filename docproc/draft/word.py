"""Renders a Word template strictly and deterministically.

docxtpl fills the template that an office may edit in Word; names it does not know are errors, every value is escaped, and the finished
file's zip entries carry a fixed time, so that the same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from docproc.errors import DocprocError
from docproc.library import shelf
from docproc.model import Script
from docproc.text.outgoing import finish

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TEXT_NODE = re.compile(r">([^<]+)<")
# Characters that XML 1.0 does not allow; a quote from a broken file may hold them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render(template: str, context: Mapping[str, Any], script: Script) -> bytes:
    """The filled template as the bytes of a .docx file.

    Raises DocprocError("template_invalid") where the template names something the context does not hold, or is no Word file.
    """
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined, TemplateError

    path = shelf("templates") / template
    try:
        document = DocxTemplate(str(path))
        document.render(dict(context), jinja_env=Environment(undefined=StrictUndefined, autoescape=True))
    except (TemplateError, OSError, KeyError, ValueError) as error:
        raise DocprocError("template_invalid", path=path.name, why=error) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return _settle(buffer.getvalue(), script)


def clean(text: str) -> str:
    """A text of the source as it can stand in a Word paragraph: on one line, without what XML forbids."""
    return " ".join(_NOT_XML.sub(" ", text).split())


def _settle(data: bytes, script: Script) -> bytes:
    """Takes the shields off the text parts (converting to traditional on request) and fixes order and times of the zip entries."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = source.read(name)
            if _TEXT_PARTS.fullmatch(name):
                # Only text nodes: font names in attributes must stay as they are.
                content = _TEXT_NODE.sub(lambda node: f">{finish(node.group(1), script)}<", content.decode("utf-8")).encode("utf-8")
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return result.getvalue()


def paragraphs(data: bytes) -> list[str]:
    """Every paragraph of a written file's body, tables included, in order: what a reader of the file sees."""
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
