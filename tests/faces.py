"""The Chinese faces that generated pages are drawn in, where Debian puts them."""

from __future__ import annotations

from pathlib import Path

FACES = {
    "song": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    "kai": ("/usr/share/fonts/truetype/arphic/ukai.ttc", 0),
    "hei": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "noto-song": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "wqy": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
}
PACKAGES = "fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-wqy-zenhei"


def missing_fonts() -> list[str]:
    """The files that are not there; PACKAGES names what to install."""
    return [path for path, _ in FACES.values() if not Path(path).exists()]
