"""Rough visitors: whatever they do they are put out with a code, it is noted, and nobody else feels anything."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.raw import Raw, raw
from tests.support.room import CROSSING, LI, WANG
from tests.support.serving import Serving, serving
from tests.support.talking import hello
from tests.support.waiting import PATIENCE_S, until
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import NotSent
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Duty
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.codec import encode_command, encode_entry
from zz110_tui.wire.session import Limits

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


def submit(n: int, command: c.Command, command_id: str = "") -> str:
    body = encode_command(command).decode()
    return f'{{"k":"submit","n":{n},"id":"{command_id or n}","seen":null,"command":{body}}}'


async def the_room_goes_on(served: Serving) -> None:
    """A desk that behaves is served while the other one is still there. On a busy machine it may be late itself, where
    the limits are short: then it knocks again."""
    async with asyncio.timeout(PATIENCE_S):
        link = None
        while link is None:
            with contextlib.suppress(Trouble):
                link = await served.link(WANG)
        assert (await link.submit(FIGHT)).accepted
        await link.close()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", "garbage"),
        ("[" * 50_000, "garbage"),
        ('{"k":"submit","n":1}', "garbage"),
        (b"\xff\xfe", "garbage"),
        ('{"k":"facts","entries":[{}]}', "garbage"),
        (hello(), "out_of_order"),
    ],
)
async def test_nonsense_ends_the_link_with_its_code(tmp_path: Path, message: str | bytes, code: str) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say(message)
        assert await page.last() == (code, 1008)
        await the_room_goes_on(served)
        await until(lambda: code in served.notes.codes("ended"))


async def test_a_million_fields_are_refused_quickly(tmp_path: Path) -> None:
    fields = ",".join(f'"f{n}":0' for n in range(1_000_000))
    message = f'{{"k":"submit","n":1,"id":"a","seen":null,"command":{{"do":"add_note","d":{{{fields}}}}}}}'
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say(message)
        assert (await page.last())[1] == 1009, "too large to be looked at"
    async with serving(tmp_path, limits=Limits(frame_bytes=32 << 20)) as served, raw(served.path) as page:
        await page.enter()
        await page.say(message)
        assert await page.last() == ("garbage", 1008)
        await the_room_goes_on(served)


async def test_an_oversized_message_is_noted(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say("x" * (2 << 20))
        assert await page.last() == ("", 1009)
        await until(lambda: any(event == "oversize" for event, _ in served.notes.all))
        await the_room_goes_on(served)


async def test_an_oversized_hello_is_refused(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.say(hello(person="x" * 30) + " " * 20_000)
        assert await page.last() == ("oversize", 1009)


async def test_versions_that_do_not_meet_part_in_words(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        bye = await page.enter(speaks=(7, 9))
        assert (bye["k"], bye["code"]) == ("bye", "versions")
        assert "7-9" in bye["zh"]
        assert "7-9" in bye["en"]


QUICK = Limits(hello_ms=200)


async def test_whoever_drips_his_handshake_is_cut(tmp_path: Path) -> None:
    async with serving(tmp_path, limits=QUICK) as served:
        reader, writer = await asyncio.open_unix_connection(str(served.path))
        writer.write(b"GET /link HTTP/1.1\r\nHost: ")
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""
        writer.close()
        await the_room_goes_on(served)


async def test_whoever_opens_and_says_nothing_is_put_out(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.server.settings = replace(served.server.settings, limits=QUICK)  # not for the handshake before it
        async with raw(served.path) as page, asyncio.timeout(PATIENCE_S):
            assert await page.last() == ("late_hello", 1008)


async def test_whoever_falls_silent_is_put_out(tmp_path: Path) -> None:
    async with serving(tmp_path, limits=Limits(beat_ms=50, silent_ms=300)) as served, raw(served.path) as page:
        await page.enter()
        async with asyncio.timeout(PATIENCE_S):
            assert await page.last() == ("silent", 1008)


async def test_a_crowd_of_strangers_leaves_room_for_those_who_are_known(tmp_path: Path) -> None:
    async with serving(tmp_path, strangers=4) as served:
        inside = await served.link()
        crowd = [await asyncio.open_unix_connection(str(served.path)) for _ in range(12)]
        ends = [asyncio.create_task(reader.read()) for reader, _ in crowd]
        await until(lambda: sum(end.done() for end in ends) == 8)
        assert (await inside.submit(FIGHT)).accepted
        for _, writer in crowd:
            writer.close()
        await asyncio.gather(*ends)
        await until(lambda: served.server.strangers == 0)
        await the_room_goes_on(served)


async def test_a_flood_is_slowed_and_gets_all_its_answers(tmp_path: Path) -> None:
    limits = Limits(frames_per_s=50, burst=20, in_flight=1_000)
    async with serving(tmp_path, limits=limits) as served, raw(served.path) as page:
        await page.enter()
        loop = asyncio.get_running_loop()
        began = loop.time()
        for n in range(1, 61):
            await page.say(submit(n, c.OpenDesk(Duty.DISPATCH)))
        heard = 0
        while heard < 60:
            heard += (await page.hear())["k"] == "answer"
        assert loop.time() - began > 0.5, "sixty frames at fifty a second, twenty of them at once"


async def test_nobody_waits_for_a_flood(tmp_path: Path) -> None:
    """What is above the burst takes eight minutes; the others are served meanwhile."""
    limits = Limits(frames_per_s=1, burst=20, in_flight=1_000)
    async with serving(tmp_path, limits=limits) as served, raw(served.path) as page:
        await page.enter()
        for n in range(1, 501):
            await page.say(submit(n, c.OpenDesk(Duty.DISPATCH)))
        assert (await page.hear())["k"] == "answer"
        await the_room_goes_on(served)


async def test_more_commands_at_once_than_agreed_end_the_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*_: object) -> None:
        """Nothing is ever heard of a command."""

    async with serving(tmp_path, limits=Limits(in_flight=3)) as served, raw(served.path) as page:
        monkeypatch.setattr(served.engine, "hand_in", stuck)
        await page.enter()
        for n in range(1, 5):
            await page.say(submit(n, FIGHT))
        assert await page.last() == ("too_many_waiting", 1008)


async def test_text_that_steers_terminals_is_harmless_in_the_journal(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter(person="\x1b[31m红")
        await page.say(submit(1, FIGHT))
        await page.say(submit(2, c.AddNote(1, "\x1b]0;x\x07a\u202eb")))
        for _ in range(2):
            assert (await page.hear())["refusal"] is None
        last = list(served.room.journal.read())[-1]
        assert last.actor.person == "␛[31m红"
        assert last.fact.text == "␛]0;x␇a‹U+202E›b"  # type: ignore[union-attr]


async def stuffed(served: Serving, page: Raw, incident: int = 1) -> None:
    """Facts until the desk that does not read is dropped."""
    link = await served.link(WANG)
    feed = await link.join()
    replica = Replica(feed.image)
    for _ in range(400):
        await link.submit(c.AddNote(incident, "字" * 900))
        replica.apply(feed.take())
        if any(event == "too_slow" for event, _ in served.notes.all):
            break
    assert replica.position == served.engine.board.position, "the desk that reads has everything"
    await link.close()


async def test_a_desk_that_does_not_read_is_dropped_and_holds_nobody_up(tmp_path: Path) -> None:
    async with serving(tmp_path, backlog=64 << 10) as served:
        await (await served.link()).submit(FIGHT)
        async with raw(served.path, max_queue=1) as page:
            await page.enter()
            await page.say('{"k":"join"}')
            await until(lambda: served.server.followers == 1)
            page.socket.transport.pause_reading()
            async with asyncio.timeout(PATIENCE_S):
                await stuffed(served, page)
            assert any(event == "too_slow" for event, _ in served.notes.all)
            await until(lambda: served.server.followers == 0)
            page.socket.transport.resume_reading()
            code, _ = await page.last()
            assert code in ("too_slow", ""), "told, if it takes it in within a second; cut anyway"


async def test_a_desk_that_takes_in_nothing_for_long_is_cut(tmp_path: Path) -> None:
    """However little waits for it: what does not move for that long is no link."""
    async with serving(tmp_path, stalled_ms=300) as served:
        link = await served.link()
        await link.submit(FIGHT)
        async with raw(served.path, max_queue=1) as page:
            await page.enter()
            await page.say('{"k":"join"}')
            await until(lambda: served.server.followers == 1)
            page.socket.transport.pause_reading()
            for _ in range(150):
                await link.submit(c.AddNote(1, "字" * 900))
            await until(lambda: served.server.followers == 0)


async def test_facts_go_out_before_the_answer_to_the_command_that_made_them(tmp_path: Path) -> None:
    async with serving(tmp_path) as served, raw(served.path) as page:
        await page.enter()
        await page.say('{"k":"join"}')
        assert (await page.hear())["k"] == "image"
        await until(lambda: served.server.followers == 1)
        for n in range(1, 6):
            await page.say(submit(n, FIGHT))
            facts, answer = await page.hear(), await page.hear()
            assert (facts["k"], answer["k"]) == ("facts", "answer")
            assert facts["entries"] == answer["entries"]


async def test_a_frame_for_everybody_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(entry: Entry) -> bytes:
        made.append(entry.position)
        return encode_entry(entry)

    async with serving(tmp_path) as served:
        monkeypatch.setattr("zz110_tui.store.batch.encode_entry", counted)
        links = [await served.link(LI) for _ in range(10)]
        feeds = [await link.join() for link in links]
        answer = await links[0].submit(FIGHT)
        for feed in feeds:
            async for batch in feed:
                assert batch == answer.entries
                break
        assert made == [entry.position for entry in answer.entries]


async def test_nothing_personal_is_in_the_notes(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        link = await served.link()
        await link.submit(c.OpenIncident("fight", CROSSING, text="两人持刀", caller="陈某", contact="13912342207"))
        await link.submit(c.Dispatch(9, ("陈某",)))
        await link.close()
        await until(lambda: served.server.desks == 0)
        told = json.dumps(served.notes.all, ensure_ascii=False)
        assert "陈某" not in told
        assert "13912342207" not in told
        (refused,) = [values for event, values in served.notes.all if event == "refused"]
        account = served.notes.all[0][1]["account"]
        assert refused == {
            "account": account,
            "desk": "03",
            "duty": "dispatch",
            "command": "dispatch",
            "code": "no_such_incident",
        }


async def test_a_bug_while_a_desk_is_brought_up_to_date_ends_its_link_and_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(tmp_path) as served:
        link = await served.link()
        image, failed = served.server.room.image, asyncio.Event()

        async def broken() -> object:
            failed.set()
            monkeypatch.setattr(served.server.room, "image", image)
            raise ZeroDivisionError

        monkeypatch.setattr(served.server.room, "image", broken)
        with pytest.raises(NotSent) as told:
            await link.join()
        assert failed.is_set()
        assert "internal error" in str(told.value)
        await until(lambda: link.state.connected)
        assert (await link.join()).image.units
