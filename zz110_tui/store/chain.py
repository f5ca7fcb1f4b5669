"""The hash chain over a journal, and the judge who says whether it is intact: pure functions over stored rows.

``hash_n = SHA-256(hash_{n-1} || payload_n)`` with 32 zero bytes before the first. Whoever changes, removes, inserts or
swaps a record without computing every later hash anew is found, with the place. Whoever does compute them anew, or
cuts off the end, is found by heads that were kept elsewhere (``pins``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256

from zz110_tui.core.facts import Entry
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import Head, Row
from zz110_tui.wire.codec import decode_entry


def link(previous: bytes, payload: bytes) -> bytes:
    """The hash of a row, from the hash of the row before it and its own bytes."""
    return sha256(previous + payload).digest()


class FaultKind(StrEnum):
    GAP = "gap"
    REMOVED = "removed"
    CHANGED = "changed"
    UNDECODABLE = "undecodable"
    SWAPPED = "swapped"
    DOUBLED = "doubled"
    REWRITTEN = "rewritten"
    CUT = "cut"


SENTENCES: dict[FaultKind, Words] = {
    FaultKind.GAP: Words(
        "编号从 {position} 跳到 {other}，哈希链相连：没有缺少记录，编号被改过",
        "the numbers jump from {position} to {other} while the hashes join: nothing is missing, it was renumbered",
    ),
    FaultKind.REMOVED: Words(
        "第 {position} 条至第 {other} 条被删除", "entries {position} to {other} have been removed"
    ),
    FaultKind.CHANGED: Words("第 {position} 条的内容或哈希被改动", "entry {position} or its hash has been changed"),
    FaultKind.UNDECODABLE: Words(
        "第 {position} 条已不是可读的记录", "entry {position} is not a readable entry any more"
    ),
    FaultKind.SWAPPED: Words(
        "第 {position} 条与第 {other} 条被调换", "entries {position} and {other} have been swapped"
    ),
    FaultKind.DOUBLED: Words(
        "在第 {position} 条的位置又出现了第 {other} 条：有记录被插入或重复",
        "where entry {position} should be stands entry {other} again: a record was inserted or doubled",
    ),
    FaultKind.REWRITTEN: Words(
        "第 {other} 条至第 {position} 条被整段重写：第 {position} 条的哈希与外部留存的不符",
        "entries {other} to {position} have been written anew, all or some: the hash of entry {position} is not the "
        "one kept elsewhere",
    ),
    FaultKind.CUT: Words(
        "日志止于第 {position} 条之前，外部留存的哈希到第 {other} 条：末尾被截去",
        "the journal ends before entry {position}, a hash kept elsewhere is of entry {other}: the end was cut off",
    ),
}


ONE_REMOVED = Words("第 {position} 条被删除", "entry {position} has been removed")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at ``position``, the first place that is; ``other`` is the second number of the sentence."""

    kind: FaultKind
    position: int
    other: int = 0

    def sentence(
        self, language: str, sentences: Mapping[FaultKind, Words] = SENTENCES, one_removed: Words = ONE_REMOVED
    ) -> str:
        words = sentences[self.kind]
        if self.kind is FaultKind.REMOVED and self.other == self.position:
            words = one_removed
        return words.in_(language).format(position=self.position, other=self.other)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``head`` is the last good entry: the journal's head where it is intact, the last one that agrees with a head kept
    elsewhere where the past was rewritten."""

    head: Head
    fault: Fault | None = None

    @property
    def intact(self) -> bool:
        return self.fault is None


def verify(
    rows: Iterable[Row],
    after: Head | None = None,
    pins: Iterable[Head] = (),
    each: Callable[[Entry], object] | None = None,
) -> Verdict:
    """Judge rows in stored order; the first must follow ``after`` (the beginning, unless said otherwise).

    ``pins`` are heads of this journal that were kept elsewhere; those before ``after`` are not looked at. ``each`` gets
    every entry that was found good, in order.
    """
    head = after if after is not None else Head()
    pinned = {pin.position: pin.hash for pin in pins if pin.position > head.position}
    good = head
    stream = iter(rows)
    for row in stream:
        entry = _entry_in(row.payload)
        if (
            row.position != head.position + 1
            or row.hash != link(head.hash, row.payload)
            or entry is None
            or entry.position != row.position
        ):
            return Verdict(head, _diagnose(head, row, stream))
        pin = pinned.pop(row.position, None)
        if pin is not None:
            if pin != row.hash:
                return Verdict(good, Fault(FaultKind.REWRITTEN, row.position, good.position + 1))
            good = Head(row.position, row.hash)
        head = Head(row.position, row.hash)
        if each is not None:
            each(entry)
    if pinned:
        return Verdict(head, Fault(FaultKind.CUT, head.position + 1, max(pinned)))
    return Verdict(head)


def _diagnose(head: Head, row: Row, later: Iterator[Row]) -> Fault:
    expected = head.position + 1
    if row.position > expected:
        if row.hash == link(head.hash, row.payload):
            return Fault(FaultKind.GAP, head.position, row.position)
        return Fault(FaultKind.REMOVED, expected, row.position - 1)
    if row.position < expected:
        return Fault(FaultKind.DOUBLED, expected, row.position)
    number = _number_in(row.payload)
    if number is None:
        return Fault(FaultKind.UNDECODABLE, expected)
    if number == expected:
        return Fault(FaultKind.CHANGED, expected)
    if number < expected:
        return Fault(FaultKind.DOUBLED, expected, number)
    for other in later:
        if other.position >= number:
            if other.position == number and _number_in(other.payload) == expected:
                return Fault(FaultKind.SWAPPED, expected, number)
            break
    return Fault(FaultKind.REMOVED, expected, number - 1)


def _number_in(payload: bytes) -> int | None:
    """The position that an entry itself carries; None if it is no entry."""
    entry = _entry_in(payload)
    return None if entry is None else entry.position


def _entry_in(payload: bytes) -> Entry | None:
    try:
        return decode_entry(payload)
    except Trouble:
        return None
