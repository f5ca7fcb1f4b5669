"""Health and metrics: true, parsable, without anybody in them, and only for this machine."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

from tests.support.room import CROSSING
from tests.support.serving import Notes, Serving, serving
from tests.support.waiting import until
from zz110_tui.cli.servework import health_document
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.core.trouble import Trouble
from zz110_tui.server import health
from zz110_tui.server.health import Outside, Schedule
from zz110_tui.server.pages import Listener, Page, loopback, pages
from zz110_tui.server.readings import CONTENT_TYPE, metrics
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.store.open import open_journal

LINE = re.compile(r'(zz110_[a-z_]+)(\{[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*\})? (\+Inf|[0-9.e+-]+)')


def parsed(page: str) -> dict[str, float]:
    values: dict[str, float] = {}
    for line in page.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP|TYPE) zz110_[a-z_]+ .+", line)
            continue
        match = LINE.fullmatch(line)
        assert match, line
        values[match[1] + (match[2] or "")] = float(match[4])
    return values


async def asked(path: Path, request: str) -> tuple[str, str]:
    reader, writer = await asyncio.open_unix_connection(str(path))
    writer.write(f"{request}\r\nHost: zz110\r\n\r\n".encode())
    raw = (await reader.read()).decode()
    writer.close()
    head, _, body = raw.partition("\r\n\r\n")
    return head, body


HOSTILE = "陈某\x1b]0;x\x07\u202e13912342207\n{}"


async def test_metrics_count_what_happened_and_name_nobody(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "store.zz110", "drill")
    async with serving(tmp_path, journal) as served:
        link = await served.link()
        await link.join()
        await link.submit(c.OpenIncident("fight", CROSSING, text=HOSTILE, caller=HOSTILE, contact=HOSTILE))
        await link.submit(c.ReceiveReport(Channel.PHONE, caller=HOSTILE, contact="13912342207"))
        await link.submit(c.Dispatch(1, ("01",)))
        await link.submit(c.Dispatch(1, (HOSTILE,)))
        await until(lambda: served.server.followers == 1)
        outside = Outside(tmp_path / "store.zz110", {"backup": Schedule(60, lambda: float("inf"))})
        page = metrics(served.server, outside, {"refused": 1})
        values = parsed(page)
    journal.close()
    assert values['zz110_commands_total{outcome="accepted"}'] == 4, "the city's units, and three of the desk"
    assert values['zz110_commands_total{outcome="refused"}'] == 1
    assert values["zz110_answer_seconds_count"] == 5
    assert values['zz110_answer_seconds_bucket{le="+Inf"}'] == 5
    assert 1 <= values["zz110_commit_seconds_count"] <= 4
    assert values["zz110_journal_position"] == values["zz110_entries_total"]
    assert values['zz110_incidents{stage="dispatched"}'] == 1
    assert values['zz110_reports{stage="received"}'] == 1
    assert values['zz110_units{state="on_incident"}'] == 1
    assert values['zz110_links{duty="dispatch"}'] == 1
    assert values["zz110_followers"] == 1
    assert values['zz110_age_seconds{what="backup"}'] == float("inf")
    assert values["zz110_resident_bytes"] > 1_000_000
    assert values['zz110_store_bytes{file="store"}'] > 0
    for secret in ("陈", "13912342207", "\x1b", "胜利"):
        assert secret not in page


async def test_buckets_of_a_histogram_only_grow(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        for seconds in (0.0001, 0.003, 0.003, 0.7, 99):
            served.engine.meters.answered.observe(seconds)
        lines = [line for line in metrics(served.server, Outside(), {}).splitlines() if "answer_seconds_bucket" in line]
    counts = [int(line.rsplit(" ", 1)[1]) for line in lines]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] == 5
    assert 'le="0.005"} 3' in "".join(lines)


async def with_pages(served: Serving, outside: Outside) -> Server:
    """The same engine, served once more with pages."""
    answer = pages(lambda: health_document(server, outside), lambda: metrics(server, outside, {}), CONTENT_TYPE)
    server = Server(served.engine, Settings(socket=served.path.with_name("pages.sock")), None, Notes(), pages=answer)
    await server.start()
    return server


async def test_the_socket_answers_plain_requests_and_desks_alike(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        server = await with_pages(served, Outside(tmp_path / "s"))
        path = served.path.with_name("pages.sock")
        head, body = await asked(path, "GET /health HTTP/1.1")
        assert head.startswith("HTTP/1.1 200")
        assert json.loads(body)["status"] == "ok"
        head, body = await asked(path, "GET /metrics HTTP/1.1")
        assert parsed(body)
        assert "text/plain; version=0.0.4" in head
        assert (await asked(path, "GET /etc/passwd HTTP/1.1"))[0].startswith("HTTP/1.1 404")
        served.path = path
        assert (await (await served.link()).submit(c.OpenIncident("fight", CROSSING))).accepted
        for link in served.links:
            await link.close()
        await server.stop()


async def test_health_says_what_is_wrong_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(tmp_path) as served:
        outside = Outside(tmp_path / "s", {"heads": Schedule(60, lambda: 5.0)})
        assert health_document(served.server, outside)["status"] == "ok"

        never = Outside(tmp_path / "s", {"backup": Schedule(3_600, lambda: float("inf"))})
        assert health_document(served.server, never)["status"] == "warning"

        monkeypatch.setattr(health, "free_bytes", lambda _: (50 << 20, 100 << 30))
        found = {check.name: check for check in health.checks(served.server, outside)}
        assert found["disk"].state == "failed"
        assert "50 MiB" in found["disk"].en
        monkeypatch.setattr(health, "free_bytes", lambda _: (900 << 20, 100 << 30))
        assert health_document(served.server, outside)["status"] == "warning"
        monkeypatch.undo()

        served.engine.trouble = Trouble("磁盘已满 / the disk is full", "", "")
        assert health_document(served.server, outside)["status"] == "failed"
        served.engine.trouble = None
        served.room.clock.set(served.room.clock.now() + 3_600_000 + 10_000)
        found = {check.name: check for check in health.checks(served.server, outside)}
        assert found["timers"].state == "failed", "the hourly filing is ten seconds late"
        assert health_document(served.server, Outside(record_failing=lambda: True))["status"] == "failed"


@pytest.mark.parametrize("address", ["0.0.0.0:9110", "10.0.0.1:9110", "example.org:80", "127.0.0.1", "127.0.0.1:x", ""])
def test_metrics_are_for_this_machine_alone(address: str) -> None:
    with pytest.raises(Trouble, match="address of this machine"):
        loopback(address)


def test_an_address_of_this_machine_is_taken() -> None:
    assert loopback("127.0.0.1:9110") == ("127.0.0.1", 9110)
    assert loopback("[::1]:9110") == ("::1", 9110)
    assert loopback("localhost:0") == ("localhost", 0)


async def test_the_loopback_listener_answers_once_and_puts_up_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.server.pages.PATIENCE_S", 0.2)
    from http import HTTPStatus

    listener = Listener(lambda path: Page(HTTPStatus.OK, "text/plain", path))
    await listener.start("127.0.0.1", 0)

    async def say(raw: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        writer.write(raw)
        try:
            async with asyncio.timeout(5):
                return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    assert (await say(b"GET /metrics HTTP/1.1\r\n\r\n")).endswith(b"\r\n\r\n/metrics")
    assert (await say(b"POST /metrics HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 405")
    assert await say(b"GET /met") == b"", "a request that drips is cut"
    assert await say(b"x" * 100_000) == b""
    crowd = [await asyncio.open_connection("127.0.0.1", listener.port) for _ in range(40)]
    assert await say(b"GET /metrics HTTP/1.1\r\n\r\n") == b"", "a crowd that holds on is not served"
    for _, writer in crowd:
        writer.close()
    async with asyncio.timeout(5):
        while not (await say(b"GET /metrics HTTP/1.1\r\n\r\n")).endswith(b"/metrics"):
            pass
    listener.stop()
