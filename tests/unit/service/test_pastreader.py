"""Pages of the past: together they are what the history holds, each is small, and no caller is in clear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.pasts import NUMBER, lived, stored
from tests.support.room import CROSSING, RULES, Room
from zz110_tui.core import commands_matters as m
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.trouble import Trouble
from zz110_tui.service import pastreader
from zz110_tui.service.pastreader import PastReader
from zz110_tui.store.history import history_of
from zz110_tui.wire.asking import (
    FindSlips,
    ListMatters,
    ListReports,
    ListSlips,
    MonthBudgets,
    OneSlip,
    Page,
    Question,
    read_items,
)

SLIPS = 40


@pytest.fixture(scope="module")
def room() -> Room:
    room = lived(SLIPS)
    room.do(m.OpenLedger(LedgerKind.DISPUTE, "两家为停车争执", CROSSING))
    return room


@pytest.fixture(scope="module")
def store(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(room, tmp_path_factory.mktemp("past"))


@pytest.fixture
def reader(store: Path) -> Iterator[PastReader]:
    made = PastReader(store, RULES)
    yield made
    made.close()


def pages(reader: PastReader, question: Question, place: str) -> list[Page]:
    found: list[Page] = []
    replaced: Any = msgspec.structs.replace
    for _ in range(SLIPS + 2):
        found.append(reader.answer(question))
        if not found[-1].next:
            return found
        question = replaced(question, **{place: found[-1].next})
    raise AssertionError("it never ends")


@pytest.mark.parametrize("limit", [1, 7, SLIPS - 1, SLIPS, 500])
@pytest.mark.parametrize(
    ("question", "place", "first"),
    [
        (FindSlips("打架"), "skip", SLIPS),
        (FindSlips(""), "skip", SLIPS),
        (ListSlips(), "after", 1),
        (ListReports(), "after", 1),
    ],
)
def test_the_pages_together_are_the_whole_and_each_thing_stands_once(
    reader: PastReader, question: Question, place: str, first: int, limit: int
) -> None:
    question = msgspec.structs.replace(question, limit=limit)
    made = pages(reader, question, place)
    numbers = [each.number for page in made for each in read_items(question, page)]
    assert numbers == sorted(range(1, SLIPS + 1), reverse=first > 1)
    assert all(len(page.items) <= limit for page in made)
    assert len(made) == -(-SLIPS // limit), "no empty page at the end"


@pytest.mark.parametrize(("question", "place"), [(FindSlips(""), "skip"), (ListReports(), "after")])
def test_no_page_is_large(reader: PastReader, question: Question, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pastreader, "PAGE_BYTES", 2_000)
    made = pages(reader, question, place)
    assert len(made) > 3
    assert all(sum(map(len, page.items[:-1])) < 2_000 for page in made)
    assert sum(len(page.items) for page in made) == SLIPS


def test_a_period_is_kept_to(reader: PastReader, room: Room) -> None:
    all_of_them = read_items(ListSlips(), reader.answer(ListSlips()))
    start, end = all_of_them[10].received_at, all_of_them[20].received_at
    for question in (FindSlips("打架", start, end), FindSlips("", start, end), ListSlips(start, end)):
        assert {slip.number for slip in read_items(question, reader.answer(question))} == set(range(11, 21))


def test_no_caller_is_in_clear_in_any_answer(reader: PastReader) -> None:
    said = b""
    for question in (FindSlips(NUMBER), ListReports(), ListSlips(), OneSlip(1)):
        page = reader.answer(question)
        assert page.items
        said += b"".join(page.items)
    assert NUMBER.encode() not in said
    assert b"139****2207" in said, "it is masked, not left out"


def test_a_slip_has_everything_that_happened_to_it(reader: PastReader, room: Room) -> None:
    (slip,) = read_items(OneSlip(1), reader.answer(OneSlip(1)))
    assert slip.incident.number == 1
    assert [entry.fact for entry in slip.chronology if entry.position > 3]
    assert {type(entry.fact).__name__ for entry in slip.chronology} >= {"IncidentOpened", "IncidentClosed"}
    assert slip.elsewhere == ""
    assert reader.answer(OneSlip(9_999)) == Page()


def test_matters_are_listed_and_an_unknown_kind_is_said(reader: PastReader) -> None:
    (ledger,) = read_items(ListMatters("ledger"), reader.answer(ListMatters("ledger")))
    assert ledger.number == 1
    assert reader.answer(ListMatters("ledger", after=1)) == Page()
    assert reader.answer(ListMatters("order")) == Page()
    with pytest.raises(Trouble):
        reader.answer(ListMatters("dragons"))


def test_the_month_is_counted(reader: PastReader) -> None:
    question = MonthBudgets(0, 1 << 60, "received")
    counted = read_items(question, reader.answer(question))
    assert len(counted) == 2


def test_where_there_is_no_store_there_is_trouble_and_no_history_file(tmp_path: Path) -> None:
    reader = PastReader(tmp_path / "none.zz110", RULES)
    with pytest.raises(Trouble):
        reader.answer(ListSlips())
    assert not history_of(tmp_path / "none.zz110").exists()


def test_a_history_that_is_far_behind_is_not_brought_up_by_a_question(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pastreader, "CHUNK", 10)
    reader = PastReader(stored(room, tmp_path), RULES)
    with pytest.raises(Trouble, match="not computed yet"):
        reader.answer(ListSlips())
    reader.close()


def test_an_answer_of_another_shape_is_not_taken() -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        read_items(ListSlips(), Page((b'{"number":1}',)))
