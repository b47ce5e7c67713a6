"""Bookmarks and electronic signatures of a PDF, as the file states them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import TYPE_CHECKING

from docproc.model import OutlineEntry, Signature

if TYPE_CHECKING:
    import pypdfium2

_BOOKMARKS_AT_MOST = 2000
_DEPTH = 8
_COMMON_NAME = b"\x06\x03\x55\x04\x03"  # the object identifier 2.5.4.3 in DER
_STRING_TYPES = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be"}


def outline(document: pypdfium2.PdfDocument) -> tuple[OutlineEntry, ...]:
    """The bookmarks that lead to a page, in order; levels count from 1."""
    return tuple(_entries(document))


def _entries(document: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    import pypdfium2

    count = len(document)
    try:
        for number, bookmark in enumerate(document.get_toc(max_depth=_DEPTH)):
            if number >= _BOOKMARKS_AT_MOST:
                return
            target = bookmark.get_dest()
            page = target.get_index() if target is not None else None
            title = re.sub(r"\s+", " ", bookmark.get_title()).strip()
            if title and page is not None and 0 <= page < count:
                yield OutlineEntry(title, page + 1, bookmark.level + 1)
    except (pypdfium2.PdfiumError, UnicodeError):
        return


def signatures(document: pypdfium2.PdfDocument) -> tuple[Signature, ...]:
    """The signature fields that hold a signature, with the signer's name where the certificate states one. Nothing is verified."""
    import pypdfium2.raw as pdfium

    found = []
    for index in range(max(pdfium.FPDF_GetSignatureCount(document.raw), 0)):
        handle = pdfium.FPDF_GetSignatureObject(document.raw, index)
        size = pdfium.FPDFSignatureObj_GetContents(handle, None, 0) if handle else 0
        if size <= 0:
            continue
        buffer = create_string_buffer(size)
        pdfium.FPDFSignatureObj_GetContents(handle, buffer, size)
        found.append(Signature(signer_of(buffer.raw)))
    return tuple(found)


def signer_of(container: bytes) -> str:
    """Whose signature a PKCS#7 container says it is: the subject of the one certificate in it that issued no other. Nothing is verified."""
    return _leaf_subject(container) or signer_name(container)


def _leaf_subject(container: bytes) -> str:
    """The common name, else the organisation, of the signer's certificate; empty where the container does not parse (SM2 among others)."""
    from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
    from cryptography.x509.oid import NameOID

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            certificates = load_der_pkcs7_certificates(_without_padding(container))
            issuers = {certificate.issuer for certificate in certificates if certificate.issuer != certificate.subject}
            leaves = [certificate for certificate in certificates if certificate.subject not in issuers]
            for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
                for certificate in leaves:
                    for stated in certificate.subject.get_attributes_for_oid(kind):
                        if str(stated.value).strip():
                            return str(stated.value).strip()
        except Exception:  # noqa: BLE001 - hostile input; the library's own errors are of many kinds
            return ""
    return ""


def _without_padding(container: bytes) -> bytes:
    """The DER structure alone: a PDF reserves more room than the signature takes."""
    if len(container) < 2 or container[1] < 0x80:
        return container[: 2 + container[1]] if len(container) > 1 else container
    octets = container[1] & 0x7F
    return container[: 2 + octets + int.from_bytes(container[2 : 2 + octets], "big")]


def signer_name(container: bytes) -> str:
    """The last common name in a PKCS#7 container that is not an authority's: issuers come before subjects. Empty where none is stated."""
    names: list[str] = []
    at = container.find(_COMMON_NAME)
    while at >= 0:
        start = at + len(_COMMON_NAME)
        if start + 2 <= len(container) and container[start] in _STRING_TYPES and container[start + 1] < 0x80:
            raw = container[start + 2 : start + 2 + container[start + 1]]
            name = raw.decode(_STRING_TYPES[container[start]], errors="ignore").strip()
            if name:
                names.append(name)
        at = container.find(_COMMON_NAME, start)
    subjects = [name for name in names if not re.search(r"\bCA\b|\bRoot\b|Authority", name)]
    return (subjects or names or [""])[-1]
