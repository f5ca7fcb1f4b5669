"""Who answers questions about the past at a core of ours: a thread beside a desk's own, a process beside a room's."""

from __future__ import annotations

from collections.abc import Callable

from zz110_tui.cli.answering import command_of
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.service.pastdesk import InProcess, InThread, PastDesk
from zz110_tui.service.pastreader import PastReader


def past_of_desk(around: Surroundings, note: Callable[..., None]) -> PastDesk:
    return PastDesk(InThread(PastReader(around.store, around.rules, around.archive_folders)), note)


def past_of_room(around: Surroundings, note: Callable[..., None]) -> PastDesk:
    return PastDesk(InProcess(command_of(around)), note)
