"""Key files: made so that only their owner reads them, refused where others can, never overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from zz110_tui.core.trouble import Trouble

MOST_BYTES = 10_000

NO_INPUT = 66
CANNOT_CREATE = 73
CONFIG = 78


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Make a file with exactly this content, durable. Raises Trouble; a file that is there is never overwritten."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    except OSError as fault:
        raise _cannot_make(path, fault) from fault
    try:
        try:
            # The mode that was asked for, whatever the process's mask is.
            os.fchmod(descriptor, mode)
            if os.write(descriptor, content) != len(content):
                raise OSError(28, os.strerror(28))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise _cannot_make(path, fault) from fault


def read_secret(path: Path) -> bytes:
    """A key that is nobody else's business. Raises Trouble where others can read it as well."""
    content = read_file(path)
    others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if others:
        raise Trouble(
            "密钥文件的权限太宽 / others can read this key",
            f"{path}: {stat.S_IMODE(path.stat().st_mode):04o}",
            f"chmod 600 {path}；若别人可能读过，换一把新的 / and make a new one if somebody may have read it",
            exit_code=CONFIG,
        )
    return content


def read_file(path: Path) -> bytes:
    """Raises Trouble for a file that is not there, cannot be read or is far too large for a key."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Trouble(
            "密钥文件读不了 / the key file cannot be read",
            f"{path}: {fault.strerror}",
            "检查路径和权限 / check the path and the permissions",
            exit_code=NO_INPUT,
        ) from fault
    if len(content) > MOST_BYTES:
        raise no_key(path)
    return content


def no_key(path: Path) -> Trouble:
    return Trouble(
        "这不是所要的密钥 / this is not the kind of key that is wanted",
        str(path),
        "签名用 zz110 journal keygen，备份用 zz110 backup keygen 生成；核对时用 .pub / signing keys come from "
        "zz110 journal keygen, backup keys from zz110 backup keygen; to check heads give the .pub",
        exit_code=CONFIG,
    )


def _cannot_make(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "密钥文件写不了 / the key file cannot be written",
        f"{path}: {fault.strerror}",
        "已有的密钥不会被覆盖：另取文件名，或检查权限和磁盘 / a key that is there is never overwritten: choose another "
        "name, or check the permissions and the disk",
        exit_code=CANNOT_CREATE,
    )
