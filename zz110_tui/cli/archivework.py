"""The work behind ``zz110 journal archive``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.history import open_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import city_of_store, look_around
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.service.archiving import image_at, last_before
from zz110_tui.service.recovery import recover
from zz110_tui.store.archive import archive


def archive_years(invocation: Invocation, before: int, to: Path, as_json: bool) -> None:
    """Raises Trouble where nothing can be, or must not be, archived."""
    if before > datetime.now(UTC).year:
        raise Trouble(
            both("今年的不能归档", "this year stays in the store"),
            str(before),
            both("--before 写今年或更早的年份", "name this year or an earlier one with --before"),
            exit_code=USAGE,
        )
    around = look_around(invocation)
    with open_journal_to_read(around) as journal:
        board, _ = recover(journal)
        there = zone(around.timezone_in(city_of_store(around, board.city)))
        cut = last_before(journal, round(datetime(before, 1, 1, tzinfo=there).timestamp() * 1000))
        # What is moved stays findable: the history takes it in first.
        with open_history(around, journal):
            pass
    with Progress(around.say("归档", "archiving")) as progress:
        moved = archive(
            around.store, cut, to, image_at, lambda done, total: progress.show(done, total, f"{done}/{total}")
        )
    if as_json:
        output.document({"first": moved.first, "last": moved.last, "hash": moved.hash.hex(), "file": moved.file})
    else:
        output.text(f"{moved.first}–{moved.last}  {moved.file}")
    say(
        around.say(
            f"  第 {moved.first} 至 {moved.last} 条已移入归档（只读）；库从其后接续，查找与统计照旧\n"
            f"  → 核对：zz110 journal verify --archive {moved.file}；归档要另存备份，之后的备份里没有它",
            f"  entries {moved.first} to {moved.last} were moved to the archive (read-only); the store goes on after "
            "them, search and figures as before\n"
            f"  → check: zz110 journal verify --archive {moved.file}; keep copies of it, later backups do not hold it",
        )
    )
