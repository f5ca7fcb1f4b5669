"""What kinds of place a typed text may mean: a cell, coordinates, a crossing, a house number, a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from zz110_tui.core.places import Point, point
from zz110_tui.gis.spelling import fold, has_han

_CELL = re.compile(r"[A-Za-z]{1,2}[0-9]{1,3}")
_POSITION = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)")
_NUMBER = re.compile(r"(?P<street>.*?[^\d\s])\s*(?P<number>\d{1,5})\s*(?:号|號|hao|#)?(?:院|楼|栋|之\d+)?")
_CROSSING_END = re.compile(r"(?:的)?(?:十字路口|交叉路口|交叉口|交汇处|交界处|路口|口)$")
_JOINTS = "xX×*✕与和跟、&/"
_VAGUE = re.compile(r"(?:的)?(?:附近|旁边|旁|门口|门前|对面|后面|斜对面|这里|那里|边上|周边|一带)$")
VAGUE_PENALTY = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The readings of one query. ``names`` and ``crossings`` carry a penalty for what had to be left out or guessed."""

    names: tuple[tuple[str, int], ...]
    cell: str = ""
    positions: tuple[tuple[Point, bool], ...] = ()
    crossings: tuple[tuple[str, str, int], ...] = ()
    street: str = ""
    number: int | None = None


def read_query(text: str) -> Asked:
    """All readings of a query; which of them is right only the names of the city can tell."""
    clean = unicodedata.normalize("NFKC", text).strip().lstrip("@").strip()
    positions = _positions(clean)
    if positions or not clean:
        return Asked((), positions=positions)
    exact = _VAGUE.sub("", clean) or clean
    names = [(fold(clean), 0)]
    if exact != clean:
        names.append((fold(exact), VAGUE_PENALTY))
    house = _NUMBER.fullmatch(exact)
    return Asked(
        names=tuple(names),
        cell=clean if _CELL.fullmatch(clean) else "",
        crossings=_crossings(exact),
        street=house["street"] if house else "",
        number=int(house["number"]) if house else None,
    )


def _positions(text: str) -> tuple[tuple[Point, bool], ...]:
    """Longitude and latitude, and the other way round (flagged), as far as they are positions at all."""
    match = _POSITION.fullmatch(text)
    if match is None:
        return ()
    first, second = float(match[1]), float(match[2])
    positions = []
    for lon, lat, swapped in ((first, second, False), (second, first, True)):
        try:
            positions.append((point(lon, lat), swapped))
        except ValueError:
            continue
    return tuple(positions)


def _crossings(text: str) -> tuple[tuple[str, str, int], ...]:
    """Every way to read the text as one road and another. A letter x inside a word of pinyin costs a little."""
    body = _CROSSING_END.sub("", text)
    ways = []
    for i in range(1, len(body) - 1):
        if body[i] not in _JOINTS:
            continue
        left, right = body[:i].strip(), body[i + 1 :].strip()
        if len(fold(left)) < 2 or len(fold(right)) < 2:
            continue
        inside_word = body[i] in "xX" and body[i - 1].isascii() and body[i - 1].isalpha() and not has_han(body[i - 1])
        ways.append((left, right, 3 if inside_word else 0))
    return tuple(ways)
