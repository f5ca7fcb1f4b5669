"""A place further up for the thread that writes the journal, where the system grants one.

The writer spends its life waiting for the disk. When the disk is done, everybody in the room waits for the writer to
run again: on a machine that is busy with something else that may take many milliseconds, with a real-time priority it
does not. The thread holds Python's lock only for moments, so the rest of the process goes on.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable


def raised(level: int, tell: Callable[[str], None]) -> Callable[[], None]:
    """What the writer's thread does first: ask for ``SCHED_RR`` at ``level`` (1 to 99; 0 asks for nothing).

    ``tell`` hears what it got: ``realtime``, ``nice`` (a better nice value instead) or ``usual`` (neither was granted).
    """

    def begin() -> None:
        if not level:
            return
        thread = threading.get_native_id()
        with contextlib.suppress(OSError, AttributeError):
            os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(level))
            tell("realtime")
            return
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, -10)
            tell("nice")
            return
        tell("usual")

    return begin
