"""The backups that a serving core makes by itself, and what they had to leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from zz110_tui.cli.backupview import users_left_out
from zz110_tui.cli.chores import Chore
from zz110_tui.cli.keeping import age_s, beside_the_room
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.backup import SUFFIX, Backup, backups_in
from zz110_tui.store.beside import UsersState, users_of
from zz110_tui.store.open import open_read_only

Note = Callable[..., None]
"""Takes one word and values: what an administrator should hear of and is no failure."""


def scheduled_backup(around: Surroundings, note: Note) -> ScheduledBackup | None:
    """None where the settings name no folder or no schedule."""
    settings = around.loaded.settings.backup
    if not settings.folder or not settings.every:
        return None
    return ScheduledBackup(around, Path(settings.folder).expanduser(), note)


class ScheduledBackup:
    """Backups are made by a process of their own with a low priority: reading and packing a whole store here would take
    turns with the room. Everything but ``lacks_users`` is for the chore's thread: a mount may hang."""

    def __init__(self, around: Surroundings, folder: Path, note: Note) -> None:
        self._around = around
        self._folder = folder
        self._note = note
        self._looked = False
        self.lacks_users = False
        """Whether the newest backup is without the list of users that the store has."""

    @property
    def chore(self) -> Chore:
        every = self._around.loaded.settings.backup.every
        return Chore("backup", every, self._make, self._begin_and_age_s, at_end=False)

    def age_s(self) -> float:
        return min((age_s(path) for path in self._folder.glob(f"*{SUFFIX}")), default=float("inf"))

    def _begin_and_age_s(self) -> float:
        if not self._looked:
            self._looked = True
            self._look()
        return self.age_s()

    def _look(self) -> None:
        """At what was made before this core began."""
        try:
            left_out = newest_lacks_users(self._around.store, backups_in(self._folder))
        except Trouble:
            return
        self._tell(left_out, "")

    def _make(self) -> None:
        failed, told = beside_the_room(self._around, 10, "backup", "make", "--json")
        if failed:
            raise Trouble(
                both("定时备份没有做成", "the scheduled backup was not made"),
                f"{self._folder}: {failed}",
                both("手工运行 zz110 backup make 看原因", "run zz110 backup make by hand and see why"),
            )
        made = json.loads(told)
        self._tell(made["users_state"], made["file"])

    def _tell(self, state: UsersState | None, file: str) -> None:
        why = users_left_out(state) if state is not None else {}
        self.lacks_users = bool(why)
        if why:
            self._note("backup_incomplete", users=state, **({"file": file} if file else {}), **why)


def newest_lacks_users(store: Path, backups: Sequence[Backup]) -> UsersState | None:
    """Why the newest whole backup of a store is without the list of users beside it; None where it has it, or there is
    none of either."""
    if not users_of(store).is_file():
        return None
    name = id_of(store)
    own = [one.header for one in backups if one.header is not None and one.header.store == name]
    if not own or own[-1].users:
        return None
    return "no_key" if own[-1].cipher == "none" else "unreadable"


def id_of(store: Path) -> str:
    """The store in use; "" where it is not there or cannot be read any more, which is what backups are for."""
    try:
        reader = open_read_only(store)
    except Trouble:
        return ""
    try:
        return reader.stamp.id
    finally:
        reader.close()
