"""From a row of somebody's file to a call record, or to a reason why not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from zz110_tui.config.problems import both, shown
from zz110_tui.core.cleaning import clean
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Point, point
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.mapping import CallsMapping
from zz110_tui.drill.mapping_check import EPOCHS, ISO, TIMES

REASONS: Mapping[str, str] = {
    "bad_bytes": both("有不能解码的字节", "has bytes that are no text in the mapping's encoding"),
    "nul": both("有 NUL 字节", "has a NUL byte"),
    "line_too_long": both("一行过长", "the line is too long"),
    "bad_quotes": both("引号不配对", "quotes do not match"),
    "ragged": both("列数不对", "the number of columns is wrong"),
    "too_long": both("一格过长", "a cell is too long"),
    "no_time": both("没有报警时间", "there is no time of the call"),
    "bad_time": both("时间读不懂", "a time cannot be read"),
    "time_order": both("时间先后不对", "the times are out of order"),
    "no_place": both("没有坐标", "there is no position"),
    "zero_place": both("坐标是零", "the position is zero"),
    "bad_place": both("坐标不对", "the position is not one on the earth"),
    "same_id": both("同一编号，内容不同", "the same id, with other content"),
}
"""Why a row was not taken, by the code in the reject file."""

LONGEST = {"id": 200, "place": 500, "type": 500, "channel": 100, "text": 4_000}
"""Characters. The last is the core's own limit for a text."""

EARLIEST_MS = -2_208_988_800_000
LATEST_MS = 4_102_444_800_000
"""1900 and 2100: a time outside is a misread one."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call as somebody recorded it. Times in UTC milliseconds, 0 for "not recorded".

    ``source`` is unique in a calls file. ``place`` and ``words`` (the source's own words for the type) are cleaned
    text; ``type`` is a code of our rulebook and ``category`` its class, "" where no rulebook was at hand.
    """

    source: str
    received_ms: int
    dispatched_ms: int = 0
    arrived_ms: int = 0
    closed_ms: int = 0
    point: Point | None = None
    place: str = ""
    type: str = "other"
    words: str = ""
    category: str = ""
    channel: Channel = Channel.PHONE
    text: str = ""


class Unusable(Exception):
    """A row that is not taken: ``code`` of :data:`REASONS` and what exactly."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class RowReader:
    """Reads the rows of one file by one mapping. Feed it every row of the file in order, because rows without an id
    are told apart by how often the same content came before."""

    def __init__(self, mapping: CallsMapping, header: Sequence[str], categories: Mapping[str, str]) -> None:
        """Raises Trouble when a column of the mapping is not in the header, or is there twice."""
        self._mapping = mapping
        self._width = len(header)
        self._categories = categories
        self._seen: dict[bytes, int] = {}
        where = _positions(mapping, header)
        self._texts = {name: [where[c] for c in columns] for name, columns in mapping.texts.items()}
        self._times = {name: [where[c] for c in time.columns] for name, time in mapping.times.items()}
        self._lon, self._lat = where.get(mapping.lon, -1), where.get(mapping.lat, -1)
        self._readers = [time_reader(written, mapping.zone) for written in mapping.formats]

    def read(self, cells: Sequence[str]) -> CallRecord:
        """Raises Unusable for a row that is not taken."""
        if len(cells) != self._width:
            raise Unusable("ragged", f"{len(cells)} / {self._width}")
        mapping = self._mapping
        source = self._source(cells)
        times = self._read_times(cells)
        words = self._text(cells, "type")
        kind = mapping.types.word(words)
        return CallRecord(
            source=source,
            received_ms=times["received"],
            dispatched_ms=times.get("dispatched", 0),
            arrived_ms=times.get("arrived", 0),
            closed_ms=times.get("closed", 0),
            point=self._point(cells),
            place=self._text(cells, "place"),
            type=kind,
            words=words,
            category=self._categories.get(kind, ""),
            channel=Channel(mapping.channels.word(self._text(cells, "channel"))),
            text=self._text(cells, "text"),
        )

    def _cells(self, cells: Sequence[str], columns: Sequence[int]) -> list[str]:
        missing = self._mapping.missing
        found = [cells[i].strip() for i in columns]
        return [cell for cell in found if cell not in missing]

    def _text(self, cells: Sequence[str], name: str) -> str:
        columns = self._texts.get(name)
        if not columns:
            return ""
        text = clean(", ".join(self._cells(cells, columns)))
        if len(text) > LONGEST[name]:
            raise Unusable("too_long", f"{name}: {len(text)} > {LONGEST[name]}")
        return text

    def _source(self, cells: Sequence[str]) -> str:
        """The source's own id; without one, what the row says and how often the file said it before."""
        own = self._text(cells, "id")
        if own:
            return f"{self._mapping.id}:{own}"
        digest = blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        times = self._seen.get(digest, 0) + 1
        self._seen[digest] = times
        return f"{self._mapping.id}:#{digest.hex()}" + (f".{times}" if times > 1 else "")

    # -- times -----------------------------------------------------------------------------------------------------

    def _read_times(self, cells: Sequence[str]) -> dict[str, int]:
        times: dict[str, int] = {}
        last = 0
        for name in TIMES:
            columns = self._times.get(name)
            if columns is None:
                continue
            found = self._cells(cells, columns)
            if len(found) < len(columns):
                if name == "received":
                    raise Unusable("no_time")
                continue
            at = self._time(name, " ".join(found), times)
            if at and last and at < last:
                raise Unusable("time_order", name)
            if at:
                times[name] = last = at
        return times

    def _time(self, name: str, text: str, times: Mapping[str, int]) -> int:
        column = self._mapping.times[name]
        if column.after:
            since = times.get(column.after, 0)
            return since + self._duration(name, text) * column.unit_ms // 1_000 if since else 0
        for reader in self._readers:
            try:
                at = reader(text)
            except (ValueError, OverflowError):
                continue
            if EARLIEST_MS <= at < LATEST_MS and at:
                return at
        raise Unusable("bad_time", f"{name}: {shown(text[:60])}")

    def _duration(self, name: str, text: str) -> int:
        """Thousandths of the unit."""
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 <= value < 1e7:
            raise Unusable("bad_time", f"{name}: {shown(text[:60])}")
        return round(value * 1_000)

    # -- place -----------------------------------------------------------------------------------------------------

    def _point(self, cells: Sequence[str]) -> Point | None:
        """A position that is plainly wrong is a reason to look at the row, whether or not one is required."""
        if self._lon < 0:
            return None
        required = self._mapping.place_required
        found = self._cells(cells, (self._lon, self._lat))
        if len(found) < 2:
            if required:
                raise Unusable("no_place")
            return None
        try:
            where = point(float(found[0]), float(found[1]))
        except ValueError:
            raise Unusable("bad_place", shown(", ".join(found)[:60])) from None
        if where.lon == 0 and where.lat == 0:
            if required:
                raise Unusable("zero_place")
            return None
        return where


def time_reader(written: str, zone: ZoneInfo) -> Callable[[str], int]:
    """A function from text to UTC milliseconds. A local time that comes twice (end of summer time) is the first."""
    if written in EPOCHS:
        unit = EPOCHS[written]
        return lambda text: round(float(text) * unit)
    if written == ISO:
        return lambda text: _utc_ms(datetime.fromisoformat(text), zone)
    return lambda text: _utc_ms(datetime.strptime(text, written), zone)  # noqa: DTZ007 - the zone comes with _utc_ms


def _utc_ms(when: datetime, zone: ZoneInfo) -> int:
    if when.tzinfo is None:
        when = when.replace(tzinfo=zone)
    return round(when.timestamp() * 1_000)


def _positions(mapping: CallsMapping, header: Sequence[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    where = {name: i for i, name in reversed(list(enumerate(names)))}
    absent = [c for c in mapping.columns() if c not in where]
    twice = [c for c in mapping.columns() if names.count(c) > 1]
    if not absent and not twice:
        return where
    there = ", ".join(shown(name) for name in names[:60])
    cause = [both(f"没有列 {shown(c)}", f"there is no column {shown(c)}") for c in absent]
    cause += [both(f"列 {shown(c)} 有两个", f"the column {shown(c)} is there twice") for c in twice]
    raise Trouble(
        both(f"映射 {mapping.id} 不适合这个文件", f"the mapping {mapping.id} does not fit this file"),
        "; ".join(cause) + ". " + both(f"文件中的列：{there}", f"its columns are: {there}"),
        both("换一个映射，或改映射的 [columns]", "use another mapping, or change [columns] of this one"),
        exit_code=65,
    )
