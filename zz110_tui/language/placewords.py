"""Which place a word names, by the city's gazetteer. What is unclear is listed; what nobody knows is kept as said."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from zz110_tui.core.places import Place, Point
from zz110_tui.gis.gazetteer import SURE_SCORE, Gazetteer, Match, clear_winner
from zz110_tui.gis.placequery import read_query
from zz110_tui.language.line import quoted, unquoted
from zz110_tui.language.reading import FULL, UNFINISHED, Reading
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import area

AS_SAID = "~"
"""``@~小李的店``: take the words as they are and do not look for them on the map."""
MOST_CHOICES = 8
MOST_MATCHES = 24
"""More than are shown, to see which names several places bear."""
LONGEST_PLACE = 200


def read_place(word: str, scene: Scene) -> Reading | None:
    """A place, on the map as far as somebody knows it.

    No value for a word without an answer: nothing typed, or too much. Weak matches are not taken but listed, together
    with the words as they were said, because a place outside the gazetteer must not keep a call from being taken.
    """
    text = " ".join(unquoted(word).split())
    if text.startswith(AS_SAID):
        text = text[1:].strip()
        return Reading(Place(text)) if 0 < len(text) <= LONGEST_PLACE else None
    if not text or len(text) > LONGEST_PLACE:
        return None
    if scene.gazetteer is None:
        positions = read_query(text).positions
        return Reading(Place(text, positions[0][0] if positions else None))
    matches = find(scene.gazetteer, text)
    winner = clear_winner(list(matches))
    if winner is not None:
        return Reading(winner.place, FULL if winner.score >= SURE_SCORE else UNFINISHED)
    if not matches:
        return Reading(Place(text))
    bearers = Counter(match.place.text for match in matches)
    among = [
        (_typed(scene.gazetteer, match, alone=bearers[match.place.text] == 1), _words(scene, match))
        for match in matches[:MOST_CHOICES]
    ]
    as_said = scene.say(f"照原话记录，不定位：{text}", f"as said, not on the map: {text}")
    among.append((f"@{quoted(AS_SAID + text)}", as_said))
    return Reading(strength=UNFINISHED, among=tuple(dict(among).items()))


@lru_cache(maxsize=512)
def find(gazetteer: Gazetteer, text: str) -> tuple[Match, ...]:
    """The gazetteer's candidates; kept, because a line is read again at every keystroke."""
    return tuple(gazetteer.find(text, MOST_MATCHES))


def _typed(gazetteer: Gazetteer, match: Match, *, alone: bool) -> str:
    """What to type for exactly this candidate: its name, or where several bear it, its position.

    The words of a crossing may be those that were typed, and then lead here again: that is tried out.
    """
    if alone and match.kind == "crossing":
        again = clear_winner(list(find(gazetteer, match.place.text)))
        alone = again is not None and again.place.point == match.place.point
    return f"@{quoted(match.place.text)}" if alone or match.place.point is None else f"@{_position(match.place.point)}"


def _position(point: Point) -> str:
    return f"{point.lon:.6f},{point.lat:.6f}"


def _words(scene: Scene, match: Match) -> str:
    return f"{match.place.text} {area(scene, match.place)} {KINDS[match.kind][scene.language != 'zh']}".strip()


KINDS: dict[str, tuple[str, str]] = {
    "landmark": ("地标", "landmark"),
    "station": ("派出所", "station"),
    "post": ("停靠点", "post"),
    "road": ("道路", "road"),
    "crossing": ("路口", "crossing"),
    "address": ("门牌", "address"),
    "grid": ("警区", "grid"),
    "alarm_point": ("报警点", "alarm point"),
    "camera": ("监控", "camera"),
    "cell": ("方格", "map cell"),
    "coordinates": ("坐标", "coordinates"),
}


def read_post(word: str, scene: Scene) -> Reading | None:
    """A post of the city (停靠点) by its id or any spelling of its name; the value is its name and point."""
    if scene.gazetteer is None:
        return None
    folded = unquoted(word).casefold()
    posts = scene.gazetteer.city.posts
    names = [(post, (post.id, post.name.text, post.name.pinyin, post.name.initials, post.name_en)) for post in posts]
    found = [post for post, spellings in names if folded in (s.casefold() for s in spellings if s)]
    if len(found) > 1:
        return Reading(strength=UNFINISHED, among=tuple((post.id, post.name.text) for post in found))
    return Reading((found[0].name.text or found[0].id, found[0].point)) if found else None
