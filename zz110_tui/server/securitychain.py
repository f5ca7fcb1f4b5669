"""The judge of a security record: a pure function over its notes, in the journal's words of what can be wrong.

A note does not carry its own number. So one that was changed, and notes that were taken out with the rest numbered
anew, look alike: the place is certain, and the sentence says both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from zz110_tui.core.rulebook import Words
from zz110_tui.store.chain import Fault, FaultKind, Verdict, link
from zz110_tui.store.journal import Head


class NoteRow(NamedTuple):
    """One note as it is stored."""

    number: int
    said: bytes
    hash: bytes


NOTES: Mapping[FaultKind, Words] = {
    FaultKind.GAP: Words(
        "安全记录的编号从 {position} 跳到 {other}，哈希链相连：没有缺少，编号被改过",
        "the notes' numbers jump from {position} to {other} while the hashes join: nothing is missing, it was "
        "renumbered",
    ),
    FaultKind.REMOVED: Words(
        "安全记录第 {position} 条至第 {other} 条被删除", "notes {position} to {other} have been removed"
    ),
    FaultKind.CHANGED: Words(
        "安全记录第 {position} 条的内容或哈希被改动，或它之前有记录被删除、其余重新编号",
        "note {position} or its hash has been changed, or notes before it were removed and the rest renumbered",
    ),
    FaultKind.SWAPPED: Words(
        "安全记录第 {position} 条与第 {other} 条被调换", "notes {position} and {other} have been swapped"
    ),
    FaultKind.DOUBLED: Words(
        "安全记录第 {position} 条的位置多出了一条：有记录被插入或重复",
        "where note {position} should be stands another one: a note was inserted or doubled",
    ),
    FaultKind.REWRITTEN: Words(
        "安全记录第 {other} 条至第 {position} 条被整段重写：第 {position} 条的哈希与外部留存的不符",
        "notes {other} to {position} have been written anew, all or some: the hash of note {position} is not the "
        "one kept elsewhere",
    ),
    FaultKind.CUT: Words(
        "安全记录止于第 {position} 条之前，外部留存的哈希到第 {other} 条：末尾被截去",
        "the security record ends before note {position}, a hash kept elsewhere is of note {other}: the end was cut "
        "off",
    ),
}
"""Every sentence that a verdict on a record can give, …"""

ONE_NOTE_REMOVED = Words("安全记录第 {position} 条被删除", "note {position} has been removed")
"""… and the one of a single note."""


def note_sentence(fault: Fault, language: str) -> str:
    return fault.sentence(language, NOTES, ONE_NOTE_REMOVED)


def judge(notes: Iterable[NoteRow], pins: Iterable[Head] = ()) -> Verdict:
    """Judge notes in the order of their numbers; ``pins`` are heads of this record that were kept elsewhere."""
    head = good = Head()
    pinned = {pin.position: pin.hash for pin in pins if pin.position}
    stream = iter(notes)
    for note in stream:
        if note.number != head.position + 1 or note.hash != link(head.hash, note.said):
            return Verdict(head, _diagnose(head, note, stream))
        head = Head(note.number, note.hash)
        pin = pinned.pop(note.number, None)
        if pin is not None:
            if pin != note.hash:
                return Verdict(good, Fault(FaultKind.REWRITTEN, note.number, good.position + 1))
            good = head
    if pinned:
        return Verdict(head, Fault(FaultKind.CUT, head.position + 1, max(pinned)))
    return Verdict(head)


def _diagnose(head: Head, note: NoteRow, later: Iterator[NoteRow]) -> Fault:
    expected = head.position + 1
    if note.number > expected:
        if note.hash == link(head.hash, note.said):
            return Fault(FaultKind.GAP, head.position, note.number)
        return Fault(FaultKind.REMOVED, expected, note.number - 1)
    if note.number < expected:
        return Fault(FaultKind.DOUBLED, expected)
    for other in later:
        right = link(head.hash, other.said)
        if right in (other.hash, note.hash):
            following = next(later, None)
            moved_down = following is not None and following.hash == link(other.hash, following.said)
            if other.number == expected + 1 and right == other.hash and moved_down:
                return Fault(FaultKind.DOUBLED, expected)
            return Fault(FaultKind.SWAPPED, expected, other.number)
    return Fault(FaultKind.CHANGED, expected)
