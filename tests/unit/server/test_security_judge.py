"""The judge of the security record: whatever was done to its file is found, with the place and in words."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from zz110_tui.server.securitychain import NOTES, NoteRow, judge
from zz110_tui.server.securityfile import RecordOf, SecurityFile, security_of
from zz110_tui.store.chain import Fault, FaultKind, link
from zz110_tui.store.journal import Head

AT = 1_700_000_000_000
COUNT = 8


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store's name; beside it a record of eight notes."""
    store = tmp_path / "room.zz110"
    file = SecurityFile(security_of(store), create=True)
    file.append([{"t": AT + n, "event": "login", "account": f"a{n}"} for n in range(1, COUNT + 1)])
    file.close()
    return store


def meddle(store: Path, *sql: str) -> None:
    connection = apsw.Connection(str(security_of(store)))
    connection.execute("DROP TRIGGER note_stays; DROP TRIGGER note_is_as_it_is").fetchall()
    for each in sql:
        connection.execute(each).fetchall()
    connection.close()


def chained(payloads: list[bytes]) -> list[NoteRow]:
    rows, before = list[NoteRow](), bytes(32)
    for number, payload in enumerate(payloads, 1):
        before = link(before, payload)
        rows.append(NoteRow(number, payload, before))
    return rows


CHANGE = "UPDATE note SET said = CAST(replace(CAST(said AS TEXT), 'a3', 'a9') AS BLOB) WHERE number = 3"
RENUMBER = (
    "UPDATE note SET number = -number WHERE number > 4",
    "UPDATE note SET number = -number - 1 WHERE number < 0",
)
SWAP = (
    "UPDATE note SET number = -1 WHERE number = 3",
    "UPDATE note SET number = 3 WHERE number = 6",
    "UPDATE note SET number = 6 WHERE number = -1",
)
SWAP_WORDS = (
    "CREATE TABLE other AS SELECT * FROM note",
    "UPDATE note SET said = (SELECT said FROM other WHERE number = 9 - note.number) WHERE number IN (3, 6)",
)
INSERT = (
    "UPDATE note SET number = -number WHERE number > 3",
    "UPDATE note SET number = 1 - number WHERE number < 0",
    "INSERT INTO note SELECT 4, said, hash FROM note WHERE number = 2",
)


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ((CHANGE,), Fault(FaultKind.CHANGED, 3)),
        (("UPDATE note SET hash = zeroblob(32) WHERE number = 5",), Fault(FaultKind.CHANGED, 5)),
        (("DELETE FROM note WHERE number = 4",), Fault(FaultKind.REMOVED, 4, 4)),
        (("DELETE FROM note WHERE number BETWEEN 2 AND 5",), Fault(FaultKind.REMOVED, 2, 5)),
        (("DELETE FROM note WHERE number = 4", *RENUMBER), Fault(FaultKind.CHANGED, 4)),
        (SWAP, Fault(FaultKind.SWAPPED, 3, 6)),
        (SWAP_WORDS, Fault(FaultKind.SWAPPED, 3, 6)),
        (INSERT, Fault(FaultKind.DOUBLED, 4)),
        (("UPDATE note SET number = 20 WHERE number = 8",), Fault(FaultKind.GAP, 7, 20)),
    ],
)
def test_what_was_done_to_it_is_found_with_its_place(store: Path, harm: tuple[str, ...], fault: Fault) -> None:
    meddle(store, *harm)
    verdict = SecurityFile(security_of(store)).judge()
    assert verdict.fault == fault
    whole = chained([f'{{"t":{AT + n},"event":"login","account":"a{n}"}}'.encode() for n in range(1, COUNT + 1)])
    good = fault.position if fault.kind is FaultKind.GAP else fault.position - 1
    assert verdict.head == Head(good, whole[good - 1].hash), "the last good note"


def test_a_cut_tail_and_one_written_anew_are_found_by_heads_that_were_kept_elsewhere() -> None:
    notes = chained([b"%d" % n for n in range(COUNT)])
    pins = [Head(each.number, each.hash) for each in (notes[1], notes[4], notes[7])]
    assert judge(notes, pins).intact
    assert judge(notes[:6]).intact, "the chain alone cannot see it"
    assert judge(notes[:6], pins).fault == Fault(FaultKind.CUT, 7, 8)
    assert judge((), pins).fault == Fault(FaultKind.CUT, 1, 8), "also where the whole record is gone"
    anew = chained([b"0", b"1", b"2", b"other", *(b"%d" % n for n in range(4, COUNT))])
    verdict = judge(anew, pins)
    assert (verdict.fault, verdict.head) == (Fault(FaultKind.REWRITTEN, 5, 3), pins[0])


def test_a_record_that_is_not_there_is_empty_for_its_heads(tmp_path: Path) -> None:
    record = RecordOf(tmp_path / "none.zz110")
    assert (record.there, record.head(), record.hash_at(1)) == (False, Head(), None)


def test_every_fault_has_its_words() -> None:
    assert set(NOTES) == set(FaultKind) - {FaultKind.UNDECODABLE}, "a note is not decoded to be judged"
    for kind in NOTES:
        assert "7" in Fault(kind, 7, 9).sentence("zh", NOTES)
        assert "7" in Fault(kind, 7, 9).sentence("en", NOTES)
