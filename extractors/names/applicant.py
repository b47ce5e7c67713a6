"""company.name: by label, by the words around a name, by its place in the sentence; never an accountant, an agency or a parent.

Labels and explicit words (申报单位：X, X（以下简称公司）, 审计了X财务报表) go first. A name that is only its sentence's subject, signs a
statement in the first person or stands beside a report's title counts where these give no other name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docproc.extract import Match
from docproc.model import Kind, Span, Status
from extractors.names.in_fields import names_of_fields
from extractors.names.in_text import names_by_place, names_by_words, speaks_of_itself
from extractors.parties.clauses import sentence_at
from extractors.parties.firms import find_firms, starts_with_place, whole_firm
from extractors.words.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

# papers that another signs: the accountants, the assessor, the authority
_NOT_SELF_SIGNED = (Kind.AUDIT, Kind.MATURITY, Kind.CREDIT, Kind.RECOMMENDATION, Kind.FILING, Kind.LICENCE, Kind.PATENT)
RENAMING_REACH = 8  # code points before a name in which it is said to be a new one: 又更名为
_rule = rules("identity")


def names(doc: Doc) -> Iterator[Match]:
    """Names by label, by explicit words and by sign-off first; a sentence's bare subject counts only where these give no other name."""
    strong = _last_renaming(doc.text, [*names_of_fields(doc), *names_by_words(doc)])
    strong += _sign_offs(doc, strong)
    yield from strong
    known = {each.value for each in strong if each.status is Status.ASSERTED}
    if doc._.applicant:
        known.add(doc._.applicant)
    former = {each.value for each in strong if each.status is Status.SUPERSEDED}
    for span in names_by_place(doc):
        name = doc.text[span.start : span.end]
        if name in former or (known and name not in known):
            continue
        known.add(name)
        yield Match("company.name", name, {}, Status.ASSERTED, (span,))


def _last_renaming(text: str, found: list[Match]) -> list[Match]:
    """Of several renamings the last holds: 2008年更名为A，2019年又更名为B; an A that was later changed as well is no name any more."""
    renamed = [each for each in found if _rule("renaming").search(text, max(0, each.spans[0].start - RENAMING_REACH), each.spans[0].start)]
    last = max((each.spans[0].start for each in renamed), default=-1)

    def holds(each: Match) -> bool:
        end = each.spans[-1].end
        return each.spans[0].start == last and not _rule("renamed_later").search(text, end, sentence_at(text, end).end)

    over = [each for each in renamed if not holds(each)]
    return [replace(each, status=Status.SUPERSEDED) if each in over else each for each in found]


def _sign_offs(doc: Doc, strong: list[Match]) -> list[Match]:
    """The name that signs a paper: alone on its line, sealed or before the date; not of one who attests something about another firm.

    It is told also where it is not the applicant's: whose paper it is, is for others to judge.
    """
    known = [each.value for each in strong if each.status is Status.ASSERTED]
    found: list[Match] = []
    for firm in find_firms(doc.text):
        signed = _signed_by(doc.text, firm)
        if signed is None or _rule("professions").search(signed) or _rule("placeholder").search(signed) or doc._.kind in _NOT_SELF_SIGNED:
            continue
        if not known or signed in known or speaks_of_itself(doc.text, firm) or any(_alike(signed, each) for each in known):
            found.append(Match("company.name", signed, {}, Status.ASSERTED, (firm,)))
    return found


def _signed_by(text: str, firm: Span) -> str | None:
    """The name on a sign-off line; its beginning may stand on the line above where the line was broken."""
    start = text.rfind("\n", 0, firm.start) + 1
    lead = text[start : firm.start].strip(" 　")
    after = firm.end + (lead in ("（", "(") and text[firm.end : firm.end + 1] in ("）", ")"))
    closes = _rule("seal").match(text[after : after + 12]) or _rule("date_line").match(text[after : after + 40])
    if (lead not in ("", "（", "(") and not _rule("seal").fullmatch(lead)) or not closes:
        return None
    name = text[firm.start : firm.end]
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip()
    if 2 <= len(above) <= 12 and firm.start > 0 and starts_with_place(above) and not starts_with_place(name):
        return above + name if whole_firm(above + name) else name
    return name


def _alike(one: str, other: str) -> bool:
    """Whether two names differ in a character or two, as a slip of the pen makes them."""
    return len(one) == len(other) and 0 < sum(a != b for a, b in zip(one, other, strict=True)) <= 2
