"""The second round for a reader: what was asked for and what became of it, side by side; what is new; what changed unasked."""

from __future__ import annotations

from docproc.model import DocumentPair, DocumentState, Place, RoundEntry, RoundState, SecondRound, SilentChange
from docproc.render.voice import Voice, own
from docproc.render.words import particulars, value_words, word

SHOWN_CHANGES = 10
NOTHING = "（无）"


def counts_words(found: SecondRound) -> str:
    """前次告知 5 项，已补正 3，未补正 2."""
    counts = [(word("round_states", state), sum(entry.state is state for entry in found.noticed)) for state in RoundState]
    return "，".join([f"前次告知 {len(found.noticed)} 项", *(f"{name} {count}" for name, count in counts if count)])


def points_words(entry: RoundEntry) -> str:
    """Of what was asked for one by one: what is there now, and what is not. Empty where nothing can be told apart."""
    if entry.state is not RoundState.PARTLY:
        return ""
    return f"已补正：{'、'.join(entry.cured)}；未补正：{'、'.join(entry.still_open)}"


def unasked(found: SecondRound) -> tuple[DocumentPair, ...]:
    """The documents that were added, changed or withdrawn though the notice gave no reason to."""
    return tuple(pair for pair in found.documents if not pair.asked and pair.state is not DocumentState.UNCHANGED)


def change_title(change: SilentChange) -> str:
    """What changed, in words: 营业收入（元）（2025年，主营业务）."""
    narrowed = particulars(change.qualifiers)
    return word("claims", change.what) + (f"（{narrowed}）" if narrowed else "")


def change_words(value: str | None, change: SilentChange) -> str:
    """One side of a change in words."""
    if value is None:
        return NOTHING
    return value if change.what == "text" else "、".join(value_words(int(each) if each.isdigit() else each) for each in value.split("、"))


def place_words(place: Place) -> str:
    """Path and page of a place."""
    return own(place.path) + (f"第{place.page}页" if place.page else "")


def change_place(change: SilentChange) -> str:
    """Where a change stands: in the new package, else in the old one, else the kind of document."""
    place = next(iter((*change.now_places, *change.before_places)), None)
    return place_words(place) if place else word("kinds", change.kind)


def say_second_round(voice: Voice, found: SecondRound) -> None:
    """The second round on a terminal."""
    voice.say(f"\n第二轮（前次审查基准日 {found.previous_as_of}）：{counts_words(found)}", "bold")
    for note in found.notes:
        voice.say(f"  注意：{note}", "yellow")
    for entry in found.noticed:
        voice.say(f"  {word('round_states', entry.state)}　{entry.item}　{entry.title}")
        if points := points_words(entry):
            voice.say(points, indent=6)
    for problem in found.new:
        cause = "由补正材料引起" if problem.caused else "材料未变，前次没有告知"
        voice.say(f"  新问题　{problem.item}　{problem.title}（{cause}）", "red")
    for pair in unasked(found):
        voice.say(f"  未要求而{word('document_states', pair.state)}　{own(pair.now or pair.before or '')}", "magenta")
    for change in found.changes[:SHOWN_CHANGES]:
        voice.say(f"  未要求而改动　{change_title(change)}　{change_place(change)}", "magenta")
        voice.say(f"前：{own(change_words(change.before, change))}", indent=6)
        voice.say(f"后：{own(change_words(change.now, change))}", indent=6)
    more = max(0, len(found.changes) - SHOWN_CHANGES) + found.changes_left_out
    if more:
        voice.say(f"  另有 {more} 处未要求而改动的内容，见 report.html")
