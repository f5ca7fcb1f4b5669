"""``zz110 do --outbox``: kept without a core, done once with one, refused in words where it conflicts."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Program
from tests.e2e.elsewhere import Elsewhere, add, free_port, tls
from tests.e2e.serving import Core, core, socket_beside
from tests.proof.proxy import BadProxy, Fate, Streams, to_socket


def facts(program: Program) -> list[dict[str, Any]]:
    return [json.loads(line) for line in program.run("journal", "export").stdout.splitlines()]


def said(program: Program, text: str) -> int:
    """How many facts in the journal have these words."""
    return sum(text in json.dumps(fact, ensure_ascii=False) for fact in facts(program))


def test_a_line_kept_without_a_core_is_sent_once_and_one_that_conflicts_stays(zz110: Program, tmp_path: Path) -> None:
    port = free_port()
    add(zz110, "li", "李警官")
    there = Elsewhere(zz110, tmp_path / "elsewhere", port)
    named = (*there.options, "--account", "li", "--password-file", str(there.program.home / "password"))

    def outbox(*args: str) -> Any:
        return there.program.run("outbox", *args, *named, "--json")

    for line in ("nt i=1 / 断线时打的", "d 01 1"):
        kept = there.do(line, "li", "--outbox")
        assert (kept.returncode, json.loads(kept.stdout)["status"]) == (75, "kept")
    note, dispatch = (item["id"] for item in json.loads(outbox("list").stdout))

    with core(zz110, *tls(port)):
        assert zz110.do("n 打架 @F7")["status"] == "accepted"
        assert zz110.do("n 噪音 @F8")["status"] == "accepted"
        assert zz110.do("d 01 2")["status"] == "accepted"
        assert said(zz110, "断线时打的") == 0, "nothing is ever sent by itself"

        sent = outbox("send", note)
        assert (sent.returncode, sent.stderr) == (0, "")
        assert said(zz110, "断线时打的") == 1
        assert outbox("send", note).returncode != 0, "it is there no more"
        assert said(zz110, "断线时打的") == 1

        before = len(facts(zz110))
        no = outbox("send", dispatch)
        assert no.returncode != 0
        assert "01" in json.loads(no.stdout)["says"]
        assert "Traceback" not in no.stderr
        assert [item["line"] for item in json.loads(outbox("list").stdout)] == ["d 01 1"]
        done = [fact for fact in facts(zz110)[before:] if "assigned" in json.dumps(fact)]
        assert done == []


HASTY = "import zz110_tui.cli.joining as j; from zz110_tui.cli.main import run; j.SCRIPT_PATIENCE_MS = 300; run()"
"""The program with less patience than fifteen seconds."""


async def nobody() -> Streams:
    raise ConnectionRefusedError


async def test_a_line_whose_answer_was_lost_is_asked_after_and_not_done_twice(zz110: Program) -> None:
    behind = zz110.home / "behind.sock"
    served = await asyncio.to_thread(Core, zz110, "--socket", str(behind))
    proxy = BadProxy(to_socket(behind), "110", (Fate.CLEAN,))
    await proxy.listen_at(socket_beside(zz110))
    try:
        pipe = asyncio.subprocess.PIPE
        script = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HASTY, "do", "-", "--outbox", "--json"),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=zz110.env,
            cwd=zz110.home,
        )
        assert script.stdin is not None
        assert script.stdout is not None
        script.stdin.write("n 打架 @F7\n".encode())
        assert json.loads(await script.stdout.readline())["status"] == "accepted"
        proxy.spoil(Fate.SWALLOW_DOWN)
        back, proxy.dial = proxy.dial, nobody
        out, _ = await script.communicate("nt i=1 / 做了没有\nnt i=1 / 没有送出\n".encode())
        told = [json.loads(line) for line in out.splitlines()]
        assert ([each["status"] for each in told], script.returncode) == (["kept", "kept"], 75)
        assert "不知是否执行" in told[0]["says"]
        assert "没有送出" in told[1]["says"]

        proxy.dial = back
        first, second = await asyncio.to_thread(zz110.json, "outbox", "list")
        assert (first["in_flight"], second["in_flight"]) == (True, False)
        asked = await asyncio.to_thread(zz110.json, "outbox", "send", first["id"])
        assert "核心早已执行" in asked["says"]
        await asyncio.to_thread(zz110.json, "outbox", "send", second["id"])
        assert await asyncio.to_thread(zz110.json, "outbox", "list") == []
        counts = Counter({text: await asyncio.to_thread(said, zz110, text) for text in ("做了没有", "没有送出")})
        assert counts == {"做了没有": 1, "没有送出": 1}
    finally:
        await proxy.close()
        await asyncio.to_thread(served.end)
