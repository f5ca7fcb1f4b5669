"""Changing a city pack in one step: another process finds the old pack or the new one, never half of each."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.packwrite import CANNOT_CREATE, write_files

_AT_FDCWD = -100
_EXCHANGE = 2


def change_pack(pack: Path, files: Mapping[str, bytes], out: Path | None = None) -> Path:
    """Put changed files into a pack, or (``out``) into a copy of it at a place that is not there yet or empty. The
    folder it is in now.

    Everything is written beside the place it goes to, and then the two folders change places at once. Raises Trouble
    when that cannot be done; the pack is then as it was.
    """
    place = (pack if out is None else out).resolve()
    fresh = place.with_name(f".{place.name}.new-{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(pack, fresh)
        write_files(fresh, files)
        if out is None:
            _exchange(fresh, place)
        else:
            fresh.replace(place)
        _synced(place.parent)
    except OSError as error:
        raise Trouble(
            both(f"城市包 {place.name} 写不出来", f"city pack {place.name} cannot be written"),
            f"{error.filename or place}: {error.strerror or error}",
            both("换一个可写的目录", "choose a directory that can be written to"),
            exit_code=CANNOT_CREATE,
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return pack if out is None else out


def _exchange(fresh: Path, place: Path) -> None:
    """The two folders change places: in one step where the system can, else through a third name.

    Raises OSError; the pack is then where it was.
    """
    if _exchanged_at_once(fresh, place):
        return
    aside = fresh.with_name(fresh.name + ".old")
    place.replace(aside)
    try:
        fresh.replace(place)
    except OSError:
        aside.replace(place)
        raise
    aside.replace(fresh)


def _exchanged_at_once(fresh: Path, place: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE, which Linux has since 3.15 and not every file system can."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(place), _EXCHANGE) == 0)


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
