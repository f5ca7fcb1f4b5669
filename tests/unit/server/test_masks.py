"""No desk is sent who called: data are masked before they leave the core, and unmasking answers in clear."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

from tests.support.badline import BadLine
from tests.support.raw import Raw, raw
from tests.support.room import CROSSING, LI, NOON, WANG
from tests.support.serving import follow, serving
from tests.support.waiting import until
from zz110_tui.client.local import LocalLink
from zz110_tui.client.remote import USUAL, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.desks import Duty
from zz110_tui.core.duplicates import Call, Sign, likely
from zz110_tui.wire.codec import encode_command

NAME, NUMBER = "陈小明", "13912342207"
CALL = c.OpenIncident("fight", CROSSING, text="两人持刀", caller=NAME, contact=NUMBER)


def shows(said: str) -> bool:
    """Whether the caller's data stand anywhere in what was said."""
    return NAME in said or NUMBER in said


async def say(page: Raw, n: int, command: c.Command) -> list[str]:
    """Send a command; what is heard up to its answer."""
    await page.say(f'{{"k":"submit","n":{n},"id":"raw.{n}","seen":null,"command":{encode_command(command).decode()}}}')
    heard = [await page.hear()]
    while heard[-1]["k"] != "answer":
        heard.append(await page.hear())
    return [json.dumps(frame, ensure_ascii=False) for frame in heard]


async def board_of(page: Raw) -> str:
    """Join, and unpack the board that comes."""
    await page.say('{"k":"join"}')
    assert (await page.hear())["k"] == "image"
    packed = await page.socket.recv()
    assert isinstance(packed, bytes)
    return zlib.decompress(packed).decode()


async def test_callers_are_masked_in_facts_answers_and_boards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.server.room.IMAGE_GOOD_FOR", 0)
    async with serving(tmp_path) as served, raw(served.path) as page, raw(served.path) as late:
        await page.enter()
        await board_of(page)
        heard = await say(page, 1, CALL)
        assert "report_received" in heard[0]
        assert "139****2207" in heard[0]
        assert "陈**" in heard[1]
        heard += await say(page, 2, c.AmendIncident(1, priority=1))
        heard += await say(page, 3, c.Undo())
        assert "step_undone" in heard[-1]
        await late.enter(desk="05", duty=Duty.AUDIT)
        board = await board_of(late)
        assert "139****2207" in board
        assert not any(map(shows, (*heard, board)))
        assert served.engine.board.reports[1].contact == NUMBER, "the core itself knows"


async def test_a_desk_that_missed_a_call_is_sent_it_masked_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        line = BadLine(served.path)
        link = await RemoteLink.connect(line.dial, LI, USUAL)
        feed = await link.join()
        replica = Replica(feed.image)
        other = await served.link(WANG)
        await other.submit(CALL)
        await until(lambda: follow(replica, feed) == served.engine.board.position)
        line.unplugged = True
        await line.cut()
        await other.submit(CALL)
        line.unplugged = False
        await until(lambda: follow(replica, feed) == served.engine.board.position)
        assert not feed.lagged, "resumed by position and hash, though it never saw the bytes that were hashed"
        assert [report.contact for report in replica.board.reports.values()] == ["139****2207"] * 2
        assert '"resumed"' in "".join(line.heard)
        assert not any(map(shows, line.heard))
        await link.close()


async def test_unmasking_answers_the_desk_that_asked_and_nobody_else(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter(desk="05")
        await board_of(page)
        asking = await served.link(LI)
        await asking.submit(CALL)
        answer = await asking.submit(cs.Unmask(1, "回拨核实地址"), command_id="look-1")
        (told,) = answer.told
        assert (told.report, told.caller, told.contact) == (1, NAME, NUMBER)
        assert (await asking.submit(cs.Unmask(1, "回拨核实地址"), command_id="look-1")).told == answer.told
        await asking.submit(c.AddNote(1, "完"))
        heard = [await page.hear()]
        while "完" not in json.dumps(heard[-1], ensure_ascii=False):
            heard.append(await page.hear())
        said = json.dumps(heard, ensure_ascii=False)
        assert "data_unmasked" in said, "everybody hears that somebody looked"
        assert not shows(said)


async def test_an_auditor_is_told_nothing_when_he_asks(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await (await served.link(LI)).submit(CALL)
        await page.enter(desk="05", duty=Duty.AUDIT)
        (answer,) = await say(page, 1, cs.Unmask(1, "好奇"))
        assert "not_yours_to_do" in answer
        assert not shows(answer)


async def test_a_core_in_the_same_process_answers_alike(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = LocalLink(served.engine, LI)
        await link.submit(CALL)
        assert (await link.submit(c.AddNote(1, "向南"))).told == ()
        assert [one.contact for one in (await link.submit(cs.Unmask(1, "回拨"))).told] == [NUMBER]


async def test_the_same_caller_is_known_again_among_masked_ones(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = await served.link(LI)
        await link.submit(CALL)
        board = Replica((await link.join()).image).board
        for number, known in ((NUMBER, True), ("13912342208", False)):
            (one,) = likely(board, Call(NOON, CROSSING, "fight", "两人持刀", number), served.engine.rules)
            assert (Sign.NUMBER in [reason.sign for reason in one.reasons]) is known
