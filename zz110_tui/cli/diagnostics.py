"""stderr is talk: faults of the surroundings with their remedy, bugs with a report that names nobody."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.exits import BUG, INTERRUPTED
from zz110_tui.core.cleaning import clean
from zz110_tui.core.trouble import Trouble


def say(message: str) -> None:
    """One or more lines to the person at the terminal. Never data."""
    try:
        for line in message.splitlines() or [""]:
            sys.stderr.write(clean(line) + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody can be told that there is nobody to tell; the exit code still says it.
        return


def say_trouble(trouble: Trouble) -> None:
    """What is wrong, why, and how to mend it: three lines, or as many as they have."""
    say(f"zz110: {trouble.title}")
    for part, mark in ((trouble.cause, "  "), (trouble.remedy, "  → ")):
        if part:
            say("\n".join(mark + line for line in part.splitlines()))


def guarded(work: Callable[[], None]) -> int:
    """Run a whole command and give its exit code; nothing escapes as a traceback.

    Python prints the locals of no frame, but the text of an exception can hold a caller's data: it is not shown.
    """
    try:
        work()
        output.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except KeyboardInterrupt:
        say("")
        return INTERRUPTED
    except Trouble as trouble:
        say_trouble(trouble)
        return trouble.exit_code
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a bug becomes a report and exit code 70
        say_bug(fault)
        return BUG
    return 0


def say_bug(fault: BaseException) -> None:
    """A bug: leave a report and say where it is."""
    try:
        path = write_report(fault)
        kept = f"报告已写入 / a report was written to: {path}"
    except OSError as second:
        kept = f"报告写不下来 / the report could not be written: {second.strerror}"
    say(f"zz110: 程序错误 / a bug in zz110: {type(fault).__name__}")
    say("  已确认的步骤都在库里 / every acknowledged step is in the store")
    say(f"  → {kept}")
    say("  → 报告不含个人信息，请交给维护者 / it holds no personal data; please pass it on to the maintainers")


def write_report(fault: BaseException) -> Path:
    """The report of a bug as a file only its owner can read.

    It holds where in the program it happened and nothing of what the program was working on: no message of the
    exception, no values, no arguments, because each could hold a caller's name or number.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bug-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(report(fault))
    return path


def report(fault: BaseException) -> str:
    """What the report says."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    try:
        ours = version("zz110-tui")
    except PackageNotFoundError:
        ours = "?"
    head = f"zz110 {ours} · Python {platform.python_version()} · {platform.system()} {platform.machine()}\n"
    return head + "".join(_told(fault, set()))


def _told(fault: BaseException, seen: set[int]) -> list[str]:
    """The stack of a fault, after the stacks of what caused it."""
    seen.add(id(fault))
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = _told(before, seen) if before is not None and id(before) not in seen else []
    lines.append(f"\n{type(fault).__module__}.{type(fault).__name__}\n")
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}\n")
    if isinstance(fault, BaseExceptionGroup):
        for inner in fault.exceptions:
            lines += _told(inner, seen)
    return lines


def _place(filename: str) -> str:
    """A source file from its package on: the folders before it may hold a login name."""
    parts = Path(filename).parts
    for root in ("site-packages", "zz110_tui"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return "/".join(parts[-2:])


def _folder() -> Path:
    import platformdirs

    return platformdirs.user_state_path("zz110", appauthor=False) / "bugs"
