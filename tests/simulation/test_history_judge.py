"""The judge of the proof has teeth: each kind of breach, made by hand, is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.proof.history import Judge, Step, digest, judge
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import Entry, Fact
from zz110_tui.core.places import NOWHERE
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.wire.codec import encode_entry

DESK = Actor("p01", "01", Duty.DISPATCH, "script")
AT = 1_700_000_000_000


def opened(number: int, token: str) -> Fact:
    return f.IncidentOpened(number, 0, "fight", 2, NOWHERE, token, AT, AT)


def journal_of(*made: tuple[str, Fact]) -> tuple[MemoryJournal, list[Entry]]:
    entries = [Entry(n, AT + n, DESK, command, fact) for n, (command, fact) in enumerate(made, 1)]
    journal = MemoryJournal("live")
    spans: dict[str, list[Entry]] = {}
    for entry in entries:
        spans.setdefault(entry.command, []).append(entry)
    for span in spans.values():
        journal.append(span)
    return journal, entries


def told(entry: Entry) -> list[tuple[int, str]]:
    return [(entry.position, digest(encode_entry(entry)))]


def a_good_history() -> tuple[MemoryJournal, list[Step]]:
    journal, entries = journal_of(
        ("s.01-1", opened(1, "t1")), ("s.01-2", opened(2, "t2")), ("s.01-3", f.NoteAdded(1, "t3"))
    )
    steps = [
        Step("01", 1, "s.01-1", "open", "t1", incident=1, outcome="accepted", entries=told(entries[0])),
        Step("01", 2, "s.01-2", "open", "t2", incident=2, outcome="accepted", entries=told(entries[1])),
        Step("01", 3, "s.01-3", "note", "t3", incident=1, outcome="accepted", entries=told(entries[2])),
        Step("01", 4, "s.01-4", "note", "t4", incident=1),
    ]
    return journal, steps


def faults(journal: MemoryJournal, steps: list[Step], boards: list[tuple[int, str]] | None = None) -> str:
    return " | ".join(Judge(journal, steps, boards or []).verdict().faults)


def test_a_good_history_is_good_and_one_without_an_answer_is_in_doubt() -> None:
    verdict = Judge(*a_good_history(), []).verdict()
    assert verdict.good
    assert verdict.counts == {"commands": 4, "entries": 3, "accepted": 3, "no answer": 1}


@pytest.mark.parametrize(
    ("step", "change", "said"),
    [
        (2, {"entries": [(9, "x")]}, "lost"),
        (2, {"entries": [(3, "x")]}, "changed"),
        (2, {"outcome": "refused", "entries": []}, "refused and done"),
        (1, {"incident": 7}, "without its number"),
        (1, {"incident": 0}, "without its number"),
        (2, {"do": "dispatch", "unit": "01"}, "without its unit"),
        (3, {"outcome": "accepted"}, "is 0 times in the journal"),
        (2, {"id": "s.01-9"}, "nobody asked for"),
    ],
)
def test_a_breach_is_named(step: int, change: dict[str, Any], said: str) -> None:
    journal, steps = a_good_history()
    steps[step] = replace(steps[step], **change)
    assert said in faults(journal, steps)


def test_steps_in_another_order_than_their_desk_took_them_are_found() -> None:
    journal, steps = a_good_history()
    steps[0], steps[1] = steps[1], steps[0]
    assert "out of order" in faults(journal, steps)


def test_one_step_done_twice_under_two_ids_is_found_by_what_it_says() -> None:
    journal, entries = journal_of(("s.01-1", opened(1, "t1")), ("s.01-2", opened(2, "t1")))
    steps = [
        Step("01", 1, "s.01-1", "open", "t1", incident=1, outcome="accepted", entries=told(entries[0])),
        Step("01", 2, "s.01-2", "open", "", outcome="accepted", incident=2, entries=told(entries[1])),
    ]
    assert "is 2 times in the journal" in faults(journal, steps)


def test_a_number_that_is_left_out_is_found() -> None:
    journal, entries = journal_of(("s.01-1", opened(2, "t1")))
    steps = [Step("01", 1, "s.01-1", "open", "t1", incident=2, outcome="accepted", entries=told(entries[0]))]
    assert "without a gap" in faults(journal, steps)


def test_a_desk_that_saw_another_board_is_found() -> None:
    journal, steps = a_good_history()
    assert "another board at 2" in faults(journal, steps, [(2, "0" * 24)])


def test_histories_are_read_from_the_files_that_desks_leave(tmp_path: Path) -> None:
    journal, steps = a_good_history()

    def write(line: dict[str, Any]) -> str:
        return json.dumps(line) + "\n"

    lines = [write({"desk": s.desk, "n": s.n, "id": s.id, "do": s.do, "token": s.token}) for s in steps]
    lines += [
        write({"desk": s.desk, "n": s.n, "outcome": s.outcome, "entries": s.entries, "incident": s.incident})
        for s in steps
        if s.outcome
    ]
    (tmp_path / "desks.jsonl").write_text("".join(lines), encoding="utf-8")
    verdict = judge(journal, [tmp_path / "desks.jsonl"])
    assert verdict.good
    assert verdict.counts["accepted"] == 3
