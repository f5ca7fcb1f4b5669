"""The real command in real processes, with a home, a store and a terminal setting of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.preforked import Prefork

PATIENCE_S = 240.0


@dataclass
class Program:
    """``run`` waits for the end, ``start`` does not. Every process has the same home and store.

    What ``run`` runs is forked from a process that has its imports done (``tests.support.preforked``); ``start`` starts
    Python itself.
    """

    home: Path
    env: dict[str, str]
    prefork: Prefork

    @property
    def store(self) -> Path:
        return self.home / "live.zz110"

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "zz110_tui"]

    def run(
        self, *args: str, stdin: str | bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin or b""
        done = self.prefork.run(args, given, {**self.env, **(env or {})}, self.home, PATIENCE_S)
        return subprocess.CompletedProcess(args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def json(self, *args: str, exit_code: int = 0, stdin: str | None = None) -> Any:
        """The document on stdout, which must be nothing but that."""
        done = self.run(*args, "--json", stdin=stdin)
        assert done.returncode == exit_code, (args, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def do(self, line: str, exit_code: int = 0) -> Any:
        return self.json("do", line, exit_code=exit_code)

    def do_all(self, *lines: str, exit_code: int = 0) -> list[Any]:
        """Lines through one process; every one has an answer."""
        done = self.run("do", "-", "--json", stdin="".join(f"{line}\n" for line in lines))
        assert done.returncode == exit_code, (done.stdout, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self.command, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.env,
            cwd=self.home,
        )


def usual_env() -> dict[str, str]:
    """No settings, in a UTF-8 locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZZ110_", "XDG_", "LC_"))}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "LOGNAME": "li",
        "TERM": "xterm-256color",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }


@pytest.fixture(scope="session")
def prefork() -> Iterator[Prefork]:
    made = Prefork(usual_env())
    yield made
    made.close()


@pytest.fixture
def zz110(tmp_path: Path, prefork: Prefork) -> Program:
    """The program on a fresh home with its store in it."""
    env = {**usual_env(), "HOME": str(tmp_path), "ZZ110_STORE": str(tmp_path / "live.zz110")}
    return Program(tmp_path, env, prefork)


@pytest.fixture
def drilled(zz110: Program) -> Program:
    """Three quiet days in a drill store: most slips have left the board."""
    zz110.env["ZZ110_STORE"] = str(zz110.home / "drill.zz110")
    done = zz110.run(
        "drill", "run", "shift", "--days", "3", "--load", "0.2", "--seed", "4", "--store", zz110.env["ZZ110_STORE"]
    )
    assert done.returncode == 0, done.stderr
    return zz110
