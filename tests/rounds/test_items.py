"""Cured, partly, open, to be judged; new problems by what gave rise to them."""

from __future__ import annotations

import pytest

from docproc.errors import DocprocError
from docproc.model import Kind, Outcome, RoundState
from tests.rounds.made import FORM, Round, compared, finding


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ({"outcome": Outcome.PASS}, RoundState.CURED),
        ({"outcome": Outcome.FAIL, "points": ("2024年", "2025年")}, RoundState.OPEN),
        ({"outcome": Outcome.FAIL, "points": ("2025年",)}, RoundState.PARTLY),
        ({"outcome": Outcome.MISSING, "points": ("2025年",)}, RoundState.PARTLY),
        ({"outcome": Outcome.FAIL, "points": ("2025年", "2023年")}, RoundState.OPEN),
        ({"outcome": Outcome.FAIL, "points": ()}, RoundState.OPEN),
        ({"outcome": Outcome.REVIEW}, RoundState.REVIEW),
        ({"outcome": Outcome.NOT_APPLICABLE}, RoundState.REVIEW),
    ],
)
def test_what_became_of_a_deficiency(now: dict, state: RoundState) -> None:
    then = finding("TJ-M-finance", Outcome.MISSING, points=("2024年", "2025年"))
    one, two = Round(d1=FORM), Round(d1=FORM + "又")
    entry = compared((one, one.report(then)), (two, two.report(finding("TJ-M-finance", **now)))).noticed[0]
    assert entry.state is state
    if state is RoundState.PARTLY:
        assert (entry.cured, entry.still_open) == (("2024年",), ("2025年",))
    assert (entry.before, entry.before_outcome) == (then.message, Outcome.MISSING)


def test_an_item_that_the_checklist_has_no_more_is_for_a_person() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM)
    entry = compared((one, one.report(finding("TJ-5", Outcome.MISSING))), (two, two.report())).noticed[0]
    assert entry.state is RoundState.REVIEW
    assert entry.now_outcome is None


def test_what_passed_before_is_not_followed_up() -> None:
    one, two = Round(d1=FORM), Round(d1=FORM)
    found = compared((one, one.report(finding("TJ-5", Outcome.PASS))), (two, two.report(finding("TJ-5", Outcome.PASS))))
    assert (found.noticed, found.new) == ((), ())


@pytest.mark.parametrize(("text", "caused"), [(FORM, False), (FORM.replace("第一", "第三"), True)])
def test_a_new_problem_is_told_by_whether_the_new_materials_gave_rise_to_it(text: str, caused: bool) -> None:
    one, two = Round(d1=FORM), Round(d1=text)
    problem = finding("FORM-date", Outcome.FAIL, evidence=(two.at("成立日期"),))
    found = compared((one, one.report(finding("FORM-date", Outcome.REVIEW))), (two, two.report(problem)))
    assert [(new.item, new.caused, new.before_outcome) for new in found.new] == [("FORM-date", caused, Outcome.REVIEW)]


def test_a_paper_that_was_withdrawn_gives_rise_to_its_being_missing() -> None:
    one, two = Round(d1=FORM, d2="审计报告"), Round(d1=FORM)
    lost = finding("TJ-M-finance", Outcome.MISSING, papers=(Kind.AUDIT,))
    found = compared((one, one.report(finding("TJ-M-finance", Outcome.PASS))), (two, two.report(lost)))
    assert found.new[0].caused
    gone = next(pair for pair in found.documents if pair.before == "d2.txt")
    assert (gone.state.value, gone.asked) == ("removed", False)


def test_rounds_by_two_checklists_are_not_compared() -> None:
    one = Round(d1=FORM)
    made = one.report()
    assert made.checklist is not None
    other = made.model_copy(update={"checklist": made.checklist.model_copy(update={"id": "beijing-basic"})})
    with pytest.raises(DocprocError) as raised:
        compared((one, made), (one, other))
    assert raised.value.code == "previous_mismatch"


def test_what_could_not_be_compared_is_said() -> None:
    from docproc.rounds import second_round

    one = Round(d1=FORM)
    made = one.report()
    renamed = made.model_copy(update={"package": made.package.model_copy(update={"applicant": "另一公司"})})
    notes = second_round(made, renamed, {}, {}).notes
    assert any("另一公司" in note for note in notes)
    assert any("逐句" in note for note in notes)
