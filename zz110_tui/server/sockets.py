"""The Unix socket of a core: made beside the store, with its rights before anybody can see it, and taken away again."""

from __future__ import annotations

import contextlib
import grp
import os
import socket
from pathlib import Path

from zz110_tui.client.discover import answers, short
from zz110_tui.core.trouble import Trouble

BACKLOG = 128


class UnixSocket:
    """A listening socket at a path. Raises Trouble where another core answers there, or it cannot be made."""

    def __init__(self, path: Path, mode: int, group: str = "") -> None:
        self.path = path
        _nobody_there(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            with short(temporary) as name:
                before = os.umask(0o177)
                try:
                    self.listening.bind(name)
                finally:
                    os.umask(before)
            if group:
                os.chown(temporary, -1, grp.getgrnam(group).gr_gid)
            temporary.chmod(mode)
            self.listening.listen(BACKLOG)
            self.listening.setblocking(False)
            # In one step from "nobody listens" to "listens with the right mode".
            temporary.replace(path)
        except (OSError, KeyError) as fault:
            self.listening.close()
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise _cannot_listen(path, fault, group) from fault
        self._identity = _identity(path)

    def remove(self) -> None:
        """Take the file away, if it is still ours."""
        with contextlib.suppress(OSError):
            if _identity(self.path) == self._identity:
                self.path.unlink()


def _identity(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_dev, found.st_ino


def _nobody_there(path: Path) -> None:
    """Raises Trouble where somebody answers at the path, or it is something else than a socket."""
    if not path.is_socket() and (path.exists() or path.is_symlink()):
        raise Trouble(
            "套接字路径被别的文件占用 / the socket's path is taken by another file",
            str(path),
            "移走它，或用 --socket 另选路径 / move it away, or choose another path with --socket",
            exit_code=73,
        )
    if answers(path):
        raise Trouble(
            "那里已有核心在服务 / a core is serving there already",
            str(path),
            "加入它：直接运行 zz110 / join it: just run zz110",
            exit_code=75,
        )


def _cannot_listen(path: Path, fault: Exception, group: str) -> Trouble:
    if isinstance(fault, KeyError):
        return Trouble(
            "没有这个用户组 / there is no such group", group, "用 groupadd 建立，或改 --group / add it, or name another"
        )
    reason = fault.strerror if isinstance(fault, OSError) else None
    return Trouble(
        "无法在这里监听 / cannot listen here",
        f"{path}: {reason or fault}",
        "检查目录权限，或用 --socket 另选路径 / check the folder's rights, or choose another path with --socket",
        exit_code=73,
    )
