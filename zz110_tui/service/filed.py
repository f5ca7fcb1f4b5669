"""Slips that were filed, with everything that happened to them: from the history, the journal and its archives."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from zz110_tui.core.facts import Entry
from zz110_tui.store.archives import Place, locate
from zz110_tui.store.history import History, history_of
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only
from zz110_tui.wire.asking import PastSlip


def place_of(store: Path) -> Path | None:
    """Where a history of ours goes; None for a temporary one: whoever may read the store and write nothing beside it
    gets one of his own, made anew and gone with the process."""
    path = history_of(store)
    if os.access(path if path.exists() else path.parent, os.R_OK | os.W_OK):
        return path
    return None


def slip_in(
    history: History, store: Path, journal: JournalReader, number: int, folders: Sequence[Path] = ()
) -> PastSlip | None:
    """``folders``: where archives are looked for besides the store's."""
    kept = history.slip(number)
    if kept is None:
        return None
    return PastSlip(kept.incident, kept.reports, *chronology_of(store, journal, kept.told, folders))


def archive_places(store: Path, folders: Sequence[Path] = ()) -> tuple[Place, ...]:
    """Every archive of a store, oldest first, and where it is now. Raises Trouble where the store cannot be read."""
    from zz110_tui.store.reader import SqliteReader

    reader = SqliteReader(store)
    try:
        return locate(reader.archives(), store, reader.stamp.id, folders)
    finally:
        reader.close()


def chronology_of(
    store: Path, journal: JournalReader, told: tuple[int, ...], folders: Sequence[Path] = ()
) -> tuple[tuple[Entry, ...], str]:
    """The entries at these positions, from the store and from its archives where they are to be had; and the archive
    that has what is missing."""
    here = [position for position in told if position > journal.base.position]
    entries = [entry for position in here for entry in journal.read(position - 1, 1)]
    gone = [position for position in told if position <= journal.base.position]
    if not gone:
        return tuple(entries), ""
    older, elsewhere = list[Entry](), ""
    for place in archive_places(store, folders):
        wanted = [position for position in gone if place.archived.first <= position <= place.archived.last]
        if not wanted:
            continue
        if place.file is None:
            elsewhere = place.archived.file
            continue
        archive = open_read_only(place.file)
        try:
            older += [entry for position in wanted for entry in archive.read(position - 1, 1)]
        finally:
            archive.close()
    return (*older, *entries), elsewhere
