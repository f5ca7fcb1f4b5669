"""Ctrl-C in the middle of a parallel comparison: what is finished is told, and no worker stays behind."""

from __future__ import annotations

import json
import os
import re
import select
import signal
from pathlib import Path

from tests.e2e.conftest import Program

MANY = ("--policy", "closest", "--policy", "fill-in", "--reps", "500", "--days", "1", "--jobs", "2", "--json")
LONGEST_S = 120.0


def children(pid: int) -> set[int]:
    """Every process under one."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child, *children(child)}
    return found


def test_ctrl_c_keeps_what_is_finished_and_leaves_no_worker(zz110: Program) -> None:
    process = zz110.start("lab", "compare", *MANY)
    assert process.stderr is not None
    assert process.stdout is not None
    # Until a replication is finished, and that was said.
    assert any(re.search(rb"[1-9]\d*/500", line) for line in iter(process.stderr.readline, b""))
    workers = children(process.pid)
    watched = [os.pidfd_open(pid) for pid in workers]
    assert len(workers) >= 2
    for pid in (process.pid, *workers):
        os.kill(pid, signal.SIGINT)  # a terminal sends it to all of them
    found = json.loads(process.stdout.read())
    assert process.wait() == 130
    assert found["complete"] is False
    assert 0 < found["reps"] < 500
    assert found["rows"][1]["late_change"] is not None
    for worker in watched:
        assert select.select([worker], [], [], LONGEST_S)[0], "a worker stays behind"
        os.close(worker)
