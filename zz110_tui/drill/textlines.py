"""The records of a CSV file, plain or gzip, read as a stream: every line of the file is in exactly one record.

One damaged line costs one line. The file is cut at newlines before anything else is believed about it; a record whose
quote never closes gives back all lines but its first, so that a stray ``"`` cannot swallow the rest of a day.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble

LONGEST_LINE = 65_536
"""Bytes. A record of a call is a few hundred."""

MOST_LINES = 40
"""Lines of one record: a free text with line breaks has fewer."""

GZIP_MAGIC = b"\x1f\x8b"


class Source:
    """An open file: ``stream`` gives its (unpacked) bytes, ``done`` and ``size`` its packed ones, for progress."""

    def __init__(self, path: Path, raw: BinaryIO, stream: BinaryIO, size: int) -> None:
        self.path = path
        self.size = size
        self._raw = raw
        self.stream = stream

    @property
    def done(self) -> int:
        return self._raw.tell()


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file, packed or not. Raises Trouble when it cannot be opened."""
    try:
        raw = path.open("rb")
    except OSError as fault:
        raise Trouble(
            both(f"打不开 {path.name}", f"{path.name} cannot be opened"),
            fault.strerror or "",
            both("检查文件名和权限", "check the name of the file and its permissions"),
            exit_code=66,
        ) from fault
    with raw:
        size = path.stat().st_size
        packed = raw.read(2) == GZIP_MAGIC
        raw.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield Source(path, raw, io.BufferedReader(unpacked, 1 << 16), size)
        else:
            yield Source(path, raw, raw, size)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the number of its first line (from 1), its text as it stands, and its cells.

    ``fault`` is a code of :data:`zz110_tui.drill.rows.REASONS` when it cannot be read; there are then no cells.
    """

    line: int
    raw: str
    cells: list[str]
    fault: str = ""
    detail: str = ""


class _TooManyLines(Exception):
    pass


class _Lines:
    """Decoded lines one by one, with those of the current record at hand and a way to give them back."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self._given_back: deque[tuple[str, str]] = deque()
        self._next = 1
        self.first = 1
        self.current: list[tuple[str, str]] = []

    def begin(self) -> None:
        self.first = self._next
        self.current = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.current) >= MOST_LINES:
            raise _TooManyLines
        line = self._given_back.popleft() if self._given_back else self._read()
        self._next += 1
        self.current.append(line)
        return line[0]

    def give_back_all_but_first(self) -> None:
        rest = self.current[1:]
        self._given_back.extendleft(reversed(rest))
        self._next -= len(rest)
        del self.current[1:]

    def _read(self) -> tuple[str, str]:
        """A line and what is wrong with it, if anything."""
        try:
            data = self._source.stream.readline(LONGEST_LINE)
            if not data:
                raise StopIteration
            fault = ""
            if len(data) == LONGEST_LINE and not data.endswith(b"\n"):
                fault = "line_too_long"
                self._skip_line()
        except (EOFError, zlib.error, OSError) as broken:
            raise _damaged(self._source.path, self._next) from broken
        if self._next == 1 and data.startswith(b"\xef\xbb\xbf"):
            data = data[3:]
        try:
            text = data.decode(self._encoding)
        except UnicodeDecodeError:
            text, fault = data.decode(self._encoding, "backslashreplace"), fault or "bad_bytes"
        if not fault and "\0" in text:
            fault = "nul"
        return text, fault

    def _skip_line(self) -> None:
        while True:
            data = self._source.stream.readline(LONGEST_LINE)
            if not data or data.endswith(b"\n"):
                return


def records(source: Source, encoding: str, delimiter: str, quote: str, width: int = 0) -> Iterator[Record]:
    """The rows of the file, the header line too. Blank lines are no rows. Raises Trouble where the file is damaged.

    ``width`` is how many cells a row has, 0 for as many as the first one: a row of several lines with another number
    was glued together by stray quotes, and is taken apart again.
    """
    lines = _Lines(source, encoding)
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooManyLines) as fault:
            # A record that ends in the middle: its first line alone is bad, what follows is read anew.
            lines.give_back_all_but_first()
            # The reader begins afresh with each record, also after an error.
            yield Record(lines.first, lines.current[0][0], [], _worst(lines) or "bad_quotes", _short(fault))
            continue
        fault_code = _worst(lines)
        width = width or len(cells)
        if len(lines.current) > 1 and (fault_code or len(cells) != width):
            lines.give_back_all_but_first()
            fault_code = _worst(lines) or "bad_quotes"
        if fault_code:
            yield Record(lines.first, lines.current[0][0], [], fault_code)
        elif cells:
            yield Record(lines.first, "".join(text for text, _ in lines.current), cells)


def _worst(lines: _Lines) -> str:
    return next((fault for _, fault in lines.current if fault), "")


def _short(fault: Exception) -> str:
    return str(fault) or f"more than {MOST_LINES} lines"


def _damaged(path: Path, line: int) -> Trouble:
    return Trouble(
        both(f"{path.name} 已损坏", f"{path.name} is damaged"),
        both(f"第 {line} 行之后读不下去", f"it cannot be read beyond line {line}"),
        both(
            "重新取得文件后再导入；已导入的不会重复",
            "get the file again and import it; what is in already stays single",
        ),
        exit_code=65,
    )
