"""Which encoding a Chinese text is in: every candidate is tried strictly, and the decoded texts are judged by how Chinese they look.

Bytes that are valid UTF-8 beyond ASCII are UTF-8: chance makes that all but impossible, except for a handful of characters.
GB18030 on the other hand decodes almost anything, so between it, Big5 and UTF-16 the most frequent characters decide.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache
from typing import Final

#: The most frequent characters of modern Chinese, simplified and traditional, with those of official papers. Wrongly decoded
#: text consists of rare characters, so that a few hundred suffice.
_FREQUENT: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制"
    "机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题"
    "党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器"
    "压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉"
    "林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派"
    "层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严企智造财营录诺书附评估推荐备案审计申请健全绿色络软硬件购销售利润负债税务注册址邮编话联络填表签章盖写说明单位年度月日元万亿"
    "這個為國時來們說產種後過學經進著電裡實兩體點從業應開還與關線內數質氣條沒結問題變無係軍黨總設長頭資邊級圖統較組見計別區強給門規熱領東導壓爭濟階術極聯認權證單風帶場車務萬達議報鬥類離華確張"
    "馬節話許廣記須際驗連斷難礦備辦習響約勞團歷稱標寫親選劃維號調滿縣參紅細鐵價嚴廠屬適圓養層專狀請審評諾書財營錄綠絡軟購銷潤負債稅註冊編簽蓋說報億環護藥製臺灣機構費檢測試驗報廠區員項據"
)
_MARKS: Final = "，。、；：？！（）《》“”‘’「」『』【】—…·～％＋－／０１２３４５６７８９　①②③④⑤□■☐☑√○●△×℃"
_WITHOUT_ZEROS: Final = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_DOUBTFUL: Final = 0.35  # below this share of familiar characters a text is not told apart from chance


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in. `doubtful` where a person should look whether it reads well."""

    text: str
    encoding: str
    doubtful: bool = False


@cache
def _familiar() -> frozenset[str]:
    return frozenset(_FREQUENT + _MARKS)


def plausibility(text: str) -> float:
    """How much a text looks like Chinese or plain Latin: 1 all familiar, below 0 mostly impossible. Only characters beyond ASCII count."""
    wide = [char for char in text if char > "\x7f"]
    controls = _controls(text)
    if not wide:
        return 1.0 - 20 * controls / max(1, len(text))
    good = sum(char in _familiar() or "！" <= char <= "～" for char in wide)
    han = sum("一" <= char <= "鿿" for char in wide)
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in wide)
    return (good + 0.15 * (han - min(han, good)) - 3 * odd) / len(wide) - 20 * controls / len(text)


def _controls(text: str) -> int:
    return sum(char < " " and char not in "\t\n\r\f" for char in text)


def decode(data: bytes, *, partial: bool = False) -> Decoded | None:
    """The text of some bytes; None where they are no text. `partial`: the bytes are the head of a longer file, cut anywhere."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            body = data[len(mark) :]
            text = _strict(body, encoding, partial)
            return Decoded(text, encoding) if text is not None else Decoded(body.decode(encoding, "replace"), encoding, doubtful=True)
    zeros = data.count(0)
    if not zeros:
        text = _strict(data, "utf-8", partial)
        chinese = plausibility(text) if text is not None else -1.0
        if text is not None and (chinese > -1 or not _controls(text)):  # short UTF-16 can be ASCII with control characters
            # A few two-byte characters can be valid UTF-8 by chance: without one familiar character, a well-read other text goes before.
            other = _best(data, _WITHOUT_ZEROS, partial) if chinese <= 0 else None
            return other if other is not None and not other.doubtful else Decoded(text, "utf-8")
    return _best(data, ("utf-16-le", "utf-16-be") if zeros else _WITHOUT_ZEROS, partial)


def _best(data: bytes, candidates: tuple[str, ...], partial: bool) -> Decoded | None:
    strict = [(plausibility(text), encoding, text) for encoding in candidates if (text := _strict(data, encoding, partial)) is not None]
    found = max(strict, default=None, key=lambda candidate: candidate[0])
    if found is not None and found[0] >= _DOUBTFUL:
        return Decoded(found[2], found[1])
    loose = [(plausibility(text), encoding, text) for encoding in ("utf-8", *candidates) if (text := data.decode(encoding, "replace"))]
    best = max([*strict, *loose], default=None, key=lambda candidate: candidate[0])
    if best is None or best[0] <= 0:
        return None
    return Decoded(best[2], best[1], doubtful=True)


def _strict(data: bytes, encoding: str, partial: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not partial)
    except UnicodeDecodeError:
        return None


def decode_names(names: list[bytes]) -> str:
    """The one encoding in which an archive's unflagged names are best read: UTF-8 where all are valid, else GB18030 or Big5."""
    joined = b"\n".join(names)
    if _strict(joined, "utf-8", False) is not None:
        return "utf-8"
    scored = [(plausibility(text), encoding) for encoding in ("gb18030", "cp950") if (text := _strict(joined, encoding, False)) is not None]
    return max(scored, default=(0.0, "cp437"), key=lambda candidate: candidate[0])[1]


def member_encoding(name: bytes, common: str) -> str:
    """The encoding of one unflagged name: the archive's common one, unless this name was packed by another tool.

    UTF-8 is told by its bytes. Between GB18030 and Big5 short names are hardly told apart: another reading is taken only where the common
    one gives characters that nobody uses.
    """
    own = _readable(name, common)
    if common != "utf-8" and _readable(name, "utf-8") > max(own, 0.0) and any(byte > 127 for byte in name):
        return "utf-8"
    if own > 0:
        return common
    best, encoding = max((_readable(name, encoding), encoding) for encoding in ("gb18030", "cp950"))
    return encoding if best >= _DOUBTFUL else common


def _readable(name: bytes, encoding: str) -> float:
    text = _strict(name, encoding, False)
    return -1.0 if text is None else plausibility(text)
