"""What a file is, told by its bytes. The name only settles what bytes cannot (a .csv is text, a .wps is an OLE file)."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import IO, Final

from docproc.readers.zip_directory import open_zip

#: Suffixes under which a format is expected. A format that is not here has no suffix of its own to be wrong about.
SUFFIXES: Final = MappingProxyType(
    {
        "docx": {".docx", ".docm", ".dotx", ".dotm"},
        "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods"},
        "xls": {".xls", ".xlt", ".et"},
        "pptx": {".pptx", ".pptm", ".ppsx"},
        "pdf": {".pdf"},
        "image": {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"},
        "html": {".html", ".htm", ".xhtml", ".shtml"},
        "csv": {".csv", ".tsv"},
        "md": {".md", ".markdown"},
        "rtf": {".rtf"},
        "doc": {".doc", ".dot", ".wps", ".wpt"},
        "wps": {".wps", ".wpt", ".doc"},
        "et": {".et"},
        "ppt": {".ppt", ".pps", ".dps"},
        "ofd": {".ofd"},
        "odt": {".odt", ".odp"},
        "fodt": {".fodt"},
        "fods": {".fods"},
        "zip": {".zip"},
        "rar": {".rar"},
        "7z": {".7z"},
        "gzip": {".gz", ".tgz"},
        "bzip2": {".bz2", ".tbz2"},
        "xz": {".xz", ".txz"},
        "tar": {".tar"},
    }
)

_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"ID3", "video"),
    (b"OggS", "video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"AC10", "cad"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div)[\s>]", re.IGNORECASE)
_BY_SUFFIX: Final = {suffix: file_format for file_format in reversed(SUFFIXES) for suffix in SUFFIXES[file_format]}
_TEXT_FORMATS: Final = {".csv": "csv", ".tsv": "csv", ".md": "md", ".markdown": "md"}


def suffix_of(name: str) -> str:
    """The name's last suffix in lower case, with its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def format_of_suffix(name: str) -> str:
    """The format that the name promises, or nothing."""
    return _BY_SUFFIX.get(suffix_of(name), "txt" if suffix_of(name) in {".txt", ".log", ".text"} else "")


def sniff(name: str, data: bytes) -> str:
    """The format: a key of the readers' table, or the name of what has no reader; `encrypted-…` for an encrypted Office file."""
    head = data[:1024]
    if head.startswith(_OLE):
        return _ole(name, data)
    if head.startswith(_ZIPS):
        return zip_format(name, BytesIO(data))
    for magic, file_format in _MAGIC:
        if head.startswith(magic):
            return file_format
    if b"%PDF-" in head:
        return "pdf"
    if head[:2] == b"BM" and len(data) > 26 and int.from_bytes(data[2:6], "little") in range(len(data) - 3, len(data) + 4):
        return "image"
    if head[:4] == b"RIFF":
        return "image" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"heif"} else "video"
    if data[257:262] == b"ustar":
        return "tar"
    return _text(name, data)


def mismatch(name: str, file_format: str) -> str:
    """The suffix, where it promises another format than the bytes are; else nothing. No suffix promises nothing."""
    suffix = suffix_of(name)
    promised = format_of_suffix(name)
    if not promised or file_format == promised or suffix in SUFFIXES.get(file_format, set()):
        return ""
    plain = {"txt", "csv", "md"}
    return "" if promised in plain and file_format in plain else suffix


def _text(name: str, data: bytes) -> str:
    from docproc.readers.encoding import decode

    decoded = decode(data[:8192] if len(data) > 8192 else data, partial=len(data) > 8192)
    promised = format_of_suffix(name)
    binary = promised not in {"", "txt", "csv", "md", "html"}
    if decoded is None or (decoded.doubtful and binary):
        return promised if binary else "unknown"
    start = decoded.text.lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml") and ('progid="Word.Document"' in start or "schemas.microsoft.com/office/word/2003/wordml" in start):
        return "wordml"
    if start.startswith("<?xml") and ('progid="Excel.Sheet"' in start or "urn:schemas-microsoft-com:office:spreadsheet" in start):
        return "excelml"
    if start.startswith("<?xml") and "<office:document" in start:
        return "fods" if "opendocument.spreadsheet" in start else "fodt"
    if start[:13].lower() == "mime-version:" or (start[:5] == "From:" and "\nMIME-Version:" in start):
        return "mhtml"
    if _HTML.search(start.encode()) and start.startswith("<"):
        return "html"
    return _TEXT_FORMATS.get(suffix_of(name), "txt")


def _ole(name: str, data: bytes) -> str:
    """Told by the names in the compound file's directory, which are UTF-16 ([MS-CFB] 2.6.1)."""
    if _entry("EncryptedPackage") in data:
        promised = format_of_suffix(name)
        return f"encrypted-{promised if promised in {'docx', 'xlsx', 'pptx'} else 'ole'}"
    suffix = suffix_of(name)
    if _entry("WordDocument") in data:
        return "wps" if suffix in {".wps", ".wpt"} else "doc"
    if _entry("Workbook") in data or _entry("Book") in data:
        return "xls"
    if _entry("PowerPoint Document") in data:
        return "ppt"
    return "wps" if suffix in {".wps", ".wpt"} else "ole"


def _entry(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def zip_format(name: str, file: IO[bytes]) -> str:
    """An office file is a zip with certain members; a zip that does not open is what its name says it was to be."""
    try:
        with open_zip(file) as archive:
            names = {member.replace("\\", "/").lstrip("/") for member in archive.namelist()}
            kinds = archive.read("mimetype")[:200] if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
    except Exception:  # noqa: BLE001 - whatever is wrong with the archive, the name decides what to call it
        return format_of_suffix(name) or "zip"
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, file_format in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(member.lower().startswith(folder) for member in names):
                return file_format
        promised = format_of_suffix(name)
        return promised if promised in {"docx", "xlsx", "pptx"} else "zip"
    if "OFD.xml" in names:
        return "ofd"
    if kinds.startswith(b"application/vnd.oasis.opendocument"):
        return "xlsx" if b"spreadsheet" in kinds else "odt"
    return "zip"
