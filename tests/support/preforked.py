"""The program with its imports done: ``python -m tests.support.preforked`` forks a process for each call.

A process of its own with its own arguments, environment, folder and streams is what a test wants; that each of them
spends a second on the same imports is not. Nothing has run yet in what is forked: modules were loaded, no more.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 1 << 16


class Prefork:
    """The other side: asks for a process, talks with it, and waits for its end."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # Pipes, as the forked ones have: Python remembers of its streams what can be done with them.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.preforked", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env=dict(env),
            )

    def close(self) -> None:
        self._socket.close()
        self._process.communicate()

    def run(
        self, args: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path, patience_s: float
    ) -> subprocess.CompletedProcess[bytes]:
        """As :func:`subprocess.run` does it. Raises TimeoutError where the process does not end."""
        (theirs_in, stdin), (stdout, theirs_out), (stderr, theirs_err) = os.pipe(), os.pipe(), os.pipe()
        ours, theirs = socket.socketpair()
        asked = json.dumps({"args": list(args), "env": dict(env), "cwd": str(cwd)}).encode()
        assert len(asked) < LARGEST
        socket.send_fds(self._socket, [asked], [theirs_in, theirs_out, theirs_err, theirs.fileno()])
        theirs.close()
        for fd in (theirs_in, theirs_out, theirs_err):
            os.close(fd)
        heard: dict[int, bytes] = {}
        talk = [threading.Thread(target=_hear, args=(fd, heard)) for fd in (stdout, stderr)]
        talk.append(threading.Thread(target=_say, args=(stdin, given)))
        for thread in talk:
            thread.start()
        with ours:
            ours.settimeout(patience_s)
            code = ours.recv(16)
        assert code, f"the process that forks has ended: {self._process.communicate()}"
        for thread in talk:
            thread.join()
        return subprocess.CompletedProcess(list(args), int(code), heard[stdout], heard[stderr])


def _hear(fd: int, heard: dict[int, bytes]) -> None:
    with os.fdopen(fd, "rb") as stream:
        heard[fd] = stream.read()


def _say(fd: int, text: bytes) -> None:
    try:
        with os.fdopen(fd, "wb") as stream:
            stream.write(text)
    except BrokenPipeError:
        pass


# ------------------------------------------------------------------------------------------------ in the other process


def _prepare() -> None:
    """Load what the commands load; what a terminal needs stays out, as it does in a command."""
    import zz110_tui.cli

    for module in pkgutil.iter_modules(zz110_tui.cli.__path__):
        importlib.import_module(f"zz110_tui.cli.{module.name}")
    assert "textual" not in sys.modules, "a command that needs no terminal loads none"
    gc.collect()
    gc.freeze()


def _serve(asking: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Fork for each one that is asked for. Returns in the forked process with what it is to be, and at the end."""
    running: dict[int, tuple[int, socket.socket]] = {}
    with selectors.DefaultSelector() as ready:
        ready.register(asking, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fd != asking.fileno():
                    # It has ended, or nobody waits for it any more.
                    pid, back = running.pop(key.fd)
                    ready.unregister(key.fd)
                    os.close(key.fd)
                    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                    back.send(str(code).encode())
                    back.close()
                    continue
                asked, fds, _, _ = socket.recv_fds(asking, LARGEST, 4)
                if not asked:
                    for pid, _ in running.values():
                        os.kill(pid, signal.SIGKILL)
                    return None
                pid = os.fork()
                if pid == 0:
                    return json.loads(asked), fds[:3]
                for fd in fds[:3]:
                    os.close(fd)
                pidfd = os.pidfd_open(pid)
                running[pidfd] = pid, socket.socket(fileno=fds[3])
                ready.register(pidfd, selectors.EVENT_READ)


def _become(asked: dict[str, Any], streams: list[int]) -> None:
    """This process is the program from here on."""
    for number, fd in enumerate(streams):
        os.dup2(fd, number)
    os.closerange(3, 256)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv[1:] = asked["args"]
    sys.path[0] = asked["cwd"]
    runpy.run_module("zz110_tui", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _prepare()
    with socket.socket(fileno=int(sys.argv[1])) as waiting:
        made = _serve(waiting)
        if made is not None:
            waiting.detach()
    if made is not None:
        _become(*made)
