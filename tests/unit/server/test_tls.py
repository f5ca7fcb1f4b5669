"""Desks on other machines: a ticket for a password over HTTPS, then the socket; nothing in a URL, failures kept."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.room import CROSSING
from tests.support.serving import follow
from tests.support.talking import hello
from tests.support.tlsroom import ACTOR, CERTIFICATE, PASSWORD, Room, answers, serving_tls
from tests.support.waiting import PATIENCE_S, until
from zz110_tui.client.login import Login, Where, over_tls, where
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import EntryRefused
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.counter import FAILURES_OF_ONE
from zz110_tui.server.tickets import Tickets
from zz110_tui.server.totp import new_secret
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.wire.session import Limits

FIGHT = c.OpenIncident("fight", CROSSING)


def basic(account: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{account}:{password}".encode()).decode()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with serving_tls(tmp_path) as made:
        yield made


async def refused(room: Room, login: Login) -> str:
    with pytest.raises(EntryRefused) as no:
        await room.link(login)
    assert not no.value.goodbye.again
    return no.value.goodbye.code


async def test_a_password_opens_a_desk_and_the_record_says_who(room: Room) -> None:
    link = await room.link(actor=Actor("冒名", "03", Duty.DISPATCH, "keyboard"))
    assert link.actor.person == "李警官"
    feed = await link.join()
    answer = await link.submit(FIGHT)
    assert answer.entries[0].actor.person == "李警官"
    replica = Replica(feed.image)
    follow(replica, feed)
    assert replica.board.image() == room.engine.board.image()
    await link.close()
    assert [tried.result for tried in room.users.tries(9)] == ["ok"]


async def test_a_one_time_code_is_asked_for_where_there_is_one(room: Room) -> None:
    link = await room.link(room.login("wang", code=room.code()))
    assert link.actor.person == "王警官"
    await link.close()
    assert [tried.result for tried in room.users.tries(9)] == ["code_wanted", "ok"]
    assert await refused(room, room.login("wang", code=room.code())) == "bad_code", "the same code again"
    assert await refused(room, room.login("wang", code="12")) == "bad_code"
    assert await refused(room, room.login("wang", code="字")) == "bad_code"
    await (await room.link(room.login("wang", code=room.code(1)))).close()


@pytest.mark.parametrize(("account", "password"), [("li", "wrong"), ("li", ""), ("nobody", PASSWORD), ("", "")])
async def test_wrong_is_wrong_whichever_half_of_it_is_and_is_kept(room: Room, account: str, password: str) -> None:
    assert await refused(room, room.login(account, password)) == "bad_login"
    (tried,) = room.users.tries(9)
    assert (tried.account, tried.result) == (account, "wrong")
    assert tried.address in ("127.0.0.1", "::1")
    assert [values["result"] for event, values in room.notes.all if event == "login"] == ["wrong"]


async def test_whoever_guesses_has_to_wait_and_others_need_not(room: Room) -> None:
    for _ in range(FAILURES_OF_ONE):
        assert await refused(room, room.login("li", "wrong")) == "bad_login"
    status, said, headers = await room.post(Authorization=basic("li", PASSWORD))
    assert (status, said) == (429, {"error": "slow_down"})
    assert int(headers["Retry-After"]) > 0
    assert await refused(room, room.login()) == "slow_down"
    await (await room.link(room.login("wang", code=room.code()))).close()


async def test_a_disabled_user_is_out_at_once_also_with_a_ticket_in_his_hand(room: Room) -> None:
    login = room.login()
    ticket = await login.ticket()
    room.users.change("li", 1, disabled=True)

    async def same() -> str:
        return ticket

    with pytest.raises(EntryRefused) as no:
        await RemoteLink.connect(over_tls(room.place), ACTOR, Options(ticket=same))
    assert no.value.goodbye.code == "unknown_person"
    assert await refused(room, room.login()) == "bad_login"
    assert await refused(room, login) == "pass_ended"


@pytest.mark.parametrize("change", [{"password": "another hash"}, {"duties": (Duty.TAKE,)}, {"totp": new_secret()}])
async def test_a_pass_ends_when_its_user_is_changed(room: Room, change: dict[str, Any]) -> None:
    login = room.login()
    await login.ticket()
    await login.ticket()
    room.users.change("li", 1, **change)
    with pytest.raises(EntryRefused) as no:
        await login.ticket()
    assert no.value.goodbye.code == "pass_ended"


async def test_whoever_is_disabled_while_he_is_in_is_put_out(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.server.serving.RECHECK_MS", 0)
    link, other = await room.link(), await room.link(room.login("wang", code=room.code()))
    room.users.change("li", 1, disabled=True)
    await until(lambda: link.state.for_good)
    assert link.state.why is not None
    assert link.state.why.code == "unknown_person"
    assert (await other.submit(FIGHT)).accepted
    room.users.change("wang", 1, duties=(Duty.AUDIT,))
    await until(lambda: other.state.for_good)


async def test_a_replayed_ticket_a_made_up_one_and_none_are_refused_and_noted(room: Room) -> None:
    ticket = await room.login().ticket()

    def held(text: str) -> Options:
        async def give() -> str:
            return text

        return Options(ticket=give)

    link = await RemoteLink.connect(over_tls(room.place), ACTOR, held(ticket))
    for other in (ticket, "made-up", ""):
        with pytest.raises(EntryRefused) as no:
            await RemoteLink.connect(over_tls(room.place), ACTOR, held(other))
        assert no.value.goodbye.code == "bad_ticket"
    assert room.notes.codes("refused_entry") == ["bad_ticket"] * 3
    assert (await link.submit(FIGHT)).accepted, "the one who has it is not disturbed"
    await link.close()


async def test_a_desk_comes_back_by_its_pass_after_a_restart_of_the_core_without_asking_again(tmp_path: Path) -> None:
    journal = MemoryJournal("drill")
    asked: list[bool] = []

    async def ask(wants_code: bool) -> str:
        asked.append(wants_code)
        return PASSWORD

    async with serving_tls(tmp_path, journal) as room:
        port = room.server.port
        link = await room.link(Login(room.place, "li", ask))
        feed = await link.join()
        await link.submit(FIGHT)
    await until(lambda: not link.state.connected)
    async with serving_tls(tmp_path, journal, port) as room:
        await until(lambda: link.state.connected)
        assert (await link.submit(c.Dispatch(1, ("01",)))).accepted
        replica = Replica(feed.image)
        follow(replica, feed)
        assert replica.board.image() == room.engine.board.image()
        await link.close()
    assert asked == [False]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/ticket", 405), ("POST", "/", 404), ("GET", "/etc/passwd", 404), ("GET", "/ticket?password=x", 404)],
)
async def test_nothing_else_is_to_be_had(room: Room, method: str, path: str, status: int) -> None:
    assert (await room.post(path, method, Authorization=basic("li", PASSWORD)))[0] == status
    assert room.users.tries(9) == ()


async def test_a_web_page_that_is_not_listed_gets_no_ticket(room: Room) -> None:
    status, said, _ = await room.post(Authorization=basic("li", PASSWORD), Origin="https://evil.example")
    assert (status, said) == (403, {"error": "origin"})
    status, said, headers = await room.post(Authorization=basic("li", PASSWORD), Origin="https://map.example")
    assert status == 200
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic !!!", "Basic " + "A" * 4_000, "Bearer x.y", "Bearer", "Digest x"]
)
async def test_headers_that_make_no_sense_are_wrong_and_nothing_breaks(room: Room, header: str) -> None:
    status, said, _ = await room.post(Authorization=header)
    assert (status, said) == (401, {"error": "wrong"})


@pytest.mark.parametrize(
    "drip", [b"", b"GET /link HTTP/1.1\r\nHost: ", b"POST /ticket HTTP/1.1\r\nContent-Length: 9999999\r\nA: "]
)
async def test_whoever_drips_over_tls_is_cut_and_noted_and_nobody_waits_for_him(tmp_path: Path, drip: bytes) -> None:
    limits = Limits(hello_ms=1_500)
    async with serving_tls(tmp_path, limits=limits, strangers=8) as room, asyncio.timeout(PATIENCE_S):
        link = await patiently(room)
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        reader, writer = await asyncio.open_connection("localhost", room.server.port, ssl=context)
        writer.write(drip)
        assert (await link.submit(FIGHT)).accepted
        await (await patiently(room)).close()
        assert b"HTTP/1.1 101" not in await reader.read()
        writer.close()
        await until(lambda: any(event == "late_handshake" for event, _ in room.notes.all))
        assert (await link.submit(FIGHT)).accepted
        await link.close()


async def patiently(room: Room) -> RemoteLink:
    """A link to a core whose limits are so short that a good desk on a busy machine may be late, too."""
    while True:
        with contextlib.suppress(Trouble, OSError):
            return await room.link()


async def test_a_machine_without_tls_gets_nowhere(room: Room) -> None:
    reader, writer = await asyncio.open_connection("localhost", room.server.port)
    writer.write(b"GET /link HTTP/1.1\r\nHost: localhost\r\n\r\n")
    async with asyncio.timeout(PATIENCE_S):
        assert b"HTTP" not in await reader.read()
    writer.close()


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(room: Room) -> None:
    with pytest.raises(Trouble, match="cannot be reached") as no:
        await RemoteLink.connect(
            over_tls(Where("localhost", room.server.port)),
            ACTOR,
            Options(ticket=Login(Where("localhost", room.server.port), "li", answers(PASSWORD)).ticket),
        )
    assert "certificate" in no.value.cause.lower()
    assert room.users.tries(9) == (), "no password was sent"


async def test_no_password_and_no_ticket_is_ever_logged(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    login = room.login()
    link = await room.link(login)
    await link.close()
    assert await refused(room, room.login("li", "wrong-" + PASSWORD)) == "bad_login"
    told = json.dumps(room.notes.all) + "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("zz110")
    )
    assert PASSWORD not in told
    assert base64.b64encode(f"li:{PASSWORD}".encode()).decode() not in told


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("core.example", "core.example", 11443),
        ("core.example:9", "core.example", 9),
        ("wss://core.example:443/", "core.example", 443),
        ("[::1]:8000", "::1", 8000),
        ("[::1]", "::1", 11443),
    ],
)
def test_an_address_is_read(text: str, host: str, port: int) -> None:
    assert where(text) == Where(host, port)


@pytest.mark.parametrize("text", ["", ":", "host:", "host:x", "host:0", "host:70000", "https://host/x", "li:pw@host"])
def test_what_is_no_address_is_said_so(text: str) -> None:
    with pytest.raises(Trouble, match="no address"):
        where(text)


def test_a_ticket_fits_into_a_hello() -> None:
    ticket = Tickets(lambda: 0).sell("li")
    assert ticket in hello(ticket=ticket)
