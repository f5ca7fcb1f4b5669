"""What a terminal shows after the diff is what should be seen: seeded random screens, against a terminal emulator."""

from __future__ import annotations

import random

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.support.emulated import emulator, seen_rows
from zz110_tui.station.term.appearance import Looks
from zz110_tui.station.term.moves import NOWHERE, move
from zz110_tui.station.term.shadow import Shadow, is_sure

STYLES = [
    Style(),
    Style.parse("bold"),
    Style.parse("dim red"),
    Style.parse("bold red on blue"),
    Style.parse("color(120) on color(17)"),
    Style.parse("#102030 on #a0b0c0 underline"),
    Style.parse("reverse"),
    Style.parse("italic strike on color(17)"),
    Style.parse("on color(17)"),
]
LETTERS = "ab 09  .中文警情—…⠿⣀─é"
SIZES = ((40, 8), (17, 5), (80, 24), (2, 2), (1, 1))


def some_segments(chance: random.Random, most: int) -> list[Segment]:
    return [
        Segment("".join(chance.choices(LETTERS, k=chance.randint(1, 9))), chance.choice(STYLES))
        for _ in range(chance.randint(1, most))
    ]


@pytest.mark.parametrize("erases", [False, True])
@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_after_each_frame_the_terminal_shows_what_should_be_seen(seed: int, partial: bool, erases: bool) -> None:
    chance = random.Random(seed)
    shadow = Shadow(Looks(partial=partial), erases=erases)
    width, height = chance.choice(SIZES)
    shadow.resize(width, height)
    screen, stream = emulator(width, height)
    for _ in range(40):
        if chance.random() < 0.08:
            width, height = chance.choice(SIZES)
            shadow.resize(width, height)
            screen.resize(height, width)
        elif chance.random() < 0.05:
            stream.feed("\x1b[3;3Hsomething else was here\x1b[2J??")
            shadow.forget()
        for _ in range(chance.randint(0, 6)):
            shadow.put(chance.randrange(width), chance.randrange(height), some_segments(chance, 4))
        cursor = (chance.randrange(width), chance.randrange(height))
        if chance.random() < 0.3:
            for _ in range(height):
                stream.feed(shadow.frame(cursor, most=20))
        else:
            stream.feed(shadow.frame(cursor))
        assert seen_rows(screen) == expected(shadow), f"seed {seed}"
        assert (screen.cursor.x, screen.cursor.y) == cursor
        assert shadow.frame(cursor) == "", "nothing changed, nothing is sent"


def expected(shadow: Shadow) -> list[list[tuple[str, str, str, frozenset[str]]]]:
    """The same screen written whole, every cell with its whole look."""
    looks = shadow._looks
    screen, stream = emulator(shadow.width, shadow.height)
    for y, row in enumerate(shadow._wanted):
        for x, (letter, look) in enumerate(row):
            if letter:
                stream.feed(
                    f"\x1b[{y + 1};{x + 1}H\x1b[m{Looks._change(looks, looks._looks[0], looks._looks[look])}{letter}"
                )
    return seen_rows(screen)


def test_a_wide_letter_is_never_left_in_half() -> None:
    shadow = Shadow()
    shadow.resize(6, 1)
    screen, stream = emulator(6, 1)
    for x, text in ((0, "警情了"), (1, "ab"), (0, "警"), (3, "中"), (5, "中"), (4, "文"), (2, "x")):
        shadow.put(x, 0, [Segment(text)])
        stream.feed(shadow.frame())
        assert "".join(screen.buffer[0][n].data for n in range(6)) == shadow.wanted()[0].replace("\x00", "")
        row = shadow._wanted[0]
        for n, (letter, _) in enumerate(row):
            if not letter:
                assert n > 0
                assert row[n - 1][0] not in ("", " ")


def test_one_changed_cell_costs_a_few_bytes() -> None:
    shadow = Shadow()
    shadow.resize(160, 50)
    for y in range(50):
        shadow.put(0, y, [Segment("巡逻 " * 32, STYLES[4])])
    shadow.frame((10, 48))
    shadow.put(104, 20, [Segment("7", STYLES[4])])
    assert len(shadow.frame((10, 48))) <= len("\x1b[21;105H") + len("7") + len("\x1b[49;11H")


def test_behind_a_letter_that_terminals_differ_about_the_next_place_is_absolute() -> None:
    shadow = Shadow()
    shadow.resize(20, 1)
    shadow.put(0, 0, [Segment("a─b")])
    frame = shadow.frame((0, 0))
    assert not is_sure("─")
    assert "─\x1b[1;3Hb" in frame


def test_moves_are_short_and_right() -> None:
    screen, stream = emulator(200, 60)
    chance = random.Random(1)
    at = (0, 0)
    for _ in range(400):
        to = (chance.randrange(200), chance.randrange(60))
        way = move(at, to)
        assert len(way) <= len(f"\x1b[{to[1] + 1};{to[0] + 1}H")
        stream.feed(way)
        assert (screen.cursor.x, screen.cursor.y) == to
        at = to
    assert move(NOWHERE, (0, 0)) == "\x1b[H"


def test_a_link_is_carried_only_where_it_is_plain_letters() -> None:
    looks = Looks()
    good = looks.number(Style(link="https://camera.example/7"))
    assert looks.change(0, good) == "\x1b]8;;https://camera.example/7\x1b\\"
    assert looks.change(good, 0) == "\x1b]8;;\x1b\\"
    for bad in ("https://x/\x1b]0;title\x07", "https://x/\u202e"):
        assert looks.number(Style(link=bad)) == 0
    assert Looks(links=False).number(Style(link="https://camera.example/7")) == 0
