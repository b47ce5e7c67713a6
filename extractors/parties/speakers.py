"""Whom a statement is about: the applicant, or somebody else (supplier, customer, neighbour, former tenant, another named firm).

The first party named in the clause in a subject's place decides; where a clause names nobody, the clause before it in the same
sentence; where a sentence names nobody but goes on about the same thing (该事故 …), the sentence before. Somebody else who opens a
sentence stays its subject over the sentences that follow in the paragraph and name nobody, until the applicant comes back. A party
behind a preposition (向客户, 由我公司) is no subject; `我公司的供应商` and `我公司要求供应商` are about the supplier.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

from docproc.extract import Clause
from docproc.model import Span
from extractors.lines.segments import Line, Segments
from extractors.parties.applicants import Applicant, settle
from extractors.parties.firms import find_firms
from extractors.parties.mentions import Mention, Party, party_patterns
from extractors.parties.words import relative_head
from extractors.words.lexicon import alternatives, tree_of, vocabulary, words
from extractors.words.scanning import scan_any

_WORDS = "context"
_its = re.compile(r"[，]其[一-龥]{0,4}\Z")
_together = re.compile("以?及|和|与|、|连同|暨")
MEMORY = 120  # code points over which 该公司 points back
NAME = 6  # code points of the shortest registered name
OPENING = 16  # code points of time and manner that may stand before a sentence's subject


@cache
def _firm_end() -> re.Pattern[str]:
    return re.compile(vocabulary(_WORDS)["firm_ending"])


@cache
def _prefix() -> re.Pattern[str]:
    """What stands before a firm's name and is no part of it."""
    return re.compile(rf".*(?:{alternatives(words(_WORDS, 'before_firm'))})")


@cache
def _branch_tail() -> re.Pattern[str]:
    """天津分公司 behind a firm's name is part of the branch's own name; 在青岛设立分公司 is not."""
    return re.compile(r"(?:(?![在设的及和与有其下各个另为是])[一-龥（）()]){2,10}?(?:分公司|分厂)")


@cache
def _prepositions() -> re.Pattern[str]:
    before, between = (alternatives(words(_WORDS, key)) for key in ("prepositions", "party_modifiers"))
    return re.compile(rf"(?:{before})(?:各|所有|多家|全体|部分|该|其|贵)?(?:{between})*$")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words(_WORDS, 'owning_links'))}|[0-9.]+%)*[一-龥]{{0,4}}$")


@cache
def _new_subject() -> re.Pattern[str]:
    return re.compile(tree_of(words(_WORDS, "new_subject_verbs")))


@cache
def _their_rules() -> re.Pattern[str]:
    return re.compile(vocabulary(_WORDS)["their_rules"])


_head = re.compile(r"[一-龥（）()]{0,30}$")
_among = re.compile(r"(?<![不未])(?:包?含|包括|涵盖)\Z")
_coordinated = re.compile("以?及|和|暨|、")
_predicate = re.compile(
    "(?:是|为|系|作为|属于?|成为|并非|非|不是)(?:集团(?:公司)?|总公司|母公司|(?:全[国省市区县球]|国内|国际|业内|[省市区]内|[我本][国省市区县])(?:的)?)?$"
    "|作为[一-龥]{1,6}$"
)
_has = re.compile("(?:[拥设建现共各][有]|有|下设|下辖|开设|设立|建成|建设|运营|投资|成立)了?$")
_works = re.compile("(?:工厂|厂区|车间|基地|分厂|分公司)$")
_ends = re.compile("[，。；,\n]|$")
_given = re.compile(r"(?:[（(][^（()）]*[）)])?(?:统一|集中|正式|当场|现场)*(?:颁发|颁授|颁给|授予|授牌|发给|发放|授|颁)")
_is_a = re.compile(r"(?:是|系|属于?|隶属于?|作为|为(?=[^，。；：]{0,12}(?:集团|公司|企业|的|级)\Z))[^，。；：未无没被]{0,14}\Z")
_stands_alone = re.compile(r"(?:之一)?(?:[（(][^（()）]*[）)])?(?:[，。；、）)\s]|\Z)")
_busy = re.compile(r"[未无没被已近因年月]|发生|有限")
_says_what_it_is = re.compile("(?:但|虽|虽然|因|因其|由于|其|现|原|仍|实|目前|且|并|均|也|亦|仅)*(?:系|是|属于?|隶属于?)")
_time_only = re.compile(
    r"(?:[\d一二三四五六七八九〇零十年月日底末初以来前后至到自从截止同近第期内上下半季度、.\-/\s]|据悉|据报道|另据|报道|其中|此外|另外|目前|现|另|又|▲|●|■|·)*"
)
_FIELD_GAP = re.compile(r"[｜|　\t]|  | (?=[^ ：:，。；\n]{2,14}[：:])")  # what parts the fields of one line
_CLOSED_BEFORE = re.compile("[^（(）)]*[）)]")


class Speakers:
    """The parties named in one text, and who the subject is at a place."""

    def __init__(self, text: str, segments: Segments, applicant: str | None) -> None:
        self._text = text
        self._segments = segments
        self._names = {firm.end: firm for firm in find_firms(text)} if _firm_end().search(text) else {}
        found = [self._mention(match) for match in scan_any(party_patterns(text), text)]
        self.settled: Applicant = settle(text, [mention.span for mention in found if mention.party is Party.FIRM], applicant)
        self.applicant = self.settled.name
        own_here = any(mention.party in (Party.OWN, Party.WEAK, Party.FIRM) for mention in found)
        settled = [self._settled(mention, own_here) for mention in found]
        settled, self._told_of = self._with_told(settled)
        self._mentions = self._resolved(sorted([*settled, *self._short_names(settled)], key=lambda mention: mention.span))
        self._places = [mention.span.start for mention in self._mentions]
        self._anaphora = tuple(words(_WORDS, "anaphora"))
        self._owned = [mention.span.start for mention in self._mentions if mention.party is Party.OWN]
        self._others = [mention.span.start for mention in self._mentions if mention.party in (Party.OTHER, Party.COLLECTIVE)]
        self._with_others: dict[Line, bool] = {}
        self._carried: dict[Line, Sequence[tuple[Span, Mention]]] = {}

    def subject(self, position: int) -> Mention | None:
        """The party that the words at this place are about, or nothing where nobody is named."""
        line = self._segments.line_at(position)
        sentence = line.clause_at(position).sentence
        if _any_in(self._places, sentence.start, min(position, sentence.end)):
            for place in range(line.at(position), -1, -1):
                clause = line.clause(place)
                if clause.sentence != sentence:
                    break
                mention = self._first(clause.span.start, min(position, clause.span.end))
                if mention is not None and not self._fills_field_before(mention, position):
                    return mention
        if sentence.start > line.span.start and self._text[slice(*sentence)].lstrip(" （(").startswith(self._anaphora):
            return self.subject(sentence.start - 1) or self._dealt_with(sentence.start)  # the last clause of the sentence before
        return self._carried_at(line, position)

    def _dealt_with(self, start: int) -> Mention | None:
        """设备由X提供。其近三年未发生事故: the firm of the sentence before, which has no subject, that another one points back to."""
        if not self._text.startswith(("其", "该公司", "该企业", "该厂"), start):
            return None
        named = self._between(*self._segments.clause_at(start - 1).sentence)
        last = named[-1] if named and all(mention.party is Party.OTHER for mention in named) else None
        return last if last is not None and last.span.end - last.span.start >= NAME else None

    def _fills_field_before(self, mention: Mention, position: int) -> bool:
        """评估单位：X公司｜得分：…: the value of a label is not who the next field on its line is about."""
        if self._text[mention.span.start - 1 : mention.span.start] not in ("：", ":") or mention.span.end - mention.span.start < NAME:
            return False
        return _FIELD_GAP.search(self._text, mention.span.end, position) is not None

    def strong_own(self, start: int, end: int) -> bool:
        """Whether 本公司, 我厂 or the applicant's name stands in this stretch."""
        return _any_in(self._owned, start, end)

    def own(self, start: int, end: int) -> bool:
        """Whether the applicant is named in this stretch, if only as 公司."""
        return any(mention.party in (Party.OWN, Party.WEAK) for mention in self._between(start, end))

    def indefinite(self, start: int, end: int) -> bool:
        """Whether an indefinite firm (山东某机床厂) is named right here."""
        return any(mention.vague and mention.span.end >= end for mention in self._between(max(0, start - 8), end))

    def names_other(self, start: int, end: int) -> bool:
        """Whether somebody else is named in this stretch."""
        return any(mention.party is Party.OTHER for mention in self._between(start, end))

    def any_other(self, line: Line) -> bool:
        """Whether anybody else is named in a line at all; else nobody else is a subject in it."""
        known = self._with_others.get(line)
        if known is None:
            known = self._with_others[line] = _any_in(self._others, *line.span)
        return known

    def _between(self, start: int, end: int) -> list[Mention]:
        return self._mentions[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def _first(self, start: int, end: int) -> Mention | None:
        """The first party in a subject's place; one that only owns or commands the next gives way to it."""
        subject: Mention | None = None
        for mention in self._between(start, end):
            if mention.party is Party.COLLECTIVE:
                if subject is None and _time_only.fullmatch(self._text, start, mention.span.start):
                    subject = mention._replace(party=Party.OTHER)
            elif subject is None and mention.party is Party.OTHER and self._only_says_what(start, mention):
                continue
            elif subject is None:
                if not _prepositions().search(self._text, start, mention.span.start):
                    subject = mention
                elif mention.party is Party.OWN or mention.party is Party.WEAK:
                    continue
                elif self._text[start : mention.span.start].endswith(("对", "针对", "要求")) or self._is_given(mention):
                    subject = mention
            elif mention.span.start in self._told_of:
                subject = mention  # 租用我司3号厂房的某喷涂企业
            elif mention.party is Party.OTHER and subject.party is not Party.OTHER:
                gap = self._text[subject.span.end : mention.span.start]
                if _together.match(gap) or _predicate.search(gap) or self._is_one(gap, mention.span.end):
                    continue  # 本公司及下属子公司: the applicant is among them; 我们是一家制造企业
                if _has.search(gap) and _works.search(self._text, *mention.span) and _ends.match(self._text, mention.span.end):
                    continue  # 我公司拥有两家工厂，
                commanded = bool(_new_subject().search(gap)) and len(gap) <= 8
                if gap.startswith("在内"):  # 包括本公司在内的各子公司
                    continue
                if commanded or (_link().fullmatch(gap) and not _prepositions().search(gap) and not _busy.search(gap)):
                    subject = mention
            elif mention.party is Party.OWN and _coordinated.fullmatch(self._text, subject.span.end, mention.span.start):
                subject = mention  # 集团公司及我公司
            elif mention.party is Party.OWN and (_among.search(self._text, start, mention.span.start) or self._is_excepted(mention, end)):
                subject = mention  # 各子公司（含本公司）, 集团内除我公司2022年发生一起外
        return subject

    def _is_given(self, mention: Mention) -> bool:
        """市工信局向某企业颁发牌匾: who gets what an authority gives is who it is about."""
        return mention.party is Party.OTHER and _given.match(self._text, mention.span.end) is not None

    def _only_says_what(self, start: int, mention: Mention) -> bool:
        """我单位独立核算，但系总公司派出机构: what the applicant is; 客户准入规则规定: whose rules they are."""
        said = _says_what_it_is.fullmatch(self._text, start, mention.span.start) is not None
        return said or _their_rules().match(self._text, mention.span.end) is not None

    def _is_one(self, gap: str, end: int) -> bool:
        """X为渤海集团子公司，…: what the clause says the applicant is, and nothing of another party."""
        return _is_a.match(gap) is not None and _stands_alone.match(self._text, end) is not None

    def _is_excepted(self, mention: Mention, end: int) -> bool:
        """Whether a place stands inside an exception that begins with the party."""
        return self._text.startswith("除", mention.span.start - 1) and "外" not in self._text[mention.span.end : end]

    # --- subjects that last over sentences ---

    def _carried_at(self, line: Line, position: int) -> Mention | None:
        if line not in self._carried:
            self._carried[line] = self._carry(line)
        return next((mention for span, mention in self._carried[line] if span.start <= position < span.end), None)

    def _carry(self, line: Line) -> Sequence[tuple[Span, Mention]]:
        """Sentences of a line that name nobody and follow, in their cell, one that somebody else opened."""
        found: list[tuple[Span, Mention]] = []
        if not self.any_other(line):
            return found
        current: Mention | None = None
        for sentence, clauses in groupby(line.clauses, key=attrgetter("sentence")):
            if self._text[sentence.start - 1 : sentence.start] == "\t":
                current = None
            named = [(clause, mention) for clause in clauses if (mention := self._first(*clause.span)) is not None]
            if not named:
                if current is not None:
                    found.append((sentence, current))
                continue
            clause, mention = named[-1]
            opens = mention.party is Party.OTHER and self._opens(clause, mention)
            stays = mention.party is Party.OTHER and current is not None
            current = mention if opens else current if stays else None
        return found

    def _opens(self, clause: Clause, mention: Mention) -> bool:
        """Whether a party is its clause's theme: nothing but time, or its owner, stands before it."""
        if self._text[clause.span.start - 1 : clause.span.start] in ("：", ":") and mention.span.end - mention.span.start >= NAME:
            return False  # 评估单位：X公司; 得分：…: the value of a label is no theme of the fields behind it
        before = self._text[clause.span.start : mention.span.start]
        return bool(_time_only.fullmatch(before)) or (len(before) <= OPENING and self.own(clause.span.start, mention.span.start))

    # --- mentions ---

    def _with_told(self, mentions: list[Mention]) -> tuple[list[Mention], frozenset[int]]:
        """The mentions with the firms that a relative clause tells by what they do with the applicant, and where these begin."""
        owned = [mention.span for mention in mentions if mention.party is Party.OWN]
        heads = [head for own in owned if (head := relative_head(self._text, own)) is not None]
        if not heads:
            return mentions, frozenset()
        kept = [each for each in mentions if not any(each.span.start < head.end and head.start < each.span.end for head in heads)]
        return [*kept, *(Mention(head, Party.OTHER, vague=True) for head in heads)], frozenset(head.start for head in heads)

    def _mention(self, match: re.Match[str]) -> Mention:
        kind = match.lastgroup or "other"
        if kind == "vague":
            return Mention(Span(*match.span()), Party.OTHER, vague=True)
        party = Party(kind)
        if party is not Party.FIRM:
            return Mention(Span(*match.span()), party)
        named = self._named(match)
        if named is not None:
            return Mention(named, Party.FIRM)
        back = _head.search(self._text[max(0, match.start() - 30) : match.start()])
        head = back.group() if back else ""
        cut = _prefix().match(head)
        head = head[cut.end() :] if cut else head
        closed = _CLOSED_BEFORE.match(head)  # （三）集团公司: the end of an item's number
        head = head[closed.end() :] if closed else head
        branch = _branch_tail().match(self._text, match.end())
        return Mention(Span(match.start() - len(head.lstrip("）)")), branch.end() if branch else match.end()), Party.FIRM)

    def _named(self, match: re.Match[str]) -> Span | None:
        """The whole name whose legal form was found, its branch included."""
        if match.end() in self._names:
            return self._names[match.end()]
        branch = _branch_tail().match(self._text, match.end())
        return self._names.get(branch.end()) if branch else None

    def _short_names(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Where the short names stand that the text defines (以下简称“沄川电缆”), outside what is a mention already."""
        names = dict.fromkeys(self.settled.own, Party.OWN) | dict.fromkeys(self.settled.foreign, Party.OTHER)
        known = words(_WORDS, "own") + words(_WORDS, "own_weak")
        if self.settled.alias is not None:
            names[self.settled.alias] = Party.OWN
        names = {name: party for name, party in names.items() if name not in known}
        if not names:
            return []
        taken = {mention.span.start for mention in mentions} | {mention.span.end for mention in mentions}
        return [
            Mention(Span(*match.span()), names[match.group()])
            for match in re.finditer(alternatives(names), self._text)
            if match.start() not in taken and match.end() not in taken
        ]

    def _resolved(self, mentions: Sequence[Mention]) -> list[Mention]:
        """该公司 is the party named last, where one was named shortly before; so is 企业 behind 江苏一家企业 in one sentence."""
        known: list[Mention] = []
        last: Mention | None = None
        for mention in mentions:
            near = last if last is not None and mention.span.start - last.span.end <= MEMORY else None
            if near is not None and self._text[mention.span.start] == "该":
                last_named = near if "\n" not in self._text[near.span.end : mention.span.start] or not near.vague else mention
                meant = next((each for each in reversed(known) if self._may_mean(mention, each)), last_named)
                mention = Mention(mention.span, meant.party, meant.vague)
            elif near is not None and mention.party is Party.WEAK and self._is_theirs(mention, near):
                mention = Mention(mention.span, Party.OTHER)
            if self._text[mention.span.start] != "该" and mention.party in (Party.OWN, Party.OTHER):
                last = mention
            known.append(mention)
        return known

    def _may_mean(self, pointing: Mention, named: Mention) -> bool:
        """该公司 is a firm that may be called so, not 某化工厂."""
        if named.party not in (Party.OWN, Party.OTHER) or pointing.span.start - named.span.end > MEMORY:
            return False
        if named.vague and "\n" in self._text[named.span.end : pointing.span.start]:
            return False
        if not self._text[pointing.span.start : pointing.span.end].endswith("公司") or named.party is Party.OWN:
            return True
        words_of = self._text[named.span.start : named.span.end]
        return words_of.endswith(("公司", "集团")) or not (named.vague or words_of in words(_WORDS, "placing"))

    def _is_theirs(self, mention: Mention, last: Mention) -> bool:
        """Whether a bare 企业 or 工厂 is somebody else's: 企业 behind 一家企业, 其嘉兴工厂."""
        if last.party is not Party.OTHER:
            return False
        between = self._text[last.span.end : mention.span.start]
        its = _its.search(between) is not None and not re.search("[。！？；\n]", between)
        return its or (last.vague and self._points_back(mention, last))

    def _points_back(self, mention: Mention, last: Mention) -> bool:
        between = self._text[last.span.end : mention.span.start]
        words_of = self._text[mention.span.start : mention.span.end]
        return not re.search("[。！？；\n]", between) and self._text[last.span.start : last.span.end].endswith(words_of)

    def _settled(self, mention: Mention, own_here: bool) -> Mention:
        words_of = self._text[mention.span.start : mention.span.end]
        applicant = self.settled
        if mention.party is Party.FIRM:
            return mention._replace(party=Party.OWN if applicant.is_named(words_of) else Party.OTHER)
        if mention.party is Party.LETTER:
            return mention._replace(party=Party.OWN if words_of == applicant.letter else Party.OTHER)
        if words_of == applicant.alias:
            return mention._replace(party=Party.OWN)
        if mention.party is Party.OWN and not applicant.speaks:
            return mention._replace(party=Party.OTHER)
        if words_of in ("分公司", "分厂", "分院") and applicant.branch:
            return mention._replace(party=Party.OWN)
        if mention.party is Party.COLLECTIVE and words_of == "集团" and (not own_here or (applicant.name and "集团" in applicant.name)):
            return mention._replace(party=Party.WEAK)
        return mention


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, which ascend, is in start:end."""
    first = bisect_left(places, start) if places else 0
    return first < len(places) and places[first] < end
