"""What every journal promises, whatever it is kept in: one suite, run against each backend."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.entries import any_entry, notes
from zz110_tui.core.facts import Entry, IncidentReleased
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.chain import link, verify
from zz110_tui.store.journal import SNAPSHOTS_KEPT, Head, Journal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.codec import encode_entry

Make: TypeAlias = Callable[[], Journal]


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes an empty journal each time it is called; they are closed at the end."""
    made: list[Journal] = []

    def make_one() -> Journal:
        path = ":memory:" if request.param == "memory" else tmp_path / f"{len(made)}.zz110"
        made.append(open_journal(path, "live"))
        return made[-1]

    yield make_one
    for journal in made:
        journal.close()


@pytest.fixture
def journal(make: Make) -> Journal:
    return make()


# -- appending and reading ---------------------------------------------------------------------------------------------


def test_an_empty_journal_has_an_empty_head(journal: Journal) -> None:
    assert journal.head == Head(0, bytes(32))
    assert list(journal.read()) == []
    assert list(journal.rows()) == []
    assert journal.latest_snapshot() is None
    assert journal.find_commands(["c0"]) == {}
    assert journal.warnings == ()
    assert journal.broken is None


def test_an_append_gives_the_rows_as_they_are_stored(journal: Journal) -> None:
    journal.append(notes(1, 3))

    appended = journal.append(notes(4, 200))

    assert list(appended) == list(journal.rows(3))


def test_what_is_appended_is_read_in_order(journal: Journal) -> None:
    journal.append(notes(1, 3))
    journal.append(notes(4, 4))

    assert list(journal.read()) == notes(1, 4)


@given(entries=st.lists(any_entry, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_every_fact_comes_back_equal(make: Make, entries: list[Entry]) -> None:
    journal = make()
    numbered = [replace(entry, position=number, command="") for number, entry in enumerate(entries, 1)]

    journal.append(numbered)

    assert list(journal.read()) == numbered
    journal.close()


def test_appending_nothing_changes_nothing(journal: Journal) -> None:
    journal.append(notes(1, 2))

    assert list(journal.append([])) == []
    assert journal.head.position == 2


def test_the_head_is_the_hash_over_every_entry(journal: Journal) -> None:
    expected = bytes(32)
    for entry in notes(1, 5):
        expected = link(expected, encode_entry(entry))

    assert journal.append(notes(1, 5))[-1].hash == expected
    assert journal.head == Head(5, expected)


def test_the_head_does_not_depend_on_how_entries_were_gathered(make: Make) -> None:
    one_by_one, at_once = make(), make()
    for entry in notes(1, 7):
        one_by_one.append([entry])
    at_once.append(notes(1, 7))

    assert one_by_one.head == at_once.head


def test_rows_are_the_bytes_that_were_hashed_and_verify(journal: Journal) -> None:
    journal.append(notes(1, 300))
    rows = list(journal.rows())

    assert [row.payload for row in rows] == [encode_entry(entry) for entry in notes(1, 300)]
    assert verify(rows).head == journal.head
    assert verify(rows).intact


@pytest.mark.parametrize(
    ("after", "limit", "first", "last"),
    [(0, None, 1, 300), (0, 10, 1, 10), (5, 3, 6, 8), (100, 140, 101, 240), (299, 5, 300, 300), (-3, 2, 1, 2)],
)
def test_a_part_is_read_by_position_and_number(
    journal: Journal, after: int, limit: int | None, first: int, last: int
) -> None:
    journal.append(notes(1, 300))

    assert list(journal.read(after, limit)) == notes(first, last)
    assert [row.position for row in journal.rows(after, limit)] == list(range(first, last + 1))


@pytest.mark.parametrize(("after", "limit"), [(300, None), (301, 5), (10**9, None), (5, 0), (5, -1)])
def test_a_part_that_is_not_there_is_empty(journal: Journal, after: int, limit: int | None) -> None:
    journal.append(notes(1, 300))

    assert list(journal.read(after, limit)) == []


def test_reading_may_go_on_while_entries_are_added(journal: Journal) -> None:
    journal.append(notes(1, 200))
    reading = journal.read()
    first = next(reading)
    journal.append(notes(201, 400))

    seen = [first, *reading]

    assert seen == notes(1, len(seen))
    assert len(seen) >= 200


def test_a_reader_in_another_thread_never_sees_half_an_append(journal: Journal) -> None:
    counts: set[int] = set()
    looked, done = threading.Event(), threading.Event()

    def look() -> None:
        while not done.is_set():
            counts.add(len(list(journal.read())) % 10)
            looked.set()

    looking = threading.Thread(target=look)
    looking.start()
    for start in range(1, 200, 10):
        journal.append(notes(start, start + 9))
    looked.wait()
    done.set()
    looking.join()

    assert counts == {0}


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(notes(4, 4), id="a gap before it"),
        pytest.param(notes(2, 3), id="a position there already"),
        pytest.param([*notes(3, 3), *notes(5, 5)], id="a gap inside"),
        pytest.param([*notes(3, 3), *notes(3, 3)], id="a position twice"),
        pytest.param([*notes(4, 4), *notes(3, 3)], id="the wrong order"),
        pytest.param([*notes(3, 3), replace(notes(4, 4)[0], fact=IncidentReleased(cast(int, "4")))], id="unwritable"),
        pytest.param([replace(notes(3, 3)[0], command="c0")], id="a command of before"),
        pytest.param([*notes(3, 4), replace(notes(5, 5)[0], command="c2")], id="a command that comes apart"),
    ],
)
def test_an_append_that_is_wrong_stores_nothing_and_the_journal_works_on(
    journal: Journal, entries: list[Entry]
) -> None:
    journal.append(notes(1, 2))
    head = journal.head

    with pytest.raises(Trouble, match="nothing was stored"):
        journal.append(entries)

    assert journal.head == head
    assert list(journal.read()) == notes(1, 2)
    assert journal.broken is None
    assert journal.append(notes(3, 3))[-1].position == 3


# -- commands ----------------------------------------------------------------------------------------------------------


def test_a_command_is_found_by_its_id(journal: Journal) -> None:
    journal.append(notes(1, 6, commands=3))
    journal.append(notes(7, 7, commands=3))

    assert journal.find_commands(["c3", "c2", "c0", "c1"]) == {"c0": (1, 3), "c1": (4, 6), "c2": (7, 7)}


def test_many_commands_are_found_with_one_question(journal: Journal) -> None:
    journal.append(notes(1, 300))

    found = journal.find_commands([f"c{number}" for number in range(400)])

    assert found == {f"c{number}": (number + 1, number + 1) for number in range(300)}
    assert journal.find_commands([]) == {}


def test_an_id_is_found_by_its_exact_text(journal: Journal) -> None:
    entries = notes(1, 1)
    journal.append([replace(entries[0], command="席位03'; --\x00x")])

    assert journal.find_commands(["席位03'; --\x00x"]) == {"席位03'; --\x00x": (1, 1)}
    assert journal.find_commands(["席位03'; --"]) == {}


def test_entries_of_no_command_are_never_found(journal: Journal) -> None:
    journal.append([replace(entry, command="") for entry in notes(1, 2)])
    journal.append([replace(entry, command="") for entry in notes(3, 3)])

    assert journal.find_commands([""]) == {}


# -- snapshots ---------------------------------------------------------------------------------------------------------


def test_the_newest_snapshot_is_given_back(journal: Journal) -> None:
    journal.append(notes(1, 5))
    journal.save_snapshot(3, b"three")
    journal.save_snapshot(5, b"five")

    assert journal.latest_snapshot() == (5, b"five")


def test_newest_means_by_position(journal: Journal) -> None:
    journal.append(notes(1, 5))
    journal.save_snapshot(5, b"five")
    journal.save_snapshot(3, b"three")

    assert journal.latest_snapshot() == (5, b"five")


def test_a_snapshot_of_a_position_replaces_the_one_before(journal: Journal) -> None:
    journal.append(notes(1, 5))
    for number in range(SNAPSHOTS_KEPT + 1):
        journal.save_snapshot(5, f"five {number}".encode())

    assert journal.latest_snapshot() == (5, f"five {SNAPSHOTS_KEPT}".encode())


@pytest.mark.parametrize("position", [-1, 0, 6])
def test_a_snapshot_of_what_the_journal_does_not_hold_is_refused(journal: Journal, position: int) -> None:
    journal.append(notes(1, 5))

    with pytest.raises(Trouble):
        journal.save_snapshot(position, b"")

    assert journal.latest_snapshot() is None
    assert journal.append(notes(6, 6))[-1].position == 6


def test_a_snapshot_changes_no_hash(make: Make) -> None:
    plain, pictured = make(), make()
    for journal in (plain, pictured):
        journal.append(notes(1, 5))
    pictured.save_snapshot(5, b"image")

    assert list(pictured.append(notes(6, 6))) == list(plain.append(notes(6, 6)))


# -- its life ----------------------------------------------------------------------------------------------------------


def test_rest_loses_nothing(journal: Journal) -> None:
    journal.append(notes(1, 500))
    journal.rest()
    journal.append(notes(501, 501))
    journal.rest()

    assert list(journal.read()) == notes(1, 501)


def test_what_is_closed_says_so(journal: Journal) -> None:
    journal.append(notes(1, 5))
    journal.save_snapshot(5, b"image")
    reading = journal.read()
    next(reading)
    journal.close()
    journal.close()

    for use in (
        lambda: journal.append(notes(6, 6)),
        lambda: journal.head,
        lambda: list(journal.read()),
        lambda: list(journal.rows()),
        lambda: journal.find_commands(["c0"]),
        lambda: journal.save_snapshot(5, b""),
        journal.latest_snapshot,
        journal.rest,
    ):
        with pytest.raises(Trouble, match="closed"):
            use()


def test_the_stamp_says_what_it_is_for(journal: Journal) -> None:
    assert journal.stamp.kind == "live"
