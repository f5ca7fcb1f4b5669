"""Whether a call is about something the room already knows: place, time, type, words, the caller's number.

Evidence adds up in points, each with its reason; what reaches :data:`OFFERED` is offered, and a person links. Nothing
is linked by itself. The points are weights of evidence (``benchmarks/bench_duplicates.py`` says how well they do), not
probabilities.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.masking import same_contact
from zz110_tui.core.places import NOWHERE, Place, distance_m
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import IncidentType, Rulebook

OFFERED = 50
"""Points from which on an incident is offered."""
MOST = 3
MINUTE_MS = 60_000
LONGEST_AGE_MS = 120 * MINUTE_MS
"""An incident whose last caller rang longer ago is not the same call any more."""
LONGEST_TEXT = 400

_BY_DISTANCE = ((60.0, 40), (150.0, 32), (300.0, 20), (600.0, 6), (1_200.0, -15))
_FAR = -60
_BY_AGE = ((5.0, 16), (15.0, 10), (30.0, 4), (60.0, -6), (120.0, -18))
_SAME_TYPE, _LIKE_TYPE, _OTHER_TYPE = 18, 8, -14
_NUMBER_AGAIN = 40
_SAME_WORDS_OF_PLACE = 26
_MOST_FOR_WORDS = 22


class Sign(StrEnum):
    """What speaks for it."""

    NEAR = "near"
    PLACE = "place"
    """the same words for the place"""
    RECENT = "recent"
    TYPE = "type"
    LIKE = "like"
    """another type of the same class"""
    WORDS = "words"
    NUMBER = "number"
    """the same caller's number"""


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call so far; everything may be missing but ``at`` (UTC ms)."""

    at: int
    place: Place = NOWHERE
    type: str = ""
    text: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """``value`` is metres, minutes, a word in common, or empty."""

    sign: Sign
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    incident: int
    points: int
    reasons: tuple[Reason, ...]


Evidence = tuple[Sign, int, float | str]
"""A reason while there are still hundreds of them: its number or words not yet made into text."""


def likely(board: Board, call: Call, rules: Rulebook, without: int = 0) -> tuple[Likeness, ...]:
    """The incidents a call may be about, the likeliest first, at most three. ``without`` is never one of them."""
    found = []
    for incident in board.incidents.values():
        if incident.number == without or incident.linked_to or incident.stage is IncidentStage.CLOSED:
            continue
        evidence = _evidence(call, incident, board, rules)
        points = sum([points for _, points, _ in evidence])
        # Two quarrels at the same minute are not one: something must tie them to one place or one caller.
        if points >= OFFERED and any(points > 0 and sign in _TIES for sign, points, _ in evidence):
            found.append((points, incident.number, evidence))
    found.sort(key=lambda one: (-one[0], -one[1]))
    return tuple(Likeness(number, points, _told(evidence, call)) for points, number, evidence in found[:MOST])


_TIES = (Sign.NEAR, Sign.PLACE, Sign.NUMBER)


def _told(evidence: list[Evidence], call: Call) -> tuple[Reason, ...]:
    """What speaks for it, the weightiest first; of the words in common only the longest run is said."""
    good = sorted((one for one in evidence if one[1] > 0), key=lambda one: -one[1])
    return tuple(
        Reason(sign, points, _longest(call.text, value) if isinstance(value, str) else str(round(value)))
        for sign, points, value in good
    )


def _evidence(call: Call, incident: Incident, board: Board, rules: Rulebook) -> list[Evidence]:
    """Everything that speaks for and against it; empty as soon as it is hopeless."""
    reports = [board.reports[n] for n in incident.reports if n in board.reports]
    last = max([report.received_at for report in reports] or [incident.received_at])
    if call.at - last > LONGEST_AGE_MS:
        return []
    found: list[Evidence] = []
    place = _of_place(call.place, incident.place)
    if place is not None:
        if place[1] == _FAR and not call.contact:
            return []
        found.append(place)
    minutes = abs(call.at - last) / MINUTE_MS
    found.append((Sign.RECENT, _up_to(minutes, _BY_AGE), minutes))
    if call.type:
        found.append(_of_type(call.type, incident.type, rules))
    if call.contact and any(same_contact(call.contact, report.contact) for report in reports):
        found.append((Sign.NUMBER, _NUMBER_AGAIN, 0.0))
    if call.text and sum([points for _, points, _ in found]) + _MOST_FOR_WORDS >= OFFERED:
        words = _of_words(call.text, {incident.text, *[report.text for report in reports]})
        if words is not None:
            found.append(words)
    return found


def _up_to(value: float, steps: tuple[tuple[float, int], ...], beyond: int | None = None) -> int:
    for most, points in steps:
        if value <= most:
            return points
    return steps[-1][1] if beyond is None else beyond


def _of_place(here: Place, there: Place) -> Evidence | None:
    if here.point is not None and there.point is not None:
        if here.point == there.point:
            return Sign.NEAR, _BY_DISTANCE[0][1], 0.0
        metres = distance_m(here.point, there.point)
        return Sign.NEAR, _up_to(metres, _BY_DISTANCE, _FAR), metres
    if here.text and _folded(here.text) == _folded(there.text):
        return Sign.PLACE, _SAME_WORDS_OF_PLACE, 0.0
    return None


def _of_type(one: str, other: str, rules: Rulebook) -> Evidence:
    if one == other:
        return Sign.TYPE, _SAME_TYPE, 0.0
    a, b = rules.types.get(one), rules.types.get(other)
    return Sign.LIKE, _LIKE_TYPE if a and b and _alike(a, b) else _OTHER_TYPE, 0.0


def _alike(a: IncidentType, b: IncidentType) -> bool:
    """Callers name one thing differently: types that are asked about and worked through in much the same way."""
    asked = {q.code for q in a.questions} & {q.code for q in b.questions} - {"where"}
    done = {s.code for s in a.checklist} & {s.code for s in b.checklist}
    return len(asked) + len(done) >= 4


def _of_words(text: str, told: set[str]) -> Evidence | None:
    """The share of the shorter text that the other has too, and that other text."""
    share, other = max([(_share(text, other), other) for other in told])
    return (Sign.WORDS, round(_MOST_FOR_WORDS * min(1.0, share * 1.5)), other) if share > 0.0 else None


@lru_cache(maxsize=4096)
def _share(text: str, other: str) -> float:
    words, others = _grams(text), _grams(other)
    return len(words & others) / min(len(words), len(others)) if words and others else 0.0


_COMMON = frozenset(
    [
        "有人",
        "这里",
        "里有",
        "我在",
        "现在",
        "在这",
        "一个",
        "个人",
        "报警",
        "警察",
        "快来",
        "请来",
        "the",
        "and",
        "there",
        "here",
        "man",
        "people",
        "please",
        "somebody",
        "someone",
        "police",
        "with",
        "they",
        "are",
        "has",
        "was",
        "this",
        "that",
    ]
)


@lru_cache(maxsize=2048)
def _grams(text: str) -> frozenset[str]:
    """Pairs of Han characters, and words of three letters and more; what everybody says is left out."""
    folded = _folded(text[:LONGEST_TEXT])
    grams: set[str] = set()
    run = ""
    for letter in [*folded, " "]:
        if letter.isascii() and letter.isalnum():
            run += letter
            continue
        if len(run) >= 3:
            grams.add(run)
        run = ""
    han = [letter if not letter.isascii() and letter.isalnum() else " " for letter in folded]
    grams.update(a + b for a, b in pairwise(han) if a != " " and b != " ")
    return frozenset(grams) - _COMMON


def _longest(text: str, other: str) -> str:
    """The longest run of words that both have."""
    both = _grams(text) & _grams(other)
    folded = _folded(other[:LONGEST_TEXT])
    best = run = ""
    for a, b in pairwise(folded):
        run = run + b if run and a + b in both else a + b if a + b in both else ""
        best = max(best, run, key=len)
    return best or max(both, key=lambda word: (len(word), word), default="")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
