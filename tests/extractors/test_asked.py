"""What the fields of a text ask, by place and by label."""

from __future__ import annotations

from docproc.extract import FormField, Option
from docproc.model import Span
from extractors.asked import Asked
from extractors.labelled import Labelled

_TEXT = "近三年安全事故（起）：0\n2023年度\t无\n是否符合：符合\n有无火灾：□有火灾发生 ☑无"


def _field(label: str, value: str, heading: str = "", options: tuple[Option, ...] = ()) -> FormField:
    start, answer = _TEXT.index(label), _TEXT.rindex(value)
    return FormField(label, value, Span(start, start + len(label)), Span(answer, answer + len(value)), options, heading=heading)


def _asked() -> Asked:
    box = _TEXT.index("有火灾发生")
    return Asked(
        _TEXT,
        Labelled(
            [
                _field(
                    "有无火灾", "☑无", options=(Option("有火灾发生", False, Span(box, box + 5)), Option("无", True, Span(box + 7, box + 8)))
                ),
                _field("近三年安全事故", "0"),
                _field("2023年度", "无", heading="事故情况"),
                _field("是否符合", "符合"),
            ]
        ),
    )


def test_a_prompt_takes_in_the_bracket_behind_its_label() -> None:
    assert [_TEXT[slice(*prompt)] for prompt in map(_asked().prompt, range(4))] == [
        "有无火灾",
        "近三年安全事故（起）",
        "2023年度",
        "是否符合",
    ]


def test_fields_are_found_by_the_places_in_their_prompts() -> None:
    accident, fire = _TEXT.index("事故"), _TEXT.index("火灾")
    assert _asked().around([Span(accident, accident + 2), Span(fire, fire + 2)]) == {0, 1}
    assert _asked().around([Span(fire + 1, fire + 3)]) == set()


def test_a_year_asks_for_what_the_heading_names() -> None:
    assert list(_asked().below(None, lambda words: "事故" in words)) == [2]
    assert list(_asked().below(None, lambda words: "处罚" in words)) == []
    assert list(_asked().below("是否符合".__eq__, lambda words: True)) == [2, 3]


def test_verdicts_and_empty_boxes_are_kept_apart() -> None:
    asked = _asked()
    assert asked.verdicts == {3}
    assert [_TEXT[slice(*span)] for span in asked.unticked] == ["有火灾发生"]
