"""Stores with a past, and pasts that answer as a test wants."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.room import Room
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, SlipsFiled
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.open import open_journal
from zz110_tui.wire.asking import Page, Question

NUMBER = "13912342207"


def lived(slips: int) -> Room:
    """Handled slips, one every ten minutes, each called in by somebody; all but the last two have left the board."""
    room = Room()
    for _ in range(slips):
        number = room.handled()
        room.do(c.FeedBack(number))
        room.do(c.CallBack(number, satisfied=True))
        room.do(c.CloseIncident(number))
        room.now += 600_000
    board = room.board
    over = sorted(i.number for i in board.incidents.values() if i.stage is IncidentStage.CLOSED)[:-2]
    reports = tuple(n for i in over for n in board.incidents[i].reports)
    entry = Entry(board.position + 1, room.now, SYSTEM, "", SlipsFiled(tuple(over), reports))
    evolve(board, entry)
    room.journal.append(entry)
    return room


def stored(room: Room, folder: Path) -> Path:
    path = folder / "room.zz110"
    journal = open_journal(path, "drill")
    journal.append(room.journal)
    journal.close()
    return path


class Told:
    """Answers every question with the same page; keeps the questions. ``held`` is waited for before an answer."""

    def __init__(self, page: Page | Trouble | None = None) -> None:
        self.page = page or Page((b"1",))
        self.asked: list[Question] = []
        self.held: asyncio.Event | None = None

    async def answer(self, question: Question) -> Page:
        self.asked.append(question)
        if self.held is not None:
            await self.held.wait()
        if isinstance(self.page, Trouble):
            raise self.page
        return self.page

    async def close(self) -> None:
        pass
