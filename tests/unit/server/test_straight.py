"""Messages go straight from the socket into the session: in the order in which they came, however they came."""

from __future__ import annotations

from pathlib import Path

from tests.support.raw import Raw, raw
from tests.support.room import CROSSING, WANG
from tests.support.serving import serving
from tests.support.waiting import until
from tests.unit.server.test_rough import submit
from zz110_tui.core import commands as c
from zz110_tui.core.facts import NoteAdded
from zz110_tui.wire.session import Limits

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


async def answered(page: Raw, count: int) -> list[int]:
    """The numbers of the next answers, beats passed over."""
    numbers: list[int] = []
    while len(numbers) < count:
        frame = await page.hear()
        if frame["k"] == "answer":
            numbers.append(frame["n"])
    return numbers


async def test_whole_messages_and_pieces_are_taken_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say(submit(1, FIGHT))
        for n in range(2, 30):
            message = submit(n, c.AddNote(1, f"第{n}句"))
            if n % 3:
                await page.say(message)
            else:
                await page.socket.send([message[:20], message[20:40], message[40:]])
        assert await answered(page, 29) == list(range(1, 30))
        told = [entry.fact.text for entry in served.room.journal.read() if isinstance(entry.fact, NoteAdded)]
        assert told == [f"第{n}句" for n in range(2, 30)]


async def test_what_waits_for_its_turn_keeps_its_place(tmp_path: Path) -> None:
    """A desk that sends faster than it may: some messages are taken at once, the others wait, all stay in order."""
    async with serving(tmp_path, limits=Limits(frames_per_s=100, burst=5)) as served, raw(served.path) as page:
        await page.enter()
        await page.say(submit(1, FIGHT))
        for n in range(2, 40):
            await page.say(submit(n, c.AddNote(1, f"第{n}句")))
        assert await answered(page, 39) == list(range(1, 40))


async def test_a_text_message_that_is_no_text_ends_the_link_in_the_librarys_way(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.socket.send(b'{"k":"beat","now":\xff}', text=True)
        assert await page.last() == ("", 1007)
        await until(lambda: served.server.desks == 0)
        link = await served.link(WANG)
        assert (await link.submit(FIGHT)).accepted
        await link.close()
