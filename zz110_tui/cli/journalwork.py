"""The work behind ``zz110 journal``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import record_of
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.slipview import told_line
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import Reading, open_board, open_journal_to_read
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.saying import tell_fact
from zz110_tui.store.journal import JournalReader

LOOK_AGAIN_S = 0.25


def tail_journal(invocation: Invocation, count: int, follow: bool, as_json: bool) -> None:
    around = look_around(invocation)
    note_reading(around, "read", "journal tail")
    with open_board(around) as reading:
        after = max(0, reading.board.position - count)
        for entry in reading.journal.read(after, reading.board.position - after):
            _show(entry, reading, as_json)
        output.flush()
        while follow:
            for entry in _new(reading):
                _show(entry, reading, as_json)
            output.flush()
            time.sleep(LOOK_AGAIN_S)


def _new(reading: Reading) -> Iterator[Entry]:
    """What was written since; the board is kept up to it."""
    for entry in reading.journal.read(reading.board.position):
        evolve(reading.board, entry)
        yield entry


def _show(entry: Entry, reading: Reading, as_json: bool) -> None:
    scene = reading.scene()
    if as_json:
        output.line(reading.pen.told(entry, tell_fact(entry.fact, scene)))
    else:
        output.text(f"{entry.position:>6}  {told_line(entry, scene)}")


def export_journal(invocation: Invocation, out: Path | None, after: int) -> None:
    around = look_around(invocation)
    note_reading(around, "export", "journal export", after=after)
    with open_journal_to_read(around) as journal:
        if out is None:
            for entry in journal.read(after):
                output.line(record_of(entry))
            return
        count = _write_file(journal, out, after, around)
        say(around.say(f"导出 {count} 条到 {out}", f"{count} entries exported to {out}"))


def _write_file(journal: JournalReader, out: Path, after: int, around: Surroundings) -> int:
    """How many entries were written. Raises Trouble; an existing file is never overwritten."""
    count = 0
    try:
        with out.open("x", encoding="utf-8") as file:
            for entry in journal.read(after):
                file.write(output.to_json(record_of(entry)) + "\n")
                count += 1
    except OSError as fault:
        raise Trouble(
            around.say("导出文件写不了", "the file cannot be written"),
            f"{out}: {fault.strerror}",
            around.say("换一个还不存在的文件名", "name a file that does not exist yet, in a folder you may write"),
        ) from fault
    return count
