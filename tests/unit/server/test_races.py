"""Two desks at one board, at the same moment: one wins, the other is told by whom, and nothing is done by halves.

Over the real socket. A system of the trade that was measured let 39 of 100 double bookings and 36 of 50 closings
through, and let the later of two people overwrite the earlier in silence.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.support.room import CROSSING, LI, WANG
from tests.support.serving import Serving, serving
from zz110_tui.client.remote import RemoteLink
from zz110_tui.client.states import EntryRefused
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.desks import Duty
from zz110_tui.core.facts import IncidentOpened
from zz110_tui.core.incidents import AssignmentStage, IncidentStage
from zz110_tui.server.people import Door, Person, Visitor
from zz110_tui.store.open import open_journal

RACES = 100
CLOSINGS = 50
FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


async def opened(link: RemoteLink) -> int:
    answer = await link.submit(FIGHT)
    return next(entry.fact.incident for entry in answer.entries if isinstance(entry.fact, IncidentOpened))


async def both_at_once(first: tuple[RemoteLink, c.Command], second: tuple[RemoteLink, c.Command]) -> list[Answer]:
    return list(await asyncio.gather(*(link.submit(command) for link, command in (first, second))))


async def room_of_two(served: Serving) -> tuple[RemoteLink, RemoteLink]:
    return await served.link(LI), await served.link(WANG)


async def test_one_unit_sent_to_two_incidents_at_once_is_on_one(tmp_path: Path) -> None:
    chance = random.Random(110)
    journal = open_journal(tmp_path / "store.zz110", "drill")
    async with serving(tmp_path, journal) as served:
        desks = await room_of_two(served)
        winners = set()
        for _ in range(RACES):
            numbers = [await opened(desks[0]), await opened(desks[1])]
            order = list(zip(desks, numbers, strict=True))
            chance.shuffle(order)
            answers = await both_at_once(*((link, c.Dispatch(number, ("01",))) for link, number in order))
            assert sorted(answer.accepted for answer in answers) == [False, True]
            on = [n for n in numbers if served.engine.board.incidents[n].assignments]
            assert len(on) == 1, "one unit, one incident"
            assert served.engine.board.units["01"].incidents == tuple(on)
            (no,) = [answer.refusal for answer in answers if answer.refusal is not None]
            winner = next(link.actor for link, n in order if n == on[0])
            winners.add(winner.person)
            assert no.code == "unit_busy"
            for language in ("zh", "en"):
                assert f"{winner.desk} {winner.person}" in no.sentence(language), "by whom"
                assert no.remedy(language), "what else to do"
            await desks[0].submit(c.MakeAvailable(("01",)))
        assert len(winners) == 2, "either may win"
    journal.close()


async def test_an_incident_that_is_closed_while_a_unit_is_sent_to_it_has_no_unit_on_it(tmp_path: Path) -> None:
    chance = random.Random(110)
    journal = open_journal(tmp_path / "store.zz110", "drill")
    async with serving(tmp_path, journal) as served:
        li, wang = await room_of_two(served)
        ends = set()
        for _ in range(CLOSINGS):
            number = await opened(li)
            await li.submit(c.Dispatch(number, ("02",)))
            await li.submit(c.Advance(("02",), AssignmentStage.ON_SCENE))
            await li.submit(c.Clear(number, disposition="mediated"))
            await li.submit(c.FeedBack(number))
            order: list[tuple[RemoteLink, c.Command]] = [
                (li, c.CloseIncident(number)),
                (wang, c.Dispatch(number, ("01",))),
            ]
            chance.shuffle(order)
            await both_at_once(*order)
            incident = served.engine.board.incidents[number]
            at_it = served.engine.board.units["01"].incidents
            assert not (incident.stage is IncidentStage.CLOSED and number in at_it), "closed, with a unit on it"
            ends.add(incident.stage)
            await wang.submit(c.MakeAvailable(("01",)))
        assert IncidentStage.CLOSED in ends
    journal.close()


async def test_whoever_edits_what_another_has_just_edited_is_refused_and_shown_the_difference(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        li, wang = await room_of_two(served)
        number = await opened(li)
        seen = served.engine.board.position
        edits = (
            li.submit(c.AmendIncident(number, text="一人持刀"), seen=seen),
            wang.submit(c.AmendIncident(number, text="三人持棍"), seen=seen),
        )
        answers = await asyncio.gather(*edits)
        (won,) = [answer for answer in answers if answer.accepted]
        (no,) = [answer.refusal for answer in answers if answer.refusal is not None]
        by, text = won.entries[0].actor, served.engine.board.incidents[number].text
        assert text in ("一人持刀", "三人持棍"), "one of them whole"
        for language in ("zh", "en"):
            said = no.sentence(language)
            assert by.person in said
            assert text in said, "what it is now"


class Listed:
    """A list of users on which everybody is a dispatcher."""

    def find(self, account: str) -> Person:
        return Person(account, account, (Duty.DISPATCH,))


async def test_one_account_that_opens_link_after_link_does_not_lock_the_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes = ["greedy"]
    monkeypatch.setattr("zz110_tui.server.serving.at_socket", lambda _: Visitor("socket", "pid 1", comes[0]))
    async with serving(tmp_path, door=Door(Listed()), links_per_person=20, desks=30) as served:
        refused = []
        for _ in range(160):
            try:
                await served.link()
            except EntryRefused as no:
                refused.append(no.goodbye.code)
        assert refused == ["too_many_links"] * 140
        assert served.server.desks == 20
        assert served.notes.codes("refused_entry") == refused
        comes[0] = "modest"
        others = [await served.link(WANG) for _ in range(10)]
        assert (await others[-1].submit(FIGHT)).accepted
