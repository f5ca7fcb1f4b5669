"""``journal verify`` and ``security verify`` as a person meets them: what was done to either chain is said with its
place and with what to do, in both languages; before and after a year went to an archive."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.entries import AT, notes
from tests.support.stores import meddle
from zz110_tui.cli.headwork import show_head
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.securitywork import verify_notes
from zz110_tui.cli.verifying import verify_journal
from zz110_tui.core.board import Board
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.store.archive import archive
from zz110_tui.store.heads import make_key
from zz110_tui.store.open import open_journal
from zz110_tui.wire.codec import encode_image

CUT = 12
LAST = 20

UNLOCK = ("DROP TRIGGER entry_is_never_removed", "DROP TRIGGER entry_is_never_changed")
UNLOCK_NOTES = ("DROP TRIGGER note_stays", "DROP TRIGGER note_is_as_it_is")


@dataclass
class Proof:
    """A store of twenty entries and a record of nine notes, the heads of both signed in a file elsewhere."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def store(self) -> Path:
        return self.folder / "live.zz110"

    @property
    def archive(self) -> Path:
        return self.folder / "old.zz110"

    def asked(self, language: str = "en") -> Invocation:
        return Invocation(store=self.store, language=language)

    def head(self) -> None:
        show_head(self.asked(), self.folder / "heads.jsonl", self.folder / "key", False)
        self.capsys.readouterr()

    def archived(self) -> None:
        def image_at(_: object, position: int) -> bytes:
            return encode_image(Board(position=position).image())

        archive(self.store, CUT, self.archive, image_at, lambda _done, _total: None)

    def verify(self, *, heads: bool, language: str = "en", record: bool = False) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the journal's verify, or of the record's own."""
        file, keys = (self.folder / "heads.jsonl", [self.folder / "key.pub"]) if heads else (None, [])
        if record:
            code = verify_notes(self.asked(language), [], file, keys, False)
        else:
            code = verify_journal(self.asked(language), [], file, keys, [], False)
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def document(self) -> Any:
        verify_journal(self.asked(), [], self.folder / "heads.jsonl", [self.folder / "key.pub"], [], True)
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Proof:
    proof = Proof(tmp_path, capsys)
    make_key(tmp_path / "key")
    journal = open_journal(proof.store, "live")
    journal.append(notes(1, LAST))
    journal.close()
    file = SecurityFile(security_of(proof.store), create=True)
    file.append([{"t": AT + n, "event": "login", "account": f"a{n}"} for n in range(1, 10)])
    file.close()
    proof.head()
    return proof


def changed(table: str, column: str, key: str, number: int) -> tuple[str, ...]:
    """One byte of one record: a letter of its text."""
    one = f"CAST(replace(CAST({column} AS TEXT), '17000000', '17000001') AS BLOB)"
    return (f"UPDATE {table} SET {column} = {one} WHERE {key} = {number}",)


def removed(table: str, key: str, number: int) -> tuple[str, ...]:
    return (f"DELETE FROM {table} WHERE {key} = {number}",)


def swapped(table: str, key: str, one: int, other: int) -> tuple[str, ...]:
    return tuple(
        f"UPDATE {table} SET {key} = {new} WHERE {key} = {old}" for old, new in ((one, -1), (other, one), (-1, other))
    )


def cut(table: str, key: str, after: int) -> tuple[str, ...]:
    return (f"DELETE FROM {table} WHERE {key} > {after}",)


JOURNAL = {
    "changed": (changed("entry", "payload", "position", 15), "entry 15", "第 15 条"),
    "removed": (removed("entry", "position", 15), "entry 15 has been removed", "第 15 条被删除"),
    "swapped": (swapped("entry", "position", 15, 17), "entries 15 and 17", "第 15 条与第 17 条被调换"),
    "cut": (cut("entry", "position", 17), "ends before entry 18", "第 18 条之前"),
}
ARCHIVE = {
    "changed": (changed("entry", "payload", "position", 5), "entry 5", "第 5 条"),
    "removed": (removed("entry", "position", 5), "entry 5 has been removed", "第 5 条被删除"),
    "swapped": (swapped("entry", "position", 5, 7), "entries 5 and 7", "第 5 条与第 7 条被调换"),
    "cut": (cut("entry", "position", 10), "entries 11 to 12", "第 11 条至第 12 条"),
}
RECORD = {
    "changed": (changed("note", "said", "number", 4), "note 4", "第 4 条"),
    "removed": (removed("note", "number", 4), "note 4 has been removed", "安全记录第 4 条被删除"),
    "swapped": (swapped("note", "number", 4, 6), "notes 4 and 6", "第 4 条与第 6 条被调换"),
    "cut": (cut("note", "number", 7), "before note 8", "第 8 条之前"),
}


def test_what_is_whole_is_said_to_be_whole_with_what_the_heads_cover(proof: Proof) -> None:
    code, said, _ = proof.verify(heads=True)
    assert code == 0
    assert "intact: 20 entries" in said
    assert "security record intact: 9 notes" in said
    assert "agrees with 1 signed head, the last of note 9" in said
    proof.archived()
    assert proof.verify(heads=True)[0] == 0
    code, said, _ = proof.verify(heads=True, language="zh")
    assert "安全记录完好：9 条" in said
    assert proof.document()["security"]["signed_heads"]["last_number"] == 9


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("harm", JOURNAL)
def test_what_was_done_to_the_journal_is_found(proof: Proof, harm: str, *, archived: bool) -> None:
    if archived:
        proof.archived()
    sql, en, zh = JOURNAL[harm]
    meddle(proof.store, *UNLOCK, *sql)
    for language, words, remedy in (("en", en, "zz110 backup restore to a new file"), ("zh", zh, "不要再写这个库")):
        code, said, advice = proof.verify(heads=True, language=language)
        assert code == 1
        assert words in said
        assert remedy in advice
    assert proof.verify(heads=False)[0] == (0 if harm == "cut" else 1), "a cut tail is found by the heads alone"


@pytest.mark.parametrize("harm", ARCHIVE)
def test_what_was_done_to_an_archive_is_found(proof: Proof, harm: str) -> None:
    proof.archived()
    sql, en, zh = ARCHIVE[harm]
    proof.archive.chmod(0o600)
    meddle(proof.archive, *UNLOCK, *sql)
    for language, words in (("en", en), ("zh", zh)):
        code, said, _ = proof.verify(heads=False, language=language)
        assert code == 1
        assert words in said


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("harm", RECORD)
def test_what_was_done_to_the_security_record_is_found(proof: Proof, harm: str, *, archived: bool, own: bool) -> None:
    if archived:
        proof.archived()
    sql, en, zh = RECORD[harm]
    meddle(security_of(proof.store), *UNLOCK_NOTES, *sql)
    for language, words, remedy in (("en", en, "as evidence"), ("zh", zh, "作证据")):
        code, said, advice = proof.verify(heads=True, language=language, record=own)
        assert code == 1
        assert words in said
        assert remedy in advice
        assert ("intact: 20 entries" if language == "en" else "完好：20 条") in said or own, "the journal is not blamed"
    assert proof.verify(heads=False, record=True)[0] == (0 if harm == "cut" else 1)


def test_a_record_that_is_gone_is_cut_from_its_beginning(proof: Proof) -> None:
    security_of(proof.store).unlink()
    code, said, _ = proof.verify(heads=True)
    assert code == 1
    assert "before note 1, a hash kept elsewhere is of note 9" in said
    assert proof.document()["security"]["fault"]["kind"] == "cut"
    with pytest.raises(Trouble, match="does not agree"):
        proof.head()


def test_one_byte_of_the_file_itself(proof: Proof) -> None:
    for path, command in ((proof.store, False), (security_of(proof.store), True)):
        whole = path.read_bytes()
        at = whole.rindex(b"1700000000004")
        path.write_bytes(whole[:at] + b"2" + whole[at + 1 :])
        code, said, _ = proof.verify(heads=False, record=command)
        assert code == 1
        assert " 4 " in said


def test_heads_of_an_older_version_hold_for_the_journal_and_say_what_they_do_not_cover(proof: Proof) -> None:
    from zz110_tui.store.headfile import append_head
    from zz110_tui.store.heads import Signer

    heads = proof.folder / "heads.jsonl"
    heads.unlink()
    journal = open_journal(proof.store, "live", create=False)
    append_head(heads, Signer(proof.folder / "key"), journal, AT)
    journal.close()
    assert b'{"head":1,' in heads.read_bytes()
    code, said, _ = proof.verify(heads=True)
    assert code == 0
    assert "agrees with 1 signed head, the last of entry 20" in said
    assert "do not cover the security record" in said
    assert "不含安全记录" in proof.verify(heads=True, language="zh")[1]
    meddle(proof.store, *UNLOCK, *JOURNAL["cut"][0])
    assert proof.verify(heads=True)[0] == 1
