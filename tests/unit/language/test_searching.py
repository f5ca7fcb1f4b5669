"""What a typed search asks for: days as people write them, a unit, and words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.scenes import Desk
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.incidents import Incident
from zz110_tui.language.finding import find
from zz110_tui.language.scene import LAST_MS
from zz110_tui.language.searching import search_of


@pytest.fixture
def room() -> Desk:
    made = Desk(first_incident=142)
    made.open()
    return made


def _day(room: Desk, ago: int) -> int:
    scene = room.scene()
    today = scene.local(scene.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return round((today - timedelta(days=ago)).timestamp() * 1000)


@pytest.mark.parametrize(("word", "ago"), [("今天", 0), ("昨天", 1), ("前天", 2), ("today", 0), ("Yesterday", 1)])
def test_a_day_in_words(room: Desk, word: str, ago: int) -> None:
    search = search_of(f"打架 {word}", room.scene())
    assert (search.words, search.start, search.end) == ("打架", _day(room, ago), _day(room, ago - 1))


def test_a_date_is_the_last_one_that_there_was(room: Desk) -> None:
    day = room.scene().local(_day(room, 3))
    for word in (f"{day:%m-%d}", f"{day:%Y-%m-%d}", f"{day.month}月{day.day}日"):
        search = search_of(word, room.scene())
        assert (search.words, search.start, search.end) == ("", _day(room, 3), _day(room, 2)), word
    later = room.scene().local(_day(room, -2))
    assert search_of(f"{later:%m-%d}", room.scene()).end < room.scene().now


def test_a_range_and_the_last_days(room: Desk) -> None:
    scene = room.scene()
    assert search_of("前天..昨天", scene).start == _day(room, 2)
    assert search_of("前天..昨天", scene).end == _day(room, 0)
    assert search_of("昨天..", scene).end == LAST_MS
    assert search_of("7d", scene).start == _day(room, 6)
    assert search_of("近7天", scene).start == _day(room, 6)


@pytest.mark.parametrize("word", ["3-5", "13-45", "胜利路", "0142", "..", "u=99", "2207", "0d"])
def test_what_is_no_day_and_no_unit_is_a_word(room: Desk, word: str) -> None:
    search = search_of(word, room.scene())
    assert (search.words, search.dated, search.unit) == (word, False, "")


def test_a_unit_finds_the_slips_it_was_sent_to(room: Desk) -> None:
    search = search_of("u=7", room.scene())
    assert search.unit == "07"
    found = find("u=7", room.scene())
    board = room.scene().board
    sent = {n for n, i in board.incidents.items() if any(a.unit == "07" for a in i.assignments)}
    assert {int(f.subject.id) for f in found if f.subject} == sent


def test_filed_slips_stand_behind_those_on_the_board_and_none_twice(room: Desk) -> None:
    scene = room.scene()
    live = scene.board.incidents[142]
    before = scene.now - 86_400_000
    filed = Incident(9, live.type, 3, live.place, before, before, before)
    subjects = [f.subject for f in find("打架", scene, 50, [filed, live])]
    found = [int(s.id) for s in subjects if s is not None and s.kind is SubjectKind.INCIDENT]
    assert found[-1] == 9
    assert len(found) == len(set(found))
