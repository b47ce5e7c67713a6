"""Whom a statement is about: the applicant, or somebody else (supplier, customer, neighbour, former tenant, another named firm).

The first party named in the clause in a subject's place decides; where a clause names nobody, the clause before it in the same
sentence; where a sentence names nobody but goes on about the same thing (该事故 …), the sentence before. A party behind a
preposition (向客户, 由我公司) is no subject; `我公司的供应商` and `我公司要求供应商` are about the supplier.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from docproc.extract import Clause
from docproc.model import Span
from extractors.lexicon import alternatives, vocabulary, words

_WORDS = "context"
_together = re.compile("以?及|和|与|、|连同|暨")
MEMORY = 120  # code points over which 该公司 points back


class Party(StrEnum):
    """Whom words name."""

    OWN = "own"  # 本公司, 我厂, the applicant by name
    WEAK = "weak"  # 公司, 企业: the applicant where nobody else is meant
    OTHER = "other"
    FIRM = "firm"  # a firm by name; whose, is decided when the applicant is known


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a party."""

    span: Span
    party: Party


@cache
def _party_pattern() -> re.Pattern[str]:
    firm, vague = vocabulary(_WORDS)["firm_ending"], vocabulary(_WORDS)["vague_firm"]
    own, weak, others = (alternatives(words(_WORDS, key)) for key in ("own", "own_weak", "others"))
    return re.compile(f"(?P<firm>{firm})|(?P<other>{others}|{vague})|(?P<own>{own})|(?P<weak>{weak})")


@cache
def _label_pattern() -> re.Pattern[str]:
    ending = vocabulary(_WORDS)["firm_ending"]
    labels = alternatives(words(_WORDS, "applicant_labels"))
    return re.compile(rf"(?:{labels})\s*(?:[：:\t]|（盖章）[：:]?|\(盖章\)[：:]?)\s*([一-龥（）()·A-Za-z0-9]{{1,40}}?(?:{ending}))")


@cache
def _prefix() -> re.Pattern[str]:
    """What stands before a firm's name and is no part of it."""
    return re.compile(rf".*(?:{alternatives(words(_WORDS, 'before_firm'))})")


@cache
def _role_before() -> re.Pattern[str]:
    others = alternatives(words(_WORDS, "others"))
    return re.compile(
        rf"(?:{others}|投资之|投资的|参股的|控股的|收购的|所属|下属|旗下|关联|某|据悉|据报道|据媒体报道|获悉)[一-龥：:“”]{{0,4}}$"
    )


@cache
def _role_after() -> re.Pattern[str]:
    others = alternatives(words(_WORDS, "others"))
    return re.compile(rf"(?:（[^）]{{0,40}}）)?(?:为|是|系|作为|担任)[一-龥]{{0,8}}(?:{others})")


class Speakers:
    """The parties named in one text, and who the subject is at a place."""

    def __init__(self, text: str, clauses: Sequence[Clause], applicant: str | None) -> None:
        self._text = text
        self._clauses = clauses
        self._starts = [clause.span.start for clause in clauses]
        found = [self._mention(match) for match in _party_pattern().finditer(text)]
        name = applicant or self._guess(found)
        self.applicant = name
        self._mentions = self._resolved([self._settled(mention, name) for mention in found])
        self._places = [mention.span.start for mention in self._mentions]
        self._prepositions = re.compile(rf"(?:{alternatives(words(_WORDS, 'prepositions'))})(?:各|所有|多家|全体|部分|该|其|贵)?$")
        self._anaphora = tuple(words(_WORDS, "anaphora"))
        self._new_subject = re.compile(alternatives(words(_WORDS, "new_subject_verbs")))
        self._link = re.compile(rf"(?:{alternatives(words(_WORDS, 'owning_links'))})*[一-龥]{{0,4}}$")

    def subject(self, position: int) -> Mention | None:
        """The party that the words at this place are about, or nothing where nobody is named."""
        index = max(bisect_right(self._starts, position) - 1, 0)
        if not self._clauses:
            return None
        sentence = self._clauses[index].sentence
        while index >= 0 and self._clauses[index].sentence == sentence:
            clause = self._clauses[index]
            mention = self._first(clause.span.start, min(position, clause.span.end))
            if mention is not None:
                return mention
            index -= 1
        begins = self._text[sentence.start : sentence.end].lstrip(" （(")
        if index >= 0 and begins.startswith(self._anaphora) and "\n" not in self._text[self._clauses[index].span.end : sentence.start]:
            return self.subject(self._clauses[index].span.end - 1)
        return None

    def strong_own(self, start: int, end: int) -> bool:
        """Whether 本公司, 我厂 or the applicant's name stands in this stretch."""
        return any(mention.party is Party.OWN for mention in self._between(start, end))

    def own(self, start: int, end: int) -> bool:
        """Whether the applicant is named in this stretch, if only as 公司."""
        return any(mention.party in (Party.OWN, Party.WEAK) for mention in self._between(start, end))

    def _between(self, start: int, end: int) -> list[Mention]:
        return self._mentions[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def _first(self, start: int, end: int) -> Mention | None:
        """The first party in a subject's place; one that only owns or commands the next gives way to it."""
        subject: Mention | None = None
        for mention in self._between(start, end):
            if subject is None:
                if not self._prepositions.search(self._text, start, mention.span.start):
                    subject = mention
                elif mention.party is Party.OWN or mention.party is Party.WEAK:
                    continue
                elif self._text[start : mention.span.start].endswith(("对", "针对", "要求")):
                    subject = mention
            elif mention.party is Party.OTHER and subject.party is not Party.OTHER:
                gap = self._text[subject.span.end : mention.span.start]
                if _together.match(gap):  # 本公司及下属子公司: the applicant is among them
                    continue
                commanded = bool(self._new_subject.search(gap)) and len(gap) <= 8
                if commanded or (self._link.fullmatch(gap) and not self._prepositions.search(gap) and not self._busy(gap)):
                    subject = mention
        return subject

    @staticmethod
    def _busy(gap: str) -> bool:
        """A gap with a predicate in it parts the two parties."""
        return bool(re.search(r"[未无没被已近因年月]|发生|有限", gap))

    def _mention(self, match: re.Match[str]) -> Mention:
        party = Party(match.lastgroup or "other")
        if party is not Party.FIRM:
            return Mention(Span(*match.span()), party)
        back = re.search(r"[一-龥（）()]{0,30}$", self._text[max(0, match.start() - 30) : match.start()])
        head = back.group() if back else ""
        cut = _prefix().match(head)
        head = head[cut.end() :] if cut else head
        return Mention(Span(match.start() - len(head.lstrip("）)")), match.end()), Party.FIRM)

    def _guess(self, mentions: Sequence[Mention]) -> str | None:
        """The applicant: the firm behind a label of the form, else the first firm not introduced as somebody else."""
        labelled = _label_pattern().search(self._text)
        if labelled:
            return labelled.group(1)
        for mention in mentions:
            start, end = mention.span
            if mention.party is not Party.FIRM or end - start < 6:
                continue
            if _role_before().search(self._text, max(0, start - 14), start) or _role_after().match(self._text, end):
                continue
            return self._text[start:end]
        return None

    def _resolved(self, mentions: Sequence[Mention]) -> list[Mention]:
        """该公司 is the party named last, where one was named shortly before."""
        known: list[Mention] = []
        last: Mention | None = None
        for mention in mentions:
            if self._text[mention.span.start] == "该" and last is not None and mention.span.start - last.span.end <= MEMORY:
                mention = Mention(mention.span, last.party)
            elif mention.party in (Party.OWN, Party.OTHER):
                last = mention
            known.append(mention)
        return known

    def _settled(self, mention: Mention, applicant: str | None) -> Mention:
        if mention.party is not Party.FIRM:
            return mention
        name = self._text[mention.span.start : mention.span.end]
        own = applicant is not None and len(name) >= 4 and (applicant.endswith(name) or name.endswith(applicant))
        return Mention(mention.span, Party.OWN if own else Party.OTHER)
