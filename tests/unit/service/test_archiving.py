"""Old entries move to an archive: the chain goes on across the cut, nothing is lost on the way, all stays findable."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.entries import notes
from tests.support.stores import meddle
from zz110_tui.cli.verifying import verify_with_archives
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.commands import AddNote
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.simulation import run_shift
from zz110_tui.gis.city import load_city
from zz110_tui.service.archiving import image_at, last_before
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.historian import catch_up
from zz110_tui.service.recovery import recover
from zz110_tui.service.rehearsal import rehearse
from zz110_tui.store import archive as archive_module
from zz110_tui.store.archive import archive
from zz110_tui.store.backup import make_backup
from zz110_tui.store.chain import Fault, FaultKind, Verdict
from zz110_tui.store.history import History, history_of
from zz110_tui.store.journal import Head, Row
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.store.reader import SqliteReader
from zz110_tui.wire.codec import decode_entry, encode_image

RULES = load_rulebook(bundled("rulebook"))


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def drilled() -> MemoryJournal:
    """Two drilled days."""
    journal = MemoryJournal("drill")
    city = load_city(bundled("cities") / "zhangzhou")
    asyncio.run(run_shift(city, RULES, days=2, seed=6, load=0.2, journal=journal))
    return journal


@dataclass
class Place:
    store: Path
    file: Path
    rows: list[Row]

    def archive(self, cut: int, file: Path | None = None) -> None:
        archive(self.store, cut, file or self.file, image_at, nothing)

    def kept(self, path: Path) -> list[Row]:
        reader = SqliteReader(path)
        try:
            return list(reader.rows())
        finally:
            reader.close()

    def verified(self, *files: Path, pins: tuple[Head, ...] = ()) -> tuple[Verdict, int]:
        reader = SqliteReader(self.store)
        try:
            return verify_with_archives(reader, list(files), list(pins))
        finally:
            reader.close()

    def board(self) -> bytes:
        reader = SqliteReader(self.store)
        try:
            return encode_image(recover(reader)[0].image())
        finally:
            reader.close()

    @property
    def head(self) -> Head:
        return Head(self.rows[-1].position, self.rows[-1].hash)


@pytest.fixture
def place(tmp_path: Path, drilled: MemoryJournal) -> Place:
    store = tmp_path / "live" / "drill.zz110"
    journal = open_journal(store, "drill")
    journal.append(list(drilled.read()))
    journal.close()
    return Place(store, tmp_path / "2023.zz110", list(drilled.rows()))


def test_the_chain_goes_on_across_the_cut_and_the_board_is_the_same(place: Place) -> None:
    before = place.board()
    place.archive(300)
    assert place.kept(place.file) == place.rows[:300]
    assert place.kept(place.store) == place.rows[300:]
    assert place.board() == before
    assert place.verified(place.file) == (Verdict(place.head), 0)
    assert place.verified() == (Verdict(place.head), 300), "alone from the cut on"
    pins = tuple(Head(row.position, row.hash) for row in (place.rows[99], place.rows[299], place.rows[500]))
    assert place.verified(place.file, pins=pins)[0].intact


def test_the_store_goes_on_and_is_archived_again(place: Place, tmp_path: Path) -> None:
    place.archive(300)
    second = tmp_path / "2024.zz110"
    place.archive(450, second)
    journal = open_journal(place.store, "drill")
    head = journal.head.position
    assert journal.head == place.head
    journal.append(notes(head + 1, head + 1))
    journal.close()
    reader = SqliteReader(place.store)
    assert [(a.first, a.last, Path(a.file)) for a in reader.archives()] == [(1, 300, place.file), (301, 450, second)]
    reader.close()
    verdict, begins = place.verified(place.file, second)
    assert (verdict.intact, verdict.head.position, begins) == (True, head + 1, 0)
    assert place.verified(second)[1] == 300, "from the second archive on"


async def test_a_command_from_before_the_cut_that_is_sent_again_is_refused_in_words(place: Place) -> None:
    """Its answer is in the archive; it is never done a second time, after a second cut neither."""
    long_ago = next(decode_entry(row.payload) for row in place.rows[:300] if decode_entry(row.payload).command)
    place.archive(300)
    place.archive(450, place.file.with_name("2024.zz110"))
    journal = open_journal(place.store, "drill")
    engine = Engine(journal, RULES, ManualClock(long_ago.at))
    await engine.start(timers=False)
    with pytest.raises(Trouble, match="done long ago"):
        await engine.submit(AddNote(1, "x"), long_ago.actor, long_ago.command)
    assert engine.trouble is None
    assert journal.head == place.head, "nothing was done"
    await engine.stop()
    journal.close()


def test_everything_may_be_archived(place: Place) -> None:
    place.archive(place.head.position)
    journal = open_journal(place.store, "drill")
    assert journal.head == journal.base == place.head
    journal.append(notes(place.head.position + 1, place.head.position + 2))
    journal.close()
    assert place.verified(place.file)[0].intact


def test_an_archive_is_never_written(place: Place) -> None:
    place.archive(300)
    with pytest.raises(Trouble, match="can only be read"):
        open_journal(place.file, "drill")
    assert place.file.stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (
            "UPDATE entry SET payload = (SELECT payload FROM entry WHERE position = 20) WHERE position = 10",
            (FaultKind.REMOVED, 10, 19),
        ),
        ("DELETE FROM entry WHERE position = 50", (FaultKind.REMOVED, 50, 50)),
        ("DELETE FROM entry WHERE position > 280", (FaultKind.REMOVED, 281, 300)),
    ],
)
def test_harm_to_an_archive_is_found_with_its_place(place: Place, harm: str, fault: tuple[FaultKind, int, int]) -> None:
    place.archive(300)
    place.file.chmod(0o600)
    triggers = "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed"
    meddle(place.file, *triggers.split("; "), harm)
    assert place.verified(place.file)[0].fault == Fault(*fault)


def test_another_archive_does_not_lead_to_this_store(place: Place, tmp_path: Path) -> None:
    place.archive(300)
    other = open_journal(tmp_path / "other.zz110", "drill")
    other.append(notes(1, 300))
    other.close()
    with pytest.raises(Trouble, match="another store"):
        place.verified(tmp_path / "other.zz110")


def killed(work: Callable[[], object]) -> None:
    """Do it in a process that ends with ``os._exit(9)`` on the way: nothing is tidied up."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("step", ["_insert", "_walk", "_live_file", "_take_over", "_sync"])
@pytest.mark.parametrize("after", [False, True])
def test_killed_anywhere_nothing_is_lost_and_the_same_command_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    before = place.board()
    real = getattr(archive_module, step)

    def dies(*values: object, **named: object) -> object:
        if after:
            real(*values, **named)
        os._exit(9)

    with monkeypatch.context() as patch:
        patch.setattr(archive_module, step, dies)
        killed(lambda: place.archive(300))
    if place.kept(place.store) == place.rows:
        place.archive(300)
    assert place.kept(place.file) + place.kept(place.store) == place.rows
    assert place.board() == before
    assert place.verified(place.file)[0].intact
    open_journal(place.store, "drill").close()


def test_a_full_disk_leaves_the_store_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(archive_module, "_insert", full)
    with pytest.raises(Trouble, match="No space left"):
        place.archive(300)
    assert place.kept(place.store) == place.rows
    assert not place.file.exists()
    assert [path for path in place.store.parent.iterdir() if "archiving" in path.name] == []


def test_a_store_that_is_held_or_read_is_left_alone(place: Place) -> None:
    journal = open_journal(place.store, "drill")
    with pytest.raises(Trouble) as trouble:
        place.archive(300)
    assert trouble.value.exit_code == 75
    journal.close()
    reader = SqliteReader(place.store)
    assert reader.head == place.head
    with pytest.raises(Trouble, match="reading this store"):
        place.archive(300)
    reader.close()
    assert place.kept(place.store) == place.rows
    place.archive(300)
    assert place.kept(place.store) == place.rows[300:]


def test_a_file_that_is_there_is_not_taken_for_the_archive(place: Place) -> None:
    other = open_journal(place.file, "drill")
    other.append(notes(1, 300))
    other.close()
    with pytest.raises(Trouble, match="another file is there"):
        place.archive(300)
    assert place.kept(place.store) == place.rows


@pytest.mark.parametrize("cut", [0, 10_000_000])
def test_there_must_be_something_to_archive(place: Place, cut: int) -> None:
    with pytest.raises(Trouble, match="nothing to archive"):
        place.archive(cut)


def test_a_broken_store_is_not_archived(place: Place) -> None:
    meddle(place.store, "DROP TRIGGER entry_is_never_removed", "DELETE FROM entry WHERE position = 100")
    with pytest.raises(Trouble, match="not intact"):
        place.archive(300)
    assert not place.file.exists()


def test_the_cut_is_the_last_entry_before_a_time(drilled: MemoryJournal) -> None:
    times = [entry.at for entry in drilled.read()]
    for at in (times[0], times[0] + 1, times[200], times[200] + 1, times[-1] + 1):
        assert last_before(drilled, at) == sum(time < at for time in times)


def test_search_and_figures_stay_as_they_were_and_can_be_made_again(place: Place) -> None:
    def asked() -> object:
        reader, history = SqliteReader(place.store), History(history_of(place.store))
        try:
            catch_up(reader, history, RULES)
            return history.figures(), history.find("纠纷", 1000)
        finally:
            history.close()
            reader.close()

    before = asked()
    place.archive(300)
    assert asked() == before
    history_of(place.store).unlink()
    with pytest.raises(Trouble, match="history rebuild --archive"):
        asked()
    archived, history = SqliteReader(place.file), History(history_of(place.store))
    catch_up(archived, history, RULES)
    archived.close()
    history.close()
    assert asked() == before


def test_a_backup_of_an_archived_store_is_good(place: Place, tmp_path: Path) -> None:
    place.archive(300)
    made = make_backup(place.store, tmp_path / "backups", None, "1", nothing)
    (tmp_path / "scratch").mkdir()
    found = rehearse(made.path, tmp_path / "scratch", None, place.store, lambda _s, _d, _t: None)
    assert (found.good, found.live, found.live_board, found.header.base) == (True, "same", True, 300)
    assert [now.state for now in found.archives] == ["same"]


def test_a_backup_whose_archive_is_gone_is_not_good(place: Place, tmp_path: Path) -> None:
    place.archive(300)
    made = make_backup(place.store, tmp_path / "backups", None, "1", nothing)
    place.file.unlink()
    (tmp_path / "scratch").mkdir()
    found = rehearse(made.path, tmp_path / "scratch", None, place.store, lambda _s, _d, _t: None)
    assert [(now.reference.file, now.state) for now in found.archives] == [(str(place.file), "missing")]
    assert not found.good
    assert found.verdict.intact


def test_a_board_at_the_cut_that_was_changed_is_no_board(place: Place) -> None:
    place.archive(300)
    meddle(place.store, "UPDATE base SET image = zeroblob(9)", "DELETE FROM snapshot")
    with pytest.raises(Trouble, match="zz110 backup restore"):
        place.board()
