"""What belongs to a store and is no entry of its journal: its archives, by reference, and its list of users."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import Literal

import apsw

from zz110_tui.core.records import dataclass
from zz110_tui.store.archives import Place
from zz110_tui.store.faults import close_quietly, trouble_of
from zz110_tui.store.sealed import Reference

BUSY_MS = 2_000

ArchiveState = Literal["same", "changed", "missing", "unsummed"]
"""An archive against what a backup knows of it; ``unsummed``: it is there, and the backup holds no SHA-256 of it."""

UsersState = Literal["in_it", "no_key", "absent", "unreadable"]
"""Whether a list of users went into a backup; ``no_key``: it would have lain there open to everybody."""


def users_of(store: Path) -> Path:
    """Where the list of users of a store is."""
    return store.with_name(store.name + ".users")


# -- archives ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArchiveNow:
    """An archive as a backup refers to it, and what it is now; ``file`` is where it was found, None: nowhere."""

    reference: Reference
    state: ArchiveState
    file: Path | None


def refer_to(places: Iterable[Place]) -> tuple[Reference, ...]:
    """Archives with the SHA-256 of each file as it is now: "" where it cannot be read. Reads every one to its end."""
    found = []
    for place in places:
        one, file = place.archived, place.file or Path(place.archived.file)
        found.append(Reference(one.first, one.last, str(file), _sum_of(file)))
    return tuple(found)


def look_at(references: Iterable[Reference], places: Iterable[Place]) -> tuple[ArchiveNow, ...]:
    """Each archive, and whether it is reachable and unchanged. Reads every one to its end."""
    now = {place.archived.last: place.file or place.claims for place in places}
    return tuple(_look_at(one, now.get(one.last)) for one in references)


def _look_at(reference: Reference, file: Path | None) -> ArchiveNow:
    sum_now = _sum_of(file) if file is not None else ""
    if file is None or not sum_now:
        return ArchiveNow(reference, "missing", None)
    if not reference.sha256:
        return ArchiveNow(reference, "unsummed", file)
    return ArchiveNow(reference, "same" if sum_now == reference.sha256 else "changed", file)


def _sum_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


# -- the list of users ------------------------------------------------------------------------------------------------


def users_image(path: Path) -> bytes:
    """The list of users as one consistent image, also while a core writes it. Raises Trouble where it is damaged."""
    try:
        # Not read-only: what a core that was killed left half-done is undone by whoever opens the file next.
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            connection.set_busy_timeout(BUSY_MS)
            connection.execute("BEGIN").fetchall()
            found = connection.execute("PRAGMA quick_check(1)").fetchall()
            if found != [("ok",)]:
                raise apsw.CorruptError(str(found[0][0]))
            return connection.serialize("main")
        finally:
            close_quietly(connection)
    except apsw.Error as fault:
        raise trouble_of(fault, path) from fault


def put_users(store: Path, image: bytes) -> Path:
    """Write a list of users (0600) beside a store and say where: ``STORE.users``, or, where another list or the log of
    one lies there, ``STORE.users.restored``. No file is ever overwritten. Raises OSError."""
    wanted = users_of(store)
    part = wanted.with_name(f".{wanted.name}.restoring")
    with suppress(FileNotFoundError):
        part.unlink()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(image)
            file.flush()
            os.fsync(file.fileno())
        for place in _places(wanted):
            if _holds(place, image):
                return place
            if not _taken(place):
                with suppress(FileExistsError):
                    take_name(part, place)
                    return place
    finally:
        part.unlink(missing_ok=True)
    raise AssertionError("the places never end")


def take_name(part: Path, place: Path) -> None:
    """Give a finished file its name. Raises FileExistsError where it is taken, which is never written over."""
    try:
        # A link refuses where a name is taken; a rename would take it over.
        os.link(part, place)
    except (PermissionError, NotImplementedError):
        part.rename(place)


def _places(wanted: Path) -> Iterator[Path]:
    yield wanted
    for number in count(1):
        yield wanted.with_name(wanted.name + ".restored" + (f"-{number}" if number > 1 else ""))


def _holds(place: Path, image: bytes) -> bool:
    """What an earlier run that was killed put there is what this one would put there."""
    return place.is_file() and place.stat().st_size == len(image) and place.read_bytes() == image and not _log(place)


def _taken(place: Path) -> bool:
    return place.exists() or place.is_symlink() or _log(place)


def _log(place: Path) -> bool:
    """Whether an older list left a log, which SQLite would play into the one that gets its name."""
    return any(place.with_name(place.name + end).exists() for end in ("-journal", "-wal"))
