"""The outbox (待发箱): lines that could not be sent, on the desk's own disk until a person sends or drops each.

One file for each core and desk, in a folder nobody else may enter. It is a row of JSON lines that only grows: a line
kept, or what became of one. What is kept is on the disk (fsync) before it is said to be kept; half a line that a power
cut left behind is passed over. When nothing is left to send the file is emptied.

An item that was on its way when the link broke carries the id of its command (``flight``): whether the core did it is
asked first (:func:`settle`), so that nothing is ever done twice.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from zz110_tui.client.link import Link
from zz110_tui.client.states import Unanswered
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command, OpenDesk
from zz110_tui.core.facts import DeskOpened
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.codec import decode_command, encode_command

MOST = 500
"""Lines kept at most: more than anybody types in an outage, and less than a disk notices."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """``at`` is when it was typed (the core's clock as the desk knew it, UTC ms), ``position`` what the board showed.

    ``command`` None: the line could not be read then (no board was there), and is read when it is offered. ``tries``
    counts how often it was sent: each try has an id of its own.
    """

    id: str
    line: str
    at: int
    person: str
    store: str
    position: int = 0
    command: Command | None = None
    flight: str = ""
    tries: int = 0

    @property
    def next_id(self) -> str:
        """The command id under which it is sent next. Sent twice by two processes, it is done once."""
        return f"outbox-{self.id}-{self.tries}"


def fresh(line: str, at: int, person: str, store: str, position: int = 0, command: Command | None = None) -> Unsent:
    return Unsent(secrets.token_hex(8), line, at, person, store, position, command)


def file_of(folder: Path, core: str, desk: str) -> Path:
    """The outbox of a desk at a core. ``core`` is its address, or the path of its store."""
    named = hashlib.sha256(f"{core}\0{desk}".encode()).hexdigest()[:16]
    return folder / f"{''.join(letter for letter in desk if letter.isalnum())[:8] or 'desk'}-{named}.outbox"


class Outbox:
    """Every method raises Trouble where the disk does not do what it should; nothing was changed then."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def items(self) -> tuple[Unsent, ...]:
        """What was not sent, oldest first."""
        if not self.path.exists() and not self.path.is_symlink():
            return ()
        with self._open() as file:
            return _read(file)[0]

    def keep(self, item: Unsent) -> tuple[Unsent, ...]:
        """Keep a new line, or another state of one that is kept; what there is now. On the disk when this returns."""
        with self._open() as file:
            items, end = _read(file)
            if len(items) >= MOST and all(item.id != known.id for known in items):
                raise Trouble(
                    "待发箱满了 / the outbox is full",
                    f"{MOST}: {self.path}",
                    "先处理其中的行；这一行请写在纸上 / deal with what is in it; write this line on paper",
                )
            _append(file, end, {"keep": _plain(item)})
            return _with(items, item)

    def drop(self, item: Unsent, how: str) -> tuple[Unsent, ...]:
        """An item is done with: ``sent``, ``done`` (it had been), ``dropped`` or ``edited``; what is left."""
        with self._open() as file:
            items, end = _read(file)
            left = tuple(known for known in items if known.id != item.id)
            if left:
                _append(file, end, {"gone": item.id, "how": how})
            else:
                os.ftruncate(file, 0)
                os.fsync(file)
            return left

    @contextmanager
    def _open(self) -> Iterator[int]:
        """The file, locked for one short operation."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as fault:
            raise _trouble(self.path, fault) from fault
        try:
            _check_owner(self.path, file)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
            yield file
        except BlockingIOError as fault:
            raise Trouble(
                "待发箱正被另一个进程使用 / another process uses the outbox now",
                str(self.path),
                "再按一次回车 / press Enter again",
            ) from fault
        except OSError as fault:
            raise _trouble(self.path, fault) from fault
        finally:
            os.close(file)


def _check_owner(path: Path, file: int) -> None:
    """What was typed at a desk is nobody else's to read. Raises Trouble for a file that somebody else put there."""
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        raise Trouble(
            "待发箱不是本账号的文件 / the outbox is no file of this account",
            str(path),
            "移走它，或请管理员查看 / move it away, or ask an administrator to look at it",
        )
    if stat.S_IMODE(found.st_mode) != 0o600:
        os.fchmod(file, 0o600)


_REMEDIES = {
    errno.ENOSPC: "腾出磁盘空间；这一行请写在纸上 / make room on the disk; write this line on paper",
    errno.EDQUOT: "配额已满，腾出空间 / the quota is used up: make room",
    errno.EROFS: "该磁盘只读，请管理员查看 / that disk is read-only: ask an administrator",
    errno.EACCES: "请管理员检查该目录的权限 / ask an administrator to check that folder's permissions",
    errno.ELOOP: "它是一个链接；移走它 / it is a symbolic link: move it away",
}


def _trouble(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "待发箱读写不了 / the outbox cannot be read or written",
        f"{fault.strerror or fault}: {path.name}",
        _REMEDIES.get(fault.errno or 0, "把未送出的行写在纸上 / write what was not sent on paper"),
    )


# -- the lines of the file -------------------------------------------------------------------------------------------


def _read(file: int) -> tuple[tuple[Unsent, ...], int]:
    """What is kept, and where the last whole line ends. Lines nobody can read are passed over, and stay."""
    data = b""
    while part := os.pread(file, 1 << 20, len(data)):
        data += part
    end = data.rfind(b"\n") + 1
    items: tuple[Unsent, ...] = ()
    for raw in data[:end].splitlines():
        try:
            said = msgspec.json.decode(raw)
            if "keep" in said:
                items = _with(items, _item(said["keep"]))
            else:
                items = tuple(known for known in items if known.id != said["gone"])
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
            continue
    return items, end


def _append(file: int, end: int, said: dict[str, Any]) -> None:
    """One more line after the last whole one; on the disk, or not there at all."""
    data = msgspec.json.encode(said) + b"\n"
    os.ftruncate(file, end)
    try:
        written = 0
        while written < len(data):
            written += os.pwrite(file, data[written:], end + written)
        os.fsync(file)
    except OSError:
        os.ftruncate(file, end)
        raise


def _with(items: tuple[Unsent, ...], item: Unsent) -> tuple[Unsent, ...]:
    """The same with another state of one item, or with one more."""
    if any(known.id == item.id for known in items):
        return tuple(item if known.id == item.id else known for known in items)
    return (*items, item)


def _plain(item: Unsent) -> dict[str, Any]:
    command = None if item.command is None else msgspec.Raw(encode_command(item.command))
    return {**{name: getattr(item, name) for name in Unsent.__slots__}, "command": command}


def _item(said: dict[str, Any]) -> Unsent:
    """A command that this program does not know (any more) is None: the line itself is still there."""
    command = None
    if said["command"] is not None:
        try:
            command = decode_command(msgspec.json.encode(said["command"]))
        except Trouble:
            command = None
    return Unsent(
        str(said["id"]),
        str(said["line"]),
        int(said["at"]),
        str(said["person"]),
        str(said["store"]),
        int(said["position"]),
        command,
        str(said["flight"]),
        int(said["tries"]),
    )


# -- what became of a command that was on its way --------------------------------------------------------------------


async def send(box: Outbox, link: Link, item: Unsent, command: Command, seen: int) -> Answer:
    """Send one item because a person said so. That it goes is on the disk before it goes.

    A refused one stays. Raises Unanswered (what became of it is not known: it stays so marked), or Trouble (it stays).
    """
    flying = replace(item, flight=item.next_id)
    box.keep(flying)
    try:
        answer = await link.submit(command, command_id=flying.flight, seen=seen)
    except Unanswered:
        raise
    except Trouble:
        box.keep(_landed(flying))
        raise
    if answer.refusal is not None:
        box.keep(_landed(flying))
    else:
        box.drop(flying, "sent")
    return answer


async def settle(box: Outbox, link: Link, item: Unsent) -> Answer | None:
    """What the core did of an item that was on its way when the link broke; None: it was not done, and never will be.

    The same id is sent again with a command that changes nothing (this desk is staffed as it is). If the id is known,
    the core gives its first answer; if not, the id is used up now, and a late copy of the first command is answered
    alike. Raises Trouble where that cannot be found out now.
    """
    done = False
    if item.store == link.store:
        answer = await link.submit(OpenDesk(link.actor.duty), command_id=item.flight)
        done = any(not isinstance(entry.fact, DeskOpened) for entry in answer.entries)
    if not done:
        box.keep(_landed(item))
        return None
    box.drop(item, "done")
    return answer


def _landed(item: Unsent) -> Unsent:
    """The item again as one that was not sent: its id is used up."""
    return replace(item, flight="", tries=item.tries + 1)
