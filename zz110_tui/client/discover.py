"""Where a running core is: its Unix socket stands beside its store, so that whoever knows the store finds the core."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from zz110_tui.core.trouble import Trouble

SUFFIX = ".sock"
PROBE_S = 1.0
MOST_BYTES = 107
"""Of a path in ``sun_path``, without its end."""


def socket_of(store: Path) -> Path:
    """Where the core of a store listens unless it was told otherwise."""
    return store.with_name(store.name + SUFFIX)


def find_core(store: Path) -> Path | None:
    """The socket of the core that serves this store; None when none is running.

    A socket that a killed core left behind is none: nobody answers there. Raises Trouble where a core answers that
    this account may not use.
    """
    path = socket_of(store)
    return path if answers(path) else None


def answers(path: Path) -> bool:
    """Whether somebody listens at a Unix socket. Raises Trouble where this account may not connect to it."""
    try:
        if not path.is_socket():
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, short(path) as name:
            probe.settimeout(PROBE_S)
            probe.connect(name)
    except (ConnectionRefusedError, FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError as fault:
        raise Trouble(
            "有核心在服务，但本账号无权连接 / a core is running, and this account may not connect to it",
            str(path),
            "请管理员把本账号加入其用户组 / ask an administrator to add this account to its group",
            exit_code=77,
        ) from fault
    except OSError:
        # A full backlog or a slow machine: somebody is there, and connecting will say what is wrong.
        return True
    return True


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[int]:
    folder = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield folder
    finally:
        os.close(folder)


@contextlib.contextmanager
def short(path: Path) -> Iterator[str]:
    """A name for a socket's path that fits into ``sun_path`` (108 bytes), however deep its folder is.

    Raises OSError (ENAMETOOLONG) where the file's own name is too long.
    """
    if len(os.fsencode(path)) < MOST_BYTES:
        yield str(path)
        return
    with _folder(path.parent) as folder:
        name = f"/proc/self/fd/{folder}/{path.name}"
        if len(os.fsencode(name)) >= MOST_BYTES:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path))
        yield name
