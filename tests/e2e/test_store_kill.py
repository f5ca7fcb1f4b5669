"""A process that stores and says so is killed, again and again: what it said is there, and the chain holds."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.entries import notes
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.chain import verify
from zz110_tui.store.open import open_journal, open_read_only

# Appends for ever, and says after each append which position is durable.
WRITER = """
import random, sys
from tests.support.entries import notes
from zz110_tui.store.open import open_journal

rng = random.Random(int(sys.argv[2]))
journal = open_journal(sys.argv[1], "live")
head = journal.head.position
while True:
    size = rng.choice((1, 2, 16, 64))
    head = journal.append(notes(head + 1, head + size))[-1].position
    print(head, flush=True)
    if rng.random() < 0.1:
        journal.save_snapshot(head, rng.randbytes(50_000))
    if rng.random() < 0.1:
        journal.rest()
"""

ROUNDS = 10
ROOT = Path(__file__).parents[2]


def _killed_while_writing(path: Path, seed: int) -> int:
    """Start a writer, kill -9 it somewhere after its first words; the last position it said was durable."""
    heard = random.Random(seed).randint(1, 120)
    command = [sys.executable, "-c", WRITER, str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(heard)]
        writer.kill()
        # It went on while we listened: everything it managed to say counts.
        said += writer.stdout.readlines()
    whole = [line for line in said if line.endswith(b"\n")]
    assert whole, "the writer never stored anything"
    return int(whole[-1])


def test_what_was_acknowledged_before_a_kill_is_there(tmp_path: Path) -> None:
    path = tmp_path / "store.zz110"
    before = 0
    for seed in range(ROUNDS):
        acknowledged = _killed_while_writing(path, seed)
        assert acknowledged > before

        journal = open_journal(path, "live", create=False)
        stored = list(journal.read())
        assert len(stored) - acknowledged in (0, 1, 2, 16, 64), "an append is there whole or not at all"
        assert stored == notes(1, len(stored))
        assert verify(journal.rows()).head == journal.head
        assert journal.warnings == ()
        snapshot = journal.latest_snapshot()
        assert snapshot is None or snapshot[0] <= len(stored)
        journal.close()
        before = len(stored)


def test_a_reader_looks_on_while_the_writer_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "store.zz110"
    open_journal(path, "live").close()
    reader = open_read_only(path)
    for seed in range(3):
        acknowledged = _killed_while_writing(path, 100 + seed)

        assert reader.head.position >= acknowledged
        assert verify(reader.rows()).head == reader.head
        journal = open_journal(path, "live")
        head: list[Entry] = notes(journal.head.position + 1, journal.head.position + 1)
        assert reader.head == journal.head
        journal.append(head)
        assert list(reader.read(journal.head.position - 1)) == head
        journal.close()
    reader.close()


def test_a_killed_writer_leaves_no_lock_and_a_living_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.zz110"
    command = [sys.executable, "-c", WRITER, str(path), "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(Trouble, match=str(writer.pid)):
            open_journal(path, "live")
        writer.kill()

    open_journal(path, "live").close()
