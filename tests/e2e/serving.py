"""A ``zz110 serve`` in a process of its own, and links to it from the test."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import Program


class Core:
    def __init__(self, program: Program, *options: str) -> None:
        self.process = subprocess.Popen(
            [*program.command, "serve", *options], stderr=subprocess.PIPE, env=program.env, cwd=program.home
        )
        assert self.process.stderr is not None
        self.said: list[str] = []
        for raw in self.process.stderr:
            self.said.append(raw.decode())
            if "在服务" in self.said[-1] or "serving" in self.said[-1]:
                return
        raise AssertionError(f"it did not come up: {''.join(self.said)}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and everything it said."""
        self.process.send_signal(number)
        _, rest = self.process.communicate(timeout=60)
        return self.process.returncode, "".join(self.said) + (rest or b"").decode()


@contextmanager
def core(program: Program, *options: str) -> Iterator[Core]:
    served = Core(program, *options)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.end(signal.SIGKILL)


def socket_beside(program: Program) -> Path:
    return program.store.with_name(program.store.name + ".sock")
