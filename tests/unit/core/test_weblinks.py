"""Which addresses of photographs and streams are kept, on what, and that nothing else ever passes for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.room import WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.commands_intake import AttachLink
from zz110_tui.core.incidents import Channel
from zz110_tui.core.weblinks import LONGEST, MOST_LINKS, is_web_link

PHOTO = "https://media.example/7.jpg"


@pytest.mark.parametrize(
    "url",
    [
        PHOTO,
        "http://10.0.0.5:8554/cam/3?token=a%20b&x=[1]#t=3",
        "https://xn--fiqs8s.example/%E7%85%A7",
        "HTTPS://Media.Example",
    ],
)
def test_an_address_of_plain_letters_is_kept(url: str) -> None:
    assert is_web_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://media.example/7.jpg",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///7.jpg",
        "https://user:secret@media.example/",
        "https://media.example\\@evil.example/",
        "https://媒体.example/",
        "https://media.example/照片",
        "https://media.example/a b",
        "https://media.example/\x1b]8;;https://evil.example\x1b\\",
        "https://media.example/\x07",
        "https://media.example/\u202egpj.7",
        'https://media.example/"onclick',
        "https://media.example/" + "x" * LONGEST,
    ],
)
def test_nothing_else_is(url: str) -> None:
    assert not is_web_link(url)
    room = Room()
    assert room.refused(AttachLink(url, room.fight())) == "no_web_link"


@given(st.text())
def test_what_passes_has_only_visible_ascii(text: str) -> None:
    url = f"https://media.example/{text}"
    assert not is_web_link(url) or (url.isascii() and url.isprintable() and " " not in url)


def test_it_is_kept_on_the_slip_with_who_put_it_there_once() -> None:
    room = Room()
    number = room.fight()
    room.do(AttachLink(PHOTO, number, text="现场照片"), WANG)
    (link,) = room.board.incidents[number].links
    assert (link.url, link.text, link.at, link.desk) == (PHOTO, "现场照片", room.now, WANG.desk)
    assert room.do(AttachLink(PHOTO, number)) == (), "the same address again changes nothing"


def test_one_that_came_with_a_call_stays_on_the_call_until_there_is_a_slip() -> None:
    room = Room()
    room.do(c.ReceiveReport(Channel.WECHAT, text="有人打架"))
    room.do(AttachLink(PHOTO, report=1))
    assert [link.url for link in room.board.reports[1].links] == [PHOTO]
    number = room.fight()
    room.do(c.LinkReport(1, number))
    room.do(AttachLink(PHOTO + "?2", report=1))
    assert [(link.url, link.report) for link in room.board.incidents[number].links] == [(PHOTO + "?2", 1)]


def test_there_is_an_end_of_them() -> None:
    room = Room()
    number = room.fight()
    for n in range(MOST_LINKS):
        room.do(AttachLink(f"{PHOTO}?{n}", number))
    assert room.refused(AttachLink(PHOTO, number)) == "links_full"


def test_it_is_taken_back_like_any_other_step() -> None:
    room = Room()
    number = room.fight()
    room.do(AttachLink(PHOTO, number))
    room.do(c.Undo())
    assert room.board.incidents[number].links == ()
