"""The index passes over names that cannot fit, and no other: it finds what comparing with every name finds."""

from __future__ import annotations

import random
from functools import cache, partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bench_places import TYPED, big_city
from tests.support.effort import effort
from zz110_tui.gis.gazetteer import SURE_SCORE, Gazetteer
from zz110_tui.gis.nameindex import NameIndex
from zz110_tui.gis.spelling import Key, Why, edit_distance, fit, fit_with_slips, fold, has_han, make_key


@cache
def keys() -> tuple[Key, ...]:
    landmarks = [(mark.name, mark.name_en) for mark in big_city(300).landmarks]
    roads = [(road.name, road.name_en) for road in big_city(1).roads if road.name.text]
    made = [make_key(n, s.text, s.pinyin, s.initials, en) for n, (s, en) in enumerate(landmarks)]
    more = [make_key(len(made) + n, s.text, s.pinyin, s.initials, en, road=True) for n, (s, en) in enumerate(roads)]
    return (*made, *more, make_key(9_999, "Wanda Plaza", "", "", "Wanda Plaza"))


@cache
def index() -> NameIndex:
    return NameIndex(keys())


def by_comparing_all(query: str) -> dict[int, tuple[int, str]]:
    han = has_han(query)
    found: dict[int, tuple[int, Why]] = {}
    for how in (fit, fit_with_slips):
        for key in keys():
            fitting = how(query, key, han=han)
            if fitting and (key.target not in found or fitting[0] > found[key.target][0]):
                found[key.target] = fitting
        if any(score >= SURE_SCORE for score, _ in found.values()):
            break
    return {target: (score, why.value) for target, (score, why) in found.items()}


def held_to_all(query: str) -> None:
    folded = fold(query)
    found = index().best(folded, SURE_SCORE)
    assert {t: (score, why.value) for t, (score, why) in found.items()} == (by_comparing_all(folded) if folded else {})


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_comparing_with_every_name_finds(seed: int) -> None:
    """Pieces of names, names with slips, names in sentences, in Chinese, pinyin, initials and English."""
    chance = random.Random(seed)
    for _ in range(40):
        key = chance.choice(keys())
        name = chance.choice([key.text, key.pinyin or key.text, key.initials or key.text, key.english or key.text])
        start = chance.randrange(len(name))
        query = list(chance.choice([name, name[start:], name[: start + 1], f"在{name}附近", name[::2]]))
        for _ in range(chance.choice((0, 0, 1, 2))):
            at = chance.randrange(len(query)) if query else 0
            query[at : at + chance.choice((0, 1, 2))] = chance.choice([[], ["新"], ["a"], query[at : at + 2][::-1]])
        held_to_all("".join(query))


@given(query=st.text(st.sampled_from("新桥小区路北zhangxq aeiou东x"), max_size=14))
def test_any_letters_are_looked_up_as_by_comparing_all(query: str) -> None:
    held_to_all(query)


def plainly(a: str, b: str) -> int:
    """Restricted edit distance by the book, the whole table."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(a=st.text("ab新", max_size=9), b=st.text("ab新", max_size=9), most=st.integers(1, 3))
def test_the_narrow_table_gives_the_distance_of_the_whole_one(a: str, b: str, most: int) -> None:
    whole = plainly(a, b)
    assert edit_distance(a, b, most) == (whole if whole <= most else None)


def test_a_keystroke_among_five_thousand_names_is_answered_at_once() -> None:
    gazetteer = Gazetteer(big_city(5_000))
    typed = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    assert max(effort(partial(gazetteer.find, text, 24), tries=3) for text in typed) < 90


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("漳洲医院", "漳州医院"), ("zhangzouyiyuan", "漳州医院"), ("zhangzhouyiyaun", "漳州医院"), ("zzyy", "漳州医院")],
)
def test_a_slip_of_the_finger_still_finds_it_among_thousands(typed: str, meant: str) -> None:
    found = [match.place.text for match in Gazetteer(big_city(5_000)).find(typed)]
    assert meant in found[:3]
