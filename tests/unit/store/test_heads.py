"""Signed heads find what a chain alone cannot: a cut tail, and a past that was computed anew."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.entries import AT, notes
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.batch import make_batch
from zz110_tui.store.chain import Fault, FaultKind, verify
from zz110_tui.store.headfile import append_head, read_heads
from zz110_tui.store.heads import Checker, Signer, make_key, parse_head
from zz110_tui.store.journal import Head, Journal
from zz110_tui.store.memory import MemoryJournal


class Notes:
    """A security record, as its heads see it."""

    def __init__(self, count: int = 0, seed: bytes = b"note") -> None:
        self._hashes = [sha256(seed + b"%d" % number).digest() for number in range(1, count + 1)]
        self.fault: Trouble | None = None

    def head(self) -> Head:
        if self.fault is not None:
            raise self.fault
        return Head(len(self._hashes), self._hashes[-1]) if self._hashes else Head()

    def hash_at(self, number: int) -> bytes | None:
        return self._hashes[number - 1] if number <= len(self._hashes) else None


class Keeper:
    """A key, a file of heads, and a journal whose heads go there."""

    def __init__(self, folder: Path) -> None:
        public, _ = make_key(folder / "key")
        self.signer, self.checker = Signer(folder / "key"), Checker([public])
        self.file = folder / "heads.jsonl"
        self.journal: Journal = MemoryJournal("live")
        self.at = AT
        self.record: Notes | None = None

    def grow(self, count: int) -> None:
        first = self.journal.head.position + 1
        self.journal.append(notes(first, first + count - 1))

    def keep(self) -> bool:
        """Whether a head was added."""
        self.at += 1000
        return append_head(self.file, self.signer, self.journal, self.at, self.record) is not None

    def pins(self) -> list[Head]:
        return [one.head for one in read_heads(self.file, self.checker, self.journal.stamp.id).heads]

    def sign(self, head: Head) -> bytes:
        return self.signer.sign(self.journal.stamp, head, self.at).line() + b"\n"


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    keeper = Keeper(tmp_path)
    for count in (4, 3, 5):
        keeper.grow(count)
        keeper.keep()
    return keeper


def test_a_journal_that_grew_agrees_with_every_head(keeper: Keeper) -> None:
    assert [pin.position for pin in keeper.pins()] == [4, 7, 12]
    assert verify(keeper.journal.rows(), pins=keeper.pins()).intact


def test_a_head_that_is_there_is_not_added_again(keeper: Keeper) -> None:
    assert keeper.keep() is False
    assert len(keeper.pins()) == 3


def test_a_cut_tail_is_found_with_its_place(keeper: Keeper) -> None:
    rows = list(keeper.journal.rows())[:9]
    assert verify(rows).intact, "the chain alone cannot see it"
    assert verify(rows, pins=keeper.pins()).fault == Fault(FaultKind.CUT, 10, 12)


def test_a_rewritten_past_is_found_between_two_heads(keeper: Keeper) -> None:
    entries = [*notes(1, 5), *notes(6, 6, text="另一回事"), *notes(7, 12)]
    rows = make_batch(Head(), entries).rows
    assert verify(rows).intact, "every hash was computed anew"
    verdict = verify(rows, pins=keeper.pins())
    assert verdict.fault == Fault(FaultKind.REWRITTEN, 7, 5)
    assert verdict.head == keeper.pins()[0], "what the last head that agrees vouches for"


def test_a_journal_that_lost_its_tail_gets_no_new_head(keeper: Keeper) -> None:
    before = keeper.file.read_bytes()
    keeper.journal = MemoryJournal("live")
    keeper.grow(9)
    with pytest.raises(Trouble) as trouble:
        keeper.keep()
    assert "12" in trouble.value.cause
    assert keeper.file.read_bytes() == before


def test_a_rewritten_journal_gets_no_new_head(keeper: Keeper) -> None:
    keeper.journal = MemoryJournal("live")
    keeper.journal.append(notes(1, 20, text="另一回事"))
    with pytest.raises(Trouble):
        keeper.keep()


def test_a_line_that_was_cut_short_is_passed_over_and_told(keeper: Keeper) -> None:
    keeper.file.write_bytes(keeper.file.read_bytes()[:-30])
    believed = read_heads(keeper.file, keeper.checker, "memory")
    assert [one.head.position for one in believed.heads] == [4, 7]
    assert believed.torn == (3,)
    assert keeper.keep(), "and the next head does not run into it"
    believed = read_heads(keeper.file, keeper.checker, "memory")
    assert ([one.head.position for one in believed.heads], believed.torn) == ([4, 7, 12], (3,))


@pytest.mark.parametrize("name", ["p", "h", "t", "store", "kind"])
def test_a_head_that_was_altered_is_not_believed(keeper: Keeper, name: str) -> None:
    lines = keeper.file.read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[1])
    changed = {"p": 8, "h": "0" * 64, "t": record["t"] + 1, "store": "memori", "kind": "drill"}
    lines[1] = json.dumps({**record, name: changed[name]}, separators=(",", ":"))
    keeper.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Trouble, match="line 2"):
        keeper.pins()


def test_a_head_signed_by_somebody_else_is_not_believed(keeper: Keeper, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    signed = Signer(tmp_path / "other").sign(keeper.journal.stamp, Head(13, bytes(32)), AT)
    keeper.file.write_bytes(keeper.file.read_bytes() + signed.line() + b"\n")
    with pytest.raises(Trouble, match="line 4 was signed by another key"):
        keeper.pins()


def test_two_hashes_for_one_position_are_evidence_and_no_proof(keeper: Keeper) -> None:
    keeper.file.write_bytes(keeper.file.read_bytes() + keeper.sign(Head(7, bytes(32))))
    with pytest.raises(Trouble, match="entry 7 has two hashes: lines 2 and 4"):
        keeper.pins()


def test_heads_of_another_store_prove_nothing_about_this_one(keeper: Keeper) -> None:
    with pytest.raises(Trouble, match="another store"):
        read_heads(keeper.file, keeper.checker, "0" * 32)


def test_a_file_without_heads_proves_nothing(keeper: Keeper) -> None:
    keeper.file.write_bytes(b"\n")
    with pytest.raises(Trouble, match="no signed head"):
        keeper.pins()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[" * 5000,
        b'{"head":1}',
        b'{"head":3,"store":"","kind":"live","p":1,"h":"","t":1,"key":""}',
        b'{"head":2,"store":"","kind":"live","p":1,"h":"%s","t":1,"key":""}' % (b"0" * 64),
        b'{"head":2,"store":"","kind":"live","p":1,"h":"%s","t":1,"key":"","sn":-1,"sh":"%s"}' % (b"0" * 64, b"0" * 64),
        b'{"head":2,"store":"","kind":"live","p":1,"h":"%s","t":1,"key":"","sn":1,"sh":"00"}' % (b"0" * 64),
    ],
)
def test_what_is_no_head_is_no_head(line: bytes) -> None:
    assert parse_head(line) is None


def test_a_head_reads_back_as_it_was_signed(keeper: Keeper) -> None:
    line = keeper.file.read_bytes().splitlines()[0]
    signed = parse_head(line)
    assert signed is not None
    assert signed.line() == line
    assert keeper.checker.believes(signed)


def test_the_private_key_is_its_owners_and_is_never_overwritten(tmp_path: Path) -> None:
    public, _ = make_key(tmp_path / "key")
    kept = (tmp_path / "key").read_bytes(), public.read_bytes()
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Trouble, match="never overwritten"):
        make_key(tmp_path / "key")
    assert ((tmp_path / "key").read_bytes(), public.read_bytes()) == kept


def test_a_public_key_that_is_there_leaves_no_half_pair(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_bytes(b"somebody's")
    with pytest.raises(Trouble):
        make_key(tmp_path / "key")
    assert not (tmp_path / "key").exists()


def test_a_private_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(Trouble, match="0640"):
        Signer(tmp_path / "key")


def test_keys_are_not_taken_for_each_other(tmp_path: Path) -> None:
    public, _ = make_key(tmp_path / "key")
    public.chmod(0o600)
    for wrong in (lambda: Signer(public), lambda: Checker([tmp_path / "key"]), lambda: Signer(tmp_path / "nothing")):
        with pytest.raises(Trouble):
            wrong()


# -- the security record goes along ---------------------------------------------------------------------------------


def of_record(keeper: Keeper) -> list[int]:
    return [head.position for head, _ in read_heads(keeper.file, keeper.checker, keeper.journal.stamp.id).of_record]


def test_a_head_says_both_chains_and_reads_back(keeper: Keeper) -> None:
    keeper.record = Notes(5)
    assert keeper.keep(), "the journal did not move, the record is new"
    assert not keeper.keep(), "and is there now"
    keeper.record = Notes(6)
    assert keeper.keep()
    signed = parse_head(keeper.file.read_bytes().splitlines()[-1])
    assert signed is not None
    assert (signed.head, signed.record) == (keeper.journal.head, Notes(6).head())
    assert keeper.checker.believes(signed)
    assert of_record(keeper) == [5, 6], "the older heads say nothing of the record"


@pytest.mark.parametrize("name", ["sn", "sh"])
def test_a_head_of_the_record_that_was_altered_is_not_believed(keeper: Keeper, name: str) -> None:
    keeper.record = Notes(5)
    keeper.keep()
    lines = keeper.file.read_text(encoding="utf-8").splitlines()
    lines[-1] = json.dumps({**json.loads(lines[-1]), name: {"sn": 4, "sh": "0" * 64}[name]}, separators=(",", ":"))
    keeper.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Trouble, match="line 4"):
        keeper.pins()


def test_a_head_of_both_cannot_be_passed_off_as_one_of_the_journal_alone(keeper: Keeper) -> None:
    keeper.record = Notes(5)
    keeper.keep()
    lines = keeper.file.read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[-1])
    del record["sn"], record["sh"]
    lines[-1] = json.dumps({**record, "head": 1}, separators=(",", ":"))
    keeper.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Trouble, match="line 4"):
        keeper.pins()


@pytest.mark.parametrize("now", [Notes(3), Notes(), Notes(9, b"another")])
def test_a_record_that_was_cut_or_changed_gets_no_new_head_and_the_journal_does(keeper: Keeper, now: Notes) -> None:
    keeper.record = Notes(5)
    keeper.keep()
    keeper.record = now
    keeper.grow(2)
    with pytest.raises(Trouble, match="security record does not agree"):
        keeper.keep()
    assert of_record(keeper) == [5]
    assert keeper.pins()[-1] == keeper.journal.head
    with pytest.raises(Trouble, match="security record does not agree"):
        keeper.keep()
    assert len(keeper.pins()) == 5, "what is there already is not added again"
    keeper.record = Notes(8)
    assert keeper.keep(), "it is the old one again"
    assert of_record(keeper) == [5, 8]


def test_a_record_that_cannot_be_read_does_not_keep_the_journals_head_from_being_signed(keeper: Keeper) -> None:
    keeper.record = Notes(5)
    keeper.record.fault = Trouble("no / no", "cause", "remedy")
    keeper.grow(1)
    with pytest.raises(Trouble, match="cause"):
        keeper.keep()
    assert keeper.pins()[-1] == keeper.journal.head


def test_two_hashes_for_one_note_are_evidence_and_no_proof(keeper: Keeper) -> None:
    for record in (Notes(5), Notes(5, b"another")):
        line = keeper.signer.sign(keeper.journal.stamp, keeper.journal.head, AT, record.head()).line()
        keeper.file.write_bytes(keeper.file.read_bytes() + line + b"\n")
    with pytest.raises(Trouble, match="note 5 has two hashes: lines 4 and 5"):
        keeper.pins()
