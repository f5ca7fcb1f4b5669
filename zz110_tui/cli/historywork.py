"""The work behind ``zz110 history`` and ``zz110 incident find``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.archivefiles import all_archives
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.history import open_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.slipview import incident_line
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.times import moment
from zz110_tui.cli.wiring import Reading, open_board, open_journal_to_read
from zz110_tui.core.incidents import Incident
from zz110_tui.service.historian import rebuild
from zz110_tui.store.history import FOR_EVER, History, history_of
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only


def show_status(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    path = history_of(around.store)
    with open_journal_to_read(around) as journal:
        head = journal.head.position
        history = History(path) if path.is_file() else None
        try:
            state = history.state() if history is not None else None
            position = state.position if state is not None else 0
            slips, contacts = history.counts() if history is not None else (0, 0)
        finally:
            if history is not None:
                history.close()
    if as_json:
        output.document(
            {"file": str(path), "position": position, "journal": head, "slips": slips, "contacts": contacts}
        )
    else:
        words = around.say(f"警情 {slips}，接警 {contacts}", f"{slips} slips, {contacts} contacts")
        output.text(f"{path}  {position}/{head}  {words}")


def update_history(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    began = time.monotonic()
    with open_journal_to_read(around) as journal, open_history(around, journal) as history:
        _told(around, history, journal.head.position, began, as_json)


def rebuild_history(invocation: Invocation, archives: list[Path], as_json: bool) -> None:
    """From the archives that are named, else from those that the store knows, as far as they are to be found."""
    around = look_around(invocation)
    began = time.monotonic()
    with open_journal_to_read(around) as journal:
        history = History(history_of(around.store))
        try:
            with Progress(around.say("重建历史", "rebuilding the history")) as progress:

                def tell(done: int, total: int) -> None:
                    progress.show(done, total, f"{done}/{total}")

                named = (lambda: _opened(archives)) if archives else (lambda: all_archives(around))
                rebuild(journal, history, around.rules, tell, named)
            _told(around, history, journal.head.position, began, as_json)
        finally:
            history.close()


@contextmanager
def _opened(archives: list[Path]) -> Iterator[list[JournalReader]]:
    with ExitStack() as stack:
        opened: list[JournalReader] = []
        for path in archives:
            reader = open_read_only(path)
            stack.callback(reader.close)
            opened.append(reader)
        yield opened


def _told(around: Surroundings, history: History, position: int, began: float, as_json: bool) -> None:
    slips, contacts = history.counts()
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        output.document({"position": position, "slips": slips, "contacts": contacts, "seconds": seconds})
    else:
        words = around.say(f"警情 {slips}，接警 {contacts}", f"{slips} slips, {contacts} contacts")
        output.text(f"{position}  {words}  {seconds:.1f} s")


def find_incidents(invocation: Invocation, words: list[str], start: str, end: str, limit: int, as_json: bool) -> bool:
    """Whether anything was found."""
    around = look_around(invocation)
    with open_board(around) as reading:
        there = reading.pen.zone
        first, last = moment(start, there) or 0, moment(end, there, end_of_day=True) or FOR_EVER
        known = _find(reading, " ".join(words), limit + 1, first, last)
        found = known[:limit]
        if as_json:
            output.document([reading.pen.incident(incident) for incident in found])
        else:
            scene = reading.scene()
            for incident in found:
                output.text(f"{_day(incident, reading.pen.zone)}  {incident_line(incident, scene)}")
    if len(known) > limit:
        say(
            around.say(
                f"只列最近 {limit} 条，还有更多：加词，或用 --from、--to、--limit",
                f"the newest {limit} only, there are more: add a word, or use --from, --to, --limit",
            )
        )
    elif not found:
        say(around.say("没有找到", "nothing found"))
    return bool(found)


def _find(reading: Reading, words: str, limit: int, start: int, end: int) -> list[Incident]:
    if reading.elsewhere is not None:
        return reading.elsewhere.find(words, limit, start, end)
    note_reading(reading.around, "read", "incident find")
    with open_history(reading.around, reading.journal) as history:
        numbers = history.find(words, limit, start, end)
        return [kept.incident for number in numbers if (kept := history.slip(number)) is not None]


def _day(incident: Incident, zone: object) -> str:
    from datetime import tzinfo

    from zz110_tui.cli.documents import clock

    assert isinstance(zone, tzinfo)
    return clock(incident.received_at, zone)[:16]
