"""Nobody changes, removes, inserts or swaps a record unseen, and the verdict says where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.entries import notes
from zz110_tui.core.facts import Entry
from zz110_tui.store.batch import make_batch
from zz110_tui.store.chain import SENTENCES, Fault, FaultKind, Verdict, link, verify
from zz110_tui.store.journal import NO_HASH, Head, Row
from zz110_tui.wire.codec import encode_entry

ROWS = make_batch(Head(), notes(1, 12)).rows
HEADS = [Head(), *(Head(row.position, row.hash) for row in ROWS)]


def renumbered(rows: list[Row]) -> list[Row]:
    """As someone would who closes up the numbers after meddling, leaving payloads and hashes alone."""
    return [row._replace(position=number) for number, row in enumerate(rows, 1)]


def rehashed(rows: list[Row]) -> list[Row]:
    """As someone would who computes every hash anew."""
    made: list[Row] = []
    for row in rows:
        made.append(row._replace(hash=link(made[-1].hash if made else NO_HASH, row.payload)))
    return made


def forged(position: int, text: str = "已撤销") -> Row:
    entry: Entry = notes(position, position, text=text)[0]
    return Row(position, encode_entry(entry), bytes(32))


def test_a_journal_nobody_touched_is_intact() -> None:
    assert verify(ROWS) == Verdict(HEADS[12])
    assert verify(ROWS).intact


def test_an_empty_journal_is_intact() -> None:
    assert verify([]) == Verdict(Head())


@pytest.mark.parametrize("start", [0, 1, 5, 12])
def test_a_part_is_judged_from_the_head_before_it(start: int) -> None:
    assert verify(ROWS[start:], HEADS[start]) == Verdict(HEADS[12])


def test_a_part_does_not_follow_another_head() -> None:
    assert not verify(ROWS[5:], Head(5, bytes(32))).intact


def without(number: int, count: int = 1) -> list[Row]:
    return [*ROWS[: number - 1], *ROWS[number - 1 + count :]]


def swapped(one: int, other: int) -> list[Row]:
    rows = list(ROWS)
    rows[one - 1], rows[other - 1] = rows[other - 1], rows[one - 1]
    return renumbered(rows)


def changed(number: int, payload: bytes | None = None, hashed: bytes | None = None) -> list[Row]:
    rows = list(ROWS)
    row = rows[number - 1]
    rows[number - 1] = row._replace(payload=payload or row.payload, hash=hashed or row.hash)
    return rows


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param(without(5), Fault(FaultKind.REMOVED, 5, 5), id="removed"),
        pytest.param(without(5, 3), Fault(FaultKind.REMOVED, 5, 7), id="three removed"),
        pytest.param(without(1), Fault(FaultKind.REMOVED, 1, 1), id="the first removed"),
        pytest.param(renumbered(without(5)), Fault(FaultKind.REMOVED, 5, 5), id="removed and closed up"),
        pytest.param(renumbered(without(5, 3)), Fault(FaultKind.REMOVED, 5, 7), id="three removed and closed up"),
        pytest.param(renumbered(without(11)), Fault(FaultKind.REMOVED, 11, 11), id="the last but one, closed up"),
        pytest.param(swapped(5, 6), Fault(FaultKind.SWAPPED, 5, 6), id="neighbours swapped"),
        pytest.param(swapped(2, 11), Fault(FaultKind.SWAPPED, 2, 11), id="swapped far apart"),
        pytest.param(changed(5, forged(5).payload), Fault(FaultKind.CHANGED, 5), id="another text"),
        pytest.param(changed(12, forged(12).payload), Fault(FaultKind.CHANGED, 12), id="another last text"),
        pytest.param(changed(5, hashed=bytes(32)), Fault(FaultKind.CHANGED, 5), id="another hash"),
        pytest.param(changed(5, b"{}"), Fault(FaultKind.UNDECODABLE, 5), id="no entry any more"),
        pytest.param(changed(5, ROWS[4].payload[:-1]), Fault(FaultKind.UNDECODABLE, 5), id="cut short"),
        pytest.param([*ROWS[:5], *ROWS[4:]], Fault(FaultKind.DOUBLED, 6, 5), id="doubled"),
        pytest.param(renumbered([*ROWS[:5], *ROWS[4:]]), Fault(FaultKind.DOUBLED, 6, 5), id="doubled and closed up"),
        pytest.param(
            renumbered(rehashed([*ROWS[:4], forged(5), *ROWS[4:]])),
            Fault(FaultKind.DOUBLED, 6, 5),
            id="inserted, with every hash anew",
        ),
        pytest.param(
            [*ROWS[:4], *(row._replace(position=row.position + 1) for row in ROWS[4:])],
            Fault(FaultKind.GAP, 4, 6),
            id="numbers moved up",
        ),
    ],
)
def test_meddling_is_found_with_its_place(rows: list[Row], fault: Fault) -> None:
    verdict = verify(rows)

    assert verdict.fault == fault
    assert verdict.head.position == (fault.position if fault.kind is FaultKind.GAP else fault.position - 1)


@given(st.data())
def test_any_other_order_choice_or_byte_is_found(data: st.DataObject) -> None:
    rows = list(ROWS)
    how = data.draw(st.sampled_from(["byte", "hash", "choice"]))
    at = data.draw(st.integers(0, 11))
    if how == "choice":
        rows = renumbered(data.draw(st.lists(st.sampled_from(ROWS), min_size=1)))
        same = rows == ROWS[: len(rows)]
    else:
        old = rows[at].payload if how == "byte" else rows[at].hash
        place = data.draw(st.integers(0, len(old) - 1))
        new = old[:place] + bytes([old[place] ^ data.draw(st.integers(1, 255))]) + old[place + 1 :]
        rows[at] = rows[at]._replace(payload=new) if how == "byte" else rows[at]._replace(hash=new)
        same = False

    verdict = verify(rows)

    assert verdict.intact == same
    if how != "choice":
        assert verdict.fault is not None
        assert verdict.fault.position == at + 1


def test_a_tail_that_was_cut_off_is_found_by_a_pin_only() -> None:
    assert verify(ROWS[:8]).intact
    assert verify(ROWS[:8], pins=[HEADS[5], HEADS[10]]).fault == Fault(FaultKind.CUT, 9, 10)
    assert verify(ROWS[:8], pins=[HEADS[8]]).intact


def test_a_past_written_anew_is_found_by_a_pin_only() -> None:
    rows = rehashed(changed(5, forged(5).payload))

    assert verify(rows).intact
    assert verify(rows, pins=[HEADS[4], HEADS[7]]).fault == Fault(FaultKind.REWRITTEN, 7, 5)
    assert verify(rows, pins=[HEADS[4]]).intact


def test_pins_of_before_the_part_are_not_looked_at() -> None:
    assert verify(ROWS[8:], HEADS[8], pins=[HEADS[3]]).intact


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_is_said_in_both_languages_with_its_place(kind: FaultKind, language: str) -> None:
    assert set(SENTENCES) == set(FaultKind)
    assert "4711" in Fault(kind, 4711, 4712).sentence(language)


def test_only_as_much_as_needed_is_read_after_a_fault() -> None:
    read: list[int] = []

    def counted() -> Iterator[Row]:
        for row in swapped(2, 4):
            read.append(row.position)
            yield row

    verify(counted())

    assert read == [1, 2, 3, 4]
