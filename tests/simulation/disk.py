"""A disk that breaks: what was not synced may be gone after a power cut, space runs out, reads, writes and syncs fail.

A SQLite VFS over the real file system. The real files are what the running machine sees (its page cache); beside them
the disk keeps, for each file, the bytes that are sure to be on the platter and every write since the last sync.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from pathlib import Path

import apsw

SECTOR = 512

_names = count()


class Plan(Enum):
    """What goes wrong."""

    POWER_CUT = "power cut"
    FULL = "disk full"
    NO_WRITE = "a write fails"
    NO_SYNC = "a sync fails"


@dataclass
class _File:
    """``named``: its name in the folder is durable. ``deleted``: the name was taken away, perhaps not yet durably.
    ``before``: the file that had the name before it, which the folder may still lead to."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    named: bool = False
    deleted: bool = False
    before: _File | None = None


class Disk:
    """Use ``vfs`` as the name of a SQLite VFS for files in ``folder``."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.vfs = f"breaking-disk-{next(_names)}"
        self.random = random.Random(seed)
        self.plan: Plan | None = None
        self.broke = False
        self._every = 1
        self._countdown = 0
        self._files: dict[str, _File] = {}
        for path in folder.iterdir():
            self._files[path.name] = _File(bytearray(path.read_bytes()), named=True)
        self._registered = _Vfs(self)

    def fail_after(self, operations: int, plan: Plan, *, for_good: bool = True) -> None:
        """Break at the given operation from now, counting those that the plan is about, and from then on; or else
        once every so many operations."""
        self.plan, self._every, self.broke = plan, 1 if for_good else operations, False
        self._countdown = operations

    def mend(self) -> None:
        self.plan = None

    def remove(self) -> None:
        self._registered.unregister()

    # -- what the VFS asks -----------------------------------------------------------------------------------------

    def opened(self, name: str) -> None:
        """A name that is not there yet, or not any more, is made anew."""
        before = self._files.get(name)
        if before is None or before.deleted:
            # The store makes its own file, durably, before SQLite opens it; what is beside it SQLite makes itself.
            self._files[name] = _File(named=not name.endswith(("-wal", "-journal")), before=before)

    def write(self, name: str, offset: int, data: bytes, size: int) -> None:
        self._may_break({Plan.POWER_CUT, Plan.NO_WRITE})
        if offset + len(data) > size:
            self._may_break({Plan.FULL})
        self._files[name].pending.append((offset, data))

    def truncate(self, name: str, size: int) -> None:
        self._may_break({Plan.POWER_CUT})
        self._files[name].pending.append((size, None))

    def sync(self, name: str) -> None:
        file = self._files[name]
        try:
            self._may_break({Plan.POWER_CUT, Plan.NO_SYNC})
        except apsw.IOError:
            if self.plan is not Plan.POWER_CUT:
                # As Linux does it: the pages stay readable and count as clean, and never reach the platter.
                file.pending.clear()
            raise
        for change in file.pending:
            _apply(file.durable, *change)
        file.pending.clear()
        if not file.named:
            self._sync_folder()

    def _sync_folder(self) -> None:
        """SQLite does it with the first sync of a log: every name made or taken away so far is durable."""
        for name, file in list(self._files.items()):
            if file.deleted:
                del self._files[name]
            file.named, file.before = True, None

    def delete(self, name: str, durably: bool) -> None:
        self._may_break({Plan.POWER_CUT})
        if name in self._files:
            self._files[name].deleted = True
        if durably:
            self._sync_folder()

    def _may_break(self, plans: set[Plan]) -> None:
        if self.plan not in plans:
            return
        self._countdown -= 1
        if self._countdown > 0:
            return
        self.broke = True
        self._countdown = self._every
        fault: apsw.Error = apsw.FullError("no space left") if self.plan is Plan.FULL else apsw.IOError("broken disk")
        raise fault

    # -- the power goes --------------------------------------------------------------------------------------------

    def after_power_cut(self, folder: Path) -> None:
        """Write into ``folder`` what is on the platter: of every write since the last sync all, nothing or some
        sectors, whatever came before or after it; names made or taken away since may be as they were."""
        folder.mkdir()
        for name, newest in sorted(self._files.items()):
            file: _File | None = newest
            while file is not None and self._name_is_lost(file):
                file = file.before
            if file is not None:
                content = bytearray(file.durable)
                for offset, data in file.pending:
                    self._maybe_apply(content, offset, data)
                (folder / name).write_bytes(content)

    def _name_is_lost(self, file: _File) -> bool:
        return (file.deleted or not file.named) and self.random.random() < 0.5

    def _maybe_apply(self, content: bytearray, offset: int, data: bytes | None) -> None:
        fate = self.random.choice(("all", "nothing", "some"))
        if fate == "all" or (data is None and fate == "some"):
            _apply(content, offset, data)
        elif fate == "some" and data is not None:
            for start in range(0, len(data), SECTOR):
                if self.random.random() < 0.5:
                    _apply(content, offset + start, data[start : start + SECTOR])


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__(disk.vfs, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _VfsFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.delete(Path(filename).name, syncdir)
        super().xDelete(filename, syncdir)


class _VfsFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        full = name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary"
        self._name = Path(full).name
        self._disk = disk
        disk.opened(self._name)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.write(self._name, offset, bytes(data), self.xFileSize())
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.truncate(self._name, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._disk.sync(self._name)
