"""A desk comes back through lines that are dead without a word: no step of an attempt holds up the next attempt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.room import LI
from tests.support.serving import serving
from tests.support.tlsroom import ACTOR, CERTIFICATE, PASSWORD, answers, serving_tls
from tests.support.waiting import until
from zz110_tui.client import attempts, login
from zz110_tui.client.dial import Line, over_socket
from zz110_tui.client.login import Login, Where, over_tls
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.states import EntryRefused, Step
from zz110_tui.core.trouble import Trouble


@pytest.fixture(autouse=True)
def in_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "FIRST_STEP_S", 0.2)
    monkeypatch.setattr(attempts, "NEXT_STEP_S", 0.4)
    monkeypatch.setattr(attempts, "DELAYS_S", (0.01, 0.05))


async def for_ever() -> None:
    await asyncio.Event().wait()


@asynccontextmanager
async def a_hole() -> AsyncIterator[tuple[int, Callable[[], int], Callable[[], int]]]:
    """A port where connections are taken and nothing is ever said: how many came, and the most at once."""
    came, here, most = 0, 0, 0

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came, here, most
        came, here = came + 1, here + 1
        most = max(most, here)
        try:
            while await reader.read(4_096):
                pass
        except OSError:
            pass
        finally:
            here -= 1
            writer.close()

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], lambda: came, lambda: most
    finally:
        server.close()


class Stuck:
    """What a test may hold up: the ticket, the line, or the welcome."""

    def __init__(self, path: Path) -> None:
        self.at: Step | None = None
        self.tickets = 0
        self._dial = over_socket(path)

    async def ticket(self) -> str:
        self.tickets += 1
        if self.at is Step.TICKET:
            await for_ever()
        return ""

    async def dial(self, on_data: Callable[[], None]) -> Line:
        if self.at is Step.LINE:
            await for_ever()
        line = await self._dial(on_data)
        return Mute(line) if self.at is Step.WELCOME else line


class Mute:
    """A line on which nothing is ever heard."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def send(self, data: bytes, text: bool) -> None:
        pass

    def send_now(self, data: bytes, text: bool) -> bool:
        return True

    def straight(self, hear: Callable[[str], bool]) -> None:
        pass

    async def receive(self) -> str | bytes:
        await for_ever()
        raise AssertionError

    async def close(self) -> None:
        self.abort()

    def abort(self) -> None:
        self._line.abort()


@pytest.mark.parametrize("at", [Step.TICKET, Step.LINE, Step.WELCOME])
async def test_attempts_follow_each_other_wherever_one_hangs_and_the_desk_says_where(tmp_path: Path, at: Step) -> None:
    async with serving(tmp_path) as served:
        stuck = Stuck(served.path)
        link = await RemoteLink.connect(stuck.dial, LI, Options(ticket=stuck.ticket))
        assert link.state.trying is None
        stuck.at = at
        for member in tuple(served.server._members.values()):
            member.abort()
        await until(lambda: link.state.trying is not None and link.state.trying.number >= 3)
        await until(lambda: link.state.trying is not None and link.state.trying.step is at)
        assert stuck.tickets >= 4
        assert not link.state.connected
        stuck.at = None
        await until(lambda: link.state.connected)
        assert link.state.trying is None
        await link.close()


async def test_a_dead_line_over_tls_is_tried_anew_and_never_twice_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "RETURN_S", 0.5)
    async with serving_tls(tmp_path) as room, a_hole() as (port, came, most):
        given = room.login()
        link = await room.link(given)
        given._place = Where("127.0.0.1", port, CERTIFICATE)
        for member in tuple(room.server._members.values()):
            member.abort()
        await until(lambda: came() >= 3)
        assert not link.state.connected
        assert not link.state.for_good, "a dead line is no refusal"
        assert most() == 1, "requests that nobody answers do not pile up"
        given._place = room.place
        await until(lambda: link.state.connected)
        await link.close()


async def test_a_ticket_that_comes_late_is_used_by_the_next_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a line that is only slow, nothing is begun again and again."""
    async with serving_tls(tmp_path) as room:
        given = room.login()
        await given.ticket()
        posted = given._post_at_once
        asked = []

        def slowly(headers: dict[str, str], patience_s: float) -> tuple[int, bytes]:
            asked.append(patience_s)
            answer = posted(headers, patience_s)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result()
            return answer

        loop, let_go = asyncio.get_running_loop(), asyncio.Event()
        monkeypatch.setattr(given, "_post_at_once", slowly)
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(given.ticket(), 0.05)
        let_go.set()
        link = await RemoteLink.connect(over_tls(room.place), ACTOR, Options(ticket=given.ticket))
        assert asked == [login.RETURN_S]
        await link.close()


async def test_a_core_that_cannot_read_its_users_is_tried_again_and_a_refusal_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving_tls(tmp_path) as room:
        given = room.login()
        link = await room.link(given)
        get = room.users.get

        def unreadable(account: str) -> object:
            raise Trouble("the list of users cannot be read", "", "")

        monkeypatch.setattr(room.users, "get", unreadable)
        for member in tuple(room.server._members.values()):
            member.abort()
        await until(lambda: link.state.trying is not None and link.state.trying.number >= 3)
        assert not link.state.for_good
        monkeypatch.setattr(room.users, "get", get)
        await until(lambda: link.state.connected)

        room.users.change("li", 1, disabled=True)
        await until(lambda: link.state.for_good)
        assert link.state.why is not None
        assert link.state.why.code in ("pass_ended", "unknown_person")


async def test_whoever_logs_in_with_a_wrong_password_is_told_so_and_not_that_the_line_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving_tls(tmp_path) as room, a_hole() as (port, _, _):
        with pytest.raises(EntryRefused) as no:
            await room.link(room.login(password="wrong " + PASSWORD))
        assert no.value.goodbye.code == "bad_login"
        dead = Login(Where("127.0.0.1", port, CERTIFICATE), "li", answers(PASSWORD))
        post = dead._post_at_once
        monkeypatch.setattr(dead, "_post_at_once", lambda headers, _: post(headers, 0.2))
        with pytest.raises(Trouble, match="cannot be reached"):
            await dead.ticket()


def test_what_is_promised_adds_up() -> None:
    """Noticed within 3 s, and then an attempt begins every 3 s at least, whatever hangs."""
    import importlib

    fresh = importlib.reload(attempts)
    assert fresh.FIRST_STEP_S + fresh.DELAYS_S[0] * 1.25 <= 3.0
    assert fresh.DELAYS_S[-1] * 1.25 <= 3.0
    assert login.RETURN_S <= fresh.FIRST_STEP_S
