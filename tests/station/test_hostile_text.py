"""Text from outside in every field, on every view: it neither steers the terminal nor is markup nor breaks a line."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from tests.station.harmless import DANGEROUS, hold_harmless
from tests.station.stage import SMALL, WIDE, Stage, stage
from tests.station.test_every_key_everywhere import opened
from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import SubjectKind, of_incident, of_unit
from zz110_tui.core.commands_seats import HandOver
from zz110_tui.core.incidents import AssignmentStage, Channel
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.places import Place, point
from zz110_tui.core.roster import Squad
from zz110_tui.core.supports import SupportKind
from zz110_tui.core.units import UnitStatus
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.term.filters import Gate
from zz110_tui.station.ui import Page

HERE = point(117.652, 24.513)
LONGEST = 300


def _texts(shared_data: Callable[[str], Path]) -> list[str]:
    strings = json.loads(shared_data("vectors/security_text.json").read_text("utf-8"))["strings"]
    assert len(strings) > 10
    return [item["text"] for item in strings]


async def _fill(desk: Stage, text: str) -> None:
    """The text in every field that anybody can write to: of calls, slips, units, and of matters of every kind."""
    text = text[:LONGEST]
    place = Place(text, HERE, "G05", "F7")
    await desk.other.submit(c.ReceiveReport(Channel.PHONE, text, text, place, text, text))
    await desk.other.submit(c.OpenIncident("fight", place, text=text, caller=text, contact=text))
    board = desk.core.engine.board
    number = max(board.incidents)
    warrant = Warrant(text[:60], text[:60], text[:20], desk.desk.now + 86_400_000)
    commands: tuple[c.Command, ...] = (
        c.Hold(number, reason=text),
        c.Release(number),
        c.Dispatch(number, ("01",), AssignmentStage.ON_SCENE),
        c.AddNote(number, text, unit="01"),
        c.SetStatus(("09",), UnitStatus.OUT_OF_SERVICE, text),
        c.Clear(number, disposition="mediated", text=text),
        c.MakeAvailable(("09",), text),
        m.SendMessage(text, ("03",), ("03",), incident=number),
        m.IssueOrder(OrderKind.PATROL_CHECK, ("03", "04"), text, place),
        m.PushWarning(1, About.PLACE, "03", warrant, text, place),
        m.AskSupport(SupportKind.VIDEO, text, text, place),
        m.PutOutBolo(About.VEHICLE, warrant, text, place),
        m.OpenLedger(LedgerKind.DISPUTE, text, place),
        m.SetSquad(Squad(text[:20], ("05",))),
        HandOver("", text),
    )
    for command in commands:
        await desk.other.submit(command)


async def _filled(desk: Stage, texts: list[str]) -> None:
    for text in texts:
        await _fill(desk, text)
    await desk.do(c.OpenIncident("fight", Place(texts[0], HERE), text=texts[0]))
    board = desk.core.engine.board
    assert len(board.incidents) == len(texts) + 1
    kinds = {subject.kind for subject in board.matters}
    assert {SubjectKind.MESSAGE, SubjectKind.ORDER, SubjectKind.WARNING, SubjectKind.SUPPORT} <= kinds
    assert {SubjectKind.BOLO, SubjectKind.LEDGER, SubjectKind.ROSTER} <= kinds
    await desk.settle()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_hostile_text_is_harmless_on_every_view(
    size: tuple[int, int], shared_data: Callable[[str], Path]
) -> None:
    async with stage(size) as desk:
        texts = _texts(shared_data)
        await _filled(desk, texts)
        for number, text in enumerate(texts, 1):
            await desk.enter(f"show i={number}")
            hold_harmless(desk)
            await desk.press("escape")
            hold_harmless(desk)
            desk.app.type_text(f"find {text}")
            await desk.press("enter")
            hold_harmless(desk)
            await desk.press("escape", "escape")
            desk.app.type_text(f"nt {number} / {text}")
            await desk.settle()
            hold_harmless(desk)
            await desk.press("enter", "escape")


class Tap:
    """A terminal that keeps every character it is sent."""

    ready, busy_s, slow, thin = True, 0.0, False, False

    def __init__(self) -> None:
        self.sent: list[str] = []

    def frame(self, text: str) -> None:
        self.sent.append(text)


OWN = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\[\?[0-9;]+[hl]|[\r\n]")
"""What the desk itself writes between the letters: moves, erasing, colours, modes. No line that it draws has a CR or LF
of its own (:func:`hold_harmless`)."""


@pytest.mark.parametrize("glyphs", ["full", "ascii"])
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_no_screen_sends_the_terminal_a_character_that_acts(
    size: tuple[int, int], glyphs: str, shared_data: Callable[[str], Path]
) -> None:
    """Every screen, every matter and every alarm, down to what the driver writes."""
    async with stage(size, glyphs=glyphs) as desk:
        await _filled(desk, _texts(shared_data))
        await desk.pass_time(3_600)
        tap = Tap()
        painter = desk.app.painter
        assert painter is not None
        painter.attach(tap)
        painter.open()
        desk.app.screen.refresh(layout=True)
        subjects = (*desk.desk.board.matters, of_unit("03"), of_unit("09"), of_incident(1))
        for page in await opened(desk):
            for subject in subjects if page is Page.DETAIL else (None,):
                desk.desk.ui.selected = subject
                desk.desk.ui.open(page)
                await desk.settle()
                desk.app.on_taken()
                hold_harmless(desk)
        for kind, letter in (("warn", "w"), ("bolo", "b")):
            await desk.enter(f"s {letter}1 / {kind}")
            hold_harmless(desk)
        sent = "".join(tap.sent)
        assert len(sent) > 20_000
        rest = OWN.sub("", sent)
        assert not {f"U+{ord(x):04X}" for x in rest if unicodedata.category(x) in DANGEROUS}


async def test_what_was_sent_can_be_seen(shared_data: Callable[[str], Path]) -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="\x1b]0;PWNED\x1b\\ [/] [red]x[/red]"))
        shown = desk.text()
        assert "␛]0;PWNED" in shown
        assert "[/]" in shown
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="\u2066支援\u2069"))
        assert "‹U+2066›支援" in desk.text()


def test_the_gate_lets_nothing_through_that_a_view_forgot_to_clean(shared_data: Callable[[str], Path]) -> None:
    for text in [*_texts(shared_data), "".join(map(chr, range(0x20))), "\x7f\x80\x9f\u202e\u200b\u2028\ufeff"]:
        for tier in Tier:
            out = Gate(tier).apply([Segment(text)], Color(0, 0, 0))
            assert not [x for x in out[0].text if unicodedata.category(x) in DANGEROUS]
            assert out[0].cell_length == Segment(text).cell_length, "a line keeps its width"


def test_no_widget_reads_markup_from_data() -> None:
    """Rows become segments directly; nothing in the room calls for markup."""
    for path in Path(__file__).parents[2].joinpath("zz110_tui", "station").rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"markup=True|from_markup|Text\.from_ansi|\.notify\(", source), path
