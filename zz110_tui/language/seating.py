"""Which word of a line belongs in which slot of its verb.

``verb [unit…] [incident]``: order does not matter where the words can only be read one way. Where they can be read in
several, the canonical order decides between readings of the same words in another order, and everything else is
ambiguous: it is listed, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zz110_tui.language.reading import Reading
from zz110_tui.language.verb import Kind, Slot

Row = Sequence[Reading | None]
"""What one word means in each slot."""


@dataclass(frozen=True, slots=True)
class Seating:
    """``seats`` has the number of the slot for each word."""

    seats: tuple[int, ...]
    strength: int
    missing: int
    disorder: int
    beside: int


def best_seatings(rows: Sequence[Row], slots: Sequence[Slot], filled: frozenset[str]) -> list[Seating]:
    """The seatings that are as good as any: one when the line is clear, none when some word fits nowhere.

    A seating that needs fewer unfinished words and leaves less missing is better. Where one is better in the first and
    another in the second, both stand. Between equals the canonical order decides, then what the verb is about.
    """
    found = [_judged(seats, rows, slots, filled) for seats in _all(rows, slots, filled)]
    good = [s for s in found if not any(_better(other, s) for other in found)]
    kept: list[Seating] = []
    for group in {(s.strength, s.missing): None for s in good}:
        equals = [s for s in good if (s.strength, s.missing) == group]
        least = min((s.disorder, s.beside) for s in equals)
        kept += _first_of_a_kind([s for s in equals if (s.disorder, s.beside) == least], slots)
    return kept


def other_seatings(rows: Sequence[Row], slots: Sequence[Slot], filled: frozenset[str], best: Seating) -> list[Seating]:
    """The one seating that was taken and those in which every word is as whole, in the same order, for something of
    another kind: what may have been meant where the first is refused. Empty where there is no other."""
    found = [_judged(seats, rows, slots, filled) for seats in _all(rows, slots, filled)]
    equals = [s for s in found if (s.strength, s.disorder) == (best.strength, best.disorder) and s.seats != best.seats]
    some = _first_of_a_kind([best, *equals], slots)
    return [best, *(s for s in some if s != best)] if best in some and len(some) > 1 else []


def _first_of_a_kind(seatings: list[Seating], slots: Sequence[Slot]) -> list[Seating]:
    """Of two slots for the same kind of thing the first is filled first: ``x 05`` names the unit that leaves."""
    first: dict[tuple[Kind, ...], Seating] = {}
    for seating in sorted(seatings, key=lambda s: s.seats):
        first.setdefault(tuple(slots[number].kind for number in seating.seats), seating)
    return list(first.values())


def _all(rows: Sequence[Row], slots: Sequence[Slot], filled: frozenset[str]) -> Iterator[tuple[int, ...]]:
    """Every way to give each word a slot it can be read in; only a slot for several units takes more than one word."""

    def seat(position: int, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if position == len(rows):
            yield taken
            return
        for number, slot in enumerate(slots):
            if rows[position][number] is None:
                continue
            if slot.kind is Kind.UNITS or not (slot.field in filled or number in taken):
                yield from seat(position + 1, (*taken, number))

    return seat(0, ())


def _judged(seats: tuple[int, ...], rows: Sequence[Row], slots: Sequence[Slot], filled: frozenset[str]) -> Seating:
    readings = [reading for row, number in zip(rows, seats, strict=True) if (reading := row[number]) is not None]
    have = {slots[number].field for number in seats} | filled
    return Seating(
        seats=seats,
        strength=sum(reading.strength for reading in readings),
        missing=sum(slot.wanted and slot.field not in have for slot in slots),
        disorder=sum(a > b for a, b in pairwise(seats)),
        beside=sum(reading.beside for reading in readings),
    )


def _better(one: Seating, other: Seating) -> bool:
    a, b = (one.strength, one.missing), (other.strength, other.missing)
    return a != b and a[0] <= b[0] and a[1] <= b[1]
