"""A disk whose syncs take a given time: what a person's own machine would give, measured on one that syncs quickly."""

from __future__ import annotations

import time

import apsw


class SlowDisk(apsw.VFS):
    """Use ``name`` as a SQLite VFS: the real file system, and every sync takes ``sync_s`` longer."""

    def __init__(self, sync_s: float) -> None:
        self.name = f"slow-disk-{sync_s}"
        self._sync_s = sync_s
        super().__init__(self.name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _SlowFile(name, flags, self._sync_s)


class _SlowFile(apsw.VFSFile):
    def __init__(self, name: str | apsw.URIFilename | None, flags: list[int], sync_s: float) -> None:
        self._sync_s = sync_s
        super().__init__("", name, flags)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        time.sleep(self._sync_s)
        super().xSync(flags)
