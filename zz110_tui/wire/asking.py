"""Questions about the past, and the pages they are answered with: what goes over a link when the board is not enough.

A question is answered with one page of bounded size; ``next`` says from where the same question goes on, 0 that it is
at its end. So neither side holds anything between two pages, and no answer is ever large.

What a page holds is of the board's own shapes (``wire.agreement`` compares them at the hello), callers masked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from zz110_tui.core.facts import Entry
from zz110_tui.core.figures import MissBudget
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import Matter, Matters, every, matters_of
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.codec import decode_entry, encode_entry
from zz110_tui.wire.shapes import UNREADABLE, plain, write_json

T = TypeVar("T")

MOST_ITEMS = 500
"""On one page …"""

PAGE_BYTES = 128 << 10
"""… and no further item once it is so large: on a thin line a page takes seconds, and a beat waits behind it."""

MOST_TOGETHER = 10_000
"""What a search finds at most, in all its pages."""

FOR_EVER = (1 << 62) - 1
YEAR_9999_MS = 253_370_764_800_000
"""From here on an end is none."""

Moment = Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]
Number = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_ITEMS)]


class _Question(msgspec.Struct, frozen=True, tag_field="q", forbid_unknown_fields=True, gc=False):
    pass


class FindSlips(_Question, frozen=True, tag="find"):
    """Slips received in a period in which all the words occur, newest first; all of the period without words.

    ``why``: somebody searches, or a desk shows what happened before at the same place.
    """

    words: Annotated[str, msgspec.Meta(max_length=400)]
    start: Moment = 0
    end: Moment = FOR_EVER
    skip: Annotated[int, msgspec.Meta(ge=0, le=MOST_TOGETHER)] = 0
    limit: Limit = MOST_ITEMS
    why: Literal["search", "place"] = "search"


class ListSlips(_Question, frozen=True, tag="slips"):
    """All slips of a period by number, from ``after`` + 1 on."""

    start: Moment = 0
    end: Moment = FOR_EVER
    after: Number = 0
    limit: Limit = MOST_ITEMS


class ListReports(_Question, frozen=True, tag="reports"):
    """All reports of a period by number."""

    start: Moment = 0
    end: Moment = FOR_EVER
    after: Number = 0
    limit: Limit = MOST_ITEMS


class ListMatters(_Question, frozen=True, tag="matters"):
    """All orders, or warnings, or the like, by number."""

    kind: Annotated[str, msgspec.Meta(pattern="^[a-z]{1,16}$")]
    after: Number = 0
    limit: Limit = MOST_ITEMS


class OneSlip(_Question, frozen=True, tag="slip"):
    """A slip with its reports and everything that happened to it."""

    number: Number


class MonthBudgets(_Question, frozen=True, tag="budgets"):
    """How many arrivals later than 5 and than 10 minutes the slips of a period allow: counts, no slip."""

    start: Moment
    end: Moment
    clock: Literal["received", "dispatched"]


Question = FindSlips | ListSlips | ListReports | ListMatters | OneSlip | MonthBudgets


@dataclass(frozen=True, slots=True)
class Page:
    """``items`` are written as ``read_items`` reads them. ``next`` 0: there is no more."""

    items: tuple[bytes, ...] = ()
    next: int = 0


@dataclass(frozen=True, slots=True)
class PastSlip:
    """A slip as it was last seen, with its calls and everything that happened to it, oldest first. ``elsewhere`` names
    the archive that has what is missing of it, "" where nothing is."""

    incident: Incident
    reports: tuple[Report, ...]
    chronology: tuple[Entry, ...]
    elsewhere: str = ""


class _Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    incident: Incident
    reports: tuple[Report, ...]
    chronology: tuple[msgspec.Raw, ...]
    elsewhere: str


def write_slip(slip: PastSlip) -> bytes:
    told = tuple(msgspec.Raw(encode_entry(entry)) for entry in slip.chronology)
    return write_json(_Whole(slip.incident, slip.reports, told, slip.elsewhere))


def write_matter(matter: Matter) -> bytes:
    return write_json(matters_of([matter]))


def write_plain(value: Incident | Report | MissBudget) -> bytes:
    return write_json(value)


def _slip(raw: bytes) -> PastSlip:
    read = _decoder(_Whole)(raw)
    told = tuple(decode_entry(bytes(entry)) for entry in read.chronology)
    return PastSlip(read.incident, read.reports, told, read.elsewhere)


def _matter(raw: bytes) -> Matter:
    (matter,) = every(_decoder(Matters)(raw))
    return matter


@cache
def _decoder(kind: type[T]) -> Callable[[bytes], T]:
    """Made when it is first needed: a desk starts without asking."""
    return msgspec.json.Decoder(kind).decode


def _reader(question: Question) -> Callable[[bytes], Any]:
    match question:
        case FindSlips() | ListSlips():
            return _decoder(Incident)
        case ListReports():
            return _decoder(Report)
        case ListMatters():
            return _matter
        case OneSlip():
            return _slip
        case MonthBudgets():
            return _decoder(MissBudget)


def read_items(question: Question, page: Page) -> tuple[Any, ...]:
    """What stands on a page that answers a question. Raises Trouble where that is not what was asked for."""
    read = _reader(question)
    try:
        return tuple(read(item) for item in page.items)
    except UNREADABLE as fault:
        raise Trouble(
            "核心的历史答复读不懂 / the core's answer about the past cannot be read",
            plain(fault),
            "请把两边装成同一版本 / install the same version on both sides",
        ) from fault


def said_of(question: Question) -> dict[str, object]:
    """What the security record says of a question: what was read, its period or number; never the words."""
    match question:
        case FindSlips(why="place"):
            return {"what": "earlier slips at a place"}
        case FindSlips(start=start, end=end):
            return {"what": "find", **_period(start, end)}
        case ListSlips(start=start, end=end):
            return {"what": "incident list --all", **_period(start, end)}
        case ListReports(start=start, end=end):
            return {"what": "report list --all", **_period(start, end)}
        case ListMatters(kind=kind):
            return {"what": f"{kind} list --all"}
        case OneSlip(number=number):
            return {"what": "incident show", "incident": number}
        case MonthBudgets(start=start, end=end):
            return {"what": "budgets", **_period(start, end)}


def _period(start: int, end: int) -> dict[str, object]:
    ends = {"from": start, "to": end}
    return {name: _utc(ms) for name, ms in ends.items() if 0 < ms < YEAR_9999_MS}


def _utc(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
