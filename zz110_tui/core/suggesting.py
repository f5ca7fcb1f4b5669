"""Which incident type the caller's words suggest. It only suggests: a person chooses.

A phrase that is found counts by its length, so that 持刀打架 says more than 打架. A phrase right after a word of denial
(没有刀, "no knife") does not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from zz110_tui.core.rulebook import IncidentType, Pattern

MOST = 3
LEAST_POINTS = 2
LONGEST = 600
"""Characters of a text that are looked at: who tells more has said the main thing by then."""
_HAN_BEFORE = re.compile(r"(?:没有|没|无|不是|未|别)[^，。；,.;]?$")
_LATIN_BEFORE = re.compile(r"\b(?:no|not|without|never|isn't|wasn't|didn't)\s+(?:\w+\s+)?$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``words`` are the phrases found in the text, whole ones first."""

    type: str
    points: int
    words: tuple[str, ...]


def suggest(text: str, types: Mapping[str, IncidentType], patterns: tuple[Pattern, ...]) -> tuple[Suggestion, ...]:
    """The likeliest types, best first, at most three; of equals the more urgent one first. Empty where nothing fits."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    if not folded.strip():
        return ()
    found: dict[str, dict[str, int]] = {}
    for pattern in patterns:
        if all(word in folded for word in pattern.words) and all(_occurs(word, folded) for word in pattern.words):
            words = found.setdefault(pattern.type, {})
            words["…".join(pattern.words)] = sum(map(_weight, pattern.words)) + len(pattern.words) - 1
    made = [_suggestion(code, words) for code, words in found.items() if code in types]
    made.sort(key=lambda s: (-s.points, types[s.type].priority, s.type))
    return tuple(s for s in made[:MOST] if s.points >= LEAST_POINTS and s.points * 2 > made[0].points)


def _suggestion(code: str, words: dict[str, int]) -> Suggestion:
    """A phrase that is part of a longer one found says nothing more."""
    kept = [w for w in words if not any(w != other and w in other for other in words)]
    # What was said in one piece is what a person recognises; it is named first.
    kept.sort(key=lambda w: ("…" in w, -words[w], w))
    best, *others = sorted((words[w] for w in kept), reverse=True)
    return Suggestion(code, best + min(2, len(others)), tuple(kept))


def _occurs(word: str, text: str) -> bool:
    """Once without a denial right before it; a word of Latin letters from its beginning on."""
    latin = word.isascii()
    at = text.find(word)
    while at >= 0:
        before = text[max(0, at - 24) : at]
        begins = not latin or not (before[-1:].isascii() and before[-1:].isalnum())
        if begins and not (_LATIN_BEFORE if latin else _HAN_BEFORE).search(before):
            return True
        at = text.find(word, at + 1)
    return False


def _weight(word: str) -> int:
    """A Han character says as much as a couple of letters."""
    return 2 + word.count(" ") if word.isascii() else len(word)
