"""One writer for one store: an advisory lock on a file beside it, which ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from zz110_tui.core.trouble import Trouble


class StoreLock:
    """Held from construction to :meth:`release`. ``flock`` also keeps a second opener in the same process out.

    The file stays: to remove it would let two processes lock two files of one name. It says which process holds it.
    """

    def __init__(self, store: Path) -> None:
        """Raises Trouble when another process holds the lock, or the file cannot be made."""
        path = store.with_name(store.name + ".lock")
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise Trouble(
                "无法锁定案卷库 / the store cannot be locked",
                f"{path}: {fault.strerror}",
                "检查目录权限和磁盘，或用 --store 另选位置 / check the folder and the disk, or choose --store",
            ) from fault
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip()
            os.close(self._file)
            raise _held(store, holder if holder.isdigit() else "?") from fault
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _held(store: Path, holder: str) -> Trouble:
    return Trouble(
        "案卷库正由另一个核心写入 / another core is writing this store",
        f"{store}: 进程 / process {holder}",
        f"加入那个核心，或先结束它（kill {holder}）；只读查看随时可以 / join that core, or end it first; reading is "
        "always possible",
        exit_code=75,  # EX_TEMPFAIL: try again when the other one has ended
    )
