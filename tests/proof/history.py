"""What scripted desks asked and were told, and the judge who holds it against the journal afterwards.

A desk writes down each command before it is sent and each answer as it comes: one JSON line each, ``n`` ties the two
together. The judge knows nothing of how the core works. He reads the journal's rows and asks: is everything that was
acknowledged there, once, in order, as it was said; is nothing there twice by meaning; has everything its number and
its unit; is nothing there that nobody asked for.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.store.chain import verify
from zz110_tui.store.journal import JournalReader
from zz110_tui.wire.codec import decode_entry, encode_image

MOST_FAULTS = 40
"""A broken core breaks everything: so many are enough to see what."""


@dataclass(slots=True)
class Step:
    """One command of one desk. ``token`` is a text that no other command has. ``entries`` are (position, SHA-256)."""

    desk: str
    n: int
    id: str
    do: str
    token: str = ""
    incident: int = 0
    unit: str = ""
    outcome: str = ""
    why: str = ""
    entries: list[tuple[int, str]] = field(default_factory=list)
    ms: float = 0.0
    at: float = 0.0


@dataclass(slots=True)
class Verdict:
    counts: dict[str, int]
    faults: list[str]
    latencies_ms: list[float]
    silences_s: list[float]

    @property
    def good(self) -> bool:
        return not self.faults


def digest(payload: bytes) -> str:
    return sha256(payload).hexdigest()[:24]


def read_histories(files: Iterable[Path]) -> tuple[list[Step], list[tuple[int, str]]]:
    """Every step in the order its desk took it, and (position, digest of the board) of desks that followed."""
    steps: dict[tuple[str, int], Step] = {}
    boards: list[tuple[int, str]] = []
    for line in _lines(files):
        if "board" in line:
            boards.append((line["position"], line["board"]))
            continue
        key = (line.pop("desk"), line.pop("n"))
        if key not in steps:
            steps[key] = Step(*key, id=line.pop("id"), do=line.pop("do"))
        for name, value in line.items():
            setattr(steps[key], name, [tuple(each) for each in value] if name == "entries" else value)
    return list(steps.values()), boards


def _lines(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        for text in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(text)


def judge(journal: JournalReader, files: Iterable[Path]) -> Verdict:
    return Judge(journal, *read_histories(files)).verdict()


class Judge:
    def __init__(self, journal: JournalReader, steps: list[Step], boards: list[tuple[int, str]]) -> None:
        self._steps = steps
        self._boards = boards
        self._faults: list[str] = []
        rows = list(journal.rows())
        self._payloads = {row.position: row.payload for row in rows}
        self._entries = [decode_entry(row.payload) for row in rows]
        verdict = verify(rows)
        if verdict.fault is not None:
            self._fault(verdict.fault.sentence("en"))
        if verdict.head != journal.head:
            self._fault(f"the head is {journal.head}, the rows lead to {verdict.head}")

    def verdict(self) -> Verdict:
        self._every_acknowledgement_is_there()
        self._nothing_was_done_that_was_not_asked_or_twice()
        self._each_desk_in_order()
        self._numbers_and_units()
        self._replay()
        done = Counter(step.outcome or "no answer" for step in self._steps)
        counts = {"commands": len(self._steps), "entries": len(self._entries), **done}
        acknowledged = [step for step in self._steps if step.outcome in ("accepted", "refused")]
        answered_at = sorted(step.at for step in acknowledged)
        silences = [later - at for at, later in pairwise(answered_at) if later - at > 0.15]
        return Verdict(counts, self._faults, sorted(step.ms for step in acknowledged), sorted(silences))

    def _fault(self, text: str) -> None:
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(text)

    def _every_acknowledgement_is_there(self) -> None:
        for step in self._steps:
            for position, said in step.entries:
                payload = self._payloads.get(position)
                if payload is None:
                    self._fault(f"lost: {step.id} {step.do} was acknowledged at {position}, which is not there")
                elif digest(payload) != said:
                    self._fault(f"changed: {position} is not what {step.id} {step.do} was acknowledged as")

    def _nothing_was_done_that_was_not_asked_or_twice(self) -> None:
        asked = {step.id: step for step in self._steps}
        spans: dict[str, list[int]] = defaultdict(list)
        for entry in self._entries:
            if entry.command in asked:
                spans[entry.command].append(entry.position)
            elif entry.actor.channel == "script":
                self._fault(f"{entry.position} is by {entry.actor.desk} under {entry.command}, which nobody asked for")
        for command, positions in spans.items():
            step = asked[command]
            if positions != list(range(positions[0], positions[-1] + 1)):
                self._fault(f"doubled or torn: {command} is at {positions}")
            if step.outcome == "refused":
                self._fault(f"refused and done: {command} is at {positions}")
            if step.outcome == "accepted" and positions != [position for position, _ in step.entries]:
                self._fault(f"{command} was acknowledged at {step.entries} and is at {positions}")
        said = Counter(_text(entry) for entry in self._entries)
        for step in self._steps:
            often = said[step.token] if step.token else 0
            if often > 1 or (step.token and step.outcome == "accepted" and often != 1):
                self._fault(f"{step.id} {step.do} ({step.outcome or 'no answer'}) is {often} times in the journal")

    def _each_desk_in_order(self) -> None:
        last: dict[str, int] = {}
        for step in self._steps:
            if step.entries:
                if step.entries[0][0] <= last.get(step.desk, 0):
                    self._fault(f"out of order: {step.desk} {step.id} at {step.entries} after {last[step.desk]}")
                last[step.desk] = step.entries[-1][0]

    def _numbers_and_units(self) -> None:
        facts = {entry.position: entry.fact for entry in self._entries}
        numbers = [fact.incident for fact in facts.values() if isinstance(fact, f.IncidentOpened)]
        if numbers != list(range(1, len(numbers) + 1)):
            self._fault("the numbers of incidents are not 1, 2, 3, … without a gap")
        for step in self._steps:
            mine = [facts[position] for position, _ in step.entries if position in facts]
            if step.do == "open" and step.outcome == "accepted":
                opened = [fact.incident for fact in mine if isinstance(fact, f.IncidentOpened)]
                if opened != [step.incident] or not step.incident:
                    self._fault(f"without its number: {step.id} was told {step.incident}, the journal says {opened}")
            if step.do == "dispatch" and step.outcome == "accepted":
                sent = [(fact.incident, fact.unit) for fact in mine if isinstance(fact, f.UnitAssigned)]
                if sent != [(step.incident, step.unit)]:
                    self._fault(f"without its unit: {step.id} sent {step.unit} to {step.incident}, the journal {sent}")

    def _replay(self) -> None:
        """The board anew from the beginning: no unit twice, and every desk that followed saw the same."""
        wanted: dict[int, set[str]] = defaultdict(set)
        for position, seen in self._boards:
            wanted[position].add(seen)
        board = Board()
        on: dict[str, int] = {}
        for entry in self._entries:
            evolve(board, entry)
            fact = entry.fact
            if isinstance(fact, f.UnitAssigned):
                if on.get(fact.unit) not in (None, fact.incident):
                    self._fault(f"{entry.position}: unit {fact.unit} on {on[fact.unit]} and on {fact.incident}")
                on[fact.unit] = fact.incident
            elif isinstance(fact, f.UnitCleared | f.UnitWithdrawn):
                on.pop(fact.unit, None)
            if entry.position in wanted and wanted.pop(entry.position) != {digest(encode_image(board.image()))}:
                self._fault(f"a desk that followed had another board at {entry.position}")
        if wanted:
            self._fault(f"desks followed to {sorted(wanted)}, which is not in the journal")


def _text(entry: Entry) -> str:
    fact = entry.fact
    return fact.text if isinstance(fact, f.NoteAdded | f.IncidentOpened) else ""
