"""A serving core as an administrator and an auditor see it: healthy or not, and who was turned away."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from pathlib import Path

import pytest
from websockets.asyncio.client import unix_connect
from websockets.exceptions import InvalidStatus

from tests.e2e.conftest import Program
from tests.e2e.elsewhere import Elsewhere, add, free_port, tls
from tests.e2e.serving import Core, core, socket_beside

HOSTILE = "陈某\x1b[2J\x1b]0;x\x07\u202e13912342207"


def knock_as_a_web_page(program: Program) -> None:
    async def knock() -> None:
        with pytest.raises(InvalidStatus, match="403"):
            await unix_connect(str(socket_beside(program)), "ws://zz110/link", origin="https://evil.example")

    asyncio.run(knock())


def test_who_was_refused_is_in_the_security_record_and_no_caller_is_anywhere(zz110: Program, tmp_path: Path) -> None:
    port, metrics_port = free_port(), free_port()
    add(zz110, "li", "李警官")
    there = Elsewhere(zz110, tmp_path / "elsewhere", port)
    with core(zz110, *tls(port), "--metrics", f"127.0.0.1:{metrics_port}", "--realtime", "1") as served:
        assert zz110.do(f"n 打架 @F7 / {HOSTILE}")["status"] == "accepted"
        assert zz110.do("d 01 1")["status"] == "accepted"
        assert zz110.do("cl u=01", exit_code=3)["status"] == "refused"
        assert there.do("nt 1 / x", "wang").returncode == 77
        knock_as_a_web_page(zz110)

        health = zz110.json("health")
        assert health["status"] in ("ok", "warning"), health
        assert {check["name"] for check in health["checks"]} >= {"store", "disk", "timers", "inbox"}
        shown = zz110.run("health", "--metrics").stdout
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics_port}/metrics") as page:
            scraped = page.read().decode()
        assert 'zz110_commands_total{outcome="refused"}' in shown
        assert 'zz110_security_events_total{event="refused_origin"} 1' in scraped
        listed = zz110.json("security", "list")
        code, log = served.end()
    assert code == 0
    events = [note["event"] for note in listed]
    assert events[0] == "started"
    assert {"login", "entered", "refused", "refused_origin"} <= set(events)
    (login,) = [note for note in listed if note["event"] == "login"]
    assert (login["account"], login["result"]) == ("wang", "wrong")
    (refused,) = [note for note in listed if note["event"] == "refused"]
    assert refused["command"] == "clear"
    assert refused["code"] == "step_not_possible"
    (page,) = [note for note in listed if note["event"] == "refused_origin"]
    assert page["origin"] == "https://evil.example"
    assert zz110.json("security", "verify")["intact"] is True
    assert zz110.json("security", "list")[-1]["event"] == "stopped"
    everything = json.dumps(listed, ensure_ascii=False) + log + shown + scraped
    for secret in ("陈某", "13912342207", "\x1b", "\u202e"):
        assert secret not in everything


def test_health_of_a_core_that_is_not_there_says_where_to_look(zz110: Program) -> None:
    done = zz110.run("health")
    assert done.returncode == 75
    assert "docs/operations.md" in done.stderr
    with core(zz110):
        assert zz110.run("health").returncode == 0
    assert zz110.run("health").returncode == 75, "a killed core leaves a socket that answers nobody"


def test_a_service_manager_hears_that_the_core_is_up_alive_and_stopping(zz110: Program, tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(120)
        zz110.env.update(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="200000")
        served = Core(zz110)
        heard = [manager.recv(100).decode() for _ in range(4)]
        assert heard == ["READY=1", *["WATCHDOG=1"] * 3]
        served.end()
        while (word := manager.recv(100).decode()) == "WATCHDOG=1":
            pass
        assert word == "STOPPING=1"
