"""A room over TLS in real processes: users are listed, passwords asked for, desks elsewhere join and hear at once."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import Program
from tests.e2e.elsewhere import Elsewhere, add, free_port, tls
from tests.e2e.serving import Core, core, measure, report
from tests.support.tlsroom import CERTIFICATE, PASSWORD
from zz110_tui.client.login import Login, over_tls, where
from zz110_tui.core.desks import Duty
from zz110_tui.server.totp import STEP_MS, code_at


@pytest.fixture
def port() -> int:
    return free_port()


def test_a_desk_elsewhere_joins_with_a_password_and_acts_as_the_list_says(
    zz110: Program, tmp_path: Path, port: int
) -> None:
    add(zz110, "li", "李警官")
    there = Elsewhere(zz110, tmp_path / "elsewhere", port)
    with core(zz110, *tls(port)) as served:
        assert zz110.do("n 打架 @F7")["status"] == "accepted"
        done = there.do("d 01 1", "li", "--person", "冒名", "--desk", "21")
        assert (done.returncode, done.stderr) == (0, "")
        by = json.loads(done.stdout)["entries"][0]["who"]
        assert (by["person"], by["desk"]) == ("李警官", "21")
        for account, code in (("wang", "bad_login"), ("li", "not_your_duty")):
            refused = there.do("d 02 1", account, *(("--duty", "admin") if account == "li" else ()))
            assert refused.returncode == 77, (code, refused.stderr)
            assert "Traceback" not in refused.stderr
        _, said = served.end()
    assert PASSWORD not in said
    assert '"refused_entry"' in said
    tries = zz110.json("user", "tries")
    assert [(t["account"], t["result"]) for t in tries] == [("li", "ok"), ("wang", "wrong"), ("li", "ok")]
    assert not (tmp_path / "elsewhere" / "none.zz110").exists(), "no store was made there"


def test_the_password_is_asked_for_at_a_terminal_and_the_code_too(zz110: Program, tmp_path: Path, port: int) -> None:
    secret = add(zz110, "wang", "王警官", "--totp").strip().partition("secret=")[2].partition("&")[0]
    there = Elsewhere(zz110, tmp_path / "elsewhere", port)
    with core(zz110, *tls(port)):
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(there.program.home)
            args = [*there.program.command, "do", "n 打架 @F7", *there.options, "--account", "wang", "--lang", "en"]
            os.execve(sys.executable, args, there.program.env)
        said = read_until(terminal, "password of wang")
        os.write(terminal, f"{PASSWORD}\n".encode())
        said += read_until(terminal, "one-time code of wang")
        os.write(terminal, f"{code_at(secret, time.time_ns() // 1_000_000 // STEP_MS)}\n".encode())
        said += read_until(terminal, "0001")
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, said
        assert PASSWORD not in said, "nothing typed is shown"


def read_until(terminal: int, words: str) -> str:
    said = b""
    while words.encode() not in said:
        said += os.read(terminal, 4_096)
    return said.decode(errors="replace")


def test_the_list_of_users_is_kept_by_its_commands(zz110: Program) -> None:
    add(zz110, "li", "李警官", "--may", "dispatch,take")
    zz110.run("user", "add", "car07", "--name", "07", "--may", "unit", "--no-password")
    path = zz110.store.with_name("live.zz110.users")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in path.read_bytes()
    zz110.run("user", "duties", "li", "--may", "supervise")
    zz110.run("user", "disable", "li")
    shown = {user["account"]: user for user in zz110.json("user", "list")}
    assert shown["li"]["duties"] == [Duty.SUPERVISE]
    assert (shown["li"]["disabled"], shown["li"]["password"], shown["li"]["totp"]) == (True, True, False)
    assert (shown["car07"]["duties"], shown["car07"]["password"]) == ([Duty.UNIT], False)
    zz110.run("user", "enable", "li")
    assert zz110.run("user", "totp", "li").stdout.startswith("otpauth://totp/")
    table = zz110.run("user", "list").stdout
    assert "李警官" in table
    assert "指挥" in table


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (("add", "a b", "--name", "x"), PASSWORD),
        (("add", "li", "--name", ""), PASSWORD),
        (("add", "li", "--name", "x", "--may", "emperor"), PASSWORD),
        (("add", "li", "--name", "x", "--may", "system"), PASSWORD),
        (("add", "li", "--name", "x"), "short"),
        (("add", "li", "--name", "x"), ""),
        (("passwd", "nobody"), PASSWORD),
        (("disable", "nobody"), ""),
    ],
)
def test_what_cannot_be_on_the_list_is_said_with_its_remedy(zz110: Program, args: tuple[str, ...], stdin: str) -> None:
    done = zz110.run("user", *args, stdin=stdin)
    assert done.returncode != 0
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert zz110.json("user", "list") == []


def test_a_core_that_is_not_there_or_not_trusted_is_said_in_words(zz110: Program, tmp_path: Path, port: int) -> None:
    there = Elsewhere(zz110, tmp_path / "elsewhere", port)
    done = there.do("n 打架 @F7", "li")
    assert done.returncode == 75
    assert "Traceback" not in done.stderr
    add(zz110, "li", "李警官")
    with core(zz110, *tls(port)):
        there.options = ("--core", f"localhost:{port}")
        done = there.do("n 打架 @F7", "li")
        assert done.returncode == 75
        assert "certificate" in json.loads(done.stdout)["says"].lower()


async def test_a_dispatch_on_one_desk_is_soon_on_the_others_over_tls(zz110: Program, port: int) -> None:
    await asyncio.to_thread(add, zz110, "li", "李警官")
    served = await asyncio.to_thread(Core, zz110, *tls(port))
    place = where(f"localhost:{port}", CERTIFICATE)

    async def password(_code: bool) -> str:
        return PASSWORD

    try:
        logins = [Login(place, "li", password) for _ in range(4)]
        report("TLS", await measure(over_tls(place), [login.ticket for login in logins]))
    finally:
        await asyncio.to_thread(served.end, signal.SIGTERM)
