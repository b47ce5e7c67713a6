"""Electronic seals and signatures of an OFD file, as the file states them: nothing is verified (GB/T 33190-2016, 18; GB/T 38540)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from docproc.model import Seal, Signature
from docproc.readers.ofd_objects import box_of, child, children
from docproc.readers.unread import Unreadable

_UTF8: Final = 0x0C
_CONSTRUCTED: Final = 0x20
_DEEPEST: Final = 12
_LONGEST: Final = 200


def signatures(
    listed: etree._Element | None,
    folder: str,
    resolve: Callable[[str, str], str],
    xml: Callable[[str], etree._Element | None],
    data: Callable[[str], bytes | None],
    pages: Mapping[str, int],
) -> Iterator[tuple[Signature, tuple[Seal, ...]]]:
    """Each signature with its stamps. `pages`: page number by the file's own id of the page."""
    for entry in children(listed, "Signature"):
        name = resolve(folder, str(entry.get("BaseLoc", "")))
        try:
            root = xml(name)
        except Unreadable:
            root = None
        info = child(root, "SignedInfo")
        owner = _owner(root, info, name, resolve, data)
        seals = tuple(
            Seal(pages[where], box, 1.0, "round", owner or None)
            for stamp in children(info, "StampAnnot")
            if (where := str(stamp.get("PageRef", ""))) in pages and (box := box_of(stamp.get("Boundary"))) is not None
        )
        yield Signature(owner or _provider(info) or "（未写明签名人）", seals[0].page if seals else None), seals


def _owner(
    root: etree._Element | None,
    info: etree._Element | None,
    part: str,
    resolve: Callable[[str, str], str],
    data: Callable[[str], bytes | None],
) -> str:
    """The seal's name, from the seal itself or from the signed value that holds it."""
    folder = part.rpartition("/")[0]
    for element in (child(info, "Seal", "BaseLoc"), child(root, "SignedValue")):
        if element is None or not str(element.text or "").strip():
            continue
        try:
            content = data(resolve(folder, str(element.text).strip()))
        except Unreadable:
            continue
        found = next(_strings(content or b"", 0), "")
        if found:
            return found
    return ""


def _provider(info: etree._Element | None) -> str:
    provider = child(info, "Provider")
    named = child(provider, "ProviderName")
    return str(provider.get("ProviderName", "") if provider is not None else "") or str(named.text or "" if named is not None else "")


def _strings(data: bytes, depth: int) -> Iterator[str]:
    """The UTF-8 strings of a DER structure in order: the first one in a seal is its name (GB/T 38540, SES_ESPropertyInfo)."""
    at = 0
    while at + 2 <= len(data) and depth < _DEEPEST:
        kind, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            count = size & 0x7F
            if not 1 <= count <= 4:
                return
            size = int.from_bytes(data[at : at + count], "big")
            at += count
        body = data[at : at + size]
        at += size
        if kind & _CONSTRUCTED:
            yield from _strings(body, depth + 1)
        elif kind == _UTF8 and len(body) <= _LONGEST:
            text = body.decode("utf-8", "replace").strip()
            if text and "\ufffd" not in text:
                yield text
