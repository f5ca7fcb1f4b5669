"""The program on another machine than its core, for tests: users, passwords and a port of this machine."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
from pathlib import Path

from tests.e2e.conftest import Program
from tests.support.tlsroom import CERTIFICATE, KEY, PASSWORD


def free_port() -> int:
    """Below what the system hands out by itself: nothing else takes it between here and whoever listens on it."""
    while True:
        port = secrets.choice(range(10_000, 30_000))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def tls(port: int) -> tuple[str, ...]:
    return ("--tls", f"localhost:{port}", "--tls-cert", str(CERTIFICATE), "--tls-key", str(KEY))


def add(program: Program, account: str, name: str, *more: str) -> str:
    done = program.run("user", "add", account, "--name", name, *more, stdin=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    return done.stdout


class Elsewhere:
    """The program on another machine: another home, no store, the password in a file."""

    def __init__(self, program: Program, folder: Path, port: int) -> None:
        folder.mkdir()
        (folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        home = {"HOME": str(folder), "ZZ110_STORE": str(folder / "none.zz110")}
        self.program = Program(folder, {**program.env, **home}, program.prefork)
        self.options: tuple[str, ...] = ("--core", f"localhost:{port}", "--ca", str(CERTIFICATE))

    def do(self, line: str, account: str, *more: str) -> subprocess.CompletedProcess[str]:
        password = ("--password-file", str(self.program.home / "password"))
        return self.program.run("do", line, *self.options, "--account", account, *password, "--json", *more)
