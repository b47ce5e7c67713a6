"""Parses an RTF file into paragraphs: what each group of it is for, in which font and state its characters stand, where rows end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from docproc.readers.paragraph_flow import CELL_END, Shape
from docproc.readers.rtf_state import Field, Group, Paragraph, Piece, Row, Story
from docproc.readers.rtf_tokens import CHARSETS, Token, code_page, decoded, tokens
from docproc.readers.word_losses import is_sheet
from docproc.readers.word_symbols import CROSSED, EMPTY, TICKED, checkbox, enclosed, in_font

_SKIPPED: Final = frozenset([
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "nonshppict",
    "shprslt", "nonesttables", "objdata", "objclass", "objname", "objalias", "objsect", "sp", "xe", "tc", "rxe", "atnid", "atnauthor",
    "atntime", "atndate", "atnref", "bkmkstart", "bkmkend", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "filetbl",
    "themedata", "datastore", "template", "userprops", "xmlnstbl", "mmathPr", "private", "falt", "panose", "pgptbl", "latentstyles",
    "pnseclvl", "pntxta", "pntxtb", "shpgrp", "background", "datafield", "ffname", "ffhelptext", "ffstattext", "ffformat", "ffentrymcr",
    "ffexitmcr", "ffdeftext",
])  # fmt: skip
_READ_WITH_STAR: Final = frozenset(["shpinst", "shppict", "nesttableprops", "fldinst", "formfield", "annotation", "ud", "footnote"])
_MARGINS: Final = {"header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
                   "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer"}  # fmt: skip
_SIGNS: Final = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_PAGE_FIELDS: Final = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_BOXES: Final = (EMPTY, TICKED, CROSSED, "□", "■", "○")
_CLOSING: Final = "、，。．：；）》】〕”’　"
_DEEPEST: Final = 2_000
_TWIPS_PER_CM: Final = 567
_SMALL_TWIPS: Final = (1700, 567)  # 3 cm and 1 cm: a smaller picture holds no line of readable text


class Parse:
    """A parsed file: its stories, and what was met and not read."""

    def __init__(self, data: bytes) -> None:
        self.margins: dict[str, list[list[Paragraph]]] = {"header": [], "footer": []}
        self.comments: list[str] = []
        self.pictures = self.sheets = self.objects = 0
        self._stories = {"body": Story(), "box": Story(), "note": Story()}
        self._fonts: dict[int, tuple[str, str]] = {}  # number -> (code page, name)
        self._default_font = 0
        self._page = "cp1252"
        self._group = Group(self._stories["body"])
        self._outer: list[Group] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._star = False
        self._font_number, self._font_name = -1, ""  # of the entry of the font table that is being read
        self._picture = [0, 0]
        for token in tokens(data):
            self._token(token)
        self._flush()
        for story in self._stories.values():
            story.end("")
        self.cut_off = bool(self._outer)  # whether groups were never closed

    def story(self, name: str) -> list[Paragraph]:
        """The paragraphs of body, box or note, without the blank ones at the end."""
        done = self._stories[name].done
        while done and not done[-1].pieces and not done[-1].shape.depth:
            done.pop()
        return done

    # --- tokens --------------------------------------------------------------------------------------------------------

    def _token(self, token: Token) -> None:
        if token.text:
            self._text(token)
            return
        if not (token.word == "u" or token.sign):
            self._flush()
        if token.brace == "{":
            if len(self._outer) < _DEEPEST:
                self._outer.append(self._group)
                self._group = replace(self._group, begin="")
        elif token.brace == "}":
            self._close()
        elif token.sign:
            self._sign(token.sign)
        elif token.word:
            self._word(token.word, token.number)

    def _text(self, token: Token) -> None:
        data = token.text
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        self._bytes += data

    def _flush(self) -> None:
        """Gives the bytes so far to whom they belong, as text in the font's code page."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        if self._group.begin == "fonttbl" or self._group.use == "font":
            self._font_name += decoded(data, self._page)
            return
        if self._group.use == "skip":
            return
        page, name = self._fonts.get(self._group.font, ("", ""))
        self._put(in_font(name, data.decode("latin-1")) if page == "symbol" else decoded(data, page or self._page))

    def _put(self, text: str) -> None:
        group = self._group
        if group.use == "skip" or not text:
            return
        if group.use == "instruction":
            if group.field is not None:
                group.field.code += text
        elif group.words is not None:
            group.words.append(text)
        elif group.use == "text":
            if group.field is not None:
                group.field.shown = group.field.shown or bool(text.strip())
            code = group.field.code.split() if group.field is not None else []
            group.story.pieces.append(Piece(text, group.deleted, group.inserted, group.hidden, bool(code) and code[0] in _PAGE_FIELDS))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._flush()
            self._star = True
        elif sign in "\r\n":
            self._flush()
            self._group.story.end("\r")
        elif sign in "\\{}":
            self._text(Token(text=sign.encode("latin-1")))
        elif sign == "~":
            self._flush()
            self._put("\xa0")
        elif sign == "_":
            self._flush()
            self._put("-")

    # --- groups --------------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        if not self._outer:
            return
        closed, self._group = self._group, self._outer.pop()
        self._to_skip = 0
        closing = _CLOSERS.get(closed.begin)
        if closing is not None:
            closing(self, closed)

    def _close_margin(self, closed: Group) -> None:
        closed.story.end("")
        if any(each.text.strip() for each in closed.story.done):
            self.margins[_MARGINS[closed.begin]].append(closed.story.done)

    def _close_part(self, closed: Group) -> None:
        closed.story.end("")

    def _close_comment(self, closed: Group) -> None:
        self.comments.append("".join(closed.words or ()).strip())

    def _close_number(self, closed: Group) -> None:
        """An automatic number: of a bullet only a box counts; one space after what does not bring its own."""
        text = "".join(closed.words or ()).strip()
        if text and not text[-1].isalnum() and text[0] not in "(（[〔" and len(text) == 1 and text not in _BOXES:
            return
        self._put(text if not text or text[-1] in _CLOSING or text in _BOXES else f"{text} ")

    def _close_field(self, closed: Group) -> None:
        made = closed.field
        if made is None:
            return
        if made.box is not None:
            self._put(checkbox(bool(made.default if made.box == 25 else made.box)))
        elif not made.shown:
            self._put(enclosed(made.code))

    def _close_picture(self, closed: Group) -> None:
        across, down = self._picture
        known = across > 0 and down > 0
        self.pictures += not known or (max(across, down) >= _SMALL_TWIPS[0] and min(across, down) >= _SMALL_TWIPS[1])
        self.sheets += known and is_sheet(across / _TWIPS_PER_CM, down / _TWIPS_PER_CM)

    def _close_font(self, closed: Group) -> None:
        self._name_font()

    # --- control words -------------------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._to_skip = 0
        if self._group.use == "skip":
            self._in_skipped(word, number)
            return
        if self._destination(word, number, star):
            return
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif not self._paragraph_word(word, number):
            self._character_word(word, number)

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % 0x10000
        name = self._fonts.get(self._group.font, ("", ""))[1]
        self._put(in_font(name, chr(code)))
        self._to_skip = self._group.skip

    def _in_skipped(self, word: str, number: int | None) -> None:
        """What counts in groups whose text does not: fonts, and the size of a picture."""
        if self._group.begin == "pict" and word in {"picwgoal", "pichgoal"}:
            self._picture[word == "pichgoal"] = number or 0

    def _destination(self, word: str, number: int | None, star: bool) -> bool:
        """Whether the word says what its group is for."""
        group = self._group
        if word == "fonttbl" or (group.use == "font" and word in {"f", "fcharset", "cpg"}):
            self._font_word(word, number)
        elif word == "pict":
            group.use, group.begin, self._picture = "skip", "pict", [0, 0]
        elif word in _MARGINS:
            group.story, group.begin = Story(), word
        elif word in {"footnote", "shptxt"}:
            group.story, group.begin = self._stories["note" if word == "footnote" else "box"], word
        elif word == "annotation":
            group.use, group.begin, group.words = "comment", word, []
        elif word in {"listtext", "pntext"}:
            group.use, group.begin, group.words = "number", word, []
        elif word == "field":
            group.field, group.begin = Field(), "field"
        elif word == "fldinst":
            group.use = "instruction"
        elif word == "fldrslt":
            if group.field is not None and group.field.box is not None:
                group.use = "skip"
        elif word == "formfield":
            group.use = "form"
        elif word == "object":
            self.objects += 1
            group.use = "skip"
        elif word in _SKIPPED or (star and word not in _READ_WITH_STAR):
            group.use, group.begin = "skip", group.begin or word
        else:
            return word in _READ_WITH_STAR
        return True

    def _font_word(self, word: str, number: int | None) -> None:
        if word == "fonttbl":
            self._group.use, self._group.begin = "font", "fonttbl"
            self._font_number, self._font_name = -1, ""
        elif word == "f":
            self._name_font()
            self._font_number, self._font_name = number or 0, ""
            self._fonts[number or 0] = ("", "")
        else:
            page = code_page(number or 0) if word == "cpg" else "symbol" if number == 2 else CHARSETS.get(number or 0, "")
            self._fonts[self._font_number] = (page, "")

    def _name_font(self) -> None:
        index, name = self._font_number, self._font_name.partition(";")[0].strip()
        if index in self._fonts and name:
            self._fonts[index] = (self._fonts[index][0], name)

    def _paragraph_word(self, word: str, number: int | None) -> bool:
        story = self._group.story
        shape, row = story.shape, story.row
        if self._group.words is not None:
            if word in {"par", "line"}:
                self._put("\n")
        elif word in {"par", "sect", "page"}:
            story.end("\r")
        elif word == "pard":
            story.shape = Shape()
        elif word == "intbl":
            story.shape = replace(shape, depth=max(1, shape.depth))
        elif word == "itap":
            story.shape = replace(shape, depth=min(max(0, number or 0), 99))
        elif word == "outlinelevel":
            story.shape = replace(shape, level=number + 1 if number is not None and 0 <= number < 9 else None)
        elif word == "cell":
            story.end(CELL_END, depth=1)
        elif word == "nestcell":
            story.end("\r", depth=2, inner_cell=True)
        elif word == "nestrow":
            story.end("\r", depth=2, inner_row_end=True)
        elif word == "row":
            story.end(CELL_END, depth=1, row_end=True, cells=row.cells())
        elif word == "trowd":
            story.row = Row()
        elif word in {"clvmrg", "clmrg"}:
            row.next_above, row.next_left = row.next_above or word == "clvmrg", row.next_left or word == "clmrg"
        elif word == "clmgf":
            row.next_left = True
        elif word == "cellx":
            row.edges.append(max(-32_000, min(number or 0, 1_000_000)))
            row.above.append(row.next_above)
            row.left.append(row.next_left)
            row.next_above = row.next_left = False
        else:
            return False
        return True

    def _character_word(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "f":
            group.font = number or 0
        elif word == "deff":
            self._default_font = group.font = number or 0
        elif word == "plain":
            group.font = self._default_font
            group.deleted = group.inserted = group.hidden = False
        elif word in {"deleted", "revised", "v"}:
            setattr(group, {"deleted": "deleted", "revised": "inserted", "v": "hidden"}[word], number != 0)
        elif word == "uc":
            group.skip = max(0, min(number if number is not None else 1, 9))
        elif word == "ansicpg":
            self._page = code_page(number or 1252)
        elif word in {"mac", "pc", "pca"}:
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif group.use == "form" and group.field is not None:
            if word == "fftype" and number == 1:
                group.field.box = 25
            elif word == "ffres" and group.field.box is not None:
                group.field.box = number or 0
            elif word == "ffdefres":
                group.field.default = number or 0


_CLOSERS: Final[dict[str, Callable[[Parse, Group], None]]] = {
    **dict.fromkeys(_MARGINS, Parse._close_margin),
    "footnote": Parse._close_part,
    "shptxt": Parse._close_part,
    "annotation": Parse._close_comment,
    "listtext": Parse._close_number,
    "pntext": Parse._close_number,
    "field": Parse._close_field,
    "pict": Parse._close_picture,
    "fonttbl": Parse._close_font,
}
