"""How well what somebody typed fits a name: Chinese, pinyin, initials, English, small slips of the finger.

Scores are whole numbers from 0 to 100, so that order is the same on every machine. 100 is the name itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DROP = re.compile(r"[\s'’·・.\-_\"“”()]+")
_DIRECTION = re.compile(r"[东西南北中](?=(?:路|街|大街|大道|巷)$)")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")


class Why(StrEnum):
    """What made a candidate a candidate."""

    EXACT = "exact"
    STEM = "stem"
    """the road's name without its 东西南北"""
    BEGINS = "begins"
    CONTAINS = "contains"
    WITHIN = "within"
    """the name is part of what was typed"""
    LETTERS = "letters"
    """the typed characters occur in the name in this order"""
    PINYIN = "pinyin"
    INITIALS = "initials"
    ENGLISH = "english"
    TYPO = "typo"
    CROSSING = "crossing"
    HOUSE_NUMBER = "house_number"
    BEYOND_NUMBERS = "beyond_numbers"
    """a house number that the road does not have: its nearer end"""
    CELL = "cell"
    COORDINATES = "coordinates"
    OUTSIDE = "outside"
    """coordinates outside the city"""
    SWAPPED = "swapped"
    """latitude was typed first"""


def fold(text: str) -> str:
    """What is compared: compatibility forms, lower case, without blanks and small punctuation."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text).casefold())


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def stem(folded: str) -> str:
    """A road's name without its direction: 延安北路 and 延安南路 are both 延安路."""
    return _DIRECTION.sub("", folded)


@dataclass(frozen=True, slots=True)
class Key:
    """Everything a name is found by. ``target`` is the number of the thing it names."""

    target: int
    text: str
    stem: str
    pinyin: str
    initials: str
    english: str
    letters: frozenset[str]
    """the characters of ``text`` and ``pinyin``, to pass over hopeless comparisons quickly"""


def make_key(target: int, text: str, pinyin: str, initials: str, english: str, *, road: bool = False) -> Key:
    folded, folded_pinyin = fold(text), fold(pinyin)
    return Key(
        target,
        folded,
        stem(folded) if road else folded,
        folded_pinyin,
        fold(initials),
        fold(english),
        frozenset(folded) | frozenset(folded_pinyin),
    )


def fit(query: str, key: Key, *, han: bool) -> tuple[int, Why] | None:
    """How well a folded query fits a name, without looking for slips."""
    return _fit_han(query, key) if han else _fit_latin(query, key)


def _fit_han(query: str, key: Key) -> tuple[int, Why] | None:
    text = key.text
    if text == query:
        return 100, Why.EXACT
    if key.stem == query or key.stem == stem(query):
        return (90, Why.STEM) if key.stem == query else (66, Why.STEM)
    longer = len(text) - len(query)
    if longer > 0:
        if text.startswith(query):
            return max(70, 84 - longer), Why.BEGINS
        if query in text:
            return max(58, 74 - longer), Why.CONTAINS
        return (48, Why.LETTERS) if len(query) >= 2 and _in_order(query, text) else None
    if len(text) >= 2 and text in query:
        return max(40, 64 + 2 * longer), Why.WITHIN
    return None


def _fit_latin(query: str, key: Key) -> tuple[int, Why] | None:
    if query in (key.text, key.english):
        return 100, Why.EXACT
    if key.pinyin == query:
        return 97, Why.PINYIN
    if key.initials == query:
        return 95, Why.INITIALS
    partial = [*_part_of_pinyin(query, key), *_part_of_english(query, key)]
    return max(partial, key=lambda fitting: fitting[0], default=None)


def _part_of_pinyin(query: str, key: Key) -> Iterator[tuple[int, Why]]:
    if len(query) >= 2 and key.pinyin.startswith(query):
        yield max(66, 82 - (len(key.pinyin) - len(query)) // 3), Why.PINYIN
    elif len(query) >= 2 and key.initials.startswith(query):
        yield max(60, 78 - 3 * (len(key.initials) - len(query))), Why.INITIALS
    elif len(query) >= 4 and query in key.pinyin:
        yield 56, Why.PINYIN
    elif len(query) >= 3 and query in key.initials:
        yield 52, Why.INITIALS


def _part_of_english(query: str, key: Key) -> Iterator[tuple[int, Why]]:
    found = key.english.find(query) if len(query) >= 3 else -1
    if found == 0:
        yield max(66, 82 - (len(key.english) - len(query)) // 3), Why.ENGLISH
    elif found > 0:
        yield 58, Why.ENGLISH


_SHORTEST_HAN, _SHORTEST_LATIN = 3, 5


def slips_allowed(query: str, *, han: bool) -> int:
    """How many wrong, missing or extra letters a query may have: none in a short one, two in a long one."""
    if len(query) < (_SHORTEST_HAN if han else _SHORTEST_LATIN):
        return 0
    return 1 if len(query) < (6 if han else 9) else 2


def fit_with_slips(query: str, key: Key, *, han: bool) -> tuple[int, Why] | None:
    """How well a folded query fits a name with one wrong, missing or extra letter (two in a long name)."""
    name = key.text if han or not key.pinyin else key.pinyin
    allowed = slips_allowed(query, han=han)
    if allowed == 0 or len(name) < (_SHORTEST_HAN if han else _SHORTEST_LATIN):
        return None
    if abs(len(name) - len(query)) > allowed or sum(letter not in key.letters for letter in query) > allowed:
        return None
    slips = edit_distance(query, name, allowed)
    return None if slips is None else (56 - 10 * slips + min(8, len(query)), Why.TYPO)


def edit_distance(a: str, b: str, most: int) -> int | None:
    """Letters to insert, drop, replace, or swap with their neighbour, to make ``b`` of ``a``; None above ``most``."""
    if abs(len(a) - len(b)) > most:
        return None
    a, b = _without_common_ends(a, b)
    if not a or not b:
        return max(len(a), len(b))
    far = most + 1
    before = [far] * (len(b) + 1)
    above = [min(j, far) for j in range(len(b) + 1)]
    for i, letter in enumerate(a, 1):
        # Further from the diagonal than ``most`` no way leads back.
        first, last = max(1, i - most), min(len(b), i + most)
        row = [far] * (len(b) + 1)
        row[0] = min(i, far)
        for j in range(first, last + 1):
            other = b[j - 1]
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row[j] = min(cost, far)
        if min(row) > most:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= most else None


def _without_common_ends(a: str, b: str) -> tuple[str, str]:
    """What both begin and end with costs nothing."""
    start, shorter = 0, min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def _in_order(query: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in query)
