"""Builds small OFD files (GB/T 33190-2016) part by part. Lengths in millimetres."""

from __future__ import annotations

from tests.readers.word_files import zipped

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5, *, step: str = "", more: str = "") -> str:
    """A text object whose base line begins at (x, y)."""
    steps = f' DeltaX="{step}"' if step else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} {size * len(words)} {size * 1.3}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def ruled(x0: float, y0: float, x1: float, y1: float) -> str:
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    place = f"{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}"
    return f'<ofd:PathObject Boundary="{place}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def grid(xs: list[float], ys: list[float]) -> str:
    level = "".join(ruled(xs[0], y, xs[-1], y) for y in ys)
    return level + "".join(ruled(x, ys[0], x, ys[-1]) for x in xs)


def layer(*objects: str) -> str:
    return f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content>"


def page(*objects: str, area: str = "", template: str = "") -> str:
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    return f"<ofd:Page {_OFD}>{box}{template}{layer(*objects)}</ofd:Page>"


def der(kind: int, body: bytes) -> bytes:
    size = bytes([len(body)]) if len(body) < 128 else b"\x82" + len(body).to_bytes(2, "big")
    return bytes([kind]) + size + body


def seal(name: str) -> bytes:
    """The head of an electronic seal (GB/T 38540): its kind, its number and its name."""
    header = der(0x30, der(0x16, b"ES") + der(0x02, b"\4") + der(0x16, b"maker"))
    properties = der(0x30, der(0x02, b"\1") + der(0x0C, name.encode()) + der(0x0C, "别的".encode()))
    return der(0x30, der(0x30, header + der(0x16, b"1234") + properties))


def ofd(*pages: str | None, document: str = "", body: str = "", **parts: str | bytes) -> bytes:
    """An OFD file of these pages (None: named and not there). `parts` by name, `__` for `/`, without `Doc_0/`."""
    listed = "".join(f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    common = f'<ofd:CommonData>{area}<ofd:TemplatePage ID="7" BaseLoc="Tpls/7.xml"/></ofd:CommonData>'
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}>{common}<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        **{f"Doc_0/Pages/{at}.xml": content for at, content in enumerate(pages) if content is not None},
        **{f"Doc_0/{name.replace('__', '/')}": content for name, content in parts.items()},
    }
    return zipped(files)


def root(tag: str, content: str) -> str:
    return f"<ofd:{tag} {_OFD}>{content}</ofd:{tag}>"
