"""A .docx as a bag of parts: the zip, its relationships, and XML read without entities, DTD or network.

ISO/IEC 29500-2 (packages), 29500-1 §11 (parts of a WordprocessingML document). Strict documents (29500-1 without the
transitional part) use other namespaces; they are renamed to the transitional ones on reading, so that the rest knows one.
"""

from __future__ import annotations

import posixpath
import zipfile
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from lxml import etree

from docproc.readers.unread import Unreadable
from docproc.readers.zip_directory import open_zip

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V: Final = "{urn:schemas-microsoft-com:vml}"
O: Final = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix the standard uses
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_STRICT = MappingProxyType(
    {
        "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
        "http://purl.oclc.org/ooxml/officeDocument/math": M,
        "http://purl.oclc.org/ooxml/drawingml/main": A,
        "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
        "http://purl.oclc.org/ooxml/drawingml/chart": C,
        "http://purl.oclc.org/ooxml/drawingml/diagram": DGM,
    }
)

MAX_PART: Final = 96 * 1024 * 1024  # bytes of one part, uncompressed: a form of 2,000 pages has about 20 MB
MAX_PARTS: Final = 20_000


class Parts:
    """The parts of one file, read when asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = open_zip(data)
        except UnicodeDecodeError as error:
            raise Unreadable("damaged", "压缩结构不完整") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_PARTS:
            raise Unreadable("too_large", f"含 {len(entries)} 个部件")
        # Some writers use a backslash or a leading slash in part names; names are compared without case (29500-2 §6.2.2).
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}

    def read(self, name: str) -> bytes | None:
        """The part's bytes, or None where the file does not have it."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise Unreadable("encrypted")
        if entry.file_size > MAX_PART:
            raise Unreadable("too_large", f"部件 {name} 解压后 {entry.file_size // 1024 // 1024} MB")
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
            raise Unreadable("damaged", f"部件 {name} 无法解压") from error
        except Exception as error:  # zlib.error, lzma.LZMAError: no common base
            if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
                raise Unreadable("damaged", f"部件 {name} 无法解压") from error
            raise

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, in transitional namespaces, or None where there is no such part."""
        data = self.read(name)
        return None if data is None else parse(data, name)

    def main(self) -> str:
        """The name of the main document part: as the package's relationships say, else the usual one."""
        for _, (kind, target) in self.relations("").items():
            if kind == "officeDocument" and self.has(target):
                return target
        return "word/document.xml"

    def has(self, name: str) -> bool:
        """Whether the file has this part."""
        return name.lower() in self._entries

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: id -> (last word of the type, target's part name). External targets are left out."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[part] = {}
            for relation in [] if root is None else root.iter(f"{_PACKAGE}Relationship"):
                if relation.get("TargetMode") == "External":
                    continue
                target = unquote(str(relation.get("Target", ""))).replace("\\", "/")
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                self._relations[part][str(relation.get("Id", ""))] = (str(relation.get("Type", "")).rsplit("/", 1)[-1], target)
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part that `part` relates to by this kind (styles, footnotes, comments …)."""
        return next((target for found, target in self.relations(part).values() if found == kind), None)


def parse(data: bytes, name: str = "") -> etree._Element:
    """XML without entities, DTD or network. A document type is refused: OOXML forbids it (29500-2 §7.2), attacks need it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("damaged", f"部件 {name} 的内容有误") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("damaged", f"部件 {name} 含有不允许的文档类型声明")
    if any(uri in _STRICT for uri in root.nsmap.values()):
        _to_transitional(root)
    return root


def _to_transitional(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for key in list(element.attrib):
            name = str(key)
            if name.startswith("{http://purl."):
                element.set(_renamed(name), element.attrib.pop(name))


def _renamed(name: str) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    return _STRICT[uri] + local if uri in _STRICT else name


def on(element: etree._Element | None) -> bool:
    """An on/off property: present and not switched off (29500-1 §17.17.4)."""
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}


def value(element: etree._Element | None, default: str = "") -> str:
    """A property's w:val."""
    return default if element is None else str(element.get(f"{W}val", default))


def number(element: etree._Element | None, default: int) -> int:
    """A property's w:val as a whole number; what is not one counts as the default."""
    try:
        return int(value(element, str(default)))
    except ValueError:
        return default
