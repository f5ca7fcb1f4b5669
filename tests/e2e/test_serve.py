"""``zz110 serve`` in real processes: joined without being asked, shared by many, killed and found again."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.e2e.conftest import Program
from tests.e2e.serving import Core, core, measure, report, socket_beside
from zz110_tui.client.dial import over_socket


def stored(program: Program) -> list[dict[str, Any]]:
    return [json.loads(line) for line in program.run("journal", "export").stdout.splitlines()]


def test_zz110_do_joins_a_running_core_by_itself(zz110: Program) -> None:
    with core(zz110) as served:
        assert zz110.do("n 打架 @F7")["status"] == "accepted"
        done = zz110.run("do", "d 01 1", "--desk", "07", "--person", "王", "--json")
        assert json.loads(done.stdout)["status"] == "accepted"
        assert done.stderr == ""
        assert zz110.json("incident", "show", "1")["stage"] == "dispatched", "reading needs no core"
        code, said = served.end()
    assert code == 0
    assert "Traceback" not in said
    assert not socket_beside(zz110).exists()
    assert {record["who"]["desk"] for record in stored(zz110)} == {"core", "01", "07"}
    assert [record["who"]["person"] for record in stored(zz110) if record["f"] == "unit_assigned"] == ["王"]
    assert zz110.json("journal", "verify")["intact"] is True
    notes = [json.loads(line.partition("INFO ")[2]) for line in said.splitlines() if "INFO {" in line]
    assert [note["event"] for note in notes] == ["started", *["entered", "ended"] * 2, "stopped"]


def test_the_same_unit_from_two_desks_at_once_goes_once_and_the_other_is_told_by_whom(zz110: Program) -> None:
    with core(zz110):
        zz110.do_all("n 打架 @F7", "n 噪音 @F8")
        both = [
            subprocess.Popen(
                [*zz110.command, "do", f"d 01 {n}", "--desk", desk, "--person", who, "--json"],
                stdout=subprocess.PIPE,
                env=zz110.env,
                cwd=zz110.home,
            )
            for n, desk, who in ((1, "03", "李"), (2, "04", "王"))
        ]
        answers = [json.loads(process.communicate(timeout=240)[0]) for process in both]
    assert sorted(answer["status"] for answer in answers) == ["accepted", "refused"]
    winner, loser = sorted(answers, key=lambda answer: str(answer["status"]))
    by = winner["entries"][0]["who"]
    assert loser["refusal"]["code"] == "unit_busy"
    assert f"{by['desk']} {by['person']}" in loser["says"]
    assert "换" in loser["hint"]


def test_a_killed_core_leaves_a_socket_that_misleads_nobody(zz110: Program) -> None:
    with core(zz110) as served:
        zz110.do("n 打架 @F7")
        served.end(signal.SIGKILL)
    assert socket_beside(zz110).exists()
    assert zz110.do("nt 1 / 自己起的核心")["status"] == "accepted"
    with core(zz110):
        assert zz110.do("nt 1 / 又有了")["status"] == "accepted"


def test_two_cores_on_one_store_are_impossible(zz110: Program) -> None:
    with core(zz110) as served:
        second = zz110.run("serve")
        assert second.returncode == 75
        assert str(served.process.pid) in second.stderr
        assert zz110.do("n 打架 @F7")["status"] == "accepted", "the first one serves on"


def test_a_drill_desk_does_not_get_into_a_live_core(zz110: Program) -> None:
    with core(zz110):
        done = zz110.run("do", "n 打架 @F7", "--drill", "--store", str(zz110.store))
        assert done.returncode == 77
        assert "drill" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--tls", "localhost:1"), 2),
        (("--tls-cert", "a.pem"), 2),
        (("--tls", "localhost", "--tls-cert", "a.pem", "--tls-key", "a.key"), 2),
        (("--tls", "localhost:0", "--tls-cert", "a.pem", "--tls-key", "a.key"), 78),
        (("--socket", "/proc/nowhere/s.sock"), 73),
        (("--group", "no-such-group"), 73),
    ],
)
def test_what_cannot_be_listened_on_is_said_with_its_remedy(
    zz110: Program, options: tuple[str, ...], code: int
) -> None:
    done = zz110.run("serve", *options)
    assert done.returncode in (code, 1)
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


PATIENT = "import zz110_tui.cli.joining as j; from zz110_tui.cli.main import run; j.SCRIPT_PATIENCE_MS = 240_000; run()"
"""The program with more patience than fifteen seconds: on a busy machine a core takes longer than that to come back."""


class Script:
    """A ``zz110 do -`` that sends a line as soon as the one before is answered, in a thread of its own."""

    def __init__(self, program: Program, desk: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PATIENT, "do", "-", "--desk", desk, "--person", f"p{desk}", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=program.env,
            cwd=program.home,
        )
        self.answers: list[dict[str, Any]] = []

    def ask(self, line: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        self.answers.append(json.loads(self.process.stdout.readline()))


def test_scripted_desks_live_through_the_death_of_their_core(zz110: Program) -> None:
    """Every acknowledged line is in the journal once, in order; the scripts notice nothing but a pause."""
    from concurrent.futures import ThreadPoolExecutor

    served = Core(zz110)
    zz110.do("n 打架 @F7")
    scripts = [Script(zz110, f"1{n}") for n in range(4)]
    lines = 60

    def run(script: Script) -> None:
        for n in range(1, lines):
            script.ask(f"nt i=1 / {n}")

    for script in scripts:
        script.ask("nt i=1 / 0")
    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(run, script) for script in scripts]
        for _ in range(4):
            time.sleep(0.4)
            served.end(signal.SIGKILL)
            served = Core(zz110)
        for each in running:
            each.result(timeout=240)
    for script in scripts:
        assert script.process.stdin is not None
        script.process.stdin.close()
        assert script.process.wait(240) == 0
    assert served.end()[0] == 0

    journal = stored(zz110)
    assert [record["p"] for record in journal] == list(range(1, len(journal) + 1))
    notes = [record for record in journal if record["f"] == "note_added"]
    for script in scripts:
        acknowledged = [entry["p"] for answer in script.answers for entry in answer["entries"]]
        assert [answer["status"] for answer in script.answers] == ["accepted"] * lines
        assert acknowledged == sorted(set(acknowledged))
        mine = [record for record in notes if record["who"]["desk"] == script.answers[0]["entries"][0]["who"]["desk"]]
        assert [record["p"] for record in mine] == acknowledged
        assert [record["d"]["text"] for record in mine] == [str(n) for n in range(lines)]
    assert zz110.json("journal", "verify")["intact"] is True


async def test_a_dispatch_on_one_desk_is_soon_on_the_others(zz110: Program) -> None:
    served = await asyncio.to_thread(Core, zz110)
    try:
        report("unix socket", await measure(over_socket(socket_beside(zz110))))
    finally:
        await asyncio.to_thread(served.end)
