"""Thousands of names, looked up at every keystroke: which of them are worth comparing with what was typed.

Comparing is ``gis.spelling``'s work. Here the names that cannot fit are passed over: a query of Han characters by the
characters it has, one of Latin letters by where it occurs in all spellings put behind one another, a slip of the finger
by the letters or pairs of letters that it leaves whole. What is passed over would not have fitted: a test compares with
every name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from zz110_tui.gis.spelling import Key, Why, fit, fit_with_slips, has_han, slips_allowed, stem

Fit = tuple[int, Why]
_BETWEEN = "\n"


class _Rows:
    """All spellings of one kind behind one another, to be searched at the speed of ``str.find``."""

    def __init__(self, spellings: Iterable[str]) -> None:
        starts, at, parts = [], 0, []
        for spelling in spellings:
            starts.append(at)
            parts.append(spelling)
            at += len(spelling) + 1
        self._starts = starts
        self._all = _BETWEEN.join(["", *parts, ""])

    def having(self, part: str) -> Iterator[int]:
        """Numbers of the spellings that have ``part`` in them."""
        at = self._all.find(part)
        while at >= 0:
            number = bisect_right(self._starts, at - 1) - 1
            yield number
            end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._all)
            at = self._all.find(part, end)

    def beginning(self, part: str) -> Iterator[int]:
        at = self._all.find(_BETWEEN + part)
        while at >= 0:
            yield bisect_right(self._starts, at) - 1
            at = self._all.find(_BETWEEN + part, at + 1)


class NameIndex:
    """The keys of a gazetteer. ``best`` finds for each thing how well it fits at best."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._keys = keys
        self._texts: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._letters: dict[str, list[int]] = {}
        self._pairs: dict[str, list[int]] = {}
        self._whole: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            self._texts.setdefault(key.text, []).append(number)
            self._stems.setdefault(key.stem, []).append(number)
            for letter in set(key.text):
                self._letters.setdefault(letter, []).append(number)
            for pair in {a + b for a, b in pairwise(key.pinyin or key.text)}:
                self._pairs.setdefault(pair, []).append(number)
            for spelling in {key.text, key.english, key.pinyin, key.initials}:
                self._whole.setdefault(spelling, []).append(number)
        self._pinyin = _Rows(key.pinyin for key in keys)
        self._initials = _Rows(key.initials for key in keys)
        self._english = _Rows(key.english for key in keys)
        self._longest = max((len(key.text) for key in keys), default=0)

    def best(self, query: str, sure: int) -> dict[int, Fit]:
        """The best fit for each thing; slips of the finger count only where nothing fits as well as ``sure``."""
        if not query:
            return {}
        han = has_han(query)
        found: dict[int, Fit] = {}
        for number in self._worth_comparing(query, han=han):
            _keep(found, self._keys[number].target, fit(query, self._keys[number], han=han))
        if all(score < sure for score, _ in found.values()):
            for number in self._worth_correcting(query, han=han):
                _keep(found, self._keys[number].target, fit_with_slips(query, self._keys[number], han=han))
        return found

    def _worth_comparing(self, query: str, *, han: bool) -> Iterable[int]:
        return sorted(set(self._of_han(query) if han else self._of_latin(query)))

    def _of_han(self, query: str) -> Iterator[int]:
        """All characters in the name; or the name in the query; or the same road without its direction."""
        lists = sorted((self._letters.get(letter, []) for letter in set(query)), key=len)
        if lists and lists[0]:
            common = set(lists[0]).intersection(*lists[1:])
            yield from sorted(common)
        for start in range(len(query)):
            for end in range(start + 2, min(len(query), start + self._longest) + 1):
                yield from self._texts.get(query[start:end], ())
        yield from self._stems.get(query, ())
        yield from self._stems.get(stem(query), ())

    def _of_latin(self, query: str) -> Iterator[int]:
        """As :func:`spelling.fit` looks: whole from one letter, the beginning from two, anywhere from three or four."""
        yield from self._whole.get(query, ())
        if len(query) >= 4:
            yield from self._pinyin.having(query)
        elif len(query) >= 2:
            yield from self._pinyin.beginning(query)
        if len(query) >= 3:
            yield from self._initials.having(query)
            yield from self._english.having(query)
        elif len(query) >= 2:
            yield from self._initials.beginning(query)

    def _worth_correcting(self, query: str, *, han: bool) -> Iterable[int]:
        """An edit spoils one letter of a Chinese name, and at most three pairs of letters of a Latin one."""
        allowed = slips_allowed(query, han=han)
        if allowed == 0:
            return ()
        if han:
            marks, postings, least = list(query), self._letters, len(query) - allowed
        else:
            marks = [a + b for a, b in pairwise(query)]
            postings, least = self._pairs, len(marks) - 3 * allowed
        counts = Counter(chain.from_iterable(postings.get(mark, ()) for mark in marks))
        return sorted(number for number, count in counts.items() if count >= max(1, least))


def _keep(found: dict[int, Fit], target: int, fitting: Fit | None) -> None:
    if fitting and (target not in found or fitting[0] > found[target][0]):
        found[target] = fitting
