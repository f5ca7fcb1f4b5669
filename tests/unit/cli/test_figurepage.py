"""The page of figures stands alone, says what the figures say, and nothing in it comes alive."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.room import RULES, Room
from zz110_tui.cli.figurepage import figure_page
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.plots import bars, shares
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.core.figures import figures
from zz110_tui.core.slips import SlipCollector
from zz110_tui.core.statistics import rate_of
from zz110_tui.language.scene import zone

CHINA = zone("Asia/Shanghai")
NASTY = '</text><script>alert(1)</script>"\x1b[2J'


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [str(value) for name, value in attrs if name in {"src", "href", "xlink:href", "onload"}]


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    return look_around(Invocation(config_dir=tmp_path, language="zh"))


def page_of_a_slip(around: Surroundings) -> str:
    room = Room()
    room.handled()
    collector = SlipCollector()
    slips, contacts = collector.slips(room.board), collector.contacts(room.board)
    return figure_page(figures(slips, contacts, RULES), slips, around, CHINA, None)


def test_it_needs_nothing_from_elsewhere(around: Surroundings) -> None:
    page, reader = page_of_a_slip(around), Reader()
    reader.feed(page)
    assert reader.outside == []
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert "url(" not in page
    assert reader.tags.count("svg") >= 10
    assert reader.tags.count("table") == 6


def test_it_shows_no_caller(around: Surroundings) -> None:
    assert "2207" not in page_of_a_slip(around)


def test_a_name_is_never_markup_nor_steers_a_terminal() -> None:
    for plot in (bars(NASTY, [(NASTY, 3)]), shares(NASTY, [(NASTY, rate_of(1, 2))])):
        assert "<script" not in plot
        assert "\x1b" not in plot
        assert "&lt;script&gt;" in plot


def test_a_bar_is_as_tall_as_its_value() -> None:
    heights = [
        float(tall) for tall in re.findall(r'class="bar"[^>]* height="([\d.]+)"', bars("t", [("a", 2), ("b", 8)]))
    ]
    assert heights[1] == 4 * heights[0] > 0


def test_a_share_lies_inside_its_interval() -> None:
    plot = shares("t", [("a", rate_of(93, 100)), ("none", rate_of(0, 0))])
    left, right = (
        float(re.findall(rf'{end}="([\d.]+)" y[12]="[\d.]+" (?:x2|class="span")', plot)[-1]) for end in ("x1", "x2")
    )
    (middle,) = (float(x) for x in re.findall(r'cx="([\d.]+)"', plot))
    assert left < middle < right
    assert "93.00 %" in plot
    assert "none" not in plot
