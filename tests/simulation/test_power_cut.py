"""No acknowledged entry is ever lost: under power cuts that drop what was not synced, a full disk, and I/O errors.

Each seed is a run of its own; one that fails is a bug report. The controls at the end show that the disk has teeth.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulation.disk import Disk, Plan
from tests.support.entries import notes
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import sqlite
from zz110_tui.store.chain import verify
from zz110_tui.store.sqlite import SqliteJournal

SEEDS = range(60)
NEVER = (100_000, 100_000)
BOOTS = 4
"""How often the machine of one run is started."""


class Run:
    """One store over several starts of a machine, and what it promised: ``acknowledged``, then perhaps ``doubtful``."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.acknowledged: list[Entry] = []
        self.doubtful: list[Entry] = []
        self._home = folder
        self._boots = 0
        self._appends = 0
        self._seed = seed
        self.folder = folder / "0"
        self.folder.mkdir()
        self.disk = Disk(self.folder, seed)

    def boot_after_power_cut(self) -> None:
        self._boots += 1
        folder = self._home / str(self._boots)
        self.disk.after_power_cut(folder)
        self.disk.remove()
        self.folder, self.disk = folder, Disk(folder, self._seed * 1_000 + self._boots)

    @contextmanager
    def journal(self) -> Iterator[SqliteJournal]:
        journal = SqliteJournal(self.folder / "store", "live", vfs=self.disk.vfs)
        try:
            yield journal
        finally:
            journal.close()

    def work(self, journal: SqliteJournal, appends: int) -> None:
        """Append, with a snapshot and a checkpoint now and then. Raises Trouble where the disk breaks an append."""
        for _ in range(appends):
            self.append(journal, self.random.choice((1, 1, 2, 16, 64)))
            if self.random.random() < 0.1:
                journal.save_snapshot(len(self.acknowledged), self.random.randbytes(20_000))
            if self.random.random() < 0.2:
                journal.rest()

    def append(self, journal: SqliteJournal, size: int) -> None:
        """No two appends are alike, nor are their commands: an entry that comes back is known by its own append."""
        self._appends += 1
        first = len(self.acknowledged) + 1
        entries = notes(first, first + size - 1, self.random.choice((1, 2)), f"append {self._appends}")
        self.doubtful = [replace(entry, command=f"{self._appends}:{entry.command}") for entry in entries]
        journal.append(self.doubtful)
        self.acknowledged += self.doubtful
        self.doubtful = []

    def check(self, journal: SqliteJournal) -> None:
        """Every acknowledged entry is there, and of the append in doubt all or nothing."""
        there = list(journal.read())
        if there != self.acknowledged:
            assert there == self.acknowledged + self.doubtful
        self.acknowledged, self.doubtful = there, []
        assert verify(journal.rows()).head == journal.head
        assert journal.head.position == len(there)
        assert journal._writer.pragma("integrity_check") == "ok"
        for entry in there[-5:]:
            span = journal.find_commands([entry.command]).get(entry.command)
            assert span is not None
            assert span[0] <= entry.position <= span[1]
        snapshot = journal.latest_snapshot()
        assert snapshot is None or snapshot[0] <= len(there)
        assert journal.warnings == ()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints come often, so that many cuts fall into one."""
    checkpoint_from(monkeypatch, 4, 60)


def checkpoint_from(monkeypatch: pytest.MonkeyPatch, rest_pages: int, wal_pages: int) -> None:
    monkeypatch.setattr(sqlite, "REST_PAGES", rest_pages)
    monkeypatch.setattr(sqlite, "WAL_PAGES", wal_pages)


def cut_and_boot(run: Run, prepare: Callable[[SqliteJournal], None] = lambda journal: None) -> None:
    """Open, work until the power goes, start again and look; ``BOOTS`` times."""
    for _ in range(BOOTS):
        run.disk.fail_after(run.random.randint(1, 150), Plan.POWER_CUT)
        try:
            with run.journal() as journal:
                run.check(journal)
                prepare(journal)
                run.work(journal, 1_000)
        except Trouble:
            assert run.disk.broke
        run.boot_after_power_cut()
    with run.journal() as journal:
        run.check(journal)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    run = Run(tmp_path, seed)

    cut_and_boot(run)

    run.disk.remove()


def fail_then_cut(run: Run, plan: Plan) -> None:
    """Work until the disk fails; open the store again when it is mended, work on, and lose the power."""
    with run.journal() as journal:
        run.work(journal, run.random.randint(1, 10))
        run.disk.fail_after(run.random.randint(1, 60), plan, for_good=run.random.random() < 0.5)
        while journal.broken is None:
            try:
                run.work(journal, 1_000)
            except Trouble:
                assert run.disk.broke
        acknowledged = len(run.acknowledged)
        with pytest.raises(Trouble) as trouble:
            journal.append(notes(acknowledged + 1, acknowledged + 1))
        assert trouble.value is journal.broken
        assert ("disk is full" in trouble.value.title) == (plan is Plan.FULL)
        assert journal.head.position == acknowledged
        assert list(journal.read(0, acknowledged)) == run.acknowledged
    run.disk.mend()

    with run.journal() as journal:
        run.check(journal)
        run.work(journal, run.random.randint(1, 10))
        run.disk.fail_after(run.random.randint(1, 30), Plan.POWER_CUT)
        with pytest.raises(Trouble):
            run.work(journal, 1_000)
    run.boot_after_power_cut()
    with run.journal() as journal:
        run.check(journal)


@pytest.mark.parametrize("plan", [Plan.FULL, Plan.NO_WRITE, Plan.NO_SYNC], ids=lambda plan: plan.value)
@pytest.mark.parametrize("seed", range(20))
def test_a_disk_that_fails_is_told_and_loses_nothing_even_at_the_next_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, plan: Plan
) -> None:
    if seed % 2:
        checkpoint_from(monkeypatch, *NEVER)
    run = Run(tmp_path, seed)

    fail_then_cut(run, plan)

    run.disk.remove()


@pytest.mark.parametrize("plan", [Plan.FULL, Plan.NO_WRITE, Plan.NO_SYNC], ids=lambda plan: plan.value)
@pytest.mark.parametrize("operation", range(1, 12))
def test_a_store_whose_making_fails_can_be_made_later(tmp_path: Path, plan: Plan, operation: int) -> None:
    run = Run(tmp_path, operation)
    run.disk.fail_after(operation, plan)
    try:
        with run.journal() as journal:
            run.check(journal)
    except Trouble:
        assert run.disk.broke
    run.disk.mend()

    with run.journal() as journal:
        run.check(journal)
        run.work(journal, 2)
    run.disk.remove()


def test_a_snapshot_or_checkpoint_that_fails_does_not_stop_the_room(tmp_path: Path) -> None:
    run = Run(tmp_path, 1)
    with run.journal() as journal:
        run.work(journal, 20)
        uses: list[Callable[[], None]] = [
            lambda: journal.save_snapshot(len(run.acknowledged), bytes(100_000)),
            journal.rest,
        ]
        for use in uses:
            run.append(journal, 200)
            run.disk.fail_after(1, Plan.NO_WRITE)
            with pytest.raises(Trouble):
                use()
            run.disk.mend()
            assert journal.broken is None
        run.work(journal, 5)
        run.check(journal)
    run.disk.remove()


# -- controls: the disk has teeth --------------------------------------------------------------------------------------


def lost(folder: Path, work: Callable[[Run], None]) -> int:
    """In how many of twenty runs something acknowledged was lost, or the store was not even whole."""
    failed = 0
    for seed in range(20):
        home = folder / str(seed)
        home.mkdir()
        run = Run(home, seed)
        try:
            work(run)
        except (AssertionError, Trouble):
            failed += 1
        run.disk.remove()
    return failed


def test_control_with_less_syncing_acknowledged_entries_are_lost(tmp_path: Path) -> None:
    """``synchronous=NORMAL`` is what this store must not use."""

    def sync_less(journal: SqliteJournal) -> None:
        journal._writer.pragma("synchronous", "NORMAL")

    assert lost(tmp_path, lambda run: cut_and_boot(run, sync_less)) > 10


def test_control_without_settling_the_log_a_failed_sync_loses_what_comes_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint_from(monkeypatch, *NEVER)
    monkeypatch.setattr(sqlite, "_settle_wal", lambda path, vfs: None)

    assert lost(tmp_path, lambda run: fail_then_cut(run, Plan.NO_SYNC)) > 0
