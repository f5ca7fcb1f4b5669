"""The process beside a serving core that answers questions about the past (``service.pastdesk.InProcess``).

One question a line on standard input, one answer a line on standard output; it ends with its input. It is started by
the core and by nobody else, so it is no command of ``zz110``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.service.pastdesk import answer_line
from zz110_tui.service.pastreader import PastReader

GENTLY = 10
"""The room comes first."""


def command_of(around: Surroundings) -> Sequence[str]:
    """How a core starts it for its store."""
    asked = around.invocation
    settings = ["--config-dir", str(asked.config_dir)] if asked.config_dir is not None else []
    for folder in asked.archive_folders:
        settings += ["--archive-folder", str(folder)]
    drill = ["--drill"] if asked.drill else []
    return [sys.executable, "-m", "zz110_tui.cli.answering", "--store", str(around.store), *settings, *drill]


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Answers questions about the past of a store, for its core.")
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--config-dir", type=Path)
    parser.add_argument("--archive-folder", type=Path, action="append", default=[])
    parser.add_argument("--drill", action="store_true")
    options = parser.parse_args(args)
    # Also beside a core that runs at a real-time priority, which a child would have as well.
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    os.nice(GENTLY)
    # Ctrl-C at a terminal is for the core, which ends this process by its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    around = look_around(
        Invocation(
            store=options.store,
            config_dir=options.config_dir,
            drill=options.drill,
            archive_folders=tuple(options.archive_folder),
        )
    )
    reader = PastReader(around.store, around.rules, around.archive_folders)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(answer_line(reader, line))
        sys.stdout.buffer.flush()
    reader.close()


if __name__ == "__main__":
    main()
