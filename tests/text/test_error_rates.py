"""How much of what was damaged is read as it was meant: character error rates over random damage of every class."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

import pytest

from docproc.text import normalise
from docproc.text.normal_form import NormalisedText, replay
from docproc.text.script import to_simplified, to_traditional
from tests.text.clean import sentences
from tests.text.damaging import NOTHING_LOST, Damaged, slipped, whole

TEXTS = 1500  # of each class
MIXED = 4000  # of several classes at once
ALONE = ("utf8_as_latin", "gbk_as_latin", "spaced_out", "paged", "residue", "bold", "vertical")  # not with others
SLIPS = 4  # documents, each with an enumeration


def errors(read: str, meant: str) -> int:
    """Characters to be changed, put in or taken out."""
    if read == meant:
        return 0
    return sum(
        max(one - start, two - first)
        for kind, start, one, first, two in SequenceMatcher(None, read, meant, autojunk=False).get_opcodes()
        if kind != "equal"
    )


def wrong_spans(normal: NormalisedText, damaged: Damaged) -> int:
    """Characters of the text whose source is not the place of the same character in the clean text."""
    meant = to_simplified(damaged.clean)
    wrong = 0
    for at, character in enumerate(normal.text):
        start, end = damaged.clean_span(*normal.to_source(at, at + 1))
        wrong += character not in meant[start:end] and not character.isspace()
    return wrong


def rate(texts: Iterator[Damaged]) -> tuple[float, int]:
    """Character error rate and wrong spans over many texts."""
    wrong = characters = spans = 0
    for damaged in texts:
        normal = normalise(damaged.text)
        assert replay(normal.source, normal.repairs) == normal.text
        meant = normalise(damaged.clean).text
        found = errors(normal.text, meant)
        wrong += found
        characters += len(meant)
        spans += wrong_spans(normal, damaged) if not found else 0
    return wrong / characters, spans


@pytest.mark.parametrize("damage", NOTHING_LOST, ids=lambda damage: damage.__name__)
def test_damage_that_loses_nothing_is_undone(damage: Callable[[Damaged, random.Random], Damaged]) -> None:
    rng = random.Random(damage.__name__)
    found, spans = rate(damage(whole(sentences(rng)), rng) for _ in range(TEXTS))
    assert found <= 0.001
    assert spans == 0


def test_several_damages_at_once() -> None:
    rng = random.Random("several")

    def texts() -> Iterator[Damaged]:
        order = [damage for damage in NOTHING_LOST if damage.__name__ not in ALONE]
        for _ in range(MIXED):
            damaged = whole(sentences(rng))
            for damage in order:
                if rng.random() < 0.4:
                    damaged = damage(damaged, rng)
            yield damaged

    found, spans = rate(texts())
    assert found <= 0.001
    assert spans == 0


@pytest.mark.parametrize(("prose", "limit"), [(40, 0.005), (10, 0.005), (0, 0.01)])
def test_slips_with_dropped_pairs(prose: int, limit: float) -> None:
    """A document of an enumeration, each item slipped or not, as the Beijing text is, with so many sound paragraphs before it.

    Nothing is guessed wrong: what stays damaged, or is restored but for a character, is reported.
    """
    rng = random.Random(f"slip {prose}")
    wrong = characters = damages = 0
    for _ in range(SLIPS):
        seen = [to_traditional(sentences(rng, most=3)).replace("爲", "為") for _ in range(prose)]
        meant = list(seen)
        for number in range(rng.randint(3, 9)):
            line = f"（{'一二三四五六七八九'[number]}）" + to_traditional(sentences(rng, most=1)).replace("爲", "為")
            damaged = slipped(line) if rng.random() < 0.7 else None
            damages += damaged is not None
            seen.append("　" + line if damaged is None else damaged.text)
            meant.append("　" + line)
        normal = normalise("\n".join(seen))
        expected = normalise("\n".join(meant)).text
        wrong += errors(normal.text, expected)
        characters += len(expected)
        unsure = {place for each in normal.unrepaired for place in range(*normal.to_normal(each.start, each.end))}
        start = 0
        for read, right in zip(normal.text.split("\n"), expected.split("\n"), strict=True):
            assert read == right or unsure.intersection(range(start, start + len(read)))
            start += len(read) + 1
        for repair in normal.repairs:
            if repair.step == "restore_slipped":
                assert normal.source[repair.start : repair.end].startswith("?")
    assert damages >= SLIPS
    assert wrong / characters <= limit


def test_clean_mainland_text_stays() -> None:
    rng = random.Random("clean")
    for _ in range(10_000):
        text = sentences(rng)
        normal = normalise(text)
        assert (normal.text, normal.repairs, normal.unrepaired) == (text, (), ())
