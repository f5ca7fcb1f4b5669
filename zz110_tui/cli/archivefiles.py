"""The archives of a store as files that can be read here, and what to say of those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.service import filed
from zz110_tui.store.archives import Place
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only

REMEDY = (
    "用 --archive-folder 目录（可给多个）或设置 archive.folders 指出归档现在的目录；按哈希认，文件名不论",
    "name the folder it is in now: --archive-folder DIR (several), or archive.folders; the hash tells, not the name",
)


def archive_places(around: Surroundings) -> tuple[Place, ...]:
    """Every archive of the store, oldest first, and where it is now. Raises Trouble where the store cannot be read."""
    return filed.archive_places(around.store, around.archive_folders)


def joined(places: Sequence[Place]) -> list[Path]:
    """The files to be judged with the store as one chain. One that is missing breaks the row: what comes before it
    cannot be joined to the store. One that stands in an archive's place is judged, and found out."""
    files = [place.file or place.claims for place in places]
    begin = max((number for number, file in enumerate(files, 1) if file is None), default=0)
    return [file for file in files[begin:] if file is not None]


def missing_lines(places: Sequence[Place], around: Surroundings) -> list[str]:
    """Which archives were not found, and what to do; nothing where all were."""
    lost = [place for place in places if place.file is None]
    lines = [f"{place.archived.first}-{place.archived.last}  {_why(place, around)}" for place in lost]
    return [*lines, f"→ {around.say(*REMEDY)}"] if lost else []


def _why(place: Place, around: Surroundings) -> str:
    if place.claims is None:
        return around.say(f"{place.archived.file}：找不到", f"{place.archived.file}: not found")
    return around.say(
        f"{place.claims}：不是这个归档（末条的哈希不同）",
        f"{place.claims}: is not this archive (its last hash is another)",
    )


@contextmanager
def all_archives(around: Surroundings) -> Iterator[list[JournalReader]]:
    """Every archive open, oldest first. Raises Trouble that names those that are not here and what to do."""
    places = archive_places(around)
    lost = [place for place in places if place.file is None]
    if lost:
        raise Trouble(
            both("归档不在这里，历史算不出来", "an archive is not here: the history cannot be computed"),
            "; ".join(f"{one.archived.first}-{one.archived.last} {_why(one, around)}" for one in lost),
            both(*REMEDY),
            exit_code=66,
        )
    with ExitStack() as stack:
        opened: list[JournalReader] = []
        for place in places:
            assert place.file is not None
            reader = open_read_only(place.file)
            stack.callback(reader.close)
            opened.append(reader)
        yield opened
